//! Who is in the file: beside a page, and on a page of its own for whoever has no scripts.

use maud::Markup;
use xiezhi_domain::annotation::Circle;

use super::{PresenterView, TogetherView};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page, part_title},
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        material as material_words,
        t,
        together::{self as words, Key},
    },
};

impl View for TogetherView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let file = route(self.case, "/file");
        let body = stack(html! {
            div.line { (part_title(to, t(lang, Key::Title))) a.push href=(file) { (Icon::Back) (t(lang, material_words::Key::BackToFile)) } }
            p.muted { (t(lang, Key::Lead)) }
            p.muted { (t(lang, Key::HowToBegin)) }
            section.sheet { (self.beside(to)) @if self.present.is_empty() && self.presenters.is_empty() { p.in { (t(lang, Key::Nobody)) } } }
        });
        match &self.state {
            Some((case, reader)) => case_page(to, case, reader, CaseTab::File, PageParts::default(), body),
            None => to.page(t(lang, Key::Title), body),
        }
    }
}

/// The code of a circle in forms and addresses, and its name.
const fn circle_words(circle: Circle) -> (&'static str, Key) {
    match circle {
        Circle::Team => ("team", Key::Team),
        Circle::Panel => ("panel", Key::Panel),
    }
}

impl TogetherView {
    /// Beside a page: asked for again when someone comes, goes on or presents, and each half minute.
    pub fn beside(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let topic = format!("together:{}", self.case);
        html! {
            div.present #present role="group" aria-label=(t(lang, Key::Reading)) data-live=(topic) data-live-from=(self.from()) data-together=(route(self.case, "/together")) data-ended=(t(lang, Key::Ended)) {
                @if !self.present.is_empty() {
                    p.in.small { (Icon::Eye) " " (t(lang, Key::Reading)) (lang.pick("：", ": "))
                        @for (at, one) in self.present.iter().enumerate() {
                            @if at > 0 { (lang.pick("；", "; ")) }
                            b { (one.name) } " " @if self.at.is_none_or(|(paper, _)| paper != one.material) { span lang="zh-CN" { (one.title) } " " } span.number { (material_words::thumb(lang, one.page)) }
                        }
                    }
                }
                @for one in &self.presenters { (self.presenter(to, one)) }
                @if self.at.is_some() && !self.may_present.is_empty() { (self.presenting(to)) }
            }
        }
    }

    /// The code of the circle whose presenter is followed.
    pub fn following(&self) -> Option<&'static str> {
        self.follows.map(|circle| circle_words(circle).0)
    }

    fn from(&self) -> String {
        let mut query = vec![];
        if let Some((material, page)) = self.at {
            query.extend([("material", material.to_string()), ("page", page.to_string())]);
        }
        query.extend(self.following().map(|circle| ("follow", circle.to_owned())));
        format!("{}?{}", route(self.case, "/together"), serde_html_form::to_string(query).unwrap_or_default())
    }

    /// Someone presents: whoever it is ends it, others follow.
    fn presenter(&self, to: &Showing, one: &PresenterView) -> Markup {
        let lang = to.lang();
        let (circle, whom) = circle_words(one.circle);
        let whom = t(lang, whom);
        let there = route(self.case, &format!("/file/{}?page={}", one.material, one.page));
        if one.me {
            return html! {
                div.in.line data-presenting=(circle) {
                    (now(Icon::People, &words::you_present(lang, whom)))
                    form.push method="post" action=(route(self.case, "/together/end")) {
                        (to.command_field())
                        input type="hidden" name="circle" value=(circle);
                        (self.here())
                        button.btn type="submit" { (t(lang, Key::End)) }
                    }
                    p.small.faint { (t(lang, Key::PointerNote)) }
                }
            };
        }
        let follows = self.follows == Some(one.circle);
        html! {
            div.in.line data-presenter=(circle) {
                span { (Icon::People) " " b { (one.name) } " " (words::presents(lang, whom)) " " span lang="zh-CN" { (one.title) } " " span.number { (material_words::thumb(lang, one.page)) } }
                @if follows { a.btn.push href=(self.without_following()) { (t(lang, Key::StopFollowing)) } }
                @else { a.btn.push href={ (there) "&follow=" (circle) } { (t(lang, Key::Follow)) } }
            }
        }
    }

    fn without_following(&self) -> String {
        let below = self.at.map(|(material, page)| format!("/file/{material}?page={page}"));
        route(self.case, &below.unwrap_or_else(|| "/together".to_owned()))
    }

    /// Where the reader is, for forms; the script keeps the page up to date.
    fn here(&self) -> Markup {
        html! {
            @if let Some((material, page)) = self.at {
                input type="hidden" name="material" value=(material);
                input type="hidden" name="page" value=(page);
            }
        }
    }

    fn presenting(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let choices = self.may_present.iter().map(|circle| circle_words(*circle)).enumerate();
        html! {
            details.in.elsewhere { summary { (t(lang, Key::Present)) }
                form.form method="post" action=(route(self.case, "/together")) {
                    (to.command_field())
                    (self.here())
                    p.help { (t(lang, Key::PresentHelp)) }
                    fieldset.segments { legend { (t(lang, Key::ToWhom)) }
                        @for (at, (code, words)) in choices { label { input type="radio" name="circle" value=(code) checked[at == 0]; span { (t(lang, words)) } } }
                    }
                    (Verb::submit(t(lang, Key::Begin)))
                }
            }
        }
    }
}

