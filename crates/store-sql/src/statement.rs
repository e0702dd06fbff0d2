//! Statements and their parameters, the same for both databases.

use xiezhi_store::{ColumnKind, Row, StoreError, Value};

/// Which dialect a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Lite,
    Pg,
}

impl Dialect {
    /// Locks the rows a `SELECT` finds. SQLite needs none: its writer is alone from the beginning.
    pub(crate) fn for_update(self) -> &'static str {
        match self {
            Dialect::Lite => "",
            Dialect::Pg => " FOR UPDATE",
        }
    }

    /// As [`Dialect::for_update`], passing over rows that another holds.
    pub(crate) fn for_update_skip_locked(self) -> &'static str {
        match self {
            Dialect::Lite => "",
            Dialect::Pg => " FOR UPDATE SKIP LOCKED",
        }
    }
}

/// Kind of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Text,
    Bytes,
}

impl Kind {
    pub(crate) fn of(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Int => Kind::Int,
            ColumnKind::Text => Kind::Text,
        }
    }

    fn pg_array(self) -> &'static str {
        match self {
            Kind::Int => "bigint[]",
            Kind::Text => "text[]",
            Kind::Bytes => "bytea[]",
        }
    }
}

/// A value of a parameter; even nothing has a kind.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl Cell {
    /// The cell for `value` in a column of `kind`.
    pub(crate) fn of(kind: ColumnKind, value: Value) -> Self {
        match (kind, value) {
            (_, Value::Int(number)) => Cell::Int(Some(number)),
            (_, Value::Text(text)) => Cell::Text(Some(text)),
            (ColumnKind::Int, Value::Null) => Cell::Int(None),
            (ColumnKind::Text, Value::Null) => Cell::Text(None),
        }
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Cell::Int(Some(number))
    }
}
impl From<Option<i64>> for Cell {
    fn from(number: Option<i64>) -> Self {
        Cell::Int(number)
    }
}
impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(Some(text.to_owned()))
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(Some(text))
    }
}
impl From<Vec<u8>> for Cell {
    fn from(bytes: Vec<u8>) -> Self {
        Cell::Bytes(Some(bytes))
    }
}
impl From<&[u8]> for Cell {
    fn from(bytes: &[u8]) -> Self {
        Cell::Bytes(Some(bytes.to_vec()))
    }
}
impl From<uuid::Uuid> for Cell {
    fn from(id: uuid::Uuid) -> Self {
        Cell::Bytes(Some(id.as_bytes().to_vec()))
    }
}

/// A parameter: one cell, or (PostgreSQL) a column of cells.
#[derive(Clone, Debug)]
pub(crate) enum Arg {
    Cell(Cell),
    Column(Kind, Vec<Cell>),
}

/// A statement with its parameters. The text holds names fixed in the program and placeholders only.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) args: Vec<Arg>,
}

impl Statement {
    pub(crate) fn new(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), args: Vec::new() }
    }

    /// Binds the next parameter.
    pub(crate) fn bind(mut self, cell: impl Into<Cell>) -> Self {
        self.args.push(Arg::Cell(cell.into()));
        self
    }
}

/// Rows to be sent with a statement: to insert, to look up, to delete.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// Rows per statement on PostgreSQL, where the text does not depend on their number.
const PG_CHUNK: usize = 4096;
/// Rows per statement on SQLite: few sizes, so that prepared statements are used again.
const LITE_CHUNKS: [usize; 3] = [64, 8, 1];

impl Sheet {
    pub(crate) fn new(kinds: &[Kind], rows: Vec<Vec<Cell>>) -> Self {
        Self { kinds: kinds.to_vec(), rows }
    }

    /// Statements whose text is `text` of a source of these rows: `VALUES` or `UNNEST`.
    pub(crate) fn statements(self, dialect: Dialect, text: impl Fn(&str) -> String) -> Vec<Statement> {
        let Self { kinds, rows } = self;
        let mut rows = rows.into_iter();
        let mut statements = Vec::new();
        while let Some(size) = chunk(dialect, rows.len()) {
            let part: Vec<_> = rows.by_ref().take(size).collect();
            statements.push(match dialect {
                Dialect::Lite => values(part, &text),
                Dialect::Pg => unnest(&kinds, part, &text),
            });
        }
        statements
    }
}

fn chunk(dialect: Dialect, left: usize) -> Option<usize> {
    match dialect {
        Dialect::Pg => (left > 0).then_some(left.min(PG_CHUNK)),
        Dialect::Lite => LITE_CHUNKS.into_iter().find(|size| *size <= left),
    }
}

/// Its parameters go by their order, so that several such statements can be sent as one text.
fn values(rows: Vec<Vec<Cell>>, text: &impl Fn(&str) -> String) -> Statement {
    let width = rows.first().map_or(0, Vec::len);
    let tuple = format!("({})", vec!["?"; width].join(","));
    let sql = text(&format!("VALUES {}", vec![&*tuple; rows.len()].join(",")));
    Statement { sql, args: rows.into_iter().flatten().map(Arg::Cell).collect() }
}

