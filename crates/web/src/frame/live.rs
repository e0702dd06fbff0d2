//! Live parts: fragments that the page asks for again when a hint says that something changed.

use maud::{Markup, html};

/// A part of the page that follows `topics` (such as `case:ID`, several with spaces between).
///
/// On a hint the page asks for `from` (or for itself) and takes the element with the same `id` out of the answer.
pub fn live(id: &str, topics: &str, from: Option<&str>, body: Markup) -> Markup {
    html! { div id=(id) data-live=(topics) data-live-from=[from] { (body) } }
}

/// The topic of a case.
pub fn case_topic(case: impl std::fmt::Display) -> String {
    format!("case:{case}")
}

/// The topic of a person's inbox: tasks and notices.
pub fn inbox_topic(person: impl std::fmt::Display) -> String {
    format!("inbox:{person}")
}
