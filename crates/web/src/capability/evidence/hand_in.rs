//! Handing evidence in: files with what they are to prove. Works without a script, as a plain form with files.

use xiezhi_domain::{
    evidence::EvidenceCommand,
    filing::EvidenceInput,
    ids::{CaseId, CommandId, MaterialId},
    material::{FileRef, OriginalCheck},
    on_paper::Came,
};

use super::speaks_for;
use crate::{
    capability::{
        on_paper::of_party,
        prelude_of_cases::{Acted, act, derived, route},
    },
    http::{came::CameForm, prelude::*},
};

/// Hands evidence in for the reader's party, or for the party whose paper a clerk enters.
pub(super) async fn hand_in(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<CaseId>,
    sent: FilesForm,
) -> Acted {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let party = speaks_for(&reader, &case, sent.field("party").parse().ok())?;
    let files = sent.all_files(&web.app, me.person.id).await?;
    let command = sent.command().unwrap_or_else(|| xiezhi_app::issuing::command_id(&web.app));
    let came = CameForm::of(|field| Some(sent.field(field)).filter(|told| !told.is_empty()));
    let on_paper = !sent.field("on_paper").is_empty() && !me.actor.is_outside();
    let original = match on_paper {
        true => Some(original_check(&came.whole()?, sent.field("kept_at"))),
        false => None,
    };
    let several = files.len() > 1;
    let items = files.into_iter().enumerate().map(|(at, file)| item(&sent, command, at, several, file)).collect();
    let submit = of_party(&me, &came, EvidenceCommand::Submit { party, items, original })?;
    act(&web, &me, id, command, submit, &route(id, "/evidence")).await
}

/// The scan was compared with its original by whoever compared the entry.
fn original_check(came: &Came, kept_at: &str) -> OriginalCheck {
    OriginalCheck {
        happened_on: came.on,
        compared_by: came.compared_by,
        agrees: true,
        kept_at: kept_at.to_owned(),
    }
}

fn item(sent: &FilesForm, command: CommandId, at: usize, several: bool, file: FileRef) -> EvidenceInput {
    let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    let told = sent.field("name");
    let name = match (told.is_empty(), several) {
        (true, _) => stem.to_owned(),
        (false, false) => told.to_owned(),
        (false, true) => format!("{told}（{}）", at + 1),
    };
    EvidenceInput {
        material: MaterialId(derived(command, &format!("evidence.{at}")).0),
        name,
        kind: sent.field("kind").to_owned(),
        source: sent.field("source").to_owned(),
        has_original: !sent.field("has_original").is_empty(),
        purpose: sent.field("purpose").to_owned(),
        file,
    }
}
