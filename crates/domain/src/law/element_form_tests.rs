use jiff::civil::date;

use super::*;

fn text(words: &str) -> Answer {
    Answer::Text(words.to_owned())
}

fn answers(given: &[(&str, Answer)]) -> Answers {
    given.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect()
}

#[test]
fn the_official_kinds_and_the_forms_are_all_there() {
    assert_eq!((kinds().len(), all().len(), FORMS.group.len()), (67, 14, 13));
}

#[test]
fn every_form_belongs_to_a_cause_of_the_same_name() {
    for form in all() {
        let cause = cause::find(&form.cause_code).expect("the cause exists");
        assert_eq!(cause.name_zh, form.cause_zh, "{}", form.id);
    }
}

#[test]
fn every_slot_of_every_line_is_a_field_of_its_form() {
    for form in all() {
        for line in form.claim_lines.iter().chain(&form.fact_lines) {
            let slots: Vec<&str> =
                line.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(slot, _)| slot).collect();
            assert!(!slots.is_empty(), "{}: {line} would be written without an answer", form.id);
            for slot in slots {
                assert!(form.field(slot).is_some(), "{}: {slot}", form.id);
            }
        }
    }
}

#[test]
fn choices_have_options_and_tables_have_columns() {
    for field in all().iter().flat_map(Form::every_field) {
        assert_eq!(field.kind == FieldKind::Choice, !field.options.is_empty(), "{}", field.id);
        assert_eq!(field.kind == FieldKind::Table, !field.columns.is_empty(), "{}", field.id);
    }
}

#[test]
fn ids_are_unique_outside_the_parties() {
    for form in all() {
        let ids: Vec<&str> =
            form.every_field().filter(|field| field.part != Part::Party).map(|field| field.id.as_str()).collect();
        let distinct: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "{}", form.id);
    }
}

#[test]
fn a_line_is_written_only_when_every_slot_is_filled() {
    let form = form("private_lending").expect("the form exists");
    let mut given = answers(&[("principal_due", Answer::Money(Fen(15_000_000)))]);
    assert_eq!(claim_lines(form, &given), Vec::<String>::new());

    given.insert("principal_asof".to_owned(), Answer::Date(date(2026, 2, 28)));
    assert_eq!(claim_lines(form, &given), ["判令被告偿还原告借款本金150000元（计算至2026年2月28日）。"]);
}

#[test]
fn a_yes_writes_its_line_and_a_no_does_not() {
    let form = form("private_lending").expect("the form exists");
    let costs = |yes| claim_lines(form, &answers(&[("claim_costs", Answer::YesNo(yes))]));
    assert_eq!(costs(true), ["本案诉讼费用由被告承担。"]);
    assert!(costs(false).is_empty());
}

#[test]
fn the_children_are_mentioned_only_when_their_table_has_a_row() {
    let form = form("divorce").expect("the form exists");
    let table = |rows: Vec<Vec<String>>| claim_lines(form, &answers(&[("custody_list", Answer::Table(rows))]));
    assert!(table(vec![]).is_empty());
    assert_eq!(
        table(vec![vec!["子".to_owned(), "2020-01-01".to_owned(), "原告".to_owned()]]),
        ["婚生子女的抚养：见子女表。"]
    );
}

#[test]
fn facts_follow_the_claims() {
    let form = form("private_lending").expect("the form exists");
    let given = answers(&[
        ("claim_costs", Answer::YesNo(true)),
        ("given_date", Answer::Date(date(2024, 6, 1))),
        ("lender", text("贾借出")),
        ("borrower", text("易欠款")),
        ("amount_given", Answer::Money(Fen(15_000_000))),
        ("given_way", Answer::Choice(vec!["现金".to_owned(), "转账".to_owned()])),
        ("overdue_since", Answer::Unknown),
        ("demands", text("   ")),
    ]);
    assert_eq!(
        fill_lines(form, &given),
        [
            "本案诉讼费用由被告承担。",
            "2024年6月1日，出借人贾借出向借款人易欠款实际提供借款150000元，方式：现金、转账。",
        ]
    );
}

#[test]
fn what_an_answer_says_cannot_open_another_slot() {
    let given = answers(&[("a", text("{b}"))]);
    assert_eq!(filled("甲{a}乙", &given), Some("甲{b}乙".to_owned()));
    assert_eq!(filled("甲{a", &given), None);
}

#[test]
fn a_cause_finds_its_own_form_or_that_of_the_cause_above() {
    assert_eq!(form_for("04.10.108.03").map(|form| form.id.as_str()), Some("private_lending"));
    assert!(forms_for("04.10.116.02").iter().all(|form| form.cause_zh == "房屋租赁合同纠纷"));
    assert_eq!(form_for("01.01.001").map(|form| &form.id), None);
    assert!(forms_for("no such cause").is_empty());
}

#[test]
fn the_defendant_is_asked_about_claims_and_facts_only() {
    let form = form("private_lending").expect("the form exists");
    let asked: Vec<&str> = form.disputable().map(|field| field.id.as_str()).collect();
    assert!(asked.contains(&"principal_due") && asked.contains(&"lender"));
    assert!(!asked.contains(&"not_received"), "that is the defendant's own field");
    assert_eq!(form.field("lender").map(Field::dispute_id), Some("lender_dispute".to_owned()));
}

#[test]
fn answers_are_stored_with_their_kind() {
    let stored = serde_json::to_value(Answer::Money(Fen(100))).expect("an answer is data");
    assert_eq!(stored, serde_json::json!({ "kind": "money", "value": 100 }));
    assert_eq!(
        serde_json::to_value(Answer::Unknown).expect("an answer is data"),
        serde_json::json!({ "kind": "unknown" })
    );
}
