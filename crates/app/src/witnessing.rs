//! Witnesses (见证): other operators who cosign what the court signed, so that it can't show one history to
//! some and another to others. They are asked after each checkpoint; an act never waits for them.

use std::{
    collections::{HashMap, HashSet},
    sync::Mutex,
};

use futures::{StreamExt, stream::FuturesUnordered};
use jiff::Timestamp;
use xiezhi_connect::WitnessUnreachable;
use xiezhi_ledger::{
    AddCheckpoint, Note, Policy, SignatureLine, consistency,
    policy::{PolicySyntaxError, Standing, Witness},
    witness::{self, AnswerFault},
};
use xiezhi_store::{LogId, Pos};

use crate::{App, AppError, app::lock, court::Keys, log_keys::RetiredKey, recorder::RecorderError};

/// A court without witnesses.
pub const NO_WITNESSES: &str = "quorum none\n";

/// A cosignature may be this far from the court's own clock; one that is further off says nothing of when.
const CLOCKS_DIFFER_SECONDS: u64 = 600;
/// Of a witness that failed again and again, this long is waited at most.
const LONGEST_PAUSE_SECONDS: i64 = 300;
/// A witness and a court agree on what was cosigned last after one try; more means that others ask for us.
const TRIES: usize = 3;

/// The policy of a court: whom a reader trusts, and how many must agree. `lines` tells the witnesses, their
/// groups and the quorum; the court's own keys come behind them, those that sign and those that did.
///
/// # Errors
/// [`PolicySyntaxError`], with the number of the line.
pub fn policy(keys: &Keys, retired: &[RetiredKey], lines: &str) -> Result<Policy, PolicySyntaxError> {
    let sign = LogId::ALL.into_iter().flat_map(|log| keys.log_keys(log));
    let sign: Vec<_> = sign.map(|key| key.verifier().to_string()).collect();
    let signing = sign.iter().map(|key| format!("log {key}\n"));
    // Until the file of a retired key is gone it signs on, whatever the record says.
    let retired = retired.iter().filter(|retired| !sign.contains(&retired.key));
    let retired = retired.map(|RetiredKey { key, until }| format!("log {key}\n#log-until {until} {key}\n"));
    format!("{}\n{}", lines.trim_end_matches('\n'), signing.chain(retired).collect::<String>()).parse()
}

/// How firmly something recorded stands. A page never says more than this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Proof {
    /// Durable in the record (已记录).
    Recorded,
    /// Under a checkpoint that the court signed (已存证).
    Signed,
    /// Under a checkpoint that a quorum of witnesses cosigned (已见证).
    Witnessed {
        /// How many cosigned.
        by: usize,
        /// How many could have.
        of: usize,
        /// Whether they are the court's own, for a demonstration: then it shows how it works, and proves nothing.
        demonstration: bool,
    },
}

impl Proof {
    /// Whether a signed checkpoint covers it: then there is a proof to keep.
    pub fn is_signed(self) -> bool {
        self != Proof::Recorded
    }
}

/// How far a log is signed, and how far it is witnessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Reach {
    /// Entries under the newest signed checkpoint.
    pub signed: Pos,
    /// Entries under the newest checkpoint that a quorum cosigned.
    pub witnessed: Pos,
    /// How many witnesses cosigned that one.
    pub by: usize,
    /// How many could have.
    pub of: usize,
    /// Whether they are the court's own, for a demonstration.
    pub demonstration: bool,
}

impl Reach {
    /// How firmly the event at `pos` stands.
    pub fn proof(&self, pos: Pos) -> Proof {
        match pos {
            pos if pos < self.witnessed => {
                Proof::Witnessed { by: self.by, of: self.of, demonstration: self.demonstration }
            }
            pos if pos < self.signed => Proof::Signed,
            _ => Proof::Recorded,
        }
    }
}

/// What a witness saw last of a log.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct WitnessStanding {
    /// Its name in the policy.
    pub name: String,
    /// Size of the newest checkpoint it cosigned, among the newest ones.
    pub size: Option<Pos>,
    /// When, by its own clock.
    pub at: Option<Timestamp>,
    /// What keeps it from cosigning, if anything does: a stable code.
    pub fault: Option<&'static str>,
}

