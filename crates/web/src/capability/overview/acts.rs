//! Acts in words: a readable title and a detail for every event of a case, and whom they may be told to.

mod after;

use xiezhi_domain::{
    annotation::AnnotationEvent,
    assignment::AssignmentEvent,
    case::CaseState,
    consent::ConsentEvent,
    committee::CommitteeEvent,
    deliberation::DeliberationEvent,
    drafting::DraftingEvent,
    event::CaseEvent,
    evidence::EvidenceEvent,
    fees::FeeEvent,
    filing::FilingEvent,
    hearing::HearingEvent,
    ids::{DocumentId, HearingId, MaterialId, PartyId, PersonId, ServiceId},
    issuing::IssuingEvent,
    material::MaterialEvent,
    mediation::MediationEvent,
    parties::PartiesEvent,
    people::Directory,
    periods::PeriodEvent,
    pronouncing::PronouncingEvent,
    review::ReviewEvent,
    scheduling::SchedulingEvent,
    service::ServiceEvent,
};

use self::after::{appeal, approval, archive, closing, correcting, counter, on_paper, procedure, series, sharing, supervision};
use crate::messages::{
    Lang, amount, case as case_words, clock, day,
    kinds::kind_name,
    overview::{
        acts::{self as words, Key},
        period,
    },
    t,
};

/// Names of what events speak of.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The case.
    pub case: &'a CaseState,
    /// Everyone the court knows.
    pub people: &'a Directory,
}

impl<'a> Names<'a> {
    /// Names of parts of `case` and of `people`.
    pub fn of(case: &'a CaseState, people: &'a Directory) -> Self {
        Self { case, people }
    }

    /// The name of a party.
    pub fn party(&self, id: PartyId) -> &'a str {
        self.case.parties.get(&id).map_or("—", |party| party.name.as_str())
    }

    /// The name of a person.
    pub fn person(&self, id: PersonId) -> &'a str {
        self.people.name(id)
    }

    /// The title of a paper.
    pub fn paper(&self, id: MaterialId) -> &'a str {
        self.case.materials.get(&id).map_or("—", |paper| paper.title.as_str())
    }

    /// The titles of papers, the first of them in full.
    pub fn papers(&self, lang: Lang, ids: &[MaterialId]) -> String {
        match ids {
            [] => String::new(),
            [one] => self.paper(*one).to_owned(),
            [first, ..] => format!("{} · {}", self.paper(*first), words::papers(lang, ids.len())),
        }
    }

    fn document(&self, lang: Lang, id: DocumentId) -> &'static str {
        self.case.drafts.get(&id).map_or("", |draft| kind_name(lang, draft.kind))
    }

    fn hearing(&self, id: HearingId) -> String {
        self.case.hearings.get(&id).map(|hearing| day(hearing.on)).unwrap_or_default()
    }

    fn service(&self, lang: Lang, id: ServiceId) -> String {
        self.case.services.get(&id).map_or_else(String::new, |service| {
            joined(&[self.party(service.to), t(lang, words::channel(service.channel)), &self.papers(lang, &service.materials)])
        })
    }
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// Title and detail of an event, in the reader's language. Every event has them.
pub fn act_words(lang: Lang, event: &CaseEvent, names: &Names<'_>) -> (String, String) {
    let (key, detail) = match event {
        CaseEvent::Filing(event) => filing(event),
        CaseEvent::Review(event) => review(lang, event),
        CaseEvent::Assignment(event) => assignment(lang, event, names),
        CaseEvent::Fees(event) => fees(lang, event),
        CaseEvent::Parties(event) => parties(lang, event, names),
        CaseEvent::Consent(event) => consent(lang, event, names),
        CaseEvent::Material(event) => material(lang, event, names),
        CaseEvent::Annotation(event) => annotation(lang, event, names),
        CaseEvent::Service(event) => service(lang, event, names),
        CaseEvent::Evidence(event) => evidence(lang, event, names),
        CaseEvent::Scheduling(event) => scheduling(lang, event, names),
        CaseEvent::Hearing(event) => hearing(lang, event, names),
        CaseEvent::Mediation(event) => mediation(lang, event, names),
        CaseEvent::Deliberation(event) => deliberation(lang, event, names),
        CaseEvent::Committee(event) => committee(lang, event, names),
        CaseEvent::Drafting(event) => drafting(lang, event, names),
        CaseEvent::Issuing(event) => issuing(lang, event, names),
        CaseEvent::Supervision(event) => supervision(event),
        CaseEvent::Series(event) => series(lang, event, names),
        CaseEvent::Correcting(event) => correcting(lang, event, names),
        CaseEvent::Sharing(event) => sharing(event, names),
        CaseEvent::Pronouncing(event) => pronouncing(lang, event, names),
        CaseEvent::Approval(event) => approval(lang, event, names),
        CaseEvent::Procedure(event) => procedure(lang, event),
        CaseEvent::Closing(event) => closing(event, names),
        CaseEvent::Appeal(event) => appeal(event, names),
        CaseEvent::Periods(event) => periods(lang, event, names),
        CaseEvent::Archive(event) => archive(lang, event, names),
        CaseEvent::OnPaper(event) => on_paper(lang, event, names),
        CaseEvent::Counter(event) => counter(event, names),
    };
    (t(lang, key).to_owned(), detail)
}

