//! The page of the adjudication committee.

use super::CommitteeView;
use crate::{
    capability::{
        case_frame::{CaseTab, case_page, tab_title},
        deliberation::round::{self, Words},
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{Lang, committee::Key, deliberation, t},
};

impl View for CommitteeView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let requests = route(self.case.id, "/approvals");
        let send = |below: &str, body: Markup| self.send(to, below, body);
        let body = html! {
            (tab_title(to, t(lang, Key::Title)))
            (note(Icon::Lock, html! { (t(lang, Key::Secret)) }))
            @if self.asked { (note_of(Standing::Waiting, html! { (t(lang, Key::Pending)) " · " a href=(requests) { (t(lang, Key::ToRequests)) } })) }
            @if !self.referred && !self.may_refer && !self.asked { (Blank::empty(Icon::Panel, t(lang, Key::NotReferred), t(lang, Key::NotReferredNote)).sheet()) }
            @if self.may_refer { (self.referring(to)) }
            @if let Some((decision, reasons)) = &self.decision { (decided(to, Key::Decision, decision, reasons)) }
            @if let Some((decision, reasons)) = &self.before { (decided(to, Key::Before, decision, reasons)) }
            @if self.may_ask_again {
                (Sheet::new(t(lang, Key::Again)).body(self.send(to, "/reconsideration", html! {
                    p { (t(lang, Key::AgainNote)) }
                    (Field::new("reason", t(lang, Key::Ground)).among(9).textarea(3))
                    (Verb::submit(t(lang, Key::Again)))
                })))
            }
            @if self.may_open { (self.opening(to)) }
            @if self.referred && !self.ground.is_empty() { (Sheet::new(t(lang, Key::Ground)).body(html! { p lang="zh-CN" { (self.ground) } })) }
            @for (at, question) in self.questions.iter().enumerate() { (question.sheet(to, at, words(lang), &send)) }
            @if self.may_decide { (self.deciding(to)) }
            @if self.may_give_back {
                (Sheet::new(t(lang, Key::GiveBack)).body(self.send(to, "/giving-back", html! {
                    p { (t(lang, Key::GiveBackNote)) }
                    (Field::new("reason", t(lang, deliberation::Key::Reasons)).among(8).textarea(2))
                    (Verb::submit(t(lang, Key::GiveBack)))
                })))
            }
            @if !self.members.is_empty() { (self.attending(to)) }
        };
        let tab = if self.case.committee.has_met_or_will() { CaseTab::Committee } else { CaseTab::Deliberation };
        case_page(to, &self.case, &self.reader, tab, PageParts::default(), stack(body))
    }
}

fn decided(to: &Showing, title: Key, decision: &str, reasons: &str) -> Markup {
    let lang = to.lang();
    Sheet::new(t(lang, title)).body(html! {
        p lang="zh-CN" { (decision) }
        p { span.faint { (t(lang, Key::WhyDecided)) (lang.pick("：", ": ")) } span lang="zh-CN" { (reasons) } }
    })
}

fn words(lang: Lang) -> Words {
    Words { proposal: t(lang, Key::Held), yes: t(lang, Key::Yes), no: t(lang, Key::No), chair: t(lang, Key::Chair) }
}

impl CommitteeView {
    fn send(&self, to: &Showing, below: &str, body: Markup) -> Markup {
        let action = route(self.case.id, &format!("/committee{below}"));
        form(FormTo { action: &action, ..FormTo::default() }, html! { (to.command_field()) (body) })
    }

    fn referring(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let suggested = self.suggested.join("\n");
        Sheet::new(t(lang, Key::Refer)).body(self.send(to, "", html! {
            p { (t(lang, Key::NotReferredNote)) }
            (Field::new("questions", t(lang, Key::Questions)).help(t(lang, Key::QuestionsHelp)).value(&suggested).textarea(3))
            (Field::new("held", t(lang, Key::Held)).textarea(3))
            (Field::new("reason", t(lang, Key::Ground)).textarea(2))
            (Verb::submit(t(lang, Key::Refer)).primary())
        }))
    }

    fn opening(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Meet)).body(self.send(to, "/session", html! {
            p { (t(lang, Key::MeetNote)) }
            fieldset {
                legend { (t(lang, Key::Present)) }
                @for (seat, name) in &self.seats {
                    @let id = format!("f-present-{seat}");
                    label.pick for=(id) { input type="checkbox" id=(id) name="present" value=(seat) checked; span lang="zh-CN" { (name) } }
                }
            }
            (Verb::submit(t(lang, Key::Meet)).primary())
        }))
    }

    fn deciding(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Decide)).body(self.send(to, "/decision", html! {
            p { (t(lang, Key::DecideNote)) }
            (Field::new("decision", t(lang, Key::Decision)).textarea(3))
            (Field::new("reasons", t(lang, Key::WhyDecided)).among(7).textarea(3))
            (Verb::submit(t(lang, Key::Decide)).primary())
        }))
    }

    fn attending(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Attending)).body(html! {
            (round::attending(to, &self.members, words(lang), self.decision.is_some()))
            @if self.may_sign { (self.send(to, "/signature", Verb::submit(t(lang, Key::Sign)).primary().render())) }
        })
    }
}
