//! The trace in the gallery.

use jiff::Timestamp;
use xiezhi_app::{
    access::Look,
    audit::{Checked, Difference},
    witnessing::Reach,
};
use xiezhi_domain::moment::instant;

use super::{LookView, OneActView, TraceView, told};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Seen, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; TraceView, OneActView]
}

fn view(seen: &Seen, looks: Vec<LookView>, checked: Option<Checked>) -> TraceView {
    let last = seen.acts.last().map_or(0, |act| act.pos - 1);
    let reach = Reach { signed: last, witnessed: last.saturating_sub(2), by: 2, of: 3, demonstration: false };
    let acts = told(&seen.to, &seen.case, &seen.reader, seen.acts.clone(), reach);
    TraceView { case: seen.case.id, acts, looks, checked, state: seen.case.clone(), reader: seen.reader.clone() }
}

fn looks(at: Timestamp) -> Vec<LookView> {
    let look = |look, paper: Option<&str>, pages| LookView {
        at,
        who: "众和议".to_owned(),
        look,
        paper: paper.map(str::to_owned),
        pages,
        back_at: None,
    };
    vec![
        look(Look::Case, None, vec![]),
        look(Look::Page, Some("民事起诉状"), vec![1, 2, 3]),
        look(Look::Download, Some("检测报告及其附件一至附件九"), vec![]),
        look(Look::Trace, None, vec![]),
        LookView { back_at: Some(at), ..look(Look::Trace, None, vec![]) },
    ]
}

impl Samples for TraceView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let good = Checked { events: 96, proven: 95, files: 31, ..Checked::default() };
        let bad = Checked {
            differences: vec![Difference::Event { log: "record".to_owned(), position: 1_042 }, Difference::File { sha256: "0f".repeat(32) }],
            ..good.clone()
        };
        let whole = Tale::Sale.whole();
        let at = instant(whole.today, 9, 41);
        let shown = |name, lived: &Lived, seat, looks: Vec<LookView>, checked: Option<&Checked>| {
            lived.seen_by(seat, lang).sample(name, |seen| view(seen, looks, checked.cloned()))
        };
        vec![
            shown("trace-first-act", &Tale::Loan.until("filing.submitted.v1"), Seat::Party(0), vec![], None),
            shown("trace-judge", &whole, Seat::Judge, looks(at), None),
            shown("trace-checked", &whole, Seat::Judge, looks(at), Some(&good)),
            shown("trace-differs", &whole, Seat::Clerk, vec![], Some(&bad)),
            shown("trace-party", &whole, Seat::Party(1), vec![], Some(&good)),
        ]
    }
}

impl Samples for OneActView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let seen = Tale::Sale.whole().seen_by(Seat::Judge, lang);
        let party = Tale::Sale.whole().seen_by(Seat::Party(0), lang);
        let act = |seen: &Seen, at: usize| OneActView { case: seen.case.id, act: view(seen, vec![], None).acts.swap_remove(at) };
        vec![
            seen.sample("act-recorded", |seen| act(seen, 0)),
            seen.sample("act-proven", |seen| act(seen, 9)),
            party.sample("act-proven-party", |seen| act(seen, 3)),
        ]
    }
}