type Words = (Key, String);

fn filing(FilingEvent::Submitted { application, .. }: &FilingEvent) -> Words {
    let names: Vec<&str> = application.plaintiffs().map(|party| party.name.as_str()).collect();
    (Key::Submitted, names.join("、"))
}

fn review(lang: Lang, event: &ReviewEvent) -> Words {
    match event {
        ReviewEvent::Taken { .. } => (Key::Taken, String::new()),
        ReviewEvent::CorrectionRequested { items, due_on } => {
            (Key::CorrectionRequested, joined(&[&words::items(lang, items.len()), &words::until(lang, &day(*due_on))]))
        }
        ReviewEvent::Corrected { .. } => (Key::Corrected, String::new()),
        ReviewEvent::Filed { number, procedure, .. } => {
            (Key::Filed, joined(&[&number.to_string(), t(lang, case_words::procedure(*procedure))]))
        }
        ReviewEvent::Returned { reason } => (Key::Returned, reason.clone()),
        ReviewEvent::NotAccepted { reason, .. } => (Key::NotAccepted, reason.clone()),
        ReviewEvent::Accepted { reason } => (Key::Accepted, reason.clone()),
        ReviewEvent::Redirected { to, .. } => (Key::Redirected, to.clone()),
    }
}

fn assignment(lang: Lang, event: &AssignmentEvent, names: &Names<'_>) -> Words {
    match event {
        AssignmentEvent::Drawn { tribunal, .. } => (Key::Drawn, words::members(lang, names.person(tribunal.judge))),
        AssignmentEvent::Changed { tribunal, reason } => {
            (Key::TribunalChanged, joined(&[&words::members(lang, names.person(tribunal.judge)), reason]))
        }
    }
}

fn fees(lang: Lang, event: &FeeEvent) -> Words {
    match event {
        FeeEvent::Noticed { working, due_on } => {
            (Key::FeeNoticed, joined(&[&amount(lang, working.total.0), &words::until(lang, &day(*due_on))]))
        }
        FeeEvent::Paid { amount: paid, receipt_no, .. } => {
            (Key::FeePaid, joined(&[&amount(lang, paid.0), &words::receipt(lang, receipt_no)]))
        }
        FeeEvent::Aided { remaining, .. } => (Key::FeeAided, amount(lang, remaining.0)),
        FeeEvent::Overdue {} => (Key::FeeOverdue, String::new()),
        FeeEvent::RefundDue { amount: due, due_on, .. } => {
            (Key::RefundDue, joined(&[&amount(lang, due.0), &words::until(lang, &day(*due_on))]))
        }
        FeeEvent::Refunded { amount: paid, receipt_no } => {
            (Key::Refunded, joined(&[&amount(lang, paid.0), &words::receipt(lang, receipt_no)]))
        }
    }
}

