//! Annotations for oneself alone (仅自己可见): working data of their author, outside the record, kept with everything
//! they said before. Sharing one is an act of the case; the note it grew from stays with its author, taken back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    annotation::{Content, Version},
    ids::{AnnotationId, CaseId, MaterialId, PersonId},
};
use xiezhi_store::{WorkingChange, WorkingKey};

use crate::{App, AppError};

/// Kind of working data.
const KIND: &str = "annotation";

/// An annotation that only its author reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateNote {
    /// Identifier.
    pub id: AnnotationId,
    /// The paper it lies over.
    pub material: MaterialId,
    /// The version of the paper it was made on.
    pub sha256: String,
    /// What it said from its first day on; the last holds.
    pub versions: Vec<Version>,
    /// When its author took it back, or shared it.
    pub withdrawn_at: Option<Timestamp>,
}

impl PrivateNote {
    /// What it says now.
    pub fn content(&self) -> Option<&Content> {
        self.versions.last().map(|version| &version.content)
    }
}

fn key(person: PersonId, id: AnnotationId) -> WorkingKey {
    WorkingKey::new(KIND, format!("{person}:{id}"))
}

impl App {
    /// The notes that a person made for themselves in a case, oldest first.
    pub async fn private_notes(&self, person: PersonId, case: CaseId) -> Result<Vec<PrivateNote>, AppError> {
        let owner = format!("{person}:{case}");
        let items = self.ports().store.working_of(KIND, Some(&owner), self.now_us()).await?;
        let mut notes: Vec<PrivateNote> =
            items.into_iter().filter_map(|item| serde_json::from_slice(&item.value).ok()).collect();
        notes.sort_by_key(|note| note.versions.first().map(|version| version.at));
        Ok(notes)
    }

    /// One of them. Nobody finds another's.
    pub async fn private_note(
        &self,
        person: PersonId,
        case: CaseId,
        id: AnnotationId,
    ) -> Result<Option<PrivateNote>, AppError> {
        let item = self.ports().store.working(&key(person, id), self.now_us()).await?;
        let own = item.filter(|item| item.owner == format!("{person}:{case}"));
        Ok(own.and_then(|item| serde_json::from_slice(&item.value).ok()))
    }

    /// Keeps a note for oneself; the same note sent again is the same note.
    pub async fn keep_private_note(
        &self,
        person: PersonId,
        case: CaseId,
        id: AnnotationId,
        paper: (MaterialId, String),
        content: Content,
    ) -> Result<(), AppError> {
        let at = self.ports().clock.now();
        let known = self.private_note(person, case, id).await?;
        let (material, sha256) = paper;
        let mut note = known.unwrap_or(PrivateNote { id, material, sha256, versions: vec![], withdrawn_at: None });
        if note.content() != Some(&content) {
            note.versions.push(Version { content, at });
        }
        Ok(self.ports().store.change_working(vec![self.private_note_put(person, case, &note)]).await?)
    }

    /// Takes a note back; it stays with what it said.
    pub async fn withdraw_private_note(
        &self,
        person: PersonId,
        case: CaseId,
        note: PrivateNote,
    ) -> Result<(), AppError> {
        Ok(self.ports().store.change_working(vec![self.private_note_shared(person, case, note)]).await?)
    }

    /// The change by which a note ends, to be committed with the act that it grew into.
    pub fn private_note_shared(&self, person: PersonId, case: CaseId, note: PrivateNote) -> WorkingChange {
        let ended = PrivateNote { withdrawn_at: Some(self.ports().clock.now()), ..note };
        self.private_note_put(person, case, &ended)
    }

    fn private_note_put(&self, person: PersonId, case: CaseId, note: &PrivateNote) -> WorkingChange {
        WorkingChange::Put {
            key: key(person, note.id),
            owner: format!("{person}:{case}"),
            value: serde_json::to_vec(note).expect("a note is plain data"),
            updated_us: self.now_us(),
            expires_us: None,
        }
    }
}
