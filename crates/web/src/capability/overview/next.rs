//! The next step: whose turn it is, where it is done, and which conditions are met or open.

use serde::Serialize;
use utoipa::ToSchema;
use xiezhi_domain::{
    access::{self, Act, Reader},
    appeal, archive,
    case::CaseState,
    fees::FeeStatus,
    hearing::HearingStatus,
    ids::PartyId,
    issuing,
    material::Material,
    paper::PaperKind,
    party::PartyRole,
    periods::PeriodKind,
    stage::Stage,
    tasks::{self, Assignee, Task, TaskKind},
};

use crate::{
    capability::prelude_of_cases::route,
    messages::{
        Lang, day,
        overview::{Key, period},
        t,
    },
};

/// A condition of the next step.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConditionView {
    /// What must be there.
    pub words: String,
    /// Whether it is.
    pub met: bool,
    /// How far, or since when.
    pub note: String,
    /// Where it can be done.
    pub href: Option<String>,
}

/// Tasks of this reader in this case.
pub fn tasks_of(case: &CaseState, reader: &Reader) -> Vec<Task> {
    let mine = |task: &Task| match task.assignee {
        Assignee::Person(person) => reader.actor.person() == Some(person),
        Assignee::Post(post) => reader.post == Some(post),
        Assignee::Party(party) => reader.party == Some(party),
    };
    tasks::tasks(case).into_iter().filter(mine).collect()
}

/// Where a task is done.
pub fn place_of(case: &CaseState, task: &Task) -> String {
    let at = |below: &str| route(case.id, below);
    match task.kind {
        TaskKind::Review => format!("/review/{}", case.id),
        TaskKind::Correct => format!("/filings/{}/correct", case.id),
        TaskKind::Pay | TaskKind::Refund => at("/fees"),
        TaskKind::Serve | TaskKind::ServeAgain | TaskKind::FindArrival | TaskKind::RecordService => at("/services"),
        TaskKind::SignFor => at(&format!("/services/{}", task.subject)),
        TaskKind::Answer => at("/evidence/answer"),
        TaskKind::EnterFile => at("/file"),
        TaskKind::Schedule => at("/hearings"),
        TaskKind::Hearing | TaskKind::SignTranscript => at(&format!("/hearings/{}", task.subject)),
        TaskKind::Deliberate | TaskKind::SignMinutes => at("/deliberation"),
        TaskKind::MeetCommittee | TaskKind::SignCommittee => at("/committee"),
        TaskKind::Write
        | TaskKind::RuleUnpaid
        | TaskKind::RuleWithdrawal
        | TaskKind::SignDocument
        | TaskKind::Issue
        | TaskKind::ReadDocument
        | TaskKind::Pronounce => at("/documents"),
        TaskKind::Mediate
        | TaskKind::ConcludeMediation
        | TaskKind::ExtendMediation
        | TaskKind::AnswerOffer
        | TaskKind::SignAgreement => at("/mediation"),
        TaskKind::Approve => at("/approvals"),
        TaskKind::Transfer => at("/appeal"),
        TaskKind::SubmitArchive | TaskKind::AcceptArchive | TaskKind::AnswerBorrowing => at("/archive"),
        TaskKind::Wait => at(""),
    }
}

/// Conditions of the next step, as the court's people see them; whoever may not read the file is told of them
/// and led nowhere.
pub fn conditions(lang: Lang, case: &CaseState, reader: &Reader) -> Vec<ConditionView> {
    let mut list = by_stage(List { lang, case });
    for line in &mut list {
        let opens = line.href.as_deref().map(|href| opened_by(case, href));
        if opens.is_some_and(|act| access::may(reader, act, case.stage).is_err()) {
            line.href = None;
        }
    }
    list
}

/// The right that opens the page where a condition is met: nobody is led to where nothing is for them.
fn opened_by(case: &CaseState, href: &str) -> Act {
    match href.strip_prefix(&route(case.id, "")).unwrap_or(href) {
        below if below.starts_with("/review/") => Act::Review,
        below if below.starts_with("/deliberation") => Act::ViewDeliberation,
        below if below.starts_with("/documents") => Act::ViewDrafts,
        _ => Act::ViewMain,
    }
}

