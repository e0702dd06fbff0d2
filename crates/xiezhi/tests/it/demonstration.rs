//! The whole demonstration, loaded into a folder, audited, and taken out again.

use std::{collections::BTreeMap, fs, process::Output};

use super::{Folder, lasting, run, said};

/// A configuration that opens what a demonstration in `folder` left.
fn opens(folder: &Folder) -> String {
    let text = said(&run(&["config"]).stdout)
        .replace("/var/lib/xiezhi/data", &folder.path("demo"))
        .replace("/var/lib/xiezhi-keys", &folder.path("demo-keys"))
        .replace("/var/lib/xiezhi-checkpoint", &folder.path("demo-checkpoint"))
        .replace("court.example/log", "demo.xiezhi.example");
    folder.write("xiezhi.toml", &text)
}

/// How far each case has come, so that every workbench has something on it.
const STAGES: [(&str, &str); 21] = [
    ("alike-1", "HearingDone"),
    ("alike-2", "HearingDone"),
    ("alike-3", "HearingDone"),
    ("alike-4", "HearingDone"),
    ("ex1", "Archived"),
    ("ex2", "FileTransferred"),
    ("ex3", "Effective"),
    ("ex4", "ServingFinal"),
    ("ex5", "Effective"),
    ("ex6", "Archived"),
    ("young-answered", "Pretrial"),
    ("young-called", "Scheduled"),
    ("young-correcting", "CorrectionRequested"),
    ("young-deliberating", "Deliberating"),
    ("young-drafting", "Drafting"),
    ("young-filed", "Serving"),
    ("young-referring", "Drafting"),
    ("young-scheduled", "Scheduled"),
    ("young-served", "Pretrial"),
    ("young-submitted", "Submitted"),
    ("young-submitted-2", "Submitted"),
];

fn stage(rest: &str) -> &str {
    rest.split('\t').next().unwrap_or_default()
}

fn load(folder: &Folder) -> Output {
    let answer = run(&["demo", "--load-only", "--no-open", "--data", &folder.path("demo")]);
    assert!(answer.status.success(), "{}", said(&answer.stderr));
    answer
}

#[tokio::test]
async fn the_demonstration_loads_once_its_record_agrees_with_itself_and_its_papers_last() {
    let folder = Folder::new("demonstration");
    let loaded = said(&load(&folder).stdout);
    let stages: BTreeMap<&str, &str> =
        loaded.lines().filter_map(|line| line.split_once('\t')).map(|(name, rest)| (name, stage(rest))).collect();
    assert_eq!(stages, BTreeMap::from(STAGES), "{loaded}");
    let config = opens(&folder);
    let first = audited(&config);
    assert_eq!(first["differences"], serde_json::json!([]));
    assert_eq!(first["events"], first["proven"], "everything is under a signed checkpoint");
    let again = said(&load(&folder).stderr);
    assert!(!again.contains("正在装入"), "a second start keeps what was done: {again}");
    assert!(audited(&config)["events"].as_u64() >= first["events"].as_u64());
    lasting::what_is_kept_lasts(folder.path("demo/files").as_ref()).await;
}

#[test]
fn a_loading_that_broke_off_is_begun_anew() {
    let folder = Folder::new("broken-off");
    fs::create_dir_all(folder.path("demo")).expect("the folder is made");
    folder.write("demo/loading", "");
    folder.write("demo/court.sqlite", "half a database");
    load(&folder);
    assert_eq!(audited(&opens(&folder))["differences"], serde_json::json!([]));
}

fn audited(config: &str) -> BTreeMap<String, serde_json::Value> {
    let answer = run(&["audit", "--config", config]);
    let text = said(&answer.stdout);
    let json = text.find('{').map(|from| &text[from..]).expect("the audit answers");
    serde_json::from_str(json).expect("the audit answers in JSON")
}
