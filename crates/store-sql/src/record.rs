//! The record in SQL: one batch, one transaction, under the locks of its logs' heads.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;
use xiezhi_store::plan::{Known, Needs, Plan, Remembered};
use xiezhi_store::{Commit, CommitRefusal, Committed, LogId, Pos, Rev, Sought, StoreError, StoredEvent, Stream};

use crate::db::{Db, Tx, repeating};
use crate::rows::Model;
use crate::statement::{Cell, Dialect, Found, Kind, Sheet, Statement, as_int, as_limit};
use crate::{outbox, rows, working};

type CommandId = (LogId, Uuid);
type Answers = Vec<Result<Committed, CommitRefusal>>;

const EVENT_COLUMNS: &str = "pos, event_id, stream, rev, name, at_us, actor, cmd_id, body, salt, entry, leaf";
const EVENT_KINDS: [Kind; 13] = [
    Kind::Int,
    Kind::Int,
    Kind::Bytes,
    Kind::Text,
    Kind::Int,
    Kind::Text,
    Kind::Int,
    Kind::Text,
    Kind::Bytes,
    Kind::Bytes,
    Kind::Bytes,
    Kind::Bytes,
    Kind::Bytes,
];

/// Commits `acts` in one transaction.
pub(crate) async fn commit(db: &Db, model: &Model, acts: &[Commit]) -> Result<Answers, StoreError> {
    if acts.is_empty() {
        return Ok(vec![]);
    }
    let needs = Needs::of(acts);
    repeating!(try_commit(db, model, acts, &needs).await)
}

async fn try_commit(db: &Db, model: &Model, acts: &[Commit], needs: &Needs) -> Result<Answers, StoreError> {
    let mut tx = db.begin().await?;
    let changes_rows = acts.iter().any(|act| !act.rows.is_empty());
    let known = known(&mut tx, model, needs, changes_rows).await?;
    let plan = Plan::of(&model.schema, acts, known);
    if plan.is_empty() {
        return Ok(plan.answers);
    }
    let dialect = tx.dialect();
    let answers = plan.answers;
    tx.commit_with([
        append(dialect, plan.events)?,
        remember(dialect, plan.commands)?,
        rows::apply(dialect, &model.schema, plan.rows),
        working::apply(dialect, plan.working)?,
        outbox::promise(dialect, plan.outbox),
        grow(dialect, plan.sizes)?,
    ])
    .await?;
    Ok(answers)
}

async fn known(tx: &mut Tx, model: &Model, needs: &Needs, changes_rows: bool) -> Result<Known, StoreError> {
    let mut logs = needs.logs.clone();
    if changes_rows {
        logs.insert(LogId::RECORD);
    }
    let (mut heads, commands, revs) = ask(tx, &logs, needs).await?;
    if heads.len() < logs.len() {
        heads = lock_heads(tx, &logs).await?;
    }
    if changes_rows {
        model.demand_same_schema(&heads[&LogId::RECORD].rows_schema)?;
    }
    Ok(Known { sizes: heads.into_iter().map(|(log, head)| (log, head.size)).collect(), commands, revs })
}

type Heads = BTreeMap<LogId, Head>;
type Commands = BTreeMap<CommandId, Remembered>;
type Revs = BTreeMap<(LogId, Stream), Rev>;

/// Locks the heads, and then, in this order, looks up the commands and the streams.
async fn ask(tx: &mut Tx, logs: &BTreeSet<LogId>, needs: &Needs) -> Result<(Heads, Commands, Revs), StoreError> {
    let dialect = tx.dialect();
    let questions = [
        lock_heads_of(dialect, logs),
        look_up_commands(dialect, &needs.commands),
        look_up_revs(dialect, &needs.streams),
    ];
    let [found_heads, found_commands, found_revs] = tx.run_groups(questions).await?;
    Ok((
        found_heads.into_iter().map(known_head).collect::<Result<_, _>>()?,
        found_commands.into_iter().filter_map(|found| known_command(found).transpose()).collect::<Result<_, _>>()?,
        found_revs.into_iter().map(known_rev).collect::<Result<_, _>>()?,
    ))
}

/// The head of a log.
pub(crate) struct Head {
    pub(crate) size: Pos,
    pub(crate) rows_schema: String,
}

