//! Time stamps (可信时间戳): now and then an authority of another house says that it saw the newest checkpoint of the
//! record. Its word is kept as an act of the court, so that it is as durable as any, lies in every backup, and is
//! itself under the next stamp; an act never waits for it.
//!
//! What is kept is believed no further than it verifies: each stamp is checked again by every process that reads it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use xiezhi_connect::{AuthorityUnreachable, TimeStamps};
use xiezhi_ledger::Note;
use xiezhi_signing::{Stamp, StampFault, StampQuestion, TrustRoot, verify_stamp};
use xiezhi_store::{LogId, Pos, StoredEvent, Stream};

use crate::{App, AppError, app::lock, court, moment, witnessing::Newest};

/// A stamp may be this far from the court's own clock; one that is further off says nothing of when.
const CLOCKS_DIFFER: Duration = Duration::from_secs(600);
/// After a failure this long is waited, twice as long after each that follows.
const SHORTEST_PAUSE_SECONDS: i64 = 15;
/// Of an authority that failed again and again, this long is waited at most.
const LONGEST_PAUSE_SECONDS: i64 = 3600;

/// Who stamps, and how often. The certificates that count stand in the court's policy.
#[derive(Clone)]
pub struct Stamping {
    /// Where the authority is asked; a court without one has no stamps.
    pub authority: Option<Arc<dyn TimeStamps>>,
    /// A checkpoint is stamped this often, if there is a newer one.
    pub every: SignedDuration,
}

/// An entry of the stream of time stamps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum StampEvent {
    /// An authority stamped this checkpoint of the record (加盖可信时间戳).
    #[serde(rename = "court.time_stamped.v1")]
    TimeStamped {
        /// Entries under the checkpoint.
        size: Pos,
        /// The checkpoint with its cosignatures: the very bytes that were stamped.
        checkpoint: String,
        /// The answer of the authority as it came (RFC 3161), in base64.
        answer: String,
    },
}

/// A time stamp over the record, for everyone to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Stamped {
    /// Entries under the stamped checkpoint.
    pub size: Pos,
    /// They existed at this moment, by the authority's clock.
    pub at: Timestamp,
    /// The name in the authority's certificate.
    pub authority: String,
    /// Whether the authority is the court's own, for a demonstration: then it shows how it works, and proves nothing.
    pub demonstration: bool,
}

/// How the court's time stamps stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct StampStanding {
    /// The newest one.
    pub last: Option<Stamped>,
    /// How many there are.
    pub count: usize,
    /// How often one is asked for, in hours.
    pub every_hours: i64,
    /// Whether the authority is the court's own, for a demonstration.
    pub demonstration: bool,
    /// What keeps the authority from stamping, if anything does: a stable code.
    pub fault: Option<&'static str>,
}

