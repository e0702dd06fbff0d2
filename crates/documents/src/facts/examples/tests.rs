//! The example cases come in whole.

use super::*;
use crate::examples::ALL;

fn leaves(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.values().for_each(|value| leaves(value, into)),
        Value::Array(list) => list.iter().for_each(|value| leaves(value, into)),
        Value::String(text) => into.push(text.clone()),
        Value::Number(number) => into.push(number.to_string()),
        Value::Bool(_) | Value::Null => {}
    }
}

/// Roles, kinds and procedures become enums; times gain seconds and moments a T.
fn kept(leaf: &str, all: &[String], text: &str) -> bool {
    const NAMED: [&str; 12] = [
        "原告",
        "被告",
        "natural",
        "独任",
        "合议庭",
        "普通程序",
        "简易程序",
        "小额诉讼程序",
        "lawyer",
        "staff",
        "legal",
        "legal_aid_lawyer",
    ];
    let as_fen = parse_yuan(leaf).map(|fen| fen.to_string());
    let as_time = leaf.replace(' ', "T");
    NAMED.contains(&leaf)
        || all.iter().any(|one| one == leaf || Some(one) == as_fen.as_ref() || one.starts_with(&as_time))
        || leaf.strip_prefix("人民陪审员 ").is_some_and(|name| text.contains(name))
}

#[test]
fn an_example_loses_nothing_on_the_way() {
    for (id, json) in ALL {
        let facts = CaseFacts::from_example(json).expect("an example is readable");
        let text = serde_json::to_string(&facts).expect("facts are plain data");
        let (mut told, mut held) = (Vec::new(), Vec::new());
        leaves(&serde_json::from_str(json).expect("an example is JSON"), &mut told);
        leaves(&serde_json::from_str(&text).expect("facts are JSON"), &mut held);
        let lost: Vec<_> = told.iter().filter(|leaf| !kept(leaf, &held, &text)).collect();
        assert!(lost.is_empty(), "{id} lost {lost:?}");
    }
}

#[test]
fn facts_survive_being_stored() {
    for (id, json) in ALL {
        let facts = CaseFacts::from_example(json).expect("an example is readable");
        let text = serde_json::to_string(&facts).expect("facts are plain data");
        assert_eq!(serde_json::from_str::<CaseFacts>(&text).expect("they read back"), facts, "{id}");
    }
}

#[test]
fn a_bad_date_is_named_with_its_field() {
    let refused = CaseFacts::from_example(r#"{"filed_date": "2026-02-30"}"#);
    let field = "filed_date".to_owned();
    assert_eq!(refused, Err(NotAnExample::BadField { field, value: "2026-02-30".into() }));
}

#[test]
fn the_party_behind_a_short_name_is_found() {
    let facts = CaseFacts::from_example(ALL[3].1).expect("an example is readable");
    assert_eq!(facts.evidence[4].party.as_deref(), Some("虚构财产保险股份有限公司烟台中心支公司"));
    assert_eq!(facts.orders[0].amount_fen, Some(18_954_442));
}
