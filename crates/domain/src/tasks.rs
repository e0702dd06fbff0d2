//! What is to be done next in a case, by whom and until when (待办): derived from the state, never stored
//! as a fact.

mod deciding;

use jiff::civil::Date;

use crate::{
    archive,
    case::CaseState,
    drafting,
    fees::FeeStatus,
    ids::{PartyId, PersonId},
    material::Place,
    people::Post,
    periods::PeriodKind,
    scheduling,
    service::ServiceStatus,
    stage::Stage,
};

/// Whose task it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignee {
    /// One person.
    Person(PersonId),
    /// Anyone on this post.
    Post(Post),
    /// The party, or whoever acts for it.
    Party(PartyId),
}

macro_rules! task_kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $pile:ident),* $(,)?) => {
        /// Kind of a task: also names its one verb.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum TaskKind { $($(#[$doc])* $name),* }
        impl TaskKind {
            /// Every kind.
            pub const ALL: &'static [TaskKind] = &[$(TaskKind::$name),*];
            /// Stable code.
            pub fn code(self) -> &'static str { match self { $(TaskKind::$name => $code),* } }
            /// The pile of the workbench it lies on.
            pub fn pile(self) -> Pile { match self { $(TaskKind::$name => Pile::$pile),* } }
            /// The kind with this code.
            pub fn of_code(code: &str) -> Option<TaskKind> {
                TaskKind::ALL.iter().copied().find(|kind| kind.code() == code)
            }
        }
    };
}

/// A pile of the workbench (工作台分类).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pile {
    /// To write (可以写).
    Write,
    /// To hear (可以开庭).
    Hear,
    /// To sign or approve (待签).
    Sign,
    /// To do (待办).
    Do,
    /// Waiting for others (等别人).
    Wait,
}

impl Pile {
    /// All piles in order.
    pub const ALL: [Pile; 5] = [Pile::Write, Pile::Hear, Pile::Do, Pile::Wait, Pile::Sign];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Pile::Write => "write",
            Pile::Hear => "hear",
            Pile::Sign => "sign",
            Pile::Do => "do",
            Pile::Wait => "wait",
        }
    }
}

task_kinds! {
    /// Review an application.
    Review = "review", Do,
    /// Correct an application.
    Correct = "correct", Do,
    /// Pay the fee.
    Pay = "pay", Do,
    /// Rule on an unpaid fee.
    RuleUnpaid = "rule_unpaid", Write,
    /// Serve papers.
    Serve = "serve", Do,
    /// Try another channel for a failed service.
    ServeAgain = "serve_again", Do,
    /// Find whether papers arrived that a carrier brought back.
    FindArrival = "find_arrival", Do,
    /// Enter the outcome of service on paper.
    RecordService = "record_service", Wait,
    /// Sign for what was served.
    SignFor = "sign_for", Do,
    /// Answer the suit.
    Answer = "answer", Do,
    /// Take staged papers into the file.
    EnterFile = "enter_file", Do,
    /// Schedule a hearing.
    Schedule = "schedule", Hear,
    /// Attend or hold a hearing.
    Hearing = "hearing", Hear,
    /// Sign a transcript.
    SignTranscript = "sign_transcript", Sign,
    /// Deliberate.
    Deliberate = "deliberate", Hear,
    /// Sign the minutes of deliberation.
    SignMinutes = "sign_minutes", Sign,
    /// Write the decision.
    Write = "write", Write,
    /// Rule on a withdrawal.
    RuleWithdrawal = "rule_withdrawal", Write,
    /// Sign a document.
    SignDocument = "sign_document", Sign,
    /// Read a signed document before the seal.
    ReadDocument = "read_document", Sign,
    /// Issue a signed document.
    Issue = "issue", Sign,
    /// Pronounce.
    Pronounce = "pronounce", Hear,
    /// Begin the mediation that a party asked for.
    Mediate = "mediate", Do,
    /// Answer an offer in mediation.
    AnswerOffer = "answer_offer", Do,
    /// Bring a mediation that goes on to its end before its days are over.
    ConcludeMediation = "conclude_mediation", Do,
    /// Say whether mediation may last longer.
    ExtendMediation = "extend_mediation", Do,
    /// Have the adjudication committee meet, speak in it, put down what it decided.
    MeetCommittee = "meet_committee", Do,
    /// Sign the minutes of the adjudication committee.
    SignCommittee = "sign_committee", Sign,
    /// Sign a mediation agreement.
    SignAgreement = "sign_agreement", Sign,
    /// Answer a request for approval.
    Approve = "approve", Sign,
    /// Pay a refund out.
    Refund = "refund", Do,
    /// Transfer the file on appeal.
    Transfer = "transfer", Do,
    /// Hand the file to the archive.
    SubmitArchive = "submit_archive", Do,
    /// Accept a file into the archive.
    AcceptArchive = "accept_archive", Do,
    /// Answer a request to borrow an archived file.
    AnswerBorrowing = "answer_borrowing", Do,
    /// Wait for others: parties, post, periods.
    Wait = "wait", Wait,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Kind.
    pub kind: TaskKind,
    /// Whose.
    pub assignee: Assignee,
    /// Until.
    pub due_on: Option<Date>,
    /// What it is about: an id within the case, or nothing.
    pub subject: String,
}

