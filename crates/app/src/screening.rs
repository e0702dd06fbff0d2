//! Files from outside are looked through for viruses before anyone can open them (查毒), where the court has a scanner.
//!
//! What is infected stays in quarantine: kept for whoever runs the court to look at, taken up by no act, opened for
//! nobody. Where the scanner is down a court has files wait, or lets them in marked; those are looked through as soon as
//! it answers again, and what is infected is then opened for nobody, though a case has it. What is larger than the
//! scanner takes comes in marked and is tried again each day. A court that had no scanner before has the files of its
//! cases looked through once it has one. Whoever works on a case sees the mark on the paper.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use xiezhi_connect::{Scanned, VirusScanner};
use xiezhi_domain::{
    access::Reader,
    case::CaseState,
    ids::{MaterialId, PersonId},
    material::Material,
    people::{Actor, Post},
};
use xiezhi_store::{Cond, Direction, Operator, Query, Value, WorkingChange, WorkingItem, WorkingKey};

use crate::{
    App, AppError,
    ports::KeptFile,
    tables::{FileRow, TableRow as _},
};

/// Infected files.
pub(crate) const QUARANTINE: &str = "quarantine";
/// Files that were let in while the scanner was down.
const UNSCREENED: &str = "unscreened";
/// An infected file that no case has is kept so long for whoever looks into it.
const KEEP_US: i64 = 90 * 24 * 3_600 * 1_000_000;
/// How far the files of cases were gathered that came before the court had a scanner.
const GATHERED: &str = "unscreened-before";
/// Files looked through in one round, once the scanner answers again.
const AT_ONCE: usize = 20;
/// What is too large for the scanner is tried again after so long: it may be set to take more.
const AGAIN_US: i64 = 24 * 3_600 * 1_000_000;
/// Files that the page of quarantine lists at most.
const MOST_LISTED: usize = 200;

/// What becomes of a file while the scanner is down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenDown {
    /// It waits: whoever sends it tries again.
    #[default]
    Hold,
    /// It comes in, marked as not looked through.
    LetIn,
}

/// Who looks for viruses, if anyone does.
#[derive(Clone, Default)]
pub struct Screening {
    /// The scanner.
    pub scanner: Option<Arc<dyn VirusScanner>>,
    /// What is done without it.
    pub when_down: WhenDown,
}

/// Why a file was not looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unscreened {
    /// The scanner was down.
    Down,
    /// It is larger than the scanner takes.
    TooLarge,
    /// It came before the court had a scanner.
    Before,
}

/// How far files of cases were gathered, in the order of their hashes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Gathered {
    after: String,
    done: bool,
}

/// A file that is infected, or was not looked through yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Suspect {
    /// Its hash.
    pub sha256: String,
    /// Its name.
    pub name: String,
    /// Its size.
    pub size_bytes: u64,
    /// Who sent it, if that is known.
    pub from: Option<PersonId>,
    /// What the scanner calls what it found; nothing of one that was not looked through.
    pub virus: Option<String>,
    /// Why it was not looked through, if it was not.
    #[serde(default)]
    pub why: Option<Unscreened>,
    /// When that was.
    #[schema(value_type = String)]
    pub at: jiff::Timestamp,
    /// Whether a case has it: then it goes by an approval, as any paper does.
    #[serde(default)]
    pub in_a_case: bool,
}

fn refused(code: &str) -> AppError {
    AppError::Invalid(vec![("file".to_owned(), code.to_owned())])
}

/// Whether `actor` sees what lies in quarantine: those who run the system and its safety.
pub fn may_see_quarantine(actor: &Actor) -> bool {
    matches!(actor, Actor::Person { post: Post::SystemAdmin | Post::SecurityAdmin, .. })
}

impl App {
    /// Looks through a file that comes in, before anything else is done with it.
    ///
    /// # Errors
    /// [`AppError::Invalid`]: it is infected, or waits for the scanner.
    pub(crate) async fn screen(&self, sha256: &str, name: &str, from: Option<PersonId>) -> Result<(), AppError> {
        let Screening { scanner: Some(scanner), when_down } = &self.ports().screening else { return Ok(()) };
        match scanner.scan(self.kept(sha256)?.open().await?).await {
            Ok(Scanned::Clean) => self.set_free(sha256).await,
            Ok(Scanned::Infected(virus)) => {
                tracing::warn!(sha256, virus, "an infected file came in; it lies in quarantine");
                self.suspect((sha256, name, from), Found::Virus(virus)).await?;
                Err(refused("upload.infected"))
            }
            Ok(Scanned::TooLarge) => {
                tracing::warn!(sha256, "a file is larger than the virus scanner takes; it comes in marked");
                self.suspect((sha256, name, from), Found::Nothing(Unscreened::TooLarge)).await
            }
            Err(fault) => {
                tracing::error!(fault = &fault as &dyn std::error::Error, "a file was not looked through for viruses");
                match when_down {
                    WhenDown::Hold => Err(refused("upload.not_screened")),
                    WhenDown::LetIn => self.suspect((sha256, name, from), Found::Nothing(Unscreened::Down)).await,
                }
            }
        }
    }