fn unnest(kinds: &[Kind], rows: Vec<Vec<Cell>>, text: &impl Fn(&str) -> String) -> Statement {
    let places: Vec<_> =
        kinds.iter().enumerate().map(|(place, kind)| format!("${}::{}", place + 1, kind.pg_array())).collect();
    let sql = text(&format!("SELECT * FROM UNNEST({})", places.join(",")));
    let mut columns: Vec<Vec<Cell>> = kinds.iter().map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        for (column, cell) in columns.iter_mut().zip(row) {
            column.push(cell);
        }
    }
    let args = kinds.iter().zip(columns).map(|(kind, cells)| Arg::Column(*kind, cells)).collect();
    Statement { sql, args }
}

/// A value that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Datum {
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A row that was read, taken apart by place.
#[derive(Clone, Debug)]
pub(crate) struct Found(pub(crate) Vec<Option<Datum>>);

impl Found {
    fn take(&mut self, place: usize) -> Option<Datum> {
        self.0[place].take()
    }

    pub(crate) fn opt_int(&mut self, place: usize) -> Result<Option<i64>, StoreError> {
        match self.take(place) {
            None => Ok(None),
            Some(Datum::Int(number)) => Ok(Some(number)),
            Some(other) => Err(unexpected(place, &other)),
        }
    }

    pub(crate) fn opt_text(&mut self, place: usize) -> Result<Option<String>, StoreError> {
        match self.take(place) {
            None => Ok(None),
            Some(Datum::Text(text)) => Ok(Some(text)),
            Some(other) => Err(unexpected(place, &other)),
        }
    }

    pub(crate) fn opt_bytes(&mut self, place: usize) -> Result<Option<Vec<u8>>, StoreError> {
        match self.take(place) {
            None => Ok(None),
            Some(Datum::Bytes(bytes)) => Ok(Some(bytes)),
            Some(other) => Err(unexpected(place, &other)),
        }
    }

    pub(crate) fn int(&mut self, place: usize) -> Result<i64, StoreError> {
        self.opt_int(place)?.ok_or_else(|| missing(place))
    }

    /// A number that counts something.
    pub(crate) fn count(&mut self, place: usize) -> Result<u64, StoreError> {
        let number = self.int(place)?;
        number.try_into().map_err(|_| StoreError::Damaged(format!("a count of {number}")))
    }

    pub(crate) fn text(&mut self, place: usize) -> Result<String, StoreError> {
        self.opt_text(place)?.ok_or_else(|| missing(place))
    }

    pub(crate) fn bytes(&mut self, place: usize) -> Result<Vec<u8>, StoreError> {
        self.opt_bytes(place)?.ok_or_else(|| missing(place))
    }

    /// Bytes of a known number.
    pub(crate) fn array<const N: usize>(&mut self, place: usize) -> Result<[u8; N], StoreError> {
        let bytes = self.bytes(place)?;
        bytes.try_into().map_err(|_| StoreError::Damaged(format!("not {N} bytes")))
    }

    pub(crate) fn uuid(&mut self, place: usize) -> Result<uuid::Uuid, StoreError> {
        Ok(uuid::Uuid::from_bytes(self.array(place)?))
    }

    /// The whole row as values of the read model.
    pub(crate) fn into_row(self) -> Result<Row, StoreError> {
        self.0.into_iter().enumerate().map(|(place, datum)| value(place, datum)).collect()
    }

    pub(crate) fn value(&mut self, place: usize) -> Result<Value, StoreError> {
        value(place, self.take(place))
    }
}

fn value(place: usize, datum: Option<Datum>) -> Result<Value, StoreError> {
    match datum {
        None => Ok(Value::Null),
        Some(Datum::Int(number)) => Ok(Value::Int(number)),
        Some(Datum::Text(text)) => Ok(Value::Text(text)),
        Some(other) => Err(unexpected(place, &other)),
    }
}

fn unexpected(place: usize, datum: &Datum) -> StoreError {
    let kind = match datum {
        Datum::Int(_) => "a number",
        Datum::Text(_) => "a text",
        Datum::Bytes(_) => "bytes",
    };
    StoreError::Damaged(format!("{kind} in column {place} of an answer"))
}

fn missing(place: usize) -> StoreError {
    StoreError::Damaged(format!("nothing in column {place} of an answer"))
}

/// A count as databases keep it.
pub(crate) fn as_int(count: u64) -> Result<i64, StoreError> {
    count.try_into().map_err(|_| StoreError::Malformed(format!("the count {count}")))
}

/// A limit as databases keep it; one beyond their range limits nothing.
pub(crate) fn as_limit(limit: u64) -> i64 {
    limit.try_into().unwrap_or(i64::MAX)
}
