//! Taking an archived case over from another court's package (接收移交): the same case, its events byte for byte, in
//! this court's record; where it came from stands beside it.
//!
//! What each log proves stays apart. The exporting court's log proves that the events were recorded there, and when
//! its witnesses saw them: the whole package is kept, file by file, and given out again as it came. This court's log
//! proves that it took these events over, under the entries they always had, and that they have not changed since.
//! It does not say that the acts happened here.

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    case::CaseState,
    ids::CaseId,
    people::{Actor, Person, Post},
    stage::Stage,
};
use xiezhi_ledger::{Hash, Policy};
use xiezhi_package::{Content, EventRow, Fault, Files, Item, check, layout, layout::Withheld, sums::Sums};
use xiezhi_store::{CommandKey, Commit, Cond, LogId, NewEvent, Stream, WorkingChange, blob::ByteStream};

use super::{App, AppError, Bytes, Packed, PersonLine, StreamExt, facts, stream};
use crate::{codec, court, live::Hint, moment, rows, sweeping};

/// An entry of the stream of a case that was taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum OriginEvent {
    /// The case was taken over from the package of another court, or of this one (接收移交).
    #[serde(rename = "court.case_taken_over.v1")]
    TakenOver(Origin),
}

/// Where a case came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = OriginOfCase)]
pub struct Origin {
    /// The case.
    pub case: CaseId,
    /// The court that sealed it.
    pub court: String,
    /// The log whose proofs it came with.
    pub log: String,
    /// How far that log's checkpoint was vouched for when it was checked: `signed`, `witnessed by 2 of 3`.
    pub standing: String,
    /// The checkpoint, with its cosignatures.
    pub checkpoint: String,
    /// Events it came with; what was done here comes behind them.
    pub events: u64,
    /// Hashes of files that its events name and that the package withheld, since a virus was found in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<String>,
    /// SHA-256 of the list of the package's files, which is kept as a file: a line `sha256  path` each.
    pub files_sha256: String,
}

/// What was taken over.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The case.
    pub case: CaseId,
    /// Number of the case.
    pub number: Option<String>,
    /// Events.
    pub events: usize,
    /// Files.
    pub files: usize,
}

/// Why a package is not taken over. Nothing of it is left behind but files that nobody names.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It does not hold: the first thing that is broken, and how many are.
    #[error("{first}; {all} in all")]
    Broken {
        /// The first.
        first: Fault,
        /// How many.
        all: usize,
    },
    /// This court knows the case already.
    #[error("the case {0} is known here already")]
    Known(CaseId),
    /// Another case has its number.
    #[error("another case has the number {0}")]
    NumberTaken(String),
    /// It is not the package of an archived case that is whole.
    #[error("it is not the whole file of an archived case")]
    NotWhole,
    /// A port failed.
    #[error(transparent)]
    Failed(#[from] AppError),
}

fn origin_stream(case: CaseId) -> Stream {
    Stream::new("taken-over", case)
}

impl App {
    /// Takes a case over from a package that holds against `policy`: all of it, or nothing.
    ///
    /// # Errors
    /// An [`ImportError`].
    pub async fn take_over(&self, files: &mut dyn Files, policy: &Policy) -> Result<Imported, ImportError> {
        let report = check(files, policy);
        let all = report.faults.len();
        if let Some(first) = report.faults.into_iter().next() {
            return Err(ImportError::Broken { first, all });
        }
        let (Some(seal), Some(assessment)) = (report.seal, report.assessment) else {
            return Err(ImportError::NotWhole);
        };
        let rows = check::events(files).map_err(|first| ImportError::Broken { first, all: 1 })?;
        let withheld = check::withheld(files).map_err(|first| ImportError::Broken { first, all: 1 })?;
        let id = CaseId(seal.case);
        let case = facts::fold(id, rows.iter())?.filter(|case| case.stage == Stage::Archived);
        let case = case.ok_or(ImportError::NotWhole)?;
        self.is_new(&case, &rows).await?;
        self.know(files).await?;
        let listed = self.keep_files(files).await?;
        let origin = Origin {
            case: id,
            court: seal.court,
            log: seal.log,
            standing: assessment.standing.to_string(),
            checkpoint: text(files, layout::CHECKPOINT)?,
            events: rows.len() as u64,
            withheld: withheld.iter().map(|file| file.sha256.clone()).collect(),
            files_sha256: listed.sha256,
        };
        self.record_origin(&case, &rows, origin, &withheld).await?;
        Ok(Imported { case: id, number: seal.number, events: rows.len(), files: listed.files })
    }

