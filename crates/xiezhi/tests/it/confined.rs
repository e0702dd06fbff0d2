//! A court on a kernel that does not confine the process which reads files says so, at the start and at `/health`.

use std::{
    collections::BTreeMap,
    process::Stdio,
    time::{Duration, Instant},
};

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};

use super::{
    Folder,
    keys::{court, fetched},
    said, xiezhi,
};

const LISTEN: &str = "127.0.0.1:18481";

/// Opens the court where the kernel refuses these calls; gives what `/health` answers, and what the log says.
fn opened(folder: &Folder, refused: &[i64]) -> (String, String) {
    let config = court(folder, LISTEN, "");
    let refused: BTreeMap<i64, Vec<_>> = refused.iter().map(|call| (*call, vec![])).collect();
    let open = move || {
        if !refused.is_empty() {
            let no = SeccompAction::Errno(1);
            let architecture = std::env::consts::ARCH.try_into().expect("an architecture of the crate's");
            let filter = SeccompFilter::new(refused, SeccompAction::Allow, no, architecture).expect("it is plain");
            let program: BpfProgram = filter.try_into().expect("it is plain");
            // The filter holds for this thread, and for what it starts.
            apply_filter(&program).expect("this kernel filters calls");
        }
        let mut process = xiezhi();
        process.args(["serve", "--config", &config]).stdout(Stdio::null()).stderr(Stdio::piped());
        process.spawn().expect("the program starts")
    };
    let process = std::thread::spawn(open).join().expect("it starts");
    let begun = Instant::now();
    let health = loop {
        std::thread::sleep(Duration::from_millis(250));
        match fetched(LISTEN, "/health") {
            Some(health) => break health,
            None => assert!(begun.elapsed() < Duration::from_secs(60), "it answers within a minute"),
        }
    };
    let told = std::process::Command::new("kill").arg(process.id().to_string()).status();
    assert!(told.expect("kill runs").success());
    (health, said(&process.wait_with_output().expect("it ends").stderr))
}

#[test]
fn what_the_kernel_does_not_keep_reading_from_stands_in_the_log_and_at_health() {
    let folder = Folder::new("confined");
    let (health, log) = opened(&folder, &[]);
    assert!(health.starts_with("ok ") && health.lines().count() == 1, "{health}");
    assert!(!log.contains("does not confine"), "{log}");
    let landlock_create_ruleset = 444;
    let (health, log) = opened(&folder, &[landlock_create_ruleset]);
    assert!(health.starts_with("ok "), "the court goes on: {health}");
    assert_eq!(health.lines().nth(1), Some("not confined: reading other-files"), "{health}");
    assert!(log.contains("does not confine") && log.contains("other-files"), "{log}");
}
