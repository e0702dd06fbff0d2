//! Connections and transactions of the two databases, behind one shape.

use sqlx::postgres::{PgArguments, PgPool, PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqliteConnectOptions, SqlitePool};
use sqlx::{Arguments, AssertSqlSafe, Column as _, Executor, Row as _, Transaction, TypeInfo as _};
use xiezhi_store::StoreError;

use crate::lite;
use crate::statement::{Arg, Cell, Datum, Dialect, Found, Kind, Sheet, Statement};

/// Runs a transaction again while the database asks for it, at most eight times.
macro_rules! repeating {
    ($transaction:expr) => {{
        let mut left = 8;
        loop {
            match $transaction {
                Err(why) if left > 0 && $crate::db::may_be_repeated(&why) => left -= 1,
                outcome => break outcome,
            }
        }
    }};
}
pub(crate) use repeating;

/// A database.
#[derive(Clone, Debug)]
pub(crate) enum Db {
    /// The one connection that writes, several that read, and how to open one that brings the tables.
    Lite { write: lite::Writing, read: SqlitePool, migrating: Box<SqliteConnectOptions> },
    /// Connections that do either.
    Pg(PgPool),
}

impl Db {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Db::Lite { .. } => Dialect::Lite,
            Db::Pg(_) => Dialect::Pg,
        }
    }

    /// Asks a question, again if it crossed the swap of the read model.
    pub(crate) async fn read(&self, statement: Statement) -> Result<Vec<Found>, StoreError> {
        repeating!(self.try_read(statement.clone()).await)
    }

    async fn try_read(&self, statement: Statement) -> Result<Vec<Found>, StoreError> {
        match self {
            Db::Lite { read, .. } => lite::read(read, statement).await,
            Db::Pg(pool) => on_pg(pool, statement).await,
        }
    }

    /// Runs one statement that is its own transaction.
    pub(crate) async fn write(&self, statement: Statement) -> Result<Vec<Found>, StoreError> {
        match self {
            Db::Lite { write, .. } => write.run(statement).await,
            Db::Pg(pool) => on_pg(pool, statement).await,
        }
    }

    /// Brings home what SQLite still keeps in its log, and empties that, so that nothing destroyed stays behind
    /// there; as far as no one reads an older state just now.
    pub(crate) async fn empty_journal(&self) -> Result<(), StoreError> {
        match self {
            Db::Lite { write, .. } => write.run(Statement::new("PRAGMA wal_checkpoint(TRUNCATE)")).await.map(drop),
            Db::Pg(_) => Ok(()),
        }
    }

    /// Begins a transaction that writes. On SQLite it is alone from its first statement on.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Db::Lite { write, .. } => Tx::Lite(write.begin().await?),
            Db::Pg(pool) => {
                let begin = "BEGIN ISOLATION LEVEL READ COMMITTED";
                Tx::Pg(pool.begin_with(begin).await.map_err(failed)?)
            }
        })
    }
}

impl Db {
    /// Begins a transaction that reads, and sees what it sees first until it ends.
    pub(crate) async fn begin_reading(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Db::Lite { read, .. } => Tx::Reading(read.begin().await.map_err(failed)?),
            Db::Pg(pool) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Tx::Pg(pool.begin_with(begin).await.map_err(failed)?)
            }
        })
    }
}

/// A transaction. Dropped without [`Tx::commit`], it leaves nothing.
pub(crate) enum Tx {
    Lite(lite::Tx),
    /// Of SQLite, one that only reads, all of it at one moment.
    Reading(Transaction<'static, Sqlite>),
    Pg(Transaction<'static, Postgres>),
}

impl Tx {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Tx::Lite(_) | Tx::Reading(_) => Dialect::Lite,
            Tx::Pg(_) => Dialect::Pg,
        }
    }

    pub(crate) async fn run(&mut self, statement: Statement) -> Result<Vec<Found>, StoreError> {
        match self {
            Tx::Lite(tx) => Ok(tx.run([vec![statement]]).await?.concat()),
            Tx::Reading(tx) => lite::read(&mut **tx, statement).await,
            Tx::Pg(tx) => on_pg(&mut **tx, statement).await,
        }
    }

