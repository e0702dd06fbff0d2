//! The clock as an actor (期限届满): what the law attaches to a date, done once, by rule and day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    archive,
    case::CaseState,
    closing,
    consent::{Consent, ConsentEvent, Step},
    decision::{Context, Decision},
    fees::{FeeEvent, FeeStatus},
    ids::PartyId,
    mediation,
    periods::{Period, PeriodEvent, PeriodKind},
    service,
    stage::Stage,
};

/// A rule of the clock: what happens when a period has run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClockRule {
    /// Which period ran out.
    pub kind: PeriodKind,
    /// Whose.
    pub party: Option<PartyId>,
}

impl ClockRule {
    /// Stable name of the rule within a case.
    pub fn key(&self) -> String {
        match self.party {
            Some(party) => format!("{}/{party}", self.kind.code()),
            None => self.kind.code().to_owned(),
        }
    }
}

/// The rules that will come due in this case, each with the last day of its period: due once that day
/// is over.
pub fn due(case: &CaseState) -> Vec<(ClockRule, Date)> {
    let periods = case.running_periods().filter(|period| acts(case, period)).map(rule_of);
    periods.chain(loan_due(case)).collect()
}

/// The loan that ends first, of an archived file that is lent.
fn loan_due(case: &CaseState) -> Option<(ClockRule, Date)> {
    let first_on = case.archive.loans.iter().map(|loan| loan.until_on).min()?;
    Some((ClockRule { kind: PeriodKind::Loan, party: None }, first_on))
}

fn rule_of(period: &Period) -> (ClockRule, Date) {
    (ClockRule { kind: period.kind, party: period.party }, period.last_on)
}

/// Whether the end of this period brings something about by itself. Others only warn.
///
/// What a stay suspends does not run out while it lasts. An announcement runs after closing too: the
/// decision itself may be served so.
fn acts(case: &CaseState, period: &Period) -> bool {
    if case.stayed.is_some() && period.kind.is_suspended_by_stay() {
        return false;
    }
    match period.kind {
        PeriodKind::FeePayment => case.fees.status == FeeStatus::Noticed,
        PeriodKind::Link | PeriodKind::Answer | PeriodKind::Evidence => !case.stage.is_closed(),
        PeriodKind::Mediation => case.mediation.open,
        PeriodKind::Announcement | PeriodKind::Appeal | PeriodKind::AppealAnswer => true,
        _ => false,
    }
}

/// Decides what the end of a period brings about. A rule that no longer applies brings nothing about, so
/// that repeating it is harmless.
///
/// Source: 《民诉法解释》第二百一十三条、第二百四十四条;《人民法院在线诉讼规则》第十条;《民事诉讼法》第九十五条;
/// 《人民法院在线调解规则》第二十五条第六项.
pub fn decide(case: &CaseState, ctx: &Context, rule: ClockRule) -> Decision {
    if rule.kind == PeriodKind::Loan {
        return archive::expired(case, ctx);
    }
    let Some(period) = case.running(rule.kind, rule.party) else { return Decision::nothing() };
    if period.last_on >= ctx.moment.today || !acts(case, period) {
        return Decision::nothing();
    }
    let ended = PeriodEvent::ended(rule.kind, rule.party);
    match (rule.kind, rule.party) {
        (PeriodKind::FeePayment, _) => Decision::of(FeeEvent::Overdue {}).with(ended),
        (PeriodKind::Link, Some(party)) => link_lapsed(case, party).with(ended),
        (PeriodKind::Mediation, _) => mediation::days_over(case, ctx, period.last_on),
        (PeriodKind::Announcement, Some(party)) => service::announcement_full(case, ctx, party),
        (PeriodKind::Appeal, Some(party)) => appeal_lapsed(case, party, period.last_on).with(ended),
        _ => Decision::of(ended),
    }
}

/// Silence within the days for linking: this party's side goes off line.
fn link_lapsed(case: &CaseState, party: PartyId) -> Decision {
    if case.parties.get(&party).is_some_and(|party| party.person.is_some()) {
        return Decision::nothing();
    }
    let steps: Vec<Step> = Step::ALL.into_iter().filter(|step| !case.consents.contains_key(&(party, *step))).collect();
    if steps.is_empty() {
        return Decision::nothing();
    }
    Decision::of(ConsentEvent::Recorded { party, steps, consent: Consent::Lapsed, how: "clock".to_owned() })
}

/// The judgment binds on the day after the last appeal period ended, if nobody appealed.
fn appeal_lapsed(case: &CaseState, party: PartyId, last_on: Date) -> Decision {
    let others_run =
        case.running_periods().any(|period| period.kind == PeriodKind::Appeal && period.party != Some(party));
    if case.stage != Stage::AppealPeriod || others_run || !case.appeals.is_empty() {
        return Decision::nothing();
    }
    let latest =
        case.periods.iter().filter(|period| period.kind == PeriodKind::Appeal).map(|period| period.last_on).max();
    let on = latest.unwrap_or(last_on).tomorrow().expect("within the calendar");
    closing::take_effect(case, on)
}
