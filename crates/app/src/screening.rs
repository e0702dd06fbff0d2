//! Files from outside are looked through for viruses before anyone can open them (查毒), where the court has a scanner.
//!
//! What is infected stays in quarantine: kept for whoever runs the court to look at, taken up by no act, opened for
//! nobody. Where the scanner is down a court has files wait, or lets them in marked; those are looked through as soon as
//! it answers again, and what is infected is then opened for nobody, though a case has it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xiezhi_connect::{Scanned, VirusScanner};
use xiezhi_domain::{
    ids::PersonId,
    people::{Actor, Post},
};
use xiezhi_store::{Cond, WorkingChange, WorkingKey};

use crate::{
    App, AppError,
    ports::KeptFile,
    tables::{FileRow, TableRow as _},
};

/// Infected files.
pub(crate) const QUARANTINE: &str = "quarantine";
/// Files that were let in while the scanner was down.
const UNSCREENED: &str = "unscreened";
/// An infected file is kept so long for whoever looks into it.
const KEEP_US: i64 = 90 * 24 * 3_600 * 1_000_000;
/// Files looked through in one round, once the scanner answers again.
const AT_ONCE: usize = 20;

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
            Ok(Scanned::Clean) => Ok(()),
            Ok(Scanned::Infected(virus)) => {
                tracing::warn!(sha256, virus, "an infected file came in; it lies in quarantine");
                self.suspect(QUARANTINE, sha256, name, from, Some(virus)).await?;
                Err(refused("upload.infected"))
            }
            Err(fault) => {
                tracing::error!(fault = &fault as &dyn std::error::Error, "a file was not looked through for viruses");
                match when_down {
                    WhenDown::Hold => Err(refused("upload.not_screened")),
                    WhenDown::LetIn => self.suspect(UNSCREENED, sha256, name, from, None).await,
                }
            }
        }
    }

    async fn suspect(
        &self,
        kind: &'static str,
        sha256: &str,
        name: &str,
        from: Option<PersonId>,
        virus: Option<String>,
    ) -> Result<(), AppError> {
        let digest = sha256.parse().map_err(|_| AppError::NotFound)?;
        let size_bytes = self.ports().blobs.size(digest).await?;
        let at = self.ports().clock.now();
        let (sha256, name) = (sha256.to_owned(), name.to_owned());
        let item = Suspect { sha256, name, size_bytes, from, virus, at, in_a_case: false };
        let put = WorkingChange::Put {
            key: WorkingKey::new(kind, item.sha256.clone()),
            owner: String::new(),
            value: serde_json::to_vec(&item).expect("it is plain data"),
            updated_us: self.now_us(),
            expires_us: (kind == QUARANTINE).then(|| self.now_us() + KEEP_US),
        };
        Ok(self.ports().store.change_working(vec![put]).await?)
    }

    async fn suspects(&self, kind: &'static str) -> Result<Vec<Suspect>, AppError> {
        let items = self.ports().store.working_of(kind, None, self.now_us()).await?;
        let mut suspects: Vec<Suspect> = items.iter().filter_map(|it| serde_json::from_slice(&it.value).ok()).collect();
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

    /// Refuses to open an infected file, whoever asks.
    ///
    /// # Errors
    /// [`AppError::Invalid`].
    pub async fn refuse_infected(&self, sha256: &str) -> Result<(), AppError> {
        // A court without a scanner asks nothing.
        if self.ports().screening.scanner.is_none() {
            return Ok(());
        }
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

    /// Looks through some of the files that were let in. Returns how many are done.
    pub async fn screen_on(&self) -> Result<usize, AppError> {
        let Some(scanner) = &self.ports().screening.scanner else { return Ok(0) };
        let mut done = 0;
        for suspect in self.suspects(UNSCREENED).await?.into_iter().take(AT_ONCE) {
            let sha256 = suspect.sha256.as_str();
            let bytes = match self.kept(sha256)?.open().await {
                Ok(bytes) => Some(bytes),
                // It went with its upload.
                Err(_) if !suspect.in_a_case => None,
                Err(fault) => return Err(fault),
            };
            if let Some(bytes) = bytes {
                match scanner.scan(bytes).await {
                    Ok(Scanned::Clean) => {}
                    Ok(Scanned::Infected(virus)) => {
                        tracing::warn!(
                            sha256,
                            virus,
                            in_a_case = suspect.in_a_case,
                            "a file that was let in is infected"
                        );
                        self.suspect(QUARANTINE, sha256, &suspect.name, suspect.from, Some(virus)).await?;
                    }
                    Err(_) => return Ok(done),
                }
            }
            let key = WorkingKey::new(UNSCREENED, sha256);
            self.ports().store.change_working(vec![WorkingChange::Delete { key }]).await?;
            done += 1;
        }
        Ok(done)
    }
}
