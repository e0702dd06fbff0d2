//! Appeal in the gallery.

use super::AppealView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; AppealView]
}

impl Samples for AppealView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader, lang, seen.to.today))
        };
        let served = Tale::Sale.until_nth("closing.closed.v1", 1);
        let running = Tale::Sale.until("appeal.filed.v1");
        let served_on_all = Tale::Accident.whole();
        vec![
            shown("appeal-not-served", &served, Seat::Party(1)),
            shown("appeal-over-party", &served_on_all, Seat::Party(1)),
            shown("appeal-filed-party", &running, Seat::Party(1)),
            shown("appeal-open-other-party", &running, Seat::Party(0)),
            shown("appeal-transfer-clerk", &running, Seat::Clerk),
            shown("appeal-return-clerk", &Tale::Sale.until("appeal.transferred.v1"), Seat::Clerk),
            shown("appeal-final", &Tale::SmallClaim.whole(), Seat::Party(1)),
        ]
    }
}
