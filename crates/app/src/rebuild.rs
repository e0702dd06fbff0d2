//! The read model computed anew from the record, row for row.

use std::collections::{BTreeMap, BTreeSet};

use xiezhi_domain::{case::CaseState, ids::CaseId};
use xiezhi_store::{Cond, LogId, Pos, Query, Row, RowChange, Value};

use crate::{App, AppError, codec, rows, tables::SCHEMA};

/// Events read at a time.
const STEP: u64 = 2_000;
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

    /// The rows of one case that differ between the read model and the record: table and key.
    pub async fn differing_rows(&self, id: CaseId) -> Result<Vec<(&'static str, Row)>, AppError> {
        let people = self.refresh_directory().await?;
        let case = self.fold_anew(id).await?;
        let wanted = case.map(|case| rows::all(&case, &people)).unwrap_or_default();
        let mut found = vec![];
        for table in SCHEMA.0 {
            let query = Query::of(table.name, Cond::is("case_id", id.to_string()));
            found.extend(self.every_row(query).await?);
        }
        Ok(differing(wanted, found))
    }

    /// The rows that differ between the whole read model and the record. Empty means: row for row the same.
    pub async fn differing_rows_of_all(&self) -> Result<Vec<(&'static str, Row)>, AppError> {
        let upto = self.ports().store.size(LogId::RECORD).await?;
        let wanted = self.rows_anew(upto, &mut |_, _| {}).await?;
        let mut found = vec![];
        for table in SCHEMA.0 {
            found.extend(self.every_row(Query::of(table.name, Cond::True)).await?);
        }
        Ok(differing(wanted, found))
    }

    /// Rows that belong to no case of the record.
    pub async fn stray_rows(&self, cases: &BTreeSet<CaseId>) -> Result<Vec<(&'static str, Row)>, AppError> {
        let known: BTreeSet<String> = cases.iter().map(ToString::to_string).collect();
        let mut stray = vec![];
        for table in SCHEMA.0 {
            let place = table.place("case_id");
            let of_none = |row: &Row| !matches!(&row[place], Value::Text(id) if known.contains(id));
            let mut from = 0;
            loop {
                let page = Query::of(table.name, Cond::True).page(STEP, from);
                let rows = self.ports().store.select(&page).await?;
                from += rows.len() as u64;
                let last = (rows.len() as u64) < STEP;
                stray.extend(rows.iter().filter(|row| of_none(row)).map(|row| (table.name, key(table.name, row))));
                if last {
                    break;
                }
            }
        }
        Ok(stray)
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

fn differing(wanted: Vec<RowChange>, found: Vec<(&'static str, Row)>) -> Vec<(&'static str, Row)> {
    let put = |change| match change {
        RowChange::Put { table, row } => Some(((table, key(table, &row)), row)),
        RowChange::Delete { .. } => None,
    };
    let mut wanted: BTreeMap<(&'static str, Row), Row> = wanted.into_iter().filter_map(put).collect();
    let mut differing = vec![];
    for (table, row) in found {
        let place = (table, key(table, &row));
        if wanted.remove(&place).as_ref() != Some(&row) {
            differing.push(place);
        }
    }
    differing.extend(wanted.into_keys());
    differing
}

fn key(table: &str, row: &Row) -> Row {
    row.iter().take(SCHEMA.table(table).key_len).cloned().collect()
}
