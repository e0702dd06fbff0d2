//! PostgreSQL falls over in the middle of commits, recovers, and nothing acknowledged is missing or there twice. In a
//! binary of its own: the server is this test's alone.

use std::sync::Arc;
use std::time::Duration;

use sqlx::{Connection as _, PgConnection};
use tokio::task::JoinSet;
use uuid::Uuid;
use xiezhi_store::{CommandKey, Commit, LogId, NewEvent, Schema, Store, Stream, Writer};
use xiezhi_store_sql::SqlStore;
use xiezhi_store_sql::testing::Postgres;

const CLIENTS: u64 = 8;
/// Acts of each client.
const ACTS: u64 = 60;
/// How often the server falls over.
const FALLS: u32 = 3;

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
        rows: vec![],
        outbox: vec![],
        working: vec![],
    }
}

/// Whoever gets no answer sends the same command again: once the server is back, it tells what became of it.
async fn insists(writer: Writer, first: u64) -> u32 {
    let mut unanswered = 0;
    for id in (first..).step_by(CLIENTS as usize).take(ACTS as usize) {
        while let Err(fault) = writer.commit(act(id)).await {
            assert!(matches!(fault, xiezhi_store::WriteError::Store(_)), "{fault:?}");
            unanswered += 1;
            assert!(unanswered < 10_000, "the server comes back");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    unanswered
}

/// Kills the process that serves one of the court's connections: the server then ends all of them and recovers from
/// its log, as after a power cut.
async fn falls_over(url: &str) {
    loop {
        if let Ok(mut past) = PgConnection::connect(url).await {
            let question =
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'xiezhi' AND state <> 'idle' LIMIT 1";
            if let Ok(Some(pid)) = sqlx::query_scalar::<_, i32>(question).fetch_optional(&mut past).await {
                let killed = std::process::Command::new("kill").args(["-9", &pid.to_string()]).status();
                if killed.is_ok_and(|status| status.success()) {
                    return;
                }
            }
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn acts_go_on_when_the_server_falls_over_in_the_middle_of_them() {
    let url = Postgres::serving().fresh_database().await;
    let store = Arc::new(SqlStore::open(&url, Schema(&[])).await.expect("the store can be opened"));
    let writer = Writer::start(store.clone());
    let mut clients = JoinSet::new();
    for client in 1..=CLIENTS {
        clients.spawn(insists(writer.clone(), client));
    }
    for _ in 0..FALLS {
        tokio::time::sleep(Duration::from_millis(60)).await;
        falls_over(&url).await;
    }
    let unanswered: u32 = clients.join_all().await.into_iter().sum();
    assert!(unanswered > 0, "some act was under way when the server fell over");

    let log = store.read_log(LogId::RECORD, 0, u64::MAX).await.expect("the log has no gaps");
    let mut commands: Vec<Uuid> = log.iter().map(|event| event.command).collect();
    commands.dedup();
    let all = (CLIENTS * ACTS) as usize;
    assert_eq!((log.len(), commands.len()), (2 * all, all), "each once, and whole");
    commands.sort();
    commands.dedup();
    assert_eq!(commands.len(), all);
}
