//! The overview as a party sees it: step n of six, whose turn it is, the dates, what happened, the parts.

use xiezhi_domain::{access::{self, may}, fees::FeeStatus, party::PartyRole, periods::PeriodKind, stage::Stage};

use super::{OverviewView, SeatView, thens, when};
use crate::{
    capability::{
        archive::borrowing_of,
        case_frame::{CaseTab, case_page},
        correcting,
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::showing::{PageParts, Showing},
    messages::{
        Lang, case as case_words, clock, day_spoken, names,
        overview::{self as words, Key},
        t,
    },
};

/// The page.
pub(super) fn page(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let number = view.number.clone().unwrap_or_default();
    let first = view.tasks.first();
    let verb = first.map(|task| Verb::go(t(lang, words::task(task.task)), &task.href));
    let call = view.call().map(|phone| (t(lang, Key::CallClerk), phone));
    let parts = PageParts { verb, call, ..PageParts::default() };
    let body = html! {
        div.stack {
            p.number.muted { (number) }
            h1 lang="zh-CN" { (view.case.short_title()) }
            @let cause = names::cause(lang, &xiezhi_app::rows::cause_name(&view.case));
            p.muted { span lang=[names::spoken(&cause)] { (cause) } " · " (t(lang, case_words::procedure(view.case.procedure))) }
        }
        (correcting::on_case(to, &view.case, &view.reader))
        (live("case-now", &case_topic(view.id), None, html! { (where_it_stands(view, to)) }))
        (dates(view, to))
        (happened(view, to))
        (inside(view, to))
        (who(view, to))
        (wider(view, to))
    };
    case_page(to, &view.case, &view.reader, CaseTab::Overview, parts, stack(body))
}

/// The six steps as a party counts them.
fn step(view: &OverviewView) -> (usize, Key) {
    match view.stage {
        stage if stage.is_before_filing() => (1, Key::StepOne),
        Stage::Filed | Stage::Assigned | Stage::Serving => (2, Key::StepTwo),
        Stage::Pretrial if view.periods.iter().any(|period| period.kind == PeriodKind::Answer) => (3, Key::StepThree),
        Stage::Pretrial | Stage::Scheduled | Stage::InHearing | Stage::Adjourned => (4, Key::StepFour),
        stage if stage.is_closed() => (6, Key::StepSix),
        _ => (5, Key::StepFive),
    }
}

fn where_it_stands(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let (at, name) = step(view);
    let first = view.tasks.first();
    let (state, big) = match first {
        Some(task) => {
            let state = task.due_on.map_or(Standing::Soon, |on| match Due::new(on, to.today).state() {
                Standing::Waiting => Standing::Soon,
                state => state,
            });
            (state, t(lang, Key::YouMust))
        }
        None => (Standing::Done, t(lang, Key::Nobody)),
    };
    say(state, "", big, html! {
        (step_bar(lang, at, 6, t(lang, name), ""))
        @for task in &view.tasks {
            p { a href=(task.href) { b { (t(lang, words::task(task.task))) @if !task.about.is_empty() { (lang.pick("：", ": ")) (task.about) } } }
                @if let Some(on) = task.due_on { (lang.pick("，", ", ")) (t(lang, Key::Until)) " " b { (day_spoken(lang, on)) } " " (Due::new(on, to.today).tag(lang)) } }
        }
        @for act in view.changed.iter().take(4) { p { (now(Icon::Bell, t(lang, Key::New))) " " (act.title) @if !act.detail.is_empty() { (lang.pick("：", ": ")) (act.detail) } } }
        p { (t(lang, Key::MyStage)) (lang.pick("：", ": ")) (t(lang, case_words::stage(view.stage))) }
        @if let Some(hearing) = view.case.last_hearing().filter(|hearing| hearing.status == xiezhi_domain::hearing::HearingStatus::Scheduled) {
            p { (t(lang, Key::NextStep)) (lang.pick("：", ": ")) b { (words::hearing_at(lang, &day_spoken(lang, hearing.on), &clock(hearing.from), hearing.room.as_deref().unwrap_or_default())) } }
        }
    })
}

fn dates(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let mut periods: Vec<_> = view.periods.iter().collect();
    periods.sort_by_key(|period| period.last_on);
    let sheet = Sheet::new(t(lang, Key::FewDays));
    if periods.is_empty() {
        return sheet.body(html! { p.muted { (t(lang, Key::NoDays)) } });
    }
    sheet.body(html! { @for period in periods {
        div {
            p { b { (day_spoken(lang, period.last_on)) } " " (Due::new(period.last_on, to.today).tag(lang)) }
            p.muted { (t(lang, words::period_plain(period.kind))) @if !period.party_name.is_empty() { " · " span lang="zh-CN" { (period.party_name) } } }
            (explain(t(lang, Key::WhyThisDay), html! {
                (period.lines())
                @if period.provisional { p.faint.small { (t(lang, Key::Provisional)) } }
            }))
        }
    } })
}

fn happened(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let whens: Vec<String> = view.acts.iter().map(|act| when(to, act.at)).collect();
    let thens = thens(view);
    let acts: Vec<Act<'_>> = view
        .acts
        .iter()
        .zip(whens.iter().zip(&thens))
        .map(|(act, (when, then))| Act {
            when,
            by: if act.by_court { ActedBy::Court } else { ActedBy::Other },
            title: &act.title,
            href: then.as_deref(),
            detail: &act.detail,
            mark: None,
        })
        .collect();
    Sheet::new(t(lang, Key::Happened)).flush(timeline(&acts))
}

fn inside(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let at = |below: &str| route(view.id, below);
    let places = [
        (at("/file"), Icon::Paper, Key::Papers, t(lang, Key::PapersNote)),
        (at("/services"), Icon::Mail, Key::ServedPapers, ""),
        (at("/evidence"), Icon::Picture, Key::MyEvidence, t(lang, Key::MyEvidenceNote)),
        (at("/hearings"), Icon::Hearing, Key::Hearings, t(lang, Key::HearingsNote)),
        (at("/mediation"), Icon::Talk, Key::Mediation, t(lang, Key::MediationNote)),
        (at("/fees"), Icon::Money, Key::Fees, t(lang, fee(view.fee))),
        (at("/parties"), Icon::People, Key::People, t(lang, Key::PeopleNote)),
    ];
    let before_filing = view.stage.is_before_filing();
    let list: Vec<Item<'_>> = places
        .iter()
        .filter(|(_, _, key, _)| !before_filing || *key == Key::Papers)
        .map(|(href, icon, title, note)| Item {
            href: Some(href),
            icon: Some(*icon),
            title: t(lang, *title),
            notes: if note.is_empty() { vec![] } else { vec![note] },
            state: None,
        })
        .collect();
    Sheet::new(t(lang, Key::InThisCase)).flush(items(&list))
}

fn fee(status: FeeStatus) -> Key {
    match status {
        FeeStatus::None => Key::FeeNone,
        FeeStatus::Noticed => Key::FeeOpen,
        FeeStatus::Paid => Key::FeePaid,
        FeeStatus::Deferred => Key::FeeDeferred,
        FeeStatus::Waived => Key::FeeWaived,
        FeeStatus::Overdue => Key::FeeOverdue,
    }
}

fn seat(lang: Lang, seat: &SeatView) -> &'static str {
    t(lang, match seat.seat {
        "presiding" => Key::PresidingJudge,
        "member" => Key::Member,
        "assistant" => Key::Assistant,
        "clerk" => Key::Clerk,
        _ => Key::Judge,
    })
}

