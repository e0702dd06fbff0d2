//! Signing in bulk (批量签署): many documents, one act of a person, each decided for itself. What was chosen is durable
//! before anything is signed, and each document's act has an identifier of its own that follows from the batch: after a
//! kill at any moment the rest is signed, and nothing twice.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    Refusal,
    access::{self, Act, Reader},
    case::CaseState,
    drafting::Draft,
    ids::{CaseId, CommandId, DocumentId, IdSource, MaterialId, PersonId},
    issuing::{self, IssuingCommand, IssuingRefusal},
    paper::PaperKind,
    people::Actor,
    rules::Settings,
    tasks::TaskKind,
};
use xiezhi_store::WorkingChange;

use crate::{App, AppError};

/// Batches that are not done, and those that are.
const OPEN: &str = "signing";
const DONE: &str = "signed";
/// How long a batch is kept: as long as anybody asks what became of it.
const KEEP_DAYS: i64 = 90;
/// Documents of one batch: the queue shows no more at once.
pub const MOST: usize = 500;
/// After a try that came to nothing by what is outside, this long is waited, twice as long after each that follows.
const SHORTEST_PAUSE_US: i64 = 15_000_000;
const LONGEST_PAUSE_US: i64 = 3_600_000_000;

/// What is done with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// It is signed by one who decides, or by the clerk (签署).
    Sign,
    /// It is read by one who leads (审阅).
    Read,
    /// It is sealed and issued (用印).
    Seal,
}

impl Deed {
    /// What a task asks for, if it asks for one of these.
    fn of(kind: &str) -> Option<Deed> {
        Some(match TaskKind::of_code(kind)? {
            TaskKind::SignDocument => Deed::Sign,
            TaskKind::ReadDocument => Deed::Read,
            TaskKind::Issue => Deed::Seal,
            _ => return None,
        })
    }
}

/// A document that waits for the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DocumentToSign)]
pub struct Waiting {
    /// What is asked for.
    pub deed: Deed,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: Option<String>,
    /// Its parties, short.
    pub title: String,
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: PaperKind,
    /// The original to read.
    pub original: MaterialId,
    /// Hash of its bytes.
    pub original_sha256: String,
    /// Since when it waits for the time-stamp authority, if it does.
    pub unstamped_since: Option<Timestamp>,
}

/// A document that was chosen, as it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// What is done.
    pub deed: Deed,
    /// The case.
    pub case: CaseId,
    /// The document.
    pub document: DocumentId,
    /// Hash of the original that was seen.
    pub original_sha256: String,
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "outcome")]
#[schema(as = SigningOutcome)]
pub enum Outcome {
    /// It is yet to be done. `held` says what kept it when it was tried, such as an authority that does not answer.
    Waiting {
        /// Stable code of what kept it.
        held: Option<String>,
    },
    /// Done, and on the record.
    Done {
        /// Where.
        position: u64,
    },
    /// The rules said no.
    Refused {
        /// Stable code of the refusal.
        code: String,
    },
}

/// A document of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What was chosen.
    pub chosen: Chosen,
    /// Its case's number, for whoever looks back.
    pub number: Option<String>,
    /// Its parties, short.
    pub title: String,
    /// Its kind.
    pub kind: PaperKind,
    /// What became of it.
    pub outcome: Outcome,
}

/// What a person signed in one act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The act, by which it is known.
    pub id: CommandId,
    /// Who.
    pub actor: Actor,
    /// When.
    pub begun_at: Timestamp,
    /// The documents, in the order they were chosen.
    pub items: Vec<Item>,
    /// What is outside is not tried again before this moment, microseconds since the epoch.
    pub not_before_us: i64,
    /// How often it came to nothing in a row.
    pub failures: u32,
}

impl Batch {
    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.items.iter().all(|item| !matches!(item.outcome, Outcome::Waiting { .. }))
    }
}

impl App {
    /// Documents that wait for the reader to sign, to read or to seal.
    pub async fn to_sign(&self, actor: &Actor) -> Result<Vec<Waiting>, AppError> {
        let mut waiting = vec![];
        for task in self.tasks(actor, Some("sign")).await? {
            let (Some(deed), Ok(case), Ok(document)) =
                (Deed::of(&task.kind), task.case_id.parse(), task.subject.parse())
            else {
                continue;
            };
            let state = self.load(case).await?;
            waiting.extend(self.waits(&state, actor, deed, document).await?);
        }
        Ok(waiting)
    }