    async fn suspect(
        &self,
        (sha256, name, from): (&str, &str, Option<PersonId>),
        found: Found,
    ) -> Result<(), AppError> {
        let digest = sha256.parse().map_err(|_| AppError::NotFound)?;
        let size_bytes = self.ports().blobs.size(digest).await?;
        let at = self.ports().clock.now();
        let (kind, virus, why) = match found {
            Found::Virus(virus) => (QUARANTINE, Some(virus), None),
            Found::Nothing(why) => (UNSCREENED, None, Some(why)),
        };
        let in_a_case = self.is_of_a_case(sha256).await?;
        let (sha256, name) = (sha256.to_owned(), name.to_owned());
        let item = Suspect { sha256, name, size_bytes, from, virus, why, at, in_a_case };
        Ok(self.ports().store.change_working(vec![self.put(kind, &item)]).await?)
    }

    fn put(&self, kind: &'static str, item: &Suspect) -> WorkingChange {
        WorkingChange::Put {
            key: WorkingKey::new(kind, item.sha256.clone()),
            owner: String::new(),
            value: serde_json::to_vec(item).expect("it is plain data"),
            updated_us: self.now_us(),
            // No hour lets out what is infected: a case may have it.
            expires_us: None,
        }
    }

    /// A file of a case that is taken over, and that the court which had it withheld: nobody asks for its bytes here.
    pub(crate) fn quarantined_elsewhere(&self, sha256: &str, virus: &str) -> WorkingChange {
        let (sha256, virus, at) = (sha256.to_owned(), Some(virus.to_owned()), self.ports().clock.now());
        let name = String::new();
        let item = Suspect { sha256, name, size_bytes: 0, from: None, virus, why: None, at, in_a_case: true };
        self.put(QUARANTINE, &item)
    }

    /// A file of a case that is taken over: it came past the scanner, and waits for it.
    pub(crate) fn waits_for_scanner(&self, sha256: &str) -> WorkingChange {
        let (sha256, why, at) = (sha256.to_owned(), Some(Unscreened::Before), self.ports().clock.now());
        let name = String::new();
        let item = Suspect { sha256, name, size_bytes: 0, from: None, virus: None, why, at, in_a_case: true };
        self.put(UNSCREENED, &item)
    }

    /// The scanner knows better now than when it locked this file up.
    async fn set_free(&self, sha256: &str) -> Result<(), AppError> {
        let key = WorkingKey::new(QUARANTINE, sha256);
        if self.ports().store.working(&key, self.now_us()).await?.is_some() {
            tracing::warn!(sha256, "a file that was thought infected is clean; it leaves quarantine");
            self.ports().store.change_working(vec![WorkingChange::Delete { key }]).await?;
        }
        Ok(())
    }

    /// Infected files that lay in quarantine long enough, and no case has: they may go.
    pub(crate) async fn lain_long_enough(&self, now: i64) -> Result<Vec<WorkingItem>, AppError> {
        let lying = self.ports().store.working_of(QUARANTINE, None, now).await?;
        let mut gone = vec![];
        for item in lying.into_iter().filter(|item| item.updated_us + KEEP_US <= now) {
            if !self.is_of_a_case(&item.key.id).await? {
                gone.push(item);
            }
        }
        Ok(gone)
    }

    async fn suspects(&self, kind: &'static str) -> Result<Vec<Suspect>, AppError> {
        let items = self.ports().store.working_of(kind, None, self.now_us()).await?;
        let mut suspects: Vec<Suspect> = items.iter().filter_map(suspect_of).collect();
        suspects.sort_by_key(|suspect| std::cmp::Reverse(suspect.at));
        suspects.truncate(MOST_LISTED);
        for suspect in &mut suspects {
            suspect.in_a_case = self.is_of_a_case(&suspect.sha256).await?;
        }
        Ok(suspects)
    }

    async fn is_of_a_case(&self, sha256: &str) -> Result<bool, AppError> {
        let cond = Cond::is("sha256", sha256.to_owned());
        Ok(self.ports().store.count(FileRow::TABLE.name, &cond).await? > 0)
    }

    /// Infected files, and those that wait to be looked through, the newest first.
    pub async fn quarantine(&self) -> Result<(Vec<Suspect>, Vec<Suspect>), AppError> {
        Ok((self.suspects(QUARANTINE).await?, self.suspects(UNSCREENED).await?))
    }

