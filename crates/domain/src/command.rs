//! Commands on a case: everything anyone can do, in one exhaustive list.

use serde::{Deserialize, Serialize};

use crate::{
    access::Act,
    annotation::{AnnotationCommand, Circle},
    appeal::AppealCommand,
    approval::{ApprovalCommand, Matter},
    archive::ArchiveCommand,
    assignment::AssignmentCommand,
    case::CaseState,
    clock::{self, ClockRule},
    closing::ClosingCommand,
    committee::CommitteeCommand,
    consent::ConsentCommand,
    correcting::CorrectingCommand,
    counter::CounterCommand,
    decision::{About, Context, Decision, calendar_of},
    deliberation::DeliberationCommand,
    drafting::{CommentCommand, DraftingCommand},
    evidence::EvidenceCommand,
    fees::FeeCommand,
    filing::FilingCommand,
    hearing::HearingCommand,
    ids::MaterialId,
    issuing::IssuingCommand,
    material::MaterialCommand,
    mediation::MediationCommand,
    moment::Moment,
    on_paper::{self, OnPaperCommand},
    parties::PartiesCommand,
    procedure::ProcedureCommand,
    pronouncing::PronouncingCommand,
    refusal::Refusal,
    register::Register,
    review::{self, ReviewCommand},
    scheduling::SchedulingCommand,
    series::SeriesCommand,
    service::ServiceCommand,
    sharing::SharingCommand,
    stage::{Stage, StageRefusal},
    supervision::SupervisionCommand,
};

