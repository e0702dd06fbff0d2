//! The form of what is handed to a store. One malformed act must not spoil the batch it travels in,
//! so it is found before it is queued.

use crate::{Commit, Row, RowChange, Schema, StoreError, Table, Value, WorkingChange, WorkingKey};

/// Leaf data is at most this long: tiles prefix it with a 16-bit length.
///
/// Source: c2sp.org/tlog-tiles.
pub const ENTRY_MAX_BYTES: usize = 65_535;

type Sound = Result<(), StoreError>;

fn malformed(what: impl Into<String>) -> Sound {
    Err(StoreError::Malformed(what.into()))
}

/// Checks the form of an act.
///
/// # Errors
/// [`StoreError::Malformed`], saying what is wrong.
pub fn act(schema: &Schema, act: &Commit) -> Sound {
    text("actor", &act.actor)?;
    act.read.iter().try_for_each(|(stream, _)| text("stream", &stream.0))?;
    written(act)?;
    act.rows.iter().try_for_each(|change| row_change(schema, change))?;
    act.outbox.iter().try_for_each(|dispatch| text("channel", &dispatch.channel))?;
    act.working.iter().try_for_each(working)
}

fn written(act: &Commit) -> Sound {
    for (stream, events) in &act.write {
        if !act.read.iter().any(|(read, _)| read == stream) {
            return malformed(format!("{} is written but was not read", stream.0));
        }
        for event in events {
            text("event name", &event.name)?;
            if event.entry.len() > ENTRY_MAX_BYTES {
                return malformed(format!("an entry of {} bytes", event.entry.len()));
            }
        }
    }
    Ok(())
}

/// Checks the form of a change of the read model.
///
/// # Errors
/// [`StoreError::Malformed`], saying what is wrong.
pub fn row_change(schema: &Schema, change: &RowChange) -> Sound {
    match change {
        RowChange::Put { table, row } => {
            let table = schema.table(table);
            values(table, row, table.columns.len())
        }
        RowChange::Delete { table, key } => {
            let table = schema.table(table);
            values(table, key, table.key_len)
        }
    }
}

fn values(table: &Table, row: &Row, len: usize) -> Sound {
    if row.len() != len {
        return malformed(format!("{} values for {len} columns of {}", row.len(), table.name));
    }
    for (column, value) in table.columns.iter().zip(row) {
        let fits = match value {
            Value::Null => column.nullable,
            value => value.kind() == Some(column.kind),
        };
        if !fits {
            return malformed(format!("{value:?} in {}.{}", table.name, column.name));
        }
        if let Value::Text(value) = value {
            text(column.name, value)?;
        }
    }
    Ok(())
}

/// Checks the form of a change of working data.
///
/// # Errors
/// [`StoreError::Malformed`], saying what is wrong.
pub fn working(change: &WorkingChange) -> Sound {
    match change {
        WorkingChange::Delete { key } => working_key(key),
        WorkingChange::Put { key, owner, .. } => {
            working_key(key)?;
            text("owner", owner)
        }
    }
}

/// Checks the key of a piece of working data.
///
/// # Errors
/// [`StoreError::Malformed`], saying what is wrong.
pub fn working_key(key: &WorkingKey) -> Sound {
    text("key of working data", &key.id)
}

/// PostgreSQL keeps no text with the character NUL, so no store does.
fn text(what: &str, text: &str) -> Sound {
    if text.contains('\0') { malformed(format!("the character NUL in {what}")) } else { Ok(()) }
}

/// Checks that a schema can be kept.
///
/// # Errors
/// [`StoreError::Malformed`], saying what is wrong.
pub fn schema(schema: &Schema) -> Sound {
    schema.0.iter().try_for_each(table)
}

fn table(table: &Table) -> Sound {
    if table.key_len == 0 || table.key_len > table.columns.len() {
        return malformed(format!("the key of {}", table.name));
    }
    let key = &table.columns[..table.key_len];
    if let Some(column) = key.iter().find(|column| column.nullable) {
        return malformed(format!("{}.{} is in the key and nullable", table.name, column.name));
    }
    let names = std::iter::once(table.name).chain(table.columns.iter().map(|column| column.name));
    match names.into_iter().find(|name| !is_snake_case(name)) {
        Some(name) => malformed(format!("the name {name}")),
        None => Ok(()),
    }
}

fn is_snake_case(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.bytes().all(plain) && !name.contains("__")
}
