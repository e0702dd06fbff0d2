//! Small working data of a person: marks, results of a batch. Outside the record; each ends by itself.

use serde::{Serialize, de::DeserializeOwned};
use xiezhi_domain::ids::PersonId;
use xiezhi_store::{WorkingChange, WorkingKey};

use crate::{App, AppError};

/// How often a note is read anew because others changed it meanwhile.
const SWAPS: usize = 64;
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

    /// Counts a try of `owner`'s before it is made, unless `most` were made in the last days; tells whether it may be
    /// made. Those who try at once are counted one after another.
    ///
    /// # Errors
    /// [`AppError::Busy`] where too many count at once.
    pub async fn count_try(&self, kind: &'static str, owner: PersonId, most: u32, days: i64) -> Result<bool, AppError> {
        self.count_on(kind, owner, days, |tried| (tried < most).then_some(tried + 1)).await
    }

    /// Takes a try back that was counted and came to something.
    ///
    /// # Errors
    /// [`AppError::Busy`] where too many count at once.
    pub async fn uncount_try(&self, kind: &'static str, owner: PersonId, days: i64) -> Result<(), AppError> {
        self.count_on(kind, owner, days, |tried| tried.checked_sub(1)).await.map(|_| ())
    }

    async fn count_on(
        &self,
        kind: &'static str,
        owner: PersonId,
        days: i64,
        next: impl Fn(u32) -> Option<u32>,
    ) -> Result<bool, AppError> {
        let id = owner.to_string();
        for _ in 0..SWAPS {
            let now = self.now_us();
            let item = self.ports().store.working(&WorkingKey::new(kind, id.clone()), now).await?;
            let rev = item.as_ref().map_or(0, |item| item.rev);
            let tried: u32 = item.and_then(|item| serde_json::from_slice(&item.value).ok()).unwrap_or(0);
            let Some(next) = next(tried) else { return Ok(false) };
            if self.ports().store.swap_working(self.note_put(kind, &id, owner, &next, days), rev, now).await? {
                return Ok(true);
            }
        }
        Err(AppError::Busy)
    }

    /// Changes a note that its owner keeps, upon what it is by then: a change of somebody else is not written over. What
    /// `change` gives is answered; nothing is kept where it gives nothing, or where there is no such note.
    ///
    /// # Errors
    /// [`AppError::Busy`] where others change it all the time.
    pub(crate) async fn change_note<T: Serialize + DeserializeOwned>(
        &self,
        (kind, id): (&'static str, &str),
        owner: PersonId,
        days: i64,
        change: impl Fn(&mut T) -> bool,
    ) -> Result<Option<T>, AppError> {
        for _ in 0..SWAPS {
            let now = self.now_us();
            let item = self.ports().store.working(&WorkingKey::new(kind, id), now).await?;
            let Some(item) = item.filter(|item| item.owner == owner.to_string()) else { return Ok(None) };
            let Ok(mut value) = serde_json::from_slice::<T>(&item.value) else { return Ok(None) };
            let is_changed = change(&mut value);
            let put = self.note_put(kind, id, owner, &value, days);
            if !is_changed || self.ports().store.swap_working(put, item.rev, now).await? {
                return Ok(Some(value));
            }
        }
        Err(AppError::Busy)
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
