//! The page of staged papers. The pages are ticked wherever they lie; one form acts on all that are.

use maud::Markup;
use xiezhi_domain::{ids::MaterialId, paper::PaperKind};

use super::{StagedPageView, StagedView, StagingView};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        material::{THUMB_PX, serde_code},
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang, day,
        kinds::kind_name,
        material as material_words,
        roles,
        staging::{self as words, Key},
        t,
    },
};

/// The form that acts on pages; ticks anywhere on the page belong to it.
const FORM: &str = "pages";
/// The place of the form of the cover sheet among those of the papers.
const SHEET: usize = 0;
/// The side of the square that a small page is drawn in.
const SIDE: u32 = 120;

impl View for StagingView {
    fn page(&self, to: &Showing) -> Markup {
        let parts = PageParts { wide: true, islands: vec![Island::Drag], ..PageParts::default() };
        case_page(to, &self.state, &self.reader, CaseTab::File, parts, self.body(to))
    }
}

impl StagingView {
    fn body(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let file = route(self.case, "/file");
        if self.papers.is_empty() {
            let verbs = vec![Verb::go(t(lang, material_words::Key::BackToFile), &file)];
            let nothing =
                Blank::empty(Icon::Paper, t(lang, Key::Nothing), t(lang, Key::NothingWords)).verbs(verbs).sheet();
            return stack(html! { (nothing) (self.cover_sheet(to)) });
        }
        stack(html! {
            div.line { h2 { (t(lang, Key::Title)) } a.push href=(file) { (Icon::Back) (t(lang, material_words::Key::BackToFile)) } }
            p.muted { (t(lang, Key::Lead)) }
            p.error role="status" data-said data-failed=(t(lang, Key::NotMoved)) {}
            (self.tools(to))
            (self.cover_sheet(to))
            @for paper in &self.papers { (self.paper(to, paper)) }
            (self.entering(to))
        })
    }

