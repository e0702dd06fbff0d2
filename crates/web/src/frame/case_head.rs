//! The head of a case: number, parties, facts, banner, stage line, tabs and the primary verb of the stage.

use maud::{Markup, html};

use super::{dialog::menu, verb::Verb};
use crate::messages::{Lang, frame, t};

/// The head of a case page.
#[derive(Clone, Debug, Default)]
pub struct CaseHead<'a> {
    /// `案件` and where the list is.
    pub up: (&'a str, &'a str),
    /// The case number; it never breaks. Empty before one is given.
    pub number: &'a str,
    /// Tags beside the number.
    pub tags: Vec<Markup>,
    /// Who against whom.
    pub title: &'a str,
    /// Facts in one line: a name (may be empty) and its value.
    pub facts: Vec<(&'a str, &'a str)>,
    /// A banner over everything: sealed, restricted, read-only. As [`super::sheet::note_of`].
    pub banner: Option<Markup>,
    /// The stage line; on the overview alone.
    pub stages: Option<Markup>,
    /// The tabs.
    pub tabs: Option<Markup>,
    /// The primary verb of the stage.
    pub verb: Option<Verb<'a>>,
    /// What else can be done.
    pub more: Vec<Verb<'a>>,
}

impl CaseHead<'_> {
    /// Renders the head; put it first on the page, before the inner part.
    pub fn show(&self, lang: Lang) -> Markup {
        html! {
            section.case {
                @if let Some(banner) = &self.banner { div.banner { (banner) } }
                div.line {
                    div.grow { (self.crumbs()) h1 { (self.title) } }
                    div.primary-cell { @if let Some(verb) = &self.verb { (verb.clone().primary()) } }
                    @if !self.more.is_empty() { (menu(t(lang, frame::Key::MoreActs), &self.more)) }
                }
                div.facts-line { @for (name, value) in &self.facts { span { @if name.is_empty() { (value) } @else { (name) " " b { (value) } } } } }
                @if let Some(stages) = &self.stages { div { (stages) } }
                @if let Some(tabs) = &self.tabs { (tabs) }
            }
        }
    }

    fn crumbs(&self) -> Markup {
        html! {
            div.line.wrap.small {
                a href=(self.up.1) { (self.up.0) }
                @if !self.number.is_empty() { span.faint { "/" } span.number.bold { (self.number) } }
                @for tag in &self.tags { (tag) }
            }
        }
    }
}
