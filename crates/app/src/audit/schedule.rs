//! The check of everything beside the work of a court: a little each second, once a day; what it found is kept for
//! those who look after the record.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use xiezhi_store::{WorkingChange, WorkingKey};

use super::{Checked, run::Run};
use crate::{App, AppError};

const KIND: &str = "audit";
/// A check begins so long after the one before.
pub const EVERY_US: i64 = 24 * 3_600 * 1_000_000;
/// Beside the work of a court steps are taken for so long, then it is kept how far they came.
const SLICE: Duration = Duration::from_millis(800);
/// Events of a step beside the work of a court: a few milliseconds, which nobody who asks for a page notices.
const EVENTS_BESIDE: u64 = 256;
/// After each step the court is left alone for so many times as long as the step took, but no longer than this.
const REST: u32 = 19;
const LONGEST_REST: Duration = Duration::from_millis(500);

/// A check of everything that was ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Audited {
    /// When it began, microseconds since the epoch.
    pub began_us: i64,
    /// When it ended, microseconds since the epoch.
    pub ended_us: i64,
    /// What it found, without what rows hold.
    pub checked: Checked,
}

impl App {
    /// The check of everything that was ended last.
    pub async fn audited(&self) -> Result<Option<Audited>, AppError> {
        self.kept_audit("last").await
    }

    /// The check of everything that is under way.
    pub async fn auditing(&self) -> Result<Option<Run>, AppError> {
        self.kept_audit("running").await
    }

    /// Goes on with the check that is under way, or begins one if it is time; a little, so that nobody waits for it.
    pub async fn audit_slice(&self) -> Result<(), AppError> {
        let began = self.now_us();
        let mut run = match self.auditing().await? {
            Some(run) => run,
            None if self.audit_is_due(began).await? => Run::begin(began),
            None => return Ok(()),
        };
        let slice = Instant::now();
        while !run.is_done() && slice.elapsed() < SLICE {
            let step = Instant::now();
            self.audit_step(&mut run, EVENTS_BESIDE).await?;
            tokio::time::sleep((step.elapsed() * REST).min(LONGEST_REST)).await;
        }
        match run.is_done() {
            true => {
                told(&run.checked);
                self.end_audit(run).await
            }
            false => self.keep_audit("running", &without_content(run)).await,
        }
    }

    async fn audit_is_due(&self, now_us: i64) -> Result<bool, AppError> {
        Ok(self.audited().await?.is_none_or(|last| last.began_us + EVERY_US <= now_us))
    }

    /// Keeps what a check found, for those who look after the record.
    pub async fn end_audit(&self, run: Run) -> Result<(), AppError> {
        let checked = run.checked.without_content();
        self.keep_audit("last", &Audited { began_us: run.began_us, ended_us: self.now_us(), checked }).await?;
        let gone = WorkingChange::Delete { key: WorkingKey::new(KIND, "running") };
        Ok(self.ports().store.change_working(vec![gone]).await?)
    }

    /// Keeps how far a check is, so that it can be gone on with.
    pub async fn keep_audit_run(&self, run: &Run) -> Result<(), AppError> {
        self.keep_audit("running", &without_content(run.clone())).await
    }

    /// What can't be read is of another release: the check begins anew.
    async fn kept_audit<T: DeserializeOwned>(&self, id: &str) -> Result<Option<T>, AppError> {
        let item = self.ports().store.working(&WorkingKey::new(KIND, id), self.now_us()).await?;
        Ok(item.and_then(|item| serde_json::from_slice(&item.value).ok()))
    }

    async fn keep_audit(&self, id: &str, what: &impl Serialize) -> Result<(), AppError> {
        let put = WorkingChange::Put {
            key: WorkingKey::new(KIND, id),
            owner: "system".to_owned(),
            value: serde_json::to_vec(what).expect("a check is plain data"),
            updated_us: self.now_us(),
            expires_us: None,
        };
        Ok(self.ports().store.change_working(vec![put]).await?)
    }
}

/// Says in the log of the court what was found; whoever checks at a console is told there.
fn told(checked: &Checked) {
    match checked.differences.len() {
        0 => tracing::info!(events = checked.events, files = checked.files, "the record agrees with itself"),
        found => tracing::error!(found, "the record does not agree with itself"),
    }
}

fn without_content(mut run: Run) -> Run {
    run.checked = run.checked.without_content();
    run
}
