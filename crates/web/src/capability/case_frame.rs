//! What stands around every page of one case: for the court's people head, stage line and tabs; for a
//! party its own frame. The pages of a case never draw these themselves.

use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    periods::PeriodKind,
    stage::Stage,
};

use crate::{
    frame::prelude::*,
    http::showing::{PageParts, Showing},
    messages::{case, case::Key, names, t},
};

use super::prelude_of_cases::route;

/// A tab of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseTab {
    /// Overview (概览).
    Overview,
    /// E-file (电子卷).
    File,
    /// Parties (当事人).
    Parties,
    /// Service (送达).
    Service,
    /// Hearings (开庭).
    Hearings,
    /// Mediation (调解).
    Mediation,
    /// Deliberation (合议).
    Deliberation,
    /// What the adjudication committee has to do with it (审委会).
    Committee,
    /// Documents (文书).
    Documents,
    /// Money (费用).
    Money,
    /// Requests (审批).
    Requests,
    /// Archive (归档).
    Archive,
    /// Trace (留痕).
    Trace,
}

impl CaseTab {
    const ALL: [CaseTab; 13] = [
        CaseTab::Overview,
        CaseTab::File,
        CaseTab::Parties,
        CaseTab::Service,
        CaseTab::Hearings,
        CaseTab::Mediation,
        CaseTab::Deliberation,
        CaseTab::Committee,
        CaseTab::Documents,
        CaseTab::Money,
        CaseTab::Requests,
        CaseTab::Archive,
        CaseTab::Trace,
    ];

    /// The path of the tab below the case, and its word.
    fn facts(self) -> (&'static str, Key) {
        match self {
            CaseTab::Overview => ("", Key::Overview),
            CaseTab::File => ("/file", Key::File),
            CaseTab::Parties => ("/parties", Key::Parties),
            CaseTab::Service => ("/services", Key::Service),
            CaseTab::Hearings => ("/hearings", Key::Hearings),
            CaseTab::Mediation => ("/mediation", Key::Mediation),
            CaseTab::Deliberation => ("/deliberation", Key::Deliberation),
            CaseTab::Committee => ("/committee", Key::Committee),
            CaseTab::Documents => ("/documents", Key::Documents),
            CaseTab::Money => ("/fees", Key::Money),
            CaseTab::Requests => ("/approvals", Key::Requests),
            CaseTab::Archive => ("/archive", Key::Archive),
            CaseTab::Trace => ("/trace", Key::Trace),
        }
    }

    /// The right that opens the tab to staff.
    fn act(self) -> Act {
        match self {
            CaseTab::File | CaseTab::Hearings | CaseTab::Mediation | CaseTab::Service | CaseTab::Parties => {
                Act::ViewMain
            }
            CaseTab::Deliberation => Act::ViewDeliberation,
            CaseTab::Committee => Act::ViewCommittee,
            CaseTab::Documents => Act::ViewDrafts,
            CaseTab::Trace => Act::ViewTrace,
            CaseTab::Overview | CaseTab::Money | CaseTab::Requests | CaseTab::Archive => Act::ViewCase,
        }
    }
}

/// A page of a case: `body` in the frame of its reader. `parts` may add a verb, islands, a folded rail.
pub fn case_page(
    to: &Showing,
    case: &CaseState,
    reader: &Reader,
    here: CaseTab,
    parts: PageParts<'_>,
    body: Markup,
) -> Markup {
    let lang = to.lang();
    let title = case.short_title();
    let name = format!("{} · {title}", t(lang, here.facts().1));
    if to.is_outside() {
        let up = if here == CaseTab::Overview { "/home".to_owned() } else { route(case.id, "") };
        let back = parts.back.or(Some((t(lang, Key::Back), &up)));
        let place = if parts.place.is_empty() { t(lang, Key::MyCase) } else { parts.place };
        return to.page_with(&name, PageParts { back, place, ..parts }, body);
    }
    if to.within {
        return to.page_with(&name, PageParts { full: false, ..parts }, body);
    }
    let head = head(to, case, reader, here, parts.verb.clone());
    to.page_with(&name, PageParts { full: true, ..parts }, html! { (head) div.inside { (body) } })
}

