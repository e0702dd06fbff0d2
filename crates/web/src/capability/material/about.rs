//! What is known of a paper, and what there is to do with it.

use xiezhi_app::sameness::SamePaper;
use xiezhi_domain::paper::PaperKind;

use super::{
    ReaderView,
    list::{same_at, same_words},
};
use crate::{
    capability::{correcting, prelude_of_cases::route, redaction},
    frame::prelude::*,
    http::prelude::*,
    messages::{
        Lang, day,
        kinds::kind_name, lingering,
        material::{self as words, Key},
        provenance, size, t,
    },
};

impl ReaderView {
    pub(super) fn facts(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let mut facts = vec![
            (t(lang, Key::Kind), html! { (kind_name(lang, self.kind)) }),
            (t(lang, Key::From), html! { (self.from.as_deref().unwrap_or(t(lang, Key::Court))) }),
            (t(lang, Key::Received), html! { (day(self.received_on)) }),
        ];
        if let Some(on) = self.entered_on {
            facts.push((t(lang, Key::Entered), html! { (day(on)) }));
        }
        facts.push((t(lang, Key::Size), html! { (words::pages(lang, self.pages)) " · " (size(self.size_bytes)) }));
        if let Some(told) = &self.told {
            let nobody = told.is_empty();
            facts.push((t(lang, Key::DisclosedTo), html! { @if nobody { (t(lang, Key::Nobody)) } @else { (all_known_as(lang, told)) } }));
        }
        if let Some(check) = &self.original {
            let agrees = if check.agrees { Key::Agrees } else { Key::Differs };
            let by = to.name(check.compared_by);
            facts.push((t(lang, Key::Original), html! { (t(lang, agrees)) " · " (by) " " (day(check.happened_on)) }));
            facts.push((t(lang, Key::KeptAt), html! { span lang="zh-CN" { (check.kept_at) } }));
        }
        if let Some(derived) = &self.derived {
            let href = route(self.case, &format!("/file/{}", derived.from));
            facts.extend(redaction::derived(lang, &derived.title, &href, &derived.hidden));
        }
        facts.push((t(lang, Key::Hash), html! { code.hash { (self.sha256) } }));
        html! {
            (correcting::note(to, self.case, &self.followed))
            @if self.unscreened { p { (tag(Standing::Soon, t(lang, Key::Unscreened))) " " span.small { (t(lang, Key::UnscreenedNote)) } } }
            @if !self.same.is_empty() { (self.alike(lang)) }
            (pairs(&facts))
            @if !self.earlier.is_empty() { p { a href={ (self.own()) "/versions" } { (t(lang, Key::VersionsBeside)) } } }
            @if !self.earlier.is_empty() && self.may_take_away {
                h3 { (t(lang, Key::Earlier)) }
                ul.lines { @for number in &self.earlier { li { a href={ (self.own()) "/download?version=" (number) } { (words::version(lang, *number)) } } } }
            }
            @if !self.originals.is_empty() && self.may_take_away {
                h3 { (t(lang, Key::PutTogether)) }
                ul.lines { @for (number, sha256) in (1..).zip(&self.originals) { li { a href={ (self.own()) "/download?original=" (number) } { (words::as_received(lang, number)) } " " code.hash { (sha256) } } } }
            }
            @if self.may_trace { p { a href={ (self.own()) "/provenance" } { (t(lang, provenance::Key::Title)) } } }
            p { a href=(route(self.case, "/looks")) { (t(lang, lingering::Key::Own)) } }
            // Who wants the paper looks for it here, not among the ways it is shown.
            @if self.may_take_away {
                p.line.wrap {
                    @if self.may_copy { a.btn.verb href={ (self.own()) "/copy.pdf" } { (Icon::Download) (t(lang, Key::ReadingCopy)) } }
                    a.btn.verb href={ (self.own()) "/download" } { (Icon::Download) (t(lang, Key::Download)) }
                }
            }
            p.help { (t(lang, if self.may_take_away { Key::DownloadNote } else { Key::LentNote })) }
        }
    }

    /// Papers of the same case that are the same, or show some of the same sheets.
    fn alike(&self, lang: Lang) -> Markup {
        let pages = |same: &SamePaper| same.pages.len() > 1 && !same.same_bytes;
        html! {
            ul.lines { @for same in &self.same { li {
                a href=(same_at(self.case, same)) { (same_words(lang, same)) }
                @if pages(same) { " " span.faint.small { (words::same_sheets(lang, same.pages.len())) } }
            } } }
        }
    }

    pub(super) fn put_right(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let kinds: Vec<Choice<'_>> = PaperKind::ALL.iter().map(|kind| Choice::new(serde_code(*kind), kind_name(lang, *kind))).collect();
        let (title_at, discard_at) = (format!("{}/title", self.own()), format!("{}/discard", self.own()));
        let right = form(FormTo { action: &title_at, wide: true, ..FormTo::default() }, html! {
            (to.command_field())
            (Field::new("kind", t(lang, Key::Kind)).value(serde_code(self.kind)).select(lang, &kinds))
            (Field::new("title", t(lang, Key::NewTitle)).value(&self.title).required().text())
            (Verb::submit(t(lang, Key::Save)))
        });
        let out = form(FormTo { action: &discard_at, wide: true, ..FormTo::default() }, html! {
            (to.command_field())
            (Field::new("reason", t(lang, Key::Reason)).required().textarea(2))
            (Verb::submit(t(lang, Key::DiscardVerb)).danger())
        });
        html! { div.in { (explain(t(lang, Key::PutRight), right)) (explain(t(lang, Key::Discard), out)) } }
    }

    pub(super) fn disclosing(&self, to: &Showing) -> Markup {
        let action = route(self.case, "/file/disclose");
        html! {
            div.in { form.inline method="post" action=(action) {
                (to.command_field())
                input type="hidden" name="material" value=(self.material);
                (Verb::submit(t(to.lang(), Key::Disclose)))
            } }
        }
    }
}

/// The code of a kind as forms carry it: its serde name.
pub(crate) fn serde_code(kind: PaperKind) -> &'static str {
    static CODES: std::sync::LazyLock<Vec<(PaperKind, String)>> = std::sync::LazyLock::new(|| {
        PaperKind::ALL.iter().map(|kind| (*kind, xiezhi_app::rows::code_of(kind))).collect()
    });
    CODES.iter().find(|(known, _)| *known == kind).map_or("", |(_, code)| code.as_str())
}
