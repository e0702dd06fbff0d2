//! Like cases (类案批量办理): a judge's common draft, working data until it is applied; and its application, case by case.
//! As in signing in bulk, what was begun is durable before the first case is touched, and each case's act follows from
//! the batch: after a kill at any moment the rest is done, and nothing twice.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xiezhi_documents::placeholders;
use xiezhi_domain::{
    Refusal,
    access::{self, Act},
    case::CaseState,
    drafting::DraftContent,
    ids::{CaseId, CommandId, DocumentId, IdSource, PersonId, SeriesId},
    paper::PaperKind,
    people::Actor,
    series::{self, SeriesCommand, SeriesRefusal},
};

use crate::{App, AppError, lists::CaseFilter, papers};

/// Kind of working data that keeps a judge's sets of like cases, and how long.
const SERIES: &str = "series";
const KEEP_DAYS: i64 = 730;
/// Cases of one set.
pub const MOST: usize = 500;
/// A judge's cases that are looked through for like ones.
const LOOKED_THROUGH: u64 = 500;

/// A set of like cases, as the judge who linked them keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    /// Identifier.
    pub id: SeriesId,
    /// What it is called.
    pub name: String,
    /// The plaintiffs all have.
    pub plaintiffs: Vec<String>,
    /// The cause all have, by its code.
    pub cause: String,
    /// Kind of the common draft.
    pub kind: PaperKind,
    /// The common draft.
    pub content: DraftContent,
    /// Its number, from 1 with the first that was saved.
    pub master: u32,
    /// The cases, in the order they were linked.
    pub cases: Vec<CaseId>,
    /// What is being applied, or was last.
    pub batch: Option<Batch>,
}

/// The application of a common draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The act, by which it is known.
    pub id: CommandId,
    /// Who.
    pub actor: Actor,
    /// When.
    pub begun_at: Timestamp,
    /// Kind of the common draft.
    pub kind: PaperKind,
    /// Its number.
    pub master: u32,
    /// Its words as they were then.
    pub content: DraftContent,
    /// Each case.
    pub items: Vec<Item>,
}

/// A case of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which.
    pub case: CaseId,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "outcome")]
#[schema(as = SeriesOutcome)]
pub enum Outcome {
    /// It is yet to be done.
    Waiting,
    /// The draft stands in the case.
    Done,
    /// The rules said no.
    Refused {
        /// Stable code of the refusal.
        code: String,
    },
}

/// A case in which a common draft may stand, as it is now.
#[derive(Clone, Debug)]
pub struct Member {
    /// The case.
    pub case: std::sync::Arc<CaseState>,
    /// The common draft with its facts.
    pub filled: DraftContent,
    /// Places that nothing in it fills.
    pub missing: Vec<String>,
}

/// Cases that are alike and belong to no set yet.
#[derive(Clone, Debug)]
pub struct Alike {
    /// The plaintiffs all have.
    pub plaintiffs: Vec<String>,
    /// The cause all have, by its code.
    pub cause: String,
    /// The cases.
    pub cases: Vec<std::sync::Arc<CaseState>>,
}

impl App {
    /// A judge's sets, those changed last first.
    pub async fn series_of(&self, person: PersonId) -> Result<Vec<Set>, AppError> {
        let owner = person.to_string();
        let mut items = self.ports().store.working_of(SERIES, Some(&owner), self.now_us()).await?;
        items.sort_by_key(|item| std::cmp::Reverse(item.updated_us));
        Ok(items.iter().filter_map(|item| serde_json::from_slice(&item.value).ok()).collect())
    }

    /// A set of this judge's.
    pub async fn series(&self, person: PersonId, id: SeriesId) -> Result<Option<Set>, AppError> {
        self.note_of(SERIES, &id.to_string(), person).await
    }

    async fn keep_series(&self, person: PersonId, set: &Set) -> Result<(), AppError> {
        self.keep_note(SERIES, &set.id.to_string(), person, set, KEEP_DAYS).await
    }

