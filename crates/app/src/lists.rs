//! Lists: questions to the read model, always under the filter of what the reader may know.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, PoisonError},
};

use xiezhi_domain::{
    people::{Actor, Post},
    stage::Stage,
};
use xiezhi_store::{Cond, Direction, Query, Value};

use crate::{
    App, AppError, access, desk,
    oversight::Statistic,
    rows::code_of,
    tables::{CasePersonRow, CaseRow, TableRow},
};

/// No list has more pages; whoever asks for a later one is told of none.
const MOST_PAGES: u64 = 1_000_000;

/// Tasks that are counted line by line.
const MOST_COUNTED: u64 = 200;
/// So many words are looked for in a case at once; no question that somebody means has more.
const MOST_WORDS: usize = 50;

/// From how many rows on a total is told again without counting, and for how long, in microseconds.
const MANY: u64 = 5_000;
const TOLD_FOR_US: u64 = 10_000_000;
/// Totals kept in memory at most.
const TOTALS_KEPT: usize = 1_000;

/// Totals of long lists, with when they were counted.
#[derive(Default)]
pub(crate) struct Totals(Mutex<HashMap<String, (u64, i64)>>);

impl Totals {
    fn kept(&self, asked: &str, now_us: i64) -> Option<u64> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (total, counted_us) = *kept.get(asked)?;
        (now_us.abs_diff(counted_us) < TOLD_FOR_US).then_some(total)
    }

    fn keep(&self, asked: String, total: u64, now_us: i64) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if total < MANY {
            kept.remove(&asked);
            return;
        }
        if kept.len() >= TOTALS_KEPT {
            kept.clear();
        }
        kept.insert(asked, (total, now_us));
    }
}

/// One page of a list.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// Rows of this page.
    pub rows: Vec<T>,
    /// Rows in all.
    pub total: u64,
    /// Number of this page, from 1.
    pub page: u64,
    /// Rows a page.
    pub size: u64,
}

/// Filter, order and page of a list of cases.
#[derive(Clone, Debug, Default)]
pub struct CaseFilter {
    /// Words to find in number, parties and cause.
    pub words: Option<String>,
    /// Part of the life of a case (see [`Stage::phase`]).
    pub phase: Option<&'static str>,
    /// Stage.
    pub stage: Option<Stage>,
    /// Procedure.
    pub procedure: Option<String>,
    /// Judge.
    pub judge: Option<String>,
    /// Only those that a statistic of a year counts.
    pub counted: Option<(Statistic, i16)>,
    /// More conditions.
    pub more: Option<Cond>,
    /// Column to sort by.
    pub sort: Option<(&'static str, Direction)>,
    /// Number of the page, from 1.
    pub page: u64,
    /// Rows a page.
    pub size: u64,
}

/// The order of a list of cases unless another is asked.
const NEWEST: (&str, Direction) = ("changed_rank", Direction::Down);

impl CaseFilter {
    /// What is asked of a case.
    fn conds(&self) -> Vec<Cond> {
        let words: Vec<&str> = self.words.iter().flat_map(|words| words.split_whitespace()).collect();
        if words.len() > MOST_WORDS {
            return vec![Cond::False];
        }
        let contains = |word: &&str| Cond::Contains("search", (*word).to_owned());
        let mut conds: Vec<Cond> = words.iter().map(contains).collect();
        conds.extend(self.phase.map(|phase| Cond::is("phase", phase)));
        conds.extend(self.stage.map(|stage| Cond::is("stage_rank", stage as i64)));
        conds.extend(self.procedure.iter().map(|procedure| Cond::is("procedure", procedure.clone())));
        conds.extend(self.judge.iter().map(|judge| Cond::is("judge", judge.clone())));
        conds.extend(self.counted.map(|(statistic, year)| statistic.cond(year)));
        conds.extend(self.more.clone());
        conds
    }
}

impl App {
    /// Typed rows of a table. The caller has made sure that the reader may know of all of them.
    pub async fn rows<T: TableRow>(&self, query: Query) -> Result<Vec<T>, AppError> {
        let rows = self.ports().store.select(&query).await?;
        Ok(rows.into_iter().map(T::from_row).collect())
    }

