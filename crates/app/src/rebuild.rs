//! The read model computed anew from the record, row for row.

use std::collections::{BTreeMap, BTreeSet};

use xiezhi_domain::{case::CaseState, ids::CaseId};
use xiezhi_store::{Cond, LogId, Operator, Pos, Query, Row, RowChange, Value};

use crate::{
    App, AppError,
    audit::Difference,
    codec, rows,
    tables::{CaseRow, SCHEMA, TableRow as _},
};

/// Events read at a time.
const STEP: u64 = 2_000;
/// The table of cases.
const CASES: &str = CaseRow::TABLE.name;
/// Rows of it that are looked at in a go.
const CASES_LOOKED_AT: u64 = 64;
/// How often a rebuild starts over because acts went on meanwhile.
const ATTEMPTS: usize = 5;

impl App {
    /// Every case in the record, in the order of their identifiers.
    pub async fn all_cases(&self, upto: Pos) -> Result<BTreeSet<CaseId>, AppError> {
        let mut cases = BTreeSet::new();
        let mut from = 0;
        while from < upto {
            let events = self.ports().store.read_log(LogId::RECORD, from, STEP.min(upto - from)).await?;
            let Some(last) = events.last() else { break };
            from = last.pos + 1;
            let ids = events.iter().filter_map(|event| event.stream.0.strip_prefix("case/"));
            cases.extend(ids.filter_map(|id| id.parse::<CaseId>().ok()));
        }
        Ok(cases)
    }

    /// All rows of the read model, computed from the record up to `upto`; tells how many of how many cases
    /// are done.
    pub async fn rows_anew(
        &self,
        upto: Pos,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Vec<RowChange>, AppError> {
        let people = self.refresh_directory().await?;
        let cases = self.all_cases(upto).await?;
        let mut all = vec![];
        for (done, id) in cases.iter().enumerate() {
            let events = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(*id), 0).await?;
            let events: Vec<_> = events.into_iter().filter(|event| event.pos < upto).collect();
            if let Some(case) = codec::fold(*id, None, &events)? {
                all.extend(rows::all(&case, &people));
            }
            progress(done + 1, cases.len());
        }
        Ok(all)
    }

    /// Rebuilds the read model beside the old one and swaps.
    pub async fn rebuild(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<usize, AppError> {
        for _ in 0..ATTEMPTS {
            let upto = self.ports().store.size(LogId::RECORD).await?;
            let rows = self.rows_anew(upto, progress).await?;
            let count = rows.len();
            if self.ports().store.replace_rows(rows, upto).await? {
                return Ok(count);
            }
        }
        Err(AppError::Busy)
    }

    /// The case as the record alone tells it, past everything a node keeps in memory.
    pub(crate) async fn fold_anew(&self, id: CaseId) -> Result<Option<CaseState>, AppError> {
        let events = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(id), 0).await?;
        codec::fold(id, None, &events)
    }

    /// The rows of one case that differ between the read model and the record. The case may be acted on meanwhile:
    /// then it is looked at again.
    pub async fn differing_rows(&self, id: CaseId) -> Result<Vec<Difference>, AppError> {
        let stream = codec::case_stream(id);
        for _ in 1..ATTEMPTS {
            let (differing, rev) = self.rows_that_differ(id).await?;
            let acted = self.ports().store.revision(LogId::RECORD, &stream).await? > rev;
            if differing.is_empty() || !acted {
                return Ok(differing);
            }
        }
        Ok(self.rows_that_differ(id).await?.0)
    }

    /// The same for a case that was just folded.
    pub(crate) async fn differing_rows_of(&self, case: &CaseState) -> Result<Vec<Difference>, AppError> {
        match self.rows_other_than(case.id, Some(case)).await?.is_empty() {
            true => Ok(vec![]),
            false => self.differing_rows(case.id).await,
        }
    }

    async fn rows_that_differ(&self, id: CaseId) -> Result<(Vec<Difference>, u64), AppError> {
        let case = self.fold_anew(id).await?;
        let rev = case.as_ref().map_or(0, |case| case.rev);
        Ok((self.rows_other_than(id, case.as_ref()).await?, rev))
    }

    /// Rows of the read model that are not those of the case as it was folded.
    async fn rows_other_than(&self, id: CaseId, case: Option<&CaseState>) -> Result<Vec<Difference>, AppError> {
        let people = self.refresh_directory().await?;
        let wanted = case.map(|case| rows::all(case, &people)).unwrap_or_default();
        let mut found = vec![];
        for table in SCHEMA.0 {
            let query = Query::of(table.name, Cond::is("case_id", id.to_string()));
            found.extend(self.every_row(query).await?);
        }
        Ok(differing(wanted, found))
    }