fn who(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let own = view.parties.iter().find(|party| Some(party.id) == view.reader.party);
    let mut list: Vec<(&str, Markup)> =
        view.tribunal.iter().map(|it| (seat(lang, it), html! { span lang="zh-CN" { (it.name) } })).collect();
    for (name, _) in own.iter().flat_map(|party| &party.agents) {
        list.push((t(lang, Key::YourAgent), html! { span lang="zh-CN" { (name) } }));
    }
    let sheet = Sheet::new(t(lang, Key::WhoJudges));
    if view.tribunal.is_empty() { sheet.body(html! { p.muted { (t(lang, Key::NoTribunal)) } }) } else { sheet.body(pairs(&list)) }
}

/// What one may want besides: withdraw, appeal, the whole record.
fn wider(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let own = view.parties.iter().find(|party| Some(party.id) == view.reader.party);
    let plaintiff = own.is_some_and(|party| party.role == PartyRole::Plaintiff);
    let [withdraw, appeal, trace, past, extract] =
        ["/withdrawal", "/appeal", "/trace", "/past", "/archive/extract.zip"].map(|below| route(view.id, below));
    let borrow = view.number.as_deref().map(borrowing_of);
    let mut list = vec![];
    let item = |key, href| Item { href: Some(href), title: t(lang, key), ..Item::default() };
    if plaintiff && view.stage.is_trial() {
        list.push(item(Key::Withdraw, withdraw.as_str()));
    }
    if view.stage.is_closed() && view.case.is_appealable() {
        list.push(item(Key::Appeal, appeal.as_str()));
    }
    if may(&view.reader, access::Act::TakeOutExtract, view.stage).is_ok() {
        list.push(item(Key::ExtractWay, extract.as_str()));
    }
    if let Some(borrow) = borrow.as_deref().filter(|_| may(&view.reader, access::Act::AskBorrowing, view.stage).is_ok()) {
        list.push(item(Key::BorrowWay, borrow));
    }
    list.push(item(Key::TraceWay, trace.as_str()));
    list.push(item(Key::PastWay, past.as_str()));
    html! { section.sheet { (items(&list)) } }
}
