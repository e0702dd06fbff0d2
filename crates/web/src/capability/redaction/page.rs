//! The page on which a copy is prepared: the page at the left, what is hidden at the right, the copy last.

use maud::Markup;
use xiezhi_domain::{
    annotation::Area,
    material::{Hidden, HidingGround},
};

use super::{BlottedPageView, RedactionView, SoughtView};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        material::THUMB_PX,
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang,
        redaction::{self as words, Key},
        t,
    },
};

/// The width of the drawing's own measure.
const WIDE: f32 = 1000.0;
/// The width of the image in the light.
const IMAGE_PX: u32 = 900;
/// Most small pages that are shown at once.
const MOST_SMALL: usize = 60;

impl View for RedactionView {
    fn page(&self, to: &Showing) -> Markup {
        let parts = PageParts { wide: true, islands: vec![Island::Blots], ..PageParts::default() };
        case_page(to, &self.state, &self.reader, CaseTab::File, parts, self.body(to))
    }
}

impl RedactionView {
    fn own(&self) -> String {
        route(self.case, &format!("/file/{}", self.material))
    }

    fn body(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let paper = self.own();
        stack(html! {
            div.line { h2 { (t(lang, Key::Title)) } a.push href=(paper) { (Icon::Back) span lang="zh-CN" { (self.title) } } }
            p.muted { (t(lang, Key::Lead)) }
            @if !self.without_text.is_empty() {
                (note(Icon::Alert, html! { (t(lang, Key::WithoutText)) " " (listed(lang, &self.without_text)) }))
            }
            (columns(self.preview(to), html! { (self.found(to)) (self.words(to)) (self.boxes(to)) (self.confirm(to)) }))
        })
    }

    /// The page in the light, then every page on which something is hidden.
    fn preview(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let about = words::page_with(lang, self.here.page, self.here.areas.len());
        let choosing = form_get(&format!("{}/redaction", self.own()), html! {
            (Field::new("page", t(lang, Key::Page)).value(&self.here.page.to_string()).keyboard("numeric").text())
            (Verb::submit(t(lang, Key::GoToPage)))
        });
        Sheet::new(t(lang, Key::Preview)).id("preview").note(&about).body(html! {
            xz-blots { (self.drawing(&self.here, &about, IMAGE_PX)) }
            (choosing)
            @if !self.marked.is_empty() {
                h3 { (t(lang, Key::MarkedPages)) }
                ol.leaflets {
                    @for page in self.marked.iter().take(MOST_SMALL) {
                        @let about = words::page_with(lang, page.page, page.areas.len());
                        li { a href=(format!("{}/redaction?page={}#preview", self.own(), page.page)) { (self.drawing(page, &about, THUMB_PX)) span.number { (about) } } }
                    }
                }
            }
        })
    }

    /// A page under what hides parts of it.
    fn drawing(&self, page: &BlottedPageView, about: &str, width_px: u32) -> Markup {
        let tall = (WIDE * page.size.1.max(1.0) / page.size.0.max(1.0)).round();
        let part = |share: u16, whole: f32| f32::from(share) / 10_000.0 * whole;
        let src = format!("{}/pages/{}.jpg?w={width_px}", self.own(), page.page);
        html! {
            svg.blotted viewBox=(format!("0 0 {WIDE} {tall}")) role="img" aria-label=(about) {
                image href=(src) width=(WIDE) height=(tall) {}
                @for Area { x, y, w, h } in &page.areas {
                    rect.blot x=(part(*x, WIDE)) y=(part(*y, tall)) width=(part(*w, WIDE)) height=(part(*h, tall)) {}
                }
            }
        }
    }

    /// A form of one button that changes what is hidden.
    fn button(&self, to: &Showing, act: &str, fields: &[(&str, &str)], verb: Verb<'_>) -> Markup {
        html! {
            form.inline method="post" action={ (self.own()) "/redaction/marks" } {
                (to.command_field())
                input type="hidden" name="act" value=(act);
                input type="hidden" name="page" value=(self.here.page);
                @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
                (verb)
            }
        }
    }

    fn found(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let line = |sought: &SoughtView| {
            let (act, verb) = if sought.hidden { ("leave", Key::Leave) } else { ("hide", Key::Hide) };
            let mark = if sought.hidden { tag(Standing::Done, t(lang, Key::IsHidden)) } else { tag(Standing::Soon, t(lang, Key::IsLeft)) };
            // A number stands whole on its line; what is done about it below it.
            html! { li {
                div.line.wrap { (kind(t(lang, words::ground(sought.ground)))) span.number lang="zh-CN" { (sought.written) } }
                div.line.wrap {
                    span.muted.small { (hits(lang, sought)) } (mark)
                    span.push { (self.button(to, act, &[("word", &sought.written)], Verb::submit(t(lang, verb)).about(&sought.written))) }
                }
            } }
        };
        let none = html! { p.muted { (t(lang, Key::FoundNone)) } };
        let all = html! { ul.plain { @for sought in &self.found { (line(sought)) } } };
        Sheet::new(t(lang, Key::Found)).note(t(lang, Key::FoundNote)).body(if self.found.is_empty() { none } else { all })
    }

