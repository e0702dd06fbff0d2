//! Withdrawal in the gallery.

use super::WithdrawalView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; WithdrawalView]
}

impl Samples for WithdrawalView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader))
        };
        let asked = Tale::Withdrawn.until("closing.withdrawal_asked.v1");
        vec![
            shown("withdrawal-to-ask", &Tale::Withdrawn.until("scheduling.scheduled.v1"), Seat::Party(0)),
            shown("withdrawal-on-paper-clerk", &Tale::Withdrawn.until("scheduling.scheduled.v1"), Seat::Clerk),
            shown("withdrawal-asked-party", &asked, Seat::Party(0)),
            shown("withdrawal-asked-judge", &asked, Seat::Judge),
            shown("withdrawal-too-late", &Tale::Withdrawn.whole(), Seat::Party(0)),
        ]
    }
}
