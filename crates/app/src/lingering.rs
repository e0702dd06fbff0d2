//! How long pages were on the screen (停留时长), as the reader's browser reports it. Kept in the log of looks, one leaf for
//! each reader, paper and minute, in a stream of its own: its leaves say who and when, and sealed how long. Readers see
//! their own. Somebody else's opens to the heads of the court alone, of one reader in one case, for a reason that is on
//! the log before anything is shown and that the reader is told. It is no tool to watch judges: nothing counts it,
//! nothing adds it up over cases.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard},
};

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    access::may_open_times,
    ids::{CaseId, MaterialId, PersonId},
    people::{Actor, Post},
};
use xiezhi_store::{LogId, Stream};

use crate::{
    App, AppError,
    access::{AccessEvent, Look},
    codec,
};

/// The kind of its streams.
const KIND: &str = "screen";
/// Kind of working data that remembers for whose times someone said why.
const OPENING: &str = "times_opening";
/// For so many days a reason holds.
const OPENING_DAYS: i64 = 1;
/// More than this a browser does not report of a page at once.
pub const MOST_SECONDS: u32 = 120;
/// Most letters of a reason.
const MOST_REASON: usize = 500;
const MINUTE_US: i64 = 60_000_000;
/// Entries of cases that a node keeps, as they lie in the log, so that the next to ask reads the new ones alone.
const MOST_KEPT: usize = 100_000;

/// Facts of time on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum LingeringEvent {
    /// Pages of a paper were on somebody's screen in a minute (停留).
    #[serde(rename = "access.timed.v1")]
    Timed {
        /// Whose.
        reader: PersonId,
        /// Under which post.
        post: Post,
        /// The case.
        case: CaseId,
        /// The paper.
        material: MaterialId,
        /// Sealed, in hexadecimal digits: seconds by page.
        sealed: String,
    },
    /// Somebody's times in a case were opened (启封).
    #[serde(rename = "access.times_opened.v1")]
    Opened {
        /// By whom.
        by: PersonId,
        /// Under which post.
        post: Post,
        /// The case.
        case: CaseId,
        /// Whose.
        reader: PersonId,
        /// Why.
        reason: String,
        /// The rule that let it happen.
        rule: String,
    },
}

/// Whose screen, in which minute, and what was on it.
type Of = (i64, PersonId, Post, CaseId, MaterialId);

/// Entries of a case with their moments, oldest first.
type Entries = Arc<Vec<(jiff::Timestamp, LingeringEvent)>>;

/// Times of minutes that are not over, and what was read of those that are.
#[derive(Debug, Default)]
pub struct Pending {
    times: Mutex<BTreeMap<Of, BTreeMap<u32, u32>>>,
    /// Entries of cases, sealed as they lie in the log, up to a revision.
    read: Mutex<HashMap<CaseId, (u64, Entries)>>,
}

impl Pending {
    fn times(&self) -> MutexGuard<'_, BTreeMap<Of, BTreeMap<u32, u32>>> {
        self.times.lock().expect("nobody panics while noting a time")
    }

    fn read(&self) -> MutexGuard<'_, HashMap<CaseId, (u64, Entries)>> {
        self.read.lock().expect("nobody panics while keeping what was read")
    }

    /// Keeps what was read of a case; where that is too much, nothing of others.
    fn keep(&self, case: CaseId, upto: u64, entries: &Entries) {
        let mut read = self.read();
        let others: usize = read.iter().filter(|(known, _)| **known != case).map(|(_, (_, all))| all.len()).sum();
        if others + entries.len() > MOST_KEPT {
            read.clear();
        }
        let is_newer = read.get(&case).is_none_or(|(known, _)| *known < upto);
        if is_newer && entries.len() <= MOST_KEPT {
            read.insert(case, (upto, Arc::clone(entries)));
        }
    }

    /// Takes back what could not be written, beside what was noted since.
    fn put_back(&self, unwritten: BTreeMap<Of, BTreeMap<u32, u32>>) {
        let mut times = self.times();
        for (of, pages) in unwritten {
            let noted = times.entry(of).or_default();
            for (page, seconds) in pages {
                let known = noted.entry(page).or_default();
                *known = known.saturating_add(seconds);
            }
        }
    }
}

/// How long pages of a paper were on the screen in a minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lingered {
    /// When that was written down.
    pub at: jiff::Timestamp,
    /// The paper.
    pub material: MaterialId,
    /// Seconds, by page.
    pub seconds: BTreeMap<u32, u32>,
}

/// That somebody's times were opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// When.
    pub at: jiff::Timestamp,
    /// By whom.
    pub by: PersonId,
    /// Why.
    pub reason: String,
}

/// The stream of one case.
fn stream(case: CaseId) -> Stream {
    Stream::new(KIND, case)
}

