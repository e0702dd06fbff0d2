//! The page of one document: read at the left, write at the right (边读边写). Where there is no room the writing comes
//! first, and the paper as it will look below it.

use xiezhi_domain::{case::CaseState, paper::PaperKind};

use super::{DraftFacts, DraftsView, changed_note, findings, law, quotations, snippets, sources, sums, word};
use crate::{
    capability::{correcting, prelude_of_cases::route},
    document,
    frame::prelude::*,
    http::prelude::*,
    messages::{
        drafting::{Key, part},
        sources::Key as Stands,
        t, word as said,
    },
};

impl DraftsView {
    /// What stands in the sheet of a document that is open.
    pub(super) fn desk(&self, to: &Showing, case: &CaseState, draft: &DraftFacts, base: &str) -> Markup {
        let lang = to.lang();
        html! {
            (draft.chain.doubt_note(to))
            (correcting::standing(to, case, &self.reader, draft.id))
            (changed_note(lang, &draft.changed))
            div.drafting {
                div.drafting-write { (self.writing(to, case, draft, base)) }
                @if let Some(paper) = &draft.preview {
                    section.drafting-read tabindex="0" aria-label=(t(lang, Key::Preview)) {
                        h2 { (t(lang, Key::Preview)) }
                        p.help { (t(lang, Stands::Note)) }
                        (document::sourced(paper, &|source, words| sources::place(lang, case, &self.reader, draft.id, (source, words))))
                    }
                }
            }
        }
    }

    fn writing(&self, to: &Showing, case: &CaseState, draft: &DraftFacts, base: &str) -> Markup {
        let lang = to.lang();
        let is_open = draft.original.is_none();
        let may_write = is_open && self.may_draft && !draft.follows;
        html! {
            (self.signatures(to, case, draft, base))
            p { (Verb::go(t(lang, Key::Versions), &format!("{base}/versions")).row()) @if may_write && !to.within { span.on-desk { " · " a href=(route(self.case.id, &format!("/beside?document={}", draft.id))) { (t(lang, Key::Beside)) } } } }
            @if let Some(unsaved) = &draft.unsaved { (unsaved.note(lang)) }
            @if draft.hidden > 0 { (note_of(Standing::Soon, html! { (said::hidden(lang, draft.hidden)) })) }
            @if draft.too_long { (note_of(Standing::Overdue, html! { (t(lang, Key::TooLongNote)) })) }
            (word::ways(to, case.id, draft.id, may_write))
            @if is_open && draft.follows { (self.forward(to, draft, base)) (findings(lang, &draft.findings)) }
            @else if is_open && self.may_draft { (self.editor(to, draft, base)) (quotations::show(to, &self.quotations)) (snippets::beside(to, &self.snippets, &xiezhi_app::rows::cause_name(case))) (findings(lang, &draft.findings)) }
            @if !is_open { (sums::kept(to, &draft.content.sums)) }
            (draft.comments.show(to, &draft.content, base))
        }
    }

    fn editor(&self, to: &Showing, draft: &DraftFacts, base: &str) -> Markup {
        let lang = to.lang();
        let content = draft.unsaved.as_ref().map_or(&draft.content, |unsaved| &unsaved.content);
        let (law, orders) = (content.legal_basis.join("\n"), content.orders.join("\n"));
        let (based, kept) = (draft.version.to_string(), format!("{base}/draft"));
        html! {
            (form(FormTo { action: base, draft: Some(&kept), ..FormTo::default() }, html! {
                (to.command_field())
                (draft_mark(lang, None))
                input type="hidden" name="based_on" value=(based);
                p { (t(lang, if draft.kind == PaperKind::Judgment { Key::DraftNote } else { Key::RulingNote })) }
                @if draft.kind == PaperKind::Judgment { (Field::new("found_facts", t(lang, Key::Found)).value(&content.found_facts).textarea(8)) }
                (Field::new("reasoning", t(lang, Key::Reasoning)).value(&content.reasoning).textarea(8))
                (Field::new("legal_basis", t(lang, Key::Law)).value(&law).textarea(4))
                (Field::new("orders", t(lang, Key::Orders)).value(&orders).textarea(4))
                (Field::new("costs", t(lang, Key::Costs)).value(&content.costs).textarea(2))
                (checkbox("refund_prepayment", html! { (t(lang, Key::Refund)) }, content.refund_prepayment, None))
                (checkbox("annex_law", html! { (t(lang, Key::AnnexLaw)) }, content.annex_law, None))
                (law::desk(lang, draft.sought.as_ref()))
                (sums::desk(to, &content.sums, &draft.sum_asked))
                (Verb::submit(t(lang, Key::Save)).primary())
            }))
            (self.forward(to, draft, base))
        }
    }

    fn forward(&self, to: &Showing, draft: &DraftFacts, base: &str) -> Markup {
        let (lang, forward) = (to.lang(), format!("{base}/putting-forward"));
        html! {
            @if self.may_put_forward {
                (form(FormTo { action: &forward, ..FormTo::default() }, html! {
                    (to.command_field())
                    p { (t(lang, Key::PutForwardNote)) @if !draft.missing.is_empty() { " " (t(lang, Key::Missing)) (draft.missing.iter().map(|code| part(lang, code)).collect::<Vec<_>>().join(lang.pick("、", ", "))) } }
                    (Verb::submit(t(lang, Key::PutForward)))
                }))
            }
        }
    }
}
