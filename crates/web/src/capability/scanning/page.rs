//! The sorting desk: what waits, and one form that sends the pages that are ticked where they belong.

use maud::Markup;
use xiezhi_domain::paper::PaperKind;

use super::{BatchView, PAGE, ScannedPageView, ScansView};
use crate::{
    capability::material::{THUMB_PX, serde_code},
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang,
        kinds::kind_name,
        material as material_words,
        scanning::{self as words, Key},
        t,
    },
};

/// The form that pages are ticked for.
const FORM: &str = "sorting";

impl View for ScansView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let hrefs: Vec<String> = self.batches.iter().map(|batch| format!("{PAGE}/{}", batch.id)).collect();
        let notes: Vec<String> =
            self.batches.iter().map(|batch| words::waiting_of(lang, batch.waiting, batch.pages)).collect();
        let shown: Vec<Item<'_>> = self
            .batches
            .iter()
            .zip(hrefs.iter().zip(&notes))
            .map(|(batch, (href, note))| Item {
                href: Some(href.as_str()),
                icon: Some(Icon::Paper),
                title: &batch.name,
                notes: vec![note.as_str()],
                state: None,
            })
            .collect();
        to.page(title, html! {
            (page_head(title, t(lang, Key::Lead), html! {}))
            @if shown.is_empty() { (Blank::empty(Icon::Done, t(lang, Key::Nothing), t(lang, Key::NothingWords)).sheet()) }
            @else { (Sheet::new(t(lang, Key::Batches)).flush(items(&shown))) }
        })
    }
}

impl View for BatchView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let lead = words::sorted_of(lang, self.sorted);
        let parts = PageParts { islands: vec![Island::Drag], ..PageParts::default() };
        to.page_with(&self.name, parts, html! {
            (page_head(&self.name, &lead, html! { a href=(PAGE) { (Icon::Back) (t(lang, Key::Title)) } }))
            @if self.waiting.is_empty() { (Blank::empty(Icon::Done, t(lang, Key::Done), t(lang, Key::NothingWords)).sheet()) }
            @else { (stack(html! { (self.pages(to)) (self.sorting(to)) (self.dropping(to)) })) }
        })
    }
}

impl BatchView {
    fn pages(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Waiting)).note(t(lang, Key::TickFirst)).body(html! {
            ol.leaflets { @for page in &self.waiting { (self.leaflet(lang, page)) } }
        })
    }

    fn leaflet(&self, lang: Lang, page: &ScannedPageView) -> Markup {
        let src = format!("{PAGE}/{}/{}.jpg", self.id, page.number);
        let about = words::page_of(lang, page.number);
        html! {
            li {
                label {
                    input type="checkbox" form=(FORM) name="page" value=(page.number);
                    svg viewBox="0 0 120 120" role="img" aria-label=(about) { image href=(format!("{src}?w={THUMB_PX}")) width="120" height="120" {} }
                    span.number { (page.number) }
                }
                div.line {
                    @if page.blank { (kind(t(lang, Key::Blank))) }
                    @if let Some(code) = &page.stopped { a href=(format!("/help/problems/{code}")) { (tag(Standing::Soon, t(lang, Key::Stopped))) } }
                    a href=(format!("{src}?w=1400")) { (t(lang, Key::Larger)) span.unseen { " " (about) } }
                }
            }
        }
    }

    fn sorting(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = format!("{PAGE}/{}/sort", self.id);
        let kinds: Vec<Choice<'_>> =
            PaperKind::ALL.iter().map(|kind| Choice::new(serde_code(*kind), kind_name(lang, *kind))).collect();
        let number_words = if self.cases.is_empty() { Key::Number } else { Key::OtherNumber };
        let body = form(
            FormTo { id: Some(FORM), action: &action, ..FormTo::default() },
            html! {
                (to.command_field())
                (self.cases(lang))
                (Field::new("number", t(lang, number_words)).placeholder("（2026）鲁0691民初101号").text())
                (side_by_side(html! {
                    (Field::new("title", t(lang, material_words::Key::NewTitle)).required().text())
                    (Field::new("kind", t(lang, material_words::Key::Kind)).value(serde_code(PaperKind::Evidence)).select(lang, &kinds))
                }))
                (Verb::submit(t(lang, Key::Sort)).primary())
            },
        );
        Sheet::new(t(lang, Key::SortTitle)).body(body)
    }

    /// Cases beside the pages: chosen, or pages are dragged onto one.
    fn cases(&self, lang: Lang) -> Markup {
        html! {
            @if !self.cases.is_empty() {
                fieldset.field.targets { legend { (t(lang, Key::Cases)) }
                    p.help.with-drag { (t(lang, Key::DragToo)) }
                    @for case in &self.cases { label.pick { input type="radio" name="known" value=(case.number); span lang="zh-CN" { b { (case.number) } " " (case.title) } } }
                }
            }
        }
    }

    /// Pages that belong nowhere: the same ticks, sent elsewhere.
    fn dropping(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = format!("{PAGE}/{}/drop", self.id);
        html! {
            details.explain { summary { (Icon::Trash) (t(lang, Key::Drop)) (unfolds()) } div {
                div.field {
                    label for="f-reason" { (t(lang, material_words::Key::Reason)) }
                    textarea.input id="f-reason" name="reason" rows="2" form=(FORM) {}
                }
                button.btn.danger type="submit" form=(FORM) formaction=(action) { span { (t(lang, Key::DropVerb)) } }
            } }
        }
    }
}
