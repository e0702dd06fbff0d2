//! The page on which papers are chosen for a bundle: one form of ticks and numbers.

use maud::Markup;

use super::{BundlingView, PaperView, Ticks};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page, part_title},
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        bundle::Key,
        material::{self as material_words, Key as FileKey},
        t,
    },
};

/// Most papers of which a form sends numbers.
const MOST_LISTED: usize = 1_000;

impl View for BundlingView {
    fn page(&self, to: &Showing) -> Markup {
        let parts = PageParts { wide: true, ..PageParts::default() };
        case_page(to, &self.state, &self.reader, CaseTab::File, parts, self.body(to))
    }
}

impl BundlingView {
    fn body(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let file = route(self.case, "/file");
        let lead = if to.is_outside() { Key::PartyLead } else { Key::Lead };
        stack(html! {
            div.line.wrap { (part_title(to, t(lang, Key::Title))) a.push href=(file) { (Icon::Back) (t(lang, FileKey::BackToFile)) } }
            p.muted { (t(lang, lead)) }
            (self.contents(to))
            @if self.main.is_empty() && self.secondary.is_empty() {
                (Blank::empty(Icon::Paper, t(lang, Key::Nothing), t(lang, Key::NothingWords)).sheet())
            } @else { (self.choosing(to)) }
        })
    }

    fn contents(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let at = |volume: &str| route(self.case, &format!("/contents/{volume}.pdf"));
        let (main, secondary) = (at("main"), at("secondary"));
        Sheet::new(t(lang, Key::Contents)).body(html! {
            div.line.wrap {
                (Verb::go(t(lang, Key::ContentsMain), &main).icon(Icon::Print))
                @if !self.secondary.is_empty() { (Verb::go(t(lang, Key::ContentsSecondary), &secondary).icon(Icon::Print)) }
            }
        })
    }

    fn choosing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case, "/bundles");
        Sheet::new(t(lang, Key::Choose)).note(t(lang, Key::ChooseNote)).body(form(
            FormTo { action: &action, wide: true, ..FormTo::default() },
            html! {
                (to.command_field())
                (side_by_side(html! {
                    (Field::new("title", t(lang, Key::Name)).help(t(lang, Key::NameHelp)).max_length(100).text())
                    (Field::new("purpose", t(lang, Key::Purpose)).max_length(100).text())
                }))
                (self.volume(to, Key::Main, &self.main, self.ticks.main))
                (self.volume(to, Key::Secondary, &self.secondary, self.ticks.secondary))
                (Verb::submit(t(lang, Key::Make)).icon(Icon::Download).primary())
            },
        ))
    }

    /// Where the page begins with these volumes ticked.
    fn ticked(&self, name: Key, ticked: bool) -> String {
        let Ticks { main, secondary } = self.ticks;
        let (main, secondary) = if name == Key::Main { (ticked, secondary) } else { (main, ticked) };
        route(self.case, &format!("/bundles?main={main}&secondary={secondary}"))
    }

    fn volume(&self, to: &Showing, name: Key, papers: &[PaperView], ticked: bool) -> Markup {
        let lang = to.lang();
        let (all, nothing) = (self.ticked(name, true), self.ticked(name, false));
        html! {
            @if !papers.is_empty() {
                fieldset.bundled {
                    legend { (t(lang, name)) }
                    (tick_links(lang, [&all, &nothing]))
                    @for paper in papers.iter().take(MOST_LISTED) {
                        div.line {
                            label.pick {
                                input type="checkbox" name="material" value=(paper.id) checked[ticked];
                                span { span lang="zh-CN" { (paper.title) } small { (material_words::pages(lang, paper.pages)) } }
                            }
                            input type="hidden" name="listed" value=(paper.id);
                            label.push { span.unseen { (t(lang, Key::OrderOf)) " " (paper.title) } input.input.number type="text" inputmode="numeric" name="order" size="3" placeholder=(t(lang, Key::Order)) autocomplete="off"; }
                        }
                    }
                }
            }
        }
    }
}
