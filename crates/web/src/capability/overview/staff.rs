//! The overview as the court's people see it: what changed, what is next, deadlines with their working.

use xiezhi_domain::access::{self, Act as Right};

use super::{ActView, OverviewView, periods::PeriodView, thens, when};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        correcting,
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::showing::{PageParts, Showing},
    messages::{
        day, moment, roles,
        overview::{self as words, Key},
        past, t,
    },
};

/// The page.
pub(super) fn page(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let first = view.tasks.first();
    let verb = first.map(|task| Verb::go(t(lang, words::task(task.task)), &task.href));
    let topic = case_topic(view.id);
    let main = html! {
        (correcting::on_case(to, &view.case, &view.reader))
        @if view.visited_us > 0 { (live("case-news", &topic, None, changed(view, to))) }
        (deadlines(view, to))
        (course(view, to))
    };
    let beside = html! {
        (live("case-next", &topic, None, next_step(view, to)))
        (issues(view, to))
        (parties(view, to))
    };
    let parts = PageParts { verb, ..PageParts::default() };
    case_page(to, &view.case, &view.reader, CaseTab::Overview, parts, columns(main, beside))
}

fn changed(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    if view.visited_us == 0 {
        return html! {};
    }
    let at = jiff::Timestamp::from_microsecond(view.visited_us).map(moment).unwrap_or_default();
    let visited = words::last_visit(lang, &at);
    let seen = route(view.id, "/seen");
    let sheet = Sheet::new(t(lang, Key::Changed)).note(&visited);
    if view.changed.is_empty() {
        return sheet.body(html! { p.muted { (t(lang, Key::NothingChanged)) } });
    }
    sheet.extra(html! { span.push { (Verb::act(t(lang, Key::MarkSeen), &seen).quiet()) } }).flush(lines(&fresh(&view.changed)))
}

fn fresh(acts: &[ActView]) -> Vec<Line<'_>> {
    acts.iter()
        .map(|act| Line {
            end: Some(html! { (moment(act.at)) }),
            fresh: true,
            ..Line::new(html! {
                b { (act.title) }
                @if !act.detail.is_empty() { " " span.muted { (act.detail) } }
                @if !act.by.is_empty() { " " span.faint { (act.by) } }
            })
        })
        .collect()
}

fn next_step(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let title = format!("{}{}{}", t(lang, Key::NextStep), lang.pick("：", ": "), view.next);
    let due = view.tasks.first().and_then(|task| task.due_on).map(|on| Due::new(on, to.today).tag(lang));
    let go = t(lang, Key::Go);
    let list: Vec<Condition<'_>> = view
        .conditions
        .iter()
        .map(|it| Condition {
            words: &it.words,
            met: it.met,
            note: &it.note,
            way: it.href.as_deref().filter(|href| !href.is_empty()).map(|href| (go, href)),
        })
        .collect();
    let others = view.tasks.iter().skip(1);
    let mut sheet = Sheet::new(&title);
    if let Some(due) = due {
        sheet = sheet.extra(html! { span.push { (due) } });
    }
    sheet.flush(html! {
        @if list.is_empty() { div.in { p.muted { (t(lang, Key::NothingOpen)) } } } @else { (conditions(&list)) }
        @if view.tasks.len() > 1 {
            ul.rows { @for task in others {
                li { div.grow { a href=(task.href) { (t(lang, words::task(task.task))) } } @if let Some(on) = task.due_on { " " span.muted.number { (day(on)) } } }
            } }
        }
    })
}

fn deadlines(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let counted = words::all_deadlines(lang, view.periods.len());
    let sheet = Sheet::new(t(lang, Key::Deadlines)).note(&counted);
    if view.periods.is_empty() {
        return sheet.body(html! { p.muted { (t(lang, Key::NoDeadlines)) } });
    }
    let table = Table {
        caption: t(lang, Key::Deadlines),
        columns: vec![
            Column::new(t(lang, Key::DeadlineName), OnPhone::Title),
            Column::new(t(lang, Key::Basis), OnPhone::Hidden),
            Column::new(t(lang, Key::Starts), OnPhone::Second).named(),
            Column::new(t(lang, Key::Ends), OnPhone::Second).named(),
            Column::new(t(lang, Key::Left), OnPhone::State).right(),
        ],
        rows: view.periods.iter().map(|period| row(period, to)).collect(),
        ..Table::default()
    };
    sheet.flush(html! {
        (table.show(lang))
        div.in { @for period in &view.periods {
            (explain(&how(period, to), html! {
                (period.lines())
                @if period.provisional { p.faint.small { (t(lang, Key::Provisional)) } }
            }))
        } }
    })
}

