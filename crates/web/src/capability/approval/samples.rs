//! Approval in the gallery.

use xiezhi_app::tables::ApprovalRow;
use xiezhi_domain::people::Post;

use super::{MineView, RequestsView};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
        on_post,
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; MineView, RequestsView]
}

impl Samples for MineView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let asked = [Tale::Sale, Tale::Aided, Tale::Stayed].map(|tale| tale.until("approval.asked.v1"));
        let waiting = asked.iter().flat_map(Lived::rows::<ApprovalRow>).collect();
        vec![
            Sample::new("approvals-none", on_post(lang, Post::Judge), Self { waiting: vec![] }),
            Sample::new("approvals-waiting", on_post(lang, Post::DivisionHead), Self { waiting }),
        ]
    }
}

impl Samples for RequestsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.to, &seen.case, &seen.reader, None))
        };
        let asked = Tale::Stayed.until("approval.asked.v1");
        vec![
            shown("requests-none", &Tale::Loan.until("fees.paid.v1"), Seat::Judge),
            shown("requests-my-turn", &asked, Seat::Of(Post::DivisionHead)),
            shown("requests-answered", &Tale::Aided.whole(), Seat::Judge),
            shown("requests-of-papers", &Tale::Papers.whole(), Seat::Clerk),
            shown("requests-archived", &Tale::Loan.whole(), Seat::Of(Post::Archivist)),
        ]
    }
}