    async fn is_new(&self, case: &CaseState, events: &[EventRow]) -> Result<(), ImportError> {
        let store = &self.ports().store;
        let known = store.read_stream(LogId::RECORD, &codec::case_stream(case.id), 0).await.map_err(AppError::from)?;
        if !known.is_empty() {
            return Err(ImportError::Known(case.id));
        }
        for event in events {
            if store.committed(LogId::RECORD, event.command).await.map_err(AppError::from)?.is_some() {
                return Err(ImportError::Known(case.id));
            }
        }
        if let Some(number) = case.number.as_ref().map(ToString::to_string) {
            let same = Cond::is("number", number.clone());
            if store.count("cases", &same).await.map_err(AppError::from)? > 0 {
                return Err(ImportError::NumberTaken(number));
            }
        }
        Ok(())
    }

    /// Whoever the case names gets a name here, and nothing else: nobody comes to a post by a package.
    async fn know(&self, files: &mut dyn Files) -> Result<(), ImportError> {
        let people: Vec<PersonLine> = serde_json::from_str(&text(files, layout::PEOPLE)?)
            .map_err(|fault| AppError::Unreadable(format!("{}: {fault}", layout::PEOPLE)))?;
        let directory = self.refresh_directory().await?;
        let new = people.into_iter().filter(|person| directory.person(person.id).is_none());
        let named = new.map(|person| Person {
            id: person.id,
            name: person.name,
            post: Post::Party,
            division: None,
            id_no: None,
            phone: None,
            unit: person.unit.or(person.division),
            takes_cases: false,
        });
        Ok(self.register(named.collect(), &Actor::System).await?)
    }

    /// Keeps every file of the package, and the list of them.
    async fn keep_files(&self, files: &mut dyn Files) -> Result<Listed, ImportError> {
        let mut list = String::new();
        let names = files.names();
        for name in &names {
            let bytes = files.bytes(name).map_err(|fault| AppError::failed("the package", fault))?;
            list += &format!("{}  {name}\n", self.keep_bytes(bytes).await?);
        }
        Ok(Listed { sha256: self.keep_bytes(list.into_bytes()).await?, files: names.len() })
    }

    async fn keep_bytes(&self, bytes: Vec<u8>) -> Result<String, AppError> {
        self.spare(xiezhi_store::blob::Digest::of(&bytes)).await?;
        let pieces: ByteStream<'_> = stream::once(async move { Ok(Bytes::from(bytes)) }).boxed();
        Ok(self.ports().blobs.put(pieces, u64::MAX).await?.digest.to_string())
    }

    /// Events, rows and origin in one transaction: each act under its own command, moment and actor. What was withheld
    /// there is in quarantine here, too.
    async fn record_origin(
        &self,
        case: &CaseState,
        events: &[EventRow],
        origin: Origin,
        withheld: &[Withheld],
    ) -> Result<(), ImportError> {
        let stream = codec::case_stream(case.id);
        let mut acts = vec![];
        for act in events.chunk_by(|one, other| one.command == other.command && one.at_us == other.at_us) {
            acts.push(self.act_of(&stream, act)?);
        }
        let people = self.directory().await?;
        let now = self.ports().clock.now();
        let beside = origin_stream(case.id);
        let inscription = codec::Inscription::new(&Actor::System.label(), now.as_microsecond(), &beside);
        let event = codec::seal_plain(moment::new_id(now), &OriginEvent::TakenOver(origin), &inscription);
        acts.push(Commit {
            log: LogId::RECORD,
            command: CommandKey { id: moment::new_id(now), hash: [0; 32] },
            actor: Actor::System.label(),
            at_us: now.as_microsecond(),
            read: vec![(stream, case.rev), (beside.clone(), 0)],
            write: vec![(beside, vec![event])],
            rows: rows::all(case, &people),
            outbox: vec![],
            working: self.not_looked_through(case, withheld),
        });
        let answers = self.ports().store.commit(&acts).await.map_err(AppError::from)?;
        let mut pos = 0;
        for answer in answers {
            pos = answer.map_err(|_| ImportError::Known(case.id))?.first;
        }
        self.hub().tell(Hint::Changed { case: case.id, pos: pos + 1, rev: case.rev });
        Ok(())
    }