fn task(kind: TaskKind, assignee: Assignee, due_on: Option<Date>, subject: impl ToString) -> Task {
    Task { kind, assignee, due_on, subject: subject.to_string() }
}

/// Everything to be done in the case as it stands.
pub fn tasks(case: &CaseState) -> Vec<Task> {
    let mut tasks = vec![];
    before_filing(case, &mut tasks);
    if !case.stage.is_before_filing() {
        money(case, &mut tasks);
        serving(case, &mut tasks);
        file_keeping(case, &mut tasks);
        trial(case, &mut tasks);
        deciding::deciding(case, &mut tasks);
        deciding::documents(case, &mut tasks);
        approvals(case, &mut tasks);
        afterwards(case, &mut tasks);
        signing_for_court(case, &mut tasks);
    }
    tasks
}

fn due(case: &CaseState, kind: PeriodKind, party: Option<PartyId>) -> Option<Date> {
    case.running(kind, party).map(|period| period.last_on)
}

fn before_filing(case: &CaseState, tasks: &mut Vec<Task>) {
    match case.stage {
        Stage::Submitted | Stage::UnderReview => {
            let assignee = case.review.clerk.map_or(Assignee::Post(Post::FilingClerk), Assignee::Person);
            tasks.push(task(TaskKind::Review, assignee, due(case, PeriodKind::Review, None), ""));
        }
        Stage::CorrectionRequested => {
            let until = due(case, PeriodKind::Correction, None);
            for party in case.application.plaintiffs() {
                tasks.push(task(TaskKind::Correct, Assignee::Party(party.id), until, ""));
            }
        }
        _ => {}
    }
}

fn money(case: &CaseState, tasks: &mut Vec<Task>) {
    match case.fees.status {
        FeeStatus::Noticed => {
            if let Some(party) = case.application.plaintiffs().next() {
                tasks.push(task(TaskKind::Pay, Assignee::Party(party.id), case.fees.due_on, ""));
            }
        }
        FeeStatus::Overdue if !case.stage.is_closed() => {
            if let Some(judge) = case.judge() {
                tasks.push(task(TaskKind::RuleUnpaid, Assignee::Person(judge), None, ""));
            }
        }
        _ => {}
    }
    if case.fees.refund_due > case.fees.refunded {
        tasks.push(task(TaskKind::Refund, Assignee::Post(Post::Finance), due(case, PeriodKind::Refund, None), ""));
    }
}

