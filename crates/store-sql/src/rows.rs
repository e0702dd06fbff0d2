//! The read model in SQL: tables generated from the schema the program brings.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use xiezhi_store::plan::{RowNet, net_rows};
use xiezhi_store::{ColumnKind, LogId, Pos, Row, RowChange, Schema, StoreError, Table};

use crate::db::{Db, Tx, repeating};
use crate::record::lock_heads;
use crate::statement::{Cell, Dialect, Found, Kind, Sheet, Statement, as_int};

/// Part of every fingerprint: raise it when the generated tables change for the same schema.
const LAYOUT: u32 = 2;
/// What the tables of a read model are called while they are built.
const BUILDING: &str = "__new";

/// A schema and what is derived from it once.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) schema: Schema,
    fingerprint: String,
}

impl Model {
    pub(crate) fn new(schema: Schema) -> Self {
        Self { schema, fingerprint: fingerprint(&schema) }
    }

    /// Refuses to write rows into the tables of another version of the program.
    pub(crate) fn demand_same_schema(&self, found: &str) -> Result<(), StoreError> {
        if found == self.fingerprint {
            return Ok(());
        }
        let why = "another version of the program has changed the read model; restart this node";
        Err(StoreError::Unsafe(why.to_owned()))
    }

    fn table_names(&self) -> String {
        self.schema.0.iter().map(|table| table.name).collect::<Vec<_>>().join(",")
    }
}

fn fingerprint(schema: &Schema) -> String {
    let described = format!("{LAYOUT} {:?}", schema.0);
    Sha256::digest(described).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Makes the tables of the read model, empty, unless they are there. Whether they must be filled is
/// told by [`are_current`].
pub(crate) async fn ensure(db: &Db, model: &Model) -> Result<(), StoreError> {
    repeating!(try_ensure(db, model).await)
}

async fn try_ensure(db: &Db, model: &Model) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let standing = Standing::lock(&mut tx).await?;
    if standing.schema == model.fingerprint {
        return Ok(());
    }
    lock_heads(&mut tx, &BTreeSet::from([LogId::RECORD])).await?;
    let generation = standing.generation + 1;
    create(&mut tx, &model.schema).await?;
    swap(&mut tx, model, &standing, generation).await?;
    // At position 0 they are current exactly if the record is empty.
    settle(&mut tx, model, generation, 0).await?;
    tx.commit().await
}

/// The read model as it stands.
struct Standing {
    schema: String,
    tables: String,
    generation: i64,
}

impl Standing {
    /// Reads it, and keeps everybody else from building another until the transaction ends.
    async fn lock(tx: &mut Tx) -> Result<Self, StoreError> {
        let lock = tx.dialect().for_update();
        tx.run(Statement::new(format!("SELECT one FROM rebuild{lock}"))).await?;
        let question = Statement::new("SELECT rows_schema, rows_tables, rows_gen FROM log_head WHERE log_id = $1");
        let found = tx.run(question.bind(LogId::RECORD.0)).await?.pop();
        let mut found = found.ok_or_else(|| StoreError::Damaged("no head of the record".into()))?;
        Ok(Self { schema: found.text(0)?, tables: found.text(1)?, generation: found.int(2)? })
    }
}

/// Whether the rows tell of the whole record, in tables of this schema.
pub(crate) async fn are_current(db: &Db, model: &Model) -> Result<bool, StoreError> {
    let question =
        Statement::new("SELECT log_id FROM log_head WHERE log_id = $1 AND rows_schema = $2 AND rows_pos = size");
    let question = question.bind(LogId::RECORD.0).bind(&*model.fingerprint);
    Ok(!db.read(question).await?.is_empty())
}

/// Builds all tables anew beside the old ones and swaps them, unless the record grew meanwhile.
pub(crate) async fn replace(db: &Db, model: &Model, rows: Vec<RowChange>, upto: Pos) -> Result<bool, StoreError> {
    let net = net_rows(&model.schema, rows);
    repeating!(try_replace(db, model, net.clone(), upto).await)
}

async fn try_replace(db: &Db, model: &Model, rows: RowNet, upto: Pos) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let standing = Standing::lock(&mut tx).await?;
    if crate::record::size(db, LogId::RECORD).await? != upto {
        return Ok(false);
    }
    create(&mut tx, &model.schema).await?;
    fill(&mut tx, &model.schema, rows).await?;
    let heads = lock_heads(&mut tx, &BTreeSet::from([LogId::RECORD])).await?;
    if heads[&LogId::RECORD].size != upto {
        return Ok(false);
    }
    let generation = standing.generation + 1;
    swap(&mut tx, model, &standing, generation).await?;
    settle(&mut tx, model, generation, upto).await?;
    tx.commit().await?;
    Ok(true)
}

async fn create(tx: &mut Tx, schema: &Schema) -> Result<(), StoreError> {
    for table in schema.0 {
        tx.run(Statement::new(create_table(tx.dialect(), table))).await?;
    }
    Ok(())
}

fn create_table(dialect: Dialect, table: &Table) -> String {
    let columns = table.columns.iter().map(|column| {
        let kind = match (dialect, column.kind) {
            (Dialect::Lite, ColumnKind::Int) => "INTEGER",
            (Dialect::Lite, ColumnKind::Text) => "TEXT",
            (Dialect::Pg, ColumnKind::Int) => "bigint",
            (Dialect::Pg, ColumnKind::Text) => "text COLLATE \"C\"",
        };
        let nullable = if column.nullable { "" } else { " NOT NULL" };
        format!("\"{}\" {kind}{nullable}, ", column.name)
    });
    let options = if dialect == Dialect::Lite { " STRICT, WITHOUT ROWID" } else { "" };
    let (name, key) = (table.name, key_columns(table));
    format!("CREATE TABLE \"{name}{BUILDING}\" ({}PRIMARY KEY ({key})){options}", columns.collect::<String>())
}

fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// The columns of an index, in the order that questions ask for: nothing first, ties broken by the key.
fn indexed(dialect: Dialect, table: &Table, columns: &[&str]) -> String {
    let named = columns.iter().map(|name| &table.columns[table.place(name)]);
    match dialect {
        // Nothing is first by itself, and the key is part of every index of a table kept in its order.
        Dialect::Lite => quoted(named.map(|column| column.name)),
        Dialect::Pg => {
            let key = table.columns[..table.key_len].iter().filter(|column| !columns.contains(&column.name));
            let ordered = named.chain(key).map(|column| format!("\"{}\" NULLS FIRST", column.name));
            ordered.collect::<Vec<_>>().join(", ")
        }
    }
}

fn key_columns(table: &Table) -> String {
    quoted(table.columns[..table.key_len].iter().map(|column| column.name))
}

async fn fill(tx: &mut Tx, schema: &Schema, rows: RowNet) -> Result<(), StoreError> {
    for (name, changes) in rows {
        let table = schema.table(name);
        let rows = changes.into_values().flatten().collect();
        let insert = insert_into(table, &format!("{name}{BUILDING}"));
        tx.run_sheet(row_sheet(table, rows), |source| format!("{insert} {source}")).await?;
        if tx.dialect() == Dialect::Pg {
            tx.run(Statement::new(format!("ANALYZE \"{name}{BUILDING}\""))).await?;
        }
    }
    Ok(())
}

/// Puts the new tables in the place of the old ones. Indexes carry the generation in their names,
/// because the old ones keep theirs until they are gone.
async fn swap(tx: &mut Tx, model: &Model, standing: &Standing, generation: i64) -> Result<(), StoreError> {
    for old in standing.tables.split(',').filter(|name| !name.is_empty()) {
        tx.run(Statement::new(format!("DROP TABLE \"{old}\""))).await?;
    }
    for table in model.schema.0 {
        let name = table.name;
        let rename = format!("ALTER TABLE \"{name}{BUILDING}\" RENAME TO \"{name}\"");
        tx.run(Statement::new(rename)).await?;
        for (place, columns) in table.indexes.iter().enumerate() {
            let columns = indexed(tx.dialect(), table, columns);
            let index = format!("\"{name}__{place}__{generation}\"");
            let create = format!("CREATE INDEX {index} ON \"{name}\" ({columns})");
            tx.run(Statement::new(create)).await?;
        }
    }
    Ok(())
}

async fn settle(tx: &mut Tx, model: &Model, generation: i64, upto: Pos) -> Result<(), StoreError> {
    let update = Statement::new(
        "UPDATE log_head SET rows_schema = $2, rows_tables = $3, rows_gen = $4, rows_pos = $5
         WHERE log_id = $1",
    );
    let update = update
        .bind(LogId::RECORD.0)
        .bind(&*model.fingerprint)
        .bind(model.table_names())
        .bind(generation)
        .bind(as_int(upto)?);
    tx.run(update).await.map(drop)
}

/// Writes what acts changed.
pub(crate) fn apply(dialect: Dialect, schema: &Schema, rows: RowNet) -> Vec<Statement> {
    let mut statements = vec![];
    for (name, changes) in rows {
        let table = schema.table(name);
        let (put, gone): (Vec<_>, Vec<_>) = changes.into_iter().partition(|(_, row)| row.is_some());
        let gone = gone.into_iter().map(|(key, _)| key).collect();
        statements.extend(delete(dialect, table, gone));
        statements.extend(upsert(dialect, table, put.into_iter().filter_map(|(_, row)| row).collect()));
    }
    statements
}

fn delete(dialect: Dialect, table: &Table, keys: Vec<Row>) -> Vec<Statement> {
    let (name, key) = (table.name, key_columns(table));
    let delete = |source: &str| format!("DELETE FROM \"{name}\" WHERE ({key}) IN ({source})");
    row_sheet(table, keys).statements(dialect, delete)
}

fn upsert(dialect: Dialect, table: &Table, rows: Vec<Row>) -> Vec<Statement> {
    let (insert, key) = (insert_into(table, table.name), key_columns(table));
    let set: Vec<_> = table.columns[table.key_len..]
        .iter()
        .map(|column| format!("\"{0}\" = excluded.\"{0}\"", column.name))
        .collect();
    let otherwise = match set.as_slice() {
        [] => "NOTHING".to_owned(),
        set => format!("UPDATE SET {}", set.join(", ")),
    };
    row_sheet(table, rows).statements(dialect, |source| format!("{insert} {source} ON CONFLICT ({key}) DO {otherwise}"))
}

fn insert_into(table: &Table, name: &str) -> String {
    let columns = quoted(table.columns.iter().map(|column| column.name));
    format!("INSERT INTO \"{name}\" ({columns})")
}

/// Rows, or keys, of a table.
fn row_sheet(table: &Table, rows: Vec<Row>) -> Sheet {
    let width = rows.first().map_or(0, Vec::len);
    let columns = &table.columns[..width];
    let kinds = columns.iter().map(|column| Kind::of(column.kind)).collect();
    let cells = |row: Row| columns.iter().zip(row).map(|(column, value)| Cell::of(column.kind, value)).collect();
    Sheet { kinds, rows: rows.into_iter().map(cells).collect() }
}

/// Rows of the read model as they were read.
pub(crate) fn read(found: Vec<Found>) -> Result<Vec<Row>, StoreError> {
    found.into_iter().map(Found::into_row).collect()
}