    /// Runs the statement `text` makes of a source of rows, for all rows of the sheet.
    pub(crate) async fn run_sheet(
        &mut self,
        sheet: Sheet,
        text: impl Fn(&str) -> String,
    ) -> Result<Vec<Found>, StoreError> {
        let [found] = self.run_groups([sheet.statements(self.dialect(), text)]).await?;
        Ok(found)
    }

    /// Runs the statements of groups in order; tells what those of each group found.
    pub(crate) async fn run_groups<const N: usize>(
        &mut self,
        groups: [Vec<Statement>; N],
    ) -> Result<[Vec<Found>; N], StoreError> {
        if let Tx::Lite(tx) = self {
            return tx.run(groups).await;
        }
        let mut found = [const { Vec::new() }; N];
        for (statements, found) in groups.into_iter().zip(&mut found) {
            for statement in statements {
                found.append(&mut self.run(statement).await?);
            }
        }
        Ok(found)
    }

    /// Runs the statements of groups in order, and commits.
    pub(crate) async fn commit_with<const N: usize>(mut self, groups: [Vec<Statement>; N]) -> Result<(), StoreError> {
        if let Tx::Lite(tx) = self {
            return tx.commit_with(groups).await;
        }
        self.run_groups(groups).await?;
        self.commit().await
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Tx::Lite(tx) => tx.commit_with([]).await,
            Tx::Reading(tx) => tx.commit().await.map_err(failed),
            Tx::Pg(tx) => tx.commit().await.map_err(failed),
        }
    }
}

async fn on_pg<'c>(
    executor: impl Executor<'c, Database = Postgres>,
    statement: Statement,
) -> Result<Vec<Found>, StoreError> {
    let mut args = PgArguments::default();
    for arg in statement.args {
        match arg {
            Arg::Cell(Cell::Int(number)) => args.add(number),
            Arg::Cell(Cell::Text(text)) => args.add(text),
            Arg::Cell(Cell::Bytes(bytes)) => args.add(bytes),
            Arg::Column(Kind::Int, cells) => args.add(ints(cells)),
            Arg::Column(Kind::Text, cells) => args.add(texts(cells)),
            Arg::Column(Kind::Bytes, cells) => args.add(byte_strings(cells)),
        }
        .map_err(StoreError::Database)?;
    }
    let query = sqlx::query_with(AssertSqlSafe(statement.sql), args);
    let rows = query.fetch_all(executor).await.map_err(failed)?;
    rows.iter().map(found_on_pg).collect::<Result<_, _>>().map_err(failed)
}

fn found_on_pg(row: &PgRow) -> Result<Found, sqlx::Error> {
    let datum = |place: usize| {
        Ok(match row.column(place).type_info().name() {
            "INT8" => row.try_get::<Option<i64>, _>(place)?.map(Datum::Int),
            "BYTEA" => row.try_get::<Option<Vec<u8>>, _>(place)?.map(Datum::Bytes),
            _ => row.try_get::<Option<String>, _>(place)?.map(Datum::Text),
        })
    };
    (0..row.len()).map(datum).collect::<Result<_, _>>().map(Found)
}

fn ints(cells: Vec<Cell>) -> Vec<Option<i64>> {
    let int = |cell| if let Cell::Int(number) = cell { number } else { unreachable!("mixed kinds") };
    cells.into_iter().map(int).collect()
}

fn texts(cells: Vec<Cell>) -> Vec<Option<String>> {
    let text = |cell| if let Cell::Text(text) = cell { text } else { unreachable!("mixed kinds") };
    cells.into_iter().map(text).collect()
}

fn byte_strings(cells: Vec<Cell>) -> Vec<Option<Vec<u8>>> {
    let bytes = |cell| if let Cell::Bytes(it) = cell { it } else { unreachable!("mixed kinds") };
    cells.into_iter().map(bytes).collect()
}

/// A failure of the database as the port tells it.
pub(crate) fn failed(why: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Database(Box::new(why))
}

/// Whether the database asks to run the transaction again: it lost a race that nobody is to blame for.
pub(crate) fn may_be_repeated(why: &StoreError) -> bool {
    let StoreError::Database(why) = why else { return false };
    let code = why.downcast_ref::<sqlx::Error>().and_then(sqlx::Error::as_database_error).and_then(|why| why.code());
    // serialization_failure, deadlock_detected
    matches!(code.as_deref(), Some("40001" | "40P01"))
}
