//! Whoever reaches the database past the program can't change an event by accident.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, SqliteConnection};
use uuid::Uuid;
use xiezhi_store::{CommandKey, Commit, LogId, NewEvent, Schema, Store as _, Stream};
use xiezhi_store_sql::SqlStore;
use xiezhi_store_sql::testing::{Postgres, TempFolder};

/// Statements that must fail in both databases.
const ATTACKS: [&str; 7] = [
    "UPDATE event SET actor = 'someone else'",
    "UPDATE event SET body = NULL",
    "UPDATE event SET body = NULL, salt = NULL",
    "UPDATE event SET pos = pos + 1",
    "UPDATE event SET leaf = entry",
    "DELETE FROM event",
    "DELETE FROM event WHERE pos = 1",
];

/// What the guard of a lawful destruction does not let through either.
const ATTACKS_WITH_GUARD_OPEN: [&str; 3] = [
    "UPDATE event SET body = NULL, salt = NULL, actor = 'someone else' WHERE stream = 'case/1'",
    "UPDATE event SET body = NULL, salt = NULL WHERE stream = 'case/2'",
    "DELETE FROM event WHERE stream = 'case/1'",
];

const OPEN_GUARD: &str = "INSERT INTO destruction (log_id, stream) VALUES (1, 'case/1')";

const REPLACE: &str = "INSERT OR REPLACE INTO event
    SELECT log_id, pos, event_id, stream, rev, name, at_us, 'someone else', cmd_id, body, salt,
    entry, leaf FROM event";

/// Goes to a free position, but would push out an event with the same id.
const REPLACE_BY_ID: &str = "INSERT OR REPLACE INTO event
    SELECT log_id, 2, event_id, stream, rev + 9, name, at_us, actor, cmd_id, body, salt,
    entry, leaf FROM event WHERE pos = 1";

async fn fill(store: &SqlStore) {
    let event = |id| NewEvent {
        id: Uuid::from_u128(id),
        name: "thing.happened.v1".to_owned(),
        body: vec![1],
        salt: [2; 32],
        entry: vec![1, 2],
        leaf: [3; 32],
    };
    let streams = [Stream::new("case", 1), Stream::new("case", 2)];
    let act = Commit {
        log: LogId::RECORD,
        command: CommandKey { id: Uuid::from_u128(1), hash: [0; 32] },
        actor: "clerk".to_owned(),
        at_us: 0,
        read: streams.iter().map(|stream| (stream.clone(), 0)).collect(),
        write: streams.into_iter().zip([vec![event(1)], vec![event(2)]]).collect(),
        rows: vec![],
        outbox: vec![],
        working: vec![],
    };
    let answers = store.commit(&[act]).await.expect("the store works");
    assert!(answers[0].is_ok());
}

fn told(outcome: Result<impl std::fmt::Debug, sqlx::Error>, attack: &str) -> String {
    match outcome {
        Err(sqlx::Error::Database(why)) => why.message().to_owned(),
        outcome => panic!("{attack}: {outcome:?}"),
    }
}

fn is_refusal(message: &str) -> bool {
    ["never changed", "never deleted", "to the end of its log"].iter().any(|refusal| message.contains(refusal))
}

#[tokio::test]
async fn an_event_in_sqlite_stays_as_it_is() {
    let folder = TempFolder::new("immutable");
    let url = folder.sqlite_url("court.db");
    let store = SqlStore::open(&url, Schema(&[])).await.expect("the store can be opened");
    fill(&store).await;
    let before = store.read_log(LogId::RECORD, 0, 10).await.expect("the log can be read");
    let options: SqliteConnectOptions = url.parse().expect("the URL is one of ours");
    let options = options.pragma("recursive_triggers", "ON");
    let mut past = options.connect().await.expect("the file can be opened");

    for attack in ATTACKS.into_iter().chain([REPLACE, REPLACE_BY_ID]) {
        let message = told(sqlx::query(attack).execute(&mut past).await, attack);
        assert!(is_refusal(&message), "{attack}: {message}");
    }
    for attack in ATTACKS_WITH_GUARD_OPEN {
        let message = lite_with_guard_open(&mut past, attack).await;
        assert!(is_refusal(&message), "{attack}: {message}");
    }

    let after = store.read_log(LogId::RECORD, 0, 10).await.expect("the log can be read");
    assert_eq!(before, after);
}

async fn lite_with_guard_open(past: &mut SqliteConnection, attack: &'static str) -> String {
    let mut tx = past.begin().await.expect("a transaction begins");
    sqlx::query(OPEN_GUARD).execute(&mut *tx).await.expect("the guard opens");
    told(sqlx::query(attack).execute(&mut *tx).await, attack)
}

#[tokio::test]
async fn an_event_in_postgres_stays_as_it_is() {
    let url = Postgres::serving().fresh_database().await;
    let store = SqlStore::open(&url, Schema(&[])).await.expect("the store can be opened");
    fill(&store).await;
    let before = store.read_log(LogId::RECORD, 0, 10).await.expect("the log can be read");
    let mut past = PgConnection::connect(&url).await.expect("the server answers");

    for attack in ATTACKS.into_iter().chain(["TRUNCATE event", "TRUNCATE event CASCADE"]) {
        let message = told(sqlx::query(attack).execute(&mut past).await, attack);
        assert!(is_refusal(&message), "{attack}: {message}");
    }
    for attack in ATTACKS_WITH_GUARD_OPEN {
        let message = pg_with_guard_open(&mut past, attack).await;
        assert!(is_refusal(&message), "{attack}: {message}");
    }

    let after = store.read_log(LogId::RECORD, 0, 10).await.expect("the log can be read");
    assert_eq!(before, after);
}

async fn pg_with_guard_open(past: &mut PgConnection, attack: &'static str) -> String {
    let mut tx = past.begin().await.expect("a transaction begins");
    sqlx::query(OPEN_GUARD).execute(&mut *tx).await.expect("the guard opens");
    told(sqlx::query(attack).execute(&mut *tx).await, attack)
}