    /// What can be done with the pages that are ticked.
    fn tools(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case, "/staging/pages");
        let papers: Vec<(String, String)> = self
            .papers
            .iter()
            .filter(|paper| !paper.whole)
            .map(|paper| (paper.id.to_string(), paper.title.clone()))
            .collect();
        let papers: Vec<Choice<'_>> = papers.iter().map(|(id, title)| Choice::new(id, title)).collect();
        let kinds: Vec<Choice<'_>> =
            PaperKind::ALL.iter().map(|kind| Choice::new(serde_code(*kind), kind_name(lang, *kind))).collect();
        let other = serde_code(PaperKind::Other);
        let act = |words: Key, act: &'static str| Verb::submit_as(t(lang, words), "act", act);
        let body = html! {
            form id=(FORM) method="post" action=(action) {
                (to.command_field())
                // What stands first is what Enter in a field would press: nothing.
                button type="submit" hidden disabled aria-hidden="true" {}
                p.help { (t(lang, Key::TickFirst)) }
                p.help.with-drag { (t(lang, Key::DragToo)) }
                (acts(&[
                    act(Key::TurnRight, "turn-90").icon(Icon::Rotate),
                    act(Key::TurnOver, "turn-180"),
                    act(Key::TurnLeft, "turn-270"),
                    act(Key::LayAside, "aside").icon(Icon::Trash),
                    act(Key::PutBack, "back").icon(Icon::Return),
                ]))
                details.explain { summary { (Icon::Split) (t(lang, Key::Split)) (unfolds()) } div {
                    (side_by_side(html! {
                        (Field::new("title", t(lang, Key::NewTitle)).text())
                        (Field::new("kind", t(lang, material_words::Key::Kind)).value(other).select(lang, &kinds))
                    }))
                    (act(Key::SplitVerb, "split"))
                } }
                details.explain { summary { (Icon::Send) (t(lang, Key::Move)) (unfolds()) } div {
                    (Field::new("to", t(lang, Key::MoveTo)).select(lang, &papers))
                    (act(Key::MoveVerb, "move"))
                } }
                details.explain { summary { (Icon::Settings) (t(lang, Key::Straighten)) (unfolds()) } div {
                    (Field::new("skew_tenths", t(lang, Key::SkewTenths)).help(t(lang, Key::SkewHelp)).value("0").text())
                    (act(Key::StraightenVerb, "straighten"))
                } }
            }
        };
        Sheet::new(t(lang, Key::Tools)).id("tools").body(body)
    }

    /// A sheet that brings what is scanned behind it here by itself.
    fn cover_sheet(&self, to: &Showing) -> Markup {
        use crate::messages::scanning::Key as Scans;
        let lang = to.lang();
        let action = route(self.case, "/staging/sheet");
        let kinds: Vec<Choice<'_>> =
            PaperKind::ALL.iter().map(|kind| Choice::new(serde_code(*kind), kind_name(lang, *kind))).collect();
        let body = html! {
            form.form method="post" action=(action) target="_blank" {
                (to.command_field())
                p.help { (t(lang, Scans::SheetNote)) }
                (side_by_side(html! {
                    (Field::new("title", t(lang, Scans::SheetTitle)).among(SHEET).text())
                    (Field::new("kind", t(lang, material_words::Key::Kind)).among(SHEET).value(serde_code(PaperKind::Evidence)).select(lang, &kinds))
                }))
                (Verb::submit(t(lang, Scans::SheetVerb)).icon(Icon::Print))
            }
        };
        html! { div.in { (unfolding(Icon::Print, t(lang, Scans::Sheet), body)) } }
    }

    fn paper(&self, to: &Showing, paper: &StagedView) -> Markup {
        let lang = to.lang();
        let whose = self.whose(lang, paper);
        let note = format!(
            "{} · {whose} · {} · {}",
            kind_name(lang, paper.kind),
            day(paper.received_on),
            material_words::pages(lang, u32::try_from(paper.pages.len()).unwrap_or(u32::MAX))
        );
        let id = format!("paper-{}", paper.id);
        let body = html! { div.drop-paper data-paper=(paper.id) {
            @if paper.unscreened { p { (tag(Standing::Soon, t(lang, material_words::Key::Unscreened))) } }
            @if !paper.same_as.is_empty() {
                p { (tag(Standing::Soon, t(lang, Key::SameBytes))) " " span lang="zh-CN" { (paper.same_as.join("、")) } }
            }
            @if !paper.same_pages.is_empty() {
                p { (tag(Standing::Soon, t(lang, Key::SamePages))) }
                ul { @for same in &paper.same_pages {
                    li { a href=(route(self.case, &format!("/file/{}?page={}", same.material, same.other_page))) { (words::same_page(lang, same.page, &same.title, same.other_page)) } }
                } }
            }
            @if paper.whole {
                p { (Verb::go(t(lang, Key::NoPages), &route(self.case, &format!("/file/{}", paper.id))).row()) }
            } @else if paper.pages.is_empty() {
                p { (tag(Standing::Stopped, t(lang, Key::NonePage))) }
            }
            @if !paper.pages.is_empty() {
                ol.leaflets aria-label=(paper.title) {
                    @for (at, page) in paper.pages.iter().enumerate() { (self.leaflet(to, paper, page, neighbours(&paper.pages, at))) }
                }
            }
            @if !paper.aside.is_empty() {
                h3 { (t(lang, Key::Aside)) }
                ol.leaflets.aside aria-label=(t(lang, Key::Aside)) { @for page in &paper.aside { (self.leaflet(to, paper, page, (None, None))) } }
            }
            (self.about(to, paper))
        } };
        Sheet::new(&paper.title).id(&id).note(&note).body(body)
    }

    fn whose(&self, lang: Lang, paper: &StagedView) -> String {
        let party = paper.by.and_then(|party| self.state.parties.get(&party));
        match (party, paper.unnamed) {
            (Some(party), _) => roles::called(lang, party.role, &party.name),
            (None, true) => t(lang, Key::Unnamed).to_owned(),
            (None, false) => t(lang, material_words::Key::Court).to_owned(),
        }
    }

    /// A small page to be ticked, as it lies; before which page it goes a step earlier or later.
    fn leaflet(
        &self,
        to: &Showing,
        paper: &StagedView,
        page: &StagedPageView,
        (before, after): (Option<&StagedPageView>, Option<&StagedPageView>),
    ) -> Markup {
        let lang = to.lang();
        let named = page.named(paper.id);
        let src =
            format!("{}/{}/{}.jpg", route(self.case, &format!("/staging/{}", paper.id)), page.file_sha256, page.page);
        let about = words::page_of(lang, &paper.title, page.place);
        let degrees = f32::from(page.turn) + f32::from(page.skew_tenths) / 10.0;
        let turned = (degrees != 0.0).then(|| format!("rotate({degrees} {0} {0})", SIDE / 2));
        let order = |words: Key, one: &StagedPageView, next: &StagedPageView| {
            let value = format!("before:{}>{}", one.named(paper.id), next.named(paper.id));
            html! { button.btn.quiet type="submit" form=(FORM) name="act" value=(value) { span { (t(lang, words)) } span.unseen { " " (about) } } }
        };
        html! {
            li data-turn=(page.turn) {
                label {
                    input type="checkbox" form=(FORM) name="page" value=(named);
                    svg viewBox=(format!("0 0 {SIDE} {SIDE}")) role="img" aria-label=(about) {
                        image href=(format!("{src}?w={THUMB_PX}")) width=(SIDE) height=(SIDE) transform=[turned.as_deref()] {}
                    }
                    span.number { (page.place) }
                }
                div.line {
                    @if let Some(before) = before { (order(Key::Earlier, page, before)) }
                    @if let Some(after) = after { (order(Key::Later, after, page)) }
                    a href=(format!("{src}?w=1400")) { (t(lang, Key::Larger)) span.unseen { " " (about) } }
                }
            }
        }
    }

    /// Title, sender, and not taking it.
    fn about(&self, to: &Showing, paper: &StagedView) -> Markup {
        let lang = to.lang();
        let at = |below: &str| route(self.case, &format!("/file/{}/{below}", paper.id));
        let place = self.papers.iter().position(|known| known.id == paper.id).unwrap_or_default();
        let kinds: Vec<Choice<'_>> =
            PaperKind::ALL.iter().map(|kind| Choice::new(serde_code(*kind), kind_name(lang, *kind))).collect();
        let back = html! { input type="hidden" name="back" value="staging"; };
        let (title_at, discard_at) = (at("title"), at("discard"));
        let right = form(
            FormTo { action: &title_at, wide: true, ..FormTo::default() },
            html! {
                (to.command_field()) (back)
                (side_by_side(html! {
                    (Field::new("title", t(lang, material_words::Key::NewTitle)).among(place + 1).value(&paper.title).required().text())
                    (Field::new("kind", t(lang, material_words::Key::Kind)).among(place + 1).value(serde_code(paper.kind)).select(lang, &kinds))
                }))
                (Verb::submit(t(lang, material_words::Key::Save)).about(&paper.title))
            },
        );
        let out = form(
            FormTo { action: &discard_at, wide: true, ..FormTo::default() },
            html! {
                (to.command_field()) (back)
                (Field::new("reason", t(lang, material_words::Key::Reason)).among(place + 1).required().textarea(2))
                (Verb::submit(t(lang, material_words::Key::DiscardVerb)).about(&paper.title).danger())
            },
        );
        html! {
            @if paper.unnamed { (self.sender(to, paper, place)) }
            (unfolding(Icon::Pencil, t(lang, material_words::Key::PutRight), right))
            (unfolding(Icon::Trash, t(lang, material_words::Key::Discard), out))
        }
    }

    /// Whose it is, of a paper that came without a sender.
    fn sender(&self, to: &Showing, paper: &StagedView, place: usize) -> Markup {
        let lang = to.lang();
        let action = route(self.case, &format!("/staging/{}/from", paper.id));
        let mut parties = vec![(String::new(), t(lang, Key::OfCourt).to_owned())];
        parties.extend(
            self.state
                .parties_in_order()
                .map(|party| (party.id.to_string(), roles::called(lang, party.role, &party.name))),
        );
        let parties: Vec<Choice<'_>> = parties.iter().map(|(id, name)| Choice::new(id, name)).collect();
        let by = paper.by.map(|party| party.to_string()).unwrap_or_default();
        let body = form(
            FormTo { action: &action, wide: true, ..FormTo::default() },
            html! {
                (to.command_field())
                (Field::new("from", t(lang, Key::Sender)).among(place + 1).value(&by).select(lang, &parties))
                (Verb::submit(t(lang, Key::SenderVerb)).about(&paper.title))
            },
        );
        unfolding(Icon::Person, t(lang, Key::Sender), body)
    }

    /// All that is ready enters the file in one act.
    fn entering(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case, "/file/enter");
        let ready = |paper: &&StagedView| paper.whole || !paper.pages.is_empty();
        let papers: Vec<(MaterialId, String, &str)> = self
            .papers
            .iter()
            .filter(ready)
            .map(|paper| (paper.id, paper.id.to_string(), paper.title.as_str()))
            .collect();
        let choices: Vec<Choice<'_>> = papers.iter().map(|(_, id, title)| Choice::new(id, title)).collect();
        let ticked: Vec<&str> = papers.iter().map(|(_, id, _)| id.as_str()).collect();
        let body = form(
            FormTo { action: &action, wide: true, ..FormTo::default() },
            html! {
                (to.command_field())
                (Field::new("material", t(lang, Key::Which)).several(&choices, &ticked))
                (Verb::submit(t(lang, material_words::Key::Enter)).primary())
            },
        );
        Sheet::new(t(lang, Key::Entering)).note(t(lang, material_words::Key::StagingNote)).id("enter").body(body)
    }
}

fn neighbours(pages: &[StagedPageView], at: usize) -> (Option<&StagedPageView>, Option<&StagedPageView>) {
    (at.checked_sub(1).and_then(|before| pages.get(before)), pages.get(at + 1))
}

fn unfolding(icon: Icon, words: &str, body: Markup) -> Markup {
    html! { details.explain { summary { (icon) (words) (unfolds()) } div { (body) } } }
}
