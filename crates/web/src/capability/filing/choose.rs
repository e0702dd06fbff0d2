//! Choosing the cause of action (案由): the common ones, a search, and the tree, level by level.

use serde::Serialize;
use utoipa::ToSchema;
use xiezhi_domain::law::cause::{self, Cause};

use super::draft::Draft;
use crate::{
    frame::prelude::*,
    http::{
        prelude::{Showing, View},
        showing::PageParts,
    },
    messages::{
        Lang,
        filing::{self, Key},
        names, t,
    },
};

/// Causes offered before anyone searches: the frequent ones, which have a form of their own.
const COMMON: [&str; 6] =
    ["民间借贷纠纷", "买卖合同纠纷", "离婚纠纷", "劳动争议", "物业服务合同纠纷", "机动车交通事故责任纠纷"];
/// Most causes that a search shows.
const FOUND: usize = 40;

/// A cause of the tree.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CauseLine {
    /// Its code.
    pub code: String,
    /// Its name, in the words of the rules.
    pub name: String,
    /// The names above it, from the part down.
    pub above: Vec<String>,
    /// Whether an application may carry it.
    pub usable: bool,
    /// Whether there are more particular ones below.
    pub has_below: bool,
    /// Whether its element-type form is there.
    pub has_form: bool,
}

impl From<&'static Cause> for CauseLine {
    fn from(it: &'static Cause) -> Self {
        let mut above: Vec<String> = cause::path(&it.code).iter().map(|cause| cause.name_zh.clone()).collect();
        above.pop();
        Self {
            code: it.code.clone(),
            name: it.name_zh.clone(),
            above,
            usable: it.is_usable(),
            has_below: cause::children(&it.code).next().is_some(),
            has_form: cause::form_for(it).is_some(),
        }
    }
}

/// Choosing the cause.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChooseView {
    /// The draft whose cause is chosen anew; a new one if none.
    pub draft: Option<String>,
    /// Words searched for.
    pub words: String,
    /// The causes that answer the words, or the common ones.
    pub found: Vec<CauseLine>,
    /// The cause under which one browses, with those above it first; the whole tree if empty.
    pub path: Vec<CauseLine>,
    /// The causes directly below.
    pub below: Vec<CauseLine>,
    /// Drafts not finished yet: address and cause.
    pub drafts: Vec<(String, String)>,
}

impl ChooseView {
    /// The causes that answer `words`, and those below `at`.
    pub fn of(draft: Option<String>, words: String, at: &str, drafts: &[(String, Draft)]) -> Self {
        let common = || COMMON.iter().filter_map(|name| cause::all().iter().find(|cause| cause.name_zh == *name));
        let blank = words.trim().is_empty();
        let found = if blank { common().collect() } else { cause::search(&words, FOUND) };
        let lines = |causes: Vec<&'static Cause>| causes.into_iter().map(CauseLine::from).collect();
        let named = |draft: &Draft| cause::find(draft.value("cause")).map_or(String::new(), |it| it.name_zh.clone());
        let path = cause::path(at);
        let at = path.last().map_or("", |cause| cause.code.as_str());
        Self {
            draft,
            words,
            found: lines(found),
            below: lines(cause::children(at).collect()),
            path: lines(path),
            drafts: drafts.iter().map(|(id, draft)| (format!("/filings/{id}"), named(draft))).collect(),
        }
    }

    /// Where one looks, and where the choice goes.
    fn addresses(&self) -> (String, String) {
        match &self.draft {
            Some(id) => (format!("/filings/{id}/cause"), format!("/filings/{id}/cause")),
            None => ("/filings/new".to_owned(), "/filings".to_owned()),
        }
    }
}

