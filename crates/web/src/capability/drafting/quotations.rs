//! What the writer marked while reading, ready to be carried into the document with its source (引用卷宗材料): the
//! words of the paper and where they stand, never what was noted of them; and nothing of the secondary volume, for the
//! document is for the parties.

use std::collections::BTreeMap;

use xiezhi_domain::{access::Reader, case::CaseState, ids::MaterialId, paper::Volume};

use crate::{
    capability::{annotation::NoteView, material::numbered},
    frame::prelude::*,
    http::prelude::*,
    messages::{
        drafting::{self as words, Key},
        t,
    },
};

/// Words of a paper with where they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Quotation {
    /// The words.
    pub quote: String,
    /// Where they stand, as a document cites it.
    pub source: String,
    /// Where they are read.
    pub href: String,
}

/// The quotations among `notes`, which the reader may read.
pub fn of(case: &CaseState, reader: &Reader, notes: &[NoteView]) -> Vec<Quotation> {
    let first: BTreeMap<MaterialId, u32> =
        numbered(case, reader, Volume::Main).into_iter().map(|(paper, (_, page))| (paper.id, page)).collect();
    let quoted = notes.iter().filter(|note| !note.withdrawn && !note.quote.is_empty());
    let quotation = |note: &NoteView| {
        let page = first.get(&note.material)? + note.page - 1;
        Some(Quotation {
            quote: note.quote.clone(),
            source: format!("《{}》第{}页，正卷第{page}页", note.title, note.page),
            href: note.href(),
        })
    };
    quoted.filter_map(quotation).collect()
}

/// The quotations beside the editor. The script puts one where the writer last wrote; without it they are copied.
pub fn show(to: &Showing, quotations: &[Quotation]) -> Markup {
    let lang = to.lang();
    if quotations.is_empty() {
        return html! {};
    }
    let list = html! {
        p.help { (t(lang, Key::QuotationsNote)) }
        ul.quotations { @for it in quotations {
            li {
                span.quote lang="zh-CN" { "“" (it.quote) "”" }
                p.small { a href=(it.href) lang="zh-CN" { (it.source) } " " button.btn type="button" hidden data-insert={ "“" (it.quote) "”（" (it.source) "）" } { (t(lang, Key::Carry)) } }
            }
        } }
    };
    unfold_open(&words::quotations(lang, quotations.len()), list, true)
}