/// Locks the heads of `logs` in one order everywhere, so that nobody waits for each other.
pub(crate) async fn lock_heads(tx: &mut Tx, logs: &BTreeSet<LogId>) -> Result<Heads, StoreError> {
    let heads = try_lock_heads(tx, logs).await?;
    if heads.len() == logs.len() {
        return Ok(heads);
    }
    tx.run_sheet(log_sheet(logs), |source| {
        format!(
            "INSERT INTO log_head (log_id, size, rows_pos, rows_schema, rows_tables, rows_gen)
             SELECT *, 0, 0, '', '', 0 FROM ({source}) AS k WHERE 1 = 1 ON CONFLICT DO NOTHING"
        )
    })
    .await?;
    try_lock_heads(tx, logs).await
}

async fn try_lock_heads(tx: &mut Tx, logs: &BTreeSet<LogId>) -> Result<Heads, StoreError> {
    let [found] = tx.run_groups([lock_heads_of(tx.dialect(), logs)]).await?;
    found.into_iter().map(known_head).collect()
}

fn lock_heads_of(dialect: Dialect, logs: &BTreeSet<LogId>) -> Vec<Statement> {
    let lock = dialect.for_update();
    log_sheet(logs).statements(dialect, |source| {
        format!(
            "SELECT log_id, size, rows_schema FROM log_head WHERE log_id IN ({source})
             ORDER BY log_id{lock}"
        )
    })
}

fn known_head(mut found: Found) -> Result<(LogId, Head), StoreError> {
    let head = Head { size: found.count(1)?, rows_schema: found.text(2)? };
    Ok((LogId(found.int(0)?), head))
}

fn log_sheet(logs: &BTreeSet<LogId>) -> Sheet {
    Sheet::new(&[Kind::Int], logs.iter().map(|log| vec![log.0.into()]).collect())
}

/// Looks each command up by itself: a join would be planned while the table is small, as a walk through
/// all of it, and that plan would be kept while the table grows.
fn look_up_commands(dialect: Dialect, wanted: &BTreeSet<CommandId>) -> Vec<Statement> {
    let rows = wanted.iter().map(|(log, id)| vec![log.0.into(), (*id).into()]).collect();
    let of_command = |column: &str| {
        format!(
            "(SELECT c.{column} FROM command AS c
              WHERE c.log_id = k.log_id AND c.cmd_id = k.cmd_id LIMIT 1)"
        )
    };
    let (hash, first, count) = (of_command("hash"), of_command("first_pos"), of_command("n"));
    Sheet::new(&[Kind::Int, Kind::Bytes], rows).statements(dialect, |source| {
        format!(
            "WITH k (log_id, cmd_id) AS ({source})
             SELECT k.log_id, k.cmd_id, {hash}, {first}, {count} FROM k"
        )
    })
}

fn known_command(mut found: Found) -> Result<Option<(CommandId, Remembered)>, StoreError> {
    let Some(first) = found.opt_int(3)? else { return Ok(None) };
    let first = Pos::try_from(first).map_err(|_| StoreError::Damaged(format!("a command at position {first}")))?;
    let remembered = Remembered { hash: found.array(2)?, first, count: found.count(4)? };
    Ok(Some(((LogId(found.int(0)?), found.uuid(1)?), remembered)))
}

/// A command that was committed.
pub(crate) async fn command(db: &Db, log: LogId, id: Uuid) -> Result<Option<Remembered>, StoreError> {
    let question = Statement::new("SELECT hash, first_pos, n FROM command WHERE log_id = $1 AND cmd_id = $2");
    let Some(mut found) = db.read(question.bind(log.0).bind(id)).await?.pop() else {
        return Ok(None);
    };
    let (hash, first, count) = (found.array(0)?, found.count(1)?, found.count(2)?);
    Ok(Some(Remembered { hash, first, count }))
}

fn look_up_revs(dialect: Dialect, wanted: &BTreeSet<(LogId, Stream)>) -> Vec<Statement> {
    let rows = wanted.iter().map(|(log, stream)| vec![log.0.into(), (*stream.0).into()]).collect();
    Sheet::new(&[Kind::Int, Kind::Text], rows).statements(dialect, |source| {
        format!(
            "WITH k (log_id, stream) AS ({source})
             SELECT k.log_id, k.stream, (
                 SELECT e.rev FROM event AS e WHERE e.log_id = k.log_id AND e.stream = k.stream
                 ORDER BY e.rev DESC LIMIT 1
             ) FROM k"
        )
    })
}

fn known_rev(mut found: Found) -> Result<((LogId, Stream), Rev), StoreError> {
    let rev = found.opt_int(2)?.unwrap_or(0);
    let rev = Rev::try_from(rev).map_err(|_| StoreError::Damaged(format!("revision {rev}")))?;
    Ok(((LogId(found.int(0)?), Stream(found.text(1)?)), rev))
}

