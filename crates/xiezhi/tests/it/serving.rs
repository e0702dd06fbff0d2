//! Starting to serve, and what keeps it from starting.

use std::fs;

use super::{Folder, run, said};

fn documented() -> String {
    said(&run(&["config"]).stdout)
}

fn refused(name: &str, change: impl Fn(String) -> String) -> String {
    let folder = Folder::new(name);
    let answer = run(&["serve", "--config", &folder.write("xiezhi.toml", &change(documented()))]);
    assert!(!answer.status.success());
    said(&answer.stderr)
}

#[test]
fn serve_does_not_start_with_the_demonstration_identity() {
    let said = refused("identity", |text| text.replace("identity = \"none\"", "identity = \"demonstration\""));
    assert!(said.contains("demonstration identity"), "{said}");
}

#[test]
fn serve_does_not_start_with_keys_or_the_checkpoint_within_the_data() {
    let keys = refused("keys", |text| text.replace("\"/var/lib/xiezhi-keys\"", "\"/var/lib/xiezhi/data/keys\""));
    assert!(keys.contains("`keys`"), "{keys}");
    let lock = refused("lock", |text| text.replace("\"/var/lib/xiezhi-checkpoint\"", "\"/var/lib/xiezhi/data\""));
    assert!(lock.contains("`checkpoint_lock`"), "{lock}");
}

#[test]
fn a_setting_nobody_knows_and_a_missing_file_are_told_with_the_way_out() {
    let unknown = refused("unknown", |text| format!("listen = 1\n{text}"));
    assert!(unknown.contains("listen"), "{unknown}");
    let answer = run(&["serve", "--config", "nowhere/xiezhi.toml"]);
    assert!(said(&answer.stderr).contains("xiezhi config >"));
}

#[test]
fn a_folder_with_other_things_is_left_alone_by_the_demonstration() {
    let folder = Folder::new("other-things");
    fs::create_dir(folder.path("mine")).expect("a folder");
    let file = folder.write("mine/letter.txt", "mine");
    let answer = run(&["demo", "--load-only", "--data", &folder.path("mine")]);
    assert!(!answer.status.success());
    assert_eq!(fs::read_to_string(file).expect("the file is there"), "mine");
}

#[test]
fn help_teaches_with_examples() {
    for arguments in [
        &["--help"][..],
        &["law", "fee", "--help"],
        &["verify", "--help"],
        &["package", "--help"],
        &["import", "--help"],
    ] {
        let help = said(&run(arguments).stdout);
        assert!(help.contains("xiezhi demo") || help.contains("example:"), "{help}");
    }
}
