//! The course of the case (审理进程): its stage, a stay, a change of procedure.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    decision::{About, Context, Decision},
    law::trial_period::{Exclusion, ExclusionKind},
    moment::Recorded,
    paper::PaperKind,
    periods::{self, PeriodEvent, PeriodKind},
    refusal::refusals,
    stage::{self, Stage},
};

/// A stay of proceedings (中止诉讼).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Since.
    pub since_on: Date,
    /// Ground.
    pub ground: String,
}

/// Facts of the course. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum ProcedureEvent {
    /// The case reached a stage because of what happened (进入阶段).
    #[serde(rename = "procedure.advanced.v1")]
    Advanced {
        /// Stage.
        to: Stage,
    },
    /// Proceedings were stayed (中止诉讼).
    #[serde(rename = "procedure.stayed.v1")]
    Stayed {
        /// Ground.
        ground: String,
        /// From.
        on: Date,
    },
    /// Proceedings were resumed (恢复审理).
    #[serde(rename = "procedure.resumed.v1")]
    Resumed {
        /// From.
        on: Date,
    },
    /// Another procedure applies (转换程序).
    #[serde(rename = "procedure.converted.v1")]
    Converted {
        /// To.
        to: Procedure,
        /// Why.
        reason: String,
    },
}

/// Commands about the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum ProcedureCommand {
    /// Resumes stayed proceedings.
    Resume,
    /// Asks the parties to keep the case on one track: converts small-claims to summary procedure.
    ConvertDown {
        /// Why.
        reason: String,
    },
}

refusals! {
    /// Why an act about the course is refused.
    ProcedureRefusal = "procedure" {
        /// Proceedings are not stayed.
        NotStayed,
        /// Proceedings are stayed already.
        StayedAlready,
        /// The case is not on small-claims procedure.
        NotSmallClaims,
        /// There is no way back from ordinary procedure, and none from summary to small-claims procedure.
        NoWayBack,
        /// The trial period is over: a change must be ruled before it ends.
        PeriodOver {
            /// Its last day.
            last_on: Date,
        },
        /// It is on that procedure already.
        SameProcedure,
        /// A reason is needed.
        NoReason,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for ProcedureRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        ProcedureRefusal::Stage { fault }
    }
}

/// Decides an act about the course. A stay and a change to ordinary procedure need approval first
/// (`approval`); what needs none is here.
///
/// Source: 《民事诉讼法》第一百五十三条、第一百六十九条、第一百七十条.
pub fn decide(case: &CaseState, ctx: &Context, command: ProcedureCommand) -> Result<Decision, ProcedureRefusal> {
    match command {
        ProcedureCommand::Resume => resume(case, ctx),
        ProcedureCommand::ConvertDown { reason } => {
            stage::in_trial(case)?;
            if case.procedure != Procedure::SmallClaims {
                return Err(ProcedureRefusal::NotSmallClaims);
            }
            convert(case, ctx, Procedure::Summary, reason)
        }
    }
}

/// The stayed days don't count: the trial period and every other one that stood still move by them.
///
/// Source: 《关于严格执行案件审理期限制度的若干规定》第九条.
fn resume(case: &CaseState, ctx: &Context) -> Result<Decision, ProcedureRefusal> {
    let stay = case.stayed.as_ref().ok_or(ProcedureRefusal::NotStayed)?;
    let on = ctx.moment.today;
    let mut decision = Decision::of(ProcedureEvent::Resumed { on });
    let stood_still = Exclusion { kind: ExclusionKind::Stay, starts_on: stay.since_on, ends_on: None };
    for period in case.running_periods().filter(|period| period.kind.is_suspended_by_stay()) {
        if period.kind != PeriodKind::Trial {
            decision.push(periods::moved_by_stay(period, stood_still, on));
            continue;
        }
        let mut exclusions = period.exclusions.clone();
        exclusions.retain(|exclusion| *exclusion != stood_still);
        exclusions.push(Exclusion { ends_on: Some(on), ..stood_still });
        decision.push(periods::moved_trial(period, exclusions, period.extensions.clone(), on));
    }
    Ok(decision)
}

/// Stays proceedings, once approved.
pub fn stay(case: &CaseState, ctx: &Context, ground: String) -> Result<Decision, ProcedureRefusal> {
    stage::in_trial(case).map_err(|fault| match fault {
        stage::StageRefusal::Stayed => ProcedureRefusal::StayedAlready,
        fault => ProcedureRefusal::Stage { fault },
    })?;
    let on = ctx.moment.today;
    let mut decision = Decision::of(ProcedureEvent::Stayed { ground: ground.clone(), on });
    decision.write_about(ctx, PaperKind::StayRuling, About::Words { party: None, words: ground });
    if let Some(trial) = case.running(PeriodKind::Trial, None) {
        let mut exclusions = trial.exclusions.clone();
        exclusions.push(Exclusion { kind: ExclusionKind::Stay, starts_on: on, ends_on: None });
        decision.push(periods::moved_trial(trial, exclusions, trial.extensions.clone(), on));
    }
    Ok(decision)
}

/// Whether the procedure may be changed to `to`.
///
/// Source: 《民诉法解释》第二百五十八条、第二百六十条.
pub fn may_convert(case: &CaseState, to: Procedure, today: Date) -> Result<(), ProcedureRefusal> {
    stage::in_trial(case)?;
    if case.procedure == to {
        return Err(ProcedureRefusal::SameProcedure);
    }
    if case.procedure == Procedure::Ordinary || to == Procedure::SmallClaims {
        return Err(ProcedureRefusal::NoWayBack);
    }
    match case.running(PeriodKind::Trial, None) {
        Some(trial) if trial.last_on < today => Err(ProcedureRefusal::PeriodOver { last_on: trial.last_on }),
        _ => Ok(()),
    }
}

/// Changes the procedure. The trial period runs anew from the original day of filing, and what the fee
/// was halved by for the simpler procedure is asked for.
///
/// Source: 《民诉法解释》第一百九十九条、第二百五十八条、第二百六十条.
pub fn convert(case: &CaseState, ctx: &Context, to: Procedure, reason: String) -> Result<Decision, ProcedureRefusal> {
    may_convert(case, to, ctx.moment.today)?;
    if reason.trim().is_empty() {
        return Err(ProcedureRefusal::NoReason);
    }
    let mut decision = Decision::of(ProcedureEvent::Converted { to, reason: reason.clone() });
    decision.write_about(ctx, PaperKind::ConversionRuling, About::Words { party: None, words: reason });
    if let (Some(filed_on), Some(old)) = (case.filed_on, case.running(PeriodKind::Trial, None)) {
        let mut period = periods::trial(to, filed_on);
        let moved = periods::moved_trial(&period, old.exclusions.clone(), vec![], ctx.moment.today);
        if let PeriodEvent::Moved { last_on, exclusions, .. } = moved {
            (period.last_on, period.exclusions) = (last_on, exclusions);
        }
        decision.push(PeriodEvent::Started { period });
    }
    decision.extend(crate::fees::after_conversion(case, ctx, to));
    Ok(decision)
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &ProcedureEvent, _: &Recorded) {
    match event {
        ProcedureEvent::Advanced { to } => case.stage = *to,
        ProcedureEvent::Stayed { ground, on } => case.stayed = Some(Stay { since_on: *on, ground: ground.clone() }),
        ProcedureEvent::Resumed { .. } => case.stayed = None,
        ProcedureEvent::Converted { to, .. } => case.procedure = *to,
    }
}
