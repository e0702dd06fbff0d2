//! The toolbar of the reader: from page to page, from hit to hit, how pages stand; and the sheet of its keys.

use xiezhi_domain::ids::MaterialId;

use super::reader::{HitView, ReaderView};
use crate::{
    capability::prelude_of_cases::route,
    frame::prelude::*,
    http::prelude::*,
    messages::{
        frame as frame_words,
        material::{self as words, Key},
        t, together,
    },
};

impl ReaderView {
    pub(super) fn toolbar(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            div.tools role="group" aria-label=(t(lang, Key::Toolbar)) {
                a.btn.to-file href=(route(self.case, "/file")) { (Icon::Back) span.on-desk { (t(lang, Key::BackToFile)) } span.unseen.on-phone { (t(lang, Key::BackToFile)) } }
                h1.grow lang="zh-CN" { (self.title) }
                (self.turner(to))
                @if self.pages > 0 { (self.found(to)) (self.sizes(to)) (self.more(to)) }
                // A party keeps its papers with one tap; whoever works on the case finds it in the menu.
                @if self.may_take_away && (self.pages == 0 || to.is_outside()) {
                    a.btn href={ (self.own()) "/download" } aria-label=(t(lang, Key::Download)) { (Icon::Download) span.on-desk { (t(lang, Key::Download)) } }
                }
            }
        }
    }

    /// From page to page and from paper to paper; at the thumb on a phone.
    fn turner(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let tool = |icon: Icon, key: Key, press: &str, href: Option<String>, step: &str| html! {
            a.btn href=[href.as_deref()] aria-disabled=[href.is_none().then_some("true")] role=[href.is_none().then_some("link")] aria-label=(t(lang, key)) title={ (t(lang, key)) " (" (press_words(press)) ")" } data-key=(press) data-step=(step) { (icon) }
        };
        let step = if to.look.reading.pages == Pages::Two { 2 } else { 1 };
        let to_page = |page: Option<u32>| page.filter(|page| (1..=self.pages).contains(page)).map(|page| self.at(page));
        let paper = |id: Option<MaterialId>| id.map(|id| route(self.case, &format!("/file/{id}")));
        html! {
            div.turner role="group" aria-label=(t(lang, Key::Turner)) {
                @if !to.is_outside() { a.btn.on-phone href="#rail" { (Icon::Menu) span.unseen { (t(lang, frame_words::Key::Menu)) } } }
                (tool(Icon::Up, Key::PreviousPaper, "p", paper(self.beside.0), "paper"))
                @if self.pages > 0 {
                    (tool(Icon::Previous, Key::PreviousPage, "arrowleft", to_page(self.page.checked_sub(step)), "previous"))
                    form.inline.to-page method="get" action=(self.own()) {
                        label { span.unseen { (t(lang, Key::Page)) } input.input.number type="text" inputmode="numeric" name="page" value=(self.page) size="4" autocomplete="off" data-page-field; }
                        span.number { "/ " (self.pages) }
                        @if let Some(first) = self.first_page { span.faint.small.on-desk.number title=(t(lang, Key::VolumePage)) data-first=(first) { (words::volume_page(lang, first + self.page - 1)) } }
                        @if !self.sought.is_empty() { input type="hidden" name="q" value=(self.sought); }
                        button.unseen type="submit" { (t(lang, Key::Go)) }
                    }
                    (tool(Icon::Next, Key::NextPage, "arrowright", to_page(Some(self.page + step)), "next"))
                }
                (tool(Icon::Down, Key::NextPaper, "n", paper(self.beside.1), "paper"))
                @if self.pages > 0 {
                    a.btn.on-phone href="#outline" { (Icon::List) span.unseen { (t(lang, Key::Outline)) } }
                    a.btn.on-phone href="#notes" { (Icon::Pencil) span.unseen { (t(lang, Key::Notes)) } }
                }
            }
        }
    }

    /// Which hit is in the light, and the ones before and after.
    fn found(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let hit = |at: Option<usize>| at.and_then(|at| Some((at, self.hits.get(at)?)));
        let link = |found: Option<(usize, &HitView)>, icon: Icon, key: Key, press: &str| html! {
            @if let Some((at, hit)) = found { a.btn href=(self.at_hit(hit.page, Some(at))) aria-label=(t(lang, key)) title={ (t(lang, key)) " (" (press) ")" } data-key=(press) { (icon) } }
        };
        html! {
            @if !self.hits.is_empty() {
                div.hits-at role="group" aria-label=(t(lang, Key::Hits)) {
                    mark lang="zh-CN" { (self.sought) }
                    span.number { (words::hit_of(lang, self.hit + 1, self.hits.len())) }
                    (link(hit(self.hit.checked_sub(1)), Icon::Up, Key::PreviousHit, "["))
                    (link(hit(Some(self.hit + 1)), Icon::Down, Key::NextHit, "]"))
                }
            }
        }
    }

    /// Size, number and colour of pages: switches of the look, which hold in every paper.
    fn sizes(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let look = to.look.reading;
        let step = |zoom: Option<Zoom>, sign: &str, key: Key, press: &str| html! {
            button.btn type="submit" name="zoom" value=[zoom.map(Zoom::code)] disabled[zoom.is_none()] aria-label=(t(lang, key)) title={ (t(lang, key)) " (" (press) ")" } data-key=(press) { b aria-hidden="true" { (sign) } }
        };
        html! {
            form.inline.sizes.on-desk method="post" action=(LOOK_PATH) data-again data-sizes {
                input type="hidden" name="back" value=(to.here);
                (step(look.zoom.step(false), "−", Key::Smaller, "-"))
                (step(look.zoom.step(true), "+", Key::Larger, "="))
            }
            form.inline method="post" action={ (self.own()) "/turn" } data-rotate {
                (to.command_field())
                input type="hidden" name="page" value=(self.page);
                @let turn = self.leaves.iter().find(|leaf| leaf.page == self.page).map_or(0, |leaf| leaf.turn);
                input type="hidden" name="degrees" value=((turn + 90) % 360);
                button.btn type="submit" aria-label=(t(lang, Key::Rotate)) title={ (t(lang, Key::Rotate)) " (R)" } data-key="r" { (Icon::Rotate) }
            }
        }
    }

    fn more(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let look = to.look.reading;
        let group = |name: &str, key: Key, choices: Vec<(&str, &str, bool)>| html! {
            fieldset.segments { legend { (t(lang, key)) }
                @for (code, words, here) in choices { button type="submit" name=(name) value=(code) aria-pressed=(if here { "true" } else { "false" }) { (words) } }
            }
        };
        let zooms = Zoom::ALL.iter().map(|zoom| (zoom.code(), t(lang, zoom.words()), *zoom == look.zoom)).collect();
        let pages = Pages::ALL.iter().map(|pages| (pages.code(), t(lang, pages.words()), *pages == look.pages)).collect();
        let colours = PaperColour::ALL.iter().map(|colour| (colour.code(), t(lang, colour.words()), *colour == look.colour)).collect();
        html! {
            details.menu.look-menu {
                summary.btn data-key="v" title={ (t(lang, Key::LookOfPages)) " (V)" } { (Icon::Eye) span.on-desk { (t(lang, Key::LookOfPages)) } span.unseen.on-phone { (t(lang, Key::LookOfPages)) } (unfolds()) }
                div {
                    form method="post" action=(LOOK_PATH) data-again {
                        input type="hidden" name="back" value=(to.here);
                        (group("pages", Key::PagesAtOnce, pages))
                        (group("zoom", Key::SizeOfPages, zooms))
                        (group("paper", Key::ColourOfPaper, colours))
                    }
                    button.btn type="button" hidden data-fullscreen data-key="f" { (Icon::Device) (t(lang, Key::FullScreen)) }
                    button.btn.on-desk type="button" data-opens="page-keys" { (Icon::Key) (t(lang, Key::Keys)) }
                    @if self.may_copy { a.btn href={ (self.own()) "/copy.pdf" } { (Icon::Download) (t(lang, Key::ReadingCopy)) } }
                    @if self.may_take_away && !to.is_outside() { a.btn href={ (self.own()) "/download" } { (Icon::Download) (t(lang, Key::Download)) } }
                }
            }
        }
    }
}

