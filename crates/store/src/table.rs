//! Tables of the read model: plain relational rows, described once, kept by every store alike.

/// The kind of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// UTF-8 text; compared by bytes.
    Text,
    /// Signed 64-bit number; also days, moments, amounts in fen, and 0 or 1.
    Int,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Column {
    /// Name, in snake case.
    pub name: &'static str,
    /// Kind of its values.
    pub kind: ColumnKind,
    /// Whether it may hold [`Value::Null`].
    pub nullable: bool,
}

/// A table of the read model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Table {
    /// Name, in snake case.
    pub name: &'static str,
    /// Columns in the order of a [`Row`].
    pub columns: &'static [Column],
    /// How many of the first columns are the primary key.
    pub key_len: usize,
    /// Indexes, each a list of column names.
    pub indexes: &'static [&'static [&'static str]],
}

impl Table {
    /// The place of the column `name`.
    ///
    /// # Panics
    /// If the table has no such column: that is a fault of the program.
    pub fn place(&self, name: &str) -> usize {
        self.columns
            .iter()
            .position(|column| column.name == name)
            .unwrap_or_else(|| panic!("table {} has no column {name}", self.name))
    }
}

/// All tables of the read model. A store opened with another schema than it holds rebuilds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Schema(pub &'static [Table]);

impl Schema {
    /// The table `name`.
    ///
    /// # Panics
    /// If there is none: that is a fault of the program.
    pub fn table(&self, name: &str) -> &'static Table {
        self.0.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("no table {name}"))
    }
}

/// A value of a column. `Null` sorts before everything else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Nothing.
    Null,
    /// A number.
    Int(i64),
    /// A text.
    Text(String),
}

impl Value {
    /// The kind of column it belongs in; `None` for nothing, which has no kind.
    pub fn kind(&self) -> Option<ColumnKind> {
        match self {
            Value::Null => None,
            Value::Int(_) => Some(ColumnKind::Int),
            Value::Text(_) => Some(ColumnKind::Text),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Int(number)
    }
}
impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Value::Int(i64::from(truth))
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// A row: one value for each column, in order.
pub type Row = Vec<Value>;

/// A change of the read model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowChange {
    /// Inserts the row or replaces the one with its key.
    Put {
        /// Name of the table.
        table: &'static str,
        /// The row.
        row: Row,
    },
    /// Removes the row with this key, if there is one.
    Delete {
        /// Name of the table.
        table: &'static str,
        /// Values of the key columns.
        key: Row,
    },
}