fn named(period: &PeriodView, to: &Showing) -> String {
    let name = t(to.lang(), words::period(period.kind));
    if period.party_name.is_empty() { name.to_owned() } else { format!("{name} · {}", period.party_name) }
}

fn how(period: &PeriodView, to: &Showing) -> String {
    let lang = to.lang();
    format!("{}{}{}", named(period, to), lang.pick("：", ": "), t(lang, Key::HowCounted))
}

fn row<'a>(period: &PeriodView, to: &Showing) -> TableRow<'a> {
    let due = Due::new(period.last_on, to.today);
    TableRow::new(vec![
        html! { b { (named(period, to)) } },
        html! { span lang="zh-CN" { (period.source) } },
        html! { span.number { (day(period.starts_on)) } },
        html! { span.number { (day(period.last_on)) } },
        due.tag(to.lang()),
    ])
}

fn course(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let whole = route(view.id, "/trace");
    let whens: Vec<String> = view.acts.iter().map(|act| when(to, act.at)).collect();
    let details: Vec<String> = view.acts.iter().map(detail).collect();
    let thens = thens(view);
    let shown: Vec<Act<'_>> = view
        .acts
        .iter()
        .zip(whens.iter().zip(&details).zip(&thens))
        .map(|(act, ((when, detail), then))| Act {
            when,
            by: if act.by_court { ActedBy::Court } else { ActedBy::Other },
            title: &act.title,
            href: then.as_deref(),
            detail,
            mark: Some(proof_mark(lang, act.proof)),
        })
        .collect();
    let key = timeline_key(t(lang, Key::ByCourt), t(lang, Key::ByOthers));
    let back = access::may_look_back(&view.reader, &view.case).is_ok().then(|| route(view.id, "/past"));
    let back = html! { @if let Some(back) = back { a.small href=(back) { (t(lang, past::Key::Title)) } } };
    let mut sheet = Sheet::new(t(lang, Key::Course)).extra(html! { (key) (back) });
    if access::may(&view.reader, Right::ViewTrace, view.stage).is_ok() {
        sheet = sheet.more(t(lang, Key::AllActs), &whole);
    }
    sheet.flush(timeline(&shown))
}

/// Who acted is said only where the detail does not name them already.
fn detail(act: &ActView) -> String {
    let by = if act.detail.contains(&act.by) { "" } else { act.by.as_str() };
    [act.detail.as_str(), by].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn issues(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let edit = route(view.id, "/evidence");
    let mut sheet = Sheet::new(t(lang, Key::Issues));
    if access::may(&view.reader, Right::JudgeEvidence, view.stage).is_ok() {
        sheet = sheet.more(t(lang, Key::Edit), &edit);
    }
    if view.issues.is_empty() {
        return sheet.body(html! { p.muted { (t(lang, Key::NoIssues)) } });
    }
    sheet.flush(html! { ol.rows { @for (at, issue) in view.issues.iter().enumerate() { li { b { (at + 1) } " " span lang="zh-CN" { (issue) } } } } })
}

fn parties(view: &OverviewView, to: &Showing) -> Markup {
    let lang = to.lang();
    let all = route(view.id, "/parties");
    let mut sheet = Sheet::new(t(lang, Key::Parties));
    if access::may(&view.reader, Right::ViewMain, view.stage).is_ok() {
        sheet = sheet.more(t(lang, Key::PhoneAddress), &all);
    }
    sheet.flush(html! {
        ul.rows { @for party in &view.parties { li {
            div {
                (kind(t(lang, roles::role(party.role)))) " " b lang="zh-CN" { (party.name) }
                div.muted.small {
                    @for (name, special) in &party.agents {
                        span lang="zh-CN" { (name) } " · " (t(lang, if *special { Key::SpecialAuthority } else { Key::GeneralAuthority })) " · "
                    }
                    (t(lang, if party.electronic { Key::ElectronicYes } else { Key::ElectronicNo }))
                }
            }
        } } }
    })
}
