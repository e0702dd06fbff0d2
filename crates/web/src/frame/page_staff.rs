//! The page of the court's people: slim bar, rail of capabilities, one bar at the bottom of a phone.

use maud::{Markup, html};

use super::{
    dialog::keyboard,
    icon::{Icon, house_mark, unfolds},
    look::Theme,
    page::{Shell, document},
    tag::Count,
    verb::Verb,
};
use crate::messages::{Lang, frame, t};

/// One capability in the rail: icon, word, count.
#[derive(Clone, Debug)]
pub struct RailItem<'a> {
    /// Where it is.
    pub href: &'a str,
    /// Its icon.
    pub icon: Icon,
    /// Its word.
    pub words: &'a str,
    /// How much waits there; 0 shows nothing.
    pub count: usize,
    /// Whether the reader is in it.
    pub here: bool,
    /// The letter that goes there after `G`; a space for none.
    pub letter: char,
    /// A line before it: another group begins.
    pub apart: bool,
}

/// What stands around a staff page.
#[derive(Clone, Debug, Default)]
pub struct StaffFrame<'a> {
    /// The reader's name.
    pub name: &'a str,
    /// Their role.
    pub role: &'a str,
    /// New notices.
    pub notices: u32,
    /// Capabilities, in order.
    pub rail: Vec<RailItem<'a>>,
    /// Icons alone, whatever the reader chose: reader, draft, review, service desk.
    pub folded: bool,
    /// The verb at the bottom of a phone.
    pub verb: Option<Verb<'a>>,
    /// Where the work bench is.
    pub home: &'a str,
    /// Where the search is; `?q=` is added.
    pub search: &'a str,
    /// What is searched for just now.
    pub searched: &'a str,
    /// Where the notices are.
    pub notices_at: &'a str,
    /// Where help is.
    pub help_at: &'a str,
    /// Where signing out posts to.
    pub sign_out_at: &'a str,
}

/// A staff page. `content` stands inside the usual margins.
pub fn staff_page(shell: &Shell<'_>, staff: &StaffFrame<'_>, content: Markup) -> Markup {
    staff_page_full(shell, staff, html! { div.inside { (content) } })
}

/// A staff page whose content reaches the edges: a case head first, the reader, the review desk.
/// Put what needs margins into `div.inside`.
pub fn staff_page_full(shell: &Shell<'_>, staff: &StaffFrame<'_>, content: Markup) -> Markup {
    let lang = shell.lang();
    let folded = staff.folded || shell.look.folded;
    document(
        shell,
        "staff",
        false,
        html! {
            div.frame.folded[folded] {
                (bar(shell, staff))
                (rail(shell, staff, folded))
                main #main tabindex="-1" { (content) }
            }
            (bottom(lang, staff))
            (keyboard(lang, staff.search))
        },
    )
}

fn bar(shell: &Shell<'_>, staff: &StaffFrame<'_>) -> Markup {
    let lang = shell.lang();
    html! {
        header.bar {
            a.brand href=(staff.home) { (house_mark()) span { (shell.court) } }
            form.find role="search" action=(staff.search) aria-label=(t(lang, frame::Key::Search)) {
                (Icon::Search)
                input.input type="search" name="q" value=(staff.searched) placeholder=(t(lang, frame::Key::SearchWhat)) aria-label=(t(lang, frame::Key::Search)) data-search;
                kbd { "/" }
            }
            div.me {
                a.on-phone href=(staff.search) { (Icon::Search) span.unseen { (t(lang, frame::Key::Search)) } }
                a href=(staff.notices_at) {
                    (Icon::Bell) " " span.on-desk { (t(lang, frame::Key::Notices)) } span.unseen.on-phone { (t(lang, frame::Key::Notices)) } @if staff.notices > 0 { " " (Count(staff.notices)) }
                }
                a.on-desk href=(staff.help_at) { (Icon::Help) " " (t(lang, frame::Key::Help)) }
                (me(shell, staff))
            }
        }
    }
}

/// The reader's own menu: language, type, light, and out.
fn me(shell: &Shell<'_>, staff: &StaffFrame<'_>) -> Markup {
    let lang = shell.lang();
    let large = shell.look.large;
    let (theme, words, icon) = match shell.look.theme {
        Theme::Dark => ("light", frame::Key::Light, Icon::Device),
        Theme::Auto | Theme::Light => ("dark", frame::Key::Dark, Icon::Moon),
    };
    html! {
        details.menu {
            summary { span.who.bold { (staff.name) } span.faint.on-desk { (staff.role) } (unfolds()) }
            div {
                (shell.language_switch(""))
                (shell.switch("large", if large { "0" } else { "1" }, "", Some(large), html! { (Icon::LargeType) (t(lang, frame::Key::LargeType)) }))
                (shell.switch("theme", theme, "", None, html! { (icon) (t(lang, words)) }))
                a href="/tokens" { (Icon::Lock) (t(lang, frame::Key::Tokens)) }
                form.inline method="post" action=(staff.sign_out_at) { button type="submit" { (Icon::Logout) (t(lang, frame::Key::SignOut)) } }
            }
        }
    }
}

fn rail(shell: &Shell<'_>, staff: &StaffFrame<'_>, folded: bool) -> Markup {
    let lang = shell.lang();
    html! {
        nav.rail #rail aria-label=(t(lang, frame::Key::Functions)) {
            @for item in &staff.rail {
                @if item.apart { hr; }
                a href=(item.href) title=[folded.then_some(item.words)] aria-current=[item.here.then_some("page")] data-go=[letter(item)] aria-label=[folded.then_some(item.words)] {
                    (item.icon) span { (item.words) } @if item.count > 0 { b { (item.count) } }
                }
            }
            @if !staff.folded { (fold_switch(shell)) }
            a.closes href="#main" { (Icon::Close) span { (t(lang, frame::Key::Close)) } }
        }
    }
}

fn letter(item: &RailItem<'_>) -> Option<String> {
    (item.letter != ' ').then(|| item.letter.to_string())
}

fn fold_switch(shell: &Shell<'_>) -> Markup {
    let (icon, words, value) =
        if shell.look.folded { (Icon::Unfold, frame::Key::Unfold, "0") } else { (Icon::Fold, frame::Key::Fold, "1") };
    let words = t(shell.lang(), words);
    shell.switch(
        "folded",
        value,
        "last on-desk",
        None,
        html! { (icon) span { (words) } @if shell.look.folded { span.unseen { (words) } } },
    )
}

fn bottom(lang: Lang, staff: &StaffFrame<'_>) -> Markup {
    html! {
        nav.bottom.alone[staff.verb.is_none()] aria-label=(t(lang, frame::Key::Menu)) {
            a.btn href="#rail" { (Icon::Menu) (t(lang, frame::Key::Menu)) }
            @if let Some(verb) = &staff.verb { (verb.clone().primary()) }
        }
    }
}
