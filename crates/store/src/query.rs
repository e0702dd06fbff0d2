//! Questions to the read model: one small language, evaluated in memory and compiled to SQL, so that
//! a rule about who may see a row can be both tested as a function and run as a filter.

use crate::{Row, Schema, Table, Value};

/// How a column is compared with a value. A comparison with `Null` on either side is false.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Equal.
    Is,
    /// Not equal (and not null).
    IsNot,
    /// Less.
    Below,
    /// Less or equal.
    AtMost,
    /// Greater.
    Above,
    /// Greater or equal.
    AtLeast,
}

/// A condition on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cond {
    /// Always.
    True,
    /// Never.
    False,
    /// All of them; with none, always.
    All(Vec<Cond>),
    /// At least one of them; with none, never.
    Any(Vec<Cond>),
    /// Not this.
    Not(Box<Cond>),
    /// A column compared with a value.
    Compare(&'static str, Operator, Value),
    /// A column equal to one of the values.
    In(&'static str, Vec<Value>),
    /// A column that holds nothing.
    IsNull(&'static str),
    /// A text column that contains this text, letter case as it stands.
    Contains(&'static str, String),
    /// There is a row in another table that meets `cond` and agrees on columns `(there, here)`.
    Exists {
        /// Name of the other table.
        table: &'static str,
        /// Pairs of columns that must be equal: in the other table, in this one.
        on: &'static [(&'static str, &'static str)],
        /// Condition on the other table's row.
        cond: Box<Cond>,
    },
}

impl Cond {
    /// `column = value`.
    pub fn is(column: &'static str, value: impl Into<Value>) -> Cond {
        Cond::Compare(column, Operator::Is, value.into())
    }
    /// `self and other`.
    pub fn and(self, other: Cond) -> Cond {
        Cond::All(vec![self, other])
    }
    /// `self or other`.
    pub fn or(self, other: Cond) -> Cond {
        Cond::Any(vec![self, other])
    }
}

/// Order of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first; nulls first.
    Up,
    /// Largest first; nulls last.
    Down,
}

impl Direction {
    /// `up` as this direction has it.
    pub fn turned(self, up: std::cmp::Ordering) -> std::cmp::Ordering {
        if self == Direction::Up { up } else { up.reverse() }
    }
}

/// A question: rows of one table under a condition. Ties are broken by the key, in the direction of the last
/// order, so that paging is stable and an index on the ordered columns gives a page without sorting.
#[derive(Clone, Debug)]
pub struct Query {
    /// Name of the table.
    pub table: &'static str,
    /// Condition.
    pub cond: Cond,
    /// Order, most important first.
    pub order: Vec<(&'static str, Direction)>,
    /// At most this many rows.
    pub limit: u64,
    /// Rows to pass over.
    pub offset: u64,
    /// Whether to start from what a condition on another table gathers (see [`Query::led`]).
    pub led: bool,
}

impl Query {
    /// All rows of `table` that meet `cond`, in key order, at most 10,000.
    pub fn of(table: &'static str, cond: Cond) -> Self {
        Self { table, cond, order: vec![], limit: 10_000, offset: 0, led: false }
    }
    /// Adds an order after those already given.
    pub fn by(mut self, column: &'static str, direction: Direction) -> Self {
        self.order.push((column, direction));
        self
    }
    /// Starts from the rows that its condition on another table gathers, however few another condition seems to
    /// leave: for a question about one's own few among many. It changes how the answer is found, not the answer.
    pub fn led(mut self) -> Self {
        self.led = true;
        self
    }
    /// The direction in which the key breaks ties.
    pub fn ties(&self) -> Direction {
        self.order.last().map_or(Direction::Up, |(_, direction)| *direction)
    }
    /// Limits the answer to one page.
    pub fn page(mut self, limit: u64, offset: u64) -> Self {
        (self.limit, self.offset) = (limit, offset);
        self
    }
}

/// Whether `row` of `table` meets `cond`; `rows_of` gives all rows of another table for [`Cond::Exists`].
pub fn meets<'a>(
    schema: &Schema,
    table: &Table,
    row: &Row,
    cond: &Cond,
    rows_of: &dyn Fn(&'static str) -> Box<dyn Iterator<Item = &'a Row> + 'a>,
) -> bool {
    let value = |column: &str| &row[table.place(column)];
    match cond {
        Cond::True => true,
        Cond::False => false,
        Cond::All(conds) => conds.iter().all(|cond| meets(schema, table, row, cond, rows_of)),
        Cond::Any(conds) => conds.iter().any(|cond| meets(schema, table, row, cond, rows_of)),
        Cond::Not(cond) => !meets(schema, table, row, cond, rows_of),
        Cond::Compare(column, operator, other) => compare(value(column), *operator, other),
        Cond::In(column, values) => *value(column) != Value::Null && values.contains(value(column)),
        Cond::IsNull(column) => *value(column) == Value::Null,
        Cond::Contains(column, part) => matches!(value(column), Value::Text(text) if text.contains(part)),
        Cond::Exists { table: other, on, cond } => {
            let there = schema.table(other);
            rows_of(other).any(|candidate| {
                on.iter().all(|(inner, outer)| {
                    let left = &candidate[there.place(inner)];
                    *left != Value::Null && left == value(outer)
                }) && meets(schema, there, candidate, cond, rows_of)
            })
        }
    }
}

fn compare(left: &Value, operator: Operator, right: &Value) -> bool {
    if *left == Value::Null || *right == Value::Null {
        return false;
    }
    match operator {
        Operator::Is => left == right,
        Operator::IsNot => left != right,
        Operator::Below => left < right,
        Operator::AtMost => left <= right,
        Operator::Above => left > right,
        Operator::AtLeast => left >= right,
    }
}
