use proptest::prelude::*;

use super::*;
use crate::law::rate::Exact;
use crate::law::tariff::Tariff;

fn yuan(text: &str) -> Fen {
    text.parse().expect("the test writes amounts")
}

fn of(kind: FeeKind, amount: &str) -> Fen {
    fee(&FeeQuestion::new(kind, Some(yuan(amount)))).expect("a fee comes out").total
}

fn halved(kind: FeeKind, amount: &str) -> Fen {
    let question = FeeQuestion::new(kind, Some(yuan(amount))).halved(HalvingGround::SummaryProcedure);
    fee(&question).expect("a fee comes out").total
}

/// The 32 worked examples, each asked as the case asks it; the expected figure is the file's own.
fn answers_to_the_examples() -> [Fen; 32] {
    use FeeKind::*;
    let base_only = |kind| fee(&FeeQuestion::new(kind, None)).expect("a fee comes out").total;
    let twice = FeeQuestion::new(Property, Some(yuan("186500")));
    let twice = twice.halved(HalvingGround::SummaryProcedure).halved(HalvingGround::Mediated);
    let joined = FeeQuestion::new(Property, Some(yuan("40000"))).halved(HalvingGround::JoinedClaim);
    let changed = |paid_on, now| match adjustment(of(Property, paid_on), of(Property, now)) {
        Adjustment::PayMore { amount } | Adjustment::Refund { amount } => amount,
        Adjustment::None => Fen::ZERO,
    };
    [
        of(Property, "8000"),
        of(Property, "50000"),
        halved(Property, "50000"),
        of(Property, "100000"),
        of(Property, "186500"),
        fee(&twice).expect("a fee comes out").total,
        of(Property, "328600"),
        of(Property, "1000000"),
        of(Property, "3500000"),
        of(Property, "12000000"),
        of(Property, "30000000"),
        base_only(Divorce),
        of(Divorce, "1200000"),
        of(Personality, "80000"),
        of(Personality, "300000"),
        base_only(Labour),
        halved(Labour, "52000"),
        base_only(Administrative),
        of(Property, "245380.60"),
        halved(Property, "6480"),
        of(Property, "36500"),
        fee(&joined).expect("a fee comes out").total,
        of(PaymentOrder, "120000"),
        of(Preservation, "186500"),
        of(Preservation, "80000"),
        of(Preservation, "3000000"),
        of(Enforcement, "186500"),
        of(Enforcement, "1250000"),
        of(Enforcement, "8000"),
        of(Enforcement, "20000000"),
        changed("200000", "100000"),
        changed("100000", "160000"),
    ]
}

#[test]
fn every_worked_example_of_the_handbook_comes_out() {
    let examples = &Tariff::embedded().examples;
    assert_eq!(examples.len(), 32);
    for (example, answer) in examples.iter().zip(answers_to_the_examples()) {
        assert_eq!(answer.plain(), example.fee, "{}: {}", example.case, example.how);
    }
}

#[test]
fn a_raised_claim_pays_more_and_a_reduced_one_gets_back() {
    assert_eq!(adjustment(yuan("2300"), yuan("3500")), Adjustment::PayMore { amount: yuan("1200") });
    assert_eq!(adjustment(yuan("4300"), yuan("2300")), Adjustment::Refund { amount: yuan("2000") });
    assert_eq!(adjustment(yuan("50"), yuan("50")), Adjustment::None);
}

#[test]
fn the_working_names_bracket_rate_and_article() {
    let working = fee(&FeeQuestion::new(FeeKind::Property, Some(yuan("186500"))).halved(HalvingGround::Mediated))
        .expect("a fee comes out");
    assert_eq!(
        working.lines,
        [
            WorkingLine::Bracket {
                amount: yuan("186500"),
                over: yuan("100000"),
                up_to: Some(yuan("200000")),
                rate: Rate::new(2, 100),
                quick_add: yuan("300"),
                article: "13(1)".to_owned(),
            },
            WorkingLine::Halved { grounds: vec![HalvingGround::Mediated] },
        ]
    );
    assert_eq!(working.law_version, crate::law::VERSION);
}

