//! The tales as the record keeps them: one file for each in `examples/record`, an event a line. Whatever
//! shows cases without a court at work reads them, and every release must go on reading them: a file once
//! written never changes; `BLESS=1` writes those that are missing.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xiezhi_domain::{
    case::CaseState,
    event::CaseEvent,
    ids::CaseId,
    moment::{Moment, Recorded},
    people::PeopleEvent,
};

use crate::{court::Court, tales};

fn file(tale: &str) -> PathBuf {
    let name = tale.replace(", ", "-").replace(' ', "-");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/record/{name}.jsonl"))
}

/// Everyone the tale knows, then what happened: when, by whom, what.
fn lines(court: &Court) -> Vec<Value> {
    let began = court.log[0].1.moment.at;
    let known = court.people.all().map(|person| PeopleEvent::Registered { person: person.clone() });
    let known = known.map(|event| json!({ "at": began, "by": "system", "event": event }));
    let happened = court.log.iter().enumerate().map(|(at, (event, recorded))| {
        let act = court.carried.iter().find(|act| at < act.logged).expect("every event comes from an act");
        json!({ "at": recorded.moment.at, "by": act.actor.label(), "event": event })
    });
    known.chain(happened).collect()
}

/// The case as the lines of a file tell it.
fn fold(text: &str) -> CaseState {
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
    let of_case = lines.filter(|line| line["event"]["event"] != "people.registered.v1");
    let events: Vec<(CaseEvent, Recorded)> = of_case
        .enumerate()
        .map(|(at, line)| {
            let body = line["event"].to_string();
            let event = CaseEvent::decode(body.as_bytes()).unwrap_or_else(|fault| panic!("{fault:?}: {body}"));
            let moment = Moment::of(serde_json::from_value(line["at"].clone()).expect("a moment"));
            (event, Recorded { moment, rev: at as u64 + 1 })
        })
        .collect();
    let told = events.iter().map(|(event, recorded)| (event, *recorded));
    CaseState::fold(CaseId(uuid::Uuid::from_u128(0xca5e)), told).expect("the first event opens the case")
}

#[test]
fn every_tale_is_kept_and_still_reads_from_its_first_event_to_its_last() {
    for (tale, court) in tales::all() {
        let path = file(tale);
        if std::env::var_os("BLESS").is_some() && !path.exists() {
            let text: Vec<String> = lines(&court).iter().map(Value::to_string).collect();
            std::fs::write(&path, text.join("\n") + "\n").expect("written");
            assert_eq!(&fold(&std::fs::read_to_string(&path).expect("just written")), court.case(), "{tale}");
        }
        let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{tale}: {} is missing", path.display()));
        let case = fold(&text);
        assert!(case.rev > 0, "{tale}");
    }
}
