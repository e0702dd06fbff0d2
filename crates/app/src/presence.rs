//! Who reads a file now (正在阅卷): marks of a minute, told to those who work on the case and to nobody else. Working
//! data that ends by itself; neither an act nor a look.

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    annotation::Circle,
    ids::{CaseId, MaterialId, PersonId},
};
use xiezhi_store::{WorkingChange, WorkingKey};

use crate::{App, AppError, live::Hint};

/// Kind of working data.
const KIND: &str = "presence";
/// How long a mark stays; an open page renews it each half minute.
const STAYS_US: i64 = 75_000_000;
/// A mark of the same page is written anew only after this.
const FRESH_US: i64 = 20_000_000;

/// Where someone reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    /// Who.
    pub person: PersonId,
    /// In which paper.
    pub material: MaterialId,
    /// At which page.
    pub page: u32,
}

impl App {
    /// Marks where someone of the court's team reads.
    pub async fn mark_present(&self, case: CaseId, at: Present) -> Result<(), AppError> {
        let key = WorkingKey::new(KIND, format!("{case}:{}", at.person));
        let now = self.now_us();
        let value = serde_json::to_vec(&at).expect("a place is plain data");
        let known = self.ports().store.working(&key, now).await?;
        let same = known.as_ref().is_some_and(|known| known.value == value);
        if same && known.is_some_and(|known| now - known.updated_us < FRESH_US) {
            return Ok(());
        }
        let expires_us = Some(now + STAYS_US);
        let change = WorkingChange::Put { key, owner: case.to_string(), value, updated_us: now, expires_us };
        self.ports().store.change_working(vec![change]).await?;
        if !same {
            self.hub().tell(Hint::Together { case, circle: Circle::Team });
        }
        Ok(())
    }

    /// Someone is still there; where, their last mark says, or this where it has ended.
    pub async fn stay_present(&self, case: CaseId, at: Present) -> Result<(), AppError> {
        let key = WorkingKey::new(KIND, format!("{case}:{}", at.person));
        let known = self.ports().store.working(&key, self.now_us()).await?;
        let known = known.and_then(|item| serde_json::from_slice(&item.value).ok());
        self.mark_present(case, known.unwrap_or(at)).await
    }

    /// Who reads a file now, whoever came last first.
    pub async fn present(&self, case: CaseId) -> Result<Vec<Present>, AppError> {
        let items = self.ports().store.working_of(KIND, Some(&case.to_string()), self.now_us()).await?;
        Ok(items.into_iter().filter_map(|item| serde_json::from_slice(&item.value).ok()).collect())
    }
}
