//! Questions to the read model, compiled to SQL.
//!
//! Truth has two values here as in memory: a comparison with nothing is false, and `NOT` of it is true.
//! SQL has three, so every comparison of a nullable column says first that it holds something.

use std::fmt::Write as _;

use xiezhi_store::{Column, ColumnKind, Cond, Direction, Operator, Query, Schema, StoreError, Table, Value};

use crate::statement::{Cell, Dialect, Statement, as_limit};

/// Values in one `In`; beyond it a question is a fault of the program.
const IN_MAX: usize = 10_000;

/// The statement that answers `query`.
pub(crate) fn select(schema: &Schema, dialect: Dialect, query: &Query) -> Result<Statement, StoreError> {
    let mut text = Text::new(schema, dialect);
    let table = schema.table(query.table);
    let columns: Vec<_> = table.columns.iter().map(|column| place(0, column.name)).collect();
    text.push(&format!("SELECT {} FROM ", columns.join(", ")));
    match text.leader(table, query) {
        Some((leader, rest)) => text.led(table, leader, &rest)?,
        None => {
            text.push(&format!("\"{}\" AS t0", table.name));
            text.condition(table, &query.cond)?;
        }
    }
    text.push(&format!(" ORDER BY {}", order(table, query)));
    text.push(" LIMIT ");
    text.value(as_limit(query.limit));
    text.push(" OFFSET ");
    text.value(as_limit(query.offset));
    Ok(text.done())
}

/// The statement that counts the rows of `table` that meet `cond`.
pub(crate) fn count(
    schema: &Schema,
    dialect: Dialect,
    table: &'static str,
    cond: &Cond,
) -> Result<Statement, StoreError> {
    let mut text = Text::new(schema, dialect);
    text.push(&format!("SELECT count(*) FROM \"{table}\" AS t0"));
    text.condition(schema.table(table), cond)?;
    Ok(text.done())
}

/// The statement that counts them for each value of `column`.
pub(crate) fn tally(
    schema: &Schema,
    dialect: Dialect,
    table: &'static str,
    cond: &Cond,
    column: &'static str,
) -> Result<Statement, StoreError> {
    let mut text = Text::new(schema, dialect);
    let described = schema.table(table);
    let by = place(0, described.columns[described.place(column)].name);
    text.push(&format!("SELECT {by}, count(*) FROM \"{table}\" AS t0"));
    text.condition(described, cond)?;
    text.push(&format!(" GROUP BY {by} ORDER BY {by} NULLS FIRST"));
    Ok(text.done())
}

fn place(depth: usize, column: &str) -> String {
    format!("t{depth}.\"{column}\"")
}

fn order(table: &Table, query: &Query) -> String {
    let wanted = query.order.iter().map(|(column, direction)| sorted(&table.columns[table.place(column)], *direction));
    let key = table.columns[..table.key_len].iter().map(|column| sorted(column, query.ties()));
    wanted.chain(key).collect::<Vec<_>>().join(", ")
}

fn sorted(column: &Column, direction: Direction) -> String {
    // Said of every column, as every index says it: PostgreSQL sorts by an index only if both say the same.
    let direction = match direction {
        Direction::Up => "ASC NULLS FIRST",
        Direction::Down => "DESC NULLS LAST",
    };
    format!("{} {direction}", place(0, column.name))
}

struct Text<'s> {
    schema: &'s Schema,
    dialect: Dialect,
    sql: String,
    cells: Vec<Cell>,
}

type Compiled = Result<(), StoreError>;

impl<'s> Text<'s> {
    fn new(schema: &'s Schema, dialect: Dialect) -> Self {
        Self { schema, dialect, sql: String::new(), cells: Vec::new() }
    }

    fn done(self) -> Statement {
        self.cells.into_iter().fold(Statement::new(self.sql), Statement::bind)
    }

    fn push(&mut self, text: &str) {
        self.sql.push_str(text);
    }

    fn value(&mut self, value: impl Into<Cell>) {
        self.cells.push(value.into());
        write!(self.sql, "${}", self.cells.len()).expect("a String takes all");
    }

    fn truth(&mut self, truth: bool) {
        self.push(if truth { "1 = 1" } else { "1 = 0" });
    }

    /// The condition of a whole question. One that always holds is not asked: all rows are counted from an
    /// index then, without looking at each.
    fn condition(&mut self, table: &Table, cond: &Cond) -> Compiled {
        if always(cond) {
            return Ok(());
        }
        self.push(" WHERE ");
        self.cond(table, 0, cond)
    }

