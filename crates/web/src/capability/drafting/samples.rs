//! Drafting in the gallery.

use xiezhi_domain::{moment::Moment, moment::instant, rules::Rules};

use super::DraftsView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; DraftsView]
}

impl Samples for DraftsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat, one: bool| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                let only = seen.case.drafts.keys().last().copied().filter(|_| one);
                let moment = Moment::of(instant(seen.to.today, 10, 0));
                let view = Self::of(&seen.case, &seen.reader, &seen.to.people, &Rules::demonstration(), moment, only);
                view.expect("the seat sees drafts")
            })
        };
        let (saved, forward) = ("drafting.saved.v1", "drafting.put_forward.v1");
        vec![
            shown("documents-none", &Tale::Sale.until("hearing.closed.v1"), Seat::Judge, false),
            shown("documents-suit-laid", &Tale::Accepted.until("review.not_accepted.v1"), Seat::Judge, false),
            shown("documents-list", &Tale::Sale.until("issuing.issued.v1"), Seat::Clerk, false),
            shown("document-editor", &Tale::Sale.until(saved), Seat::Judge, true),
            shown("document-returned", &Tale::Withdrawn.until("drafting.returned.v1"), Seat::Judge, true),
            shown("document-to-sign", &Tale::Sale.until(forward), Seat::Assessor, true),
            shown("document-to-issue", &Tale::Sale.until_nth("issuing.signed.v1", 3), Seat::Clerk, true),
            shown("document-to-pronounce", &Tale::Sale.until("issuing.issued.v1"), Seat::Judge, true),
            shown("document-pronounced", &Tale::Sale.until("pronouncing.pronounced.v1"), Seat::Judge, true),
        ]
    }
}
