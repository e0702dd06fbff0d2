//! PostgreSQL falls over in the middle of commits and recovers, or another takes its place, and nothing acknowledged is
//! missing or there twice. In a binary of its own: the servers are these tests' alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use sqlx::{Connection as _, PgConnection};
use tokio::task::JoinSet;
use uuid::Uuid;
use xiezhi_store::{CommandKey, Commit, LogId, NewEvent, Schema, Store, Stream, Writer};
use xiezhi_store_sql::SqlStore;
use xiezhi_store_sql::testing::{Pair, Postgres};

const CLIENTS: u64 = 8;
/// How often the server falls over at least, and how often at most until an act was under way when it did.
const FALLS: u32 = 3;
const MOST_FALLS: u32 = 100;
/// How long everyone acts between two falls.
const BETWEEN: Duration = Duration::from_millis(60);

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

/// People who act until they are told to stop.
struct Clients {
    acting: JoinSet<u64>,
    stop: Arc<AtomicBool>,
    unanswered: Arc<AtomicU32>,
}

impl Clients {
    fn begin(store: &Arc<SqlStore>) -> Self {
        let writer = Writer::start(store.clone());
        let (stop, unanswered) = (Arc::<AtomicBool>::default(), Arc::<AtomicU32>::default());
        let mut acting = JoinSet::new();
        for client in 1..=CLIENTS {
            acting.spawn(insists(writer.clone(), client, stop.clone(), unanswered.clone()));
        }
        Self { acting, stop, unanswered }
    }

    fn some_got_no_answer(&self) -> bool {
        self.unanswered.load(Ordering::SeqCst) > 0
    }

    /// Lets everyone end. Each act was acknowledged in the end: each is there once, and whole.
    async fn all_are_there_once(self, store: &SqlStore) {
        self.stop.store(true, Ordering::SeqCst);
        let acts: u64 = self.acting.join_all().await.into_iter().sum();
        let log = store.read_log(LogId::RECORD, 0, u64::MAX).await.expect("the log has no gaps");
        let mut commands: Vec<Uuid> = log.iter().map(|event| event.command).collect();
        commands.dedup();
        assert_eq!((log.len() as u64, commands.len() as u64), (2 * acts, acts), "each once, and whole");
        commands.sort();
        commands.dedup();
        assert_eq!(commands.len() as u64, acts);
    }
}

/// Whoever gets no answer sends the same command again: once the server is back, it tells what became of it.
async fn insists(writer: Writer, first: u64, stop: Arc<AtomicBool>, unanswered: Arc<AtomicU32>) -> u64 {
    let mut acts = 0;
    for id in (first..).step_by(CLIENTS as usize) {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        while let Err(fault) = writer.commit(act(id)).await {
            assert!(matches!(fault, xiezhi_store::WriteError::Store(_)), "{fault:?}");
            assert!(unanswered.fetch_add(1, Ordering::SeqCst) < 100_000, "the server comes back");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        acts += 1;
    }
    acts
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
    let clients = Clients::begin(&store);
    let mut falls = 0;
    while falls < FALLS || !clients.some_got_no_answer() {
        assert!(falls < MOST_FALLS, "no act was under way whenever the server fell over");
        tokio::time::sleep(BETWEEN).await;
        falls_over(&url).await;
        falls += 1;
    }
    clients.all_are_there_once(&store).await;
}

/// The first server is gone for good with whatever it alone had; what was acknowledged is on the second.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn acts_go_on_when_the_standby_takes_the_place_of_the_server() {
    let pair = Pair::start().await;
    let store = Arc::new(SqlStore::open(&pair.url(), Schema(&[])).await.expect("the store can be opened"));
    let clients = Clients::begin(&store);
    tokio::time::sleep(BETWEEN).await;
    pair.fail_over().await;
    let before = store.size(LogId::RECORD).await.expect("the second answers");
    while store.size(LogId::RECORD).await.expect("the second answers") == before {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    clients.all_are_there_once(&store).await;
}
