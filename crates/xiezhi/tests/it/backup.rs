//! Backup and restore as they are run: beside a court that is open, and into another kind of installation.

use std::{
    fs,
    net::TcpStream,
    process::{Child, Output, Stdio},
    time::Duration,
};

use xiezhi_store_sql::testing::Postgres;

use super::{Folder, run, s3, said, xiezhi};

/// A configuration of the demonstration's court: its keys and its copy of the checkpoint, its data in `data`.
fn court(folder: &Folder, data: &str, more: &str) -> String {
    let text = said(&run(&["config"]).stdout)
        .replace("/var/lib/xiezhi/data/court.sqlite", &folder.path(&format!("{data}/court.sqlite")))
        .replace("/var/lib/xiezhi/data", &folder.path(data))
        .replace("/var/lib/xiezhi-keys", &folder.path("demo-keys"))
        .replace("/var/lib/xiezhi-checkpoint", &folder.path("demo-checkpoint"))
        .replace("identity = \"none\"", "identity = \"demonstration\"")
        .replace("log = \"json\"", "log = \"text\"")
        .replace("court.example/log", "demo.xiezhi.example");
    folder.write(&format!("{data}.toml"), &format!("{text}\n{more}"))
}

fn succeeded(answer: &Output) -> String {
    assert!(answer.status.success(), "{}{}", said(&answer.stdout), said(&answer.stderr));
    said(&answer.stdout)
}

fn load(folder: &Folder) {
    succeeded(&run(&["demo", "--load-only", "--no-open", "--data", &folder.path("demo")]));
}

/// A court that is open; closed properly by [`Open::close`], killed when it is dropped before.
struct Open(Child);

impl Open {
    fn begin(folder: &Folder, port: u16) -> Self {
        let listen = format!("127.0.0.1:{port}");
        let mut process = xiezhi()
            .args(["demo", "--no-open", "--data", &folder.path("demo"), "--listen", &listen])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        while TcpStream::connect(&listen).is_err() {
            assert!(process.try_wait().expect("it can be asked").is_none(), "it goes on");
            std::thread::sleep(Duration::from_millis(50));
        }
        Self(process)
    }

    fn close(mut self) {
        let told = std::process::Command::new("kill").arg(self.0.id().to_string()).status();
        assert!(told.expect("kill runs").success());
        assert!(self.0.wait().expect("it ends").success());
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn backup(folder: &Folder, config: &str) -> String {
    succeeded(&run(&["backup", "--config", config, "--to", &folder.path("backups")]))
}

fn sound(config: &str) {
    let audited = succeeded(&run(&["audit", "--config", config]));
    assert!(audited.contains("\"differences\": []"), "{audited}");
}

/// One court for all of it: to load one takes most of the time.
#[test]
fn a_court_is_backed_up_while_it_is_open_and_moves_to_postgres_and_s3() {
    let folder = Folder::new("move");
    load(&folder);
    let old = court(&folder, "demo", "");
    assert!(backup(&folder, &old).starts_with("backup 1: "));
    let open = Open::begin(&folder, 18_471);
    let second = backup(&folder, &old);
    assert!(second.starts_with("backup 2: "), "{second}");
    a_second_court_does_not_start_on_the_same_folder(&old);
    std::thread::sleep(Duration::from_secs(2));
    open.close();
    let last = backup(&folder, &old);
    assert!(last.starts_with("backup 3: "), "{last}");
    let checked = succeeded(&run(&["backup", "--config", &old, "--to", &folder.path("backups"), "--check"]));
    assert!(checked.contains(" 0 missing or changed"), "{checked}");

    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let database = runtime.block_on(Postgres::serving().fresh_database());
    fs::create_dir_all(folder.path("s3/files")).expect("a bucket");
    let endpoint = runtime.block_on(s3::serve(folder.path("s3").as_ref()));
    let new = court(&folder, "moved", &s3::settings(&endpoint));
    let text = fs::read_to_string(&new).expect("it was written");
    let sqlite = format!("sqlite://{}", folder.path("moved/court.sqlite"));
    fs::write(&new, text.replace(&sqlite, &database)).expect("it is written");

    let restored = run(&["restore", "--config", &new, "--from", &folder.path("backups")]);
    let told = succeeded(&restored);
    assert!(told.contains("\"differences\": []") && !told.contains("\"code\""), "{told}");
    assert!(said(&restored.stderr).contains("signing goes on"), "{}", said(&restored.stderr));
    let again = run(&["restore", "--config", &new, "--from", &folder.path("backups")]);
    assert!(said(&again.stderr).contains("is not empty"), "{}", said(&again.stderr));
    // And back again, from there.
    let back = folder.path("backups-of-moved");
    succeeded(&run(&["backup", "--config", &new, "--to", &back]));
    let home = court(&folder, "home", "");
    succeeded(&run(&["restore", "--config", &home, "--from", &back]));
    sound(&home);
    a_backup_older_than_what_witnesses_saw_is_not_signed_and_says_so(&folder);
}

/// One process works in a data folder; a backup only looks at it.
fn a_second_court_does_not_start_on_the_same_folder(config: &str) {
    let refused = run(&["audit", "--config", config]);
    assert!(said(&refused.stderr).contains("is in use by another xiezhi"), "{}", said(&refused.stderr));
}

/// The copy of the checkpoint is lost with the disk; the witnesses are somewhere else.
fn a_backup_older_than_what_witnesses_saw_is_not_signed_and_says_so(folder: &Folder) {
    let lost = court(folder, "lost", "");
    for file in fs::read_dir(folder.path("demo-checkpoint")).expect("it is there").flatten() {
        if file.path().is_file() {
            fs::remove_file(file.path()).expect("the copy is lost");
        }
    }

    let answer = run(&["restore", "--config", &lost, "--from", &folder.path("backups"), "--number", "1"]);

    let told = said(&answer.stdout);
    assert!(!answer.status.success(), "{told}");
    assert!(told.contains("\"recorder.rolled_back\""), "{told}");
    assert!(said(&answer.stderr).contains("NOTHING IS SIGNED"), "{}", said(&answer.stderr));
    assert!(said(&answer.stderr).contains("new-origin"), "{}", said(&answer.stderr));
}

#[test]
fn a_restore_without_the_keys_is_refused() {
    let folder = Folder::new("no-keys");
    let config = court(&folder, "demo", "");
    let answer = run(&["restore", "--config", &config, "--from", &folder.path("backups")]);
    assert!(said(&answer.stderr).contains("keys"), "{}", said(&answer.stderr));
    assert!(fs::metadata(folder.path("demo-keys")).is_err(), "none were made");
}

#[test]
fn help_tells_what_a_backup_holds_and_what_it_does_not() {
    let help = said(&run(&["backup", "--help"]).stdout);
    assert!(help.contains("example:") && help.contains("Keys are not in it"), "{help}");
    let help = said(&run(&["restore", "--help"]).stdout);
    assert!(help.contains("example:") && help.contains("witnesses"), "{help}");
}