/// Papers in the file addressed to parties that were not sent yet (今日待送). A sealed file sends what was added to it by
/// approval and nothing else.
pub fn to_serve(case: &CaseState) -> Vec<(crate::ids::MaterialId, PartyId)> {
    use crate::{decision::About, paper::PaperKind, party::PartyRole};
    let mut wanted = vec![];
    let leaves = |paper: &crate::material::Material| match &paper.about {
        Some(About::Document(document)) => case.correcting.is_supplement(*document),
        _ => false,
    };
    let sealed = case.stage == Stage::Archived;
    let stands = |paper: &&crate::material::Material| {
        !case.correcting.revoked.contains_key(&paper.id) && (!sealed || leaves(paper))
    };
    for paper in case.materials_in_order().filter(|paper| paper.place == Place::InFile).filter(stands) {
        for party in case.addressees() {
            let other_side = party.role != PartyRole::Plaintiff;
            let wants = match (paper.kind, &paper.about) {
                (PaperKind::Complaint | PaperKind::EvidenceList, _) => other_side && newest(case, paper),
                (PaperKind::EvidenceNotice | PaperKind::RightsNotice, _) => other_side || !case.stage.is_closed(),
                (PaperKind::MediationStatement, _) => {
                    case.statement_in_force().is_some_and(|known| known.id == paper.id)
                }
                (PaperKind::AcceptanceNotice | PaperKind::FeeNotice, _) => !other_side,
                (PaperKind::TribunalNotice | PaperKind::Judgment | PaperKind::NonAcceptance, _)
                | (PaperKind::WithdrawalRuling | PaperKind::DeemedWithdrawalRuling | PaperKind::StayRuling, _)
                | (PaperKind::ConversionRuling | PaperKind::CorrectionRuling, _) => true,
                (PaperKind::ResponseNotice, Some(About::Party(to))) => *to == party.id,
                (PaperKind::Summons, Some(About::Hearing { hearing, party: Some(to) })) => {
                    *to == party.id
                        && case
                            .hearings
                            .get(hearing)
                            .is_some_and(|hearing| hearing.status == crate::hearing::HearingStatus::Scheduled)
                }
                (PaperKind::Answer | PaperKind::Counterclaim, Some(About::Words { party: Some(from), .. })) => {
                    case.parties.get(from).is_some_and(|from| from.role != party.role)
                }
                (PaperKind::AppealPetition, Some(About::Words { party: Some(from), .. })) => *from != party.id,
                _ => false,
            };
            let ready = match paper.kind {
                kind if drafting::DRAFTABLE.contains(&kind) => case.closing.is_some(),
                _ => case.tribunal.is_some(),
            };
            if wants && ready {
                wanted.push((paper.id, party.id));
            }
        }
    }
    wanted.retain(|(paper, party)| {
        !case.services_in_order().any(|service| {
            service.to == *party
                && service.materials.contains(paper)
                && !matches!(service.status, ServiceStatus::Failed { .. })
        })
    });
    wanted
}

/// Last day for sending a paper (送达期限): a judgment pronounced in court is sent within ten days, one pronounced
/// on a fixed day is handed over at once; everything else by the day the complaint has to be out.
///
/// Source: 《民事诉讼法》第一百五十一条第二款; 第一百二十八条第一款.
pub fn serve_by(case: &CaseState, paper: crate::ids::MaterialId) -> Option<Date> {
    let judgment = case.materials.get(&paper).filter(|paper| paper.kind == crate::paper::PaperKind::Judgment);
    match (judgment, &case.closing) {
        (Some(_), Some(closing)) if closing.manner == crate::closing::Manner::Judgment => {
            Some(case.period(PeriodKind::Sending, None).map_or(closing.on, |period| period.last_on))
        }
        _ => due(case, PeriodKind::ClaimService, None),
    }
}

/// A complaint or list that was corrected gives way to the corrected one.
fn newest(case: &CaseState, paper: &crate::material::Material) -> bool {
    case.last_paper(paper.kind).is_some_and(|last| last.id == paper.id)
}

