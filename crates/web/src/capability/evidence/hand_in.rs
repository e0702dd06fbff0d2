//! Handing evidence in: files with what they are to prove. Works without a script, as a plain form with files.

use xiezhi_app::App;
use xiezhi_domain::{
    evidence::EvidenceCommand,
    filing::EvidenceInput,
    ids::{CaseId, CommandId, MaterialId, PartyId},
    material::{FileRef, OriginalCheck},
};

use axum::extract::Multipart;

use super::speaks_for;
use crate::{
    capability::prelude_of_cases::{Acted, act, derived, route},
    http::prelude::*,
};

/// The largest form with files, in one piece; larger files are uploaded by parts.
pub(super) const FORM_LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// The form: what is handed in, and what it is to prove.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "it describes a form that is read field by field")]
pub(super) struct EvidenceForm {
    command: Option<CommandId>,
    party: Option<PartyId>,
    name: Option<String>,
    kind: Option<String>,
    source: Option<String>,
    purpose: Option<String>,
    has_original: Option<String>,
    on_paper: Option<String>,
    kept_at: Option<String>,
    /// Files, if they are not uploaded apart.
    #[schema(inline)]
    file: Option<Vec<File>>,
    /// Uploads that are complete.
    upload: Option<Vec<String>>,
}

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
    files: Vec<(String, Vec<u8>)>,
    uploads: Vec<String>,
}

fn unreadable(fault: impl std::fmt::Display) -> Problem {
    Problem::malformed(fault.to_string())
}

async fn read(mut form: Multipart) -> Result<Sent, Problem> {
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
            _ => {}
        }
    }
    Ok(sent)
}

/// Hands evidence in for the reader's party, or for the party whose paper a clerk enters.
pub(super) async fn hand_in(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<CaseId>,
    form: Files<EvidenceForm>,
) -> Acted {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let sent = read(form.form).await?;
    let party = speaks_for(&reader, &case, sent.party)?;
    if sent.files.is_empty() && sent.uploads.is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("file", "input.required")]));
    }
    let command = sent.command.unwrap_or_else(|| xiezhi_app::issuing::command_id(&web.app));
    let original = (sent.on_paper && !me.actor.is_outside()).then(|| OriginalCheck {
        happened_on: me.showing.today,
        compared_by: me.person.id,
        agrees: true,
        kept_at: sent.kept_at.clone(),
    });
    let mut files = web.app.uploaded(me.person.id, &sent.uploads).await?;
    for (name, bytes) in &sent.files {
        files.push(keep(&web.app, name, bytes.clone()).await?);
    }
    let several = files.len() > 1;
    let items = files.into_iter().enumerate().map(|(at, file)| item(&sent, command, at, several, file)).collect();
    let submit = EvidenceCommand::Submit { party, items, original };
    act(&web, &me, id, command, submit, &route(id, "/evidence")).await
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
