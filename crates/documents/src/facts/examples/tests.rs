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

/// What in `value` the schema does not describe, by its path.
fn undescribed(value: &Value, schema: &Value, path: &str) -> Vec<String> {
    if let Some(choices) = schema["anyOf"].as_array() {
        let fits = choices.iter().any(|choice| undescribed(value, choice, path).is_empty());
        return if fits { vec![] } else { vec![path.to_owned()] };
    }
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::Null => "null",
    };
    let is_kind = schema["type"] == kind || (schema["type"] == "number" && kind == "integer");
    let is_choice = schema["enum"].as_array().is_none_or(|choices| choices.contains(value));
    let is_date = schema["format"] != "date" || value.as_str().is_some_and(|text| text.parse::<Date>().is_ok());
    if !(is_kind && is_choice && is_date) {
        return vec![path.to_owned()];
    }
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(key, value)| undescribed(value, &schema["properties"][key], &format!("{path}/{key}")))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(at, item)| undescribed(item, &schema["items"], &format!("{path}/{at}")))
            .collect(),
        _ => vec![],
    }
}

#[test]
fn the_schema_describes_every_field_that_the_reader_takes_and_all_of_the_examples() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    for (id, text) in ALL {
        let example = serde_json::from_str(text).expect("an example is JSON");
        assert_eq!(undescribed(&example, &schema, ""), Vec::<String>::new(), "{id}");
    }
    for key in TAKEN {
        assert!(schema["properties"][key].is_object(), "{key}");
    }
}