fn serving(case: &CaseState, tasks: &mut Vec<Task>) {
    let clerk = case.tribunal.as_ref().and_then(|tribunal| tribunal.clerk);
    let clerk = clerk.map_or(Assignee::Post(Post::CourtClerk), Assignee::Person);
    let waiting = to_serve(case);
    let mut parties: Vec<PartyId> = waiting.iter().map(|(_, party)| *party).collect();
    parties.sort();
    parties.dedup();
    for party in parties {
        let own = waiting.iter().filter(|(_, to)| *to == party);
        let until = own.filter_map(|(paper, _)| serve_by(case, *paper)).min();
        let failed = case
            .services_in_order()
            .any(|service| service.to == party && matches!(service.status, ServiceStatus::Failed { .. }));
        let kind = if failed { TaskKind::ServeAgain } else { TaskKind::Serve };
        tasks.push(task(kind, clerk, until, party));
    }
    for service in case.services_in_order() {
        if service.doubt.is_some() {
            tasks.push(task(TaskKind::FindArrival, clerk, None, service.id));
        }
        match service.status {
            ServiceStatus::Dispatched => {
                let until = due(case, PeriodKind::Announcement, Some(service.to));
                tasks.push(task(TaskKind::RecordService, clerk, until, service.id));
            }
            ServiceStatus::Effected { .. } if service.arrived_at.is_some() && service.signed_at.is_none() => {
                tasks.push(task(TaskKind::SignFor, Assignee::Party(service.to), None, service.id));
            }
            _ => {}
        }
    }
}

fn file_keeping(case: &CaseState, tasks: &mut Vec<Task>) {
    let staged = case.materials_in_order().filter(|paper| paper.place == Place::Staged).count();
    if staged > 0 {
        let clerk = case.tribunal.as_ref().and_then(|tribunal| tribunal.clerk);
        let clerk = clerk.map_or(Assignee::Post(Post::CourtClerk), Assignee::Person);
        tasks.push(task(TaskKind::EnterFile, clerk, None, staged));
    }
}

fn trial(case: &CaseState, tasks: &mut Vec<Task>) {
    if case.stage.is_closed() {
        return;
    }
    for period in case.running_periods().filter(|period| period.kind == PeriodKind::Answer) {
        if let Some(party) = period.party {
            tasks.push(task(TaskKind::Answer, Assignee::Party(party), Some(period.last_on), ""));
        }
    }
    let Some(tribunal) = &case.tribunal else { return };
    let judge = Assignee::Person(tribunal.judge);
    let clerk = tribunal.clerk.map_or(judge, Assignee::Person);
    match case.stage {
        Stage::Pretrial | Stage::Adjourned => {
            let waits = scheduling::holds_back(case).is_some();
            let kind = if waits { TaskKind::Wait } else { TaskKind::Schedule };
            tasks.push(task(kind, judge, due(case, PeriodKind::Trial, None), ""));
            if !waits {
                tasks.push(task(TaskKind::Schedule, clerk, due(case, PeriodKind::Trial, None), ""));
            }
        }
        Stage::Scheduled | Stage::InHearing => {
            if let Some(hearing) = case.last_hearing() {
                for person in tribunal.voters().into_iter().chain(tribunal.clerk) {
                    tasks.push(task(TaskKind::Hearing, Assignee::Person(person), Some(hearing.on), hearing.id));
                }
                for party in &case.party_order {
                    tasks.push(task(TaskKind::Hearing, Assignee::Party(*party), Some(hearing.on), hearing.id));
                }
            }
        }
        Stage::Assigned | Stage::Serving => {
            tasks.push(task(TaskKind::Wait, judge, due(case, PeriodKind::ClaimService, None), ""))
        }
        _ => {}
    }
    transcripts(case, tasks);
    mediation(case, tasks);
}