#[derive(serde::Deserialize)]
struct ExampleCase {
    amount_in_dispute: String,
    cause_code: String,
    fee: ExampleFee,
}

#[derive(serde::Deserialize)]
struct ExampleFee {
    full: String,
    charged: String,
    preservation_fee: Option<String>,
}

fn kind_of(cause_code: &str) -> FeeKind {
    match cause_code.split('.').next() {
        Some("02") => FeeKind::Divorce,
        Some("07") => FeeKind::Labour,
        _ => FeeKind::Property,
    }
}

#[test]
fn the_example_cases_are_charged_as_their_papers_say() {
    let cases = [
        include_str!("../../../../examples/ex1_private_lending.json"),
        include_str!("../../../../examples/ex2_sale_contract.json"),
        include_str!("../../../../examples/ex3_divorce.json"),
        include_str!("../../../../examples/ex4_traffic_accident.json"),
        include_str!("../../../../examples/ex5_labour_dispute.json"),
        include_str!("../../../../examples/ex6_property_service.json"),
    ];
    for text in cases {
        let case: ExampleCase = serde_json::from_str(text).expect("the example reads");
        let (kind, amount) = (kind_of(&case.cause_code), case.amount_in_dispute.as_str());
        assert_eq!(of(kind, amount).plain(), case.fee.full, "{amount}");
        let charged = if case.fee.charged == case.fee.full { of(kind, amount) } else { halved(kind, amount) };
        assert_eq!(charged.plain(), case.fee.charged, "{amount}");
        if let Some(preservation) = case.fee.preservation_fee {
            assert_eq!(of(FeeKind::Preservation, amount).plain(), preservation);
        }
    }
}

#[test]
fn what_is_halved_is_the_fee_as_it_is_printed() {
    // 4,335.709 is printed as 4,335.71; its half is 2,167.855 and not 2,167.8545.
    assert_eq!(halved(FeeKind::Property, "202380.60"), yuan("2167.86"));
}

#[test]
fn a_working_is_stored_and_read_back_as_it_was() {
    for kind in FeeKind::all() {
        let question = FeeQuestion::new(kind, Some(yuan("3000000"))).halved(HalvingGround::Withdrawn);
        let working = fee(&question).expect("a fee comes out");
        let stored = serde_json::to_string(&working).expect("a working is data");
        assert_eq!(serde_json::from_str::<FeeWorking>(&stored).expect("it reads back"), working);
    }
}

#[test]
fn a_preservation_fee_is_never_halved() {
    assert_eq!(halved(FeeKind::Preservation, "186500"), of(FeeKind::Preservation, "186500"));
    assert_eq!(halved(FeeKind::PaymentOrder, "120000"), yuan("900"));
}

#[test]
fn a_payment_order_of_a_small_amount_is_rounded_half_up() {
    assert_eq!(of(FeeKind::PaymentOrder, "10000"), yuan("16.67"));
}

#[test]
fn a_court_that_charges_whole_yuan_says_so() {
    let mut question = FeeQuestion::new(FeeKind::Property, Some(yuan("245380.60")));
    question.rounding = Rounding::Yuan;
    assert_eq!(fee(&question).expect("a fee comes out").total, yuan("4981"));
}

#[test]
fn figures_outside_the_statutory_range_are_refused() {
    let mut question = FeeQuestion::new(FeeKind::Divorce, None);
    question.figures.divorce = yuan("301");
    assert_eq!(fee(&question), Err(FeeRefusal::FigureOutsideRange { min: yuan("50"), max: yuan("300") }));
}