    /// Whether a file was let in without being looked through.
    pub async fn is_unscreened(&self, sha256: &str) -> Result<bool, AppError> {
        Ok(self.ports().store.working(&WorkingKey::new(UNSCREENED, sha256), self.now_us()).await?.is_some())
    }

    /// What was found in infected files, by their hashes.
    pub(crate) async fn infected(&self) -> Result<BTreeMap<String, String>, AppError> {
        let items = self.ports().store.working_of(QUARANTINE, None, self.now_us()).await?;
        let found = items.iter().filter_map(suspect_of);
        Ok(found.map(|suspect| (suspect.sha256, suspect.virus.unwrap_or_default())).collect())
    }

    /// Refuses to open an infected file, whoever asks; also where the court has no scanner any more.
    ///
    /// # Errors
    /// [`AppError::Invalid`].
    pub async fn refuse_infected(&self, sha256: &str) -> Result<(), AppError> {
        let found = self.ports().store.working(&WorkingKey::new(QUARANTINE, sha256), self.now_us()).await?;
        if found.is_some() { Err(refused("file.infected")) } else { Ok(()) }
    }

    /// A file that the court keeps, for whoever opens it; nobody opens one that is infected.
    ///
    /// # Errors
    /// [`AppError::Invalid`] of an infected file, [`AppError::NotFound`] of what is no hash.
    pub async fn opened(&self, sha256: &str) -> Result<KeptFile, AppError> {
        self.refuse_infected(sha256).await?;
        self.kept(sha256)
    }

    /// Takes an infected file away for good, unless a case has it. Taking away what is not there succeeds.
    ///
    /// # Errors
    /// [`AppError::Invalid`] of a file that a case has.
    pub async fn erase_infected(&self, sha256: &str) -> Result<(), AppError> {
        let key = WorkingKey::new(QUARANTINE, sha256);
        if self.ports().store.working(&key, self.now_us()).await?.is_none() {
            return Ok(());
        }
        if self.is_of_a_case(sha256).await? {
            return Err(refused("quarantine.in_a_case"));
        }
        let digest = sha256.parse().map_err(|_| AppError::NotFound)?;
        self.ports().blobs.erase(digest).await?;
        Ok(self.ports().store.change_working(vec![WorkingChange::Delete { key }]).await?)
    }

    /// The papers of a case that were not looked through, for the court's people: a side is told nothing of it.
    pub async fn unscreened(&self, case: &CaseState, reader: &Reader) -> Result<BTreeSet<MaterialId>, AppError> {
        if !reader.is_inside() {
            return Ok(BTreeSet::new());
        }
        let waiting = self.waiting().await?;
        let came = case.materials_in_order().filter(|paper| comes_from_outside(paper));
        Ok(came.filter(|paper| waiting.has_of(paper)).map(|paper| paper.id).collect())
    }

