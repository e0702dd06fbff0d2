//! Choosing papers for a bundle, in the gallery.

use super::BundlingView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; BundlingView]
}

impl Samples for BundlingView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, seat, lived: &Lived| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader))
        };
        let heard = Tale::Sale.until("deliberation.concluded.v1");
        vec![
            shown("bundling", Seat::Judge, &heard),
            shown("bundling-party", Seat::Party(0), &heard),
            shown("bundling-nothing", Seat::Party(1), &Tale::Loan.until("review.filed.v1")),
        ]
    }
}
