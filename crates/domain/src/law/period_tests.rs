use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::law::limits::{self, Example};
use crate::law::trial_period::{self, Exclusion, ExclusionKind, Extension};

fn calendar() -> &'static Calendar {
    Calendar::embedded()
}

fn roll(starts_on: Date, length: u32, unit: Unit) -> (Date, Date) {
    let working = last_day(starts_on, PeriodRule::rolling(length, unit), calendar()).expect("the period is short");
    (working.raw_end_on, working.last_on)
}

fn trial(filed_on: Date, months: u32, exclusions: &[Exclusion], extensions: &[Extension]) -> (Date, Date) {
    let rule = PeriodRule::fixed(months, Unit::Month);
    let working =
        trial_period::due(filed_on, rule, exclusions, extensions, filed_on, calendar()).expect("the period is short");
    (working.raw_due_on, working.due_on)
}

/// The twenty examples, asked as they ask; each answers (raw end, last day).
fn answers_to_the_examples() -> [(Date, Date); 20] {
    let announcement = limits::last_day_of("announcement", date(2026, 3, 10), calendar()).expect("the limit exists");
    let one_month = Extension { length: 1, unit: Unit::Month };
    let appraisal =
        Exclusion { kind: ExclusionKind::Appraisal, starts_on: date(2026, 5, 6), ends_on: Some(date(2026, 6, 20)) };
    [
        roll(date(2026, 9, 16), 15, Unit::Day),
        roll(date(2026, 11, 20), 15, Unit::Day),
        roll(date(2026, 2, 5), 10, Unit::Day),
        roll(date(2026, 4, 10), 15, Unit::Day),
        roll(date(2026, 4, 15), 15, Unit::Day),
        (announcement.raw_end_on, announcement.last_on),
        roll(date(2026, 4, 9), 15, Unit::Day),
        roll(date(2026, 5, 6), 7, Unit::Day),
        roll(date(2026, 5, 20), 7, Unit::Day),
        trial(date(2026, 1, 15), 3, &[], &[]),
        trial(date(2026, 1, 15), 3, &[], &[one_month]),
        trial(date(2026, 3, 2), 6, &[], &[]),
        trial(date(2026, 3, 2), 6, &[appraisal], &[]),
        trial(date(2026, 12, 31), 2, &[], &[]),
        roll(date(2026, 10, 9), 15, Unit::Day),
        roll(date(2026, 6, 30), 2, Unit::Year),
        roll(date(2026, 9, 24), 7, Unit::Day),
        roll(date(2026, 6, 18), 5, Unit::Day),
        roll(date(2026, 8, 31), 30, Unit::Day),
        roll(date(2026, 7, 31), 6, Unit::Month),
    ]
}

#[test]
fn every_worked_example_of_the_handbook_comes_out() {
    let examples = limits::examples();
    assert_eq!(examples.len(), 20);
    for (Example { limit, start, raw_last_on, last_on, .. }, answer) in examples.iter().zip(answers_to_the_examples()) {
        assert_eq!(answer, (*raw_last_on, *last_on), "{limit} from {start}");
    }
}

#[test]
fn the_working_says_why_the_last_day_moved() {
    let working =
        last_day(date(2026, 9, 16), PeriodRule::rolling(15, Unit::Day), calendar()).expect("the period is short");
    assert_eq!(working.counts_from, date(2026, 9, 17));
    assert_eq!(working.raw_end_on, date(2026, 10, 1));
    assert_eq!(working.rolled_over, Some(RestReason::Holiday { name: "国庆节".to_owned() }));
    assert!(!working.provisional);
}

#[test]
fn a_last_day_in_a_year_without_notice_is_provisional() {
    let working =
        last_day(date(2026, 7, 31), PeriodRule::rolling(6, Unit::Month), calendar()).expect("the period is short");
    assert!(working.provisional);
}

#[test]
fn an_urgent_application_is_ruled_on_within_hours() {
    let working = hours(date(2026, 6, 18).at(16, 20, 0, 0), 48).expect("the period is short");
    assert_eq!(working.counts_from, date(2026, 6, 18).at(17, 0, 0, 0));
    assert_eq!(working.ends_at, date(2026, 6, 20).at(17, 0, 0, 0));
}

#[test]
fn the_hour_of_the_event_is_not_counted_even_when_it_is_full() {
    let working = hours(date(2026, 6, 18).at(23, 0, 0, 0), 1).expect("the period is short");
    assert_eq!(working.ends_at, date(2026, 6, 19).at(1, 0, 0, 0));
}

