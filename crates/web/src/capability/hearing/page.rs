//! The page of a case's hearings, and of one: called, held, recorded, signed.

mod desk;
mod record;

use maud::{Markup, html};
use xiezhi_domain::{
    case::CaseState,
    hearing::{HearingPart, HearingStatus, Manner, Mode},
    ids::CaseId,
};

use super::{AttendanceFacts, HearingFacts, HearingsView};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page, tab_title},
        prelude_of_cases::route,
    },
    frame::{
        page::Island,
        prelude::{Stage as StageStep, *},
    },
    http::{
        prelude::*,
        showing::{PageParts, Showing},
    },
    messages::{
        hearing::{self as words, Key},
        t,
    },
};

impl View for HearingsView {
    fn page(&self, to: &Showing) -> Markup {
        let Some((case, reader)) = &self.frame else { return self.body(to, None) };
        let islands = match self.hearings.first().filter(|_| self.one) {
            Some(_) => vec![Island::Signature, Island::Transcript],
            None => vec![],
        };
        case_page(to, case, reader, CaseTab::Hearings, PageParts { islands, ..PageParts::default() }, self.body(to, Some(case)))
    }
}

impl HearingsView {
    fn body(&self, to: &Showing, case: Option<&CaseState>) -> Markup {
        let lang = to.lang();
        let id = case.map_or(CaseId(uuid::Uuid::nil()), |case| case.id);
        let one = self.hearings.first().filter(|_| self.one);
        stack(html! {
            (tab_title(to, t(lang, Key::Title)))
            @if let Some(it) = one { (self.hearing(to, id, it)) } @else {
                @if self.hearings.is_empty() { (Blank::empty(Icon::Calendar, t(lang, Key::None), t(lang, Key::NoneNote)).sheet()) }
                @for it in &self.hearings { (summary(to, id, it)) }
                @if self.may_schedule { (desk::schedule(to, id, self)) }
            }
        })
    }

    fn hearing(&self, to: &Showing, case: CaseId, it: &HearingFacts) -> Markup {
        let base = route(case, &format!("/hearings/{}", it.id));
        let topic = case_topic(case);
        // What one only reads follows the hints as one part; what one writes in stands still.
        let growing = live("hearing-top", &topic, None, stack(html! {
            (top(to, it))
            @if !it.may_type { (record::read(to, it, &base)) }
        }));
        let typed = record::typed(to, it, &base, self.unsaved.as_deref());
        let signing = record::signing(to, it, &base, &topic, self.may_run);
        let notices = desk::notices(to, it, &base, self.may_run);
        let desk = desk::desk(to, it, &base, self.may_run);
        if to.is_outside() {
            return html! { (growing) (notices) (typed) (signing) };
        }
        columns(html! { (growing) (typed) (notices) }, html! { (desk) (signing) })
    }
}

/// When and where, in one line.
fn title(to: &Showing, it: &HearingFacts) -> String {
    let place = it.room.as_deref().unwrap_or_else(|| t(to.lang(), words::mode(it.mode)));
    format!("{} {}–{} {place}", it.on, it.from, it.to)
}

fn standing(it: &HearingFacts) -> Standing {
    match it.status {
        HearingStatus::Done => Standing::Done,
        HearingStatus::Adjourned => Standing::Stopped,
        HearingStatus::Scheduled | HearingStatus::Open => Standing::Waiting,
    }
}

/// How it stands; one whose day went by and that was not held says so.
fn state(to: &Showing, it: &HearingFacts) -> Markup {
    let lang = to.lang();
    if it.overdue {
        return tag(Standing::Overdue, t(lang, Key::Overdue));
    }
    tag(standing(it), t(lang, words::status(it.status)))
}

/// One hearing in the list.
fn summary(to: &Showing, case: CaseId, it: &HearingFacts) -> Markup {
    let lang = to.lang();
    let base = route(case, &format!("/hearings/{}", it.id));
    let title = title(to, it);
    Sheet::new(&title).note(t(lang, words::mode(it.mode))).extra(state(to, it)).body(html! {
        (people(to, it))
        p { (Verb::go(t(lang, Key::See), &base).row().about(&title)) }
    })
}

