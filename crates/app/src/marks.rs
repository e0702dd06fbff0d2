//! A reader's own marks on papers: which pages they have read, and which they turned the right way up. Working data:
//! nobody else's, and no look.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use xiezhi_domain::ids::{CaseId, MaterialId, PersonId};
use xiezhi_store::{WorkingChange, WorkingKey};

use crate::{App, AppError};

/// Kind of working data that remembers which pages of a paper someone has read.
const READ: &str = "read";
/// Kind of working data that remembers how someone turned the pages of a paper.
const TURNED: &str = "turned";
/// How near, in pages, what is fetched ahead lies to what was read.
const NEAR_PAGES: u32 = 3;

/// Degrees by page.
pub type Turns = BTreeMap<u32, u16>;

impl App {
    /// Which pages of the papers of a case the person has read.
    pub async fn pages_read(
        &self,
        person: PersonId,
        case: CaseId,
    ) -> Result<BTreeMap<MaterialId, BTreeSet<u32>>, AppError> {
        let owner = format!("{person}:{case}");
        let items = self.ports().store.working_of(READ, Some(&owner), self.now_us()).await?;
        let read = |item: xiezhi_store::WorkingItem| {
            let id = item.key.id.split_once(':')?.1.parse().ok()?;
            Some((id, serde_json::from_slice(&item.value).unwrap_or_default()))
        };
        Ok(items.into_iter().filter_map(read).collect())
    }

    /// Remembers that the person read a page.
    pub async fn mark_read(
        &self,
        person: PersonId,
        case: CaseId,
        material: MaterialId,
        page: u32,
    ) -> Result<(), AppError> {
        let mut pages: BTreeSet<u32> = self.marks(READ, person, material).await?;
        if !pages.insert(page) {
            return Ok(());
        }
        self.put_marks(READ, person, case, material, &pages).await
    }

    /// Which pages of a paper the person has read.
    pub(crate) async fn pages_read_of(
        &self,
        person: PersonId,
        material: MaterialId,
    ) -> Result<BTreeSet<u32>, AppError> {
        self.marks(READ, person, material).await
    }

    /// Whether a page lies beside one that the person has read: only such pages are fetched ahead without a trace.
    pub async fn is_beside_read(&self, person: PersonId, material: MaterialId, page: u32) -> Result<bool, AppError> {
        let pages = self.pages_read_of(person, material).await?;
        Ok(pages.range(page.saturating_sub(NEAR_PAGES)..=page.saturating_add(NEAR_PAGES)).next().is_some())
    }

    /// How the person turned the pages of a paper.
    pub async fn turns(&self, person: PersonId, material: MaterialId) -> Result<Turns, AppError> {
        self.marks(TURNED, person, material).await
    }

    /// Remembers that the person turned a page by so many degrees, a multiple of 90.
    pub async fn turn_page(
        &self,
        person: PersonId,
        case: CaseId,
        material: MaterialId,
        page: u32,
        degrees: u16,
    ) -> Result<(), AppError> {
        let mut turns = self.turns(person, material).await?;
        match degrees % 360 / 90 * 90 {
            0 => turns.remove(&page),
            degrees => turns.insert(page, degrees),
        };
        self.put_marks(TURNED, person, case, material, &turns).await
    }

    async fn marks<T: DeserializeOwned + Default>(
        &self,
        kind: &'static str,
        person: PersonId,
        material: MaterialId,
    ) -> Result<T, AppError> {
        let key = WorkingKey::new(kind, format!("{person}:{material}"));
        let known = self.ports().store.working(&key, self.now_us()).await?;
        Ok(known.and_then(|item| serde_json::from_slice(&item.value).ok()).unwrap_or_default())
    }

    async fn put_marks(
        &self,
        kind: &'static str,
        person: PersonId,
        case: CaseId,
        material: MaterialId,
        marks: &impl serde::Serialize,
    ) -> Result<(), AppError> {
        let change = WorkingChange::Put {
            key: WorkingKey::new(kind, format!("{person}:{material}")),
            owner: format!("{person}:{case}"),
            value: serde_json::to_vec(marks).expect("numbers of pages are plain data"),
            updated_us: self.now_us(),
            expires_us: None,
        };
        Ok(self.ports().store.change_working(vec![change]).await?)
    }
}
