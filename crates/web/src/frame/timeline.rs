//! The time line: what happened, by whom, newest first, with the mark of the record.

use maud::{Markup, html};

/// Who acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActedBy {
    /// The court (本院).
    Court,
    /// A party or someone else (当事人及他人).
    Other,
    /// Nobody yet: this comes next.
    Next,
}

/// One act.
#[derive(Clone, Debug)]
pub struct Act<'a> {
    /// The day or time as the reader should see it.
    pub when: &'a str,
    /// Who acted.
    pub by: ActedBy,
    /// What.
    pub title: &'a str,
    /// Where it leads.
    pub href: Option<&'a str>,
    /// By whom, how many pages, in which room.
    pub detail: &'a str,
    /// The mark of the record, as [`super::proof_mark::proof_mark`].
    pub mark: Option<Markup>,
}

/// The time line.
pub fn timeline(acts: &[Act<'_>]) -> Markup {
    html! { ol.timeline { @for act in acts { (entry(act)) } } }
}

fn entry(act: &Act<'_>) -> Markup {
    html! {
        li.court[act.by == ActedBy::Court].next[act.by == ActedBy::Next] {
            span.when { (act.when) }
            span.dot {}
            span {
                span.title { @if let Some(href) = act.href { a href=(href) { (act.title) } } @else { (act.title) } }
                @if !act.detail.is_empty() { span.detail { (act.detail) } }
            }
            span.mark { @if let Some(mark) = &act.mark { (mark) } }
        }
    }
}

/// What the two colours of the dots mean.
pub fn timeline_key(court: &str, others: &str) -> Markup {
    html! { span.key { i.court {} (court) } span.key { i {} (others) } }
}
