//! How long mediation lasts (调解期限): its days by procedure, and longer only if all agree.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{MediationCommand, MediationEvent, MediationRefusal};
use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::PartyId,
    law::{
        period::Unit,
        trial_period::{Exclusion, ExclusionKind, Extension as Longer},
    },
    periods::{self, Period, PeriodEvent, PeriodKind},
};

/// Longer mediation, as it was proposed (延长调解期限的提议).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The new last day.
    pub until_on: Date,
    /// Who proposed it; none for the court.
    pub by: Option<PartyId>,
    /// Parties that agreed to it.
    pub agreed: BTreeSet<PartyId>,
}

/// The days of mediation run from its beginning.
///
/// Source: 《人民法院在线调解规则》第二十四条.
pub(super) fn begin(case: &CaseState, ctx: &Context) -> Decision {
    let period = periods::mediation(case.procedure, ctx.moment.today);
    Decision::of(MediationEvent::Opened {}).with(PeriodEvent::Started { period })
}

/// Mediation goes on beyond its last day only if every party agrees to the same new one.
///
/// Source: 《人民法院在线调解规则》第二十四条;《关于人民法院民事调解工作若干问题的规定》第四条.
pub(super) fn extend(case: &CaseState, ctx: &Context, command: MediationCommand) -> Result<Decision, MediationRefusal> {
    let period = case.running(PeriodKind::Mediation, None).filter(|period| ctx.act_on() <= period.last_on);
    let period = period.ok_or(MediationRefusal::DaysOver)?;
    match command {
        MediationCommand::ProposeExtension { by, until_on } => propose(case, period, by, until_on),
        MediationCommand::AgreeToExtension { party, until_on } => agree(case, ctx, period, party, until_on),
        _ => Ok(Decision::nothing()),
    }
}

/// Whoever proposes it agrees to it; a newer proposal takes the place of the one before.
fn propose(
    case: &CaseState,
    period: &Period,
    by: Option<PartyId>,
    until_on: Date,
) -> Result<Decision, MediationRefusal> {
    if by.is_some_and(|party| !case.parties.contains_key(&party)) {
        return Err(MediationRefusal::UnknownParty);
    }
    if until_on <= period.last_on {
        return Err(MediationRefusal::NotLonger { last_on: period.last_on });
    }
    if case.mediation.extension.as_ref().is_some_and(|known| (known.by, known.until_on) == (by, until_on)) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(MediationEvent::ExtensionProposed { by, until_on }))
}

fn agree(
    case: &CaseState,
    ctx: &Context,
    period: &Period,
    party: PartyId,
    until_on: Date,
) -> Result<Decision, MediationRefusal> {
    if !case.parties.contains_key(&party) {
        return Err(MediationRefusal::UnknownParty);
    }
    let proposed = case.mediation.extension.as_ref().filter(|proposed| proposed.until_on == until_on);
    let proposed = proposed.ok_or(MediationRefusal::OtherExtension)?;
    if proposed.agreed.contains(&party) {
        return Ok(Decision::nothing());
    }
    let mut decision = Decision::of(MediationEvent::ExtensionAgreed { party, until_on });
    if case.party_order.iter().all(|other| *other == party || proposed.agreed.contains(other)) {
        decision.extend(extended(case, ctx, period, until_on));
    }
    Ok(decision)
}

/// With the last party's word the last day moves, and what lies beyond the first does not count towards the
/// trial period.
fn extended(case: &CaseState, ctx: &Context, period: &Period, until_on: Date) -> Decision {
    let days = period.last_on.until(until_on).map_or(0, |span| span.get_days());
    let mut extensions = period.extensions.clone();
    extensions.push(Longer { length: days.unsigned_abs(), unit: Unit::Day });
    let mut decision = Decision::of(MediationEvent::Extended { until_on }).with(PeriodEvent::Moved {
        kind: PeriodKind::Mediation,
        party: None,
        last_on: until_on,
        exclusions: period.exclusions.clone(),
        extensions,
    });
    if let Some(trial) = case.running(PeriodKind::Trial, None) {
        let (starts_on, kind) = (period.last_on, ExclusionKind::MediationExtension);
        let mut exclusions = trial.exclusions.clone();
        exclusions.push(Exclusion { kind, starts_on, ends_on: Some(until_on) });
        decision.push(periods::moved_trial(trial, exclusions, trial.extensions.clone(), ctx.moment.today));
    }
    decision
}

/// The days of mediation end with it, on `on`. Of an extension that was not used up, only the days used are
/// left out of the trial period.
///
/// Source: 《人民法院在线调解规则》第二十四条.
pub fn ended(case: &CaseState, ctx: &Context, on: Date) -> Decision {
    let Some(period) = case.running(PeriodKind::Mediation, None) else { return Decision::nothing() };
    let mut decision = Decision::of(PeriodEvent::ended(PeriodKind::Mediation, None));
    let Some(trial) = case.running(PeriodKind::Trial, None) else { return decision };
    let used: Vec<Exclusion> = trial.exclusions.iter().filter_map(|known| used_until(known, period, on)).collect();
    if used != trial.exclusions {
        decision.push(periods::moved_trial(trial, used, trial.extensions.clone(), ctx.moment.today));
    }
    decision
}

/// What is left of an exclusion once mediation ended on `on`.
fn used_until(known: &Exclusion, mediation: &Period, on: Date) -> Option<Exclusion> {
    let of_it = known.kind == ExclusionKind::MediationExtension && known.starts_on >= mediation.working.last_on;
    let unused = of_it && known.ends_on.is_some_and(|ends_on| ends_on > on);
    match unused {
        false => Some(*known),
        true if known.starts_on >= on => None,
        true => Some(Exclusion { ends_on: Some(on), ..*known }),
    }
}

/// The last day is over. Without an agreement, and without everybody's word to go on, mediation ends and the
/// trial goes on; where terms lie before the parties for signing, that is for them, and for the judge, to end.
///
/// Source: 《人民法院在线调解规则》第二十五条第六项.
pub fn days_over(case: &CaseState, ctx: &Context, last_on: Date) -> Decision {
    let mut decision = Decision::nothing();
    if case.mediation.agreement.is_none() {
        decision.push(MediationEvent::Lapsed {});
    }
    decision.extend(ended(case, ctx, last_on));
    decision
}
