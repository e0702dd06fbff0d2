//! Working data in SQL.

use std::collections::BTreeMap;

use xiezhi_store::plan::{Net, Written, net};
use xiezhi_store::{StoreError, WorkingChange, WorkingItem, WorkingKey};

use crate::db::{Db, repeating};
use crate::statement::{Cell, Dialect, Found, Kind, Sheet, Statement, as_int};

const COLUMNS: &str = "id, owner, rev, value, updated_us, expires_us";
const ALIVE: &str = "(expires_us IS NULL OR expires_us > ";
/// What expired is as if it had not been: the count begins anew.
const UPSERT: &str = "ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner,
     rev = excluded.rev
         + CASE WHEN working.expires_us <= excluded.updated_us THEN 0 ELSE working.rev END,
     value = excluded.value, updated_us = excluded.updated_us, expires_us = excluded.expires_us";

/// Writes what changes came to.
pub(crate) fn apply(dialect: Dialect, changes: BTreeMap<WorkingKey, Net>) -> Result<Vec<Statement>, StoreError> {
    let erased = changes.iter().filter(|(_, net)| net.erased);
    let erased = erased.map(|(key, _)| vec![key.kind.into(), key.id.as_str().into()]).collect();
    let erased = Sheet::new(&[Kind::Text, Kind::Text], erased)
        .statements(dialect, |source| format!("DELETE FROM working WHERE (kind, id) IN ({source})"));
    let written = changes.into_iter().filter_map(|(key, net)| Some((key, net.writes, net.last?)));
    let written = written.map(|(key, writes, last)| cells(key, writes, last));
    let rows = written.collect::<Result<_, _>>()?;
    let kinds = [Kind::Text, Kind::Text, Kind::Text, Kind::Int, Kind::Bytes, Kind::Int, Kind::Int];
    let written = Sheet::new(&kinds, rows)
        .statements(dialect, |source| format!("INSERT INTO working (kind, {COLUMNS}) {source} {UPSERT}"));
    Ok(erased.into_iter().chain(written).collect())
}

fn cells(key: WorkingKey, writes: u64, last: Written) -> Result<Vec<Cell>, StoreError> {
    Ok(vec![
        key.kind.into(),
        key.id.into(),
        last.owner.into(),
        as_int(writes)?.into(),
        last.value.into(),
        last.updated_us.into(),
        last.expires_us.into(),
    ])
}

pub(crate) async fn change(db: &Db, changes: Vec<WorkingChange>) -> Result<(), StoreError> {
    let changes = net(changes);
    repeating!(try_change(db, changes.clone()).await)
}

async fn try_change(db: &Db, changes: BTreeMap<WorkingKey, Net>) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let statements = apply(tx.dialect(), changes)?;
    tx.run_groups([statements]).await?;
    tx.commit().await
}

pub(crate) async fn get(db: &Db, key: &WorkingKey, now_us: i64) -> Result<Option<WorkingItem>, StoreError> {
    let question = Statement::new(format!("SELECT {COLUMNS} FROM working WHERE kind = $1 AND id = $2 AND {ALIVE} $3)"));
    let question = question.bind(key.kind).bind(&*key.id).bind(now_us);
    db.read(question).await?.pop().map(|found| item(key.kind, found)).transpose()
}

pub(crate) async fn of(
    db: &Db,
    kind: &'static str,
    owner: Option<&str>,
    now_us: i64,
) -> Result<Vec<WorkingItem>, StoreError> {
    let whose = if owner.is_some() { " AND owner = $3" } else { "" };
    let question = Statement::new(format!(
        "SELECT {COLUMNS} FROM working WHERE kind = $1 AND {ALIVE} $2){whose}
         ORDER BY updated_us DESC, id"
    ));
    let question = question.bind(kind).bind(now_us);
    let question = owner.into_iter().fold(question, Statement::bind);
    db.read(question).await?.into_iter().map(|found| item(kind, found)).collect()
}

fn item(kind: &'static str, mut found: Found) -> Result<WorkingItem, StoreError> {
    Ok(WorkingItem {
        key: WorkingKey { kind, id: found.text(0)? },
        owner: found.text(1)?,
        rev: found.count(2)?,
        value: found.bytes(3)?,
        updated_us: found.int(4)?,
        expires_us: found.opt_int(5)?,
    })
}

pub(crate) async fn swap(db: &Db, change: WorkingChange, expected: u64, now_us: i64) -> Result<bool, StoreError> {
    let WorkingChange::Put { key, owner, value, updated_us, expires_us } = change else {
        return Err(StoreError::Malformed("a swap writes; it does not delete".to_owned()));
    };
    let statement = if expected == 0 {
        Statement::new(
            "INSERT INTO working (kind, id, owner, value, updated_us, expires_us, rev)
             VALUES ($1, $2, $3, $4, $5, $6, 1)
             ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner, rev = 1,
             value = excluded.value, updated_us = excluded.updated_us,
             expires_us = excluded.expires_us WHERE working.expires_us <= $7 RETURNING rev",
        )
    } else {
        Statement::new(format!(
            "UPDATE working SET owner = $3, value = $4, updated_us = $5, expires_us = $6,
             rev = rev + 1 WHERE kind = $1 AND id = $2 AND {ALIVE} $7) AND rev = $8 RETURNING rev"
        ))
    };
    let statement =
        statement.bind(key.kind).bind(key.id).bind(owner).bind(value).bind(updated_us).bind(expires_us).bind(now_us);
    let statement = if expected == 0 { statement } else { statement.bind(as_int(expected)?) };
    Ok(!db.write(statement).await?.is_empty())
}

pub(crate) async fn sweep(db: &Db, now_us: i64) -> Result<u64, StoreError> {
    let delete = Statement::new("DELETE FROM working WHERE expires_us <= $1 RETURNING rev");
    Ok(db.write(delete.bind(now_us)).await?.len() as u64)
}
