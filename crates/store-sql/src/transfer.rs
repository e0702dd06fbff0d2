//! A store in SQL carried elsewhere, and brought.

use async_trait::async_trait;
use std::collections::{BTreeMap, BTreeSet};
use xiezhi_store::plan::Remembered;
use xiezhi_store::transfer::{KeptCheckpoint, KeptCommand, KeptPromise, KeptWork, LogPage, Still, Transfer, fits};
use xiezhi_store::{LogId, NewDispatch, Pos, StoreError};

use crate::db::{Db, Tx, repeating};
use crate::record::{append, lock_heads, read_log};
use crate::statement::{Cell, Found, Kind, Sheet, Statement, as_int};

/// The database of a court, opened beside whoever serves it: its tables are left as they are.
#[derive(Clone, Debug)]
pub struct SqlTransfer {
    db: Db,
}

impl SqlTransfer {
    /// Opens a database that [`SqlStore::open`](crate::SqlStore::open) made.
    ///
    /// # Errors
    /// [`StoreError`]: there is none, another release made it, or acknowledged acts could be lost in it.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let db = Db::open_existing(url).await?;
        if !db.is_migrated().await? {
            return Err(StoreError::Unsafe("the database is of another release, or not a court's".to_owned()));
        }
        Ok(Self { db })
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.db.close().await;
    }
}

#[async_trait]
impl Transfer for SqlTransfer {
    async fn still(&self) -> Result<Still, StoreError> {
        let mut tx = self.db.begin_reading().await?;
        let still = Still {
            sizes: sizes(&mut tx).await?,
            commands: tx.run(commands_without_events()).await?.into_iter().map(command).collect::<Result<_, _>>()?,
            working: tx.run(all_working()).await?.into_iter().map(work).collect::<Result<_, _>>()?,
            outbox: tx.run(whole_outbox()).await?.into_iter().map(promise).collect::<Result<_, _>>()?,
            checkpoints: checkpoints(tx.run(newest_checkpoints()).await?)?,
            witnessed: checkpoints(tx.run(Statement::new("SELECT log_id, size, note FROM witnessed")).await?)?,
        };
        tx.commit().await?;
        Ok(still)
    }

    async fn log_page(&self, log: LogId, from: Pos, limit: u64) -> Result<LogPage, StoreError> {
        let events = read_log(&self.db, log, from, limit).await?;
        let question = Statement::new(
            "SELECT c.log_id, c.cmd_id, c.hash, c.first_pos, c.n FROM command AS c
             WHERE c.log_id = $1 AND c.cmd_id IN (
                 SELECT e.cmd_id FROM event AS e WHERE e.log_id = $1 AND e.pos >= $2 AND e.pos < $3
             ) ORDER BY c.log_id, c.cmd_id",
        );
        let end = from + events.len() as Pos;
        let found = self.db.read(question.bind(log.0).bind(as_int(from)?).bind(as_int(end)?)).await?;
        Ok(LogPage { events, commands: found.into_iter().map(command).collect::<Result<_, _>>()? })
    }

    async fn take_page(&self, log: LogId, page: LogPage) -> Result<(), StoreError> {
        repeating!(try_take_page(&self.db, log, page.clone()).await)
    }

    async fn take_still(&self, still: Still) -> Result<(), StoreError> {
        repeating!(try_take_still(&self.db, still.clone()).await)
    }
}

/// Sizes of the logs that have events.
async fn sizes(tx: &mut Tx) -> Result<BTreeMap<LogId, Pos>, StoreError> {
    let found = tx.run(Statement::new("SELECT log_id, size FROM log_head WHERE size > 0")).await?;
    found.into_iter().map(|mut found| Ok((LogId(found.int(0)?), found.count(1)?))).collect()
}

fn commands_without_events() -> Statement {
    Statement::new("SELECT log_id, cmd_id, hash, first_pos, n FROM command WHERE n = 0 ORDER BY log_id, cmd_id")
}

fn command(mut found: Found) -> Result<KeptCommand, StoreError> {
    let remembered = Remembered { hash: found.array(2)?, first: found.count(3)?, count: found.count(4)? };
    Ok(KeptCommand { log: LogId(found.int(0)?), id: found.uuid(1)?, remembered })
}

fn all_working() -> Statement {
    Statement::new("SELECT kind, id, owner, rev, value, updated_us, expires_us FROM working ORDER BY kind, id")
}

fn work(mut found: Found) -> Result<KeptWork, StoreError> {
    Ok(KeptWork {
        kind: found.text(0)?,
        id: found.text(1)?,
        owner: found.text(2)?,
        rev: found.count(3)?,
        value: found.bytes(4)?,
        updated_us: found.int(5)?,
        expires_us: found.opt_int(6)?,
    })
}

fn whole_outbox() -> Statement {
    Statement::new("SELECT id, channel, body, due_us, attempts, claimed_until_us, why, failed FROM outbox ORDER BY id")
}

fn promise(mut found: Found) -> Result<KeptPromise, StoreError> {
    let attempts = found.count(4)?;
    let why = found.opt_text(6)?.unwrap_or_default();
    Ok(KeptPromise {
        dispatch: NewDispatch {
            id: found.uuid(0)?,
            channel: found.text(1)?,
            body: found.bytes(2)?,
            due_us: found.int(3)?,
        },
        attempts: attempts.try_into().map_err(|_| StoreError::Damaged(format!("{attempts} attempts")))?,
        claimed_until_us: found.opt_int(5)?,
        failed: (found.int(7)? != 0).then_some(why),
    })
}