    /// Changes a set as it is by then: what its judge writes and what becomes of its cases are kept at the same time.
    async fn change_series(
        &self,
        person: PersonId,
        id: SeriesId,
        change: impl Fn(&mut Set) -> bool,
    ) -> Result<Set, AppError> {
        let changed = self.change_note((SERIES, &id.to_string()), person, KEEP_DAYS, change).await?;
        changed.ok_or(AppError::NotFound)
    }

    /// The judge's cases under trial that are alike and in no set, where there are two at least.
    pub async fn alike(&self, actor: &Actor) -> Result<Vec<Alike>, AppError> {
        let Actor::Person { id, post, .. } = actor else { return Ok(vec![]) };
        // Whoever may know of every case of the court tries few of them.
        let own = Some(crate::access::concerned(*id, *post));
        let filter =
            CaseFilter { phase: Some("trial"), more: own, page: 1, size: LOOKED_THROUGH, ..CaseFilter::default() };
        let mut found: Vec<Alike> = vec![];
        for row in self.cases(actor, &filter).await?.rows {
            let Ok(id) = row.case_id.parse() else { continue };
            let (case, reader) = match self.view(id, actor).await {
                Ok(seen) => seen,
                // One that is not theirs to draft in, or that this release cannot read, keeps no other from being found.
                Err(AppError::NotFound | AppError::Denied(_) | AppError::Unreadable(_)) => continue,
                Err(fault) => return Err(fault),
            };
            if case.series.is_some() || access::may(&reader, Act::Draft, case.stage).is_err() {
                continue;
            }
            let (plaintiffs, cause) = series::likeness(&case);
            match found.iter_mut().find(|alike| alike.plaintiffs == plaintiffs && alike.cause == cause) {
                Some(alike) => alike.cases.push(case),
                None => found.push(Alike { plaintiffs, cause, cases: vec![case] }),
            }
        }
        found.retain(|alike| alike.cases.len() > 1);
        found.iter_mut().for_each(|alike| alike.cases.sort_by_key(|case| case.number.clone()));
        Ok(found)
    }