/// Why there is no stamp this time. The next one is asked for later; whatever is under this checkpoint is under that
/// one, too.
#[derive(Debug, thiserror::Error)]
pub enum StampingFault {
    /// It does not answer.
    #[error(transparent)]
    Unreachable(#[from] AuthorityUnreachable),
    /// Its answer is no stamp over what it was asked to stamp.
    #[error("the answer of the authority does not hold")]
    Answer(#[from] StampFault),
    /// Its time is not that of the answer.
    #[error("the authority stamped at {at}, which is not now")]
    WrongTime {
        /// The time it gave.
        at: Timestamp,
    },
    /// The court could not ask, or not keep the answer.
    #[error("the stamp could not be kept")]
    Failed(#[from] AppError),
}

impl StampingFault {
    /// The stable name of the fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "stamp.unreachable",
            Self::Answer(fault) => fault.code(),
            Self::WrongTime { .. } => "stamp.wrong_time",
            Self::Failed(_) => "stamp.not_kept",
        }
    }
}

/// A checkpoint with the stamp over it, as both were.
#[derive(Clone, Debug)]
pub(crate) struct StampedCheckpoint {
    pub(crate) stamp: Stamped,
    pub(crate) note: Note,
    pub(crate) answer: Vec<u8>,
}

/// The checkpoint that proves something best.
pub(crate) struct Best {
    pub(crate) size: Pos,
    pub(crate) note: Note,
    /// The answer of the authority over this very checkpoint.
    pub(crate) stamp: Option<(Stamped, Vec<u8>)>,
}

/// What a node remembers of stamps; losing it costs reading them again.
#[derive(Default)]
pub struct Memory {
    known: Mutex<Known>,
    failing: Mutex<Failing>,
}

#[derive(Clone, Default)]
struct Known {
    rev: u64,
    /// Those that hold, in the order in which they came.
    stamps: Arc<Vec<KeptStamp>>,
}

#[derive(Clone)]
struct KeptStamp {
    stamped: Stamped,
    /// Where the record has it.
    position: Pos,
    /// Whether the checkpoint is of the log's present name, and the policy asks for no more than what is under it.
    proves: bool,
}

#[derive(Default)]
struct Failing {
    failures: u32,
    not_before_us: i64,
    fault: Option<&'static str>,
}

/// The stream of time stamps.
pub fn stream() -> Stream {
    Stream("time-stamps".to_owned())
}

fn opened(stored: &StoredEvent) -> Option<StampEvent> {
    serde_json::from_slice(stored.body.as_deref()?).ok()
}

impl App {
    /// The certificates of authorities whose stamps count.
    pub(crate) fn stamp_roots(&self) -> Vec<TrustRoot> {
        self.policy().stamp_authorities().iter().filter_map(|der| TrustRoot::from_der(der).ok()).collect()
    }

    fn stamps_are_demonstration(&self) -> bool {
        self.ports().stamping.authority.as_ref().is_some_and(|authority| authority.is_demonstration())
    }

    /// Has the newest checkpoint of the record stamped, if it is time and there is something new. Where the policy
    /// asks for witnesses, it is one that they cosigned. Returns whether a stamp came.
    ///
    /// # Errors
    /// A [`StampingFault`]; then nothing was recorded, and the authority is asked again later.
    pub async fn stamp_record(&self) -> Result<bool, StampingFault> {
        let Some(authority) = self.ports().stamping.authority.clone() else { return Ok(false) };
        if lock(&self.stamping().failing).not_before_us > self.now_us() {
            return Ok(false);
        }
        let Some((newest, rev)) = self.due_for_stamp().await? else { return Ok(false) };
        let stamped = self.stamp(&*authority, newest, rev).await;
        self.remember_stamping(stamped.as_ref().err());
        stamped
    }

    /// What is to be stamped now, and the revision of the stream of stamps.
    async fn due_for_stamp(&self) -> Result<Option<(Newest, u64)>, AppError> {
        let known = self.known_stamps().await?;
        let last = known.stamps.last();
        let now = self.ports().clock.now();
        if last.is_some_and(|last| now.duration_since(last.stamped.at) < self.ports().stamping.every) {
            return Ok(None);
        }
        let newest = match self.policy().has_quorum() {
            true => self.witnessed(LogId::RECORD).await?,
            false => self.newest(LogId::RECORD).await?,
        };
        let is_new = |newest: &Newest| last.is_none_or(|last| is_news(last, newest.size));
        Ok(newest.filter(is_new).map(|newest| (newest, known.rev)))
    }

    async fn stamp(&self, authority: &dyn TimeStamps, newest: Newest, rev: u64) -> Result<bool, StampingFault> {
        let checkpoint = newest.note.to_string();
        let answer = self.ask_for_stamp(authority, checkpoint.as_bytes()).await?;
        let event = StampEvent::TimeStamped { size: newest.size, checkpoint, answer: STANDARD.encode(&answer) };
        match court::append_plain(self, &stream(), rev, &[event], "system").await {
            Ok(()) => Ok(true),
            // Another node was faster: its stamp serves as well.
            Err(AppError::Busy) => Ok(false),
            Err(fault) => Err(fault.into()),
        }
    }

