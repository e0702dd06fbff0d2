//! Plain looks at pages (阅卷留痕): gathered and written once a second, for each reader, paper and minute
//! every page once. A power cut may lose the last second of them; downloads and exports are written before.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard},
};

use futures::future::join_all;
use xiezhi_domain::{
    access as rules,
    ids::{CaseId, MaterialId, PersonId},
    people::{Actor, Post},
};
use xiezhi_store::{CommandKey, Commit, CommitRefusal, LogId, NewEvent, Rev, Stream, writer::WriteError};

use crate::{
    App, AppError,
    access::{self, AccessEvent, Look},
    acts::Visit,
    codec, moment,
};

/// Most streams whose revision a node remembers.
const STREAMS_KEPT: usize = 10_000;
/// How often an entry is tried anew because other nodes wrote to the same stream meanwhile.
const ATTEMPTS: usize = 16;
const MINUTE_US: i64 = 60_000_000;

/// Looks not yet written, and what a node remembers to write them.
#[derive(Debug, Default)]
pub struct Pending {
    noted: Mutex<Noted>,
    visits: Mutex<HashMap<String, (PersonId, Visit)>>,
    opened: Mutex<(i64, HashSet<(PersonId, CaseId)>)>,
    revs: Mutex<HashMap<Stream, Arc<tokio::sync::Mutex<Rev>>>>,
}

type Pages = BTreeMap<(PersonId, Seen), BTreeSet<u32>>;

/// Looks of one minute: those to be written, and those written already.
#[derive(Debug, Default)]
struct Noted {
    minute: i64,
    waiting: Pages,
    written: Pages,
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// Under which post.
    pub post: Post,
    /// The case.
    pub case: CaseId,
    /// The paper; none for the case itself.
    pub material: Option<MaterialId>,
    /// The rule of access that let it happen.
    pub rule: String,
}

impl Noted {
    /// Notes a page; one that was written in the same minute is not a new look.
    fn note(&mut self, minute: i64, key: (PersonId, Seen), page: u32) {
        if self.minute != minute {
            self.minute = minute;
            self.written.clear();
        }
        let known = self.written.get(&key).is_some_and(|pages| pages.contains(&page));
        if !known {
            self.waiting.entry(key).or_default().insert(page);
        }
    }
}

fn merge(into: &mut Pages, from: Pages) {
    for (key, pages) in from {
        into.entry(key).or_default().extend(pages);
    }
}

impl Pending {
    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().expect("nobody panics while noting a look")
    }

    /// Marks of visits that are not written yet, by the identifier of their note.
    pub(crate) fn visits(&self) -> MutexGuard<'_, HashMap<String, (PersonId, Visit)>> {
        self.visits.lock().expect("nobody panics while marking a visit")
    }

    /// Keeps that someone opened a case on this day, and tells whether they had before.
    fn open(&self, day: i64, who: PersonId, case: CaseId) -> bool {
        let mut opened = self.opened.lock().expect("nobody panics while noting a look");
        if opened.0 != day || opened.1.len() >= OPENED_KEPT {
            *opened = (day, HashSet::new());
        }
        !opened.1.insert((who, case))
    }

    /// The revision of a stream as this node knows it; whoever writes to it holds it.
    fn rev(&self, stream: &Stream) -> Arc<tokio::sync::Mutex<Rev>> {
        let mut revs = self.revs.lock().expect("nobody panics while finding a stream");
        if revs.len() > STREAMS_KEPT {
            revs.retain(|_, rev| Arc::strong_count(rev) > 1);
        }
        Arc::clone(revs.entry(stream.clone()).or_default())
    }
}

/// So many characters of what was looked for are kept; who looks for more is asked for less.
pub const MOST_WORDS: usize = 500;
/// Of so many looks at cases a node remembers that they were noted today.
const OPENED_KEPT: usize = 50_000;
const DAY_US: i64 = 24 * 3_600_000_000;

impl App {
    /// Notes that `reader` looked at a page. Cheap; written with the others within a second.
    pub fn look(&self, reader: PersonId, seen: Seen, page: u32) {
        let minute = self.now_us().div_euclid(MINUTE_US);
        self.pending_looks().noted().note(minute, (reader, seen), page);
    }