impl View for ChooseView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let (here, _) = self.addresses();
        let search = form_get(
            &here,
            html! {
                (Field::new("q", t(lang, Key::ChooseCause)).help(t(lang, Key::ChooseHelp)).value(&self.words).text())
                (Verb::submit(t(lang, Key::Search)).primary())
            },
        );
        let title = if self.words.trim().is_empty() { t(lang, Key::Common) } else { &self.words };
        let browsing = !self.path.is_empty();
        let back = self.draft.as_ref().map_or("/home".to_owned(), |id| format!("/filings/{id}"));
        let parts = PageParts { back: Some((t(lang, Key::Leave), &back)), ..PageParts::default() };
        let heading = if self.draft.is_some() { Key::ChangeCause } else { Key::Title };
        to.page_with(
            t(lang, heading),
            parts,
            stack(html! {
                h1 { (t(lang, heading)) }
                @if self.draft.is_some() { p.muted { (t(lang, Key::KeptOnChange)) } } @else { (self.unfinished(to)) }
                (bare_sheet(search))
                @if !browsing { (Sheet::new(title).id("found").body(self.choices(to, &self.found, true))) }
                (Sheet::new(t(lang, Key::Browse)).id("tree").body(self.tree(to, &here)))
            }),
        )
    }
}

impl ChooseView {
    fn unfinished(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let rows: Vec<Item<'_>> = self
            .drafts
            .iter()
            .map(|(href, name)| Item { href: Some(href), icon: Some(Icon::Pencil), title: name, ..Item::default() })
            .collect();
        html! { @if !rows.is_empty() { (Sheet::new(t(lang, Key::Drafts)).flush(items(&rows))) } }
    }

    fn choices(&self, to: &Showing, causes: &[CauseLine], with_path: bool) -> Markup {
        let lang = to.lang();
        html! {
            ul.causes {
                @for it in causes { li {
                    span.grow { (self.choose(to, it)) @if with_path { small.faint lang="zh-CN" { (it.above.join(" › ")) } } }
                    @if it.has_form { (kind(t(lang, Key::HasForm))) }
                } }
            }
            @if causes.is_empty() { p { (t(lang, Key::Nothing)) } }
        }
    }

    /// The verb that takes a cause.
    fn choose(&self, to: &Showing, it: &CauseLine) -> Markup {
        let (_, action) = self.addresses();
        html! {
            form.inline method="post" action=(action) {
                (to.command_field())
                input type="hidden" name="cause" value=(it.code);
                button.btn type="submit" lang="zh-CN" { (it.name) }
                @if let Some(english) = english(to, &it.name) { " " small.faint { (english) } }
            }
        }
    }

    /// The path down to here, what may be taken here, and what lies below.
    fn tree(&self, to: &Showing, here: &str) -> Markup {
        let lang = to.lang();
        let at = |code: &str| format!("{here}?at={code}#tree");
        html! {
            @if !self.path.is_empty() {
                nav.trail aria-label=(t(lang, Key::Browse)) {
                    a href={ (here) "#tree" } { (t(lang, Key::AllKinds)) }
                    @for it in &self.path { " › " a href=(at(&it.code)) lang="zh-CN" { (it.name) } }
                }
            }
            @if let Some(it) = self.path.last().filter(|it| it.usable) {
                div.line.wrap { (t(lang, Key::TakeThis)) " " (self.choose(to, it)) }
                @if !self.below.is_empty() { p.muted { (t(lang, Key::Below)) } }
            }
            ul.causes {
                @for it in &self.below { li {
                    @if it.has_below { a.grow href=(at(&it.code)) { span { span lang="zh-CN" { (it.name) } @if let Some(english) = english(to, &it.name) { " " small.faint { (english) } } } (chevron()) } }
                    @else { span.grow { (self.choose(to, it)) } }
                    @if it.has_form { (kind(t(lang, Key::HasForm))) }
                } }
            }
        }
    }
}

/// What a cause is called in English, beside its name, for whoever reads English.
fn english(to: &Showing, name: &str) -> Option<String> {
    Some(to.lang()).filter(|lang| *lang == Lang::En).and_then(|_| names::cause_in_english(name))
}

/// The line in the header of a draft's pages: what it is about.
pub fn place(to: &Showing, draft: &Draft) -> String {
    let cause = cause::find(draft.value("cause")).map_or("—", |cause| cause.name_zh.as_str());
    filing::cause(to.lang(), &names::cause(to.lang(), cause))
}