    /// A time stamp over a signature, before the signed paper goes out; none where the court names no authority. What
    /// comes back was checked: it is over this signature, and of now.
    ///
    /// # Errors
    /// A [`StampingFault`]; then the paper waits, for an issued paper is never touched again.
    pub(crate) async fn stamp_signature(&self, signature: &[u8]) -> Result<Option<Vec<u8>>, StampingFault> {
        let Some(authority) = self.ports().stamping.authority.clone() else { return Ok(None) };
        self.ask_for_stamp(&*authority, signature).await.map(Some)
    }

    /// The answer of the authority over these bytes, if it holds and is of now.
    async fn ask_for_stamp(&self, authority: &dyn TimeStamps, bytes: &[u8]) -> Result<Vec<u8>, StampingFault> {
        let mut random = [0; 16];
        moment::fill_random(&mut random);
        let question = StampQuestion::over(bytes, random);
        let answer = authority.ask(question.to_der()).await?;
        let Stamp { at, .. } = question.accept(&answer, bytes, &self.stamp_roots())?;
        if at.duration_since(self.ports().clock.now()).unsigned_abs() > CLOCKS_DIFFER {
            return Err(StampingFault::WrongTime { at });
        }
        Ok(answer)
    }

    fn remember_stamping(&self, fault: Option<&StampingFault>) {
        let now = self.now_us();
        let mut failing = lock(&self.stamping().failing);
        match fault {
            None => *failing = Failing::default(),
            Some(fault) => {
                let pause = SHORTEST_PAUSE_SECONDS << failing.failures.min(16);
                failing.failures += 1;
                failing.not_before_us = now + pause.min(LONGEST_PAUSE_SECONDS) * 1_000_000;
                failing.fault = Some(fault.code());
            }
        }
    }

    /// The stamps that hold, read on from where this node last read.
    async fn known_stamps(&self) -> Result<Known, AppError> {
        let known = lock(&self.stamping().known).clone();
        let stored = self.ports().store.read_stream(LogId::RECORD, &stream(), known.rev).await?;
        let Some(rev) = stored.last().map(|last| last.rev) else { return Ok(known) };
        let more: Vec<KeptStamp> = stored.iter().filter_map(|stored| self.sound(stored)).collect();
        let mut kept = lock(&self.stamping().known);
        if kept.rev == known.rev {
            Arc::make_mut(&mut kept.stamps).extend(more);
            kept.rev = rev;
        }
        Ok(kept.clone())
    }

    /// What a kept stamp proves; nothing if it does not hold.
    fn sound(&self, stored: &StoredEvent) -> Option<KeptStamp> {
        let StampEvent::TimeStamped { size, checkpoint, answer } = opened(stored)?;
        let (answer, roots) = (STANDARD.decode(answer).ok()?, self.stamp_roots());
        if roots.is_empty() {
            return None;
        }
        let stamp = match verify_stamp(&answer, checkpoint.as_bytes(), &roots) {
            Ok(stamp) => stamp,
            Err(fault) => {
                tracing::warn!(position = stored.pos, fault = fault.code(), "a kept time stamp does not hold");
                return None;
            }
        };
        let accepted = Note::parse(checkpoint.as_bytes()).ok().and_then(|note| self.policy().accept(&note).ok());
        let ours = accepted.is_some_and(|found| {
            found.checkpoint.size == size && found.checkpoint.origin.as_str() == self.origin(LogId::RECORD)
        });
        let demonstration = self.stamps_are_demonstration();
        let stamped = Stamped { size, at: stamp.at, authority: stamp.authority, demonstration };
        Some(KeptStamp { stamped, position: stored.pos, proves: ours })
    }

    /// The first stamp over a checkpoint with `pos` under it: no other says of an earlier moment that it was there.
    async fn first_stamp_over(&self, pos: Pos, signed: Pos) -> Result<Option<StampedCheckpoint>, AppError> {
        let known = self.known_stamps().await?;
        let covers = |kept: &&KeptStamp| kept.proves && kept.stamped.size > pos && kept.stamped.size <= signed;
        match known.stamps.iter().find(covers) {
            Some(kept) => self.stamped_checkpoint(kept).await,
            None => Ok(None),
        }
    }

