//! The read model in memory.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::plan::{Plan, RowNet, net_rows};
use crate::query::meets;
use crate::{Cond, LogId, Pos, Query, Row, RowChange, Schema, Table, Value};

#[derive(Debug, Default)]
pub(super) struct Rows {
    schema: Option<Schema>,
    tables: BTreeMap<&'static str, BTreeMap<Row, Row>>,
    /// The size of the record that the rows tell of.
    upto: Pos,
}

impl Rows {
    /// Forgets rows of another schema: they must be computed anew.
    pub(super) fn open(&mut self, schema: &Schema) {
        if self.schema != Some(*schema) {
            *self = Self { schema: Some(*schema), ..Self::default() };
        }
    }

    pub(super) fn are_current(&self, schema: &Schema, size: Pos) -> bool {
        self.schema == Some(*schema) && self.upto == size
    }

    /// Follows the record, unless the rows were behind before.
    pub(super) fn grow(&mut self, plan: &Plan) {
        let before = plan.sizes_before.get(&LogId::RECORD);
        if let Some(size) = plan.sizes.get(&LogId::RECORD)
            && before == Some(&self.upto)
        {
            self.upto = *size;
        }
    }

    pub(super) fn apply(&mut self, rows: RowNet) {
        for (table, changes) in rows {
            let table = self.tables.entry(table).or_default();
            for (key, row) in changes {
                match row {
                    Some(row) => table.insert(key, row),
                    None => table.remove(&key),
                };
            }
        }
    }

    pub(super) fn replace(&mut self, schema: &Schema, rows: Vec<RowChange>, upto: Pos) {
        *self = Self { schema: Some(*schema), upto, ..Self::default() };
        self.apply(net_rows(schema, rows));
    }

    fn of(&self, table: &str) -> Box<dyn Iterator<Item = &Row> + '_> {
        Box::new(self.tables.get(table).into_iter().flat_map(BTreeMap::values))
    }

    pub(super) fn meeting<'a>(
        &'a self,
        schema: &'a Schema,
        table: &'static str,
        cond: &'a Cond,
    ) -> impl Iterator<Item = &'a Row> {
        let described = schema.table(table);
        self.of(table).filter(move |row| meets(schema, described, row, cond, &|other| self.of(other)))
    }

    pub(super) fn select(&self, schema: &Schema, query: &Query) -> Vec<Row> {
        let mut found: Vec<&Row> = self.meeting(schema, query.table, &query.cond).collect();
        let table = schema.table(query.table);
        found.sort_by(|left, right| order(table, query, left, right));
        let page = found.into_iter().skip(query.offset as usize).take(query.limit as usize);
        page.cloned().collect()
    }

    pub(super) fn tally(
        &self,
        schema: &Schema,
        table: &'static str,
        cond: &Cond,
        column: &'static str,
    ) -> Vec<(Value, u64)> {
        let place = schema.table(table).place(column);
        let mut tally = BTreeMap::<Value, u64>::new();
        for row in self.meeting(schema, table, cond) {
            *tally.entry(row[place].clone()).or_default() += 1;
        }
        tally.into_iter().collect()
    }
}

fn order(table: &Table, query: &Query, left: &Row, right: &Row) -> Ordering {
    let wanted = query.order.iter().map(|(column, direction)| {
        let place = table.place(column);
        direction.turned(left[place].cmp(&right[place]))
    });
    let by_key = query.ties().turned(left[..table.key_len].cmp(&right[..table.key_len]));
    wanted.fold(Ordering::Equal, Ordering::then).then(by_key)
}