fn parties(lang: Lang, event: &PartiesEvent, names: &Names<'_>) -> Words {
    match event {
        PartiesEvent::Linked { party, check: None, .. } => (Key::Linked, names.party(*party).to_owned()),
        PartiesEvent::Linked { party, check: Some(check), .. } => {
            let compared = words::compared_by(lang, names.person(check.compared_by));
            (Key::Linked, joined(&[names.party(*party), &check.document, &compared]))
        }
        PartiesEvent::CodeIssued { party, .. } => (Key::CodeIssued, names.party(*party).to_owned()),
        PartiesEvent::CodeMistyped { party, .. } => (Key::CodeMistyped, names.party(*party).to_owned()),
        PartiesEvent::AddressConfirmed { address } => (Key::AddressConfirmed, names.party(address.party).to_owned()),
        PartiesEvent::AgentAppointed { agent } => {
            (Key::AgentAppointed, joined(&[names.party(agent.party), &agent.name]))
        }
        PartiesEvent::AgentDismissed { party, name } => (Key::AgentDismissed, joined(&[names.party(*party), name])),
    }
}

fn consent(lang: Lang, event: &ConsentEvent, names: &Names<'_>) -> Words {
    let ConsentEvent::Recorded { party, steps, consent, .. } = event;
    let steps: Vec<&str> = steps.iter().map(|step| t(lang, words::step(*step))).collect();
    let steps = steps.join(lang.pick("、", ", "));
    (Key::ConsentRecorded, joined(&[names.party(*party), &steps, t(lang, words::consent(*consent))]))
}

fn material(lang: Lang, event: &MaterialEvent, names: &Names<'_>) -> Words {
    match event {
        MaterialEvent::Received { title, .. } => (Key::MaterialReceived, title.clone()),
        MaterialEvent::Written { title, .. } => (Key::MaterialWritten, title.clone()),
        MaterialEvent::Retitled { title, .. } => (Key::MaterialRetitled, title.clone()),
        MaterialEvent::Discarded { material, reason } => {
            (Key::MaterialDiscarded, joined(&[names.paper(*material), reason]))
        }
        MaterialEvent::Arranged { papers } => {
            let papers: Vec<_> = papers.iter().map(|paper| paper.material).collect();
            (Key::MaterialArranged, names.papers(lang, &papers))
        }
        MaterialEvent::Split { from, title, .. } => (Key::MaterialSplit, joined(&[names.paper(*from), title])),
        MaterialEvent::Attributed { material, .. } => (Key::MaterialAttributed, names.paper(*material).to_owned()),
        MaterialEvent::Compared { material, check } => {
            let agrees = if check.agrees { Key::Agrees } else { Key::Differs };
            (Key::MaterialCompared, joined(&[names.paper(*material), t(lang, agrees), &check.kept_at]))
        }
        MaterialEvent::Rendered { material, .. } => (Key::MaterialRendered, names.paper(*material).to_owned()),
        MaterialEvent::Entered { materials } => (Key::MaterialEntered, names.papers(lang, materials)),
        MaterialEvent::Disclosed { materials, .. } => (Key::MaterialDisclosed, names.papers(lang, materials)),
        MaterialEvent::Replaced { material, .. } => (Key::MaterialReplaced, names.paper(*material).to_owned()),
        MaterialEvent::Struck { material, .. } => (Key::MaterialStruck, names.paper(*material).to_owned()),
        MaterialEvent::Redacted { made, .. } => (Key::MaterialRedacted, made.title.clone()),
        MaterialEvent::Supplemented { title, .. } => (Key::MaterialSupplemented, title.clone()),
        MaterialEvent::Erased { material, .. } => (Key::MaterialErased, names.paper(*material).to_owned()),
    }
}