    fn cond(&mut self, table: &Table, depth: usize, cond: &Cond) -> Compiled {
        match cond {
            Cond::True => self.truth(true),
            Cond::False => self.truth(false),
            Cond::All(conds) => self.joined(table, depth, conds, " AND ", true)?,
            Cond::Any(conds) => self.joined(table, depth, conds, " OR ", false)?,
            Cond::Not(cond) => self.not(table, depth, cond)?,
            Cond::Compare(name, operator, value) => {
                self.compare(column(table, name), depth, *operator, value)?;
            }
            Cond::In(name, values) => self.within(column(table, name), depth, values)?,
            Cond::IsNull(name) => {
                self.push(&format!("{} IS NULL", place(depth, column(table, name).name)));
            }
            Cond::Contains(name, part) => self.contains(column(table, name), depth, part)?,
            Cond::Exists { table: other, on, cond } => self.exists(table, depth, other, on, cond)?,
        }
        Ok(())
    }

    fn joined(&mut self, table: &Table, depth: usize, conds: &[Cond], word: &str, of_none: bool) -> Compiled {
        if conds.is_empty() {
            self.truth(of_none);
            return Ok(());
        }
        for (place, cond) in conds.iter().enumerate() {
            self.push(if place == 0 { "(" } else { word });
            self.cond(table, depth, cond)?;
        }
        self.push(")");
        Ok(())
    }

    fn not(&mut self, table: &Table, depth: usize, cond: &Cond) -> Compiled {
        self.push("(NOT (");
        self.cond(table, depth, cond)?;
        self.push("))");
        Ok(())
    }

    /// The condition on another table that the question starts from, and the others. PostgreSQL knows how many rows
    /// each leaves and finds its own way; SQLite takes every equality for one that leaves few.
    fn leader<'q>(&self, table: &Table, query: &'q Query) -> Option<(Leader<'q>, Vec<&'q Cond>)> {
        if !query.led || self.dialect != Dialect::Lite {
            return None;
        }
        let mut all = vec![];
        flatten(&query.cond, &mut all);
        let found = all.iter().position(|cond| self.as_leader(table, cond).is_some())?;
        let leader = self.as_leader(table, all.remove(found))?;
        Some((leader, all))
    }

    fn as_leader<'q>(&self, table: &Table, cond: &'q Cond) -> Option<Leader<'q>> {
        let Cond::Exists { table: other, on: [(left, right)], cond } = cond else { return None };
        let there = self.schema.table(other);
        let (left, right) = (column(there, left).name, column(table, right).name);
        (!is_key(there, left)).then_some(Leader { other, left, right, cond })
    }

    /// What follows `FROM`: the rows of the other table first, then those they lead to.
    fn led(&mut self, table: &Table, leader: Leader<'_>, rest: &[&Cond]) -> Compiled {
        let Leader { other, left, right, cond } = leader;
        let there = self.schema.table(other);
        comparable(column(there, left), column(table, right))?;
        self.push(&format!("(SELECT DISTINCT {} AS led FROM \"{other}\" AS t1 WHERE ", place(1, left)));
        self.cond(there, 1, cond)?;
        self.push(&format!(") AS leader CROSS JOIN \"{}\" AS t0 WHERE {} = leader.led", table.name, place(0, right)));
        for cond in rest {
            self.push(" AND ");
            self.cond(table, 0, cond)?;
        }
        Ok(())
    }

    /// `(column holds something AND column <what follows>)`.
    fn guarded(&mut self, column: &Column, depth: usize, rest: impl FnOnce(&mut Self, &str)) {
        let place = place(depth, column.name);
        if column.nullable {
            self.push(&format!("({place} IS NOT NULL AND "));
        } else {
            self.push("(");
        }
        rest(self, &place);
        self.push(")");
    }

    fn compare(&mut self, column: &Column, depth: usize, operator: Operator, value: &Value) -> Compiled {
        if *value == Value::Null {
            self.truth(false);
            return Ok(());
        }
        let cell = fitting(column, value)?;
        let sign = sign(operator);
        self.guarded(column, depth, |text, place| {
            text.push(&format!("{place} {sign} "));
            text.value(cell);
        });
        Ok(())
    }

    fn within(&mut self, column: &Column, depth: usize, values: &[Value]) -> Compiled {
        let values = values.iter().filter(|value| **value != Value::Null);
        let cells = values.map(|value| fitting(column, value)).collect::<Result<Vec<_>, _>>()?;
        if cells.len() > IN_MAX {
            return Err(StoreError::Malformed(format!("{} values to compare", cells.len())));
        }
        if cells.is_empty() {
            self.truth(false);
            return Ok(());
        }
        self.guarded(column, depth, |text, place| {
            text.push(&format!("{place} IN ("));
            for (place, cell) in cells.into_iter().enumerate() {
                text.push(if place == 0 { "" } else { ", " });
                text.value(cell);
            }
            text.push(")");
        });
        Ok(())
    }

    /// A search for the text as it stands: no character of it means anything else.
    fn contains(&mut self, column: &Column, depth: usize, part: &str) -> Compiled {
        if column.kind != ColumnKind::Text || part.contains('\0') {
            self.truth(false);
            return Ok(());
        }
        let search = match self.dialect {
            Dialect::Lite => "instr",
            Dialect::Pg => "strpos",
        };
        self.guarded(column, depth, |text, place| {
            text.push(&format!("{search}({place}, "));
            text.value(part);
            text.push(") > 0");
        });
        Ok(())
    }

    fn exists(
        &mut self,
        table: &Table,
        depth: usize,
        other: &'static str,
        on: &[(&str, &str)],
        cond: &Cond,
    ) -> Compiled {
        let (there, inner) = (self.schema.table(other), depth + 1);
        if let [(left, right)] = on
            && !is_key(there, left)
        {
            return self.member(column(table, right), depth, there, column(there, left), cond);
        }
        self.push(&format!("EXISTS (SELECT 1 FROM \"{other}\" AS t{inner} WHERE "));
        for (left, right) in on {
            let (left, right) = (column(there, left), column(table, right));
            comparable(left, right)?;
            let (left, right) = (place(inner, left.name), place(depth, right.name));
            self.push(&format!("{left} = {right} AND "));
        }
        self.cond(there, inner, cond)?;
        // The limit changes nothing, but without it SQLite 3.51 may run the question as a join that
        // gives a row once for every match.
        self.push(" LIMIT 1)");
        Ok(())
    }

    /// A row that agrees on a column that is no key is looked for from the other side: what meets the condition there is
    /// gathered first and leads here, so that a list of few among many does not walk through the many.
    fn member(&mut self, here: &Column, depth: usize, there: &Table, left: &Column, cond: &Cond) -> Compiled {
        comparable(left, here)?;
        let (other, inner) = (there.name, depth + 1);
        let (outer, left_place) = (place(depth, here.name), place(inner, left.name));
        // Truth has two values only where neither side of the comparison can be nothing.
        let holds = if here.nullable { format!("{outer} IS NOT NULL AND ") } else { String::new() };
        self.push(&format!("({holds}{outer} IN (SELECT {left_place} FROM \"{other}\" AS t{inner} WHERE "));
        if left.nullable {
            self.push(&format!("{left_place} IS NOT NULL AND "));
        }
        self.cond(there, inner, cond)?;
        self.push("))");
        Ok(())
    }
}

