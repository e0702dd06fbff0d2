//! Handing evidence in: files with what they are to prove. Works without a script, as a plain form with files.

use axum::extract::{FromRequest as _, Multipart, Path, Request, State};
use xiezhi_app::App;
use xiezhi_domain::{
    evidence::EvidenceCommand,
    filing::EvidenceInput,
    ids::{CaseId, CommandId, MaterialId, PartyId},
    material::{FileRef, OriginalCheck},
    on_paper::Came,
};

use super::speaks_for;
use crate::{
    capability::{
        on_paper::of_party,
        prelude_of_cases::{act, derived, route},
    },
    http::{came::CameForm, prelude::*},
};

/// The largest form with files, in one piece; larger files are uploaded by parts.
pub(super) const FORM_LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// What came with the form.
#[derive(Default)]
struct Sent {
    command: Option<CommandId>,
    party: Option<PartyId>,
    name: String,
    kind: String,
    source: String,
    purpose: String,
    has_original: bool,
    on_paper: bool,
    kept_at: String,
    told: Vec<(String, String)>,
    files: Vec<(String, Vec<u8>)>,
    uploads: Vec<String>,
}

fn unreadable(fault: impl std::fmt::Display) -> Problem {
    Problem::malformed(fault.to_string())
}

async fn read(request: Request) -> Result<Sent, Problem> {
    let mut form = Multipart::from_request(request, &()).await.map_err(unreadable)?;
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file) = field.file_name().map(str::to_owned) {
            let bytes = field.bytes().await.map_err(unreadable)?;
            if !file.is_empty() && !bytes.is_empty() {
                sent.files.push((file, bytes.to_vec()));
            }
            continue;
        }
        let value = field.text().await.map_err(unreadable)?;
        match name.as_str() {
            "command" => sent.command = value.parse().ok(),
            "party" => sent.party = value.parse().ok(),
            "name" => sent.name = value.trim().to_owned(),
            "kind" => sent.kind = value,
            "source" => sent.source = value,
            "purpose" => sent.purpose = value,
            "has_original" => sent.has_original = true,
            "on_paper" => sent.on_paper = true,
            "kept_at" => sent.kept_at = value,
            "upload" => sent.uploads.push(value),
            _ => sent.told.push((name, value)),
        }
    }
    Ok(sent)
}

/// Hands evidence in for the reader's party, or for the party whose paper a clerk enters.
pub(super) async fn hand_in(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<CaseId>,
    request: Request,
) -> Result<Response, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let sent = read(request).await?;
    let party = speaks_for(&reader, &case, sent.party)?;
    if sent.files.is_empty() && sent.uploads.is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("file", "input.required")]));
    }
    let command = sent.command.unwrap_or_else(|| xiezhi_app::issuing::command_id(&web.app));
    let came = CameForm::of(|field| sent.told.iter().find(|(name, _)| name == field).map(|(_, told)| told.as_str()));
    let original = match sent.on_paper && !me.actor.is_outside() {
        true => Some(original_check(&came.whole()?, &sent.kept_at)),
        false => None,
    };
    let mut files = web.app.uploaded(me.person.id, &sent.uploads).await?;
    for (name, bytes) in &sent.files {
        files.push(keep(&web.app, name, bytes.clone()).await?);
    }
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

/// Looks at a file in the confined reader, and keeps its bytes before anything names them.
async fn keep(app: &App, name: &str, bytes: Vec<u8>) -> Result<FileRef, Problem> {
    Ok(app.take_file(bytes, name).await?)
}

fn item(sent: &Sent, command: CommandId, at: usize, several: bool, file: FileRef) -> EvidenceInput {
    let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    let name = match (sent.name.is_empty(), several) {
        (true, _) => stem.to_owned(),
        (false, false) => sent.name.clone(),
        (false, true) => format!("{}（{}）", sent.name, at + 1),
    };
    EvidenceInput {
        material: MaterialId(derived(command, &format!("evidence.{at}")).0),
        name,
        kind: sent.kind.clone(),
        source: sent.source.clone(),
        has_original: sent.has_original,
        purpose: sent.purpose.clone(),
        file,
    }
}