#[test]
fn working_days_skip_rest_days_and_take_worked_weekends() {
    assert_eq!(roll(date(2026, 9, 30), 5, Unit::Workday).1, date(2026, 10, 13));
    assert_eq!(roll(date(2026, 11, 20), 1, Unit::Workday).1, date(2026, 11, 23));
}

#[test]
fn a_worked_weekend_does_not_extend_a_period() {
    assert_eq!(roll(date(2026, 2, 26), 2, Unit::Day).1, date(2026, 2, 28));
}

#[test]
fn leap_days_have_their_corresponding_day() {
    assert_eq!(roll(date(2024, 2, 29), 1, Unit::Year).0, date(2025, 2, 28));
    assert_eq!(roll(date(2026, 8, 31), 18, Unit::Month).0, date(2028, 2, 29));
}

#[test]
fn a_hearing_is_notified_three_days_before() {
    assert_eq!(latest_before(date(2026, 3, 27), 3), Ok(date(2026, 3, 24)));
}

#[test]
fn impossible_periods_are_refused() {
    let table = [
        (PeriodRule::rolling(0, Unit::Day), PeriodRefusal::LengthZero),
        (PeriodRule::rolling(101, Unit::Year), PeriodRefusal::TooLong),
        (PeriodRule::rolling(u32::MAX, Unit::Workday), PeriodRefusal::TooLong),
        (PeriodRule::rolling(48, Unit::Hour), PeriodRefusal::HoursNeedAMoment),
    ];
    for (rule, refusal) in table {
        assert_eq!(last_day(date(2026, 1, 1), rule, calendar()), Err(refusal));
    }
    assert_eq!(last_day(Date::MAX, PeriodRule::rolling(1, Unit::Day), calendar()), Err(PeriodRefusal::TooLong));
}

#[test]
fn a_batch_row_is_answered_or_refused_by_itself() {
    let last = |row: [&str; 4]| batch_row(row[0], row[1], row[2], row[3]).map(|working| working.last_on);
    assert_eq!(last(["2026-09-16", "15", "day", "true"]), Ok(date(2026, 10, 8)));
    assert_eq!(last(["2026-09-16", "15", "day", "false"]), Ok(date(2026, 10, 1)));
    assert_eq!(last(["2026-02-30", "15", "day", "true"]), Err(PeriodRefusal::BadDate));
    assert_eq!(last(["2026-09-16", "-1", "day", "true"]), Err(PeriodRefusal::BadLength));
    assert_eq!(last(["2026-09-16", "1", "hour", "true"]), Err(PeriodRefusal::UnknownUnit));
    assert_eq!(last(["2026-09-16", "1", "day", "yes"]), Err(PeriodRefusal::BadRolls));
}

fn any_date() -> impl Strategy<Value = Date> {
    (1_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::Hour), Just(Unit::Day), Just(Unit::Workday), Just(Unit::Month), Just(Unit::Year)]
}

fn calendar_unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::Day), Just(Unit::Workday), Just(Unit::Month), Just(Unit::Year)]
}

fn near_date() -> impl Strategy<Value = Date> {
    (2024_i16..=2030, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

proptest! {
    #[test]
    fn a_rolling_period_never_ends_on_a_rest_day(starts_on in near_date(), length in 1_u32..60, unit in calendar_unit()) {
        let working = last_day(starts_on, PeriodRule::rolling(length, unit), calendar()).expect("the period is short");
        prop_assert!(calendar().is_workday(working.last_on));
        prop_assert!(working.last_on >= working.raw_end_on);
        prop_assert_eq!(working.rolled_over.is_some(), working.last_on != working.raw_end_on);
    }

    #[test]
    fn a_later_start_or_a_longer_period_never_ends_earlier(starts_on in near_date(), length in 1_u32..60, unit in calendar_unit(), rolls: bool) {
        let last = |from: Date, length| last_day(from, PeriodRule { length, unit, rolls }, calendar()).expect("the period is short").last_on;
        prop_assert!(last(starts_on, length) <= last(starts_on.tomorrow().expect("not the last day"), length));
        prop_assert!(last(starts_on, length) <= last(starts_on, length + 1));
    }

    #[test]
    fn no_input_makes_it_panic(starts_on in any_date(), length: u32, unit in any_unit(), rolls: bool) {
        let _ = last_day(starts_on, PeriodRule { length, unit, rolls }, calendar());
        let _ = hours(starts_on.at(23, 59, 59, 999_999_999), length);
        let _ = latest_before(starts_on, length);
    }

    #[test]
    fn no_row_makes_it_panic(row in proptest::array::uniform4("\\PC{0,12}")) {
        let _ = batch_row(&row[0], &row[1], &row[2], &row[3]);
    }
}
