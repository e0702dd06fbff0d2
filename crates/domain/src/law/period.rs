//! Periods (期间): from a day and a length to the last day, with the working.

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, RestReason};

/// Unit of a period (期间单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 小时: runs through rest days.
    Hour,
    /// 日.
    Day,
    /// 工作日.
    Workday,
    /// 月.
    Month,
    /// 年.
    Year,
}

/// Rule of a period (期间规则).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PeriodRule {
    /// How many units, at least one.
    pub length: u32,
    /// The unit.
    pub unit: Unit,
    /// Whether a last day that is a rest day moves to the first working day after (顺延).
    pub rolls: bool,
}

/// How a last day was found (期间计算过程).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PeriodWorking {
    /// The day of the event; it is not counted.
    pub starts_on: Date,
    /// The first day that counts.
    pub counts_from: Date,
    /// The rule.
    pub rule: PeriodRule,
    /// The last day before rest days are looked at.
    pub raw_end_on: Date,
    /// Why the last day moved; none if it did not.
    pub rolled_over: Option<RestReason>,
    /// The last day (届满日).
    pub last_on: Date,
    /// Whether a holiday notice that is not out yet may move it (暂定).
    pub provisional: bool,
    /// Id of the limit in the law data, where it is one.
    pub rule_id: Option<String>,
    /// Source of the rule.
    pub source: String,
    /// Version of the law data.
    pub law_version: String,
}

/// How the end of a period of hours was found (时的计算).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursWorking {
    /// The moment of the event, in the court's local time.
    pub starts_at: DateTime,
    /// The first full hour after it.
    pub counts_from: DateTime,
    /// The end.
    pub ends_at: DateTime,
}

/// Why no last day comes out (无法计算期间).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodRefusal {
    /// A period has at least one unit.
    LengthZero,
    /// Longer than a hundred years, or past the end of the calendar.
    TooLong,
    /// The length is no whole number.
    BadLength,
    /// The starting day is no date `YYYY-MM-DD`.
    BadDate,
    /// The unit is none of `day`, `workday`, `month`, `year`.
    UnknownUnit,
    /// `rolls` is neither `true` nor `false`.
    BadRolls,
    /// Hours need a moment, not a day.
    HoursNeedAMoment,
    /// An excluded stretch ends before it starts.
    ExclusionReversed,
    /// There is no such limit in the law data.
    UnknownLimit,
}

impl PeriodRefusal {
    /// The stable code of this refusal.
    pub fn code(self) -> &'static str {
        match self {
            PeriodRefusal::LengthZero => "period.length_zero",
            PeriodRefusal::TooLong => "period.too_long",
            PeriodRefusal::BadLength => "period.bad_length",
            PeriodRefusal::BadDate => "period.bad_date",
            PeriodRefusal::UnknownUnit => "period.unknown_unit",
            PeriodRefusal::BadRolls => "period.bad_rolls",
            PeriodRefusal::HoursNeedAMoment => "period.hours_need_a_moment",
            PeriodRefusal::ExclusionReversed => "period.exclusion_reversed",
            PeriodRefusal::UnknownLimit => "period.unknown_limit",
        }
    }
}

const GENERAL_SOURCE: &str = "《民事诉讼法》第八十五条";

impl PeriodRule {
    /// A rule whose last day rolls over rest days, as the law has it.
    pub const fn rolling(length: u32, unit: Unit) -> Self {
        PeriodRule { length, unit, rolls: true }
    }

    /// A rule whose last day stays where it falls.
    pub const fn fixed(length: u32, unit: Unit) -> Self {
        PeriodRule { length, unit, rolls: false }
    }
}

/// Returns the last day (届满日) of a period with its working.
///
/// The starting day is not counted. Months and years end on the corresponding day, or on the month's
/// last day where there is none. A rolling period never ends on a rest day.
///
/// # Errors
/// A [`PeriodRefusal`] for a length of zero, of hours, or past a hundred years.
///
/// Source: 《民事诉讼法》第八十五条; 《民诉法解释》第一百二十五条.
pub fn last_day(starts_on: Date, rule: PeriodRule, calendar: &Calendar) -> Result<PeriodWorking, PeriodRefusal> {
    let raw_end_on = raw_end(starts_on, rule, calendar)?;
    let rolled_over = if rule.rolls { calendar.rest(raw_end_on) } else { None };
    let last_on = match rolled_over {
        Some(_) => calendar.workday_from(raw_end_on).ok_or(PeriodRefusal::TooLong)?,
        None => raw_end_on,
    };
    Ok(PeriodWorking {
        starts_on,
        counts_from: starts_on.tomorrow().map_err(|_| PeriodRefusal::TooLong)?,
        rule,
        raw_end_on,
        rolled_over,
        last_on,
        provisional: is_provisional(starts_on, rule, raw_end_on, last_on, calendar),
        rule_id: None,
        source: GENERAL_SOURCE.to_owned(),
        law_version: super::VERSION.to_owned(),
    })
}

