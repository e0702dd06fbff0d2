//! The adjudication committee in the gallery.

use xiezhi_domain::people::Post;

use super::CommitteeView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; CommitteeView]
}

impl Samples for CommitteeView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                Self::of(&seen.case, &seen.reader, &seen.to).expect("panel and committee see it")
            })
        };
        let tale = Tale::Committee;
        let opinion = "committee.opinion_given.v1";
        vec![
            shown("committee-to-refer", &tale.until("deliberation.concluded.v1"), Seat::Judge),
            shown("committee-asked", &tale.until("approval.asked.v1"), Seat::Judge),
            shown("committee-to-open", &tale.until("committee.referred.v1"), Seat::Of(Post::President)),
            shown("committee-to-speak", &tale.until_nth(opinion, 2), Seat::Of(Post::President)),
            shown("committee-to-decide", &tale.until_nth(opinion, 3), Seat::Of(Post::President)),
            shown("committee-decided", &tale.until("committee.decided.v1"), Seat::Judge),
            shown("committee-to-sign", &tale.until_nth("committee.decided.v1", 2), Seat::Of(Post::VicePresident)),
            shown("committee-done", &tale.whole(), Seat::Clerk),
        ]
    }
}
