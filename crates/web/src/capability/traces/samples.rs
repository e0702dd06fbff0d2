//! The search over acts and views, in the gallery.

use xiezhi_app::traces::Traces;
use xiezhi_domain::{access, people::Post};

use super::{Asked, Searcher, TraceLine, TracesView};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Seat, Tale},
    },
    http::me::Me,
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; TracesView]
}

/// The acts of a tale as someone on `post` finds them, newest first.
pub(super) fn lines(lang: Lang, post: Post, tale: Tale, closed: bool) -> Vec<TraceLine> {
    let seen = tale.whole().seen_by(Seat::Of(post), lang);
    let me = Me { person: seen.to.person.clone().expect("a reader"), actor: seen.actor.clone(), showing: seen.to.clone() };
    let (depth, rule) = access::may_search_traces(&me.actor).expect("the post searches");
    let searcher = Searcher { me: &me, depth, rule };
    let trace = |act: &xiezhi_app::acts::RecordedAct| xiezhi_app::traces::Trace {
        pos: act.pos,
        at: act.at,
        actor: act.actor.clone(),
        case: Some(seen.case.id),
        name: act.event.as_ref().map(xiezhi_domain::event::CaseEvent::name).unwrap_or_default(),
        event: act.event.clone(),
        look: None,
    };
    seen.acts.iter().rev().filter_map(|act| searcher.line(&trace(act), Some((&*seen.case, closed)))).collect()
}

fn view(traces: Vec<TraceLine>, in_words: bool) -> TracesView {
    TracesView {
        asked: Asked::default(),
        below: traces.last().map(|last| last.position),
        traces,
        unknown_person: false,
        unknown_case: false,
        closed: None,
        in_words,
    }
}

impl Samples for TracesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let on = |post| Tale::Sale.whole().seen_by(Seat::Of(post), lang).to;
        let first = |lines: Vec<TraceLine>| lines.into_iter().take(30).collect::<Vec<_>>();
        let marks = first(lines(lang, Post::AuditAdmin, Tale::Sale, false));
        let words = first(lines(lang, Post::President, Tale::Sale, false));
        let case = words.first().and_then(|line| line.case);
        let restricted = first(lines(lang, Post::President, Tale::Divorce, true));
        let asked = Asked { person: "某某某".to_owned(), case: "（2026）鲁0691民初9999号".to_owned(), ..Asked::default() };
        let none = TracesView { asked, below: None, unknown_person: true, unknown_case: true, ..view(vec![], false) };
        let reason = TracesView { closed: case, below: None, ..view(vec![], true) };
        let far = TracesView { below: Some(4_000_000), asked: Asked { of: Traces::Looks, ..Asked::default() }, ..view(vec![], true) };
        vec![
            Sample::new("traces-auditor", on(Post::AuditAdmin), view(marks, false)),
            Sample::new("traces-president", on(Post::President), view(words, true)),
            Sample::new("traces-restricted", on(Post::President), view(restricted, true)),
            Sample::new("traces-reason", on(Post::DivisionHead), reason),
            Sample::new("traces-unknown", on(Post::AuditAdmin), none),
            Sample::new("traces-further", on(Post::TrialManagement), far),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capability::traces::untold_of_kind;

    #[test]
    fn the_auditor_is_told_of_every_act_and_nothing_of_its_content() {
        let told = lines(Lang::Zh, Post::AuditAdmin, Tale::Sale, false);
        assert_eq!(told.len(), Tale::Sale.whole().acts.len());
        assert!(told.iter().all(|line| line.words.is_empty() && line.kind.is_some()));
        let parties: Vec<String> = Tale::Sale.whole().case.parties_in_order().map(|party| party.name.clone()).collect();
        let said = serde_json::to_string(&told.iter().map(|line| (&line.kind, &line.words, &line.number)).collect::<Vec<_>>());
        assert!(parties.iter().all(|name| !said.as_ref().expect("plain data").contains(name.as_str())));
    }

    #[test]
    fn who_oversees_is_told_of_no_deliberation_and_no_draft() {
        for post in [Post::DivisionHead, Post::VicePresident, Post::President, Post::TrialManagement] {
            let told = lines(Lang::En, post, Tale::Sale, false);
            assert!(told.iter().any(|line| !line.words.is_empty()), "{post:?}");
            let kinds: Vec<&str> = told.iter().filter_map(|line| line.kind.as_deref()).collect();
            assert!(!kinds.contains(&"Deliberation") && !kinds.contains(&"Drafting"), "{post:?}: {kinds:?}");
        }
    }

    #[test]
    fn of_a_restricted_case_that_is_not_open_only_who_and_when_is_told() {
        for post in [Post::AuditAdmin, Post::President] {
            let told = lines(Lang::Zh, post, Tale::Divorce, true);
            assert!(!told.is_empty());
            assert!(told.iter().all(|line| line.closed && line.kind.is_none() && line.words.is_empty()), "{post:?}");
        }
        let told = lines(Lang::Zh, Post::AuditAdmin, Tale::Divorce, true);
        let of_a_kind = Asked { kind: "mediation".to_owned(), ..Asked::default() };
        assert_eq!(untold_of_kind(told.clone(), &Asked::default()), told);
        assert!(untold_of_kind(told, &of_a_kind).is_empty(), "what is found by its kind tells its kind");
        assert!(access::is_restricted(&Tale::Divorce.whole().case));
        assert!(!access::is_restricted(&Tale::Sale.whole().case));
    }
}
