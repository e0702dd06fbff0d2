//! What stands beside a draft: what it cites of papers that have changed, what proofreading found.

use xiezhi_documents::proofread::{Finding, Place};

use super::sources::Changed;
use crate::{
    frame::prelude::*,
    messages::{Lang, proofread, sources::Key as Stands, t},
};

/// What the draft cites of papers that have changed since.
pub(super) fn changed_note(lang: Lang, changed: &[Changed]) -> Markup {
    if changed.is_empty() {
        return html! {};
    }
    note_of(Standing::Soon, html! {
        (t(lang, Stands::Changed))
        ul {
            @for it in changed {
                li { span lang="zh-CN" { "“" (it.quote) "”" } " " a href=(it.href) lang="zh-CN" { "《" (it.title) "》" } " " (t(lang, if it.gone { Stands::Gone } else { Stands::Replaced })) }
            }
        }
    })
}

/// What proofreading found, each with where it stands and what would mend it. A gap is told by the preview.
pub(super) fn findings(lang: Lang, found: &[Finding]) -> Markup {
    use proofread::Key as Word;
    html! {
        h2 { (t(lang, Word::Title)) }
        @if found.is_empty() { p { (tag(Standing::Done, t(lang, Word::Nothing))) } }
        @else {
            p { (t(lang, Word::Note)) }
            ul.points {
                @for finding in found {
                    li { (place_name(lang, finding.place())) (lang.pick("：", ": ")) (proofread::finding(lang, finding)) }
                }
            }
        }
    }
}

fn place_name(lang: Lang, place: Place) -> String {
    match place {
        Place::Head => t(lang, proofread::Key::Head).to_owned(),
        Place::Whole => t(lang, proofread::Key::Whole).to_owned(),
        Place::Block(at) => proofread::block(lang, at + 1),
    }
}
