//! Sheets: the only box there is.

use maud::{Markup, html};

use super::{icon::Icon, tag::State, tag::tag};

/// A sheet with a heading.
#[derive(Clone, Debug, Default)]
pub struct Sheet<'a> {
    /// The heading.
    pub title: &'a str,
    /// A quiet word after it.
    pub note: &'a str,
    /// A link at the right end: its words and where it leads.
    pub more: Option<(&'a str, &'a str)>,
    /// Anything else in the heading.
    pub extra: Option<Markup>,
    /// The id of the section, for links and live parts.
    pub id: Option<&'a str>,
}

impl<'a> Sheet<'a> {
    /// A sheet under `title`.
    pub fn new(title: &'a str) -> Self {
        Self { title, ..Self::default() }
    }

    /// A quiet word after the heading.
    pub fn note(mut self, note: &'a str) -> Self {
        self.note = note;
        self
    }

    /// A link at the right end of the heading.
    pub fn more(mut self, words: &'a str, href: &'a str) -> Self {
        self.more = Some((words, href));
        self
    }

    /// Something else in the heading, such as a tag or a legend.
    pub fn extra(mut self, extra: Markup) -> Self {
        self.extra = Some(extra);
        self
    }

    /// The id of the section.
    pub fn id(mut self, id: &'a str) -> Self {
        self.id = Some(id);
        self
    }

    /// With rows, a table or items, which reach its edges.
    pub fn flush(self, body: Markup) -> Markup {
        html! {
            section.sheet id=[self.id] {
                header {
                    h2 { (self.title) }
                    @if !self.note.is_empty() { span.faint.small { (self.note) } }
                    @if let Some(extra) = &self.extra { (extra) }
                    @if let Some((words, href)) = self.more { a.more href=(href) { (words) } }
                }
                (body)
            }
        }
    }

    /// With text or a form, which keep a margin.
    pub fn body(self, body: Markup) -> Markup {
        self.flush(html! { div.in { (body) } })
    }
}

/// A sheet without a heading.
pub fn bare_sheet(body: Markup) -> Markup {
    html! { section.sheet { div.in { (body) } } }
}

/// One large thing said: the state, the sentence, and what follows from it.
pub fn say(state: State, state_words: &str, big: &str, body: Markup) -> Markup {
    html! {
        section class={ "sheet say " (state.class()) } {
            div.in { @if !state_words.is_empty() { (tag(state, state_words)) } h2.big { (big) } (body) }
        }
    }
}

/// A note on a tinted ground, such as how to know the real court.
pub fn note(icon: Icon, body: Markup) -> Markup {
    html! { div.note { (icon) div { (body) } } }
}

/// A note in the colour of a state: a restricted case, a record that is read-only.
pub fn note_of(state: State, body: Markup) -> Markup {
    html! { div class={ "note " (state.class()) } { (state.icon()) div { (body) } } }
}

/// Names and values, one pair a line.
pub fn pairs(pairs: &[(&str, Markup)]) -> Markup {
    html! { dl.pairs { @for (name, value) in pairs { dt { (name) } dd { (value) } } } }
}

/// The main column and a narrower one beside it; below each other on a phone.
pub fn columns(main: Markup, beside: Markup) -> Markup {
    html! { div.cols { div.stack { (main) } div.stack { (beside) } } }
}

/// One under the other, with the house's gap between.
pub fn stack(body: Markup) -> Markup {
    html! { div.stack { (body) } }
}

/// The head of a page that is not a case: title, a quiet line, and verbs at the right.
pub fn page_head(title: &str, note: &str, verbs: Markup) -> Markup {
    html! { div.head { h1 { (title) } @if !note.is_empty() { span.muted { (note) } } div.push.acts { (verbs) } } }
}