/// Returns the end of a period of hours: it counts from the next full hour and skips nothing.
///
/// # Errors
/// A [`PeriodRefusal`] for a length of zero or past a hundred years.
///
/// Source: 《民事诉讼法》第八十五条; rest days count as the others do in practice.
pub fn hours(starts_at: DateTime, length_hours: u32) -> Result<HoursWorking, PeriodRefusal> {
    let length = checked_length(PeriodRule::fixed(length_hours, Unit::Hour))?;
    let this_hour = starts_at.with().minute(0).second(0).subsec_nanosecond(0).build().expect("a full hour is a time");
    let after = |hours: i64| this_hour.checked_add(hours.hours()).map_err(|_| PeriodRefusal::TooLong);
    Ok(HoursWorking { starts_at, counts_from: after(1)?, ends_at: after(1 + length)? })
}

/// Returns the latest day on which an act `length_days` before an event is in time (在若干日前).
///
/// # Errors
/// [`PeriodRefusal::TooLong`] before the beginning of the calendar.
///
/// Source: 《民事诉讼法》第一百三十九条 (开庭三日前), counted back from the day of the event.
pub fn latest_before(event_on: Date, length_days: u32) -> Result<Date, PeriodRefusal> {
    let length = checked_length(PeriodRule::fixed(length_days, Unit::Day))?;
    event_on.checked_sub(length.days()).map_err(|_| PeriodRefusal::TooLong)
}

/// Answers one row of a batch: `starts_on,length,unit,rolls`.
///
/// # Errors
/// A [`PeriodRefusal`] for this row; other rows are not touched.
pub fn batch_row(starts_on: &str, length: &str, unit: &str, rolls: &str) -> Result<PeriodWorking, PeriodRefusal> {
    let starts_on: Date = starts_on.trim().parse().map_err(|_| PeriodRefusal::BadDate)?;
    let length: u32 = length.trim().parse().map_err(|_| PeriodRefusal::BadLength)?;
    let unit = match unit.trim() {
        "day" => Unit::Day,
        "workday" => Unit::Workday,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return Err(PeriodRefusal::UnknownUnit),
    };
    let rolls = match rolls.trim().to_ascii_lowercase().as_str() {
        "true" => true,
        "false" => false,
        _ => return Err(PeriodRefusal::BadRolls),
    };
    last_day(starts_on, PeriodRule { length, unit, rolls }, Calendar::embedded())
}

fn checked_length(rule: PeriodRule) -> Result<i64, PeriodRefusal> {
    let most = match rule.unit {
        Unit::Hour => 24 * 36_525,
        Unit::Day | Unit::Workday => 36_525,
        Unit::Month => 1_200,
        Unit::Year => 100,
    };
    match rule.length {
        0 => Err(PeriodRefusal::LengthZero),
        length if length > most => Err(PeriodRefusal::TooLong),
        length => Ok(i64::from(length)),
    }
}

fn raw_end(starts_on: Date, rule: PeriodRule, calendar: &Calendar) -> Result<Date, PeriodRefusal> {
    let length = checked_length(rule)?;
    let after = |span: Span| starts_on.checked_add(span).map_err(|_| PeriodRefusal::TooLong);
    match rule.unit {
        Unit::Hour => Err(PeriodRefusal::HoursNeedAMoment),
        Unit::Day => after(length.days()),
        Unit::Month => after(length.months()),
        Unit::Year => after(length.years()),
        Unit::Workday => nth_workday_after(starts_on, length, calendar).ok_or(PeriodRefusal::TooLong),
    }
}

fn nth_workday_after(starts_on: Date, length: i64, calendar: &Calendar) -> Option<Date> {
    let mut day = starts_on;
    for _ in 0..length {
        day = calendar.workday_from(day.tomorrow().ok()?)?;
    }
    Some(day)
}

fn is_provisional(starts_on: Date, rule: PeriodRule, raw_end_on: Date, last_on: Date, calendar: &Calendar) -> bool {
    let touched = |from: Date| calendar.is_provisional(from) || calendar.is_provisional(last_on);
    match rule.unit {
        Unit::Workday => touched(starts_on),
        _ => rule.rolls && touched(raw_end_on),
    }
}

#[cfg(test)]
#[path = "period_tests.rs"]
mod tests;