/// Once terms are put to the parties they sign them; before that, the last offer waits for the others.
fn mediation(case: &CaseState, tasks: &mut Vec<Task>) {
    let mediation = &case.mediation;
    if !mediation.open {
        if let Some(judge) = case.judge().filter(|_| !mediation.asked.is_empty()) {
            tasks.push(task(TaskKind::Mediate, Assignee::Person(judge), None, ""));
        }
        return;
    }
    let until = due(case, PeriodKind::Mediation, None);
    if let Some(judge) = case.judge().filter(|_| !case.is_agreed()) {
        tasks.push(task(TaskKind::ConcludeMediation, Assignee::Person(judge), until, ""));
    }
    if let Some(proposed) = &mediation.extension {
        for party in case.party_order.iter().filter(|party| !proposed.agreed.contains(party)) {
            tasks.push(task(TaskKind::ExtendMediation, Assignee::Party(*party), until, proposed.until_on));
        }
    }
    if let Some(agreement) = &mediation.agreement {
        for party in case.party_order.iter().filter(|party| !mediation.signed.contains_key(party)) {
            tasks.push(task(TaskKind::SignAgreement, Assignee::Party(*party), None, agreement.sha256()));
        }
        return;
    }
    let Some((last, offer)) = mediation.offers.iter().enumerate().next_back() else { return };
    let silent = |party: &&PartyId| Some(**party) != offer.by && !mediation.replies.contains_key(&(last, **party));
    for party in case.party_order.iter().filter(silent) {
        tasks.push(task(TaskKind::AnswerOffer, Assignee::Party(*party), None, last));
    }
}

fn transcripts(case: &CaseState, tasks: &mut Vec<Task>) {
    for hearing in case.hearings_in_order().filter(|hearing| hearing.is_over() && !hearing.transcript.is_empty()) {
        for who in hearing.appearances.iter().filter(|who| who.present) {
            if !hearing.signatures.iter().any(|signature| signature.party == Some(who.party)) {
                tasks.push(task(TaskKind::SignTranscript, Assignee::Party(who.party), None, hearing.id));
            }
        }
    }
}

/// Those who decide and the clerk sign the transcript too, at the latest before the file goes to the archive.
///
/// Source: 《民事诉讼法》第一百五十条.
fn signing_for_court(case: &CaseState, tasks: &mut Vec<Task>) {
    if matches!(case.stage, Stage::Archiving | Stage::Archived) {
        return;
    }
    let over = case.hearings_in_order().filter(|hearing| hearing.is_over() && !hearing.transcript.is_empty());
    for hearing in over.filter(|hearing| hearing.unsigned_by_court() > 0) {
        let signed = |person| hearing.signatures.iter().any(|one| one.person == Some(person) && one.is_signed());
        for person in hearing.sat.iter().filter(|person| !signed(**person)) {
            tasks.push(task(TaskKind::SignTranscript, Assignee::Person(*person), None, hearing.id));
        }
    }
}

fn approvals(case: &CaseState, tasks: &mut Vec<Task>) {
    for approval in case.approvals.values() {
        match approval.next() {
            Some(Post::Judge) => {
                if let Some(judge) = case.judge() {
                    tasks.push(task(TaskKind::Approve, Assignee::Person(judge), None, approval.id));
                }
            }
            Some(post) => tasks.push(task(TaskKind::Approve, Assignee::Post(post), None, approval.id)),
            None => {}
        }
    }
}

fn afterwards(case: &CaseState, tasks: &mut Vec<Task>) {
    let clerk = case.tribunal.as_ref().and_then(|tribunal| tribunal.clerk);
    let clerk = clerk.map_or(Assignee::Post(Post::CourtClerk), Assignee::Person);
    let archive_due = due(case, PeriodKind::Archive, None);
    match case.stage {
        Stage::Appealed => tasks.push(task(TaskKind::Transfer, clerk, due(case, PeriodKind::Transfer, None), "")),
        Stage::Effective => {
            let missing = archive::missing(case).len();
            let kind = if missing == 0 { TaskKind::SubmitArchive } else { TaskKind::Wait };
            tasks.push(task(kind, clerk, archive_due, missing));
        }
        Stage::Archiving => tasks.push(task(TaskKind::AcceptArchive, Assignee::Post(Post::Archivist), archive_due, "")),
        Stage::Archived => {
            let waiting = case.archive.borrowings.iter().filter(|asked| asked.answer.is_none());
            let answer = |asked: &archive::Borrowing| {
                task(TaskKind::AnswerBorrowing, Assignee::Post(Post::Archivist), Some(asked.until_on), asked.by)
            };
            tasks.extend(waiting.map(answer));
        }
        _ => {}
    }
}
