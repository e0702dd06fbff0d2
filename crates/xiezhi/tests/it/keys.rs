//! The key of the logs is changed as it is done: by commands, on a court that is closed, with a restart between.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use super::{Folder, run, said, xiezhi};

const LISTEN: &str = "127.0.0.1:18475";

/// A configuration of a court that listens there, with these tables behind it.
pub fn court(folder: &Folder, listen: &str, more: &str) -> String {
    let text = said(&run(&["config"]).stdout)
        .replace("/var/lib/xiezhi/data/court.sqlite", &folder.path("data/court.sqlite"))
        .replace("/var/lib/xiezhi/data", &folder.path("data"))
        .replace("/var/lib/xiezhi-keys", &folder.path("keys"))
        .replace("/var/lib/xiezhi-checkpoint", &folder.path("checkpoint"))
        .replace("127.0.0.1:8080", listen)
        .replace("log = \"json\"", "log = \"text\"");
    folder.write("xiezhi.toml", &format!("{text}\n{more}"))
}

pub fn succeeded(answer: &Output) -> String {
    assert!(answer.status.success(), "{}{}", said(&answer.stdout), said(&answer.stderr));
    said(&answer.stdout)
}

/// Runs the program to its end with these variables.
pub fn with(arguments: &[&str], env: &[(&str, String)]) -> Output {
    let env = env.iter().map(|(name, value)| (name, value));
    xiezhi().args(arguments).envs(env).output().expect("the program starts")
}

pub fn fetched(listen: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(listen).ok()?;
    let asked = format!("GET {path} HTTP/1.1\r\nhost: {listen}\r\nconnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    head.starts_with("HTTP/1.1 200").then(|| body.to_owned())
}

/// Opens the court until it has signed what is in the record, and closes it; gives checkpoint and policy.
pub fn opened_and_closed(folder: &Folder, config: &str, listen: &str, name: &str, env: &[(&str, String)]) {
    let begun = Instant::now();
    let mut process = xiezhi()
        .args(["serve", "--config", config])
        .envs(env.iter().map(|(name, value)| (name, value)))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let is_whole = |note: &String| {
        fetched(listen, "/health").is_some_and(|health| {
            health.trim().strip_prefix("ok ").is_some() && health.trim().strip_prefix("ok ") == note.lines().nth(1)
        })
    };
    let checkpoint = loop {
        std::thread::sleep(Duration::from_millis(250));
        assert!(process.try_wait().expect("it can be asked").is_none(), "it goes on");
        match fetched(listen, "/log/record/checkpoint").filter(is_whole) {
            Some(note) => break note,
            None => assert!(begun.elapsed() < Duration::from_secs(60), "it signs within a minute"),
        }
    };
    folder.write(&format!("{name}.checkpoint"), &checkpoint);
    folder.write(&format!("{name}.policy"), &fetched(listen, "/log/policy").expect("it is published"));
    let told = Command::new("kill").arg(process.id().to_string()).status();
    assert!(told.expect("kill runs").success());
    assert!(process.wait().expect("it ends").success());
}

pub fn holds(folder: &Folder, policy: &str, checkpoint: &str) -> bool {
    let files = [folder.path(&format!("{policy}.policy")), folder.path(&format!("{checkpoint}.checkpoint"))];
    run(&["verify", "--policy", &files[0], &files[1]]).status.success()
}

#[test]
fn the_key_is_changed_by_two_commands_and_nobody_is_left_behind() {
    let folder = Folder::new("log-keys");
    let config = court(&folder, LISTEN, "");
    let told = run(&["rotate-key", "--config", &config, "--reason", "too soon"]);
    assert!(said(&told.stderr).contains("there is no key yet"), "{}", said(&told.stderr));
    opened_and_closed(&folder, &config, LISTEN, "before", &[]);

    a_change_of_the_key_that_breaks_off_is_gone_on_with(&folder, &config);
    opened_and_closed(&folder, &config, LISTEN, "between", &[]);
    let under_way = run(&["rotate-key", "--config", &config, "--reason", "again"]);
    assert!(said(&under_way.stderr).contains("retire"), "{}", said(&under_way.stderr));
    assert!(fs::metadata(folder.path("keys/log-new.key")).is_err(), "nothing is left of it");

    let retired = succeeded(&run(&["retire-key", "--config", &config, "--reason", "all know the new one"]));
    assert_eq!(retired.lines().count(), 2, "{retired}");
    assert!(fs::metadata(folder.path("keys/log-former.key")).is_err(), "the secret is gone");
    opened_and_closed(&folder, &config, LISTEN, "after", &[]);

    let names = ["before", "between", "after"];
    let table = names.map(|policy| names.map(|checkpoint| holds(&folder, policy, checkpoint)));
    assert_eq!(table, [[true, true, false], [true, true, true], [true, true, true]]);
    let audited = succeeded(&run(&["audit", "--config", &config]));
    assert!(audited.contains("\"differences\": []"), "{audited}");
    let nothing = run(&["retire-key", "--config", &config, "--reason", "again"]);
    assert!(said(&nothing.stderr).contains("nothing to retire"), "{}", said(&nothing.stderr));
}

/// What a kill leaves: the new key alone, or with the copy of the one before; each time the command goes on.
fn a_change_of_the_key_that_breaks_off_is_gone_on_with(folder: &Folder, config: &str) {
    let key = |name: &str| folder.path(&format!("keys/{name}"));
    let old = fs::read(key("log.key")).expect("it was made");
    let new = [5; 32];
    fs::write(key("log-new.key"), new).expect("a new key was made");
    fs::copy(key("log.key"), key("log-former.key")).expect("and the one before copied");
    // The court opens, and signs as before.
    succeeded(&run(&["audit", "--config", config]));
    let note = succeeded(&run(&["rotate-key", "--config", config, "--reason", "ten years old"]));
    assert_eq!(note.matches("\n— ").count(), 2, "{note}");
    let now = ["log.key", "log-former.key"].map(|name| fs::read(key(name)).expect("it is there"));
    assert_eq!(now, [new.to_vec(), old]);
    assert!(fs::metadata(key("log-new.key")).is_err(), "it took its place");
}