/// Whether a stream holds times: no search over looks tells of it.
pub(crate) fn is_sealed(stream: &Stream) -> bool {
    stream.0.strip_prefix(KIND).is_some_and(|rest| rest.starts_with('/'))
}

/// Where something is sealed for: it opens in its place alone.
fn place(reader: PersonId, case: CaseId, material: MaterialId) -> String {
    format!("{KIND}/{case}/{material}/{reader}")
}

impl App {
    /// Notes how long a page of a paper was on a reader's screen. A page that they never looked at was not.
    pub async fn linger(
        &self,
        (reader, post): (PersonId, Post),
        (case, material): (CaseId, MaterialId),
        seconds: &[(u32, u32)],
    ) -> Result<(), AppError> {
        let minute = self.now_us().div_euclid(MINUTE_US);
        let read = self.pages_read_of(reader, material).await?;
        let mut times = self.pending_times().times();
        let of = times.entry((minute, reader, post, case, material)).or_default();
        for (page, seconds) in seconds.iter().filter(|(page, seconds)| read.contains(page) && *seconds > 0) {
            let known = of.entry(*page).or_default();
            *known = known.saturating_add((*seconds).min(MOST_SECONDS));
        }
        times.retain(|_, pages| !pages.is_empty());
        Ok(())
    }

    /// Writes the times of minutes that are over, or of all where the court stops. Returns how many entries that made.
    /// What could not be written waits for the next time.
    pub async fn flush_times(&self, all: bool) -> Result<usize, AppError> {
        let minute = self.now_us().div_euclid(MINUTE_US);
        let mut over: BTreeMap<Of, BTreeMap<u32, u32>> = {
            let mut times = self.pending_times().times();
            let (over, open) = std::mem::take(&mut *times).into_iter().partition(|(of, _)| all || of.0 < minute);
            *times = open;
            over
        };
        let mut count = 0;
        while let Some((of, seconds)) = over.pop_first() {
            let (_, reader, post, case, material) = of;
            let bytes = serde_json::to_vec(&seconds).expect("numbers are plain data");
            let sealed = self.seal_time(&place(reader, case, material), &bytes);
            let event = LingeringEvent::Timed { reader, post, case, material, sealed };
            if let Err(fault) = self.append_looks(stream(case), format!("person:{reader}"), &[event]).await {
                over.insert(of, seconds);
                self.pending_times().put_back(over);
                return Err(fault);
            }
            count += 1;
        }
        Ok(count)
    }

    /// How long pages of a case were on the screen of `reader`, oldest first.
    async fn times_of(&self, case: CaseId, reader: PersonId) -> Result<Vec<Lingered>, AppError> {
        let mut times = vec![];
        for (at, event) in self.lingering(case).await?.iter() {
            let LingeringEvent::Timed { reader: whose, material, sealed, .. } = event else { continue };
            if *whose != reader {
                continue;
            }
            let (at, material) = (*at, *material);
            let opened = self.open_time(&place(reader, case, material), sealed);
            // What another key sealed says nothing.
            let Some(seconds) = opened.and_then(|bytes| serde_json::from_slice(&bytes).ok()) else { continue };
            times.push(Lingered { at, material, seconds });
        }
        Ok(times)
    }

    /// The entries of a case: those that were read before, and what came since.
    async fn lingering(&self, case: CaseId) -> Result<Entries, AppError> {
        let (upto, known) = self.pending_times().read().get(&case).cloned().unwrap_or_default();
        let stored = self.ports().store.read_stream(LogId::ACCESS, &stream(case), upto).await?;
        let Some(last) = stored.last().map(|event| event.rev) else { return Ok(known) };
        let read = |event: &xiezhi_store::StoredEvent| {
            let decoded = serde_json::from_slice(event.body.as_deref()?).ok()?;
            Some((codec::moment_of(event).at, decoded))
        };
        let entries: Entries = Arc::new(known.iter().cloned().chain(stored.iter().filter_map(read)).collect());
        self.pending_times().keep(case, last, &entries);
        Ok(entries)
    }

    /// Who had the times of `reader` in a case opened, and why; newest first.
    pub async fn openings_of(&self, case: CaseId, reader: PersonId) -> Result<Vec<Opening>, AppError> {
        let all = self.lingering(case).await?;
        let opening = |(at, event): &(jiff::Timestamp, LingeringEvent)| match event {
            LingeringEvent::Opened { by, reader: whose, reason, .. } if *whose == reader => {
                Some(Opening { at: *at, by: *by, reason: reason.clone() })
            }
            _ => None,
        };
        Ok(all.iter().rev().filter_map(opening).collect())
    }