fn service(lang: Lang, event: &ServiceEvent, names: &Names<'_>) -> Words {
    match event {
        ServiceEvent::Dispatched { materials, to, channel, .. } => {
            let papers = names.papers(lang, materials);
            (Key::Dispatched, joined(&[&words::to(lang, names.party(*to)), t(lang, words::channel(*channel)), &papers]))
        }
        ServiceEvent::Effected { service, on, .. } => {
            (Key::Effected, joined(&[&words::served_on(lang, &day(*on)), &names.service(lang, *service)]))
        }
        ServiceEvent::Received { service, receipt } => {
            (Key::Effected, joined(&[&words::served_on(lang, &day(receipt.on)), &names.service(lang, *service)]))
        }
        ServiceEvent::Tried { tried } => {
            (Key::ServiceTried, joined(&[&words::to(lang, names.party(tried.to)), &tried.outcome]))
        }
        ServiceEvent::Posted { service, tracking } => {
            (Key::ServicePosted, joined(&[tracking, &names.service(lang, *service)]))
        }
        ServiceEvent::Published { service, publication } => (
            Key::ServicePublished,
            joined(&[&publication.medium, &day(publication.on), &names.service(lang, *service)]),
        ),
        ServiceEvent::Failed { service, reason } => {
            (Key::ServiceFailed, joined(&[reason, &names.service(lang, *service)]))
        }
        ServiceEvent::Upheld { service, reason } => {
            (Key::ServiceUpheld, joined(&[reason, &names.service(lang, *service)]))
        }
        ServiceEvent::Undone { service, reason, .. } => {
            (Key::ServiceUndone, joined(&[reason, &names.service(lang, *service)]))
        }
        ServiceEvent::Opened { service, .. } => (Key::Opened, names.service(lang, *service)),
        ServiceEvent::Signed { service, .. } => (Key::SignedFor, names.service(lang, *service)),
    }
}

fn evidence(lang: Lang, event: &EvidenceEvent, names: &Names<'_>) -> Words {
    match event {
        EvidenceEvent::Answered { answer } => {
            let counter = !answer.counterclaims.is_empty();
            let key = if counter { Key::AnsweredWithCounterclaim } else { Key::Answered };
            (key, names.party(answer.party).to_owned())
        }
        EvidenceEvent::Submitted { party, items, late } => {
            let late = if *late { t(lang, Key::Late) } else { "" };
            (Key::EvidenceSubmitted, joined(&[names.party(*party), &words::papers(lang, items.len()), late]))
        }
        EvidenceEvent::OpinionGiven { material, opinion } => {
            (Key::OpinionGiven, joined(&[names.party(opinion.party), names.paper(*material)]))
        }
        EvidenceEvent::Judged { material, .. } => (Key::EvidenceJudged, names.paper(*material).to_owned()),
        EvidenceEvent::PeriodsWaived { party } => (Key::PeriodsWaived, names.party(*party).to_owned()),
        EvidenceEvent::IssuesFixed { issues } => (Key::IssuesFixed, words::items(lang, issues.len())),
    }
}

fn scheduling(lang: Lang, event: &SchedulingEvent, names: &Names<'_>) -> Words {
    match event {
        SchedulingEvent::Scheduled { on, from, room, mode, .. } => {
            let room = room.as_deref().unwrap_or_else(|| t(lang, words::mode(*mode)));
            (Key::Scheduled, joined(&[&format!("{} {}", day(*on), clock(*from)), room]))
        }
        SchedulingEvent::Notified { party, means, .. } => {
            let means = t(lang, crate::messages::hearing::means(*means));
            (Key::Notified, joined(&[names.party(*party), means]))
        }
        SchedulingEvent::NoticeConfirmed { party, .. } => (Key::NoticeConfirmed, names.party(*party).to_owned()),
        SchedulingEvent::Adjourned { hearing, reason } => {
            (Key::Adjourned, joined(&[&names.hearing(*hearing), reason]))
        }
    }
}