/// A condition on another table: its rows that meet `cond` lead by `left` to the rows whose `right` is the same.
struct Leader<'q> {
    other: &'static str,
    left: &'static str,
    right: &'static str,
    cond: &'q Cond,
}

/// The conditions that must all hold.
fn flatten<'c>(cond: &'c Cond, into: &mut Vec<&'c Cond>) {
    match cond {
        Cond::All(conds) => conds.iter().for_each(|cond| flatten(cond, into)),
        one => into.push(one),
    }
}

fn column<'t>(table: &'t Table, name: &str) -> &'t Column {
    &table.columns[table.place(name)]
}

fn comparable(left: &Column, right: &Column) -> Compiled {
    if left.kind == right.kind {
        return Ok(());
    }
    Err(StoreError::Malformed(format!("{} on {}", left.name, right.name)))
}

/// Whether the column is the whole key of the table: then a row is looked up by it at once.
fn is_key(table: &Table, name: &str) -> bool {
    table.key_len == 1 && table.columns[0].name == name
}

/// Whether every row meets the condition, as can be told without looking.
fn always(cond: &Cond) -> bool {
    match cond {
        Cond::True => true,
        Cond::All(conds) => conds.iter().all(always),
        _ => false,
    }
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Is => "=",
        Operator::IsNot => "<>",
        Operator::Below => "<",
        Operator::AtMost => "<=",
        Operator::Above => ">",
        Operator::AtLeast => ">=",
    }
}

fn fitting(column: &Column, value: &Value) -> Result<Cell, StoreError> {
    let has_nul = matches!(value, Value::Text(text) if text.contains('\0'));
    if value.kind() != Some(column.kind) || has_nul {
        return Err(StoreError::Malformed(format!("{value:?} compared with {}", column.name)));
    }
    Ok(Cell::of(column.kind, value.clone()))
}
