//! Parties by role and name.

use maud::{Markup, html};

use crate::messages::{Lang, roles};

/// A party as a view tells it, 被告 李四: its role in the reader's language, its name in its own.
pub fn known_as(lang: Lang, told: &str) -> Markup {
    match (lang, roles::parted(lang, told)) {
        (Lang::En, (Some(role), name)) => html! { (role) " " span lang="zh-CN" { (name) } },
        _ => html! { span lang="zh-CN" { (told) } },
    }
}

/// Several of them.
pub fn all_known_as(lang: Lang, told: &[String]) -> Markup {
    html! { @for (at, one) in told.iter().enumerate() { @if at > 0 { (lang.pick("、", ", ")) } (known_as(lang, one)) } }
}