fn hearing(lang: Lang, event: &HearingEvent, names: &Names<'_>) -> Words {
    match event {
        HearingEvent::Opened { hearing, late_because, .. } => {
            (Key::HearingOpened, joined(&[&names.hearing(*hearing), late_because.as_deref().unwrap_or_default()]))
        }
        HearingEvent::AttendanceNoted { appearance, .. } => {
            (Key::AttendanceNoted, joined(&[names.party(appearance.party), &appearance.by]))
        }
        HearingEvent::PartEntered { part, .. } => (Key::PartEntered, t(lang, words::part(*part)).to_owned()),
        HearingEvent::TranscriptSaved { hearing, .. } => (Key::TranscriptSaved, names.hearing(*hearing)),
        HearingEvent::TranscriptTyped { hearing, .. } => (Key::TranscriptTyped, names.hearing(*hearing)),
        HearingEvent::CorrectionNoted { correction, .. } => (Key::TranscriptCorrection, correction.name.clone()),
        HearingEvent::CorrectionAsked { name, .. } => (Key::TranscriptCorrection, name.clone()),
        HearingEvent::CorrectionAnswered { granted, words, .. } => {
            (if *granted { Key::CorrectionMade } else { Key::CorrectionRefused }, words.clone())
        }
        HearingEvent::TranscriptSigned { signature, .. } => {
            let refused = signature.refused_because.is_some();
            (if refused { Key::TranscriptRefused } else { Key::TranscriptSigned }, signature.name.clone())
        }
        HearingEvent::Closed { hearing, skipped_because } => {
            (Key::HearingClosed, joined(&[&names.hearing(*hearing), skipped_because.as_deref().unwrap_or_default()]))
        }
    }
}

fn mediation(lang: Lang, event: &MediationEvent, names: &Names<'_>) -> Words {
    match event {
        MediationEvent::Asked { party } => (Key::MediationAsked, names.party(*party).to_owned()),
        MediationEvent::Opened {} => (Key::MediationOpened, String::new()),
        MediationEvent::Offered { offer } => {
            let key = if offer.counters.is_some() { Key::Countered } else { Key::Offered };
            (key, offer.by.map(|party| names.party(party).to_owned()).unwrap_or_default())
        }
        MediationEvent::Answered { party, reply, .. } => {
            (if reply.accepts { Key::OfferAccepted } else { Key::OfferRefused }, names.party(*party).to_owned())
        }
        MediationEvent::Confided { confidence } => (Key::Confided, names.party(confidence.party).to_owned()),
        MediationEvent::Released { party, .. } => (Key::ConfidenceReleased, names.party(*party).to_owned()),
        MediationEvent::Agreed { .. } => (Key::Agreed, String::new()),
        MediationEvent::Signed { party, .. } => (Key::AgreementSigned, names.party(*party).to_owned()),
        MediationEvent::ExtensionProposed { by, until_on } => {
            let by = by.map_or("", |party| names.party(party));
            (Key::LongerProposed, joined(&[by, &words::until(lang, &day(*until_on))]))
        }
        MediationEvent::ExtensionAgreed { party, .. } => (Key::LongerAgreed, names.party(*party).to_owned()),
        MediationEvent::Extended { until_on } => (Key::MediationExtended, words::until(lang, &day(*until_on))),
        MediationEvent::Lapsed {} => (Key::MediationLapsed, String::new()),
        MediationEvent::Failed { reason, by } => {
            (Key::MediationFailed, joined(&[by.map_or("", |party| names.party(party)), reason]))
        }
    }
}

/// Who spoke and on which question, never what was said: the words stand on the panel's own page.
fn annotation(lang: Lang, event: &AnnotationEvent, names: &Names<'_>) -> Words {
    let (key, id) = match event {
        AnnotationEvent::Shared { material, .. } => return (Key::NoteShared, names.papers(lang, &[*material])),
        AnnotationEvent::Revised { annotation, .. } => (Key::NoteRevised, annotation),
        AnnotationEvent::Replied { annotation, .. } => (Key::NoteReplied, annotation),
        AnnotationEvent::Withdrawn { annotation } => (Key::NoteWithdrawn, annotation),
    };
    let note = names.case.annotations.iter().find(|note| note.id == *id);
    (key, note.map(|note| names.papers(lang, &[note.material])).unwrap_or_default())
}

fn deliberation(lang: Lang, event: &DeliberationEvent, names: &Names<'_>) -> Words {
    match event {
        DeliberationEvent::Opened { questions, .. } => {
            (Key::DeliberationOpened, words::items(lang, questions.len()))
        }
        DeliberationEvent::OpinionGiven { question, .. } => {
            (Key::DeliberationOpinion, words::majority(lang, question + 1))
        }
        DeliberationEvent::Concluded { .. } => (Key::DeliberationConcluded, String::new()),
        DeliberationEvent::Signed { member } => (Key::MinutesSigned, names.person(*member).to_owned()),
    }
}