/// Why a witness did not cosign.
#[derive(Debug, thiserror::Error)]
pub enum WitnessFault {
    /// It does not answer.
    #[error(transparent)]
    Unreachable(#[from] WitnessUnreachable),
    /// It does not know this log, or not its key.
    #[error("the witness answered {0}")]
    Refused(u16),
    /// Its answer is no cosignature of what it was asked to cosign.
    #[error("the answer of the witness does not hold")]
    Answer(#[from] AnswerFault),
    /// Its time is not that of the answer.
    #[error("the witness cosigned at {at_seconds}, which is not now")]
    WrongTime {
        /// The time it gave.
        at_seconds: u64,
    },
    /// It says that it cosigned more than the court ever signed, and shows nothing.
    #[error("the witness says that it cosigned {size} entries")]
    Claims {
        /// The size it named.
        size: Pos,
    },
    /// It refuses, although it saw the same history.
    #[error("the witness refuses the history that it shows itself")]
    Contradiction,
    /// Another checkpoint was cosigned meanwhile.
    #[error("the court signed on meanwhile")]
    Meanwhile,
    /// It showed that the court went back, or told another history.
    #[error("the witness showed another history")]
    Proof(#[source] RecorderError),
    /// The court could not ask, or not compare what it was shown.
    #[error("the witness was not asked")]
    NotAsked(#[source] RecorderError),
}

impl From<RecorderError> for WitnessFault {
    fn from(fault: RecorderError) -> Self {
        match fault {
            proof @ (RecorderError::RolledBack { .. } | RecorderError::Forked { .. }) => Self::Proof(proof),
            fault => Self::NotAsked(fault),
        }
    }
}

impl WitnessFault {
    /// The stable name of the fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "witness.unreachable",
            Self::Refused(_) => "witness.refused",
            Self::Answer(_) => "witness.bad_answer",
            Self::WrongTime { .. } => "witness.wrong_time",
            Self::Claims { .. } => "witness.claims",
            Self::Contradiction => "witness.contradiction",
            Self::Meanwhile => "witness.meanwhile",
            Self::Proof(_) => "witness.another_history",
            Self::NotAsked(_) => "witness.not_asked",
        }
    }
}

/// What a node remembers of the witnesses; losing it costs a question more.
#[derive(Default)]
pub struct Memory {
    known: Mutex<HashMap<(LogId, String), Known>>,
    /// Logs whose witnesses were asked what they saw, since this node started.
    compared: Mutex<HashSet<LogId>>,
    /// What the newest witnessed checkpoint came to, so that it is not verified for each page.
    assessed: Mutex<HashMap<LogId, (String, Option<Reach>)>>,
    /// The newest checkpoint is published by one at a time.
    pub(crate) publishing: tokio::sync::Mutex<()>,
}

/// What is known of one witness and one log.
#[derive(Clone, Debug, Default)]
struct Known {
    size: Pos,
    failures: u32,
    not_before_us: i64,
    fault: Option<&'static str>,
    claims: Option<Pos>,
}

/// A checkpoint while it gathers cosignatures.
pub(crate) struct Newest {
    pub(crate) size: Pos,
    pub(crate) note: Note,
}

impl App {
    /// The court's policy.
    pub fn policy(&self) -> &Policy {
        &self.ports().policy
    }

    /// Whether the witnesses are the court's own, for a demonstration.
    pub fn witnesses_are_demonstration(&self) -> bool {
        self.ports().witnesses.is_demonstration()
    }

    /// How far a log is signed and witnessed.
    pub async fn reach(&self, log: LogId) -> Result<Reach, AppError> {
        let signed = self.proven_upto(log).await?;
        let witnessed = self.assessed(log).await?.map(|(reach, _)| reach);
        Ok(Reach { signed, ..witnessed.unwrap_or_default() })
    }

    /// The newest witnessed checkpoint, as it is kept, and what it comes to.
    async fn assessed(&self, log: LogId) -> Result<Option<(Reach, String)>, AppError> {
        let Some((_, note)) = self.ports().store.witnessed(log).await? else { return Ok(None) };
        let known = lock(&self.witnessing().assessed).get(&log).filter(|(known, _)| *known == note).cloned();
        let reach = match known {
            Some((_, reach)) => reach,
            None => {
                let reach = self.assess_witnessed(log, &note);
                lock(&self.witnessing().assessed).insert(log, (note.clone(), reach));
                reach
            }
        };
        Ok(reach.map(|reach| (reach, note)))
    }

    fn assess_witnessed(&self, log: LogId, note: &str) -> Option<Reach> {
        let found = self.policy().accept(&Note::parse(note.as_bytes()).ok()?).ok()?;
        let Standing::Witnessed { by, of } = found.standing else { return None };
        let ours = found.checkpoint.origin.as_str() == self.origin(log);
        let demonstration = self.witnesses_are_demonstration();
        ours.then_some(Reach { signed: 0, witnessed: found.checkpoint.size, by, of, demonstration })
    }

    /// The newest checkpoint of a log that a quorum cosigned.
    pub(crate) async fn witnessed(&self, log: LogId) -> Result<Option<Newest>, AppError> {
        let Some((reach, note)) = self.assessed(log).await? else { return Ok(None) };
        let note = Note::parse(note.as_bytes()).map_err(|fault| AppError::failed("the witnessed checkpoint", fault))?;
        Ok(Some(Newest { size: reach.witnessed, note }))
    }

    /// What each witness saw last of a log.
    pub async fn witness_standings(&self, log: LogId) -> Result<Vec<WitnessStanding>, AppError> {
        let notes = [self.witnessed(log).await?, self.newest(log).await?];
        let seen: Vec<_> =
            notes.iter().flatten().filter_map(|newest| self.policy().assess(&newest.note).ok()).collect();
        let known = lock(&self.witnessing().known).clone();
        let standing = |witness: &Witness| {
            let mut found = WitnessStanding { name: witness.name.clone(), size: None, at: None, fault: None };
            for seen in &seen {
                if let Some(cosigned) = seen.cosigned.iter().find(|cosigned| cosigned.witness == witness.name) {
                    found.size = Some(seen.checkpoint.size);
                    found.at = i64::try_from(cosigned.at_seconds).ok().and_then(|at| Timestamp::from_second(at).ok());
                }
            }
            found.fault = known.get(&(log, witness.name.clone())).and_then(|known| known.fault);
            found
        };
        Ok(self.policy().witnesses().iter().map(standing).collect())
    }

    /// Asks the witnesses that have not cosigned the newest checkpoint of a log, and keeps what they answer.
    pub async fn ask_witnesses(&self, log: LogId) -> Result<(), RecorderError> {
        let Some(mut newest) = self.newest(log).await? else { return Ok(()) };
        let witnesses = self.due(log, &newest.note);
        let (size, note) = (newest.size, newest.note.clone());
        let mut asked: FuturesUnordered<_> = witnesses
            .iter()
            .map(|(witness, url)| async { (*witness, self.ask(log, witness, url, size, &note).await) })
            .collect();
        while let Some((witness, answer)) = asked.next().await {
            self.remember(log, witness, size, &answer);
            match answer {
                Ok(line) => self.keep_cosignature(log, &mut newest, line).await?,
                Err(fault) => tracing::warn!(
                    fault = &fault as &dyn std::error::Error,
                    witness = witness.name,
                    log = crate::recorder::name(log),
                    "a witness did not cosign"
                ),
            }
        }
        Ok(())
    }

    fn due(&self, log: LogId, note: &Note) -> Vec<(&Witness, &str)> {
        let (now, known) = (self.now_us(), lock(&self.witnessing().known));
        let cosigned = |witness: &Witness| {
            note.signatures().iter().any(|line| line.name == *witness.key.name() && line.id == witness.key.id())
        };
        let waits =
            |witness: &Witness| known.get(&(log, witness.name.clone())).is_some_and(|known| known.not_before_us > now);
        let due = self.policy().witnesses().iter().filter(|witness| !cosigned(witness) && !waits(witness));
        due.filter_map(|witness| Some((witness, witness.url.as_deref()?))).collect()
    }

    async fn ask(
        &self,
        log: LogId,
        witness: &Witness,
        url: &str,
        size: Pos,
        note: &Note,
    ) -> Result<SignatureLine, WitnessFault> {
        let known = lock(&self.witnessing().known).get(&(log, witness.name.clone())).cloned().unwrap_or_default();
        let mut old_size = known.size.min(size);
        for _ in 0..TRIES {
            let proof = self.consistency(log, old_size, size).await?;
            let request = AddCheckpoint { old_size, proof, checkpoint: note.clone() }.to_string();
            let answer = self.ports().witnesses.post(url, witness::PATH, request).await?;
            match answer.status {
                200 => return self.accept(witness, note, &answer.body),
                409 => {
                    let theirs = witness::size_of_answer(&answer.body).ok_or(AnswerFault::Malformed)?;
                    if theirs > size {
                        return Err(self.confronted(log, url, theirs).await);
                    }
                    // Earlier drafts of the protocol say so when the roots of one size differ.
                    if theirs == old_size {
                        return Err(self.confronted(log, url, 0).await);
                    }
                    old_size = theirs;
                }
                422 => return Err(self.confronted(log, url, 0).await),
                status => return Err(WitnessFault::Refused(status)),
            }
        }
        Err(WitnessFault::Meanwhile)
    }

    fn accept(&self, witness: &Witness, note: &Note, answer: &str) -> Result<SignatureLine, WitnessFault> {
        let (line, at_seconds) = witness::cosignature(answer, &witness.key, note)?;
        let now = u64::try_from(self.ports().clock.now().as_second()).unwrap_or_default();
        if at_seconds.abs_diff(now) > CLOCKS_DIFFER_SECONDS {
            return Err(WitnessFault::WrongTime { at_seconds });
        }
        Ok(line)
    }

    async fn consistency(&self, log: LogId, old: Pos, new: Pos) -> Result<Vec<xiezhi_ledger::Hash>, RecorderError> {
        let tiles = self.tiles(log, &consistency::needs(old, new), new).await?;
        consistency::prove(old, new, &tiles).map_err(|fault| RecorderError::failed("the tiles", fault))
    }

    /// Why a witness refuses what the court signed: the court went back, or the witness is wrong.
    async fn confronted(&self, log: LogId, url: &str, claimed: Pos) -> WitnessFault {
        if let Err(WitnessFault::Proof(proof)) = self.confront(log, url).await {
            return proof.into();
        }
        match self.signed_size(log).await {
            Ok(signed) if claimed > signed => WitnessFault::Claims { size: claimed },
            // It was asked about what has meanwhile been signed further, by this node or another.
            Ok(_) if claimed > 0 => WitnessFault::Meanwhile,
            Ok(_) => WitnessFault::Contradiction,
            Err(fault) => fault.into(),
        }
    }

    /// Holds what a witness shows of a log against what the court knows to have signed. What is shown counts
    /// only under the court's own signature: nobody can make it up.
    async fn confront(&self, log: LogId, url: &str) -> Result<(), WitnessFault> {
        match self.shown(log, url).await? {
            Some(shown) => Ok(self.hold_against(log, &shown).await?),
            None => Ok(()),
        }
    }

    /// What a witness saw last of a log, if it shows anything.
    pub(crate) async fn shown(&self, log: LogId, url: &str) -> Result<Option<Note>, WitnessUnreachable> {
        let path = witness::monitoring_path(self.log_key(log).verifier().name());
        let shown = self.ports().witnesses.get(url, &path).await?;
        Ok((shown.status == 200).then(|| Note::parse(shown.body.as_bytes()).ok()).flatten())
    }

    /// Before the first signature since this node started: whether a witness saw more than the court knows.
    pub(crate) async fn compare_with_witnesses(&self, log: LogId) -> Result<(), RecorderError> {
        if lock(&self.witnessing().compared).contains(&log) {
            return Ok(());
        }
        let urls = self.policy().witnesses().iter().filter_map(|witness| witness.url.as_deref());
        let mut asked: FuturesUnordered<_> = urls.map(|url| self.confront(log, url)).collect();
        while let Some(answer) = asked.next().await {
            if let Err(WitnessFault::Proof(fault) | WitnessFault::NotAsked(fault)) = answer {
                return Err(fault);
            }
        }
        lock(&self.witnessing().compared).insert(log);
        Ok(())
    }

    /// A size above `signed` that a witness says it cosigned, and does not take back.
    pub(crate) fn claimed_above(&self, log: LogId, signed: Pos) -> Option<Pos> {
        let known = lock(&self.witnessing().known);
        let claims = known.iter().filter(|((of, _), _)| *of == log).filter_map(|(_, known)| known.claims);
        claims.filter(|claimed| *claimed > signed).max()
    }

    fn remember(&self, log: LogId, witness: &Witness, size: Pos, answer: &Result<SignatureLine, WitnessFault>) {
        let now = self.now_us();
        let mut all = lock(&self.witnessing().known);
        let known = all.entry((log, witness.name.clone())).or_default();
        match answer {
            Ok(_) => *known = Known { size, ..Known::default() },
            Err(WitnessFault::Meanwhile) => {}
            Err(fault) => {
                let pause = 1_i64.checked_shl(known.failures).unwrap_or(i64::MAX).min(LONGEST_PAUSE_SECONDS);
                known.failures = (known.failures + 1).min(16);
                known.not_before_us = now + pause * 1_000_000;
                known.fault = Some(fault.code());
                known.claims = if let WitnessFault::Claims { size } = fault { Some(*size) } else { None };
            }
        }
    }
}