    /// What the virus scanner says of each of these papers that came from outside, as far as it looked through them.
    pub(crate) async fn looked_through<'a>(
        &self,
        papers: impl Iterator<Item = &'a Material>,
    ) -> Result<Vec<(Option<bool>, &'a str)>, AppError> {
        let (infected, waiting) = (self.infected().await?, self.waiting().await?);
        let found = papers.filter(|paper| comes_from_outside(paper)).map(|paper| {
            let is_infected = hashes(paper).iter().any(|sha256| infected.contains_key(sha256));
            let clean = if is_infected { Some(false) } else { (!waiting.has_of(paper)).then_some(true) };
            (clean, paper.title.as_str())
        });
        Ok(found.collect())
    }

    async fn waiting(&self) -> Result<Waiting, AppError> {
        if self.ports().screening.scanner.is_none() {
            return Ok(Waiting::Everything);
        }
        let waiting = self.ports().store.working_of(UNSCREENED, None, self.now_us()).await?;
        let named = waiting.into_iter().map(|item| item.key.id).collect();
        Ok(Waiting::These { named, gathered: self.gathered().await? })
    }

    /// Looks through some of the files that were let in. Returns how many are done.
    pub async fn screen_on(&self) -> Result<usize, AppError> {
        let Some(scanner) = &self.ports().screening.scanner else {
            // Whatever comes now is not looked through: once there is a scanner, all is.
            self.ports().store.change_working(vec![WorkingChange::Delete { key: gathered_key() }]).await?;
            return Ok(0);
        };
        let now = self.now_us();
        let rests = |item: &WorkingItem, suspect: &Suspect| {
            suspect.why == Some(Unscreened::TooLarge) && item.updated_us + AGAIN_US > now
        };
        let waiting = self.ports().store.working_of(UNSCREENED, None, now).await?;
        let waiting = waiting.iter().filter_map(|item| Some((item, suspect_of(item)?)));
        let due: Vec<Suspect> = waiting.filter(|(item, it)| !rests(item, it)).map(|(_, it)| it).take(AT_ONCE).collect();
        if due.is_empty() {
            return self.gather().await;
        }
        let mut done = 0;
        for suspect in due {
            let sha256 = suspect.sha256.as_str();
            let in_a_case = self.is_of_a_case(sha256).await?;
            let is_known = self.refuse_infected(sha256).await.is_err();
            let bytes = match self.kept(sha256)?.open().await {
                // Its bytes may never have come here: the court that had the case withheld them.
                _ if is_known => None,
                Ok(bytes) => Some(bytes),
                // It went with its upload.
                Err(_) if !in_a_case => None,
                Err(fault) => return Err(fault),
            };
            let about = (sha256, suspect.name.as_str(), suspect.from);
            match bytes {
                None => {}
                Some(bytes) => match scanner.scan(bytes).await {
                    Ok(Scanned::Clean) => {}
                    Ok(Scanned::Infected(virus)) => {
                        tracing::warn!(sha256, virus, in_a_case, "a file that was let in is infected");
                        self.suspect(about, Found::Virus(virus)).await?;
                    }
                    Ok(Scanned::TooLarge) => {
                        self.suspect(about, Found::Nothing(Unscreened::TooLarge)).await?;
                        continue;
                    }
                    Err(_) => return Ok(done),
                },
            }
            let key = WorkingKey::new(UNSCREENED, sha256);
            self.ports().store.change_working(vec![WorkingChange::Delete { key }]).await?;
            done += 1;
        }
        Ok(done)
    }

    async fn gathered(&self) -> Result<Gathered, AppError> {
        let kept = self.ports().store.working(&gathered_key(), self.now_us()).await?;
        Ok(kept.and_then(|item| serde_json::from_slice(&item.value).ok()).unwrap_or_default())
    }

    /// Has some more files of cases looked through that came before the court had a scanner. Returns how many.
    async fn gather(&self) -> Result<usize, AppError> {
        let Gathered { after, done } = self.gathered().await?;
        if done {
            return Ok(0);
        }
        let cond = Cond::Compare("sha256", Operator::Above, Value::Text(after.clone()));
        let query = Query {
            order: vec![("sha256", Direction::Up)],
            limit: AT_ONCE as u64,
            ..Query::of(FileRow::TABLE.name, cond)
        };
        let rows = self.rows::<FileRow>(query).await?;
        let at = self.ports().clock.now();
        let mut changes: Vec<WorkingChange> = rows
            .iter()
            .map(|row| {
                let (sha256, name, why) = (row.sha256.clone(), String::new(), Some(Unscreened::Before));
                let item = Suspect { sha256, name, size_bytes: 0, from: None, virus: None, why, at, in_a_case: true };
                self.put(UNSCREENED, &item)
            })
            .collect();
        let gathered = Gathered { after: rows.last().map_or(after, |row| row.sha256.clone()), done: rows.is_empty() };
        changes.push(WorkingChange::Put {
            key: gathered_key(),
            owner: String::new(),
            value: serde_json::to_vec(&gathered).expect("it is plain data"),
            updated_us: self.now_us(),
            expires_us: None,
        });
        self.ports().store.change_working(changes).await?;
        Ok(rows.len())
    }
}

/// What a look at a file came to.
enum Found {
    Virus(String),
    Nothing(Unscreened),
}

/// What was not looked through yet.
enum Waiting {
    /// The court has no scanner.
    Everything,
    /// Files by their hashes, and those of cases that were not gathered.
    These { named: BTreeSet<String>, gathered: Gathered },
}

impl Waiting {
    fn has_of(&self, paper: &Material) -> bool {
        let Self::These { named, gathered } = self else { return true };
        hashes(paper).iter().any(|sha256| named.contains(sha256) || (!gathered.done && *sha256 > gathered.after))
    }
}

fn suspect_of(item: &WorkingItem) -> Option<Suspect> {
    serde_json::from_slice(&item.value).ok()
}

fn gathered_key() -> WorkingKey {
    WorkingKey::new(GATHERED, "files")
}

/// Whether someone sent it: what the court printed, or drew anew, carries nothing of a stranger's.
fn comes_from_outside(paper: &Material) -> bool {
    paper.about.is_none() && paper.derived.is_none() && paper.erased_on.is_none()
}

/// The files that a paper is read from, as they were received.
fn hashes(paper: &Material) -> BTreeSet<String> {
    let received = paper.originals.iter().map(|file| file.sha256.clone());
    let leaves = paper.leaves().into_iter().map(|leaf| leaf.file_sha256);
    received.chain(leaves).chain([paper.file.sha256.clone()]).collect()
}