    /// Links cases with one another; each takes it as an act of its own. The first says what all have in common. The set is
    /// kept before any case is in it, and the same act again goes on with it where it was cut off.
    ///
    /// # Errors
    /// [`AppError::Invalid`] at `cases` where there are fewer than two or too many, or at `name`.
    pub async fn link_cases(
        &self,
        actor: &Actor,
        command: CommandId,
        name: &str,
        cases: Vec<CaseId>,
    ) -> Result<Set, AppError> {
        let person = actor.person().ok_or(AppError::NotFound)?;
        let ids = IdSource::of(command);
        let id = SeriesId(ids.next());
        let set = match self.series(person, id).await? {
            Some(known) => known,
            None => self.new_series(actor, id, name, &cases).await?,
        };
        for case in cases {
            let act = CommandId(ids.next());
            let (plaintiffs, cause) = (set.plaintiffs.clone(), set.cause.clone());
            let join = SeriesCommand::Join { series: id, name: set.name.clone(), plaintiffs, cause };
            if !set.cases.contains(&case) {
                continue;
            }
            match self.decide(case, actor, act, join.into()).await {
                Ok(_) => {}
                Err(fault @ (AppError::Refused(_) | AppError::Denied(_) | AppError::NotFound)) => {
                    self.without(person, id, case).await?;
                    return Err(fault);
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(set)
    }

    /// A set of cases that can be linked, kept before they are.
    async fn new_series(&self, actor: &Actor, id: SeriesId, name: &str, cases: &[CaseId]) -> Result<Set, AppError> {
        let person = actor.person().ok_or(AppError::NotFound)?;
        let fault = |field: &str, code: &str| AppError::Invalid(vec![(field.to_owned(), code.to_owned())]);
        if name.trim().is_empty() {
            return Err(fault("name", "input.required"));
        }
        if cases.len() < 2 || cases.len() > MOST {
            return Err(fault("case", "series.how_many"));
        }
        let (plaintiffs, cause) = series::likeness(&self.view(cases[0], actor).await?.0);
        let set = Set {
            id,
            name: name.trim().to_owned(),
            plaintiffs,
            cause,
            kind: PaperKind::Judgment,
            content: DraftContent::default(),
            master: 0,
            cases: cases.to_vec(),
            batch: None,
        };
        // Nothing is linked where one does not belong: no case is left in a set that nobody has.
        for case in cases {
            let (case, reader) = self.view(*case, actor).await?;
            access::may(&reader, Act::Draft, case.stage).map_err(AppError::Denied)?;
            let in_another = case.series.as_ref().is_some_and(|known| known.id != id);
            let refusal = match series::likeness(&case) == (set.plaintiffs.clone(), set.cause.clone()) {
                false => Some(SeriesRefusal::NotAlike),
                true => in_another.then_some(SeriesRefusal::InAnother),
            };
            if let Some(refusal) = refusal {
                return Err(AppError::Refused(refusal.into()));
            }
        }
        self.keep_series(person, &set).await?;
        Ok(set)
    }

    async fn without(&self, person: PersonId, id: SeriesId, case: CaseId) -> Result<Set, AppError> {
        let leaves = |set: &mut Set| {
            set.cases.retain(|known| *known != case);
            true
        };
        self.change_series(person, id, leaves).await
    }

    /// Takes a case out of a set; its draft stays as it is.
    pub async fn unlink_case(
        &self,
        actor: &Actor,
        command: CommandId,
        id: SeriesId,
        case: CaseId,
    ) -> Result<(), AppError> {
        let person = actor.person().ok_or(AppError::NotFound)?;
        self.series(person, id).await?.ok_or(AppError::NotFound)?;
        match self.decide(case, actor, command, SeriesCommand::Leave { series: id }.into()).await {
            // One that never came into it is taken from the list.
            Ok(_) | Err(AppError::Refused(Refusal::Series(SeriesRefusal::NotInSeries))) => {}
            Err(fault) => return Err(fault),
        }
        self.without(person, id, case).await.map(|_| ())
    }

    /// Saves the common draft.
    pub async fn save_master(
        &self,
        person: PersonId,
        id: SeriesId,
        kind: PaperKind,
        content: DraftContent,
    ) -> Result<Set, AppError> {
        let (content, _) = content.cleaned();
        let save = |set: &mut Set| {
            let is_new = (&set.content, set.kind) != (&content, kind) || set.master == 0;
            if is_new {
                (set.content, set.kind) = (content.clone(), kind);
                set.master += 1;
            }
            is_new
        };
        self.change_series(person, id, save).await
    }

    /// The cases of a set as they are now, with what the common draft would say in each. A case that was taken from the
    /// judge since is left out.
    pub async fn members(&self, actor: &Actor, set: &Set) -> Result<Vec<Member>, AppError> {
        let mut members = vec![];
        for id in &set.cases {
            let Ok((case, reader)) = self.view(*id, actor).await else { continue };
            if access::may(&reader, Act::ViewDrafts, case.stage).is_ok() {
                let (filled, missing) = self.filled(&case, &set.content).await?;
                members.push(Member { case, filled, missing });
            }
        }
        Ok(members)
    }

    async fn filled(&self, case: &CaseState, content: &DraftContent) -> Result<(DraftContent, Vec<String>), AppError> {
        let today = self.ports().clock.moment().today;
        let facts = papers::facts(case, &*self.directory().await?, &self.rules(today));
        Ok(placeholders::fill(content, &facts))
    }

    /// Begins to apply the common draft; from here on it is done, whatever happens to this process. The same act again is
    /// the same batch.
    ///
    /// # Errors
    /// [`AppError::Invalid`] where nothing was written yet.
    pub async fn apply_master(&self, actor: &Actor, command: CommandId, id: SeriesId) -> Result<Set, AppError> {
        let person = actor.person().ok_or(AppError::NotFound)?;
        let begun_at = self.ports().clock.now();
        let begin = |set: &mut Set| {
            if set.master == 0 || set.batch.as_ref().is_some_and(|batch| batch.id == command) {
                return false;
            }
            let items = set.cases.iter().map(|case| Item { case: *case, outcome: Outcome::Waiting }).collect();
            let (kind, master, content) = (set.kind, set.master, set.content.clone());
            set.batch = Some(Batch { id: command, actor: actor.clone(), begun_at, kind, master, content, items });
            true
        };
        let set = self.change_series(person, id, begin).await?;
        if set.master == 0 {
            return Err(AppError::Invalid(vec![("content".to_owned(), "series.nothing_written".to_owned())]));
        }
        Ok(set)
    }

    /// Goes on with every application that is not done. Returns how many cases were done.
    pub async fn run_series(&self) -> Result<usize, AppError> {
        let items = self.ports().store.working_of(SERIES, None, self.now_us()).await?;
        let mut done = 0;
        for set in items.iter().filter_map(|item| serde_json::from_slice::<Set>(&item.value).ok()) {
            if set.batch.as_ref().is_some_and(|batch| !batch.is_done()) {
                done += self.go_on_applying(set.id, set.batch).await?;
            }
        }
        Ok(done)
    }

    /// Each case's outcome is kept as soon as it is known, in the set as it is by then.
    async fn go_on_applying(&self, id: SeriesId, batch: Option<Batch>) -> Result<usize, AppError> {
        let Some(batch) = batch else { return Ok(0) };
        let person = batch.actor.person().ok_or(AppError::NotFound)?;
        let ids = IdSource::of(batch.id);
        let acts: Vec<(CommandId, DocumentId)> =
            batch.items.iter().map(|_| (CommandId(ids.next()), DocumentId(ids.next()))).collect();
        let mut done = 0;
        for (place, (item, (act, document))) in batch.items.iter().zip(acts).enumerate() {
            if item.outcome != Outcome::Waiting {
                continue;
            }
            let outcome = match self.apply_to(&batch, id, item.case, act, document).await {
                Ok(()) => Outcome::Done,
                Err(AppError::Refused(refusal)) => Outcome::Refused { code: refusal.code().to_owned() },
                Err(AppError::Denied(denial)) => Outcome::Refused { code: denial.code().to_owned() },
                Err(AppError::NotFound) => Outcome::Refused { code: "not_found".to_owned() },
                Err(fault) => {
                    tracing::warn!(fault = &fault as &dyn std::error::Error, "a case of a series is tried again");
                    return Ok(done);
                }
            };
            done += usize::from(outcome == Outcome::Done);
            let tell = |set: &mut Set| {
                let known = set.batch.as_mut().filter(|known| known.id == batch.id);
                let item = known.and_then(|known| known.items.get_mut(place));
                item.map(|item| item.outcome = outcome.clone()).is_some()
            };
            match self.change_series(person, id, tell).await {
                Err(AppError::NotFound) => return Ok(done),
                told => drop(told?),
            }
        }
        Ok(done)
    }

    async fn apply_to(
        &self,
        batch: &Batch,
        series: SeriesId,
        case: CaseId,
        act: CommandId,
        document: DocumentId,
    ) -> Result<(), AppError> {
        let (state, _) = self.view(case, &batch.actor).await?;
        let (content, missing) = self.filled(&state, &batch.content).await?;
        let (kind, master) = (batch.kind, batch.master);
        let apply = SeriesCommand::Apply { series, document, kind, content, master, missing };
        self.decide(case, &batch.actor, act, apply.into()).await?;
        Ok(())
    }
}

impl Batch {
    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.items.iter().all(|item| item.outcome != Outcome::Waiting)
    }
}