    async fn waits(
        &self,
        case: &CaseState,
        actor: &Actor,
        deed: Deed,
        document: DocumentId,
    ) -> Result<Option<Waiting>, AppError> {
        let settings = self.rules(self.ports().clock.moment().today).settings;
        let asked = |draft: &&Draft| is_asked(case, &settings, actor, draft, deed);
        let Some(draft) = case.drafts.get(&document).filter(asked) else { return Ok(None) };
        let Some(original) = draft.original.and_then(|id| case.materials.get(&id)) else { return Ok(None) };
        Ok(Some(Waiting {
            deed,
            case: case.id,
            number: case.number.as_ref().map(ToString::to_string),
            title: case.short_title(),
            document,
            kind: draft.kind,
            original: original.id,
            original_sha256: original.file.sha256.clone(),
            unstamped_since: self.waits_for_stamp(document).await?,
        }))
    }

    /// Keeps what was chosen; from here on it is done, whatever happens to this process. The same act again is the
    /// same batch. What the reader may not know of is not there.
    ///
    /// # Errors
    /// [`AppError::Invalid`] at `chosen` where nothing was chosen, or too much at once.
    pub async fn sign_many(&self, actor: &Actor, id: CommandId, chosen: Vec<Chosen>) -> Result<Batch, AppError> {
        let person = actor.person().ok_or(AppError::NotFound)?;
        if let Some(known) = self.signing_batch(person, id).await? {
            return Ok(known);
        }
        let fault = |code: &str| AppError::Invalid(vec![("chosen".to_owned(), code.to_owned())]);
        if chosen.is_empty() {
            return Err(fault("signing.nothing"));
        }
        if chosen.len() > MOST {
            return Err(fault("signing.too_many"));
        }
        let mut items: Vec<Item> = vec![];
        for chosen in chosen {
            let (case, reader) = self.view(chosen.case, actor).await?;
            access::may(&reader, Act::ViewDrafts, case.stage).map_err(|_| AppError::NotFound)?;
            let kind = case.drafts.get(&chosen.document).ok_or(AppError::NotFound)?.kind;
            if items.iter().any(|item| item.chosen.document == chosen.document && item.chosen.deed == chosen.deed) {
                continue;
            }
            let number = case.number.as_ref().map(ToString::to_string);
            let outcome = Outcome::Waiting { held: None };
            items.push(Item { chosen, number, title: case.short_title(), kind, outcome });
        }
        let begun_at = self.ports().clock.now();
        let batch = Batch { id, actor: actor.clone(), begun_at, items, not_before_us: 0, failures: 0 };
        self.keep_note(OPEN, &id.to_string(), person, &batch, KEEP_DAYS).await?;
        Ok(batch)
    }

    /// A batch of this person's.
    pub async fn signing_batch(&self, person: PersonId, id: CommandId) -> Result<Option<Batch>, AppError> {
        let id = id.to_string();
        match self.note_of(OPEN, &id, person).await? {
            Some(open) => Ok(Some(open)),
            None => self.note_of(DONE, &id, person).await,
        }
    }

    /// Batches of this person's, the newest first.
    pub async fn batches(&self, person: PersonId) -> Result<Vec<Batch>, AppError> {
        let owner = person.to_string();
        let mut all: Vec<Batch> = vec![];
        for kind in [OPEN, DONE] {
            let items = self.ports().store.working_of(kind, Some(&owner), self.now_us()).await?;
            all.extend(items.iter().filter_map(|item| serde_json::from_slice::<Batch>(&item.value).ok()));
        }
        all.sort_by_key(|batch| std::cmp::Reverse((batch.begun_at, batch.id)));
        all.dedup_by_key(|batch| batch.id);
        Ok(all)
    }

    /// Goes on with every batch that is not done. Returns how many documents were done.
    pub async fn run_signing(&self) -> Result<usize, AppError> {
        let now = self.now_us();
        let open = self.ports().store.working_of(OPEN, None, now).await?;
        let batches = open.iter().filter_map(|item| serde_json::from_slice::<Batch>(&item.value).ok());
        let mut done = 0;
        for batch in batches.filter(|batch| batch.not_before_us <= now) {
            done += self.go_on(batch).await?;
        }
        Ok(done)
    }

