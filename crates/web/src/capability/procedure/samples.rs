//! Stays and changes of procedure in the gallery.

use super::ProcedureView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; ProcedureView]
}

impl Samples for ProcedureView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader))
        };
        vec![
            shown("procedure-small-claim", &Tale::Stayed.until("consent.recorded.v1"), Seat::Judge),
            shown("procedure-stayed", &Tale::Stayed.until("procedure.stayed.v1"), Seat::Judge),
            shown("procedure-converted", &Tale::Stayed.until("procedure.converted.v1"), Seat::Clerk),
            shown("procedure-closed", &Tale::Stayed.whole(), Seat::Judge),
        ]
    }
}
