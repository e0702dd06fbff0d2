//! A party's own page in the gallery.

use xiezhi_app::tables::{CaseRow, TaskRow};
use xiezhi_domain::people::Post;

use super::{CaseLine, DraftLine, HomeView, TaskLine};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Tale},
        on_post,
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; HomeView]
}

impl Samples for HomeView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let lives = [
            Tale::Loan.until("review.filed.v1"),
            Tale::Sale.until("service.dispatched.v1"),
            Tale::Accident.until("scheduling.scheduled.v1"),
            Tale::Divorce.until("mediation.agreed.v1"),
            Tale::Withdrawn.until("review.correction_requested.v1"),
            Tale::SmallClaim.whole(),
        ];
        let of_parties = |row: &TaskRow| row.assignee.starts_with("party:");
        let tasks = lives.iter().flat_map(Lived::rows::<TaskRow>).filter(of_parties).map(TaskLine::from);
        let cases = lives.iter().flat_map(Lived::rows::<CaseRow>).map(CaseLine::from);
        let mut tasks: Vec<TaskLine> = tasks.collect();
        if let Some(task) = tasks.iter_mut().find(|task| task.is_signing_for()) {
            task.papers = ["民事判决书", "上诉须知"].map(str::to_owned).to_vec();
            task.appeal_until = Some(jiff::civil::date(2026, 6, 30));
        }
        let full = Self { tasks, cases: cases.collect(), drafts: vec![DraftLine { id: "a".to_owned(), cause: "民间借贷纠纷".to_owned(), parties: vec!["贾借出".to_owned(), "易欠款".to_owned()] }] };
        let empty = Self { tasks: vec![], cases: vec![], drafts: vec![] };
        let to = |post| on_post(lang, post);
        vec![
            Sample::new("home-empty", to(Post::Party), empty),
            Sample::new("home-full", to(Post::Lawyer), full),
        ]
    }
}