macro_rules! case_commands {
    ($($(#[$doc:meta])* $variant:ident($command:ty)),* $(,)?) => {
        /// A command on a case.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case", tag = "capability", content = "command")]
        #[allow(missing_docs, reason = "each variant is the command of the module of its name")]
        pub enum CaseCommand {
            $($(#[$doc])* $variant($command),)*
        }

        $(impl From<$command> for CaseCommand {
            fn from(command: $command) -> Self {
                CaseCommand::$variant(command)
            }
        })*
    };
}

case_commands! {
    Filing(FilingCommand),
    Review(ReviewCommand),
    Assignment(AssignmentCommand),
    Fees(FeeCommand),
    Parties(PartiesCommand),
    Consent(ConsentCommand),
    Material(MaterialCommand),
    Annotation(AnnotationCommand),
    Service(ServiceCommand),
    Evidence(EvidenceCommand),
    Scheduling(SchedulingCommand),
    Hearing(HearingCommand),
    Mediation(MediationCommand),
    Deliberation(DeliberationCommand),
    Committee(CommitteeCommand),
    Drafting(DraftingCommand),
    Issuing(IssuingCommand),
    Supervision(SupervisionCommand),
    Correcting(CorrectingCommand),
    Series(SeriesCommand),
    Sharing(SharingCommand),
    Pronouncing(PronouncingCommand),
    Approval(ApprovalCommand),
    Procedure(ProcedureCommand),
    Closing(ClosingCommand),
    Appeal(AppealCommand),
    Archive(ArchiveCommand),
    /// An act of a party that came on paper.
    OnPaper(OnPaperCommand),
    /// Papers that are taken at the counter.
    Counter(CounterCommand),
    /// The end of a period.
    Clock(ClockRule),
}

impl CaseCommand {
    /// What it is to the rules of access.
    pub fn act(&self) -> Act {
        match self {
            CaseCommand::Filing(_) => Act::Submit,
            CaseCommand::Review(ReviewCommand::Correct { .. }) => Act::Correct,
            CaseCommand::Review(ReviewCommand::Accept { .. }) => Act::AcceptSuit,
            CaseCommand::Review(_) => Act::Review,
            CaseCommand::Assignment(_) => Act::ChangeTribunal,
            CaseCommand::Fees(FeeCommand::Pay { .. }) => Act::Pay,
            CaseCommand::Fees(FeeCommand::Refund { .. }) => Act::Refund,
            CaseCommand::Parties(PartiesCommand::Link { .. } | PartiesCommand::LinkByCode { .. }) => Act::Link,
            CaseCommand::Parties(PartiesCommand::LinkChecked { .. }) => Act::CheckIdentity,
            CaseCommand::Parties(PartiesCommand::IssueCode { .. }) => Act::Serve,
            CaseCommand::Parties(_) => Act::SpeakForParty,
            CaseCommand::Consent(ConsentCommand::Record { consent, .. }) if !consent.is_partys_word() => {
                Act::SwitchStep
            }
            CaseCommand::Consent(_) => Act::SpeakForParty,
            CaseCommand::Material(MaterialCommand::Submit { .. }) => Act::SubmitPaper,
            CaseCommand::Material(MaterialCommand::Scan { .. }) => Act::RouteScan,
            CaseCommand::Material(MaterialCommand::Disclose { .. }) => Act::Disclose,
            CaseCommand::Material(MaterialCommand::Redact { .. }) => Act::RedactPaper,
            CaseCommand::Material(_) => Act::KeepFile,
            CaseCommand::Annotation(command) => match command.circle() {
                Circle::Team => Act::TeamNotes,
                Circle::Panel => Act::PanelNotes,
            },
            CaseCommand::Service(ServiceCommand::Open { .. } | ServiceCommand::SignFor { .. }) => Act::ReceiveService,
            CaseCommand::Service(ServiceCommand::ReportDelivery { .. } | ServiceCommand::ReportBounce { .. }) => {
                Act::ReportArrival
            }
            CaseCommand::Service(ServiceCommand::Dispatch { .. } | ServiceCommand::Find { .. }) => Act::Serve,
            CaseCommand::Service(_) => Act::RecordService,
            CaseCommand::Evidence(EvidenceCommand::Judge { .. } | EvidenceCommand::FixIssues { .. }) => {
                Act::JudgeEvidence
            }
            CaseCommand::Evidence(_) => Act::SpeakForParty,
            CaseCommand::Scheduling(SchedulingCommand::ConfirmNotice { .. }) => Act::ReceiveService,
            CaseCommand::Scheduling(_) => Act::Schedule,
            CaseCommand::Hearing(command) if command.is_of_a_participant() => Act::SignTranscript,
            CaseCommand::Hearing(_) => Act::RunHearing,
            CaseCommand::Mediation(command) if command.speaks_for().is_some() => Act::SpeakForParty,
            CaseCommand::Mediation(_) => Act::Mediate,
            CaseCommand::Deliberation(_) => Act::Deliberate,
            CaseCommand::Committee(CommitteeCommand::GiveOpinion { .. } | CommitteeCommand::Sign) => {
                Act::SpeakInCommittee
            }
            CaseCommand::Committee(_) => Act::RunCommittee,
            CaseCommand::Drafting(DraftingCommand::Return { .. }) => Act::ReturnDraft,
            CaseCommand::Drafting(DraftingCommand::PutForward { .. }) => Act::PutForward,
            CaseCommand::Drafting(DraftingCommand::Comment { comment, .. }) => match comment {
                CommentCommand::Accept { .. } => Act::Draft,
                _ => Act::CommentDraft,
            },
            CaseCommand::Drafting(_) => Act::Draft,
            CaseCommand::Issuing(IssuingCommand::Sign { .. }) => Act::SignDocument,
            CaseCommand::Issuing(IssuingCommand::Read { .. } | IssuingCommand::Doubt { .. }) => Act::ReadDocument,
            CaseCommand::Supervision(SupervisionCommand::Mark { .. }) => Act::MarkCase,
            CaseCommand::Supervision(_) => Act::UnmarkCase,
            CaseCommand::Correcting(_) | CaseCommand::Series(_) => Act::Draft,
            CaseCommand::Sharing(SharingCommand::Try { .. }) => Act::OpenShare,
            CaseCommand::Sharing(_) => Act::ShareOut,
            CaseCommand::Issuing(_) => Act::Issue,
            CaseCommand::Pronouncing(_) => Act::Pronounce,
            CaseCommand::Approval(ApprovalCommand::Ask { request, .. }) if request.concerns_committee() => {
                Act::ReferToCommittee
            }
            CaseCommand::Approval(ApprovalCommand::Ask { .. }) => Act::AskApproval,
            CaseCommand::Approval(_) => Act::AnswerApproval,
            CaseCommand::Procedure(_) => Act::SteerProcedure,
            CaseCommand::Closing(_) => Act::SpeakForParty,
            CaseCommand::Appeal(AppealCommand::File { .. }) => Act::SpeakForParty,
            CaseCommand::Appeal(_) => Act::TransferFile,
            CaseCommand::Archive(ArchiveCommand::Submit) => Act::SubmitArchive,
            CaseCommand::Archive(ArchiveCommand::AskBorrowing { .. }) => Act::AskBorrowing,
            CaseCommand::Archive(ArchiveCommand::Test) => Act::TakeOutArchive,
            CaseCommand::Archive(_) => Act::KeepArchive,
            CaseCommand::OnPaper(entry) => entry.command.act(),
            CaseCommand::Counter(_) => Act::TakeAtCounter,
            CaseCommand::Clock(_) => Act::Tick,
        }
    }

    /// The party it speaks for, where it speaks for one: only that party, its agent, or a clerk entering
    /// what came on paper may.
    pub fn speaks_for(&self) -> Option<crate::ids::PartyId> {
        match self {
            CaseCommand::Parties(command) => match command {
                PartiesCommand::Link { party, .. } | PartiesCommand::DismissAgent { party, .. } => Some(*party),
                PartiesCommand::ConfirmAddress { address } => Some(address.party),
                PartiesCommand::AppointAgent { agent } => Some(agent.party),
                PartiesCommand::LinkByCode { .. }
                | PartiesCommand::LinkChecked { .. }
                | PartiesCommand::IssueCode { .. } => None,
            },
            CaseCommand::Consent(ConsentCommand::Record { party, consent, .. }) => {
                consent.is_partys_word().then_some(*party)
            }
            CaseCommand::Consent(ConsentCommand::Withdraw { party, .. }) => Some(*party),
            CaseCommand::Material(MaterialCommand::Submit { from, .. }) => *from,
            CaseCommand::Evidence(command) => match command {
                EvidenceCommand::Answer { answer } => Some(answer.party),
                EvidenceCommand::Submit { party, .. } | EvidenceCommand::WaivePeriods { party } => Some(*party),
                EvidenceCommand::GiveOpinion { opinion, .. } => Some(opinion.party),
                EvidenceCommand::Judge { .. } | EvidenceCommand::FixIssues { .. } => None,
            },
            CaseCommand::Scheduling(SchedulingCommand::ConfirmNotice { party, .. }) => Some(*party),
            CaseCommand::Mediation(command) => command.speaks_for(),
            CaseCommand::Closing(ClosingCommand::AskWithdrawal { party, .. }) => Some(*party),
            CaseCommand::Appeal(AppealCommand::File { party, .. }) => Some(*party),
            CaseCommand::OnPaper(entry) => entry.command.speaks_for(),
            _ => None,
        }
    }

    /// The special authority an agent needs for it (特别授权).
    ///
    /// Source: 《民事诉讼法》第六十二条.
    pub fn needs_authority(&self) -> Option<crate::party::SpecialAuthority> {
        use crate::party::SpecialAuthority::{Appeal, Counterclaim, Settle, Waive};
        match self {
            CaseCommand::Mediation(command) if command.settles() => Some(Settle),
            CaseCommand::Evidence(EvidenceCommand::Answer { answer }) if !answer.counterclaims.is_empty() => {
                Some(Counterclaim)
            }
            CaseCommand::Closing(ClosingCommand::AskWithdrawal { .. }) => Some(Waive),
            CaseCommand::Appeal(AppealCommand::File { .. }) => Some(Appeal),
            _ => None,
        }
    }

    /// The special authority an agent needs for it in this case: taking a mediation statement in hand
    /// settles the dispute.
    pub fn needs_authority_in(&self, case: &CaseState) -> Option<crate::party::SpecialAuthority> {
        let CaseCommand::Service(ServiceCommand::SignFor { service }) = self else { return self.needs_authority() };
        let holds = case.services.get(service).is_some_and(|service| crate::service::holds_statement(case, service));
        holds.then_some(crate::party::SpecialAuthority::Settle)
    }

    /// Whether it may close the case, which gives booked hearings free.
    fn may_close(&self) -> bool {
        if let CaseCommand::OnPaper(entry) = self {
            return entry.command.may_close();
        }
        matches!(
            self,
            CaseCommand::Pronouncing(_)
                | CaseCommand::Mediation(MediationCommand::Sign { .. })
                | CaseCommand::Service(ServiceCommand::SignFor { .. } | ServiceCommand::RecordReceipt { .. })
        )
    }

    /// The closed list of what an archived file takes (归档封存后): loans, what was asked and said of them, and
    /// readings; a test of it; another class of retention, a link to a case that goes on from it; a supplement or an erasure by approval; and the end of a loan, by the
    /// clock. What was approved once a slip was found is ruled upon, made anew and served; a notice is revoked.
    ///
    /// Source: handbook of the project §6.7; DESIGN.md, two lawful deletions.
    fn is_open_to_an_archived_file(&self, case: &CaseState) -> bool {
        let supplement = |document| case.correcting.is_supplement(document);
        match self {
            // Where it was approved, slips in a document are put right by others that are added to the file and served.
            CaseCommand::Correcting(
                CorrectingCommand::MarkSlips { of, .. } | CorrectingCommand::BeginCopy { replaces: of, .. },
            ) => case.correcting.opened.contains_key(of),
            CaseCommand::Drafting(command) => supplement(command.document()),
            CaseCommand::Issuing(command) => supplement(command.document()),
            CaseCommand::Service(command) => {
                let added = |paper: &MaterialId| {
                    let about = case.materials.get(paper).and_then(|paper| paper.about.as_ref());
                    matches!(about, Some(About::Document(document)) if supplement(*document))
                };
                let papers = command.papers(case);
                !papers.is_empty() && papers.iter().all(added)
            }
            CaseCommand::Archive(_) | CaseCommand::Clock(_) => true,
            CaseCommand::Approval(ApprovalCommand::Ask { request, .. }) => {
                matches!(
                    request,
                    Matter::SupplementArchive { .. }
                        | Matter::EraseMaterial { .. }
                        | Matter::CorrectArchived { .. }
                        | Matter::RevokePaper { .. }
                )
            }
            CaseCommand::Approval(ApprovalCommand::Answer { .. }) => true,
            _ => false,
        }
    }

    /// The registers it must read.
    pub fn registers(&self, case: Option<&CaseState>, moment: Moment) -> Vec<Register> {
        match self {
            CaseCommand::Review(
                ReviewCommand::File { .. } | ReviewCommand::NotAccept { .. } | ReviewCommand::Accept { .. },
            ) => {
                vec![review::number_register(moment.today.year())]
            }
            CaseCommand::Scheduling(SchedulingCommand::Schedule { on, .. }) => vec![calendar_of(*on)],
            CaseCommand::Scheduling(SchedulingCommand::Adjourn { hearing, .. }) => case
                .and_then(|case| case.hearings.get(hearing))
                .map(|hearing| vec![calendar_of(hearing.on)])
                .unwrap_or_default(),
            CaseCommand::Issuing(IssuingCommand::Issue { .. }) => vec![Register::Seal],
            command if command.may_close() => {
                let days = case.into_iter().flat_map(crate::closing::booked).map(|hearing| calendar_of(hearing.on));
                let mut days: Vec<Register> = days.collect();
                days.sort();
                days.dedup();
                days
            }
            _ => vec![],
        }
    }
}

/// Decides a command on a case that exists. The first command of a case, its submission, is decided by
/// [`crate::filing::decide`].
pub fn decide(case: &CaseState, ctx: &Context, command: CaseCommand) -> Result<Decision, Refusal> {
    if case.stage == Stage::Archived && !command.is_open_to_an_archived_file(case) {
        return Err(StageRefusal::Sealed.into());
    }
    Ok(match command {
        CaseCommand::Filing(_) => return Err(crate::filing::FilingRefusal::SubmittedAlready.into()),
        CaseCommand::Review(command) => review::decide(case, ctx, command)?,
        CaseCommand::Assignment(command) => crate::assignment::decide(case, ctx, command)?,
        CaseCommand::Fees(command) => crate::fees::decide(case, ctx, command)?,
        CaseCommand::Parties(command) => crate::parties::decide(case, ctx, command)?,
        CaseCommand::Consent(command) => crate::consent::decide(case, ctx, command)?,
        CaseCommand::Material(command) => crate::material::decide(case, ctx, command)?,
        CaseCommand::Annotation(command) => crate::annotation::decide(case, ctx, command)?,
        CaseCommand::Service(command) => crate::service::decide(case, ctx, command)?,
        CaseCommand::Evidence(command) => crate::evidence::decide(case, ctx, command)?,
        CaseCommand::Scheduling(command) => crate::scheduling::decide(case, ctx, command)?,
        CaseCommand::Hearing(command) => crate::hearing::decide(case, ctx, command)?,
        CaseCommand::Mediation(command) => crate::mediation::decide(case, ctx, command)?,
        CaseCommand::Deliberation(command) => crate::deliberation::decide(case, ctx, command)?,
        CaseCommand::Committee(command) => crate::committee::decide(case, ctx, command)?,
        CaseCommand::Drafting(command) => crate::drafting::decide(case, ctx, command)?,
        CaseCommand::Issuing(command) => crate::issuing::decide(case, ctx, command)?,
        CaseCommand::Supervision(command) => crate::supervision::decide(case, ctx, command)?,
        CaseCommand::Correcting(command) => crate::correcting::decide(case, ctx, command)?,
        CaseCommand::Series(command) => crate::series::decide(case, ctx, command)?,
        CaseCommand::Sharing(command) => crate::sharing::decide(case, ctx, command)?,
        CaseCommand::Pronouncing(command) => crate::pronouncing::decide(case, ctx, command)?,
        CaseCommand::Approval(command) => crate::approval::decide(case, ctx, command)?,
        CaseCommand::Procedure(command) => crate::procedure::decide(case, ctx, command)?,
        CaseCommand::Closing(command) => crate::closing::decide(case, ctx, command)?,
        CaseCommand::Appeal(command) => crate::appeal::decide(case, ctx, command)?,
        CaseCommand::Archive(command) => crate::archive::decide(case, ctx, command)?,
        CaseCommand::OnPaper(command) => on_paper::decide(case, ctx, command)?,
        CaseCommand::Counter(command) => crate::counter::decide(case, ctx, command)?,
        CaseCommand::Clock(rule) => clock::decide(case, ctx, rule),
    })
}
