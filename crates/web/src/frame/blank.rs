//! Nothing to show, and why: empty, loading, failed, forbidden, archived. Never a dead end.

use maud::{Markup, html};

use super::{icon::Icon, tag::State, verb::Verb, verb::acts};
use crate::messages::{Lang, frame, t};

/// A page or a sheet that holds nothing, with the reason and what can be done.
#[derive(Clone, Debug)]
pub struct Blank<'a> {
    icon: Icon,
    state: Option<State>,
    title: &'a str,
    words: Markup,
    verbs: Vec<Verb<'a>>,
    first: bool,
}

impl<'a> Blank<'a> {
    fn new(icon: Icon, state: Option<State>, title: &'a str, words: &str) -> Self {
        Self { icon, state, title, words: html! { p { (words) } }, verbs: vec![], first: false }
    }

    /// There is nothing, and that is fine.
    pub fn empty(icon: Icon, title: &'a str, words: &str) -> Self {
        Self::new(icon, None, title, words)
    }

    /// Something went wrong on our side; nothing typed is lost.
    pub fn failed(title: &'a str, words: &str) -> Self {
        Self::new(Icon::Overdue, Some(State::Overdue), title, words)
    }

    /// The law says no, or not yet.
    pub fn refused(title: &'a str, words: &str) -> Self {
        Self::new(Icon::Stopped, Some(State::Stopped), title, words)
    }

    /// There is nothing here for this reader: unknown and forbidden look the same.
    pub fn not_found(title: &'a str, words: &str) -> Self {
        Self::new(Icon::Lock, Some(State::Stopped), title, words)
    }

    /// The file is in the archive.
    pub fn archived(title: &'a str, words: &str) -> Self {
        Self::new(Icon::Archive, Some(State::Stopped), title, words)
    }

    /// More to read under the words: a source, a telephone.
    pub fn more(mut self, more: Markup) -> Self {
        self.words = html! { (self.words) (more) };
        self
    }

    /// What can be done now; the first is the primary one.
    pub fn verbs(mut self, verbs: Vec<Verb<'a>>) -> Self {
        self.verbs = verbs;
        self
    }

    /// As a whole page: its title is the first heading.
    pub fn as_page(mut self) -> Self {
        self.first = true;
        self
    }

    /// Inside a sheet.
    pub fn show(self) -> Markup {
        let class = self.state.map_or("", State::class);
        html! {
            div class={ "blank " (class) } {
                (self.icon)
                @if self.first { h1 { (self.title) } } @else { h2 { (self.title) } }
                (self.words)
                @if !self.verbs.is_empty() { (acts(&self.verbs)) }
            }
        }
    }

    /// As a sheet of its own.
    pub fn sheet(self) -> Markup {
        html! { section.sheet { (self.show()) } }
    }
}

/// Lines that breathe while something is fetched.
pub fn loading(lang: Lang) -> Markup {
    html! { div.bones role="status" { span.unseen { (t(lang, frame::Key::Loading)) } @for _ in 0..6 { i {} } } }
}
