//! Golden events: one file for each stored name. A stored event is read for ever, so a file once written
//! never changes; `BLESS=1` writes those that are missing.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde_json::Value;
use xiezhi_domain::{
    court::CourtEvent,
    destruction::{DestructionEvent, Listed},
    event::CaseEvent,
    law::retention::RetentionClass,
    material::FileRef,
    people::PeopleEvent,
    register::RegisterEvent,
    scanning::{ScanEvent, SeenPage},
    unusual::{Examination, FindingKey, Kind, OversightEvent},
};

use crate::{
    cast,
    court::{day, file_of},
    tales,
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Every name that the sources store an event under.
fn stored_names() -> BTreeSet<String> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut names = BTreeSet::new();
    let mut folders = vec![sources];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source is text");
            let renamed = text.split("#[serde(rename = \"").skip(1).filter_map(|rest| rest.split('"').next());
            names.extend(renamed.filter(|name| name.contains(".v")).map(str::to_owned));
        }
    }
    names
}

/// The stored form of an event, read and written again.
fn through(body: &str) -> Result<Value, String> {
    let name = serde_json::from_str::<Value>(body).map_err(|fault| fault.to_string())?["event"].clone();
    let again = match name.as_str().and_then(|name| name.split('.').next()) {
        Some("number" | "calendar" | "seal") => again::<RegisterEvent>(body)?,
        Some("people") => again::<PeopleEvent>(body)?,
        Some("court") => again::<CourtEvent>(body)?,
        Some("destruction") => again::<DestructionEvent>(body)?,
        Some("oversight") => again::<OversightEvent>(body)?,
        Some("scan") => again::<ScanEvent>(body)?,
        _ => {
            let event = CaseEvent::decode(body.as_bytes()).map_err(|fault| format!("{fault:?}"))?;
            serde_json::to_value(event).expect("plain data")
        }
    };
    Ok(again)
}

fn again<E: serde::Serialize + serde::de::DeserializeOwned>(body: &str) -> Result<Value, String> {
    let event: E = serde_json::from_str(body).map_err(|fault| fault.to_string())?;
    Ok(serde_json::to_value(event).expect("plain data"))
}

/// One event of each name, from the tales and from the court's own streams.
fn specimens() -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    let mut add = |value: Value| {
        let name = value["event"].as_str().expect("an event has a name").to_owned();
        found.entry(name).or_insert(value);
    };
    for (_, court) in tales::all() {
        for (event, _) in &court.log {
            add(serde_json::to_value(event).expect("plain data"));
        }
    }
    for event in court_events() {
        add(serde_json::to_value(event).expect("plain data"));
    }
    for event in destruction_events() {
        add(serde_json::to_value(event).expect("plain data"));
    }
    add(serde_json::to_value(examined()).expect("plain data"));
    for event in scan_events() {
        add(serde_json::to_value(event).expect("plain data"));
    }
    for event in register_events() {
        add(serde_json::to_value(event).expect("plain data"));
    }
    let person = cast::directory().all().next().expect("someone").clone();
    add(serde_json::to_value(PeopleEvent::Registered { person }).expect("plain data"));
    found
}

fn destruction_events() -> Vec<DestructionEvent> {
    let file = Listed {
        case: xiezhi_domain::ids::CaseId(uuid::Uuid::from_u128(0xca5e)),
        number: Some("（2026）鲁0691民初1号".to_owned()),
        archive_no: "民初-2026-D-1".to_owned(),
        retention: RetentionClass::Short,
        kept_until: day("2056-12-31"),
    };
    vec![
        DestructionEvent::Drawn { by: cast::person(61), listed: vec![file] },
        DestructionEvent::Appraised { by: cast::person(52), opinion: "无继续保存价值".to_owned() },
        DestructionEvent::Approved { by: cast::person(53) },
        DestructionEvent::Refused { by: cast::person(53), reason: "有查考价值".to_owned() },
        DestructionEvent::Supervised { by: cast::person(54) },
    ]
}

