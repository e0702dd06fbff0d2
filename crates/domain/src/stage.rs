//! Where a civil first-instance case stands (案件状态), and what stands still meanwhile.

use serde::{Deserialize, Serialize};

use crate::{case::CaseState, refusal::refusals};

/// Stage of a civil first-instance case. A draft is not a case yet: it is working data of the filer.
///
/// Source: handbook of the project §6.1, after 《民事诉讼法》第十二章至第十三章.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Submitted (已提交).
    Submitted,
    /// Under filing review (立案审查).
    UnderReview,
    /// Correction requested (待补正).
    CorrectionRequested,
    /// Papers returned (已退回).
    Returned,
    /// The filing clerk would not accept it; a judge rules (拟不予受理).
    NotAccepted,
    /// Told to go elsewhere (已告知).
    Redirected,
    /// Filed (已立案), no judge yet.
    Filed,
    /// Assigned (已分案).
    Assigned,
    /// Copies being served (送达中).
    Serving,
    /// Pretrial (庭前准备).
    Pretrial,
    /// Hearing scheduled (已排期).
    Scheduled,
    /// In hearing (庭审中).
    InHearing,
    /// Adjourned (延期开庭).
    Adjourned,
    /// Hearing done (庭审结束).
    HearingDone,
    /// Panel deliberating (评议中).
    Deliberating,
    /// Before the adjudication committee (审委会讨论).
    CommitteePending,
    /// Document being drafted (文书制作).
    Drafting,
    /// Draft in approval (审核签发).
    Approval,
    /// Issued and sealed (已签发用印).
    Issued,
    /// Closed; the decision is being served (裁判送达).
    ServingFinal,
    /// Appeal periods running (上诉期).
    AppealPeriod,
    /// Appealed (已上诉).
    Appealed,
    /// File transferred to the court above (已移送).
    FileTransferred,
    /// In force (已生效).
    Effective,
    /// Handed to the archivist (待归档).
    Archiving,
    /// Archived (已归档).
    Archived,
}

impl Stage {
    /// Every stage in its order.
    pub const ALL: [Stage; 26] = [
        Stage::Submitted,
        Stage::UnderReview,
        Stage::CorrectionRequested,
        Stage::Returned,
        Stage::NotAccepted,
        Stage::Redirected,
        Stage::Filed,
        Stage::Assigned,
        Stage::Serving,
        Stage::Pretrial,
        Stage::Scheduled,
        Stage::InHearing,
        Stage::Adjourned,
        Stage::HearingDone,
        Stage::Deliberating,
        Stage::CommitteePending,
        Stage::Drafting,
        Stage::Approval,
        Stage::Issued,
        Stage::ServingFinal,
        Stage::AppealPeriod,
        Stage::Appealed,
        Stage::FileTransferred,
        Stage::Effective,
        Stage::Archiving,
        Stage::Archived,
    ];

    /// The stored and displayed name: `under_review`.
    pub fn code(self) -> &'static str {
        match self {
            Stage::Submitted => "submitted",
            Stage::UnderReview => "under_review",
            Stage::CorrectionRequested => "correction_requested",
            Stage::Returned => "returned",
            Stage::NotAccepted => "not_accepted",
            Stage::Redirected => "redirected",
            Stage::Filed => "filed",
            Stage::Assigned => "assigned",
            Stage::Serving => "serving",
            Stage::Pretrial => "pretrial",
            Stage::Scheduled => "scheduled",
            Stage::InHearing => "in_hearing",
            Stage::Adjourned => "adjourned",
            Stage::HearingDone => "hearing_done",
            Stage::Deliberating => "deliberating",
            Stage::CommitteePending => "committee_pending",
            Stage::Drafting => "drafting",
            Stage::Approval => "approval",
            Stage::Issued => "issued",
            Stage::ServingFinal => "serving_final",
            Stage::AppealPeriod => "appeal_period",
            Stage::Appealed => "appealed",
            Stage::FileTransferred => "file_transferred",
            Stage::Effective => "effective",
            Stage::Archiving => "archiving",
            Stage::Archived => "archived",
        }
    }

    /// The stage with this code.
    pub fn of_code(code: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// The stage that people outside the court are told: from the end of the hearing to the pronouncement
    /// they are told the same, for the deliberation and what follows it are not theirs to time. That a suit
    /// is not accepted they hear from the ruling, not before.
    pub fn told_outside(self) -> Stage {
        match self {
            Stage::NotAccepted => Stage::UnderReview,
            Stage::Deliberating | Stage::CommitteePending | Stage::Drafting | Stage::Approval | Stage::Issued => {
                Stage::HearingDone
            }
            told => told,
        }
    }

    /// Before the case has a number.
    pub fn is_before_filing(self) -> bool {
        self < Stage::Filed && self != Stage::NotAccepted
    }

    /// Filed and not yet closed: the trial period counts (审理中).
    pub fn is_trial(self) -> bool {
        (Stage::Filed..Stage::ServingFinal).contains(&self)
    }

    /// The part of a case's life that the stage belongs to, as lists are narrowed by it.
    pub fn phase(self) -> &'static str {
        match self {
            Stage::Archived => "archived",
            stage if stage.is_closed() => "closed",
            stage if stage.is_trial() => "trial",
            _ => "before_filing",
        }
    }

    /// The application ended without a case (returned, redirected).
    pub fn is_turned_away(self) -> bool {
        matches!(self, Stage::Returned | Stage::Redirected)
    }

    /// Closed, whatever follows (已结案).
    pub fn is_closed(self) -> bool {
        self >= Stage::ServingFinal
    }
}

refusals! {
    /// The case does not stand where the act needs it to.
    StageRefusal = "stage" {
        /// The case is at another stage.
        WrongStage {
            /// Where it stands.
            now: Stage,
            /// Where the act belongs.
            needed: Vec<Stage>,
        },
        /// Proceedings are stayed (中止诉讼): resume first.
        Stayed,
        /// The case is closed; only the listed additions are accepted.
        ClosedAlready,
        /// The case is archived: only the closed list of acts is accepted.
        Sealed,
    }
}

/// Asks that the case stand at one of `needed`.
pub fn at(case: &CaseState, needed: &[Stage]) -> Result<(), StageRefusal> {
    if needed.contains(&case.stage) {
        return Ok(());
    }
    if case.stage == Stage::Archived {
        return Err(StageRefusal::Sealed);
    }
    Err(StageRefusal::WrongStage { now: case.stage, needed: needed.to_vec() })
}

/// Asks that a decision be open: the trial is going on, or a judge rules on not accepting the suit.
pub fn undecided(case: &CaseState) -> Result<(), StageRefusal> {
    if case.stage == Stage::NotAccepted { Ok(()) } else { in_trial(case) }
}

/// Asks that the trial be going on: filed, not closed, not stayed.
pub fn in_trial(case: &CaseState) -> Result<(), StageRefusal> {
    if case.stage == Stage::Archived {
        return Err(StageRefusal::Sealed);
    }
    if case.stage.is_closed() {
        return Err(StageRefusal::ClosedAlready);
    }
    if case.stayed.is_some() {
        return Err(StageRefusal::Stayed);
    }
    if case.stage.is_trial() {
        return Ok(());
    }
    Err(StageRefusal::WrongStage { now: case.stage, needed: vec![Stage::Assigned, Stage::Serving, Stage::Pretrial] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_lead_back() {
        for stage in Stage::ALL {
            assert_eq!(Stage::of_code(stage.code()), Some(stage));
        }
    }
}
