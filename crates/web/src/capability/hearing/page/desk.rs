//! What those who run a hearing do around it: scheduling, telling, opening, going on, closing, putting off.

use maud::{Markup, html};
use xiezhi_domain::{
    hearing::{HearingPart, HearingStatus, Manner, Mode},
    ids::CaseId,
    scheduling::SimpleMeans,
};

use super::manners;
use crate::{
    capability::{
        hearing::{AttendanceFacts, HearingFacts, HearingsView},
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::showing::Showing,
    messages::{
        hearing::{self as words, Key},
        t,
    },
};

fn send(to: &Showing, action: &str, body: Markup) -> Markup {
    form(FormTo { action, ..FormTo::default() }, html! { (to.command_field()) (body) })
}

/// A choice among values with their codes.
fn choices<'a, T: serde::Serialize + Copy>(all: &[T], say: impl Fn(T) -> &'a str) -> Vec<(String, &'a str)> {
    all.iter().map(|one| (xiezhi_app::rows::code_of(one), say(*one))).collect()
}

fn listed<'a>(all: &'a [(String, &'a str)]) -> Vec<Choice<'a>> {
    all.iter().map(|(code, words)| Choice::new(code, words)).collect()
}

/// A new hearing: free times to take, or any other.
pub(super) fn schedule(to: &Showing, case: CaseId, view: &HearingsView) -> Markup {
    let lang = to.lang();
    let modes = choices(&[Mode::InPerson, Mode::Online, Mode::Mixed], |mode| t(lang, words::mode(mode)));
    let rooms: Vec<Choice<'_>> = view.rooms.iter().map(|room| Choice::new(room, room)).collect();
    let wish = &view.wish;
    let or = |typed: &'_ str, usual: &'static str| if typed.is_empty() { usual.to_owned() } else { typed.to_owned() };
    let (from, until) = (or(&wish.from, "09:00"), or(&wish.to, "10:30"));
    Sheet::new(t(lang, Key::Schedule)).id("schedule").body(html! {
        @if !view.slots.is_empty() { (free_times(to, case, view)) }
        (send(to, &route(case, "/hearings"), html! {
            (Field::new("on", t(lang, Key::On)).value(&wish.on).date())
            (side_by_side(html! {
                (Field::new("from", t(lang, Key::From)).value(&from).time())
                (Field::new("to", t(lang, Key::To)).value(&until).time())
            }))
            (Field::new("mode", t(lang, Key::Mode)).select(lang, &listed(&modes)))
            (Field::new("room", t(lang, Key::Room)).value(&wish.room).select(lang, &rooms))
            (checkbox("open", html! { (t(lang, Key::Open)) }, true, None))
            (Field::new("closed_because", t(lang, Key::ClosedBecause)).optional(lang).text())
            p.help { (t(lang, Key::SummonsFollow)) }
            (Verb::submit(t(lang, Key::Schedule)).primary())
        }))
    })
}

/// Times at which the room, the court and the parties are free; a click fills the form in.
fn free_times(to: &Showing, case: CaseId, view: &HearingsView) -> Markup {
    let lang = to.lang();
    html! {
        p { b { (t(lang, Key::FreeTimes)) } " " span.muted { (t(lang, Key::FreeTimesNote)) } }
        ul.plain {
            @for slot in &view.slots {
                @let day = slot.on.to_string();
                @let query = serde_html_form::to_string([("on", &day), ("from", &slot.from), ("to", &slot.to), ("room", &slot.room)]).unwrap_or_default();
                li { a href={ (route(case, "/hearings")) "?" (query) "#schedule" } { (day) " " (slot.from) "–" (slot.to) " " span lang="zh-CN" { (slot.room) } } }
            }
        }
    }
}

/// How parties were told beside the summons: the clerk notes it and its proof, the party confirms it.
pub(super) fn notices(to: &Showing, it: &HearingFacts, base: &str, may_run: bool) -> Markup {
    if it.status != HearingStatus::Scheduled {
        return html! {};
    }
    let lang = to.lang();
    let own = it.parties.iter().find(|party| party.own && unconfirmed(party));
    html! {
        @if let Some(party) = own {
            (Sheet::new(t(lang, Key::Told)).body(send(to, &format!("{base}/notices/confirmation"), html! {
                @if let Some(said) = party.notice.as_ref().and_then(|notice| notice.words.as_deref()) { p lang="zh-CN" { (said) } }
                input type="hidden" name="party" value=(party.party);
                (Verb::submit(t(lang, Key::ConfirmNotice)).primary())
            })))
        }
        @if may_run { (telling(to, it, base)) }
    }
}

fn unconfirmed(party: &AttendanceFacts) -> bool {
    party.notice.as_ref().is_some_and(|notice| notice.confirmed.is_none())
}

fn telling(to: &Showing, it: &HearingFacts, base: &str) -> Markup {
    let lang = to.lang();
    let all = |waits: fn(&AttendanceFacts) -> bool| {
        let some = it.parties.iter().filter(move |party| waits(party));
        some.map(|party| (party.party.to_string(), party.name.as_str())).collect::<Vec<_>>()
    };
    let (everybody, waiting) = (all(|_| true), all(unconfirmed));
    let means = choices(&SimpleMeans::ALL, |means| t(lang, words::means(means)));
    Sheet::new(t(lang, Key::Notices)).note(t(lang, Key::NoticesNote)).body(html! {
        (unfold(t(lang, Key::NoteNotice), send(to, &format!("{base}/notices"), html! {
            (Field::new("party", t(lang, Key::Who)).select(lang, &listed(&everybody)))
            (Field::new("means", t(lang, Key::Means)).select(lang, &listed(&means)))
            (Field::new("told", t(lang, Key::ToldWhat)).help(t(lang, Key::ToldHelp)).text())
            (Verb::submit(t(lang, Key::Record)))
        })))
        @if !waiting.is_empty() {
            (unfold(t(lang, Key::ProveNotice), send(to, &format!("{base}/notices/proof"), html! {
                div.field { label for="f-proven" { (t(lang, Key::Who)) } select.input id="f-proven" name="party" { @for (id, name) in &waiting { option value=(id) { (name) } } } }
                (Field::new("proof", t(lang, Key::Proof)).help(t(lang, Key::ProofHelp)).text())
                (Verb::submit(t(lang, Key::Record)))
            })))
        }
    })
}

/// What those who run the hearing can do with it now.
pub(super) fn desk(to: &Showing, it: &HearingFacts, base: &str, may_run: bool) -> Markup {
    let lang = to.lang();
    match it.status {
        _ if !may_run => html! {},
        HearingStatus::Scheduled => html! {
            (Sheet::new(t(lang, Key::WhoCame)).body(send(to, &format!("{base}/opening"), html! {
                @if it.overdue { (Field::new("late_because", t(lang, Key::LateBecause)).help(t(lang, Key::LateHelp)).required().text()) }
                @for party in &it.parties { (attendance(to, it, party)) }
                (Verb::submit(t(lang, Key::Begin)).primary())
            })))
            (Sheet::new(t(lang, Key::Adjourn)).body(put_off(to, base)))
        },
        HearingStatus::Open => html! {
            (Sheet::new(t(lang, Key::Part)).body(next_part(to, it, base)))
            (Sheet::new(t(lang, Key::Close)).body(html! {
                (send(to, &format!("{base}/closing"), html! {
                    p { (t(lang, Key::CloseNote)) }
                    @if !it.skipped.is_empty() {
                        (Field::new("skipped_because", &super::skipped(to, it)).help(t(lang, Key::SkippedHelp)).required().text())
                    }
                    (Verb::submit(t(lang, Key::Close)).primary())
                }))
                (late(to, it, base))
                (unfold(t(lang, Key::AdjournNow), put_off(to, base)))
            }))
        },
        HearingStatus::Adjourned | HearingStatus::Done => html! {},
    }
}

fn put_off(to: &Showing, base: &str) -> Markup {
    let lang = to.lang();
    send(to, &format!("{base}/adjournment"), html! {
        (Field::new("reason", t(lang, Key::Reason)).help(t(lang, Key::AdjournHelp)).text())
        (Verb::submit(t(lang, Key::Adjourn)))
    })
}

/// Who comes for a party, each here or on line; and a word on an absence.
fn attendance(to: &Showing, it: &HearingFacts, party: &AttendanceFacts) -> Markup {
    let lang = to.lang();
    let usual = if party.may_be_online && it.mode == Mode::Online { Manner::Online } else { Manner::OnSite };
    let note = format!("f-absence-{}", party.party);
    html! {
        fieldset.field {
            legend { (known_as(lang, &party.name)) }
            @for (place, name) in party.may_come.iter().enumerate() {
                div.line.wrap {
                    label for={ "f-came-" (party.party) "-" (place) } lang="zh-CN" { (name) }
                    span.push { (how(to, party, place, (place == 0).then_some(usual))) }
                }
            }
            label for=(note) { (t(lang, Key::AbsenceNote)) }
            input.input type="text" id=(note) name="absence" autocomplete="off";
        }
    }
}

fn how(to: &Showing, party: &AttendanceFacts, place: usize, usual: Option<Manner>) -> Markup {
    let lang = to.lang();
    html! {
        select.input id={ "f-came-" (party.party) "-" (place) } name="came" {
            option value="" { (t(lang, Key::NotHere)) }
            @for manner in manners(party) {
                option value={ (party.party) "/" (place) "/" (xiezhi_app::rows::code_of(&manner)) } selected[usual == Some(manner)] { (t(lang, words::manner(manner))) }
            }
        }
    }
}

/// Somebody who came after the hearing began.
fn late(to: &Showing, it: &HearingFacts, base: &str) -> Markup {
    let lang = to.lang();
    let missing = |party: &AttendanceFacts, name: &str| !party.people.iter().any(|one| one.name == name);
    let still = it.parties.iter().flat_map(|party| {
        let names = party.may_come.iter().enumerate().filter(move |(_, name)| missing(party, name));
        names.flat_map(move |(place, name)| manners(party).into_iter().map(move |manner| (party, place, name, manner)))
    });
    let still: Vec<(String, String)> = still
        .map(|(party, place, name, manner)| {
            let code = format!("{}/{place}/{}", party.party, xiezhi_app::rows::code_of(&manner));
            (code, format!("{}　{name}　{}", party.name, t(lang, words::manner(manner))))
        })
        .collect();
    if still.is_empty() {
        return html! {};
    }
    let all: Vec<Choice<'_>> = still.iter().map(|(code, words)| Choice::new(code, words)).collect();
    unfold(t(lang, Key::Late), send(to, &format!("{base}/attendance"), html! {
        (Field::new("came", t(lang, Key::Who)).select(lang, &all))
        (Verb::submit(t(lang, Key::Record)))
    }))
}

fn next_part(to: &Showing, it: &HearingFacts, base: &str) -> Markup {
    let lang = to.lang();
    let others: Vec<HearingPart> = HearingPart::ALL.into_iter().filter(|part| *part != it.part).collect();
    let next = others.iter().find(|part| **part > it.part).or(others.first()).copied();
    let next = next.map(|part| xiezhi_app::rows::code_of(&part)).unwrap_or_default();
    let parts = choices(&others, |part| t(lang, words::part(part)));
    send(to, &format!("{base}/part"), html! {
        (Field::new("part", t(lang, Key::NextPart)).value(&next).select(lang, &listed(&parts)))
        (Verb::submit(t(lang, Key::Part)))
    })
}
