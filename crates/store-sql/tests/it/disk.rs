//! What the disk does: an act is acknowledged once it is on it, and a full one refuses without losing anything.
//!
//! The tests run themselves as the victim, as those of crashes do.

use std::collections::BTreeSet;
use std::process::{Command, Output};

use uuid::Uuid;
use xiezhi_store::{CommandKey, Commit, LogId, NewEvent, Schema, Store as _, Stream};
use xiezhi_store_sql::SqlStore;
use xiezhi_store_sql::testing::TempFolder;

const URL: &str = "XIEZHI_DISK_URL";
/// Acts that a victim writes at most.
const ACTS: u64 = 20_000;
/// What a victim may write to one file, in blocks of 1,024 bytes: a few hundred acts.
const LIMIT: &str = "2048";

fn act(id: u64) -> Commit {
    let stream = Stream::new("case", id);
    let event = NewEvent {
        id: Uuid::from_u128(u128::from(id)),
        name: "thing.happened.v1".to_owned(),
        body: id.to_le_bytes().repeat(200),
        salt: [1; 32],
        entry: vec![1; 33],
        leaf: [2; 32],
    };
    Commit {
        log: LogId::RECORD,
        command: CommandKey { id: Uuid::from_u128(u128::from(id)), hash: [0; 32] },
        actor: "clerk".to_owned(),
        at_us: 0,
        read: vec![(stream.clone(), 0)],
        write: vec![(stream, vec![event])],
        rows: vec![],
        outbox: vec![],
        working: vec![],
    }
}

/// The victim. It does nothing unless a test below runs it.
#[test]
fn writes_until_it_is_refused() {
    let (Ok(url), Ok(acts)) = (std::env::var(URL), std::env::var("XIEZHI_DISK_ACTS")) else { return };
    let acts: u64 = acts.parse().expect("the parent gives a number");
    let first: u64 = std::env::var("XIEZHI_DISK_FIRST").map_or(1, |text| text.parse().expect("a number"));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
    runtime.block_on(async {
        let store = SqlStore::open(&url, Schema(&[])).await.expect("the store can be opened");
        for id in first..first + acts {
            match store.commit(&[act(id)]).await {
                Ok(_) => println!("acknowledged {id}"),
                Err(fault) => {
                    println!("refused {id}: {fault:?}");
                    assert!(store.size(LogId::RECORD).await.is_ok(), "what is there can be read");
                    return;
                }
            }
        }
    });
}

fn victim(command: &mut Command, url: &str, acts: u64) -> Output {
    command.env(URL, url).env("XIEZHI_DISK_ACTS", acts.to_string()).output().expect("a test can run itself")
}

fn program() -> String {
    std::env::current_exe().expect("a test knows its program").to_str().expect("a path of text").to_owned()
}

const ITSELF: [&str; 3] = ["--exact", "disk::writes_until_it_is_refused", "--nocapture"];

fn acknowledged(told: &str) -> BTreeSet<u64> {
    told.lines().filter_map(|line| line.rsplit_once("acknowledged ")?.1.parse().ok()).collect()
}

#[tokio::test]
async fn a_full_disk_refuses_an_act_and_loses_none() {
    let folder = TempFolder::new("full");
    let url = folder.sqlite_url("court.db");
    let limited = format!("ulimit -f {LIMIT}; trap '' XFSZ; exec \"$0\" \"$@\"");
    let answer = victim(Command::new("bash").arg("-c").arg(&limited).arg(program()).args(ITSELF), &url, ACTS);
    let told = String::from_utf8_lossy(&answer.stdout).into_owned();
    let kept = acknowledged(&told);
    assert!(told.contains("refused ") && kept.len() > 50, "{told}{}", String::from_utf8_lossy(&answer.stderr));

    // There is room again.
    all_are_there_and_acts_go_on(&url, &kept).await;
}

/// Every acknowledged act is there, nothing else but perhaps one whose answer was lost, and the next is kept.
async fn all_are_there_and_acts_go_on(url: &str, kept: &BTreeSet<u64>) {
    let store = SqlStore::open(url, Schema(&[])).await.expect("the store can be opened again");
    let log = store.read_log(LogId::RECORD, 0, u64::MAX).await.expect("the log has no gaps");
    let found: BTreeSet<u64> = log.iter().map(|event| event.command.as_u128() as u64).collect();
    assert!(kept.is_subset(&found), "acknowledged acts were lost");
    assert!(found.len() <= kept.len() + 1, "what was refused is not there, but perhaps the one whose answer was lost");
    let next = kept.last().expect("some were kept") + 100;
    assert!(store.commit(&[act(next)]).await.expect("it is kept")[0].is_ok());
    store.close().await;
}

