//! Archive (归档): every missing item named from day one, handing over, the archivist's word, the seal.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    closing::Manner,
    decision::{Context, Decision},
    ids::PersonId,
    law::retention::RetentionClass,
    moment::Recorded,
    paper::PaperKind,
    periods::{PeriodEvent, PeriodKind},
    refusal::refusals,
    stage::{self, Stage},
};

/// Something that keeps the file from the archive (归档缺项).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "missing")]
pub enum Missing {
    /// The case is not closed or not in force yet.
    NotEffective,
    /// A paper every file of this kind has.
    Paper {
        /// Which kind.
        kind: PaperKind,
    },
    /// The decision was not served on a party.
    DecisionNotServed {
        /// Name of the party.
        party: String,
    },
    /// Papers wait in staging.
    Staged {
        /// How many.
        count: usize,
    },
    /// A refund is still due.
    RefundDue,
    /// Members have not signed the minutes of deliberation.
    MinutesNotSigned,
    /// A request for approval is pending.
    ApprovalPending,
    /// The transcript of a hearing has neither signature nor noted refusal of a party that came.
    TranscriptNotSigned {
        /// Name of the party.
        party: String,
    },
}

/// State of archiving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// Day it was handed over.
    pub submitted_on: Option<Date>,
    /// Marks with which it was returned, newest.
    pub returned_with: Vec<String>,
    /// Archive number.
    pub archive_no: Option<String>,
    /// Retention class.
    pub retention: Option<RetentionClass>,
    /// Day it was accepted.
    pub accepted_on: Option<Date>,
    /// Revision up to which the archive seal reaches.
    pub sealed_upto: Option<u64>,
    /// Hash over the list of papers under the archive seal.
    pub seal_sha256: Option<String>,
    /// Loans that are out: who, purpose, until.
    pub loans: Vec<(PersonId, String, Date)>,
}

/// Facts of archiving. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum ArchiveEvent {
    /// The file was handed to the archivist (移交归档).
    #[serde(rename = "archive.submitted.v1")]
    Submitted {},
    /// The archivist returned it with marks (退回).
    #[serde(rename = "archive.returned.v1")]
    Returned {
        /// Marks.
        marks: Vec<String>,
    },
    /// The archivist accepted it and put the archive seal on (接收归档、归档封存).
    #[serde(rename = "archive.sealed.v1")]
    Sealed {
        /// Archive number.
        archive_no: String,
        /// Retention class.
        retention: RetentionClass,
        /// Last revision under the seal.
        upto_rev: u64,
        /// SHA-256 in hex over the list of papers.
        seal_sha256: String,
    },
    /// The file was lent (借阅).
    #[serde(rename = "archive.lent.v1")]
    Lent {
        /// To whom.
        to: PersonId,
        /// For what.
        purpose: String,
        /// Until.
        until_on: Date,
    },
    /// A loan ended (归还).
    #[serde(rename = "archive.loan_ended.v1")]
    LoanEnded {
        /// Whose.
        to: PersonId,
    },
}

/// Commands of archiving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum ArchiveCommand {
    /// Hands the file over.
    Submit,
    /// Returns it with marks.
    Return {
        /// Marks.
        marks: Vec<String>,
    },
    /// Accepts it.
    Accept {
        /// Retention class.
        retention: RetentionClass,
    },
    /// Lends it.
    Lend {
        /// To whom.
        to: PersonId,
        /// For what.
        purpose: String,
        /// For how many days.
        days: u16,
    },
    /// Ends a loan.
    EndLoan {
        /// Whose.
        to: PersonId,
    },
}

refusals! {
    /// Why an act of archiving is refused.
    ArchiveRefusal = "archive" {
        /// Something is missing.
        NotReady {
            /// What.
            missing: Vec<Missing>,
        },
        /// A return needs marks.
        NoMarks,
        /// A loan needs a purpose.
        NoPurpose,
        /// A loan lasts from 1 to 90 days.
        WrongLength,
        /// It is lent to this person already.
        LentAlready,
        /// It is not lent to this person.
        NotLent,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for ArchiveRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        ArchiveRefusal::Stage { fault }
    }
}