/// A key as people read it.
fn press_words(key: &str) -> &str {
    match key {
        "arrowleft" => "←",
        "arrowright" => "→",
        "n" => "N",
        "p" => "P",
        other => other,
    }
}

/// The sheet of keys of the reader.
pub(super) fn keys(to: &Showing) -> Markup {
    let lang = to.lang();
    let keys = [
        ("← / →", Key::KeysPage),
        ("P / N", Key::KeysPaper),
        ("− / =", Key::KeysZoom),
        ("R", Key::Rotate),
        ("F", Key::FullScreen),
        ("V", Key::LookOfPages),
        ("/", Key::SearchIn),
        ("[ / ]", Key::KeysHit),
        ("T", Key::KeysText),
        ("B", Key::KeysBox),
        ("Y", Key::KeysArrow),
        ("M", Key::KeysNote),
        ("Esc", Key::KeysLeave),
        ("?", Key::Keys),
    ];
    let point = (!to.is_outside()).then(|| t(lang, together::Key::KeysPoint));
    dialog(lang, "page-keys", t(lang, Key::Keys), html! { dl.keys {
        @for (key, words) in keys { dt { kbd { (key) } } dd { (t(lang, words)) } }
        @if let Some(point) = point { dt { kbd { "X" } } dd { (point) } }
    } })
}