    /// Notes that `actor` looked at a case: at any page or data of it. What an open page says that it asks again for `by
    /// itself` is no look of whoever looked here today; nobody reads a case without a trace by saying so. A fault here is
    /// logged and takes nothing away from the reader, who may see the case.
    pub async fn look_at_case(&self, case: CaseId, actor: &Actor, by_itself: bool) {
        let Actor::Person { id, post, .. } = actor else { return };
        let opened_before = self.pending_looks().open(self.now_us().div_euclid(DAY_US), *id, case);
        if by_itself && opened_before {
            return;
        }
        let seen = match self.view(case, actor).await {
            Ok((state, reader)) => rules::may(&reader, rules::Act::ViewCase, state.stage).ok(),
            // It was shown by another right, or is gone: nothing of it was seen here.
            Err(AppError::NotFound) => None,
            Err(fault) => {
                tracing::error!(fault = &fault as &dyn std::error::Error, "a look at a case was not noted");
                None
            }
        };
        if let Some(rule) = seen {
            self.look(*id, Seen { post: *post, case, material: None, rule: rule.to_owned() }, 0);
        }
    }

    /// Writes the looks noted so far; returns how many entries that made. What could not be written waits
    /// for the next time.
    pub async fn flush_looks(&self) -> Result<usize, AppError> {
        let waiting = std::mem::take(&mut self.pending_looks().noted().waiting);
        let entries: Vec<AccessEvent> =
            waiting.iter().map(|((reader, seen), pages)| entry(*reader, seen, pages)).collect();
        let count = entries.len();
        let kept = self.record_looks(entries).await;
        let mut noted = self.pending_looks().noted();
        match kept {
            Ok(()) => merge(&mut noted.written, waiting),
            Err(_) => merge(&mut noted.waiting, waiting),
        }
        kept.map(|()| count)
    }

    /// Records looks durably: all streams at once, so that they share one transaction of the writer.
    pub async fn record_looks(&self, looks: Vec<AccessEvent>) -> Result<(), AppError> {
        let mut streams: BTreeMap<(Stream, String), Vec<AccessEvent>> = BTreeMap::new();
        for mut look in looks {
            let AccessEvent::Looked { case, reader, words, .. } = &mut look;
            // What was looked for is kept; a book that somebody sends as a question is not.
            if let Some(words) = words.as_mut().filter(|words| words.chars().count() > MOST_WORDS) {
                *words = words.chars().take(MOST_WORDS).collect();
            }
            let key = (access::stream(*case), format!("person:{reader}"));
            streams.entry(key).or_default().push(look);
        }
        let streams: Vec<_> = streams.into_iter().collect();
        let writing =
            streams.iter().map(|((stream, actor), looks)| self.append_looks(stream.clone(), actor.clone(), looks));
        join_all(writing).await.into_iter().collect()
    }

    /// Appends to one stream at the revision this node knows; a conflict tells the revision that is true.
    pub(crate) async fn append_looks(
        &self,
        stream: Stream,
        actor: String,
        looks: &[impl serde::Serialize],
    ) -> Result<(), AppError> {
        let now = self.ports().clock.now();
        let inscription = codec::Inscription::new(&actor, now.as_microsecond(), &stream);
        let seal = |look| codec::seal_plain(moment::new_id(now), look, &inscription);
        let events: Vec<NewEvent> = looks.iter().map(seal).collect();
        let command = CommandKey { id: moment::new_id(now), hash: [0; 32] };
        let rev = self.pending_looks().rev(&stream);
        let mut rev = rev.lock().await;
        for _ in 0..ATTEMPTS {
            let commit = Commit {
                log: LogId::ACCESS,
                command,
                actor: actor.clone(),
                at_us: now.as_microsecond(),
                read: vec![(stream.clone(), *rev)],
                write: vec![(stream.clone(), events.clone())],
                rows: vec![],
                outbox: vec![],
                working: vec![],
            };
            match self.writer().commit(commit).await {
                Ok(_) => {
                    *rev += events.len() as u64;
                    return Ok(());
                }
                Err(WriteError::Refused(CommitRefusal::Conflict { actual, .. })) => *rev = actual,
                Err(failed) => return Err(failed.into()),
            }
        }
        Err(AppError::Busy)
    }
}

fn entry(reader: PersonId, seen: &Seen, pages: &BTreeSet<u32>) -> AccessEvent {
    AccessEvent::Looked {
        reader,
        post: seen.post,
        look: if seen.material.is_some() { Look::Page } else { Look::Case },
        case: Some(seen.case),
        material: seen.material,
        // A case has no pages of its own.
        pages: pages.iter().copied().filter(|page| *page > 0).collect(),
        words: None,
        rule: seen.rule.clone(),
    }
}