fn by_stage(list: List<'_>) -> Vec<ConditionView> {
    let case = list.case;
    match case.stage {
        Stage::Submitted | Stage::UnderReview | Stage::CorrectionRequested => {
            vec![list.open(Key::CondReviewed, "", format!("/review/{}", case.id))]
        }
        Stage::Filed | Stage::Assigned | Stage::Serving => list.before_trial(),
        Stage::Pretrial | Stage::Adjourned => list.before_hearing(),
        Stage::Scheduled | Stage::InHearing => list.at_hearing(),
        Stage::CommitteePending => list.committee(),
        Stage::HearingDone | Stage::Deliberating => [list.transcripts(), list.deliberation()].concat(),
        Stage::NotAccepted | Stage::Drafting | Stage::Approval | Stage::Issued => list.document(),
        Stage::ServingFinal | Stage::AppealPeriod => list.after_decision(),
        Stage::Appealed => list.appeal(),
        Stage::Effective | Stage::Archiving => list.archive(),
        Stage::Returned | Stage::Redirected | Stage::FileTransferred | Stage::Archived => vec![],
    }
}

struct List<'a> {
    lang: Lang,
    case: &'a CaseState,
}

impl List<'_> {
    fn line(&self, key: Key, who: &str, met: bool, note: String, href: String) -> ConditionView {
        let words = t(self.lang, key);
        let joint = self.lang.pick("：", ": ");
        let words = if who.is_empty() { words.to_owned() } else { format!("{words}{joint}{who}") };
        ConditionView { words, met, note, href: (!met).then_some(href) }
    }

    fn open(&self, key: Key, who: &str, href: String) -> ConditionView {
        self.line(key, who, false, String::new(), href)
    }

    fn at(&self, below: &str) -> String {
        route(self.case.id, below)
    }

    fn name(&self, party: PartyId) -> &str {
        self.case.parties.get(&party).map_or("", |party| &party.name)
    }

    fn others(&self) -> impl Iterator<Item = PartyId> {
        self.case.parties_in_order().filter(|party| party.role != PartyRole::Plaintiff).map(|party| party.id)
    }

    fn served(&self, key: Key, paper: Option<&Material>, party: PartyId) -> ConditionView {
        let on = paper.and_then(|paper| self.case.served_on(paper.id, party));
        self.line(key, self.name(party), on.is_some(), on.map(day).unwrap_or_default(), self.at("/services"))
    }

    fn before_trial(&self) -> Vec<ConditionView> {
        let fee = self.fee();
        let tribunal = self.case.tribunal.is_some();
        let mut list = vec![fee, self.line(Key::CondTribunal, "", tribunal, String::new(), self.at("/parties"))];
        let complaint = self.case.last_paper(PaperKind::Complaint);
        list.extend(self.others().map(|party| self.served(Key::CondComplaint, complaint, party)));
        list
    }

    fn fee(&self) -> ConditionView {
        let paid = matches!(self.case.fees.status, FeeStatus::Paid | FeeStatus::Waived | FeeStatus::Deferred);
        let asked = self.case.fees.status != FeeStatus::None;
        let note = if asked { String::new() } else { t(self.lang, Key::CondNotAsked).to_owned() };
        self.line(Key::CondFee, "", paid, note, self.at("/fees"))
    }

    fn before_hearing(&self) -> Vec<ConditionView> {
        let mut list = self.before_trial();
        for party in self.others() {
            list.push(self.period(Key::CondAnswer, PeriodKind::Answer, party));
        }
        for party in self.case.party_order.iter() {
            if self.case.period(PeriodKind::Evidence, Some(*party)).is_some() {
                list.push(self.period(Key::CondEvidence, PeriodKind::Evidence, *party));
            }
        }
        if self.case.withdrawal_asked_by.is_some() {
            list.push(self.open(Key::CondWithdrawal, "", self.at("/documents")));
        }
        list
    }

    fn period(&self, key: Key, kind: PeriodKind, party: PartyId) -> ConditionView {
        let answered = kind == PeriodKind::Answer && self.case.answers.iter().any(|answer| answer.party == party);
        let running = self.case.running(kind, Some(party));
        let note = match running {
            _ if answered => t(self.lang, Key::CondAnswered).to_owned(),
            Some(period) => day(period.last_on),
            None => t(self.lang, Key::CondOver).to_owned(),
        };
        let mut line = self.line(key, self.name(party), running.is_none(), note, String::new());
        line.href = None;
        line
    }

    fn at_hearing(&self) -> Vec<ConditionView> {
        let Some(hearing) = self.case.last_hearing() else { return vec![] };
        let summons = |party: PartyId| {
            use xiezhi_domain::decision::About;
            let mine = |paper: &&Material| {
                paper.kind == PaperKind::Summons
                    && paper.about == Some(About::Hearing { hearing: hearing.id, party: Some(party) })
            };
            self.case.materials_in_order().find(mine)
        };
        let mut list: Vec<ConditionView> = self
            .case
            .party_order
            .iter()
            .map(|party| self.served(Key::CondSummons, summons(*party), *party))
            .collect();
        let held = hearing.status != HearingStatus::Scheduled;
        let href = self.at(&format!("/hearings/{}", hearing.id));
        list.push(self.line(Key::CondHearingDay, "", held, day(hearing.on), href));
        list
    }

    fn transcripts(&self) -> Vec<ConditionView> {
        let done = self.case.hearings_in_order().filter(|hearing| hearing.status == HearingStatus::Done);
        done.map(|hearing| {
            let present = hearing.appearances.iter().filter(|who| who.present);
            let (mut all, mut signed) = (0, 0);
            for who in present {
                all += 1;
                signed += usize::from(hearing.signatures.iter().any(|signature| signature.party == Some(who.party)));
            }
            all += hearing.sat.len();
            signed += hearing.sat.len() - hearing.unsigned_by_court();
            let href = self.at(&format!("/hearings/{}", hearing.id));
            self.line(Key::CondTranscript, &day(hearing.on), signed == all, format!("{signed}/{all}"), href)
        })
        .collect()
    }

    fn deliberation(&self) -> Vec<ConditionView> {
        let panel = self.case.tribunal.as_ref().is_some_and(|tribunal| tribunal.is_panel());
        if !panel {
            return vec![];
        }
        let it = &self.case.deliberation;
        let (given, wanted) = it.round.given();
        let met = it.conclusion.is_some();
        let href = self.at("/deliberation");
        vec![
            self.line(Key::CondOpinions, "", met, format!("{given}/{wanted}"), href.clone()),
            self.minutes(href),
        ]
    }

    fn committee(&self) -> Vec<ConditionView> {
        let (given, wanted) = self.case.committee.round.given();
        vec![self.line(Key::CondCommittee, "", false, format!("{given}/{wanted}"), self.at("/committee"))]
    }

    fn minutes(&self, href: String) -> ConditionView {
        let it = &self.case.deliberation;
        let (signed, all) = (it.signed.len(), it.round.order.len());
        self.line(Key::CondMinutes, "", all > 0 && signed == all, format!("{signed}/{all}"), href)
    }

    fn document(&self) -> Vec<ConditionView> {
        let mut list = self.transcripts();
        let href = self.at("/documents");
        let draft = self.case.drafts.values().find(|draft| draft.original.is_some() && draft.issued.is_none());
        let forward = draft.is_some() || self.case.stage == Stage::Issued;
        list.push(self.line(Key::CondDraft, "", forward, String::new(), href.clone()));
        if let Some(draft) = draft {
            let missing = issuing::unsigned(self.case, draft).len();
            let all = missing + draft.signed.len();
            list.push(self.line(Key::CondSignatures, "", missing == 0, format!("{}/{all}", draft.signed.len()), href));
        }
        list
    }

    fn after_decision(&self) -> Vec<ConditionView> {
        let paper = self.case.final_paper();
        let mut list: Vec<ConditionView> =
            self.case.party_order.iter().map(|party| self.served(Key::CondServedFinal, paper, *party)).collect();
        for party in &self.case.party_order {
            if self.case.period(PeriodKind::Appeal, Some(*party)).is_some() {
                list.push(self.period(Key::CondAppeal, PeriodKind::Appeal, *party));
            }
        }
        list
    }

    fn appeal(&self) -> Vec<ConditionView> {
        let paper = self.case.final_paper();
        let served = self.case.party_order.iter().map(|party| self.served(Key::CondServedFinal, paper, *party));
        let copies = appeal::unserved_copies(self.case);
        let copies = copies.iter().map(|party| self.open(Key::CondCopy, self.name(*party), self.at("/services")));
        served.chain(copies).collect()
    }

    fn archive(&self) -> Vec<ConditionView> {
        let missing = archive::missing(self.case).len();
        let note = if missing == 0 { String::new() } else { missing.to_string() };
        vec![self.line(Key::CondArchive, &note, missing == 0, String::new(), self.at("/archive"))]
    }
}

/// The words of the next step: the first open task of the reader, else what is waited for.
pub fn headline(lang: Lang, case: &CaseState, tasks: &[Task]) -> String {
    let mine = tasks.iter().find(|task| task.kind != TaskKind::Wait);
    if let Some(task) = mine {
        return t(lang, crate::messages::overview::task(task.kind)).to_owned();
    }
    if case.stage == Stage::ServingFinal {
        return t(lang, Key::WaitingForService).to_owned();
    }
    let soonest = case.running_periods().min_by_key(|period| period.last_on);
    let waiting = t(lang, Key::Waiting);
    soonest.map_or_else(|| waiting.to_owned(), |it| format!("{waiting}{}{}", lang.pick("：", ": "), t(lang, period(it.kind))))
}
