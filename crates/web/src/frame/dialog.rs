//! What unfolds: an explanation, a menu, a dialogue. The first two need no script.

use maud::{Markup, html};

use super::{icon::Icon, icon::unfolds, verb::Verb};
use crate::messages::{Lang, frame, t};

/// A question that unfolds its answer: `为什么是3月23日？`.
pub fn explain(question: &str, answer: Markup) -> Markup {
    explain_open(question, answer, false)
}

/// The same, open from the start if `open`.
pub fn explain_open(question: &str, answer: Markup, open: bool) -> Markup {
    html! { details.explain open[open] { summary { (Icon::Help) (question) (unfolds()) } div { (answer) } } }
}

/// What one seldom does, folded under its name: a form, further fields.
pub fn unfold(name: &str, body: Markup) -> Markup {
    unfold_open(name, body, false)
}

/// The same, open from the start if `open`.
pub fn unfold_open(name: &str, body: Markup, open: bool) -> Markup {
    html! { details.explain open[open] { summary { (name) (unfolds()) } div { (body) } } }
}

/// Further verbs behind "…".
pub fn menu(words: &str, verbs: &[Verb<'_>]) -> Markup {
    html! {
        details.menu {
            summary.btn.quiet { (Icon::More) span.unseen { (words) } }
            div { @for verb in verbs { (verb.entry()) } }
        }
    }
}

/// A menu that shows its word.
pub fn menu_worded(icon: Icon, words: &str, body: Markup) -> Markup {
    html! { details.menu { summary.btn { (icon) (words) (unfolds()) } div { (body) } } }
}

/// A dialogue, opened by anything that says `data-opens=id`. The page must work without it.
pub fn dialog(lang: Lang, id: &str, title: &str, body: Markup) -> Markup {
    html! {
        dialog id=(id) aria-labelledby={ (id) "-title" } {
            header {
                h2 id={ (id) "-title" } { (title) }
                form method="dialog" { button.btn.quiet type="submit" { (Icon::Close) span.unseen { (t(lang, frame::Key::Close)) } } }
            }
            div.in { (body) }
        }
    }
}

/// The sheet of keys and the palette; once on every staff page.
pub(super) fn keyboard(lang: Lang, search: &str) -> Markup {
    let keys = [
        ("J / K", frame::Key::KeysMove),
        ("Enter", frame::Key::KeysOpen),
        ("/", frame::Key::KeysSearch),
        ("G", frame::Key::KeysGo),
        ("?", frame::Key::KeysSheet),
        ("Ctrl K", frame::Key::KeysPalette),
        ("Ctrl Enter", frame::Key::KeysPrimary),
        ("1 – 9", frame::Key::KeysMarked),
    ];
    let sheet = html! { dl.keys { @for (key, words) in keys { dt { kbd { (key) } } dd { (t(lang, words)) } } } };
    let palette = html! {
        input.input type="search" autocomplete="off" aria-label=(t(lang, frame::Key::KeysPalette));
        ul.palette-list data-search={ (search) "?q=" } data-words=(t(lang, frame::Key::Search)) {}
    };
    html! {
        (dialog(lang, "keys", t(lang, frame::Key::KeysTitle), sheet))
        (dialog(lang, "palette", t(lang, frame::Key::KeysPalette), palette))
    }
}