    /// How long pages of a case were on the screen of `whose`: to themselves, and to whoever said lately why they ask.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for everybody who may not ask.
    pub async fn times(&self, case: CaseId, actor: &Actor, whose: PersonId) -> Result<Option<Vec<Lingered>>, AppError> {
        let Some(person) = actor.person() else { return Err(AppError::NotFound) };
        self.view(case, actor).await?;
        if person == whose {
            return Ok(Some(self.times_of(case, whose).await?));
        }
        may_open_times(actor).ok_or(AppError::NotFound)?;
        let said: Option<String> = self.note_of(OPENING, &format!("{case}.{whose}.{person}"), person).await?;
        match said {
            Some(_) => Ok(Some(self.times_of(case, whose).await?)),
            None => Ok(None),
        }
    }

    /// Opens the times of `whose` in a case to a head of the court who says why: the reason is on the log, durably,
    /// before anything is shown, and holds for a day.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for everybody who may not ask, [`AppError::Invalid`] without a reason.
    pub async fn open_times(&self, case: CaseId, actor: &Actor, whose: PersonId, reason: &str) -> Result<(), AppError> {
        let Actor::Person { id, post, .. } = actor else { return Err(AppError::NotFound) };
        let rule = may_open_times(actor).ok_or(AppError::NotFound)?;
        self.view(case, actor).await?;
        let reason: String = reason.trim().chars().take(MOST_REASON).collect();
        if reason.is_empty() {
            return Err(AppError::Invalid(vec![("reason".to_owned(), "input.required".to_owned())]));
        }
        let opened = LingeringEvent::Opened {
            by: *id,
            post: *post,
            case,
            reader: whose,
            reason: reason.clone(),
            rule: rule.to_owned(),
        };
        self.append_looks(stream(case), format!("person:{id}"), &[opened]).await?;
        let name = self.person(whose).await?.map(|person| person.name).unwrap_or_default();
        self.record_look(AccessEvent::Looked {
            reader: *id,
            post: *post,
            look: Look::Trace,
            case: Some(case),
            material: None,
            pages: vec![],
            words: Some(format!("停留时长 {name}：{reason}")),
            rule: rule.to_owned(),
        })
        .await?;
        self.keep_note(OPENING, &format!("{case}.{whose}.{id}"), *id, &reason, OPENING_DAYS).await
    }

    /// What a person themselves looked at in a case, newest first, at most `most`.
    pub async fn own_looks(
        &self,
        case: CaseId,
        person: PersonId,
        most: usize,
    ) -> Result<Vec<(jiff::Timestamp, AccessEvent)>, AppError> {
        let looks = self.looks(case).await?.into_iter().rev();
        let own = |(_, AccessEvent::Looked { reader, .. }): &(_, AccessEvent)| *reader == person;
        Ok(looks.filter(own).take(most).collect())
    }

    fn seal_time(&self, place: &str, bytes: &[u8]) -> String {
        self.seal_text(place, bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn open_time(&self, place: &str, sealed: &str) -> Option<Vec<u8>> {
        let digits = sealed.as_bytes().chunks_exact(2);
        let bytes: Option<Vec<u8>> =
            digits.map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()).collect();
        self.unseal_text(place, &bytes?)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn of(minute: i64, paper: u128) -> Of {
        let id = Uuid::from_u128;
        (minute, PersonId(id(1)), Post::Judge, CaseId(id(2)), MaterialId(id(paper)))
    }

    #[test]
    fn what_was_read_of_cases_is_kept_as_far_as_there_is_room_and_never_an_older_state() {
        let (pending, at) = (Pending::default(), jiff::Timestamp::UNIX_EPOCH);
        let (_, reader, post, case, material) = of(7, 3);
        let event = LingeringEvent::Timed { reader, post, case, material, sealed: "00".to_owned() };
        let entries = |count| Arc::new(vec![(at, event.clone()); count]);
        let upto = |case| pending.read().get(&case).map(|(upto, all)| (*upto, all.len()));
        pending.keep(case, 2, &entries(2));
        pending.keep(case, 1, &entries(1));
        assert_eq!(upto(case), Some((2, 2)), "another read less at the same time");
        let other = CaseId(Uuid::from_u128(9));
        pending.keep(other, 5, &entries(MOST_KEPT - 1));
        assert_eq!((upto(case), upto(other)), (None, Some((5, MOST_KEPT - 1))), "there is no room for both");
        pending.keep(case, 9, &entries(MOST_KEPT + 1));
        assert_eq!(upto(case), None, "too much for itself");
    }

    #[test]
    fn whatever_could_not_be_written_waits_beside_what_was_noted_since() {
        let pending = Pending::default();
        pending.times().insert(of(7, 3), BTreeMap::from([(1, 5), (2, 4)]));
        pending.put_back(BTreeMap::from([(of(7, 3), BTreeMap::from([(1, 10)])), (of(6, 4), BTreeMap::from([(9, 1)]))]));
        let times = pending.times();
        assert_eq!(times[&of(7, 3)], BTreeMap::from([(1, 15), (2, 4)]));
        assert_eq!(times[&of(6, 4)], BTreeMap::from([(9, 1)]));
    }
}
