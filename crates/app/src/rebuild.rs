//! The read model computed anew from the record, row for row.

use std::collections::BTreeSet;

use xiezhi_domain::ids::CaseId;
use xiezhi_store::{LogId, Pos, Row, RowChange};

use crate::{App, AppError, codec, rows};

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
    pub async fn rows_anew(&self, upto: Pos, progress: &mut dyn FnMut(usize, usize)) -> Result<Vec<RowChange>, AppError> {
        let people = self.refresh_directory().await?;
        let rules = crate::cases::rules_today(self);
        let cases = self.all_cases(upto).await?;
        let mut all = vec![];
        for (done, id) in cases.iter().enumerate() {
            let events = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(*id), 0).await?;
            let events: Vec<_> = events.into_iter().filter(|event| event.pos < upto).collect();
            if let Some(case) = codec::fold(*id, None, &events)? {
                all.extend(rows::all(&case, &people, &rules));
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

    /// The rows of one case that differ between the read model and the record: table and key.
    pub async fn differing_rows(&self, id: CaseId) -> Result<Vec<(&'static str, Row)>, AppError> {
        use xiezhi_store::{Cond, Query};
        let case = self.load(id).await?;
        let people = self.refresh_directory().await?;
        let mut wanted: std::collections::BTreeMap<(&'static str, Row), Row> = rows::all(&case, &people, &crate::cases::rules_today(self))
            .into_iter()
            .filter_map(|change| match change {
                RowChange::Put { table, row } => Some(((table, key(table, &row)), row)),
                RowChange::Delete { .. } => None,
            })
            .collect();
        let mut differing = vec![];
        for table in crate::tables::SCHEMA.0 {
            let found = self.ports().store.select(&Query::of(table.name, Cond::is("case_id", id.to_string()))).await?;
            for row in found {
                let place = (table.name, key(table.name, &row));
                if wanted.remove(&place).as_ref() != Some(&row) {
                    differing.push(place);
                }
            }
        }
        differing.extend(wanted.into_keys());
        Ok(differing)
    }
}

fn key(table: &str, row: &Row) -> Row {
    row.iter().take(crate::tables::SCHEMA.table(table).key_len).cloned().collect()
}
