//! Workbenches in the gallery.

use xiezhi_app::tables::{DeadlineRow, HearingRow, MaterialRow, TaskRow};
use xiezhi_domain::people::Post;

use super::WorkbenchView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, TODAY, Tale},
        on_post,
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; WorkbenchView]
}

/// Cases that wait for somebody each.
fn lives() -> [Lived; 8] {
    [
        Tale::Loan.until("filing.submitted.v1"),
        Tale::Papers.until("evidence.submitted.v1"),
        Tale::Sale.until("deliberation.opened.v1"),
        Tale::SmallClaim.until("scheduling.scheduled.v1"),
        Tale::Accident.until_nth("scheduling.scheduled.v1", 2),
        Tale::Stayed.until("issuing.issued.v1"),
        Tale::Divorce.until("mediation.agreed.v1"),
        Tale::Loan.until("fees.refund_due.v1"),
    ]
}

fn full(post: Post, pile: Option<&str>) -> WorkbenchView {
    let lives = lives();
    let of_the_court = |row: &TaskRow| !row.assignee.starts_with("party:");
    let tasks = lives.iter().flat_map(Lived::rows).filter(of_the_court).collect();
    let mut view = WorkbenchView::of(post, TODAY, (tasks, vec![]), pile);
    view.hearings = lives.iter().flat_map(Lived::rows::<HearingRow>).take(4).collect();
    view.periods = lives.iter().flat_map(Lived::rows::<DeadlineRow>).take(8).collect();
    view.papers = lives[2].rows::<MaterialRow>().into_iter().take(6).collect();
    view
}

impl Samples for WorkbenchView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, post, view| Sample::new(name, on_post(lang, post), view);
        let empty = |post| Self::of(post, TODAY, (vec![], vec![]), None);
        let lists = |post| Self::of(post, TODAY, (vec![], vec![12, 3]), None);
        vec![
            shown("workbench-empty", Post::JudgeAssistant, empty(Post::JudgeAssistant)),
            shown("workbench-judge", Post::Judge, full(Post::Judge, None)),
            shown("workbench-judge-waiting", Post::Judge, full(Post::Judge, Some("wait"))),
            shown("workbench-clerk", Post::CourtClerk, full(Post::CourtClerk, None)),
            shown("workbench-head-signs", Post::DivisionHead, full(Post::DivisionHead, Some("sign"))),
            shown("workbench-president-lists", Post::President, lists(Post::President)),
            shown("workbench-filing-clerk", Post::FilingClerk, full(Post::FilingClerk, Some("soon"))),
            shown("workbench-system", Post::SystemAdmin, empty(Post::SystemAdmin)),
            shown("workbench-audit", Post::AuditAdmin, empty(Post::AuditAdmin)),
        ]
    }
}