/// Runs the victim while the kernel does to its calls what `inject` says; none where nobody can look on.
fn disturbed(inject: &str, url: &str, acts: u64) -> Option<String> {
    if !may_trace() {
        return None;
    }
    let traced = ["-f", "-o", "/dev/null", "-e", "trace=fdatasync,pwrite64", "-e", inject];
    let answer = victim(Command::new("strace").args(traced).arg(program()).args(ITSELF), url, acts);
    Some(String::from_utf8_lossy(&answer.stdout).into_owned())
}

fn may_trace() -> bool {
    let may = Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success());
    if !may {
        eprintln!("no strace here: not looked at");
    }
    may
}

/// A file system that fails turns itself read-only under a running court.
#[tokio::test]
async fn a_disk_that_turns_read_only_refuses_an_act_and_loses_none() {
    let folder = TempFolder::new("turned");
    let url = folder.sqlite_url("court.db");
    let Some(told) = disturbed("inject=pwrite64:error=EROFS:when=400+", &url, ACTS) else { return };
    let kept = acknowledged(&told);
    assert!(told.contains("refused ") && kept.len() > 20, "{told}");
    all_are_there_and_acts_go_on(&url, &kept).await;
}

/// After a failed sync nobody knows what is on the disk: the act is not acknowledged.
#[tokio::test]
async fn an_act_whose_sync_fails_is_refused() {
    let folder = TempFolder::new("unsynced");
    let url = folder.sqlite_url("court.db");
    let Some(told) = disturbed("inject=fdatasync:error=EIO:when=30", &url, ACTS) else { return };
    let kept = acknowledged(&told);
    assert!(told.contains("refused ") && kept.len() > 10 && kept.len() < 30, "{told}");
    all_are_there_and_acts_go_on(&url, &kept).await;
}

/// Nothing is given up because it takes long.
#[tokio::test]
async fn on_a_slow_disk_acts_wait_and_none_is_lost() {
    let folder = TempFolder::new("slow");
    let url = folder.sqlite_url("court.db");
    let Some(told) = disturbed("inject=fdatasync:delay_enter=100000", &url, 12) else { return };
    let kept = acknowledged(&told);
    assert_eq!(kept.len(), 12, "{told}");
    all_are_there_and_acts_go_on(&url, &kept).await;
}

/// The folder lies on a file system that is mounted read-only. What an earlier process left decides whether the store
/// can be opened for reading at all (its shared memory may be gone); in neither case is a new act acknowledged.
#[test]
fn a_court_on_a_read_only_mount_acknowledges_nothing_and_loses_nothing() {
    let folder = TempFolder::new("mounted");
    let url = folder.sqlite_url("court.db");
    // In a mount table of its own, so that nobody else sees it and it goes away with the last process.
    let script = "set -e; mount -t tmpfs none \"$DIR\"; \"$0\" \"$@\"; mount -o remount,ro \"$DIR\"; \
                  XIEZHI_DISK_FIRST=50 \"$0\" \"$@\" || true; \
                  mount -o remount,rw \"$DIR\"; export XIEZHI_DISK_FIRST=100; \"$0\" \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["-rm", "bash", "-c", script]).arg(program()).args(ITSELF).env("DIR", folder.path());
    let answer = victim(&mut command, &url, 12);
    let told = String::from_utf8_lossy(&answer.stdout).into_owned();
    if told.is_empty() {
        eprintln!("nothing can be mounted here: not looked at");
        return;
    }
    let while_read_only = told.split("running 1 test").nth(2).expect("it was tried while nothing could be written");
    assert!(while_read_only.contains("FAILED") || while_read_only.contains("refused 50"), "{told}");
    assert_eq!(acknowledged(&told), (1..=12).chain(100..112).collect(), "{told}");
}

/// Between two acknowledgements the write-ahead log is synchronised: seen from outside.
#[test]
fn an_act_is_synchronised_before_it_is_acknowledged() {
    let folder = TempFolder::new("synchronised");
    let trace = folder.path().join("trace");
    let traced = ["-f", "-e", "trace=fsync,fdatasync,write", "-o", trace.to_str().expect("a path of text")];
    if !may_trace() {
        return;
    }
    let url = folder.sqlite_url("court.db");
    let answer = victim(Command::new("strace").args(traced).arg(program()).args(ITSELF), &url, 12);
    assert_eq!(acknowledged(&String::from_utf8_lossy(&answer.stdout)).len(), 12);

    let trace = std::fs::read_to_string(trace).expect("the trace was written");
    let (mut synchronised, mut seen) = (false, 0);
    for line in trace.lines() {
        if (line.contains("fdatasync(") || line.contains("fsync(") || line.contains("sync resumed"))
            && line.ends_with("= 0")
        {
            synchronised = true;
        }
        if line.contains("acknowledged ") {
            assert!(synchronised, "an act was acknowledged before it was on the disk: {line}");
            (synchronised, seen) = (false, seen + 1);
        }
    }
    assert_eq!(seen, 12, "every acknowledgement was seen");
}