/// Decides an act of archiving.
///
/// Source: 《人民法院诉讼文书立卷归档办法》; handbook of the project §17.2.
pub fn decide(case: &CaseState, ctx: &Context, command: ArchiveCommand) -> Result<Decision, ArchiveRefusal> {
    match command {
        ArchiveCommand::Submit => submit(case, ctx),
        ArchiveCommand::Return { marks } => {
            stage::at(case, &[Stage::Archiving])?;
            if marks.iter().all(|mark| mark.trim().is_empty()) {
                return Err(ArchiveRefusal::NoMarks);
            }
            Ok(Decision::of(ArchiveEvent::Returned { marks }))
        }
        ArchiveCommand::Accept { retention } => accept(case, retention),
        ArchiveCommand::Lend { to, purpose, days } => lend(case, ctx, to, purpose, days),
        ArchiveCommand::EndLoan { to } => {
            if !case.archive.loans.iter().any(|(person, _, _)| *person == to) {
                return Err(ArchiveRefusal::NotLent);
            }
            Ok(Decision::of(ArchiveEvent::LoanEnded { to }))
        }
    }
}

fn submit(case: &CaseState, ctx: &Context) -> Result<Decision, ArchiveRefusal> {
    stage::at(case, &[Stage::Effective])?;
    let missing = missing(case);
    if !missing.is_empty() {
        return Err(ArchiveRefusal::NotReady { missing });
    }
    let mut decision = Decision::of(ArchiveEvent::Submitted {});
    for kind in [PaperKind::Cover, PaperKind::Contents, PaperKind::ReferenceSheet] {
        decision.write(ctx, kind);
    }
    Ok(decision)
}

fn accept(case: &CaseState, retention: RetentionClass) -> Result<Decision, ArchiveRefusal> {
    stage::at(case, &[Stage::Archiving])?;
    let (_, seal_sha256) = crate::closing::seal(case);
    let archive_no = archive_no(case, retention);
    let sealed = ArchiveEvent::Sealed { archive_no, retention, upto_rev: case.rev, seal_sha256 };
    Ok(Decision::of(sealed).with(PeriodEvent::ended(PeriodKind::Archive, None)))
}

/// Type, year, retention class, serial: unique because the case number is (format: setting of the court).
fn archive_no(case: &CaseState, retention: RetentionClass) -> String {
    let class = match retention {
        RetentionClass::Permanent => "Y",
        RetentionClass::Long => "C",
        RetentionClass::Short => "D",
    };
    match &case.number {
        Some(number) => format!("{}-{}-{}-{}", number.type_code, number.filing_year, class, number.serial),
        None => case.id.to_string(),
    }
}

fn lend(case: &CaseState, ctx: &Context, to: PersonId, purpose: String, days: u16) -> Result<Decision, ArchiveRefusal> {
    stage::at(case, &[Stage::Archived])?;
    if purpose.trim().is_empty() {
        return Err(ArchiveRefusal::NoPurpose);
    }
    if !(1..=90).contains(&days) {
        return Err(ArchiveRefusal::WrongLength);
    }
    if case.archive.loans.iter().any(|(person, _, _)| *person == to) {
        return Err(ArchiveRefusal::LentAlready);
    }
    let until_on = ctx.moment.today.checked_add(jiff::Span::new().days(i64::from(days))).expect("within the calendar");
    Ok(Decision::of(ArchiveEvent::Lent { to, purpose, until_on }))
}