/// Where the hearing stands: its parts, its hours, who came.
fn top(to: &Showing, it: &HearingFacts) -> Markup {
    let lang = to.lang();
    Sheet::new(&title(to, it)).note(t(lang, words::mode(it.mode))).extra(state(to, it)).body(html! {
        span #transcript-now hidden data-sha256=(it.transcript_sha256) {}
        @if it.opened_at.is_some() { (parts(to, it)) }
        @if let Some(from) = &it.opened_at {
            p.muted {
                (words::sat(lang, from, it.ended_at.as_deref().unwrap_or("…")))
                @if let Some(minutes) = it.length_minutes { (lang.pick("，", ", ")) (words::minutes(lang, minutes)) }
            }
        }
        @if let Some(why) = &it.late_because { p.muted { (t(lang, Key::LateBecause)) (lang.pick("：", ": ")) span lang="zh-CN" { (why) } } }
        @if let Some(why) = &it.skipped_because { p.muted { (skipped(to, it)) (lang.pick("：", ": ")) span lang="zh-CN" { (why) } } }
        @if !it.open { p.muted { (t(lang, Key::NotOpen)) (lang.pick("：", ": ")) span lang="zh-CN" { (it.closed_because.as_deref().unwrap_or_default()) } } }
        (people(to, it))
    })
}

/// The parts that were not gone through, by name.
fn skipped(to: &Showing, it: &HearingFacts) -> String {
    let lang = to.lang();
    let names: Vec<&str> = it.skipped.iter().map(|part| t(lang, words::part(*part))).collect();
    words::skipped(lang, &names.join(lang.pick("、", ", ")))
}

/// The parts of a hearing, those that were entered with their time. What may be left out shows once it was not.
fn parts(to: &Showing, it: &HearingFacts) -> Markup {
    let lang = to.lang();
    let entered = |part: HearingPart| it.parts.iter().rev().find(|one| one.part == part).map(|one| one.at.as_str());
    let usual = |part: &HearingPart| *part <= HearingPart::FinalStatements || entered(*part).is_some();
    let shown: Vec<HearingPart> = HearingPart::ALL.into_iter().filter(usual).collect();
    let over = it.is_over();
    let step = |part: &HearingPart| {
        let skipped = (over || *part < it.part) && entered(*part).is_none();
        let when = if skipped { t(lang, Key::Skipped) } else { entered(*part).unwrap_or_default() };
        StageStep { name: t(lang, words::part(*part)), when, skipped }
    };
    let steps: Vec<StageStep<'_>> = shown.iter().map(step).collect();
    let at = shown.iter().position(|part| *part == it.part).unwrap_or(0);
    stages(lang, &steps, if over { steps.len() } else { at })
}

/// Each party: called, there or not, by whom and how.
fn people(to: &Showing, it: &HearingFacts) -> Markup {
    let lang = to.lang();
    html! {
        ul.plain {
            @for party in &it.parties {
                li {
                    (known_as(lang, &party.name)) " "
                    @match party.present {
                        Some(true) => { (came(to, it, party)) }
                        Some(false) => { (tag(Standing::Stopped, t(lang, Key::Absent))) @if let Some(why) = &party.absence { " " span.muted lang="zh-CN" { (why) } } }
                        None => { (called(to, it, party)) }
                    }
                }
            }
        }
    }
}

fn came(to: &Showing, it: &HearingFacts, party: &AttendanceFacts) -> Markup {
    let lang = to.lang();
    html! {
        (tag(Standing::Done, t(lang, Key::Present)))
        @for one in &party.people {
            " " span.muted { span lang="zh-CN" { (one.name) } @if it.mode != Mode::InPerson { (lang.pick("（", " (")) (t(lang, words::manner(one.manner))) (lang.pick("）", ")")) } }
        }
    }
}

fn called(to: &Showing, it: &HearingFacts, party: &AttendanceFacts) -> Markup {
    let lang = to.lang();
    html! {
        @if party.summoned { (tag(Standing::Done, t(lang, Key::SummonsServed))) }
        @else if it.status == HearingStatus::Scheduled { (tag(Standing::Soon, t(lang, Key::SummonsOpen))) }
        @if let Some(notice) = &party.notice {
            " " span.muted {
                (t(lang, words::means(notice.means))) " " (notice.on) (lang.pick("：", ": "))
                (t(lang, if notice.confirmed.is_some() { Key::NoticeConfirmed } else { Key::NoticeUnconfirmed }))
            }
        }
    }
}

/// The choices of how somebody takes part.
fn manners(party: &AttendanceFacts) -> Vec<Manner> {
    if party.may_be_online { vec![Manner::OnSite, Manner::Online] } else { vec![Manner::OnSite] }
}