    fn act_of(&self, stream: &Stream, act: &[EventRow]) -> Result<Commit, ImportError> {
        let first = act.first().ok_or(ImportError::NotWhole)?;
        Ok(Commit {
            log: LogId::RECORD,
            command: CommandKey { id: first.command, hash: [0; 32] },
            actor: first.actor.clone(),
            at_us: first.at_us,
            read: vec![(stream.clone(), first.rev - 1)],
            write: vec![(stream.clone(), act.iter().map(new_event).collect::<Result<_, _>>()?)],
            rows: vec![],
            outbox: vec![],
            working: vec![],
        })
    }

    /// What was withheld there is in quarantine here; the rest waits to be looked through.
    fn not_looked_through(&self, case: &CaseState, withheld: &[Withheld]) -> Vec<WorkingChange> {
        let is_here = |sha256: &str| withheld.iter().all(|file| file.sha256 != sha256);
        let here = sweeping::files_of(case).filter(|file| is_here(&file.sha256));
        let there = withheld.iter().map(|file| self.quarantined_elsewhere(&file.sha256, &file.found));
        here.map(|file| self.waits_for_scanner(&file.sha256)).chain(there).collect()
    }

    /// Where a case was taken over from; nothing for one of this court.
    pub async fn origin_of(&self, case: CaseId) -> Result<Option<Origin>, AppError> {
        let told = court::read_plain::<OriginEvent>(self, &origin_stream(case), 0).await?;
        Ok(told.into_iter().next().map(|(_, OriginEvent::TakenOver(origin))| origin))
    }

    /// Whether the package that a case came in withheld this file.
    pub(crate) async fn was_withheld(&self, case: CaseId, sha256: &str) -> Result<bool, AppError> {
        let origin = self.origin_of(case).await?;
        Ok(origin.is_some_and(|origin| origin.withheld.iter().any(|known| known == sha256)))
    }

    /// The package that a case came in, byte for byte; where a virus was found in one of its files since, without that
    /// one's bytes.
    pub(super) async fn original(&self, name: &str, origin: &Origin) -> Result<Packed, AppError> {
        let list = self.bytes(&origin.files_sha256).await?;
        let list = String::from_utf8(list).map_err(|_| AppError::Unreadable("the list of a package".to_owned()))?;
        let mut items = vec![];
        let listed: Vec<(&str, &str)> = list.lines().filter_map(|line| line.split_once("  ")).collect();
        let infected = self.infected().await?;
        if listed.iter().any(|(sha256, _)| infected.contains_key(*sha256)) {
            return self.repacked(name, &listed, &infected).await;
        }
        for (sha256, path) in listed {
            let sums: Sums = self.sums(sha256).await?;
            items.push(Item { path: path.to_owned(), sums, content: Content::Blob(sha256.to_owned()) });
        }
        Ok(Packed { name: name.to_owned(), items })
    }
}

/// The list of the files of a package.
struct Listed {
    sha256: String,
    files: usize,
}

fn text(files: &mut dyn Files, name: &str) -> Result<String, AppError> {
    files.text(name).map_err(|fault| AppError::failed("the package", fault))
}

/// The event as it was: same identifier, same bytes, same entry.
fn new_event(row: &EventRow) -> Result<NewEvent, ImportError> {
    let damaged = |_| ImportError::NotWhole;
    let entry = row.entry().map_err(damaged)?;
    let (Some(body), Some(salt)) = (&row.body, row.salt().map_err(damaged)?) else { return Err(ImportError::NotWhole) };
    Ok(NewEvent {
        id: row.id,
        name: row.name.clone(),
        body: body.clone().into_bytes(),
        salt,
        entry: entry.as_bytes().to_vec(),
        leaf: *Hash::leaf(entry.as_bytes()).as_bytes(),
    })
}