    /// Does what is left of a batch; each document's outcome is kept as soon as it is known.
    async fn go_on(&self, mut batch: Batch) -> Result<usize, AppError> {
        let ids = IdSource::of(batch.id);
        let acts: Vec<CommandId> = batch.items.iter().map(|_| CommandId(ids.next())).collect();
        let mut done = 0;
        for (index, act) in acts.into_iter().enumerate() {
            if !matches!(batch.items[index].outcome, Outcome::Waiting { .. }) {
                continue;
            }
            let chosen = batch.items[index].chosen.clone();
            let outcome = outcome(self.do_deed(&batch.actor, act, chosen).await);
            let held = matches!(outcome, Outcome::Waiting { .. });
            done += usize::from(matches!(outcome, Outcome::Done { .. }));
            batch.items[index].outcome = outcome;
            if held {
                // Whatever is outside keeps the others just as well.
                let pause = (SHORTEST_PAUSE_US << batch.failures.min(16)).min(LONGEST_PAUSE_US);
                batch.failures += 1;
                batch.not_before_us = self.now_us() + pause;
                self.keep_batch(&batch).await?;
                return Ok(done);
            }
            batch.failures = 0;
            self.keep_batch(&batch).await?;
        }
        Ok(done)
    }

    async fn do_deed(&self, actor: &Actor, act: CommandId, chosen: Chosen) -> Result<u64, AppError> {
        let Chosen { deed, case, document, original_sha256 } = chosen;
        let decided = match deed {
            Deed::Sign => self.sign_document(case, actor, act, document, original_sha256).await?,
            Deed::Read => {
                let command = IssuingCommand::Read { document, opinion: String::new(), original_sha256 };
                self.decide(case, actor, act, command.into()).await?
            }
            Deed::Seal => {
                let state = self.load(case).await?;
                let draft = state.drafts.get(&document);
                let original = draft.and_then(|draft| state.materials.get(&draft.original?));
                if original.is_some_and(|original| original.file.sha256 != original_sha256) {
                    return Err(AppError::Refused(IssuingRefusal::OriginalChanged.into()));
                }
                self.issue(case, actor, act, document).await?
            }
        };
        Ok(decided.pos)
    }

    async fn keep_batch(&self, batch: &Batch) -> Result<(), AppError> {
        let person = batch.actor.person().ok_or(AppError::NotFound)?;
        let id = batch.id.to_string();
        let changes: Vec<WorkingChange> = match batch.is_done() {
            false => vec![self.note_put(OPEN, &id, person, batch, KEEP_DAYS)],
            true => vec![self.note_put(DONE, &id, person, batch, KEEP_DAYS), self.note_ending(OPEN, &id)],
        };
        self.ports().store.change_working(changes).await?;
        Ok(())
    }
}

/// Whether the document waits for this very deed by the actor, as the case stands now.
fn is_asked(case: &CaseState, settings: &Settings, actor: &Actor, draft: &Draft, deed: Deed) -> bool {
    let reader = Reader::of(actor, case);
    let may = |act| access::may(&reader, act, case.stage).is_ok();
    let missing = issuing::unsigned(case, draft);
    let next = issuing::next_reader(case, draft);
    match deed {
        Deed::Sign => {
            let turn = |person| missing.contains(&person) && !issuing::is_too_early(case, settings, draft, person);
            may(Act::SignDocument) && actor.person().is_some_and(turn)
        }
        Deed::Read => may(Act::ReadDocument) && next.is_some() && next == reader.post,
        Deed::Seal => {
            let complete = missing.is_empty() && !issuing::lacks_clerk(case, draft);
            may(Act::Issue) && complete && next.is_none() && draft.issued.is_none()
        }
    }
}

/// What is outside or busy is tried again; what the rules say stays said.
fn outcome(carried: Result<u64, AppError>) -> Outcome {
    let refused = |code: &str| Outcome::Refused { code: code.to_owned() };
    match carried {
        Ok(position) => Outcome::Done { position },
        Err(AppError::Refused(Refusal::Issuing(fault @ IssuingRefusal::NoTimeStamp))) => {
            Outcome::Waiting { held: Some(fault.code().to_owned()) }
        }
        Err(AppError::Refused(refusal)) => refused(refusal.code()),
        Err(AppError::Denied(denial)) => refused(denial.code()),
        Err(AppError::NotFound) => refused("not_found"),
        Err(AppError::CommandReused) => refused("command_reused"),
        Err(fault) => {
            tracing::warn!(fault = &fault as &dyn std::error::Error, "a document of a batch is tried again");
            Outcome::Waiting { held: Some("failed".to_owned()) }
        }
    }
}
