//! Plain looks at pages (阅卷留痕): gathered and written once a second, one entry for each reader, paper and
//! minute. A power cut may lose the last second of them; downloads and exports are written before.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use xiezhi_domain::{
    ids::{CaseId, MaterialId, PersonId},
    people::Post,
};

use crate::{
    App, AppError,
    access::{AccessEvent, Look},
};

/// Looks not yet written.
#[derive(Debug, Default)]
pub struct Pending(Mutex<BTreeMap<(PersonId, Seen), BTreeSet<u32>>>);

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// Under which post.
    pub post: Post,
    /// The case.
    pub case: CaseId,
    /// The paper; none for the case itself.
    pub material: Option<MaterialId>,
    /// The rule of access that let it happen.
    pub rule: String,
}

impl App {
    /// Notes that `reader` looked at a page. Cheap; written with the others within a second.
    pub fn look(&self, reader: PersonId, seen: Seen, page: u32) {
        let mut pending = self.pending_looks().0.lock().expect("nobody panics while noting a look");
        pending.entry((reader, seen)).or_default().insert(page);
    }

    /// Writes the looks noted so far.
    pub async fn flush_looks(&self) -> Result<usize, AppError> {
        let noted = std::mem::take(&mut *self.pending_looks().0.lock().expect("nobody panics while noting a look"));
        let count = noted.len();
        for ((reader, seen), pages) in noted {
            let look = if seen.material.is_some() { Look::Page } else { Look::Case };
            self.record_look(AccessEvent::Looked {
                reader,
                post: seen.post,
                look,
                case: Some(seen.case),
                material: seen.material,
                pages: pages.into_iter().collect(),
                words: None,
                rule: seen.rule,
            })
            .await?;
        }
        Ok(count)
    }
}
