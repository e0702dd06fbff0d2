//! Opening a database, and refusing one that could lose what was acknowledged.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};
use xiezhi_store::StoreError;

use crate::db::{Db, failed};
use crate::lite::Writing;
use crate::statement::Statement;

/// How long a writer waits for another process that writes to the same file.
const BUSY: Duration = Duration::from_secs(30);
const READERS: u32 = 4;
/// Prepared statements a connection to SQLite keeps.
const STATEMENTS: usize = 500;
/// What each connection keeps of the file in memory, in kibibytes, as SQLite writes it.
const CACHE: &str = "-32768";
const PG_CONNECTIONS: u32 = 16;

impl Db {
    /// Opens `sqlite://path` or `postgres://…`, creating the file of the former.
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        Self::opened(url, true).await
    }

    /// Opens a database that is there.
    pub(crate) async fn open_existing(url: &str) -> Result<Self, StoreError> {
        Self::opened(url, false).await
    }

    async fn opened(url: &str, create: bool) -> Result<Self, StoreError> {
        let db = match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => open_lite(url, create).await?,
            Some("postgres" | "postgresql") => Db::Pg(open_pg(url).await?),
            _ => return Err(StoreError::Unsafe("neither sqlite:// nor postgres://".to_owned())),
        };
        db.refuse_unsafe_settings().await?;
        Ok(db)
    }

    /// Brings the tables that do not depend on a read model.
    pub(crate) async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Db::Lite { migrating, .. } => {
                let pool = lite_pool(1).connect_with(SqliteConnectOptions::clone(migrating)).await.map_err(failed)?;
                let done = sqlx::migrate!("migrations/sqlite").run(&pool).await;
                pool.close().await;
                done
            }
            Db::Pg(pool) => sqlx::migrate!("migrations/postgres").run(pool).await,
        }
        .map_err(failed)
    }

    /// Whether its tables are those of this release.
    pub(crate) async fn is_migrated(&self) -> Result<bool, StoreError> {
        let newest = match self {
            Db::Lite { .. } => sqlx::migrate!("migrations/sqlite").iter().map(|one| one.version).max(),
            Db::Pg(_) => sqlx::migrate!("migrations/postgres").iter().map(|one| one.version).max(),
        };
        let found = self.read(Statement::new("SELECT MAX(version) FROM _sqlx_migrations")).await?.pop();
        let found = found.map(|mut found| found.opt_int(0)).transpose()?.flatten();
        Ok(found.is_some() && found == newest)
    }

    async fn refuse_unsafe_settings(&self) -> Result<(), StoreError> {
        match self {
            Db::Lite { .. } => {
                self.demand("PRAGMA journal_mode", |mode| mode == "wal").await?;
                self.demand("PRAGMA synchronous", |level| level == "2").await
            }
            Db::Pg(_) => {
                self.demand("SHOW fsync", |state| state == "on").await?;
                self.demand("SHOW full_page_writes", |state| state == "on").await?;
                self.demand("SHOW synchronous_commit", |state| state != "off").await
            }
        }
    }

    async fn demand(&self, question: &str, is_safe: impl Fn(&str) -> bool) -> Result<(), StoreError> {
        let mut found = self.write(Statement::new(question)).await?;
        let answer = found.pop().map(|answer| answer.into_row()).transpose()?;
        let answer = match answer.as_deref() {
            Some([xiezhi_store::Value::Int(number)]) => number.to_string(),
            Some([xiezhi_store::Value::Text(text)]) => text.clone(),
            _ => String::new(),
        };
        if is_safe(&answer) {
            return Ok(());
        }
        Err(StoreError::Unsafe(format!("{question} answers {answer:?}")))
    }
}

async fn open_lite(url: &str, create: bool) -> Result<Db, StoreError> {
    let options = SqliteConnectOptions::from_str(url).map_err(failed)?.foreign_keys(true).busy_timeout(BUSY);
    let migrating = options
        .clone()
        .create_if_missing(create)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    // Makes the file; what is none, as a database in memory, keeps no journal of this kind.
    let mut made = migrating.connect().await.map_err(failed)?;
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut made).await.map_err(failed)?;
    made.close().await.map_err(failed)?;
    if journal != "wal" {
        return Err(StoreError::Unsafe(format!("PRAGMA journal_mode answers {journal:?}")));
    }
    let settings = [
        ("journal_mode", "WAL"),
        ("synchronous", "FULL"),
        // Pages in the log before they are brought home; that costs two syncs.
        ("wal_autocheckpoint", "8000"),
        ("foreign_keys", "ON"),
        ("recursive_triggers", "ON"),
        ("cache_size", CACHE),
        // What the law has destroyed must not stay behind on free pages.
        ("secure_delete", "ON"),
    ];
    let write = Writing::open(options.get_filename(), BUSY, STATEMENTS, &settings)?;
    let reading = options
        .read_only(true)
        .statement_cache_capacity(STATEMENTS)
        .pragma("cache_size", CACHE)
        .pragma("recursive_triggers", "ON");
    Ok(Db::Lite { write, read: lite_pool(READERS).connect_lazy_with(reading), migrating: Box::new(migrating) })
}

fn lite_pool(connections: u32) -> SqlitePoolOptions {
    // A connection to a file does not die while it is idle: it is not asked before each use.
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(BUSY)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

async fn open_pg(url: &str) -> Result<PgPool, StoreError> {
    let options = PgConnectOptions::from_str(url).map_err(failed)?.application_name("xiezhi");
    PgPoolOptions::new()
        .max_connections(PG_CONNECTIONS)
        .acquire_timeout(BUSY)
        .connect_with(options)
        .await
        .map_err(failed)
}

impl Db {
    /// Closes all connections; what was committed is in the database's own file afterwards.
    pub(crate) async fn close(&self) {
        match self {
            Db::Lite { write, read, .. } => {
                SqlitePool::close(read).await;
                write.close().await;
            }
            Db::Pg(pool) => pool.close().await,
        }
    }
}