    fn words(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let grounds = grounds(lang);
        let grounds: Vec<Choice<'_>> = grounds.iter().map(|(code, words)| Choice::new(code, words)).collect();
        let action = format!("{}/redaction/marks", self.own());
        Sheet::new(t(lang, Key::Words)).note(t(lang, Key::WordsNote)).body(html! {
            @if !self.words.is_empty() { ul.points { @for (at, sought) in self.words.iter().enumerate() {
                li.line {
                    (kind(t(lang, words::ground(sought.ground)))) span lang="zh-CN" { (sought.written) }
                    span.muted.small { (hits(lang, sought)) }
                    (self.button(to, "drop-word", &[("at", &at.to_string())], Verb::submit(t(lang, Key::Drop)).about(&sought.written)))
                }
            } } }
            (form(FormTo { action: &action, wide: true, ..FormTo::default() }, html! {
                (to.command_field())
                input type="hidden" name="act" value="word";
                input type="hidden" name="page" value=(self.here.page);
                (side_by_side(html! {
                    (Field::new("word", t(lang, Key::Word)).required().max_length(100).text())
                    (Field::new("ground", t(lang, Key::Ground)).value("other").select(lang, &grounds))
                }))
                (Verb::submit(t(lang, Key::AddWord)))
            }))
        })
    }

    fn boxes(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let grounds = grounds(lang);
        let grounds: Vec<Choice<'_>> = grounds.iter().map(|(code, words)| Choice::new(code, words)).collect();
        let action = format!("{}/redaction/marks", self.own());
        let page = self.here.page.to_string();
        let part = |name: &'static str, label: Key| Field::new(name, t(lang, label)).keyboard("decimal").required().text();
        Sheet::new(t(lang, Key::Boxes)).note(t(lang, Key::BoxesNote)).id("boxes").body(html! {
            @if !self.boxes.is_empty() { ul.points { @for (at, hidden) in self.boxes.iter().enumerate() {
                @let about = words::box_at(lang, hidden.page);
                li.line {
                    (kind(t(lang, words::ground(hidden.ground)))) span { (place(lang, hidden)) }
                    (self.button(to, "drop-box", &[("at", &at.to_string())], Verb::submit(t(lang, Key::Drop)).about(&about)))
                }
            } } }
            (form(FormTo { id: Some("box"), action: &action, wide: true, ..FormTo::default() }, html! {
                (to.command_field())
                input type="hidden" name="act" value="box";
                (side_by_side(html! {
                    (Field::new("page", t(lang, Key::Page)).among(1).value(&page).keyboard("numeric").required().text())
                    (Field::new("ground", t(lang, Key::Ground)).among(1).value("privacy").select(lang, &grounds))
                }))
                (side_by_side(html! { (part("x", Key::BoxLeft)) (part("y", Key::BoxTop)) }))
                (side_by_side(html! { (part("w", Key::BoxWidth)) (part("h", Key::BoxHeight)) }))
                (Verb::submit(t(lang, Key::AddBox)))
            }))
        })
    }

    fn confirm(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = format!("{}/redaction", self.own());
        let count = words::all_places(lang, self.count, self.marked.len());
        let sending = form(FormTo { action: &action, wide: true, ..FormTo::default() }, html! {
            (to.command_field())
            input type="hidden" name="seen" value=(self.seen);
            (Field::new("title", t(lang, Key::CopyTitle)).help(t(lang, Key::CopyTitleHelp)).value(&self.copy_title).required().text())
            (Verb::submit(t(lang, Key::Make)).primary())
        });
        let none = html! { p.muted { (t(lang, Key::NoneMarked)) } };
        Sheet::new(t(lang, Key::MakeSheet)).note(&count).id("confirm").body(if self.count == 0 { none } else { sending })
    }
}

fn grounds(lang: Lang) -> Vec<(&'static str, &'static str)> {
    HidingGround::ALL.into_iter().map(|ground| (ground.code(), t(lang, words::ground(ground)))).collect()
}

fn listed(lang: Lang, pages: &[u32]) -> String {
    let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
    pages.join(lang.pick("、", ", "))
}

/// How often, and on which pages.
fn hits(lang: Lang, sought: &SoughtView) -> String {
    let mut pages: Vec<u32> = sought.places.iter().map(|place| place.page).collect();
    pages.dedup();
    match pages.is_empty() {
        true => words::no_hits(lang, &sought.written),
        false => words::hits(lang, sought.places.len(), &listed(lang, &pages)),
    }
}

fn place(lang: Lang, hidden: &Hidden) -> String {
    let percent = |part: u16| format!("{:.1}", f32::from(part) / 100.0);
    let Area { x, y, w, h } = hidden.area;
    words::place(lang, hidden.page, &percent(x), &percent(y), &percent(w), &percent(h))
}

/// What a copy was made of, beside the paper: the original only for whoever may see it.
pub(crate) fn derived(lang: Lang, original: &str, href: &str, hidden: &[Hidden]) -> Vec<(&'static str, Markup)> {
    let mut grounds: Vec<&str> = hidden.iter().map(|hidden| t(lang, words::ground(hidden.ground))).collect();
    grounds.sort_unstable();
    grounds.dedup();
    vec![
        (t(lang, Key::DerivedFrom), html! { a href=(href) lang="zh-CN" { (original) } }),
        (t(lang, Key::DerivedHidden), html! { (hidden.len()) " · " (grounds.join(lang.pick("、", ", "))) }),
    ]
}

/// The way from a paper to the page on which its copy is made.
pub(crate) fn way(to: &Showing, own: &str) -> Markup {
    let href = format!("{own}/redaction");
    html! { div.in { (Verb::go(t(to.lang(), Key::Title), &href)) } }
}
