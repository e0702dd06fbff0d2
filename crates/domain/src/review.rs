//! Filing review (立案审查): from the application to a case number, or to a reasoned no.

mod deciding;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    filing::{Application, FilingRefusal},
    ids::PersonId,
    law::case_number::CaseNumber,
    moment::Recorded,
    paper::PaperKind,
    refusal::refusals,
    stage::{self, Stage},
};

pub use deciding::{decide, fits_small_claims, number_register};

/// The type code of civil first-instance cases in case numbers.
pub const CIVIL_FIRST: &str = "民初";

/// One thing to correct, at the party's own field (补正事项).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CorrectionItem {
    /// The field of the application it concerns, such as `facts_and_reasons` or `party.0.address`.
    pub field: String,
    /// What to do, as picked from the phrases or written.
    pub what: String,
}

/// The four conditions of a suit (起诉条件), as the clerk found them.
///
/// Source: 《民事诉讼法》第一百二十二条.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Conditions {
    /// The plaintiff has a direct interest (与本案有直接利害关系).
    pub interest: bool,
    /// There is a definite defendant (有明确的被告).
    pub defendant: bool,
    /// There are specific claims, facts and reasons (有具体的诉讼请求和事实、理由).
    pub claims: bool,
    /// It is for the courts and for this court (属于受理范围和管辖).
    pub jurisdiction: bool,
}

impl Conditions {
    /// Whether all four are met.
    pub fn all_met(self) -> bool {
        self.interest && self.defendant && self.claims && self.jurisdiction
    }
}

/// State of the review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// The clerk who took it.
    pub clerk: Option<PersonId>,
    /// What was asked to be corrected.
    pub correction: Vec<CorrectionItem>,
    /// Until when.
    pub correction_due_on: Option<Date>,
    /// Day the corrected papers came.
    pub corrected_on: Option<Date>,
    /// Conditions as found.
    pub conditions: Conditions,
    /// Why it was turned away, or should be, in the filing clerk's words.
    pub turned_away_because: Option<String>,
}

/// Facts of filing review. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum ReviewEvent {
    /// A clerk took the application for review (开始审查).
    #[serde(rename = "review.taken.v1")]
    Taken {
        /// Who.
        clerk: PersonId,
    },
    /// Correction was asked, everything in one notice (一次性告知补正).
    #[serde(rename = "review.correction_requested.v1")]
    CorrectionRequested {
        /// What.
        items: Vec<CorrectionItem>,
        /// Until when.
        due_on: Date,
    },
    /// The corrected papers came (补正材料).
    #[serde(rename = "review.corrected.v1")]
    Corrected {
        /// The application as corrected.
        application: Box<Application>,
    },
    /// The case was filed and has its number (登记立案).
    #[serde(rename = "review.filed.v1")]
    Filed {
        /// Number.
        number: CaseNumber,
        /// Procedure.
        procedure: Procedure,
        /// Conditions as found.
        conditions: Conditions,
    },
    /// The papers were returned: not corrected in time (退回).
    #[serde(rename = "review.returned.v1")]
    Returned {
        /// Why.
        reason: String,
    },
    /// The filing clerk would not accept the suit; a judge rules on it under this number (拟不予受理).
    #[serde(rename = "review.not_accepted.v1")]
    NotAccepted {
        /// Number of the ruling's case; none in records from before a judge ruled.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<CaseNumber>,
        /// Why.
        reason: String,
    },
    /// The judge found the suit acceptable after all; filing it follows (法官认为符合起诉条件).
    #[serde(rename = "review.accepted.v1")]
    Accepted {
        /// Why.
        reason: String,
    },
    /// The filer was told where to go instead (告知).
    #[serde(rename = "review.redirected.v1")]
    Redirected {
        /// Where.
        to: String,
        /// Why.
        reason: String,
    },
}

