//! Rows: what it is, what is next, by when, and one verb; the rest behind "…". And items: a party's way on.

use maud::{Markup, html};

use super::{dialog::menu, icon::Icon, icon::chevron, verb::Verb};
use crate::messages::{Lang, frame, t};

/// One row of a pile.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    /// What it is: a case, a paper, an application.
    pub what: &'a str,
    /// Where it opens.
    pub href: &'a str,
    /// The second line, joined by dots. Case numbers first; they never break.
    pub facts: Vec<&'a str>,
    /// The state, usually [`super::tag::Due::tag`] or [`super::tag::tag`].
    pub state: Option<Markup>,
    /// By when or where, under the state.
    pub by: &'a str,
    /// The one verb.
    pub verb: Option<Verb<'a>>,
    /// What else can be done.
    pub more: Vec<Verb<'a>>,
    /// New since the reader's last visit: a soft mark, never a jump.
    pub fresh: bool,
}

/// Rows with keyboard movement (`J`, `K`, `Enter`).
pub fn rows(lang: Lang, rows: &[Row<'_>]) -> Markup {
    html! {
        ul.rows {
            @for row in rows {
                li.row.fresh[row.fresh] data-row {
                    div.text {
                        a.what href=(row.href) { (row.what) }
                        div.facts { @for fact in &row.facts { span { (fact) } } }
                    }
                    div.due { @if let Some(state) = &row.state { (state) } div.muted { (row.by) } }
                    div.verb-cell { @if let Some(verb) = &row.verb { (verb.clone().row().about(row.what)) } }
                    div.more-cell { @if !row.more.is_empty() { (menu(t(lang, frame::Key::MoreActs), &row.more)) } }
                }
            }
        }
    }
}

/// One short line: what happened and when.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// A word before it, as [`super::tag::kind`].
    pub kind: Option<Markup>,
    /// What.
    pub words: Markup,
    /// When, or a figure, at the end.
    pub end: Option<Markup>,
    /// New since the last visit.
    pub fresh: bool,
    /// Where a click leads, if the whole line leads there.
    pub href: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// A plain line.
    pub fn new(words: Markup) -> Self {
        Self { kind: None, words, end: None, fresh: false, href: None }
    }
}

/// Short lines: changes since the last visit, notices, people we wait for.
pub fn lines(lines: &[Line<'_>]) -> Markup {
    html! {
        ul.rows {
            @for line in lines {
                li.line.fresh[line.fresh] data-row {
                    @if let Some(kind) = &line.kind { (kind) }
                    span.grow.words { @if let Some(href) = line.href { a href=(href) { (line.words) } } @else { (line.words) } }
                    @if let Some(end) = &line.end { span.faint.small.number { (end) } }
                }
            }
        }
    }
}

/// One way on, as wide as the sheet: a party's list, a catalogue of tools.
#[derive(Clone, Debug, Default)]
pub struct Item<'a> {
    /// Where it leads; nothing for a line that only says something.
    pub href: Option<&'a str>,
    /// An icon before the words.
    pub icon: Option<Icon>,
    /// The words.
    pub title: &'a str,
    /// What it means, in smaller words; several lines if several.
    pub notes: Vec<&'a str>,
    /// The state at the end.
    pub state: Option<Markup>,
}

/// Items, one tap each.
pub fn items(items: &[Item<'_>]) -> Markup {
    html! {
        ul.items {
            @for item in items {
                li {
                    @if let Some(href) = item.href { a.item href=(href) { (face(item)) (chevron()) } }
                    @else { div.item { (face(item)) } }
                }
            }
        }
    }
}

fn face(item: &Item<'_>) -> Markup {
    html! {
        @if let Some(icon) = item.icon { (icon) }
        span.grow { b { (item.title) } @for note in &item.notes { span.muted { (note) } } }
        @if let Some(state) = &item.state { (state) }
    }
}