/// The title of a tab: the first heading of a party's page. The court's people see the case as first heading
/// and the tab by name, so there it is only said to whoever listens.
pub fn tab_title(to: &Showing, title: &str) -> Markup {
    if to.is_outside() {
        html! { h1 { (title) } }
    } else {
        html! { h2.unseen { (title) } }
    }
}

/// The title of a page of a case that is no tab.
pub fn part_title(to: &Showing, title: &str) -> Markup {
    if to.is_outside() {
        html! { h1 { (title) } }
    } else {
        html! { h2 { (title) } }
    }
}

fn head(to: &Showing, case: &CaseState, reader: &Reader, here: CaseTab, verb: Option<Verb<'_>>) -> Markup {
    let lang = to.lang();
    let number = case.number.as_ref().map_or_else(|| t(lang, Key::NoNumber).to_owned(), ToString::to_string);
    let title = case.short_title();
    let facts = facts(to, case);
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let tabs = tab_line(to, case, reader, here);
    let stages = (here == CaseTab::Overview).then(|| stage_line(to, case));
    CaseHead {
        up: (t(lang, Key::Cases), "/cases"),
        number: &number,
        tags: tags(to, case),
        title: &title,
        facts,
        banner: None,
        stages,
        tabs: Some(tabs),
        verb,
        more: vec![],
    }
    .show(lang)
}

/// Where the case stands, beside its number.
pub(super) fn tags(to: &Showing, case: &CaseState) -> Vec<Markup> {
    let lang = to.lang();
    let stage = t(lang, case::stage(case.stage));
    let mut tags = vec![match case.stage {
        Stage::Archived => tag(Standing::Done, stage),
        _ => now(Icon::Scale, stage),
    }];
    if case.stayed.is_some() {
        tags.push(tag(Standing::Stopped, t(lang, Key::Stayed)));
    }
    tags
}

/// The facts of a case in one line.
pub(super) fn facts(to: &Showing, case: &CaseState) -> Vec<(&'static str, String)> {
    let lang = to.lang();
    let mut facts = vec![
        (t(lang, Key::Cause), names::cause(lang, &xiezhi_app::rows::cause_name(case))),
        (t(lang, Key::Procedure), t(lang, case::procedure(case.procedure)).to_owned()),
    ];
    if let Some(amount) = case.application.amount {
        facts.push((t(lang, Key::Amount), crate::messages::amount(lang, amount.0)));
    }
    if let Some(tribunal) = &case.tribunal {
        let judge = if tribunal.is_panel() { Key::Presiding } else { Key::Judge };
        facts.push((t(lang, judge), to.name(tribunal.judge).to_owned()));
        let members: Vec<&str> = tribunal.members.iter().map(|member| to.name(*member)).collect();
        if !members.is_empty() {
            facts.push((t(lang, Key::Members), members.join("、")));
        }
        if let Some(clerk) = tribunal.clerk {
            facts.push((t(lang, Key::Clerk), to.name(clerk).to_owned()));
        }
    }
    if let Some(trial) = case.running(PeriodKind::Trial, None) {
        let due = Due::new(trial.last_on, to.today);
        facts.push((t(lang, Key::TrialPeriod), format!("{} {}", trial.last_on, due.words(lang))));
    }
    facts
}