/// Adds events to the ends of their logs, as they are.
pub(crate) fn append(dialect: Dialect, events: Vec<(LogId, StoredEvent)>) -> Result<Vec<Statement>, StoreError> {
    let rows = events.into_iter().map(|(log, event)| cells(log, event));
    let sheet = Sheet::new(&EVENT_KINDS, rows.collect::<Result<_, _>>()?);
    Ok(sheet.statements(dialect, |source| format!("INSERT INTO event (log_id, {EVENT_COLUMNS}) {source}")))
}

fn cells(log: LogId, event: StoredEvent) -> Result<Vec<Cell>, StoreError> {
    Ok(vec![
        log.0.into(),
        as_int(event.pos)?.into(),
        event.id.into(),
        event.stream.0.into(),
        as_int(event.rev)?.into(),
        event.name.into(),
        event.at_us.into(),
        event.actor.into(),
        event.command.into(),
        Cell::Bytes(event.body),
        Cell::Bytes(event.salt.map(|salt| salt.to_vec())),
        event.entry.into(),
        event.leaf[..].into(),
    ])
}

fn remember(dialect: Dialect, commands: Vec<(CommandId, Remembered)>) -> Result<Vec<Statement>, StoreError> {
    let row = |((log, id), command): (CommandId, Remembered)| {
        Ok(vec![
            log.0.into(),
            id.into(),
            command.hash[..].into(),
            as_int(command.first)?.into(),
            as_int(command.count)?.into(),
        ])
    };
    let rows = commands.into_iter().map(row).collect::<Result<_, StoreError>>()?;
    let kinds = [Kind::Int, Kind::Bytes, Kind::Bytes, Kind::Int, Kind::Int];
    Ok(Sheet::new(&kinds, rows)
        .statements(dialect, |source| format!("INSERT INTO command (log_id, cmd_id, hash, first_pos, n) {source}")))
}

/// The read model follows the record, unless it was behind before.
fn grow(dialect: Dialect, sizes: BTreeMap<LogId, Pos>) -> Result<Vec<Statement>, StoreError> {
    let row = |(log, size): (LogId, Pos)| Ok(vec![log.0.into(), as_int(size)?.into()]);
    let rows = sizes.into_iter().map(row).collect::<Result<_, StoreError>>()?;
    Ok(Sheet::new(&[Kind::Int, Kind::Int], rows).statements(dialect, |source| {
        format!(
            "WITH k (log_id, size) AS ({source})
             UPDATE log_head SET rows_pos = CASE WHEN rows_pos = log_head.size THEN k.size ELSE rows_pos END,
             size = k.size FROM k WHERE log_head.log_id = k.log_id"
        )
    }))
}

/// Events of a stream after a revision.
pub(crate) async fn read_stream(
    db: &Db,
    log: LogId,
    stream: &Stream,
    after: Rev,
) -> Result<Vec<StoredEvent>, StoreError> {
    let question = Statement::new(format!(
        "SELECT {EVENT_COLUMNS} FROM event WHERE log_id = $1 AND stream = $2 AND rev > $3
         ORDER BY rev"
    ));
    let question = question.bind(log.0).bind(&*stream.0).bind(as_limit(after));
    let events = stored(db.read(question).await?)?;
    let expected = (after + 1..).zip(&events).find(|(rev, event)| event.rev != *rev);
    match expected {
        Some((rev, _)) => Err(StoreError::Damaged(format!("revision {rev} of {} is missing", stream.0))),
        None => Ok(events),
    }
}

/// The revision of a stream.
pub(crate) async fn revision(db: &Db, log: LogId, stream: &Stream) -> Result<Rev, StoreError> {
    let question = Statement::new("SELECT MAX(rev) FROM event WHERE log_id = $1 AND stream = $2");
    let found = db.read(question.bind(log.0).bind(&*stream.0)).await?.pop();
    let rev = found.map(|mut found| found.opt_int(0)).transpose()?.flatten().unwrap_or(0);
    Rev::try_from(rev).map_err(|_| StoreError::Damaged(format!("revision {rev}")))
}

/// Events of a log from a position.
pub(crate) async fn read_log(db: &Db, log: LogId, from: Pos, limit: u64) -> Result<Vec<StoredEvent>, StoreError> {
    let question = Statement::new(format!(
        "SELECT {EVENT_COLUMNS} FROM event WHERE log_id = $1 AND pos >= $2 ORDER BY pos LIMIT $3"
    ));
    let question = question.bind(log.0).bind(as_limit(from)).bind(as_limit(limit));
    let events = stored(db.read(question).await?)?;
    match (from..).zip(&events).find(|(pos, event)| event.pos != *pos) {
        Some((pos, _)) => Err(StoreError::Damaged(format!("position {pos} is missing"))),
        None => Ok(events),
    }
}

