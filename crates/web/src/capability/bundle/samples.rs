//! Choosing papers for a bundle, in the gallery.

use super::{BundlingView, Ticks};
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
        let ticked = |name, seat, lived: &Lived, ticks| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader, ticks))
        };
        let shown = |name, seat, lived: &Lived| ticked(name, seat, lived, Ticks::default());
        let heard = Tale::Sale.until("deliberation.concluded.v1");
        vec![
            shown("bundling", Seat::Judge, &heard),
            ticked("bundling-all", Seat::Judge, &heard, Ticks { main: true, secondary: true }),
            shown("bundling-party", Seat::Party(0), &heard),
            shown("bundling-nothing", Seat::Party(1), &Tale::Loan.until("review.filed.v1")),
        ]
    }
}