    /// One page of a table under `cond`; empty past its end.
    pub async fn page<T: TableRow>(
        &self,
        cond: Cond,
        order: &[(&'static str, Direction)],
        page: u64,
        size: u64,
    ) -> Result<Page<T>, AppError> {
        let (page, size) = (page.clamp(1, MOST_PAGES), size.clamp(1, 500));
        let total = self.total(T::TABLE.name, &cond).await?;
        let mut query = Query::of(T::TABLE.name, cond).page(size, (page - 1) * size);
        for (column, direction) in order {
            query = query.by(column, *direction);
        }
        Ok(Page { rows: self.rows(query).await?, total, page, size })
    }

    /// How many rows meet `cond`. Counting costs as much as there are, so what was counted to be many is told
    /// again for a while; a short list is counted each time.
    async fn total(&self, table: &'static str, cond: &Cond) -> Result<u64, AppError> {
        let asked = format!("{table} {cond:?}");
        if let Some(kept) = self.totals().kept(&asked, self.now_us()) {
            return Ok(kept);
        }
        let total = self.ports().store.count(table, cond).await?;
        self.totals().keep(asked, total, self.now_us());
        Ok(total)
    }

    /// Cases the actor may know of.
    pub async fn cases(&self, actor: &Actor, filter: &CaseFilter) -> Result<Page<CaseRow>, AppError> {
        let conds = filter.conds();
        let sort = filter.sort.unwrap_or(NEWEST);
        match access::parts(actor) {
            Some(parts) if sort == NEWEST => self.newest_of(parts, conds, filter).await,
            _ => {
                let cond = access::visible(actor).and(Cond::All(conds));
                self.page(cond, &[sort], filter.page, filter.size).await
            }
        }
    }

    /// Cases of whoever knows them by a part in them, those changed last first: found by the parts, which are kept
    /// in that order, so that a page costs the same however many cases there are.
    async fn newest_of(&self, parts: Cond, conds: Vec<Cond>, filter: &CaseFilter) -> Result<Page<CaseRow>, AppError> {
        let wanted =
            Cond::Exists { table: "cases", on: &[("case_id", "case_id")], cond: Box::new(Cond::All(conds.clone())) };
        let cond = if conds.is_empty() { parts } else { parts.and(wanted) };
        let page: Page<CasePersonRow> = self.page(cond, &[NEWEST], filter.page, filter.size).await?;
        let place: HashMap<String, usize> = page.rows.into_iter().map(|row| row.case_id).zip(0..).collect();
        let ids = place.keys().cloned().map(Value::Text).collect();
        let mut rows: Vec<CaseRow> = self.rows(Query::of("cases", Cond::In("case_id", ids))).await?;
        // In the order of the parts: outside it tells less than that of the cases.
        rows.sort_by_key(|row| place.get(&row.case_id).copied());
        Ok(Page { rows, total: page.total, page: page.page, size: page.size })
    }

    /// Cases that the actor has a part in, those changed last first; for a filing clerk, those taken for review.
    pub(crate) async fn own_cases(&self, actor: &Actor, most: u64) -> Result<Vec<CaseRow>, AppError> {
        let Actor::Person { id, post, .. } = actor else { return Ok(vec![]) };
        if *post == Post::FilingClerk {
            let taken = Cond::is("filing_clerk", id.to_string());
            return self.rows(Query::of("cases", taken).by(NEWEST.0, NEWEST.1).page(most, 0)).await;
        }
        let filter = CaseFilter { size: most, ..CaseFilter::default() };
        Ok(self.newest_of(access::part(*id, *post), vec![], &filter).await?.rows)
    }

    /// The case with this number, whoever asks: the caller must not tell that it exists.
    pub async fn case_by_number(&self, number: &str) -> Result<Option<xiezhi_domain::ids::CaseId>, AppError> {
        let found: Vec<crate::tables::CaseRow> =
            self.rows(Query::of("cases", Cond::is("number", number)).page(1, 0)).await?;
        Ok(found.first().and_then(|row| row.case_id.parse().ok()))
    }

    /// Drafts of this kind that the person has not put forward: their identifiers, newest first.
    pub async fn drafts_of(
        &self,
        kind: &'static str,
        person: xiezhi_domain::ids::PersonId,
    ) -> Result<Vec<String>, AppError> {
        let owner = person.to_string();
        let items = self.ports().store.working_of(kind, Some(&owner), self.now_us()).await?;
        Ok(items.into_iter().map(|item| item.key.id).collect())
    }

    /// Hearings from `today` on in the cases the actor may know of, the soonest first; before them those whose day is
    /// over and that were neither held nor put off.
    pub async fn hearings_ahead(
        &self,
        actor: &Actor,
        today: jiff::civil::Date,
    ) -> Result<Vec<crate::tables::HearingRow>, AppError> {
        let ahead = Cond::Compare("on_day", xiezhi_store::Operator::AtLeast, Value::Text(today.to_string()));
        let ahead = ahead.or(Cond::is("status", "scheduled"));
        let query = Query::of("hearings", ahead.and(desk::known(actor)))
            .by("on_day", Direction::Up)
            .by("starts", Direction::Up);
        self.rows(query.page(200, 0)).await
    }

    /// Tasks of the actor: those of the person, and those of the post.
    pub async fn tasks(&self, actor: &Actor, pile: Option<&str>) -> Result<Vec<crate::tables::TaskRow>, AppError> {
        let Some(cond) = own_tasks(actor) else { return Ok(vec![]) };
        let cond = match pile {
            Some(pile) => cond.and(Cond::is("pile", pile)),
            None => cond,
        };
        self.rows(Query::of("tasks", cond).by("due_on", Direction::Up).page(500, 0)).await
    }

    /// How many lines the workbench of the actor has: tasks of one kind in one case are one. Of more than anybody counts
    /// every task is one.
    pub async fn tasks_waiting(&self, actor: &Actor) -> Result<u64, AppError> {
        let Some(cond) = own_tasks(actor) else { return Ok(0) };
        let rows: Vec<crate::tables::TaskRow> =
            self.rows(Query::of("tasks", cond.clone()).page(MOST_COUNTED + 1, 0)).await?;
        if rows.len() as u64 > MOST_COUNTED {
            return Ok(self.ports().store.count("tasks", &cond).await?);
        }
        let lines: BTreeSet<(&str, &str)> = rows.iter().map(|row| (row.case_id.as_str(), row.kind.as_str())).collect();
        Ok(lines.len() as u64)
    }
}

/// A person's own tasks and those of the post. Posts held by several people at once only see tasks
/// nobody in particular has.
pub fn own_tasks(actor: &Actor) -> Option<Cond> {
    let Actor::Person { id, post, .. } = actor else { return None };
    if post.is_administrator() {
        return None;
    }
    let mine = Cond::is("person", id.to_string());
    Some(if *post == Post::Party || *post == Post::Lawyer { mine } else { mine.or(Cond::is("post", code_of(post))) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_counted_anew_only_after_a_while_and_a_short_one_each_time() {
        let totals = Totals::default();
        totals.keep("cases".to_owned(), MANY, 0);
        totals.keep("parties".to_owned(), MANY - 1, 0);
        assert_eq!(totals.kept("cases", TOLD_FOR_US as i64 - 1), Some(MANY));
        assert_eq!(totals.kept("cases", TOLD_FOR_US as i64), None);
        assert_eq!(totals.kept("parties", 1), None);
    }

    #[test]
    fn a_list_that_became_short_is_counted_each_time_again() {
        let totals = Totals::default();
        totals.keep("cases".to_owned(), MANY, 0);
        totals.keep("cases".to_owned(), 3, 1);
        assert_eq!(totals.kept("cases", 2), None);
    }
}
