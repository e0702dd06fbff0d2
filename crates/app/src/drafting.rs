//! Versions of a document in the making (文书稿的版本), read back from the record: none is ever lost.

use jiff::Timestamp;
use xiezhi_domain::{
    drafting::{DraftContent, DraftingEvent},
    event::CaseEvent,
    ids::{CaseId, DocumentId, PersonId},
};

use crate::{App, AppError, acts::RecordedAct};

/// A version as it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftVersion {
    /// Its number, from 1.
    pub version: u32,
    /// What it says.
    pub content: DraftContent,
    /// Who saved it.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// Why it was returned when it had been put forward.
    pub returned_because: Option<String>,
}

impl App {
    /// Every version of a document, the first first. The caller has made sure that the reader may see drafts.
    pub async fn draft_versions(&self, case: CaseId, document: DocumentId) -> Result<Vec<DraftVersion>, AppError> {
        Ok(versions(document, &self.acts(case, 0).await?))
    }
}

/// The versions of a document among the acts of its case.
pub fn versions(document: DocumentId, acts: &[RecordedAct]) -> Vec<DraftVersion> {
    let mut versions: Vec<DraftVersion> = vec![];
    for act in acts {
        match &act.event {
            Some(CaseEvent::Drafting(DraftingEvent::Saved { document: of, content, by, .. })) if *of == document => {
                versions.push(DraftVersion {
                    version: versions.last().map_or(0, |last| last.version) + 1,
                    content: content.clone(),
                    by: *by,
                    at: act.at,
                    returned_because: None,
                });
            }
            Some(CaseEvent::Drafting(DraftingEvent::Returned { document: of, reason, .. })) if *of == document => {
                if let Some(last) = versions.last_mut() {
                    last.returned_because = Some(reason.clone());
                }
            }
            _ => {}
        }
    }
    versions
}
