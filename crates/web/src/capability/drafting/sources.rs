//! Where each fact of a document in the making stands (出处): a form, a paper and its page, a rule, a person; and what
//! was cited of a paper that has changed since.

use xiezhi_documents::structure::Source;
use xiezhi_domain::{
    access::{self, Reader},
    case::CaseState,
    drafting::{DraftContent, PARTS},
    ids::{DocumentId, MaterialId},
    law::element_form,
    material::Place,
    paper::PaperKind,
};

use crate::{
    capability::{
        annotation::NoteView,
        prelude_of_cases::{paper_route, route},
    },
    http::prelude::*,
    messages::{
        Lang,
        sources::{self as words, Key},
        t,
    },
};

/// Where a fact stands, for a reader who may see it there. `text` is the fact as the document tells it.
pub fn place(
    lang: Lang,
    case: &CaseState,
    reader: &Reader,
    document: DocumentId,
    (source, text): (&Source, &str),
) -> Option<(String, String)> {
    match source {
        Source::Field { form, field } => {
            let paper = case.last_paper(PaperKind::Complaint).filter(|paper| access::may_see(reader, case, paper))?;
            Some((passage(case, paper.id, text, 1), words::field(lang, &field_name(lang, form, field))))
        }
        Source::Material { material, page } => {
            let id: MaterialId = material.parse().ok()?;
            let paper = case.materials.get(&id).filter(|paper| access::may_see(reader, case, paper))?;
            Some((passage(case, id, text, *page), words::page(lang, &paper.title, *page)))
        }
        Source::Rule { .. } => Some((route(case.id, "/fees"), t(lang, Key::Rule).to_owned())),
        Source::Event { .. } => Some((route(case.id, "/trace"), t(lang, Key::Event).to_owned())),
        Source::Person { name } => {
            Some((route(case.id, &format!("/documents/{document}/versions")), words::written(lang, name)))
        }
        Source::Court => None,
    }
}

/// The way to the place on the page where a fact stands; to the page alone where it is put otherwise there.
fn passage(case: &CaseState, paper: MaterialId, text: &str, page: u32) -> String {
    let query = serde_html_form::to_string([("q", text), ("page", &page.to_string())]).unwrap_or_default();
    format!("{}/passage?{query}", paper_route(case.id, paper))
}

/// The name of a field, as the form has it.
fn field_name(lang: Lang, form: &str, field: &str) -> String {
    if let Some(known) = element_form::form(form).and_then(|form| form.field(field)) {
        return lang.pick(known.label_zh.as_str(), known.label_en.as_str()).to_owned();
    }
    let key = match field.split('.').next().unwrap_or_default() {
        "cause" => Key::Cause,
        "claims" => Key::Claims,
        "facts_and_reasons" => Key::Facts,
        "amount_in_dispute_fen" => Key::Amount,
        "party" => Key::Party,
        _ => Key::Application,
    };
    t(lang, key).to_owned()
}

/// A paper whose words the draft has, and which is no longer the one that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ChangedCitation)]
pub struct Changed {
    /// The words.
    pub quote: String,
    /// The title of the paper.
    pub title: String,
    /// Where it is read now.
    pub href: String,
    /// Whether it is no longer in the file at all.
    pub gone: bool,
}

/// What the draft cites of papers that were replaced, struck or erased since their words were marked.
pub fn changed(case: &CaseState, content: &DraftContent, notes: &[NoteView]) -> Vec<Changed> {
    let text: String = PARTS.iter().map(|part| content.part(part)).collect::<Vec<_>>().join("\n");
    let cited = notes.iter().filter(|note| !note.quote.is_empty() && text.contains(&note.quote));
    let changed = cited.filter_map(|note| {
        let paper = case.materials.get(&note.material)?;
        let gone = paper.place != Place::InFile || paper.erased_on.is_some();
        (note.older || gone).then(|| Changed {
            quote: note.quote.clone(),
            title: note.title.clone(),
            href: paper_route(case.id, note.material),
            gone,
        })
    });
    changed.collect()
}