/// Everything that still keeps the file from the archive, from day one of the case.
pub fn missing(case: &CaseState) -> Vec<Missing> {
    let mut missing = vec![];
    if case.effective_on.is_none() {
        missing.push(Missing::NotEffective);
    }
    for kind in required(case) {
        if case.last_paper(kind).is_none() {
            missing.push(Missing::Paper { kind });
        }
    }
    missing.extend(unserved(case));
    missing.extend(unsigned_transcripts(case));
    let staged = case.materials_in_order().filter(|paper| paper.place == crate::material::Place::Staged).count();
    if staged > 0 {
        missing.push(Missing::Staged { count: staged });
    }
    if case.fees.refund_due > case.fees.refunded {
        missing.push(Missing::RefundDue);
    }
    let minutes = &case.deliberation;
    if minutes.conclusion.is_some() && minutes.signed.len() < minutes.order.len() {
        missing.push(Missing::MinutesNotSigned);
    }
    if case.approvals.values().any(|approval| approval.next().is_some()) {
        missing.push(Missing::ApprovalPending);
    }
    missing
}

/// Papers every file of a civil first-instance case has, given how it ended.
fn required(case: &CaseState) -> Vec<PaperKind> {
    if case.is_refused_at_filing() {
        return vec![PaperKind::Complaint, PaperKind::NonAcceptance];
    }
    let mut kinds = vec![
        PaperKind::Complaint,
        PaperKind::AcceptanceNotice,
        PaperKind::FeeNotice,
        PaperKind::AddressConfirmation,
        PaperKind::EvidenceNotice,
    ];
    match case.closing.as_ref().map(|closing| closing.manner) {
        Some(Manner::Judgment) => {
            kinds.extend([PaperKind::Transcript, PaperKind::Judgment, PaperKind::PronouncementRecord])
        }
        Some(Manner::Mediation) => kinds.push(PaperKind::MediationStatement),
        Some(Manner::Withdrawal) => kinds.push(PaperKind::WithdrawalRuling),
        Some(Manner::DeemedWithdrawal) => kinds.push(PaperKind::DeemedWithdrawalRuling),
        Some(Manner::NotAccepted) | None => {}
    }
    if case.tribunal.as_ref().is_some_and(|tribunal| tribunal.is_panel())
        && case.closing.as_ref().is_some_and(|closing| closing.manner == Manner::Judgment)
    {
        kinds.push(PaperKind::DeliberationMinutes);
    }
    kinds
}

fn unserved(case: &CaseState) -> Vec<Missing> {
    let Some(paper) = case.final_paper() else { return vec![] };
    case.addressees()
        .filter(|party| case.served_on(paper.id, party.id).is_none())
        .map(|party| Missing::DecisionNotServed { party: party.name.clone() })
        .collect()
}

fn unsigned_transcripts(case: &CaseState) -> Vec<Missing> {
    let done = case.hearings_in_order().filter(|hearing| hearing.status == crate::hearing::HearingStatus::Done);
    let mut missing: Vec<Missing> = done
        .flat_map(|hearing| {
            let present = hearing.appearances.iter().filter(|who| who.present).map(|who| who.party);
            present.filter(|party| !hearing.signatures.iter().any(|signature| signature.party == Some(*party)))
        })
        .filter_map(|party| case.parties.get(&party))
        .map(|party| Missing::TranscriptNotSigned { party: party.name.clone() })
        .collect();
    missing.sort();
    missing.dedup();
    missing
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &ArchiveEvent, recorded: &Recorded) {
    let today = recorded.moment.today;
    match event {
        ArchiveEvent::Submitted {} => {
            case.archive.submitted_on = Some(today);
            case.archive.returned_with.clear();
            case.stage = Stage::Archiving;
        }
        ArchiveEvent::Returned { marks } => {
            case.archive.returned_with = marks.clone();
            case.stage = Stage::Effective;
        }
        ArchiveEvent::Sealed { archive_no, retention, upto_rev, seal_sha256 } => {
            case.archive.archive_no = Some(archive_no.clone());
            case.archive.retention = Some(*retention);
            case.archive.accepted_on = Some(today);
            case.archive.sealed_upto = Some(*upto_rev);
            case.archive.seal_sha256 = Some(seal_sha256.clone());
            case.stage = Stage::Archived;
        }
        ArchiveEvent::Lent { to, purpose, until_on } => case.archive.loans.push((*to, purpose.clone(), *until_on)),
        ArchiveEvent::LoanEnded { to } => case.archive.loans.retain(|(person, _, _)| person != to),
    }
}
