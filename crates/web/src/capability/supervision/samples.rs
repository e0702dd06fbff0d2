//! Supervision in the gallery.

use super::SupervisionView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

use xiezhi_domain::people::Post;

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; SupervisionView]
}

impl Samples for SupervisionView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                Self::of(&seen.to, &seen.case, &seen.reader).expect("the seat sees supervision")
            })
        };
        vec![
            shown("supervision-none", &Tale::Sale.until("hearing.closed.v1"), Seat::Judge),
            shown("supervision-marked", &Tale::Supervised.until("supervision.marked.v1"), Seat::Of(Post::DivisionHead)),
            shown("supervision-member", &Tale::Supervised.until("supervision.marked.v1"), Seat::Assessor),
            shown("supervision-lifted", &Tale::Supervised.until("supervision.lifted.v1"), Seat::Judge),
        ]
    }
}
