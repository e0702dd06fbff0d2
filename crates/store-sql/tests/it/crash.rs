//! A process that is killed at any moment loses nothing it acknowledged.
//!
//! The test runs itself as the victim: a child that writes acts and prints each number once it is
//! acknowledged. `XIEZHI_SOAK_ROUNDS` makes it longer.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use uuid::Uuid;
use xiezhi_store::{
    Column, ColumnKind, CommandKey, Commit, Cond, LogId, NewDispatch, NewEvent, RowChange, Schema, Store, Stream,
    Table, Writer,
};
use xiezhi_store_sql::SqlStore;
use xiezhi_store_sql::testing::{Postgres, TempFolder};

const SCHEMA: Schema = Schema(&[Table {
    name: "written",
    columns: &[Column { name: "id", kind: ColumnKind::Int, nullable: false }],
    key_len: 1,
    indexes: &[],
}]);
const URL: &str = "XIEZHI_CRASH_URL";
const FIRST: &str = "XIEZHI_CRASH_FIRST";
const CLIENTS: u64 = 8;
/// Acts of one client in one life; the child does not live that long.
const LIFE: u64 = 1_000_000;

fn rounds() -> u64 {
    std::env::var("XIEZHI_SOAK_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(100)
}

fn act(id: u64) -> Commit {
    let stream = Stream::new("case", id);
    let event = |place: u64| NewEvent {
        id: Uuid::from_u128(u128::from(id) * 2 + u128::from(place)),
        name: "thing.happened.v1".to_owned(),
        body: id.to_le_bytes().repeat(40),
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
        write: vec![(stream, vec![event(0), event(1)])],
        rows: vec![RowChange::Put { table: "written", row: vec![(id as i64).into()] }],
        outbox: vec![NewDispatch {
            id: Uuid::from_u128(u128::from(id)),
            channel: "message".to_owned(),
            body: vec![],
            due_us: 0,
        }],
        working: vec![],
    }
}

/// The victim. It does nothing unless the test below runs it.
#[test]
fn writes_until_it_is_killed() {
    let (Ok(url), Ok(first)) = (std::env::var(URL), std::env::var(FIRST)) else { return };
    let first: u64 = first.parse().expect("the parent gives a number");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
    runtime.block_on(async {
        let store = SqlStore::open(&url, SCHEMA).await.expect("the store can be opened");
        let writer = Writer::start(Arc::new(store));
        let clients: Vec<_> =
            (0..CLIENTS).map(|client| tokio::spawn(write_on(writer.clone(), first + client))).collect();
        for client in clients {
            client.await.expect("a client goes on");
        }
    });
}

async fn write_on(writer: Writer, first: u64) {
    for id in (first..).step_by(CLIENTS as usize).take(LIFE as usize) {
        writer.commit(act(id)).await.expect("nobody else writes here");
        println!("acknowledged {id}");
    }
}

#[tokio::test]
async fn sqlite_loses_nothing_when_its_process_is_killed() {
    let folder = TempFolder::new("crash");
    survive(&folder.sqlite_url("court.db")).await;
}

#[tokio::test]
async fn postgres_loses_nothing_when_its_client_is_killed() {
    survive(&Postgres::serving().fresh_database().await).await;
}

async fn survive(url: &str) {
    let mut acknowledged = Vec::new();
    for round in 0..rounds() {
        let mut victim = victim(url, 1 + round * CLIENTS * LIFE);
        let wanted = 5 + 13 * (round as usize % 9);
        acknowledged.extend(acknowledged_by(&mut victim, wanted));
        check(url, &acknowledged).await;
    }
}

fn victim(url: &str, first: u64) -> Child {
    Command::new(std::env::current_exe().expect("a test knows its program"))
        .args(["--exact", "crash::writes_until_it_is_killed", "--nocapture"])
        .env(URL, url)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a test can run itself")
}

/// What the victim acknowledged: it is killed after `wanted` acts, and what it said up to then counts.
fn acknowledged_by(victim: &mut Child, wanted: usize) -> Vec<u64> {
    let said = BufReader::new(victim.stdout.take().expect("its output is a pipe"));
    let mut acknowledged = Vec::new();
    for line in said.lines() {
        let line = line.expect("the victim speaks text");
        acknowledged.extend(line.rsplit_once("acknowledged ").and_then(|(_, id)| id.parse::<u64>().ok()));
        if acknowledged.len() == wanted {
            victim.kill().expect("the victim can be killed");
        }
    }
    victim.wait().expect("the victim is dead");
    assert!(acknowledged.len() >= wanted, "the victim died by itself");
    acknowledged
}

async fn check(url: &str, acknowledged: &[u64]) {
    let store = SqlStore::open(url, SCHEMA).await.expect("the store can be opened again");
    let size = store.size(LogId::RECORD).await.expect("the size can be read");
    let log = store.read_log(LogId::RECORD, 0, u64::MAX).await.expect("the log has no gaps");
    assert_eq!(log.len() as u64, size);
    let kept: std::collections::BTreeSet<_> = log.iter().map(|event| event.command).collect();
    for id in acknowledged {
        assert!(kept.contains(&Uuid::from_u128(u128::from(*id))), "act {id} was lost");
    }
    assert_eq!(size, 2 * kept.len() as u64, "every act is whole");
    let rows = store.count("written", &Cond::True).await.expect("rows can be counted");
    assert_eq!(rows, kept.len() as u64, "rows are kept with their events");
    assert!(store.rows_are_current().await.expect("it can be told"));
    store.close().await;
}
