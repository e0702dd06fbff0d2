use super::*;
use proptest::prelude::*;

fn yuan(amount: i64) -> Fen {
    Fen::from_yuan(amount)
}

fn loan(contract_on: Date, filed_on: Date, to: Date) -> Loan {
    let rate = Rate::from_basis_points(2_400);
    Loan { principal: yuan(100_000), rate, contract_on, filed_on, from: contract_on, to, asks_old_rules: true }
}

#[test]
fn a_new_contract_is_capped_at_four_times_the_rate_of_its_day() {
    let loan = loan(date(2021, 3, 1), date(2022, 3, 1), date(2022, 3, 1));
    let working = private_lending(&loan, InterestSettings::default()).expect("the rates are loaded");
    assert_eq!(working.total.plain(), "15400.00");
    let only = &working.segments[0];
    assert_eq!((only.rate.percent().as_str(), only.days), ("15.4", 365));
    assert_eq!(only.lpr.map(|lpr| lpr.published_on), Some(date(2021, 2, 22)));
}

#[test]
fn an_older_contract_has_two_segments() {
    let loan = loan(date(2019, 10, 10), date(2024, 11, 1), date(2024, 11, 1));
    let working = private_lending(&loan, InterestSettings::default()).expect("the rates are loaded");
    let parts: Vec<(u32, String, String)> =
        working.segments.iter().map(|part| (part.days, part.rate.percent(), part.amount.plain())).collect();
    assert_eq!(
        parts,
        [(315, "24".to_owned(), "20712.33".to_owned()), (1534, "12.4".to_owned(), "52113.97".to_owned()),]
    );
    assert_eq!(working.total.plain(), "72826.30");
}

#[test]
fn an_older_contract_without_the_request_has_one() {
    let loan = Loan { asks_old_rules: false, ..loan(date(2019, 10, 10), date(2024, 11, 1), date(2024, 11, 1)) };
    let working = private_lending(&loan, InterestSettings::default()).expect("the rates are loaded");
    assert_eq!(working.segments.iter().map(|part| part.days).collect::<Vec<_>>(), [1849]);
}

#[test]
fn an_agreed_rate_below_the_cap_stands() {
    let loan =
        Loan { rate: Rate::from_basis_points(1_200), ..loan(date(2024, 6, 1), date(2026, 3, 2), date(2025, 6, 1)) };
    let working = private_lending(&loan, InterestSettings::default()).expect("the rates are loaded");
    assert_eq!(working.total.plain(), "12000.00");
    assert_eq!(working.segments[0].cap.map(Rate::percent), Some("13.8".to_owned()));
}

#[test]
fn overdue_without_agreement_follows_the_rate_of_the_overdue_day() {
    let working = overdue_without_agreement(yuan(100_000), date(2023, 5, 10), date(2024, 5, 10), YearOf::Days365);
    let working = working.expect("the rate is loaded");
    assert_eq!((working.segments[0].days, working.total.plain().as_str()), (366, "3660.00"));
}

#[test]
fn the_doubled_part_is_a_daily_rate() {
    let working = doubled_part(yuan(150_000), date(2026, 1, 1), date(2026, 4, 11)).expect("the days are in order");
    assert_eq!((working.segments[0].days, working.total.plain().as_str()), (100, "2625.00"));
}

#[test]
fn the_examples_of_the_law_data_say_the_same() {
    #[derive(Deserialize)]
    struct Rules {
        example: Vec<Example>,
    }
    #[derive(Deserialize)]
    struct Example {
        result: String,
    }
    let rules: Rules =
        crate::law::data::document("interest_rules.toml", include_str!("../../../../law/interest_rules.toml"))
            .expect("the rules read");
    let results: Vec<&str> = rules.example.iter().map(|example| example.result.as_str()).collect();
    assert_eq!(results, ["15400.00", "72826.30", "3660.00", "2625.00"], "the tests above compute these");
}

#[test]
fn a_missing_rate_stops_the_sum() {
    let late = loan(date(2026, 6, 1), date(2026, 9, 1), date(2026, 9, 1));
    let refusal = private_lending(&late, InterestSettings::default()).expect_err("May 2026 is not loaded");
    assert_eq!(refusal, InterestRefusal::Lpr { missing: LprMissing::NotLoaded { month_on: date(2026, 5, 1) } });
    assert_eq!(refusal.code(), "lpr.not_loaded");
}

#[test]
fn a_contract_of_a_day_without_the_rate_is_refused_by_contract_basis() {
    let settings = InterestSettings { cap_basis: CapBasis::Contract, ..InterestSettings::default() };
    let old = loan(date(2018, 1, 1), date(2024, 11, 1), date(2024, 11, 1));
    assert!(matches!(
        private_lending(&old, settings),
        Err(InterestRefusal::Lpr { missing: LprMissing::BeforeFirst { .. } })
    ));
}

#[test]
fn impossible_questions_are_refused() {
    let good = loan(date(2021, 3, 1), date(2022, 3, 1), date(2022, 3, 1));
    let refused = |loan: Loan| private_lending(&loan, InterestSettings::default()).expect_err("it is impossible");
    assert_eq!(refused(Loan { to: date(2021, 2, 1), ..good }), InterestRefusal::EndBeforeStart);
    assert_eq!(refused(Loan { principal: Fen(-1), ..good }), InterestRefusal::NegativeBase);
    assert_eq!(refused(Loan { rate: Rate::new(-1, 100), ..good }), InterestRefusal::BadRate);
    assert_eq!(refused(Loan { filed_on: date(2020, 8, 19), ..good }), InterestRefusal::FiledBeforeRules);
}

proptest! {
    #[test]
    fn a_longer_time_never_earns_less(days in 0_i64..1_800, points in 0_i64..5_000) {
        use jiff::ToSpan;
        let to = date(2020, 1, 1).checked_add(days.days()).expect("a near date");
        let over = |to| {
            let loan = Loan { rate: Rate::from_basis_points(points), ..loan(date(2020, 1, 1), date(2024, 11, 1), to) };
            private_lending(&loan, InterestSettings::default()).expect("the rates are loaded").total
        };
        prop_assert!(over(to) <= over(to.tomorrow().expect("a near date")));
    }
}
