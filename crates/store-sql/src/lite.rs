//! The one connection to SQLite that writes, on a thread of its own. Each crossing to another thread costs more than
//! what SQLite does there, so a transaction goes over twice: its beginning with what it asks, and what it writes with
//! its end. (The pool that reads would cross once for each statement and once more for each answer.)

use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Executor, Row as _, TypeInfo as _, ValueRef as _};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};
use xiezhi_store::StoreError;

use crate::db::failed;
use crate::statement::{Arg, Cell, Datum, Found, Statement};

/// It holds the one writer's lock from here on.
const BEGIN: &str = "BEGIN IMMEDIATE";
const COMMIT: &str = "COMMIT";
const ROLLBACK: &str = "ROLLBACK";

/// What statements found, group by group.
type Answer = Result<Vec<Vec<Found>>, StoreError>;

/// Statements that go over together, and where the answer goes.
struct Job {
    groups: Vec<Vec<Statement>>,
    answer: oneshot::Sender<Answer>,
}

/// The connection that writes. Clones share it; one uses it at a time. Its thread ends with the last of them.
#[derive(Clone, Debug)]
pub(crate) struct Writing(Arc<Mutex<Writer>>);

#[derive(Debug)]
struct Writer {
    /// The way to its thread; none once it is closed.
    jobs: Option<mpsc::Sender<Job>>,
    /// A transaction may be open that nobody will commit.
    left_open: bool,
    thread: Option<thread::JoinHandle<()>>,
}

impl Writing {
    /// Opens the file, which is there, with these settings of the connection.
    pub(crate) fn open(
        file: &Path,
        busy: Duration,
        kept: usize,
        settings: &[(&str, &str)],
    ) -> Result<Self, StoreError> {
        let connection = Connection::open(file).map_err(failed)?;
        connection.busy_timeout(busy).map_err(failed)?;
        connection.set_prepared_statement_cache_capacity(kept);
        for (name, value) in settings {
            connection.pragma_update(None, name, value).map_err(failed)?;
        }
        let (jobs, taken) = mpsc::channel::<Job>();
        let serve = move || {
            for job in taken {
                // Whoever went away wants no answer; what was asked is done all the same.
                let _ = job.answer.send(run(&connection, job.groups));
            }
        };
        let thread = thread::Builder::new().name("sqlite-writer".into()).spawn(serve).map_err(failed)?;
        Ok(Self(Arc::new(Mutex::new(Writer { jobs: Some(jobs), left_open: false, thread: Some(thread) }))))
    }

    /// Runs one statement that is its own transaction.
    pub(crate) async fn run(&self, statement: Statement) -> Result<Vec<Found>, StoreError> {
        let mut writer = self.0.lock().await;
        writer.clear().await?;
        Ok(writer.ask(vec![vec![statement]]).await?.pop().unwrap_or_default())
    }

    /// Begins a transaction. The others wait until it is committed or dropped.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        let mut writer = Arc::clone(&self.0).lock_owned().await;
        writer.clear().await?;
        Ok(Tx { writer: Some(writer), begun: false })
    }

    /// Closes the connection; whoever asks it afterwards is refused.
    pub(crate) async fn close(&self) {
        let mut writer = self.0.lock().await;
        writer.jobs = None;
        if let Some(thread) = writer.thread.take() {
            // It ends with its last job; one that panicked has ended.
            let _ = tokio::task::spawn_blocking(|| thread.join()).await;
        }
    }
}

impl Writer {
    async fn ask(&mut self, groups: Vec<Vec<Statement>>) -> Answer {
        let gone = || failed(sqlx::Error::PoolClosed);
        let (answer, answered) = oneshot::channel();
        self.jobs.as_ref().ok_or_else(gone)?.send(Job { groups, answer }).map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }

    /// Takes back what a transaction before left open.
    async fn clear(&mut self) -> Result<(), StoreError> {
        if self.left_open {
            // One that never began, or that SQLite took back itself, has nothing to take back.
            let _ = self.ask(vec![vec![Statement::new(ROLLBACK)]]).await;
            self.left_open = false;
        }
        Ok(())
    }
}

/// A transaction of the one writer. It begins with its first statement.
pub(crate) struct Tx {
    /// None once it has ended.
    writer: Option<OwnedMutexGuard<Writer>>,
    begun: bool,
}

impl Tx {
    /// Runs the statements of groups in order; tells what those of each group found.
    pub(crate) async fn run<const N: usize>(
        &mut self,
        groups: [Vec<Statement>; N],
    ) -> Result<[Vec<Found>; N], StoreError> {
        let mut found = self.ask(groups, None).await?.into_iter();
        Ok([(); N].map(|()| found.next().unwrap_or_default()))
    }

