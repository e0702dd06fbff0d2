//! Tabs, filters and figures: places to go with a number.

use maud::{Markup, html};

use super::icon::Icon;
use crate::messages::{Lang, frame, t};

/// One tab.
#[derive(Clone, Debug)]
pub struct Tab<'a> {
    /// Its words.
    pub name: &'a str,
    /// Where it is.
    pub href: &'a str,
    /// A number or `8/8` after the words.
    pub count: &'a str,
    /// Whether it is the one shown.
    pub here: bool,
}

/// A line of tabs; it scrolls sideways on a phone.
pub fn tabs(label: &str, tabs: &[Tab<'_>]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in tabs {
                a href=(tab.href) aria-current=[tab.here.then_some("page")] { (tab.name) @if !tab.count.is_empty() { " " small { (tab.count) } } }
            }
        }
    }
}

/// Filters above a list: a search of its own and chips that stay as links.
pub fn filters(lang: Lang, search: Option<(&str, &str)>, chips: &[Tab<'_>], end: Markup) -> Markup {
    html! {
        div.filters {
            @if let Some((words, value)) = search { (search_field(lang, words, value)) }
            @for chip in chips {
                a.chip href=(chip.href) aria-current=[chip.here.then_some("true")] { (chip.name) @if !chip.count.is_empty() { " " (chip.count) } }
            }
            div.push.line { (end) }
        }
    }
}

/// A search within the list; `words` is its placeholder and name.
pub fn search_field(lang: Lang, words: &str, value: &str) -> Markup {
    let label = if words.is_empty() { t(lang, frame::Key::Search) } else { words };
    html! { form.find role="search" aria-label=(label) { (Icon::Search) input.input type="search" name="q" value=(value) placeholder=(label) aria-label=(label); } }
}
