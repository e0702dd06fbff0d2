//! The first page of a case in the gallery.

use xiezhi_app::{acts::Visit, witnessing::Reach};
use xiezhi_domain::people::Post;

use super::OverviewView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; OverviewView]
}

impl Samples for OverviewView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                let seen_upto = seen.acts.len().saturating_sub(8);
                let before = seen.acts.get(seen_upto).map_or(0, |act| act.at.as_microsecond());
                let visit = Visit { before_rev: seen_upto as u64, before_us: before, ..Visit::default() };
                let last = seen.acts.last().map_or(0, |act| act.pos - 1);
                let reach = Reach { signed: last, witnessed: last.saturating_sub(2), by: 2, of: 3, demonstration: false };
                Self::of(&seen.case, &seen.reader, &seen.to, &seen.acts, visit, reach)
            })
        };
        let scheduled = Tale::Accident.until_nth("scheduling.scheduled.v1", 2);
        let effective = Tale::Loan.until("closing.effective.v1");
        let waits = Tale::Sale.until("service.dispatched.v1");
        vec![
            shown("case-submitted-party", &Tale::Loan.until("filing.submitted.v1"), Seat::Party(0)),
            shown("case-correction-party", &Tale::Withdrawn.until("review.correction_requested.v1"), Seat::Party(0)),
            shown("case-filed-clerk", &Tale::Loan.until("review.filed.v1"), Seat::Clerk),
            shown("case-answer-party", &waits, Seat::Party(1)),
            shown("case-scheduled-judge", &scheduled, Seat::Judge),
            shown("case-scheduled-party", &scheduled, Seat::Party(2)),
            shown("case-deliberation-assessor", &Tale::Sale.until("deliberation.opened.v1"), Seat::Assessor),
            shown("case-deliberation-party", &Tale::Sale.until("deliberation.opened.v1"), Seat::Party(0)),
            shown("case-stayed", &Tale::Stayed.until("procedure.stayed.v1"), Seat::Judge),
            shown("case-withdrawn", &Tale::Withdrawn.whole(), Seat::Party(0)),
            shown("case-appealed-lawyer", &Tale::Sale.until("appeal.filed.v1"), Seat::Agent(0)),
            shown("case-effective-judge", &effective, Seat::Judge),
            shown("case-not-accepted", &Tale::TurnedAway.whole(), Seat::Party(0)),
            shown("case-redirected", &Tale::Redirected.whole(), Seat::Of(Post::FilingClerk)),
            shown("case-archived-president", &Tale::Loan.whole(), Seat::Of(Post::President)),
        ]
    }
}
