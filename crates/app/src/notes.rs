//! Small working data of a person: marks, results of a batch. Outside the record; each ends by itself.

use serde::{Serialize, de::DeserializeOwned};
use xiezhi_domain::ids::PersonId;
use xiezhi_store::{WorkingChange, WorkingKey};

use crate::{App, AppError};

const DAY_US: i64 = 24 * 3_600 * 1_000_000;

impl App {
    /// Reads a note, if it is there and has not ended. One that can't be read any more counts as absent.
    pub async fn note<T: DeserializeOwned>(&self, kind: &'static str, id: &str) -> Result<Option<T>, AppError> {
        let item = self.ports().store.working(&WorkingKey::new(kind, id), self.now_us()).await?;
        Ok(item.and_then(|item| serde_json::from_slice(&item.value).ok()))
    }

    /// Reads a note, to its owner alone.
    pub async fn note_of<T: DeserializeOwned>(
        &self,
        kind: &'static str,
        id: &str,
        owner: PersonId,
    ) -> Result<Option<T>, AppError> {
        let item = self.ports().store.working(&WorkingKey::new(kind, id), self.now_us()).await?;
        let own = item.filter(|item| item.owner == owner.to_string());
        Ok(own.and_then(|item| serde_json::from_slice(&item.value).ok()))
    }

    /// Keeps a note for `days` days.
    pub async fn keep_note(
        &self,
        kind: &'static str,
        id: &str,
        owner: PersonId,
        value: &impl Serialize,
        days: i64,
    ) -> Result<(), AppError> {
        self.ports().store.change_working(vec![self.note_put(kind, id, owner, value, days)]).await?;
        Ok(())
    }

    /// The writing of a note that is kept for `days` days.
    pub(crate) fn note_put(
        &self,
        kind: &'static str,
        id: &str,
        owner: PersonId,
        value: &impl Serialize,
        days: i64,
    ) -> WorkingChange {
        let now = self.now_us();
        WorkingChange::Put {
            key: WorkingKey::new(kind, id),
            owner: owner.to_string(),
            value: serde_json::to_vec(value).expect("a note is plain data"),
            updated_us: now,
            expires_us: Some(now + days * DAY_US),
        }
    }

    /// Ends a note.
    pub async fn end_note(&self, kind: &'static str, id: &str) -> Result<(), AppError> {
        self.ports().store.change_working(vec![self.note_ending(kind, id)]).await?;
        Ok(())
    }

    /// The end of a note, to be committed with the act it grew into.
    pub fn note_ending(&self, kind: &'static str, id: &str) -> WorkingChange {
        WorkingChange::Delete { key: WorkingKey::new(kind, id) }
    }
}
