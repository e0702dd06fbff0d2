//! Archive (归档): every missing item named from day one, handing over, the archivist's word, the seal, and what is
//! done with a file once it is sealed.

mod borrowing;
mod deciding;
mod missing;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    ids::{CaseId, MaterialId, PersonId},
    law::{four_properties::Tested, retention::RetentionClass},
    moment::Recorded,
    paper::Volume,
    refusal::refusals,
    stage::{self, Stage},
};

pub use borrowing::{Answer, Borrowing, LONGEST_DAYS};
pub use deciding::{decide, expired};
pub use missing::{Missing, missing};

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
    /// Loans that are out.
    pub loans: Vec<Loan>,
    /// Who read at the archive's counter, oldest first.
    pub visits: Vec<(Date, Visit)>,
    /// Cases that go on from it, such as a retrial.
    pub linked: Vec<CaseId>,
    /// Requests to borrow it, the newest of each person.
    pub borrowings: Vec<Borrowing>,
    /// The four-property test as it was made last, and when.
    pub tested: Option<(Date, Occasion, Vec<Tested>)>,
}

/// On which occasion a file was tested (检测环节).
///
/// Source: DA/T 70-2018 (归档、移交与接收).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = TestOccasion)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The archivist accepted it (归档).
    Acceptance,
    /// It left as a package (移交).
    Export,
}

/// A loan that is out (借阅).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loan {
    /// To whom.
    pub to: PersonId,
    /// For what.
    pub purpose: String,
    /// Last day.
    pub until_on: Date,
}

/// A reading of the main volume at the archive's counter (查阅登记).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ReadingAtCounter)]
pub struct Visit {
    /// Who came.
    pub name: String,
    /// From which office or firm.
    pub unit: Option<String>,
    /// The paper they showed: identity card, licence, letter of introduction, with its number.
    pub paper: String,
    /// For what.
    pub purpose: String,
    /// Papers they were given stamped copies of.
    #[serde(default)]
    pub copied: Vec<MaterialId>,
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
        /// SHA-256 in hex over the list of events under the seal, with who acted and when: the shell, which
        /// knows the record, writes it in. Nothing in seals of earlier releases.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        record_sha256: Option<String>,
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
    /// Someone read the main volume at the archive's counter (查阅登记).
    #[serde(rename = "archive.access_granted.v1")]
    AccessGranted {
        /// Who, on what paper, for what.
        visit: Visit,
    },
    /// The file got another class of retention (调整保管期限).
    #[serde(rename = "archive.reclassified.v1")]
    Reclassified {
        /// Retention class.
        retention: RetentionClass,
        /// Why.
        reason: String,
    },
    /// Someone asked to borrow it (借阅申请).
    #[serde(rename = "archive.borrowing_asked.v1")]
    BorrowingAsked {
        /// Who.
        by: PersonId,
        /// For what.
        purpose: String,
        /// Until.
        until_on: Date,
        /// Which volume.
        volume: Volume,
    },
    /// The archivist answered a request to borrow it (借阅审批).
    #[serde(rename = "archive.borrowing_answered.v1")]
    BorrowingAnswered {
        /// Whose request.
        by: PersonId,
        /// Whether it is lent.
        granted: bool,
        /// Why.
        reason: String,
    },
    /// The four properties of the file were tested (四性检测): the shell tests, and writes what came of it.
    #[serde(rename = "archive.tested.v1")]
    Tested {
        /// On which occasion.
        occasion: Occasion,
        /// What came of each item.
        results: Vec<Tested>,
    },
    /// Another case goes on from it (关联案件), such as a retrial: the sealed file itself is not opened.
    #[serde(rename = "archive.linked.v1")]
    Linked {
        /// Which.
        case: CaseId,
        /// Why.
        reason: String,
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
    /// Lets someone read the main volume at the archive's counter.
    GrantAccess {
        /// Who, on what paper, for what.
        visit: Visit,
    },
    /// Gives it another class of retention.
    Reclassify {
        /// Retention class.
        retention: RetentionClass,
        /// Why.
        reason: String,
    },
    /// Asks to borrow it.
    AskBorrowing {
        /// For what.
        purpose: String,
        /// Until.
        until_on: Date,
        /// Which volume.
        volume: Volume,
    },
    /// Lends it to whoever asked.
    GrantBorrowing {
        /// Who asked.
        by: PersonId,
    },
    /// Refuses it to whoever asked.
    RefuseBorrowing {
        /// Who asked.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// Tests the four properties before it leaves as a package.
    Test,
    /// Notes that another case goes on from it.
    Link {
        /// Which.
        case: CaseId,
        /// Why.
        reason: String,
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
        /// The person asked already, and waits for the archivist.
        AskedAlready,
        /// The person did not ask, or was answered.
        NotAsked,
        /// The secondary volume is lent to nobody on request.
        SecondaryNotLent,
        /// A reason is needed.
        NoReason,
        /// Whoever reads at the counter has a name and shows a paper.
        NotIdentified,
        /// Copies are of papers of the main volume.
        NotInMainVolume,
        /// The other case is linked already, or is this one.
        LinkedAlready,
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
        ArchiveEvent::Sealed { archive_no, retention, upto_rev, seal_sha256, .. } => {
            case.archive.archive_no = Some(archive_no.clone());
            case.archive.retention = Some(*retention);
            case.archive.accepted_on = Some(today);
            case.archive.sealed_upto = Some(*upto_rev);
            case.archive.seal_sha256 = Some(seal_sha256.clone());
            case.stage = Stage::Archived;
        }
        ArchiveEvent::Lent { to, purpose, until_on } => {
            case.archive.loans.push(Loan { to: *to, purpose: purpose.clone(), until_on: *until_on });
        }
        ArchiveEvent::LoanEnded { to } => case.archive.loans.retain(|loan| loan.to != *to),
        ArchiveEvent::AccessGranted { visit } => case.archive.visits.push((today, visit.clone())),
        ArchiveEvent::Reclassified { retention, .. } => case.archive.retention = Some(*retention),
        ArchiveEvent::BorrowingAsked { by, purpose, until_on, .. } => {
            case.archive.borrowings.retain(|asked| asked.by != *by);
            let asked =
                Borrowing { by: *by, purpose: purpose.clone(), until_on: *until_on, asked_on: today, answer: None };
            case.archive.borrowings.push(asked);
        }
        ArchiveEvent::BorrowingAnswered { by, granted, reason } => {
            let answer = Answer { granted: *granted, reason: reason.clone(), on: today };
            case.archive.borrowings.iter_mut().filter(|asked| asked.by == *by).for_each(|asked| {
                asked.answer = Some(answer.clone());
            });
        }
        ArchiveEvent::Tested { occasion, results } => case.archive.tested = Some((today, *occasion, results.clone())),
        ArchiveEvent::Linked { case: other, .. } => case.archive.linked.push(*other),
    }
}
