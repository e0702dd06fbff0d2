//! The newest checkpoint in a database of its own, apart from data and backups.

use async_trait::async_trait;
use xiezhi_store::{CheckpointLock, StoreError};

use crate::db::Db;
use crate::statement::{Dialect, Statement};

/// A checkpoint lock in SQL. Give it another file than the store's; in PostgreSQL it keeps to a schema
/// of its own, and wants a database that is not restored together with the store's.
#[derive(Clone, Debug)]
pub struct SqlLock {
    db: Db,
}

impl SqlLock {
    /// Opens `sqlite://path` or `postgres://…`.
    ///
    /// # Errors
    /// [`StoreError`]: it can't be opened, or is not safe to use.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let lock = Self { db: Db::open(url).await? };
        if lock.db.dialect() == Dialect::Pg {
            lock.db.write(Statement::new("CREATE SCHEMA IF NOT EXISTS xiezhi_lock")).await?;
        }
        let create = format!(
            "CREATE TABLE IF NOT EXISTS {} (origin TEXT NOT NULL PRIMARY KEY, note TEXT NOT NULL)",
            lock.table()
        );
        lock.db.write(Statement::new(create)).await?;
        Ok(lock)
    }

    fn table(&self) -> &'static str {
        match self.db.dialect() {
            Dialect::Lite => "checkpoint_lock",
            Dialect::Pg => "xiezhi_lock.checkpoint_lock",
        }
    }
}

#[async_trait]
impl CheckpointLock for SqlLock {
    async fn load(&self, origin: &str) -> Result<Option<String>, StoreError> {
        let question = format!("SELECT note FROM {} WHERE origin = $1", self.table());
        // Asked of the writer, so that it is the newest whatever readers still look at.
        let found = self.db.write(Statement::new(question).bind(origin)).await?.pop();
        found.map(|mut found| found.text(0)).transpose()
    }

    async fn swap(&self, origin: &str, old: Option<&str>, new: &str) -> Result<bool, StoreError> {
        let table = self.table();
        let statement = match old {
            None => Statement::new(format!(
                "INSERT INTO {table} (origin, note) VALUES ($1, $2)
                 ON CONFLICT (origin) DO NOTHING RETURNING origin"
            )),
            Some(_) => {
                Statement::new(format!("UPDATE {table} SET note = $2 WHERE origin = $1 AND note = $3 RETURNING origin"))
            }
        };
        let statement = old.into_iter().fold(statement.bind(origin).bind(new), Statement::bind);
        Ok(!self.db.write(statement).await?.is_empty())
    }
}
