//! Working: how a date or a sum came about, line by line, each line with its source.

use maud::{Markup, html};

/// One line of a computation.
#[derive(Clone, Debug, Default)]
pub struct WorkingLine<'a> {
    /// What is done.
    pub words: &'a str,
    /// What comes out; empty where the words say it.
    pub result: &'a str,
    /// The article it rests on.
    pub source: &'a str,
}

impl<'a> WorkingLine<'a> {
    /// A line with its result.
    pub fn new(words: &'a str, result: &'a str) -> Self {
        Self { words, result, source: "" }
    }

    /// The article it rests on.
    pub fn source(mut self, source: &'a str) -> Self {
        self.source = source;
        self
    }
}

/// The computation; the last line is the outcome. Staff see a column of results, parties numbered sentences.
pub fn working(lines: &[WorkingLine<'_>]) -> Markup {
    let last = lines.len().saturating_sub(1);
    html! {
        ol.working {
            @for (i, line) in lines.iter().enumerate() {
                li.sum[i == last] {
                    span { (line.words) @if !line.source.is_empty() { span.source { (line.source) } } }
                    span.result { (line.result) }
                }
            }
        }
    }
}

/// A large figure that remains, with its unit: `115 天`.
pub fn remaining(figure: &str, unit: &str) -> Markup {
    html! { span.remaining { (figure) small { " " (unit) } } }
}

/// One condition of the next step.
#[derive(Clone, Debug)]
pub struct Condition<'a> {
    /// What must be there.
    pub words: &'a str,
    /// Whether it is.
    pub met: bool,
    /// How far, or since when.
    pub note: &'a str,
    /// Where it can be done, and in which words.
    pub way: Option<(&'a str, &'a str)>,
}

/// The conditions of the next step: what is there, and what is open with its way.
pub fn conditions(conditions: &[Condition<'_>]) -> Markup {
    html! {
        ul.conditions {
            @for it in conditions {
                li.open[!it.met] {
                    @if it.met { (super::icon::Icon::Done) } @else { (super::icon::Icon::Open) }
                    span.grow { (it.words) }
                    @if let Some((words, href)) = it.way { a href=(href) { (words) } } @else { span.push { (it.note) } }
                }
            }
        }
    }
}
