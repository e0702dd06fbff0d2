//! Evidence and papers of an application: handed in with the form of its step, or uploaded by parts before; a program
//! hands them in by themselves.

use xiezhi_app::AppError;
use xiezhi_domain::{
    filing::EvidenceInput,
    ids::{CommandId, MaterialId},
    material::FileRef,
};

use super::{
    asked::{TICKED, usual_kind},
    draft::{Draft, Refused},
    find, keep,
    step::Step,
    turns,
};
use crate::{capability::prelude_of_cases::derived, http::prelude::*};

/// Takes evidence: the bytes are kept before the draft names them. A file that is refused loses nothing of
/// what was typed beside it.
pub async fn hand_in(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<String>,
    sent: FilesForm,
) -> Result<Done<Draft>, Problem> {
    let _turn = turns::turn(&id).await;
    let mut draft = find(&web, &me, &id).await?;
    let command = sent.command().unwrap_or_else(|| xiezhi_app::issuing::command_id(&web.app));
    let code = match take(&web, &me, &mut draft, &sent, command).await {
        Ok(()) => None,
        Err(AppError::Invalid(faults)) => faults.into_iter().next().map(|(_, code)| code),
        Err(fault) => return Err(fault.into()),
    };
    draft.at = Some(Step::Evidence.code());
    draft.refused = code.clone().map(|code| Refused { code, typed: sent.fields });
    keep(&web, &me, &id, &draft).await?;
    match (code, me.showing.format) {
        (Some(code), Format::Json) => Err(Problem::invalid(vec![FieldError::new("file", code)])),
        _ => Ok(done(&me.showing, &format!("/filings/{id}/evidence"), &draft)),
    }
}

/// The files of a form. The same form sent again names the same papers, so that nothing is there twice.
async fn take(web: &Web, me: &Me, draft: &mut Draft, sent: &FilesForm, command: CommandId) -> Result<(), AppError> {
    let uploads = uploads(&sent.fields);
    let mut found: Vec<(MaterialId, FileRef)> = vec![];
    for (material, upload) in uploads {
        found.extend(web.app.uploaded(me.person.id, &[upload]).await?.into_iter().map(|file| (material, file)));
    }
    found.extend(own_files(sent, command));
    let nothing = found.is_empty();
    add(draft, sent, found);
    let invalid = |code: &str| Err(AppError::Invalid(vec![("file".to_owned(), code.to_owned())]));
    match &sent.refused {
        Some(refused) => invalid(&refused.code),
        None if nothing => invalid("input.required"),
        None => Ok(()),
    }
}

/// The files that were sent whole, each under the name that the same form gives it again; another file that is chosen
/// in that form after going back is another paper.
fn own_files(sent: &FilesForm, command: CommandId) -> Vec<(MaterialId, FileRef)> {
    let named = |at: usize, file: &FileRef| derived(command, &format!("paper.{at}.{}", file.sha256));
    sent.files.iter().enumerate().map(|(at, file)| (MaterialId(named(at, file).0), file.clone())).collect()
}

/// Adds files to the evidence, with what was typed of them.
fn add(draft: &mut Draft, sent: &FilesForm, found: Vec<(MaterialId, FileRef)>) {
    let several = found.len() > 1;
    for (at, (material, file)) in found.into_iter().enumerate() {
        let mut item = of_file(material, file);
        tell(&mut item, |name| sent.field(name), several.then_some(at));
        draft.evidence.retain(|known| known.material != material);
        draft.evidence.push(item);
    }
}

/// The verb of the step that adds the files and stays.
pub const ADD: &str = "papers";

/// The files that came with the form of the step, whichever verb sent it: nothing that was chosen is lost. Tells what
/// was wrong with them, with what was typed beside them.
pub async fn take_sent(
    web: &Web,
    me: &Me,
    draft: &mut Draft,
    step: Step,
    sent: &FilesForm,
    adds: bool,
) -> Result<Option<Refused>, Problem> {
    if step != Step::Evidence {
        return Ok(None);
    }
    take_uploads(web, me, draft, Some(step), &sent.fields).await?;
    let command = sent.command().unwrap_or_else(|| xiezhi_app::issuing::command_id(&web.app));
    add(draft, sent, own_files(sent, command));
    let nothing = sent.files.is_empty() && uploads(&sent.fields).is_empty();
    let code = match &sent.refused {
        Some(refused) => refused.code.clone(),
        None if adds && nothing => "input.required".to_owned(),
        None => return Ok(None),
    };
    Ok(Some(Refused { code, typed: beside(&sent.fields) }))
}