#[test]
fn kinds_that_live_on_an_amount_ask_for_it() {
    for kind in [FeeKind::Property, FeeKind::Enforcement, FeeKind::PaymentOrder, FeeKind::Bankruptcy] {
        assert_eq!(fee(&FeeQuestion::new(kind, None)), Err(FeeRefusal::AmountNeeded), "{kind:?}");
    }
    let mut question = FeeQuestion::new(FeeKind::Enforcement, None);
    question.figures.enforcement = Some(yuan("100"));
    assert_eq!(fee(&question).expect("a fee comes out").total, yuan("100"));
}

#[test]
fn a_bankruptcy_costs_at_most_the_cap() {
    assert_eq!(of(FeeKind::Bankruptcy, "1000000000"), yuan("300000"));
    assert_eq!(of(FeeKind::Bankruptcy, "100000"), yuan("1150"));
}

#[test]
fn intellectual_property_is_charged_by_amount_or_by_piece() {
    assert_eq!(of(FeeKind::Ip, "50000"), yuan("1050"));
    assert_eq!(fee(&FeeQuestion::new(FeeKind::Ip, None)).expect("a fee comes out").total, yuan("1000"));
}

#[test]
fn a_batch_row_is_answered_or_refused_by_itself() {
    assert_eq!(batch_row("property", "50000", "true").map(|working| working.total), Ok(yuan("525")));
    assert_eq!(batch_row(" labour ", "", "false").map(|working| working.total), Ok(yuan("10")));
    assert_eq!(batch_row("tax", "1", "false"), Err(FeeRefusal::UnknownKind));
    assert_eq!(
        batch_row("property", "1.234", "false").map_err(|refusal| refusal.code()).err(),
        Some("money.too_many_decimals")
    );
    assert_eq!(batch_row("property", "", "false"), Err(FeeRefusal::AmountNeeded));
    assert_eq!(batch_row("property", "1", "maybe"), Err(FeeRefusal::BadHalved));
}

#[test]
fn every_kind_has_a_name_that_reads_back() {
    for kind in FeeKind::all() {
        assert_eq!(kind.name().parse(), Ok(kind));
        assert_eq!(serde_json::to_value(kind).expect("a name"), kind.name());
    }
}

proptest! {
    #[test]
    fn a_larger_amount_never_costs_less(at in 0_usize..15, low in 0_i64..5_000_000_000, more in 0_i64..5_000_000_000) {
        let kind = KINDS[at].0;
        let total = |amount| fee(&FeeQuestion::new(kind, Some(Fen(amount)))).expect("a fee comes out").total;
        prop_assert!(total(low) <= total(low + more));
    }

    #[test]
    fn halving_twice_is_halving_once(amount in 0_i64..=Fen::MAX.0) {
        let once = FeeQuestion::new(FeeKind::Property, Some(Fen(amount))).halved(HalvingGround::Mediated);
        let twice = once.clone().halved(HalvingGround::SummaryProcedure);
        prop_assert_eq!(fee(&once).map(|w| w.total), fee(&twice).map(|w| w.total));
    }

    #[test]
    fn the_quick_add_equals_the_progressive_sum(amount in 1_i64..20_000_000_000) {
        let amount = Fen(amount);
        let table = &Tariff::embedded().property;
        let progressive = table.brackets.iter().fold(Exact::from(Fen::ZERO), |sum, bracket| {
            let part = Exact::from(bracket.slice(amount)).at(bracket.rate);
            sum.plus(if bracket.flat > Fen::ZERO { bracket.flat.into() } else { part })
        });
        prop_assert_eq!(of(FeeKind::Property, &amount.plain()), progressive.rounded(Rounding::Fen));
    }

    #[test]
    fn no_row_makes_it_panic(kind in "\\PC{0,12}", amount in "[0-9.,-]{0,24}", halved in "\\PC{0,6}") {
        let _ = batch_row(&kind, &amount, &halved);
        for known in FeeKind::all() {
            let _ = batch_row(known.name(), &amount, "true");
        }
    }
}
