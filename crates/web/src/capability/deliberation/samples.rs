//! Deliberation in the gallery.

use super::DeliberationView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; DeliberationView]
}

impl Samples for DeliberationView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                Self::of(&seen.case, &seen.reader, &seen.to).expect("the panel sees its deliberation")
            })
        };
        let opinion = "deliberation.opinion_given.v1";
        vec![
            shown("deliberation-to-begin", &Tale::Sale.until("hearing.closed.v1"), Seat::Judge),
            shown("deliberation-assessor-first", &Tale::Sale.until("deliberation.opened.v1"), Seat::Assessor),
            shown("deliberation-under-way", &Tale::Sale.until_nth(opinion, 2), Seat::Judge),
            shown("deliberation-to-conclude", &Tale::Sale.until_nth(opinion, 6), Seat::Judge),
            shown("deliberation-to-sign", &Tale::Sale.until("deliberation.concluded.v1"), Seat::Assessor),
            shown("deliberation-signed", &Tale::Sale.until_nth("deliberation.signed.v1", 3), Seat::Judge),
        ]
    }
}
