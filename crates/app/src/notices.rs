//! Notices (消息): what others did on a person's cases since that person looked. Read from the record by the
//! rule that decides what anyone is told; all that is kept is how far each person has seen.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard},
};

use xiezhi_domain::{
    access::{self, Reader},
    case::CaseState,
    ids::{CaseId, PersonId},
    people::Actor,
};

use crate::{
    App, AppError,
    acts::{RecordedAct, is_worth_telling},
    tables::CaseRow,
};

/// Most cases that are looked through, the last changed first.
const CASES_READ: u64 = 100;
/// Events of a case nobody looked at yet that are read for its last act.
const LAST_READ: u64 = 32;
/// A count older than this is made anew, for another node may have carried acts out.
const FRESH_US: i64 = 5_000_000;
/// What a person has seen is read anew after this long, for they may have looked on another node.
const SEEN_US: i64 = 60_000_000;
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

/// Counts for the frame of every page: kept by case, so that what is counted anew is what changed.
#[derive(Debug, Default)]
pub struct Counts(Mutex<HashMap<PersonId, Kept>>);

/// What is kept of one person's news.
#[derive(Clone, Debug, Default)]
struct Kept {
    at_us: i64,
    cases: HashMap<CaseId, Counted>,
    seen_at_us: i64,
    seen: BTreeMap<CaseId, u64>,
}

/// How many acts of a case at `rev` are new to who has seen it up to `after`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counted {
    rev: u64,
    after: Option<u64>,
    acts: u32,
}

impl Counts {
    fn kept(&self) -> MutexGuard<'_, HashMap<PersonId, Kept>> {
        self.0.lock().expect("nobody panics while counting")
    }
}

impl Kept {
    fn count(&self) -> u32 {
        self.cases.values().map(|case| case.acts).sum()
    }
}

impl App {
    /// What others did on the person's cases since they looked, by case, the last changed first. Of a case
    /// they never looked at, the last act alone.
    pub async fn news(&self, actor: &Actor) -> Result<Vec<News>, AppError> {
        let Some(person) = actor.person() else { return Ok(vec![]) };
        let rows = self.own_cases(actor, CASES_READ).await?;
        let seen = self.seen(person).await?;
        let mut news = vec![];
        for (id, rev) in rows.iter().filter_map(id_and_rev) {
            let after = seen.get(&id).copied();
            if rev > after.unwrap_or_default() {
                news.extend(self.news_of(id, rev, actor, person, after).await?);
            }
        }
        Ok(news)
    }

    async fn news_of(
        &self,
        id: CaseId,
        rev: u64,
        actor: &Actor,
        person: PersonId,
        after: Option<u64>,
    ) -> Result<Option<News>, AppError> {
        let (case, reader) = match self.known_to(id, actor).await {
            Err(AppError::NotFound) => return Ok(None),
            known => known?,
        };
        let told = |act: &RecordedAct| {
            let tellable = |event| is_worth_telling(event) && access::may_be_told(&reader, &case, event);
            act.person() != Some(person) && act.event.as_ref().is_some_and(tellable)
        };
        let mut acts = self.acts(id, after.unwrap_or(rev.saturating_sub(LAST_READ))).await?;
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
        let mut kept = self.news_counts().kept().get(&person).cloned().unwrap_or_default();
        if kept.at_us > 0 && now.abs_diff(kept.at_us) < FRESH_US as u64 {
            return Ok(kept.count());
        }
        if kept.seen_at_us == 0 || now.abs_diff(kept.seen_at_us) > SEEN_US as u64 {
            (kept.seen, kept.seen_at_us) = (self.seen(person).await?, now);
        }
        let mut cases = HashMap::new();
        for (id, rev) in self.own_cases(actor, CASES_READ).await?.iter().filter_map(id_and_rev) {
            let after = kept.seen.get(&id).copied();
            let known = kept.cases.get(&id).filter(|known| (known.rev, known.after) == (rev, after));
            let counted = match known {
                Some(known) => *known,
                None => Counted { rev, after, acts: self.count_news(id, rev, actor, person, after).await? },
            };
            cases.insert(id, counted);
        }
        (kept.cases, kept.at_us) = (cases, now);
        let count = kept.count();
        let mut counts = self.news_counts().kept();
        if counts.len() > COUNTS_KEPT {
            counts.clear();
        }
        counts.insert(person, kept);
        Ok(count)
    }

    async fn count_news(
        &self,
        id: CaseId,
        rev: u64,
        actor: &Actor,
        person: PersonId,
        after: Option<u64>,
    ) -> Result<u32, AppError> {
        if rev <= after.unwrap_or_default() {
            return Ok(0);
        }
        let news = self.news_of(id, rev, actor, person, after).await?;
        Ok(news.map_or(0, |news| u32::try_from(news.acts.len()).unwrap_or(u32::MAX)))
    }

    /// Something happened that the person may be told: the cases that changed are counted anew.
    pub(crate) fn forget_news(&self, person: PersonId) {
        if let Some(kept) = self.news_counts().kept().get_mut(&person) {
            kept.at_us = 0;
        }
    }

    /// The person has seen the case as it stands at `rev`: nothing of it is new to them.
    pub(crate) fn seen_news(&self, person: PersonId, case: CaseId, rev: u64) {
        if let Some(kept) = self.news_counts().kept().get_mut(&person) {
            kept.seen.insert(case, rev);
            if let Some(counted) = kept.cases.get_mut(&case) {
                *counted = Counted { rev, after: Some(rev), acts: 0 };
            }
        }
    }
}

fn id_and_rev(row: &CaseRow) -> Option<(CaseId, u64)> {
    Some((row.case_id.parse().ok()?, u64::try_from(row.rev).ok()?))
}