    /// Runs the statements of groups in order, and commits.
    pub(crate) async fn commit_with<const N: usize>(mut self, groups: [Vec<Statement>; N]) -> Result<(), StoreError> {
        self.ask(groups, Some(COMMIT)).await?;
        if let Some(mut writer) = self.writer.take() {
            writer.left_open = false;
        }
        Ok(())
    }

    /// What the groups found, in order; behind them may stand what the closing found, which is nothing.
    async fn ask<const N: usize>(&mut self, groups: [Vec<Statement>; N], closing: Option<&str>) -> Answer {
        let opening = (!self.begun).then(|| vec![Statement::new(BEGIN)]);
        let skipped = usize::from(opening.is_some());
        let closing = closing.map(|sql| vec![Statement::new(sql)]);
        let all: Vec<Vec<Statement>> = opening.into_iter().chain(groups).chain(closing).collect();
        let writer = self.writer.as_mut().expect("the transaction has not ended");
        (self.begun, writer.left_open) = (true, true);
        let mut found = writer.ask(all).await?;
        found.drain(..skipped);
        Ok(found)
    }
}

/// What was not committed is taken back at once, so that nobody waits for a lock that nobody needs; where there is
/// no runtime for it, whoever writes next does it.
impl Drop for Tx {
    fn drop(&mut self) {
        let Some(mut writer) = self.writer.take().filter(|writer| writer.left_open) else { return };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { writer.clear().await });
        }
    }
}

/// Runs what came over, up to the first failure.
fn run(connection: &Connection, groups: Vec<Vec<Statement>>) -> Answer {
    let found = |statements: Vec<Statement>| {
        let mut found = vec![];
        for statement in statements {
            one(connection, &statement, &mut found).map_err(failed)?;
        }
        Ok(found)
    };
    groups.into_iter().map(found).collect()
}

fn one(connection: &Connection, statement: &Statement, found: &mut Vec<Found>) -> rusqlite::Result<()> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    for place in 1..=prepared.parameter_count() {
        // ? goes by its order; $2 is the second, wherever it first stands.
        let named = prepared.parameter_name(place).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        match &statement.args[named.unwrap_or(place) - 1] {
            Arg::Cell(Cell::Int(number)) => prepared.raw_bind_parameter(place, number)?,
            Arg::Cell(Cell::Text(text)) => prepared.raw_bind_parameter(place, text)?,
            Arg::Cell(Cell::Bytes(bytes)) => prepared.raw_bind_parameter(place, bytes)?,
            Arg::Column(..) => unreachable!("a sheet is VALUES on SQLite"),
        }
    }
    let width = prepared.column_count();
    let mut rows = prepared.raw_query();
    while let Some(row) = rows.next()? {
        let datum = |place| {
            Ok(match row.get_ref(place)? {
                ValueRef::Null => None,
                ValueRef::Integer(number) => Some(Datum::Int(number)),
                ValueRef::Blob(bytes) => Some(Datum::Bytes(bytes.to_vec())),
                value @ (ValueRef::Text(_) | ValueRef::Real(_)) => Some(Datum::Text(value.as_str()?.to_owned())),
            })
        };
        found.push(Found((0..width).map(datum).collect::<rusqlite::Result<_>>()?));
    }
    Ok(())
}

/// Asks the pool that reads.
pub(crate) async fn read<'c>(
    executor: impl Executor<'c, Database = Sqlite>,
    statement: Statement,
) -> Result<Vec<Found>, StoreError> {
    let query = sqlx::query_with(AssertSqlSafe(statement.sql), arguments(statement.args)?);
    let rows = query.fetch_all(executor).await.map_err(failed)?;
    rows.iter().map(found).collect::<Result<_, _>>().map_err(failed)
}

fn arguments(cells: Vec<Arg>) -> Result<SqliteArguments, StoreError> {
    let mut args = SqliteArguments::default();
    for arg in cells {
        match arg {
            Arg::Cell(Cell::Int(number)) => args.add(number),
            Arg::Cell(Cell::Text(text)) => args.add(text),
            Arg::Cell(Cell::Bytes(bytes)) => args.add(bytes),
            Arg::Column(..) => unreachable!("a sheet is VALUES on SQLite"),
        }
        .map_err(StoreError::Database)?;
    }
    Ok(args)
}

fn found(row: &SqliteRow) -> Result<Found, sqlx::Error> {
    let datum = |place: usize| {
        let raw = row.try_get_raw(place)?;
        if raw.is_null() {
            return Ok(None);
        }
        Ok(Some(match raw.type_info().name() {
            "TEXT" => Datum::Text(row.try_get_unchecked(place)?),
            "BLOB" => Datum::Bytes(row.try_get_unchecked(place)?),
            _ => Datum::Int(row.try_get_unchecked(place)?),
        }))
    };
    (0..row.len()).map(datum).collect::<Result<_, _>>().map(Found)
}