/// Events that are sought, newest first. What begins so is compared as text, whatever the database's order of letters.
pub(crate) async fn find_events(
    db: &Db,
    log: LogId,
    sought: &Sought,
    limit: u64,
) -> Result<Vec<StoredEvent>, StoreError> {
    let mut cells: Vec<Cell> =
        vec![log.0.into(), as_limit(sought.within.start).into(), as_limit(sought.within.end).into()];
    let mut conds = vec!["log_id = $1 AND pos >= $2 AND pos < $3".to_owned()];
    let mut place = |cell: Cell| {
        cells.push(cell);
        cells.len()
    };
    let begins = |column: &str, text: usize| format!("substr({column}, 1, length(${text})) = ${text}");
    let by: Vec<String> = sought
        .actors
        .iter()
        .map(|actor| {
            let (whole, part) = (place(actor.as_str().into()), place(format!("{actor}:").into()));
            format!("actor = ${whole} OR {}", begins("actor", part))
        })
        .collect();
    if !by.is_empty() {
        conds.push(format!("({})", by.join(" OR ")));
    }
    if !sought.name.is_empty() {
        conds.push(begins("name", place(sought.name.as_str().into())));
    }
    conds.extend(sought.rev.map(|rev| format!("rev = ${}", place(as_limit(rev).into()))));
    conds.extend(sought.from_us.map(|from| format!("at_us >= ${}", place(from.into()))));
    conds.extend(sought.before_us.map(|before| format!("at_us < ${}", place(before.into()))));
    let most = place(as_limit(limit).into());
    let text =
        format!("SELECT {EVENT_COLUMNS} FROM event WHERE {} ORDER BY pos DESC LIMIT ${most}", conds.join(" AND "));
    let question = cells.into_iter().fold(Statement::new(text), |question, cell| question.bind(cell));
    stored(db.read(question).await?)
}

fn stored(found: Vec<Found>) -> Result<Vec<StoredEvent>, StoreError> {
    let event = |mut found: Found| {
        Ok(StoredEvent {
            pos: found.count(0)?,
            id: found.uuid(1)?,
            stream: Stream(found.text(2)?),
            rev: found.count(3)?,
            name: found.text(4)?,
            at_us: found.int(5)?,
            actor: found.text(6)?,
            command: found.uuid(7)?,
            body: found.opt_bytes(8)?,
            salt: salt(found.opt_bytes(9)?)?,
            entry: found.bytes(10)?,
            leaf: found.array(11)?,
        })
    };
    found.into_iter().map(event).collect()
}

fn salt(bytes: Option<Vec<u8>>) -> Result<Option<[u8; 32]>, StoreError> {
    let damaged = |_| StoreError::Damaged("a salt that is not 32 bytes".to_owned());
    bytes.map(|bytes| bytes.try_into().map_err(damaged)).transpose()
}

/// How many events a log has.
pub(crate) async fn size(db: &Db, log: LogId) -> Result<Pos, StoreError> {
    let question = Statement::new("SELECT size FROM log_head WHERE log_id = $1").bind(log.0);
    db.read(question).await?.pop().map_or(Ok(0), |mut found| found.count(0))
}

/// Takes body and salt of every event of a stream, the one change an event may suffer.
pub(crate) async fn destroy_stream(db: &Db, log: LogId, stream: &Stream) -> Result<u64, StoreError> {
    repeating!(try_destroy_stream(db, log, stream).await)
}

async fn try_destroy_stream(db: &Db, log: LogId, stream: &Stream) -> Result<u64, StoreError> {
    let with_key = |sql: &str| Statement::new(sql).bind(log.0).bind(&*stream.0);
    let mut tx = db.begin().await?;
    lock_heads(&mut tx, &BTreeSet::from([log])).await?;
    tx.run(with_key("INSERT INTO destruction (log_id, stream) VALUES ($1, $2)")).await?;
    let destroyed = tx
        .run(with_key(
            "UPDATE event SET body = NULL, salt = NULL
             WHERE log_id = $1 AND stream = $2 AND body IS NOT NULL RETURNING pos",
        ))
        .await?;
    tx.run(with_key("DELETE FROM destruction WHERE log_id = $1 AND stream = $2")).await?;
    tx.commit().await?;
    db.empty_journal().await?;
    Ok(destroyed.len() as u64)
}
