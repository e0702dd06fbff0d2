//! What a paper that waits says about itself, offered to the clerk who takes it in: the kind and title with one key, the
//! rest to look at in its place. Nothing of it fills a form by itself.

use xiezhi_app::{
    ports::{PageText, Source},
    texts,
};
use xiezhi_documents::elements::{self, Element, What};
use xiezhi_domain::paper::PaperKind;

use super::{about::serde_code, reader::ReaderView};
use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{
        amount, day,
        elements::{self as words, Key},
        kinds::kind_name,
        t, Lang,
    },
};

/// Elements shown; a long contract says hundreds of things.
const SHOWN: usize = 24;
/// Pages that are looked at: what a paper is, it says at its beginning.
const PAGES: usize = 20;

/// What is offered.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct OfferView {
    /// The kind that its title names.
    pub kind: Option<PaperKind>,
    /// Its title.
    pub title: Option<String>,
    /// What else it says, each with the place it stands at.
    pub elements: Vec<Element>,
    /// Whether any of its text was recognised in a picture, and may err.
    pub recognised: bool,
}

impl OfferView {
    /// What a text layer says.
    pub fn of(layer: &[PageText]) -> Self {
        let pages: Vec<String> = layer.iter().take(PAGES).map(|page| texts::lines(&page.runs)).collect();
        let all = elements::offered(&elements::read(&pages));
        let titled = all.iter().find_map(|element| match element.what {
            What::Kind { kind } => Some((kind, element.written.clone())),
            _ => None,
        });
        let is_more = |element: &Element| !matches!(element.what, What::Kind { .. });
        Self {
            kind: titled.as_ref().map(|(kind, _)| *kind),
            title: titled.map(|(_, title)| title),
            elements: all.into_iter().filter(is_more).take(SHOWN).collect(),
            recognised: layer.iter().any(|page| page.source == Source::Recognised),
        }
    }

    /// The panel beside the page; `action` takes kind and title.
    pub(super) fn sheet(&self, to: &Showing, paper: &ReaderView, action: &str) -> Markup {
        let lang = to.lang();
        if self.kind.is_none() && self.elements.is_empty() {
            return html! {};
        }
        let is_news = |kind: PaperKind, title: &str| kind != paper.kind || title != paper.title;
        let news = self.kind.zip(self.title.as_deref()).filter(|(kind, title)| is_news(*kind, title));
        Sheet::new(t(lang, Key::Offered)).note(t(lang, Key::OfferedNote)).body(html! {
            @if let Some((kind, title)) = news {
                form method="post" action=(action) {
                    (to.command_field())
                    input type="hidden" name="kind" value=(serde_code(kind));
                    input type="hidden" name="title" value=(title);
                    button.btn.primary type="submit" data-key="e" { (t(lang, Key::Take)) " " span lang="zh-CN" { "《" (title) "》" } " · " (kind_name(lang, kind)) kbd.on-desk { "E" } }
                }
            }
            ul.lines { @for element in &self.elements { (self.line(to, paper, element)) } }
            @if self.recognised { p.faint.small { (t(lang, Key::CheckNumbers)) } }
        })
    }

    fn line(&self, to: &Showing, paper: &ReaderView, element: &Element) -> Markup {
        let lang = to.lang();
        let href = paper.place_of(element.page, &element.written);
        html! {
            li { span.muted { (label(lang, &element.what)) " " } a href=(href) { (value(lang, element)) } " " span.faint.number.small { (crate::messages::material::thumb(lang, element.page)) } }
        }
    }
}

fn label(lang: Lang, what: &What) -> &'static str {
    t(lang, match what {
        What::Kind { .. } => Key::Kind,
        What::Party { .. } => Key::Party,
        What::CaseNumber { .. } => Key::CaseNumber,
        What::Day { .. } => Key::Day,
        What::Amount { .. } => Key::Amount,
        What::IdNumber { valid: true } => Key::IdNumber,
        What::IdNumber { valid: false } => Key::WrongIdNumber,
        What::CreditCode => Key::CreditCode,
        What::Phone => Key::Phone,
        What::Account => Key::Account,
    })
}

fn value(lang: Lang, element: &Element) -> Markup {
    match &element.what {
        What::Party { part, name } => html! { span lang="zh-CN" { (part) " " (name) } },
        What::Amount { fen } => html! { (words::read_as(lang, &element.written, &amount(lang, *fen))) },
        What::Day { day: on } => html! { time datetime=(on) { (day(*on)) } },
        What::CaseNumber { number } => html! { span lang="zh-CN" { (number) } },
        _ => html! { span.number { (element.written) } },
    }
}
