//! Times on the screen in the gallery.

use jiff::SignedDuration;
use xiezhi_app::access::Look;
use xiezhi_domain::{access, moment::instant, people::Post};

use super::{LingeringView, OpeningView, OwnLookView, PaperNamed, TimeView};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Seat, Seen, TODAY, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; LingeringView]
}

fn view(seen: &Seen, own: bool, is_open: bool) -> LingeringView {
    let whose = if own { seen.to.person.as_ref().map(|person| person.id) } else { seen.case.judge() };
    let whose = whose.expect("somebody reads");
    let mut papers = seen.case.materials_in_order().filter(|paper| access::may_see(&seen.reader, &seen.case, paper));
    let paper = papers.next().map(|paper| PaperNamed { id: paper.id, title: paper.title.clone() });
    let at = instant(TODAY, 10, 20);
    let time = |page, seconds| TimeView { paper: paper.clone(), page, seconds, at };
    let look = |look, paper: Option<PaperNamed>, pages| OwnLookView { at, look, paper, pages };
    let opening = OpeningView { at: at - SignedDuration::from_hours(2), by: "院长".to_owned(), reason: "核查投诉".to_owned() };
    let looks = vec![look(Look::Page, paper.clone(), vec![1, 2]), look(Look::Download, paper.clone(), vec![]), look(Look::Case, None, vec![])];
    LingeringView {
        case: seen.case.id,
        whose,
        name: seen.to.name(whose).to_owned(),
        own,
        looks: if own { looks } else { vec![] },
        times: is_open.then(|| vec![time(1, 95), time(2, 8)]),
        openings: vec![opening],
        state: seen.case.clone(),
        reader: seen.reader.clone(),
    }
}

impl Samples for LingeringView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, seat, own, is_open| {
            Tale::Sale.whole().seen_by(seat, lang).sample(name, |seen| view(seen, own, is_open))
        };
        let begun = Tale::Sale.whole().seen_by(Seat::Party(0), lang).sample("looks-own-none", |seen| LingeringView {
            looks: vec![],
            times: Some(vec![]),
            openings: vec![],
            ..view(seen, true, true)
        });
        vec![
            shown("looks-own-judge", Seat::Judge, true, true),
            shown("looks-own-party", Seat::Party(0), true, true),
            begun,
            shown("looks-sealed", Seat::Of(Post::President), false, false),
            shown("looks-opened", Seat::Of(Post::President), false, true),
        ]
    }
}