/// That it met and on which question somebody spoke; the words stand on its own page.
fn committee(lang: Lang, event: &CommitteeEvent, names: &Names<'_>) -> Words {
    match event {
        CommitteeEvent::Referred { questions, .. } => (Key::CommitteeReferred, words::items(lang, questions.len())),
        CommitteeEvent::Opened { .. } => (Key::CommitteeOpened, String::new()),
        CommitteeEvent::OpinionGiven { question, .. } => (Key::CommitteeOpinion, words::majority(lang, question + 1)),
        CommitteeEvent::Decided { .. } => (Key::CommitteeDecided, String::new()),
        CommitteeEvent::GivenBack { .. } => (Key::CommitteeGaveBack, String::new()),
        CommitteeEvent::Reconsidering { .. } => (Key::CommitteeAgain, String::new()),
        CommitteeEvent::Signed { member } => (Key::CommitteeSigned, names.person(*member).to_owned()),
    }
}

fn drafting(lang: Lang, event: &DraftingEvent, names: &Names<'_>) -> Words {
    match event {
        DraftingEvent::Saved { kind, .. } => (Key::DraftSaved, kind_name(lang, *kind).to_owned()),
        DraftingEvent::PutForward { document, .. } => (Key::PutForward, names.document(lang, *document).to_owned()),
        DraftingEvent::Returned { document, reason, .. } => {
            (Key::DraftReturned, joined(&[names.document(lang, *document), reason]))
        }
        DraftingEvent::Commented { document, by, .. } => {
            (Key::DraftCommented, joined(&[names.person(*by), names.document(lang, *document)]))
        }
        DraftingEvent::CommentReplied { document, by, .. } => {
            (Key::DraftCommentReplied, joined(&[names.person(*by), names.document(lang, *document)]))
        }
        DraftingEvent::CommentSettled { document, by, accepted, .. } => {
            let key = if *accepted { Key::SuggestionAccepted } else { Key::DraftCommentSettled };
            (key, joined(&[names.person(*by), names.document(lang, *document)]))
        }
    }
}

fn issuing(lang: Lang, event: &IssuingEvent, names: &Names<'_>) -> Words {
    match event {
        IssuingEvent::Signed { document, by, .. } => {
            (Key::OriginalSigned, joined(&[names.person(*by), names.document(lang, *document)]))
        }
        IssuingEvent::Read { document, reading, .. } => {
            (Key::OriginalRead, joined(&[names.person(reading.by), names.document(lang, *document), &reading.opinion]))
        }
        IssuingEvent::Doubted { document, reading, .. } => {
            (Key::Doubted, joined(&[names.person(reading.by), names.document(lang, *document), &reading.opinion]))
        }
        IssuingEvent::Issued { title, .. } => (Key::Issued, title.clone()),
    }
}

fn pronouncing(lang: Lang, event: &PronouncingEvent, names: &Names<'_>) -> Words {
    let PronouncingEvent::Pronounced { document, on, in_court, .. } = event;
    let key = if *in_court { Key::PronouncedInCourt } else { Key::Pronounced };
    (key, joined(&[&day(*on), names.document(lang, *document)]))
}

fn periods(lang: Lang, event: &PeriodEvent, names: &Names<'_>) -> Words {
    let whose = |party: &Option<PartyId>| party.map_or("", |party| names.party(party));
    match event {
        PeriodEvent::Started { period: it } => {
            let until = words::until(lang, &day(it.last_on));
            (Key::PeriodStarted, joined(&[t(lang, period(it.kind)), whose(&it.party), &until]))
        }
        PeriodEvent::Moved { kind, party, last_on, .. } => {
            (Key::PeriodMoved, joined(&[t(lang, period(*kind)), whose(party), &words::until(lang, &day(*last_on))]))
        }
        PeriodEvent::Ended { kind, party } => (Key::PeriodEnded, joined(&[t(lang, period(*kind)), whose(party)])),
        PeriodEvent::Voided { kind, party } => (Key::PeriodVoided, joined(&[t(lang, period(*kind)), whose(party)])),
    }
}