fn scan_events() -> [ScanEvent; 4] {
    use xiezhi_domain::ids::{CaseId, MaterialId, SheetId};
    let file = FileRef { pages: 3, ..file_of("扫描批次") };
    let sheet = SheetId(uuid::Uuid::from_u128(0x5ee7));
    let page = |page: u32, sheet| SeenPage {
        file_sha256: file.sha256.clone(),
        page,
        blank: page == 3,
        turn: 180,
        skew_tenths: -12,
        sheet,
    };
    let pages = vec![page(1, Some(sheet)), page(2, None), page(3, None)];
    let (case, material) = (CaseId(uuid::Uuid::from_u128(0xca5e)), MaterialId(uuid::Uuid::from_u128(0x5ca)));
    [
        ScanEvent::Taken { name: "scan0001.pdf".to_owned(), files: vec![file.clone()], pages },
        ScanEvent::Sorted { pages: vec![2, 3], case, material, by: Some(cast::person(21)) },
        ScanEvent::Stopped { pages: vec![2, 3], code: "material.NotAddableAfterClosing".to_owned() },
        ScanEvent::Dropped { pages: vec![3], reason: "重复扫描".to_owned(), by: cast::person(21) },
    ]
}

fn examined() -> OversightEvent {
    OversightEvent::Examined {
        finding: FindingKey { day: day("2026-03-04"), person: cast::person(21), kind: Kind::Downloads },
        examination: Examination { by: cast::person(54), note: "移送上诉整卷，正常".to_owned() },
    }
}

fn court_events() -> [CourtEvent; 3] {
    let settings = Box::new(xiezhi_domain::rules::Settings::demonstration());
    let (today, key) = (day("2026-03-02"), "0".repeat(64));
    [
        CourtEvent::SettingsAdopted { settings, law_version: "2026-11-22".to_owned() },
        CourtEvent::DrawKeyFixed { day: today, key_hash: key.clone() },
        CourtEvent::DrawKeyDisclosed { day: today, key },
    ]
}

fn register_events() -> [RegisterEvent; 4] {
    use crate::steps::at;
    let (hearing, case) =
        (xiezhi_domain::ids::HearingId(uuid::Uuid::from_u128(1)), xiezhi_domain::ids::CaseId(uuid::Uuid::from_u128(2)));
    let booking = xiezhi_domain::register::Booking {
        hearing,
        case,
        room: Some("第三法庭".to_owned()),
        from: at(9, 0),
        to: at(10, 30),
        people: vec![cast::person(1)],
        identities: vec![],
    };
    [
        RegisterEvent::NumberAllocated { case, serial: 101 },
        RegisterEvent::Booked { booking },
        RegisterEvent::Released { hearing },
        RegisterEvent::SealUsed { case, document: xiezhi_domain::ids::DocumentId(uuid::Uuid::from_u128(3)), number: 7 },
    ]
}

#[test]
fn every_stored_name_has_a_golden_file_that_reads_and_writes_alike() {
    let bless = std::env::var_os("BLESS").is_some();
    let specimens = if bless { specimens() } else { BTreeMap::new() };
    for name in stored_names() {
        let path = folder().join(format!("{name}.json"));
        if let (false, Some(specimen)) = (path.exists(), specimens.get(&name)) {
            std::fs::create_dir_all(folder()).expect("a folder");
            let text = serde_json::to_string_pretty(specimen).expect("plain data");
            std::fs::write(&path, text + "\n").expect("written");
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{name} has no golden file"));
        let stored: Value = serde_json::from_str(&golden).expect("a golden file is JSON");
        assert_eq!(stored["event"], name.as_str());
        assert_eq!(through(&golden), Ok(stored), "{name}");
    }
}

#[test]
fn every_golden_file_is_still_a_stored_name() {
    let names = stored_names();
    for entry in std::fs::read_dir(folder()).expect("the golden files are there") {
        let file = entry.expect("an entry").file_name().into_string().expect("a plain name");
        let name = file.trim_end_matches(".json");
        assert!(names.contains(name), "{name} was stored once: it must stay readable");
    }
}
