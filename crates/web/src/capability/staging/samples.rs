//! Staged papers in the gallery.

use super::StagingView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; StagingView]
}

impl Samples for StagingView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived| {
            lived.seen_by(Seat::Clerk, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader))
        };
        vec![
            shown("staging-scans", &Tale::Arranged.until_nth("material.received.v1", 4)),
            shown("staging-arranged", &Tale::Arranged.until("material.split.v1")),
            shown("staging-nothing", &Tale::Papers.whole()),
        ]
    }
}