fn tab_line(to: &Showing, case: &CaseState, reader: &Reader, here: CaseTab) -> Markup {
    let lang = to.lang();
    let panel = case.tribunal.as_ref().is_some_and(|tribunal| tribunal.is_panel());
    let open = CaseTab::ALL.into_iter().filter(|tab| access::may(reader, tab.act(), case.stage).is_ok());
    let is_there = |tab: &CaseTab| match tab {
        CaseTab::Deliberation => panel,
        // A member finds it again after the session; before a case is laid before the committee nobody is led there.
        CaseTab::Committee => panel && case.committee.has_met_or_will(),
        _ => true,
    };
    let open: Vec<(CaseTab, String)> = open.filter(is_there).map(|tab| (tab, route(case.id, tab.facts().0))).collect();
    let shown: Vec<Tab<'_>> = open
        .iter()
        .map(|(tab, href)| Tab { name: t(lang, tab.facts().1), href, count: "", here: *tab == here })
        .collect();
    tabs(t(lang, Key::Tabs), &shown)
}

/// Filing, service, hearing, (deliberation,) document, pronouncement, effect, archive.
pub(super) fn stage_line(to: &Showing, case: &CaseState) -> Markup {
    let lang = to.lang();
    let panel = case.tribunal.as_ref().is_some_and(|tribunal| tribunal.is_panel());
    let all = [
        (Key::StepFiling, Stage::Submitted),
        (Key::StepService, Stage::Filed),
        (Key::StepHearing, Stage::Pretrial),
        (Key::StepDeliberation, Stage::Deliberating),
        (Key::StepDocument, Stage::HearingDone),
        (Key::StepPronounced, Stage::Issued),
        (Key::StepEffect, Stage::AppealPeriod),
        (Key::StepArchive, Stage::Effective),
    ];
    let steps: Vec<(Key, Stage)> = all.into_iter().filter(|(key, _)| panel || *key != Key::StepDeliberation).collect();
    let at = match case.stage {
        Stage::HearingDone if panel => steps.iter().position(|(key, _)| *key == Key::StepDeliberation),
        Stage::Deliberating | Stage::CommitteePending => {
            steps.iter().position(|(key, _)| *key == Key::StepDeliberation)
        }
        stage => steps.iter().rposition(|(key, from)| *key != Key::StepDeliberation && stage >= *from),
    };
    let day = |key| match key {
        Key::StepFiling => case.filed_on,
        Key::StepPronounced => case.closing.as_ref().map(|closing| closing.on),
        Key::StepEffect => case.effective_on,
        Key::StepArchive => case.archive.accepted_on,
        _ => None,
    };
    let days: Vec<String> = steps
        .iter()
        .map(|(key, _)| day(*key).map(|day| day.strftime("%m-%d").to_string()).unwrap_or_default())
        .collect();
    let shown: Vec<crate::frame::stage::Stage<'_>> = steps
        .iter()
        .zip(&days)
        .map(|((key, _), when)| crate::frame::stage::Stage { name: t(lang, *key), when, skipped: false })
        .collect();
    stages(lang, &shown, at.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use xiezhi_domain::people::Post;

    use super::*;
    use crate::{
        gallery::lived::{Seat, Tale},
        messages::Lang,
    };

    #[test]
    fn a_member_of_the_committee_finds_it_again_after_the_session_and_nobody_else_is_led_there() {
        let led = |lived: &crate::gallery::lived::Lived, seat| {
            let seen = lived.seen_by(seat, Lang::Zh);
            let line = tab_line(&seen.to, &seen.case, &seen.reader, CaseTab::Overview).into_string();
            line.contains("/committee\"")
        };
        let (laid, never) = (Tale::Committee.whole(), Tale::Sale.whole());
        for seat in [Seat::Judge, Seat::Clerk, Seat::Of(Post::President), Seat::Of(Post::DivisionHead)] {
            assert!(led(&laid, seat) && !led(&never, seat), "{seat:?}");
        }
        for seat in [Seat::Of(Post::FilingClerk), Seat::Of(Post::Finance), Seat::Of(Post::TrialManagement)] {
            assert!(!led(&laid, seat), "{seat:?}");
        }
    }
}