    /// Of these cases, with the rows that they should have, those that have others.
    pub(crate) async fn with_other_rows(
        &self,
        wanted: BTreeMap<CaseId, Vec<RowChange>>,
    ) -> Result<Vec<CaseId>, AppError> {
        let ids: Vec<Value> = wanted.keys().map(|id| Value::Text(id.to_string())).collect();
        let mut found: BTreeMap<String, Vec<(&'static str, Row)>> = BTreeMap::new();
        for table in SCHEMA.0 {
            let place = table.place("case_id");
            for (table, row) in self.every_row(Query::of(table.name, Cond::In("case_id", ids.clone()))).await? {
                let Value::Text(id) = &row[place] else { continue };
                found.entry(id.clone()).or_default().push((table, row));
            }
        }
        let differs = |(id, wanted): (CaseId, Vec<RowChange>)| {
            let found = found.remove(&id.to_string()).unwrap_or_default();
            (!differing(wanted, found).is_empty()).then_some(id)
        };
        Ok(wanted.into_iter().filter_map(differs).collect())
    }

    /// The rows that differ between the whole read model and the record. Empty means: row for row the same.
    pub async fn differing_rows_of_all(&self) -> Result<Vec<Difference>, AppError> {
        let upto = self.ports().store.size(LogId::RECORD).await?;
        let wanted = self.rows_anew(upto, &mut |_, _| {}).await?;
        let mut found = vec![];
        for table in SCHEMA.0 {
            found.extend(self.every_row(Query::of(table.name, Cond::True)).await?);
        }
        Ok(differing(wanted, found))
    }

    /// Rows of a table that belong to no case of the table of cases.
    pub(crate) async fn stray_rows(&self, table: &'static str) -> Result<Vec<Difference>, AppError> {
        let known = Cond::Exists { table: CASES, on: &[("case_id", "case_id")], cond: Box::new(Cond::True) };
        let mut stray = vec![];
        for (table, row) in self.every_row(Query::of(table, Cond::Not(Box::new(known)))).await? {
            // The record may have a case whose own row is missing: that is told of the case.
            if !self.is_on_record(&row[SCHEMA.table(table).place("case_id")]).await? {
                stray.push(too_many(table, &row));
            }
        }
        Ok(stray)
    }

    /// Of the next rows of the table of cases those that are of no case of the record; and the last one looked at.
    pub(crate) async fn strange_cases(&self, after: &str) -> Result<(Vec<Difference>, Option<String>), AppError> {
        let next = Cond::Compare("case_id", Operator::Above, Value::Text(after.to_owned()));
        let rows = self.ports().store.select(&Query::of(CASES, next).page(CASES_LOOKED_AT, 0)).await?;
        let (mut strange, mut last) = (vec![], None);
        for row in &rows {
            let Value::Text(id) = &row[SCHEMA.table(CASES).place("case_id")] else { continue };
            if !self.is_on_record(&row[SCHEMA.table(CASES).place("case_id")]).await? {
                strange.push(too_many(CASES, row));
            }
            last = Some(id.clone());
        }
        Ok((strange, last))
    }

    async fn is_on_record(&self, case: &Value) -> Result<bool, AppError> {
        let case = if let Value::Text(id) = case { id.parse::<CaseId>().ok() } else { None };
        let Some(case) = case else { return Ok(false) };
        Ok(self.ports().store.revision(LogId::RECORD, &codec::case_stream(case)).await? > 0)
    }

    async fn every_row(&self, query: Query) -> Result<Vec<(&'static str, Row)>, AppError> {
        let mut all = vec![];
        loop {
            let page = query.clone().page(STEP, all.len() as u64);
            let rows = self.ports().store.select(&page).await?;
            let last = (rows.len() as u64) < STEP;
            all.extend(rows.into_iter().map(|row| (query.table, row)));
            if last {
                return Ok(all);
            }
        }
    }
}

fn differing(wanted: Vec<RowChange>, found: Vec<(&'static str, Row)>) -> Vec<Difference> {
    let put = |change| match change {
        RowChange::Put { table, row } => Some(((table, key(table, &row)), row)),
        RowChange::Delete { .. } => None,
    };
    let mut wanted: BTreeMap<(&'static str, Row), Row> = wanted.into_iter().filter_map(put).collect();
    let mut differing = vec![];
    for (table, row) in found {
        match wanted.remove(&(table, key(table, &row))) {
            Some(should) if should == row => {}
            Some(should) => differing.push(difference(table, &row, Some(&row), Some(&should))),
            None => differing.push(too_many(table, &row)),
        }
    }
    differing.extend(wanted.into_iter().map(|((table, _), should)| difference(table, &should, None, Some(&should))));
    differing
}

fn too_many(table: &'static str, row: &Row) -> Difference {
    difference(table, row, Some(row), None)
}

/// What a row is and what it should be: of two rows the columns that differ.
fn difference(table: &'static str, of: &Row, is: Option<&Row>, should: Option<&Row>) -> Difference {
    let told = |row: &Row, other: Option<&Row>| {
        let columns = SCHEMA.table(table).columns.iter().enumerate();
        let differs = columns.filter(|(place, _)| other.is_none_or(|other| other[*place] != row[*place]));
        differs.map(|(place, column)| (column.name.to_owned(), text(&row[place]))).collect()
    };
    Difference::Row {
        table: table.to_owned(),
        key: key(table, of).iter().map(text).collect::<Vec<_>>().join(" "),
        is: is.map(|row| told(row, should)),
        should: should.map(|row| told(row, is)),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.clone(),
    }
}

fn key(table: &str, row: &Row) -> Row {
    row.iter().take(SCHEMA.table(table).key_len).cloned().collect()
}
