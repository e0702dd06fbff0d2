//! Notices (消息): what others did on a person's cases since that person looked. Read from the record by the
//! rule that decides what anyone is told; all that is kept is how far each person has seen.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use xiezhi_domain::{
    access::{self, Reader},
    case::CaseState,
    ids::{CaseId, PersonId},
    people::Actor,
};
use xiezhi_store::{Direction, Query};

use crate::{
    App, AppError,
    access::visible,
    acts::{RecordedAct, is_worth_telling},
    desk::only_mine,
    tables::CaseRow,
};

/// Most cases that are looked through, the last changed first.
const CASES_READ: u64 = 100;
/// A count older than this is made anew, for another node may have carried acts out.
const FRESH_US: i64 = 5_000_000;
/// Most counts a node keeps.
const COUNTS_KEPT: usize = 10_000;

/// What is new in one case.
#[derive(Clone, Debug)]
pub struct News {
    /// The case.
    pub case: Arc<CaseState>,
    /// How the person stands to it.
    pub reader: Reader,
    /// The acts, newest first.
    pub acts: Vec<RecordedAct>,
}

/// Counts for the frame of every page, kept for a few seconds.
#[derive(Debug, Default)]
pub struct Counts(Mutex<HashMap<PersonId, (i64, u32)>>);

impl Counts {
    fn kept(&self) -> MutexGuard<'_, HashMap<PersonId, (i64, u32)>> {
        self.0.lock().expect("nobody panics while counting")
    }
}

impl App {
    /// What others did on the person's cases since they looked, by case, the last changed first. Of a case
    /// they never looked at, the last act alone.
    pub async fn news(&self, actor: &Actor) -> Result<Vec<News>, AppError> {
        let Some(person) = actor.person() else { return Ok(vec![]) };
        let cond = visible(actor).and(only_mine(person));
        let query = Query::of("cases", cond).by("changed_rank", Direction::Down).page(CASES_READ, 0);
        let rows: Vec<CaseRow> = self.rows(query).await?;
        let seen = self.seen(person).await?;
        let mut news = vec![];
        for row in rows {
            let Ok(id) = row.case_id.parse::<CaseId>() else { continue };
            let after = seen.get(&id).copied();
            let changed = u64::try_from(row.rev).unwrap_or_default() > after.unwrap_or_default();
            if changed {
                news.extend(self.news_of(id, actor, person, after).await?);
            }
        }
        Ok(news)
    }

    async fn news_of(
        &self,
        id: CaseId,
        actor: &Actor,
        person: PersonId,
        after: Option<u64>,
    ) -> Result<Option<News>, AppError> {
        let (case, reader) = match self.view(id, actor).await {
            Err(AppError::NotFound) => return Ok(None),
            known => known?,
        };
        let told = |act: &RecordedAct| {
            let tellable = |event| is_worth_telling(event) && access::may_be_told(&reader, &case, event);
            act.person() != Some(person) && act.event.as_ref().is_some_and(tellable)
        };
        let mut acts = self.acts(id, after.unwrap_or_default()).await?;
        acts.retain(told);
        acts.reverse();
        if after.is_none() {
            acts.truncate(1);
        }
        Ok((!acts.is_empty()).then_some(News { case, reader, acts }))
    }

    /// How many acts are new to the person; at most a few seconds old.
    pub async fn news_count(&self, actor: &Actor) -> Result<u32, AppError> {
        let Some(person) = actor.person() else { return Ok(0) };
        let now = self.now_us();
        let kept = self.news_counts().kept().get(&person).copied();
        if let Some((_, count)) = kept.filter(|(at, _)| now.abs_diff(*at) < FRESH_US as u64) {
            return Ok(count);
        }
        let acts: usize = self.news(actor).await?.iter().map(|news| news.acts.len()).sum();
        let count = u32::try_from(acts).unwrap_or(u32::MAX);
        let mut counts = self.news_counts().kept();
        if counts.len() > COUNTS_KEPT {
            counts.clear();
        }
        counts.insert(person, (now, count));
        Ok(count)
    }

    /// Something happened that the person may be told, or they looked: the count is made anew.
    pub(crate) fn forget_news(&self, person: PersonId) {
        self.news_counts().kept().remove(&person);
    }
}