    async fn stamped_checkpoint(&self, kept: &KeptStamp) -> Result<Option<StampedCheckpoint>, AppError> {
        let stored = self.ports().store.read_log(LogId::RECORD, kept.position, 1).await?;
        let Some(StampEvent::TimeStamped { checkpoint, answer, .. }) = stored.first().and_then(opened) else {
            return Ok(None);
        };
        let (note, answer) = (Note::parse(checkpoint.as_bytes()).ok(), STANDARD.decode(answer).ok());
        let stamp = kept.stamped.clone();
        Ok(note.zip(answer).map(|(note, answer)| StampedCheckpoint { stamp, note, answer }))
    }

    /// The checkpoint that proves what stands at `pos` of a log best: the first that was stamped, else the newest
    /// that enough witnesses cosigned, else the newest that the court signed; and the size up to which it signed.
    pub(crate) async fn best_over(&self, log: LogId, pos: Pos) -> Result<Option<(Best, Pos)>, AppError> {
        let Some(newest) = self.newest(log).await? else { return Ok(None) };
        let signed = newest.size;
        if log == LogId::RECORD
            && let Some(StampedCheckpoint { stamp, note, answer }) = self.first_stamp_over(pos, signed).await?
        {
            return Ok(Some((Best { size: stamp.size, note, stamp: Some((stamp, answer)) }, signed)));
        }
        let witnessed = self.witnessed(log).await?.filter(|witnessed| pos < witnessed.size && witnessed.size <= signed);
        let best = witnessed.or(Some(newest).filter(|newest| pos < newest.size));
        Ok(best.map(|Newest { size, note }| (Best { size, note, stamp: None }, signed)))
    }

    /// The stamp over the checkpoint by which `pos` of the record is proven, as a file to keep.
    pub async fn stamp_file(&self, pos: Pos) -> Result<Option<Vec<u8>>, AppError> {
        let best = self.best_over(LogId::RECORD, pos).await?;
        Ok(best.and_then(|(best, _)| best.stamp).map(|(_, answer)| answer))
    }

    /// How the court's time stamps stand; none where no authority was ever named.
    pub async fn stamp_standing(&self) -> Result<Option<StampStanding>, AppError> {
        let known = self.known_stamps().await?;
        let Stamping { authority, every } = &self.ports().stamping;
        if authority.is_none() && known.stamps.is_empty() {
            return Ok(None);
        }
        Ok(Some(StampStanding {
            last: known.stamps.last().map(|last| last.stamped.clone()),
            count: known.stamps.len(),
            every_hours: every.as_hours(),
            demonstration: self.stamps_are_demonstration(),
            fault: lock(&self.stamping().failing).fault,
        }))
    }

    /// What is published of the stamps of a log: `stamps`, a line with size and time each; `stamps/SIZE`, the
    /// checkpoint that was stamped; `stamps/SIZE.tsr`, the authority's answer over its bytes.
    pub(crate) async fn published_stamp(&self, log: LogId, path: &str) -> Result<Option<Vec<u8>>, AppError> {
        if log != LogId::RECORD {
            return Ok(None);
        }
        let known = self.known_stamps().await?;
        let Some(which) = path.strip_prefix("stamps/") else {
            let line = |kept: &KeptStamp| format!("{} {}\n", kept.stamped.size, kept.stamped.at);
            return Ok((path == "stamps").then(|| known.stamps.iter().map(line).collect::<String>().into_bytes()));
        };
        let (size, answer) = which.strip_suffix(".tsr").map_or((which, false), |size| (size, true));
        let kept = known.stamps.iter().rfind(|kept| kept.stamped.size.to_string() == size);
        let Some(kept) = kept else { return Ok(None) };
        let found = self.stamped_checkpoint(kept).await?;
        Ok(found.map(|found| if answer { found.answer } else { found.note.to_string().into_bytes() }))
    }
}

/// A stamp is an entry itself: where nothing else came since, there is nothing to stamp.
fn is_news(last: &KeptStamp, size: Pos) -> bool {
    let only_the_stamp = last.position == last.stamped.size && size == last.stamped.size + 1;
    size > last.stamped.size && !only_the_stamp
}