fn newest_checkpoints() -> Statement {
    Statement::new(
        "SELECT log_id, size, note FROM checkpoint AS c
         WHERE size = (SELECT MAX(size) FROM checkpoint AS o WHERE o.log_id = c.log_id)",
    )
}

fn checkpoints(found: Vec<Found>) -> Result<BTreeMap<LogId, KeptCheckpoint>, StoreError> {
    let one = |mut found: Found| Ok((LogId(found.int(0)?), (found.count(1)?, found.text(2)?)));
    found.into_iter().map(one).collect()
}

async fn try_take_page(db: &Db, log: LogId, page: LogPage) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let heads = lock_heads(&mut tx, &BTreeSet::from([log])).await?;
    let size = heads[&log].size;
    fits(log, size, &page)?;
    let after = size + page.events.len() as Pos;
    let events = append(tx.dialect(), page.events.into_iter().map(|event| (log, event)).collect())?;
    tx.run_groups([events]).await?;
    take_commands(&mut tx, page.commands).await?;
    // The rows stay where they were: they are computed anew once everything has come.
    let grow = Statement::new("UPDATE log_head SET size = $2 WHERE log_id = $1");
    tx.run(grow.bind(log.0).bind(as_int(after)?)).await?;
    tx.commit().await
}

async fn take_commands(tx: &mut Tx, commands: Vec<KeptCommand>) -> Result<(), StoreError> {
    let row = |KeptCommand { log, id, remembered }: KeptCommand| {
        let (first, count) = (as_int(remembered.first)?, as_int(remembered.count)?);
        Ok(vec![log.0.into(), id.into(), remembered.hash[..].into(), first.into(), count.into()])
    };
    let rows = commands.into_iter().map(row).collect::<Result<_, StoreError>>()?;
    let kinds = [Kind::Int, Kind::Bytes, Kind::Bytes, Kind::Int, Kind::Int];
    tx.run_sheet(Sheet::new(&kinds, rows), |source| {
        format!("INSERT INTO command (log_id, cmd_id, hash, first_pos, n) {source} ON CONFLICT DO NOTHING")
    })
    .await
    .map(drop)
}

async fn try_take_still(db: &Db, still: Still) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    take_commands(&mut tx, still.commands).await?;
    take_working(&mut tx, still.working).await?;
    take_outbox(&mut tx, still.outbox).await?;
    for (log, (size, note)) in still.checkpoints {
        let put = Statement::new(
            "INSERT INTO checkpoint (log_id, size, note) VALUES ($1, $2, $3)
             ON CONFLICT (log_id, size) DO UPDATE SET note = excluded.note",
        );
        tx.run(put.bind(log.0).bind(as_int(size)?).bind(note)).await?;
    }
    for (log, (size, note)) in still.witnessed {
        let put = Statement::new(
            "INSERT INTO witnessed (log_id, size, note) VALUES ($1, $2, $3)
             ON CONFLICT (log_id) DO UPDATE SET size = excluded.size, note = excluded.note",
        );
        tx.run(put.bind(log.0).bind(as_int(size)?).bind(note)).await?;
    }
    tx.commit().await
}

async fn take_working(tx: &mut Tx, works: Vec<KeptWork>) -> Result<(), StoreError> {
    let row = |one: KeptWork| {
        Ok(vec![
            one.kind.into(),
            one.id.into(),
            one.owner.into(),
            as_int(one.rev)?.into(),
            one.value.into(),
            one.updated_us.into(),
            one.expires_us.into(),
        ])
    };
    let rows = works.into_iter().map(row).collect::<Result<_, StoreError>>()?;
    let kinds = [Kind::Text, Kind::Text, Kind::Text, Kind::Int, Kind::Bytes, Kind::Int, Kind::Int];
    tx.run_sheet(Sheet::new(&kinds, rows), |source| {
        format!(
            "INSERT INTO working (kind, id, owner, rev, value, updated_us, expires_us) {source}
             ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner, rev = excluded.rev, value = excluded.value,
             updated_us = excluded.updated_us, expires_us = excluded.expires_us"
        )
    })
    .await
    .map(drop)
}

async fn take_outbox(tx: &mut Tx, promises: Vec<KeptPromise>) -> Result<(), StoreError> {
    let row = |one: KeptPromise| {
        let failed = i64::from(one.failed.is_some());
        vec![
            one.dispatch.id.into(),
            one.dispatch.channel.into(),
            one.dispatch.body.into(),
            one.dispatch.due_us.into(),
            i64::from(one.attempts).into(),
            one.claimed_until_us.into(),
            Cell::Text(one.failed),
            failed.into(),
        ]
    };
    let rows = promises.into_iter().map(row).collect();
    let kinds = [Kind::Bytes, Kind::Text, Kind::Bytes, Kind::Int, Kind::Int, Kind::Int, Kind::Text, Kind::Int];
    tx.run_sheet(Sheet::new(&kinds, rows), |source| {
        format!(
            "INSERT INTO outbox (id, channel, body, due_us, attempts, claimed_until_us, why, failed) {source}
             ON CONFLICT (id) DO NOTHING"
        )
    })
    .await
    .map(drop)
}
