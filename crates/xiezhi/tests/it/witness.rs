//! The witness as it is started: its key, its answers, and what a `kill -9` leaves.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Stdio},
};

use xiezhi_ledger::{
    AddCheckpoint, Checkpoint, Hash, KeyName, MemoryTree, Opening, SigningKey, VerifierKey, consistency,
    witness::{cosignature, monitoring_path},
};

use super::{Folder, run, said, xiezhi};

fn court() -> SigningKey {
    SigningKey::from_seed(KeyName::new("court.example/record").expect("a name"), &[7; 32])
}

fn request(old_size: u64, size: u64) -> AddCheckpoint {
    let entry = |index: u64| Opening { event_id: [1; 16], salt: [2; 32] }.commit(&index.to_be_bytes());
    let tree: MemoryTree = (0..size).map(entry).collect();
    let proof: Vec<Hash> = consistency::prove(old_size, size, &tree).expect("the tree has every node");
    let checkpoint = Checkpoint { origin: court().verifier().name().clone(), size, root: tree.root() };
    AddCheckpoint { old_size, proof, checkpoint: checkpoint.sign(&court()).expect("its own log") }
}

/// A witness that runs; killed, not stopped, when it is dropped.
struct Running {
    process: Child,
    key: VerifierKey,
    line: String,
    port: u16,
}

impl Running {
    fn start(folder: &Folder, port: u16) -> Self {
        Self::start_with(folder, port, "")
    }

    fn start_with(folder: &Folder, port: u16, more: &str) -> Self {
        let config = format!(
            "listen = \"127.0.0.1:{port}\"\nname = \"bar.example/witness\"\nurl = \"http://127.0.0.1:{port}\"\n\
             memory = \"{}\"\nkey = \"{}\"\nlogs = [\"{}\"]\n{more}",
            folder.path("memory"),
            folder.path("keys/witness.key"),
            court().verifier()
        );
        let config = folder.write("witness.toml", &config);
        let mut process = xiezhi()
            .args(["witness", "--config", &config])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut told = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let mut line = || told.next().expect("two lines").expect("text");
        let (key, line) = (line().parse().expect("a key"), line());
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(process.try_wait().expect("it can be asked").is_none(), "it goes on");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        Self { process, key, line, port }
    }

    /// Status and body of an answer; nothing when it was cut off.
    fn try_ask(&self, method: &str, path: &str, body: &str) -> std::io::Result<Option<(u16, String)>> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let head = format!("{method} /{path} HTTP/1.1\r\nhost: bar\r\nconnection: close\r\n");
        let request = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let Some((head, body)) = answer.split_once("\r\n\r\n") else { return Ok(None) };
        Ok(head.split(' ').nth(1).and_then(|status| status.parse().ok()).map(|status| (status, body.to_owned())))
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        self.try_ask(method, path, body).expect("it listens").expect("it answers")
    }

    fn add(&self, old_size: u64, size: u64) -> (u16, String) {
        self.ask("POST", "add-checkpoint", &request(old_size, size).to_string())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it ends");
    }
}

#[test]
fn a_witness_prints_its_line_cosigns_and_forgets_nothing_when_killed() {
    let folder = Folder::new("witness");
    let first = Running::start(&folder, 18_193);
    assert_eq!(first.line, format!("witness bar.example {} http://127.0.0.1:18193", first.key));
    let (status, line) = first.add(0, 5);
    assert_eq!(status, 200, "{line}");
    cosignature(&line, &first.key, &request(0, 5).checkpoint).expect("it is good");
    drop(first);

    let again = Running::start(&folder, 18_193);
    assert_eq!(again.add(0, 7), (409, "5\n".to_owned()));
    assert_eq!(again.add(5, 7).0, 200);
    let place = monitoring_path(court().verifier().name());
    let (status, shown) = again.ask("GET", &place, "");
    assert!(status == 200 && shown.starts_with("court.example/record\n7\n"), "{shown}");
}

#[test]
fn a_witness_changes_its_key_and_both_cosign_meanwhile() {
    let folder = Folder::new("witness-keys");
    let first = Running::start(&folder, 18_196);
    let before = first.key.clone();
    assert_eq!(first.add(0, 5).0, 200);
    drop(first);
    fs::rename(folder.path("keys/witness.key"), folder.path("keys/before.key")).expect("it was made");
    let also = format!("also_key = \"{}\"\n", folder.path("keys/before.key"));

    let both = Running::start_with(&folder, 18_196, &also);

    assert_ne!(both.key, before, "a new key was made");
    let (status, lines) = both.add(5, 7);
    assert_eq!(status, 200, "it remembers what was cosigned: {lines}");
    for key in [&both.key, &before] {
        cosignature(&lines, key, &request(5, 7).checkpoint).expect("each cosigned");
    }
}

#[test]
fn killed_again_and_again_it_never_cosigns_what_it_forgot() {
    let folder = Folder::new("witness-killed");
    let mut cosigned = 0;
    for round in 0..6_u64 {
        let witness = Running::start(&folder, 18_194);
        // The court asks on and on; the kill comes somewhere between its requests and their answers.
        let process = witness.process.id();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(3 + 7 * round));
            let status = std::process::Command::new("kill").args(["-9", &process.to_string()]).status();
            assert!(status.expect("kill runs").success());
        });
        let mut known = cosigned;
        let ask = |known| witness.try_ask("POST", "add-checkpoint", &request(known, known + 1).to_string());
        while let Ok(Some((status, body))) = ask(known) {
            match status {
                200 => (known, cosigned) = (known + 1, known + 1),
                // It was kept, and the answer was cut off: the court hears so.
                409 => known = body.trim().parse().expect("a size"),
                other => panic!("{other} {body}"),
            }
            assert!(known >= cosigned, "what was cosigned is never forgotten");
        }
        killer.join().expect("the killer ends");
    }
    assert!(cosigned > 0, "some answers came through");
}

#[test]
fn a_missing_configuration_and_help_tell_the_way() {
    let told = said(&run(&["witness", "--config", "nowhere.toml"]).stderr);
    assert!(told.contains("xiezhi witness --print-config >"), "{told}");
    let printed = said(&run(&["witness", "--print-config"]).stdout);
    assert!(printed.contains("memory =") && printed.contains("logs = ["), "{printed}");
    let help = said(&run(&["witness", "--help"]).stdout);
    assert!(help.contains("example:") && help.contains("quorum"), "{help}");
    assert!(fs::metadata("witness.toml").is_err(), "nothing was written");
}
