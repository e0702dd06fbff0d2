//! Leases and checkpoints in SQL.

use xiezhi_store::{Lease, LogId, Pos, StoreError};

use crate::db::Db;
use crate::statement::{Statement, as_int};

/// Takes or renews a lease. The epoch grows with every change of holder.
pub(crate) async fn take(
    db: &Db,
    name: &str,
    holder: &str,
    now_us: i64,
    until_us: i64,
) -> Result<Option<Lease>, StoreError> {
    let statement = Statement::new(
        "INSERT INTO lease (name, holder, epoch, until_us) VALUES ($1, $2, 1, $4)
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_us = excluded.until_us,
         epoch = lease.epoch + CASE WHEN lease.holder = excluded.holder THEN 0 ELSE 1 END
         WHERE lease.holder = excluded.holder OR lease.until_us <= $3 RETURNING epoch",
    );
    let statement = statement.bind(name).bind(holder).bind(now_us).bind(until_us);
    let Some(mut found) = db.write(statement).await?.pop() else { return Ok(None) };
    let epoch = found.count(0)?;
    Ok(Some(Lease { name: name.to_owned(), holder: holder.to_owned(), epoch }))
}

/// Keeps a checkpoint; a later note of the same size, with more signatures, takes its place.
pub(crate) async fn put_checkpoint(db: &Db, log: LogId, size: Pos, note: &str) -> Result<(), StoreError> {
    let statement = Statement::new(
        "INSERT INTO checkpoint (log_id, size, note) VALUES ($1, $2, $3)
         ON CONFLICT (log_id, size) DO UPDATE SET note = excluded.note",
    );
    db.write(statement.bind(log.0).bind(as_int(size)?).bind(note)).await.map(drop)
}

/// The checkpoint with the largest size.
pub(crate) async fn checkpoint(db: &Db, log: LogId) -> Result<Option<(Pos, String)>, StoreError> {
    let question = Statement::new("SELECT size, note FROM checkpoint WHERE log_id = $1 ORDER BY size DESC LIMIT 1");
    let Some(mut found) = db.read(question.bind(log.0)).await?.pop() else { return Ok(None) };
    Ok(Some((found.count(0)?, found.text(1)?)))
}

/// Keeps a checkpoint that enough witnesses cosigned, unless a larger one is kept.
pub(crate) async fn put_witnessed(db: &Db, log: LogId, size: Pos, note: &str) -> Result<(), StoreError> {
    let statement = Statement::new(
        "INSERT INTO witnessed (log_id, size, note) VALUES ($1, $2, $3)
         ON CONFLICT (log_id) DO UPDATE SET size = excluded.size, note = excluded.note
         WHERE witnessed.size <= excluded.size",
    );
    db.write(statement.bind(log.0).bind(as_int(size)?).bind(note)).await.map(drop)
}

/// The largest checkpoint that enough witnesses cosigned.
pub(crate) async fn witnessed(db: &Db, log: LogId) -> Result<Option<(Pos, String)>, StoreError> {
    let question = Statement::new("SELECT size, note FROM witnessed WHERE log_id = $1");
    let Some(mut found) = db.read(question.bind(log.0)).await?.pop() else { return Ok(None) };
    Ok(Some((found.count(0)?, found.text(1)?)))
}
