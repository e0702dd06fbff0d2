//! Lists of cases in the gallery.

use xiezhi_app::{lists::Page, tables::CaseRow};
use xiezhi_domain::people::Post;

use super::{Asked, CasesView};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Tale},
        on_post,
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; CasesView]
}

/// Cases at every part of their life.
pub(crate) fn rows() -> Vec<CaseRow> {
    let cases = [
        Tale::Accident.until("filing.submitted.v1"),
        Tale::Loan.until("review.filed.v1"),
        Tale::Sale.until("deliberation.opened.v1"),
        Tale::Stayed.until("procedure.stayed.v1"),
        Tale::SmallClaim.until("hearing.closed.v1"),
        Tale::Withdrawn.whole(),
        Tale::Divorce.whole(),
    ];
    cases.iter().flat_map(Lived::rows::<CaseRow>).collect()
}

impl Samples for CasesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let judges: Vec<(String, String)> =
            [("a", "甄明理"), ("b", "程公允")].map(|(id, name)| (id.to_owned(), name.to_owned())).to_vec();
        let view = |rows: Vec<CaseRow>, total: u64, page: u64, asked: Asked| {
            CasesView { found: Page { rows, total, page, size: 20 }, asked, judges: judges.clone() }
        };
        let mut long = rows();
        long[2].title = "烟台经济技术开发区虚构新材料科技股份有限公司 诉 中假想国际建设工程集团（山东）有限责任公司烟台分公司等六被告".to_owned();
        long[2].amount_fen = Some(98_765_432_109_876);
        let asked = Asked { q: "公司".to_owned(), scope: "trial".to_owned(), judge: "a".to_owned(), mine: "1".to_owned(), ..Asked::default() };
        let to = |post| on_post(lang, post);
        vec![
            Sample::new("cases", to(Post::CourtClerk), view(rows(), 7, 1, Asked::default())),
            Sample::new("cases-full", to(Post::President), view(long, 98_765, 412, Asked { sort: "due".to_owned(), ..Asked::default() })),
            Sample::new("cases-none-found", to(Post::Judge), view(vec![], 0, 1, asked)),
        ]
    }
}
