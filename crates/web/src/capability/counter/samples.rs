//! The counter in the gallery.

use xiezhi_domain::people::Post;

use super::{CounterView, FoundCase, IntakesView};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; CounterView, IntakesView]
}

impl Samples for CounterView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, q: &str, found: bool, may_file| {
            Tale::Counter.whole().seen_by(Seat::Of(Post::FilingClerk), lang).sample(name, |seen| {
                let case = FoundCase {
                    id: seen.case.id,
                    number: seen.case.number.as_ref().map(ToString::to_string).unwrap_or_default(),
                    title: seen.case.short_title(),
                };
                Self { q: q.to_owned(), cases: if found { vec![case] } else { vec![] }, may_file }
            })
        };
        vec![
            shown("counter", "", false, true),
            shown("counter-found", "贾借出", true, true),
            shown("counter-none-found", "无此人", false, false),
        ]
    }
}

impl Samples for IntakesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader, &seen.to))
        };
        let taken = Tale::Counter.whole();
        vec![
            shown("intakes-clerk", &taken, Seat::Clerk),
            shown("intakes-filing-clerk", &taken, Seat::Of(Post::FilingClerk)),
            shown("intakes-party", &taken, Seat::Party(1)),
            shown("intakes-none", &Tale::Counter.until("filing.submitted.v1"), Seat::Clerk),
        ]
    }
}