/// Commands of filing review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum ReviewCommand {
    /// Takes the application for review.
    Take,
    /// Asks for correction, once, everything in one notice.
    RequestCorrection {
        /// What.
        items: Vec<CorrectionItem>,
    },
    /// Hands in the corrected application.
    Correct {
        /// The application as corrected.
        application: Box<Application>,
    },
    /// Files the case: number, fee, notices, judge.
    File {
        /// Procedure.
        procedure: Procedure,
        /// Conditions as found.
        conditions: Conditions,
    },
    /// Returns papers that were not corrected in time.
    Return {
        /// Why.
        reason: String,
    },
    /// Lays before a judge that the suit should not be accepted.
    NotAccept {
        /// Why.
        reason: String,
    },
    /// Finds, as the judge before whom it was laid, that the suit is acceptable: it is filed.
    Accept {
        /// Procedure.
        procedure: Procedure,
        /// Conditions as found.
        conditions: Conditions,
        /// Why.
        reason: String,
    },
    /// Tells the filer where to go instead.
    Redirect {
        /// Where.
        to: String,
        /// Why.
        reason: String,
    },
}

refusals! {
    /// Why an act of filing review is refused.
    ReviewRefusal = "review" {
        /// Another clerk has taken it.
        TakenByAnother {
            /// Who.
            clerk: PersonId,
        },
        /// Correction was asked before: everything must stand in one notice.
        CorrectionAskedAlready,
        /// Nothing to correct was named.
        NothingToCorrect,
        /// A condition of Article 122 is not met.
        ConditionMissing,
        /// A reason is needed.
        NoReason,
        /// It was filed already, by whoever was first.
        FiledAlready {
            /// Its number.
            number: String,
        },
        /// Small-claims procedure does not fit this suit.
        NotSmallClaims,
        /// The ruling that it is not accepted was signed and sealed: it goes out.
        RulingIssued,
        /// The time for correction is still running.
        CorrectionStillRunning,
        /// No judge may be given this case: name one by hand.
        NoEligibleJudge,
        /// No key was fixed for today's draws, so none can be drawn.
        NoDayKey,
        /// The corrected application has a fault of its own.
        Application {
            /// Which.
            fault: Box<FilingRefusal>,
        },
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for ReviewRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        ReviewRefusal::Stage { fault }
    }
}

const REVIEWABLE: &[Stage] = &[Stage::Submitted, Stage::UnderReview];

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &ReviewEvent, recorded: &Recorded) {
    let today = recorded.moment.today;
    match event {
        ReviewEvent::Taken { clerk } => {
            case.review.clerk = Some(*clerk);
            case.stage = Stage::UnderReview;
        }
        ReviewEvent::CorrectionRequested { items, due_on } => {
            case.review.correction = items.clone();
            case.review.correction_due_on = Some(*due_on);
            case.stage = Stage::CorrectionRequested;
        }
        ReviewEvent::Corrected { application } => {
            case.review.corrected_on = Some(today);
            case.take_application((**application).clone());
            case.stage = Stage::UnderReview;
        }
        ReviewEvent::Filed { number, procedure, conditions } => {
            case.number = Some(number.clone());
            case.procedure = *procedure;
            case.review.conditions = *conditions;
            case.filed_on = Some(today);
            case.stage = Stage::Filed;
        }
        ReviewEvent::Returned { reason } => turn_away(case, Stage::Returned, reason),
        ReviewEvent::NotAccepted { number, reason } => {
            case.number = number.clone();
            turn_away(case, Stage::NotAccepted, reason);
        }
        ReviewEvent::Accepted { .. } => accept(case),
        ReviewEvent::Redirected { reason, .. } => turn_away(case, Stage::Redirected, reason),
    }
}

/// What was begun of a ruling that it is not accepted falls away: nobody signs or issues it any more.
fn accept(case: &mut CaseState) {
    case.review.turned_away_because = None;
    case.drafts.retain(|_, draft| draft.kind != PaperKind::NonAcceptance);
}

fn turn_away(case: &mut CaseState, stage: Stage, reason: &str) {
    case.stage = stage;
    case.review.turned_away_because = Some(reason.to_owned());
}
