//! The outbox in SQL.

use xiezhi_store::{Claimed, DispatchId, NewDispatch, Outcome, StoreError};

use crate::db::Db;
use crate::statement::{Dialect, Found, Kind, Sheet, Statement, as_limit};

/// Promises dispatches in the transaction of their acts.
pub(crate) fn promise(dialect: Dialect, dispatches: Vec<NewDispatch>) -> Vec<Statement> {
    let row = |one: NewDispatch| {
        vec![one.id.into(), one.channel.into(), one.body.into(), one.due_us.into(), 0.into(), 0.into()]
    };
    let kinds = [Kind::Bytes, Kind::Text, Kind::Bytes, Kind::Int, Kind::Int, Kind::Int];
    let sheet = Sheet::new(&kinds, dispatches.into_iter().map(row).collect());
    sheet.statements(dialect, |source| {
        format!("INSERT INTO outbox (id, channel, body, due_us, attempts, failed) {source}")
    })
}

pub(crate) async fn claim(
    db: &Db,
    channel: &str,
    now_us: i64,
    until_us: i64,
    limit: u64,
) -> Result<Vec<Claimed>, StoreError> {
    let lock = db.dialect().for_update_skip_locked();
    let statement = Statement::new(format!(
        "WITH due AS MATERIALIZED (
             SELECT id FROM outbox WHERE channel = $1 AND failed = 0 AND due_us <= $2
             AND (claimed_until_us IS NULL OR claimed_until_us <= $2)
             ORDER BY due_us, id LIMIT $4{lock}
         )
         UPDATE outbox SET attempts = attempts + 1, claimed_until_us = $3
         WHERE id IN (SELECT id FROM due)
         RETURNING id, channel, body, attempts - 1, due_us"
    ));
    let statement = statement.bind(channel).bind(now_us).bind(until_us).bind(as_limit(limit));
    let due = |mut found: Found| Ok((found.int(4)?, claimed(&mut found)?));
    let found = db.write(statement).await?.into_iter().map(due);
    let mut claims = found.collect::<Result<Vec<_>, StoreError>>()?;
    claims.sort_by_key(|(due_us, claimed)| (*due_us, claimed.id));
    Ok(claims.into_iter().map(|(_, claimed)| claimed).collect())
}

fn claimed(found: &mut Found) -> Result<Claimed, StoreError> {
    let attempts = found.count(3)?;
    Ok(Claimed {
        id: found.uuid(0)?,
        channel: found.text(1)?,
        body: found.bytes(2)?,
        attempts: attempts.try_into().map_err(|_| StoreError::Damaged(format!("{attempts} attempts")))?,
    })
}

pub(crate) async fn finish(db: &Db, id: DispatchId, outcome: Outcome) -> Result<(), StoreError> {
    let statement = match outcome {
        Outcome::Done => Statement::new("DELETE FROM outbox WHERE id = $1").bind(id),
        Outcome::Retry { at_us, why } => {
            Statement::new("UPDATE outbox SET claimed_until_us = NULL, due_us = $2, why = $3 WHERE id = $1")
                .bind(id)
                .bind(at_us)
                .bind(sayable(why))
        }
        Outcome::Failed { why } => {
            Statement::new("UPDATE outbox SET claimed_until_us = NULL, failed = 1, why = $2 WHERE id = $1")
                .bind(id)
                .bind(sayable(why))
        }
    };
    db.write(statement).await.map(drop)
}

/// Reasons come from the outside world and may hold the one character that no database text may.
fn sayable(why: String) -> String {
    why.replace('\0', "\u{fffd}")
}

pub(crate) async fn failed(db: &Db) -> Result<Vec<(Claimed, String)>, StoreError> {
    let question =
        Statement::new("SELECT id, channel, body, attempts, why FROM outbox WHERE failed = 1 ORDER BY due_us, id");
    let failure = |mut found: Found| Ok((claimed(&mut found)?, found.text(4)?));
    db.read(question).await?.into_iter().map(failure).collect()
}
