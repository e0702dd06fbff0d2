//! Periods on a page: the last day, what is left, and the working line by line.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use xiezhi_domain::{
    case::CaseState,
    ids::PartyId,
    law::{calendar::RestReason, period::Unit},
    periods::{Period, PeriodKind},
};

use crate::{
    frame::prelude::*,
    messages::{
        Lang, day, day_spoken,
        names,
        overview::{self as words, acts},
        t,
    },
};

/// A running or ended period, as a reader is shown it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PeriodView {
    /// What it is for.
    pub kind: PeriodKind,
    /// Whose, where each party has its own.
    pub party: Option<PartyId>,
    /// The party's name.
    pub party_name: String,
    /// The day of the event.
    pub starts_on: Date,
    /// Last day.
    pub last_on: Date,
    /// Whether a holiday notice may still move it.
    pub provisional: bool,
    /// Source in law.
    pub source: String,
    /// The steps that led to the last day.
    pub working: Vec<Step>,
}

/// One step of a working.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PeriodStep)]
pub struct Step {
    /// What is done.
    pub words: String,
    /// What comes out.
    pub result: String,
}

impl PeriodView {
    /// How `period` of `case` is shown.
    pub fn of(lang: Lang, case: &CaseState, period: &Period) -> Self {
        let party = period.party.and_then(|party| case.parties.get(&party));
        Self {
            kind: period.kind,
            party: period.party,
            party_name: party.map(|party| party.name.clone()).unwrap_or_default(),
            starts_on: period.starts_on,
            last_on: period.last_on,
            provisional: period.working.provisional,
            source: period.kind.set_by().map_or_else(|| names::cited(&period.working.source), str::to_owned),
            working: steps(lang, period),
        }
    }

    /// The working as lines, the last day in bold at the end.
    pub fn lines(&self) -> Markup {
        let lines: Vec<WorkingLine<'_>> = self
            .working
            .iter()
            .enumerate()
            .map(|(at, step)| {
                let line = WorkingLine::new(&step.words, &step.result);
                if at + 1 == self.working.len() { line.source(&self.source) } else { line }
            })
            .collect();
        working(&lines)
    }
}

/// The length of a period in words.
pub fn length(lang: Lang, count: u32, unit: Unit) -> String {
    match unit {
        Unit::Hour => words::unit_hours(lang, count),
        Unit::Day => words::unit_days(lang, count),
        Unit::Workday => words::unit_workdays(lang, count),
        Unit::Month => words::unit_months(lang, count),
        Unit::Year => words::unit_years(lang, count),
    }
}

fn steps(lang: Lang, period: &Period) -> Vec<Step> {
    let working = &period.working;
    let step = |words: String, result: String| Step { words, result };
    let length_words = length(lang, working.rule.length, working.rule.unit);
    let mut steps = vec![
        step(words::not_counted(lang, &day(working.starts_on)), day(working.counts_from)),
        step(words::counted_from(lang, &day(working.counts_from), &length_words), day(working.raw_end_on)),
    ];
    if let Some(reason) = &working.rolled_over {
        steps.push(step(rolled(lang, working.raw_end_on, reason), day(working.last_on)));
    }
    for it in &period.exclusions {
        let to = it.ends_on.map(day).unwrap_or_else(|| "…".to_owned());
        let days = it.ends_on.map_or(0, |end| i64::from((end - it.starts_on).get_days()));
        let kind = t(lang, acts::exclusion(it.kind));
        steps.push(step(words::excluded(lang, kind, &day(it.starts_on), &to), words::plus_days(lang, days)));
    }
    for it in &period.extensions {
        let granted = length(lang, it.length, it.unit);
        steps.push(step(words::extended(lang, &granted), format!("+{granted}")));
    }
    steps.push(step(words::counts_until(lang, &day_spoken(lang, period.last_on)), day(period.last_on)));
    steps
}

fn rolled(lang: Lang, on: Date, reason: &RestReason) -> String {
    match reason {
        RestReason::Saturday | RestReason::Sunday => words::rolled_weekend(lang, &day(on)),
        RestReason::Holiday { name } => words::rolled_holiday(lang, &day(on), name),
    }
}

/// Periods a reader is shown: all running ones inside the court; for a party those of the parties, and of
/// the court those that bind it towards them.
pub fn shown(case: &CaseState, outside: bool) -> impl Iterator<Item = &Period> {
    case.running_periods().filter(move |period| !outside || period.kind.concerns_parties())
}
