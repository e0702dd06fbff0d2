//! The page of a party, and the plain page of whoever is not signed in: one reading column, large targets, a telephone.

use maud::{Markup, html};

use super::{
    icon::Icon,
    page::{Shell, document},
    tag::Count,
    verb::Verb,
};
use crate::messages::{frame, t};

/// One link of the party's main navigation.
#[derive(Clone, Debug)]
pub struct PartyLink<'a> {
    /// Its words.
    pub words: &'a str,
    /// Where it leads.
    pub href: &'a str,
    /// How much is new there; 0 shows nothing.
    pub count: u32,
    /// Whether the reader is there.
    pub here: bool,
}

/// What stands around a party's page.
#[derive(Clone, Debug, Default)]
pub struct PartyFrame<'a> {
    /// The reader's name; empty before signing in.
    pub name: &'a str,
    /// Where "back" leads, with its word (`返回`, `上一步`); the front page has none.
    pub back: Option<(&'a str, &'a str)>,
    /// The line in the header: where one is (`起诉：民间借贷`). Empty: the court's name alone.
    pub place: &'a str,
    /// Main navigation; on a phone it stands at the foot of the page.
    pub links: Vec<PartyLink<'a>>,
    /// The telephone of the case's own clerk, in place of the court's ([`Shell::call`]).
    pub call: Option<(&'a str, &'a str)>,
    /// The one primary verb.
    pub verb: Option<Verb<'a>>,
    /// A second verb that is as easy as the first (`先不签`); takes the place of the telephone in the bar.
    pub other: Option<Verb<'a>>,
    /// Where signing out posts to; empty before signing in.
    pub sign_out_at: &'a str,
}

/// A party's page: the reading column and, if any, help beside it.
pub fn party_page(shell: &Shell<'_>, party: &PartyFrame<'_>, main: Markup, aside: Option<Markup>) -> Markup {
    let shape = if aside.is_some() { "reading" } else { "reading one" };
    party_document(shell, party, shape, main, aside)
}

/// A page as wide as the screen allows, for a lawyer's tables.
pub fn party_page_wide(shell: &Shell<'_>, party: &PartyFrame<'_>, main: Markup) -> Markup {
    party_document(shell, party, "reading full", main, None)
}

/// A page of its own for everybody: sign-in, problems, public tools.
pub fn plain_page(shell: &Shell<'_>, main: Markup) -> Markup {
    party_document(shell, &PartyFrame::default(), "reading one", main, None)
}

fn party_document(
    shell: &Shell<'_>,
    party: &PartyFrame<'_>,
    shape: &str,
    main: Markup,
    aside: Option<Markup>,
) -> Markup {
    let has_bar = call(shell, party).is_some() || party.verb.is_some();
    document(
        shell,
        "party",
        has_bar,
        html! {
            (masthead(shell, party))
            div class=(shape) {
                main #main tabindex="-1" { (main) @if has_bar { (callbar(shell, party)) } }
                @if let Some(aside) = aside { aside { (aside) } }
            }
            (foot(shell, party))
        },
    )
}

fn masthead(shell: &Shell<'_>, party: &PartyFrame<'_>) -> Markup {
    let lang = shell.lang();
    let large = shell.look.large;
    html! {
        header.masthead {
            div {
                @if let Some((words, href)) = party.back { a.tool href=(href) { (Icon::Back) (words) } }
                (court(shell, party))
                @if !party.links.is_empty() { nav aria-label=(t(lang, frame::Key::MyPages)) { (links(party)) } }
                @if !party.name.is_empty() { span.muted.small.number.on-desk { (party.name) } }
                (shell.switch("large", if large { "0" } else { "1" }, "tool", Some(large), html! { (Icon::LargeType) (t(lang, frame::Key::LargeType)) }))
                (shell.language_switch("tool"))
            }
        }
    }
}

fn court(shell: &Shell<'_>, party: &PartyFrame<'_>) -> Markup {
    html! {
        @if party.place.is_empty() { a.court href="/" { (shell.court) small { (t(shell.lang(), frame::Key::OnlineService)) } } }
        @else { div.court { (party.place) small { (shell.court) } } }
    }
}

/// The clerk of the case, else the court's own number.
fn call<'a>(shell: &Shell<'a>, party: &PartyFrame<'a>) -> Option<(&'a str, &'a str)> {
    party.call.or(shell.call)
}

fn links(party: &PartyFrame<'_>) -> Markup {
    html! { @for link in &party.links { a href=(link.href) aria-current=[link.here.then_some("page")] { (face(link)) } } }
}

fn face(link: &PartyLink<'_>) -> Markup {
    html! { (link.words) @if link.count > 0 { " " (Count(link.count)) } }
}

/// On a phone one fixed bar: the call left, the verb right. On a desk it ends the column.
fn callbar(shell: &Shell<'_>, party: &PartyFrame<'_>) -> Markup {
    html! {
        div.callbar {
            @if let Some(other) = &party.other { (other) }
            @else if let Some((words, number)) = call(shell, party) { a.btn href={ "tel:" (number) } { (Icon::Phone) span { (words) } } }
            @if let Some(verb) = &party.verb { (verb.clone().primary()) }
        }
    }
}

fn foot(shell: &Shell<'_>, party: &PartyFrame<'_>) -> Markup {
    let lang = shell.lang();
    html! {
        footer.foot {
            @for link in &party.links { a.on-phone href=(link.href) { (face(link)) } }
            @if let (Some((words, number)), true) = (call(shell, party), party.other.is_some()) { a href={ "tel:" (number) } { (words) } }
            @if !party.sign_out_at.is_empty() { form.inline method="post" action=(party.sign_out_at) { button type="submit" { (t(lang, frame::Key::SignOut)) } } }
        }
    }
}