/// What was typed beside the files.
fn beside(typed: &[(String, String)]) -> Vec<(String, String)> {
    let of = ["name", "kind", "purpose", "source", "original"];
    typed.iter().filter(|(name, _)| of.contains(&name.as_str())).cloned().collect()
}

/// Files uploaded by parts that are named by the form of the step itself: nothing waits for another verb.
pub async fn take_uploads(
    web: &Web,
    me: &Me,
    draft: &mut Draft,
    step: Option<Step>,
    typed: &[(String, String)],
) -> Result<(), Problem> {
    if step != Some(Step::Evidence) {
        return Ok(());
    }
    let named = uploads(typed);
    let several = named.len() > 1;
    for (at, (material, upload)) in named.into_iter().enumerate() {
        if draft.evidence.iter().all(|item| item.material != material) {
            match web.app.uploaded(me.person.id, &[upload]).await {
                Ok(files) => draft.evidence.extend(files.into_iter().map(|file| of_file(material, file))),
                // It ended, or is somebody else's: there is nothing to take.
                Err(AppError::NotFound) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        if let Some(item) = draft.evidence.iter_mut().find(|item| item.material == material) {
            tell(item, |name| super::told(typed, name), several.then_some(at));
        }
    }
    Ok(())
}

/// Tells of an item what was typed for it, `place` among several that are called the same; what was not said stays.
fn tell<'a>(item: &mut EvidenceInput, typed: impl Fn(&str) -> &'a str, place: Option<usize>) {
    let said = |name: &str| Some(typed(name).trim().to_owned()).filter(|text| !text.is_empty());
    if let Some(name) = said("name") {
        item.name = place.map_or(name.clone(), |at| format!("{name}（{}）", at + 1));
    }
    for (field, name) in [(&mut item.purpose, "purpose"), (&mut item.source, "source")] {
        if let Some(told) = said(name) {
            *field = told;
        }
    }
    // The first kind stands in the field before anybody chose: the file itself tells more.
    if let Some(kind) = said("kind").filter(|kind| kind != usual_kind()) {
        item.kind = kind;
    }
    item.has_original |= typed("original") == TICKED;
}

/// The uploads a form names; the paper is named after its upload, so that it is taken once.
fn uploads(typed: &[(String, String)]) -> Vec<(MaterialId, String)> {
    let named = typed.iter().filter(|(name, _)| name == "upload");
    named.filter_map(|(_, id)| Some((id.parse().ok()?, id.clone()))).collect()
}

/// A file of which nothing is told yet.
fn of_file(material: MaterialId, file: FileRef) -> EvidenceInput {
    let recorded = ["video/", "audio/"].iter().any(|kind| file.media.starts_with(kind));
    EvidenceInput {
        material,
        name: stem(&file.name),
        kind: if recorded { "视听资料" } else { usual_kind() }.to_owned(),
        source: String::new(),
        has_original: false,
        purpose: String::new(),
        file,
    }
}

fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capability::filing::samples::complete;

    fn typed(name: &str) -> &'static str {
        match name {
            "name" => "微信聊天记录",
            "purpose" => "证明借款事实",
            _ => "",
        }
    }

    #[test]
    fn what_was_typed_is_told_of_each_of_several_files() {
        let mut draft = complete();
        let item = &mut draft.evidence[0];
        tell(item, typed, Some(1));
        assert_eq!((item.name.as_str(), item.purpose.as_str()), ("微信聊天记录（2）", "证明借款事实"));
        tell(item, typed, None);
        assert_eq!(item.name, "微信聊天记录");
    }

    #[test]
    fn what_was_not_said_stays_as_it_is() {
        let mut draft = complete();
        let before = draft.evidence[0].clone();
        tell(&mut draft.evidence[0], |_| "", Some(0));
        assert_eq!(draft.evidence[0], before);
    }
}
