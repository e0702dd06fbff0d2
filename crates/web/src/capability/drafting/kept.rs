//! What stands in the editor and was not saved as a version: kept at every change, for its writer alone.

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    access::{self, Act},
    drafting::DraftContent,
    ids::{DocumentId, PersonId},
};

use super::{At, DraftsView, typed::Typed, versions::Unsaved};
use crate::http::prelude::*;

const KIND: &str = "document-typed";
const KEEP_DAYS: i64 = 90;

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    based_on: u32,
    content: DraftContent,
}

fn name(document: DocumentId, writer: PersonId) -> String {
    format!("{document}.{writer}")
}

/// Keeps what is typed; no version comes of it.
pub(super) async fn keep_typed(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Typed>,
) -> Result<NoContent, Problem> {
    let (case, reader) = web.app.view(at.0, &me.actor).await?;
    access::may(&reader, Act::Draft, case.stage).map_err(|_| Problem::not_found())?;
    let draft = case.drafts.get(&at.1).filter(|draft| draft.original.is_none()).ok_or_else(Problem::not_found)?;
    let kept = Kept { based_on: input.value.based_on, content: input.value.content(&draft.content) };
    web.app.keep_note(KIND, &name(at.1, me.person.id), me.person.id, &kept, KEEP_DAYS).await?;
    Ok(NoContent)
}

/// It was saved as a version: nothing is kept beside it.
pub(super) async fn forget(web: &Web, me: &Me, document: DocumentId) -> Result<(), Problem> {
    Ok(web.app.end_note(KIND, &name(document, me.person.id)).await?)
}

/// Puts into the editor what its writer typed and did not save, with what others saved meanwhile.
pub(super) async fn recall(web: &Web, me: &Me, at: At, view: &mut DraftsView) -> Result<(), Problem> {
    let Some(draft) = view.drafts.first_mut().filter(|draft| draft.original.is_none()) else { return Ok(()) };
    let kept = web.app.note_of::<Kept>(KIND, &name(at.1, me.person.id), me.person.id).await?;
    let Some(kept) = kept.filter(|kept| kept.content != draft.content) else { return Ok(()) };
    draft.unsaved = if kept.based_on == draft.version {
        Some(Unsaved::kept(kept.content))
    } else {
        Unsaved::of(&web.app.draft_versions(at.0, at.1).await?, kept.based_on, &kept.content)
    };
    Ok(())
}
