//! Fees in the gallery.

use xiezhi_app::{
    lists::Page,
    tables::{CaseRow, TaskRow},
};
use xiezhi_domain::people::Post;

use super::{FeesView, MoneyView};
use crate::{
    capability::cases,
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
        on_post,
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; FeesView, MoneyView]
}

impl Samples for FeesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader, lang))
        };
        let noticed = Tale::Loan.until("review.filed.v1");
        vec![
            shown("fees-none-yet", &Tale::Loan.until("filing.submitted.v1"), Seat::Party(0)),
            shown("fees-due-plaintiff", &noticed, Seat::Party(0)),
            shown("fees-due-defendant", &noticed.clone().on(noticed.today), Seat::Party(1)),
            shown("fees-due-judge", &noticed, Seat::Judge),
            shown("fees-overdue", &Tale::Unpaid.until("fees.overdue.v1"), Seat::Judge),
            shown("fees-paid", &Tale::Loan.until("fees.paid.v1"), Seat::Clerk),
            shown("fees-aided", &Tale::Aided.until_nth("fees.aided.v1", 2), Seat::Party(0)),
            shown("fees-to-refund", &Tale::Loan.until("fees.refund_due.v1"), Seat::Of(Post::Finance)),
            shown("fees-refunded", &Tale::Loan.whole(), Seat::Party(0)),
        ]
    }
}

impl Samples for MoneyView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let to = || on_post(lang, Post::Finance);
        let page = |rows: Vec<CaseRow>| Page { total: rows.len() as u64, rows, page: 1, size: 50 };
        let due: Vec<TaskRow> = Tale::Loan.until("fees.refund_due.v1").rows();
        let to_refund = due.into_iter().filter(|task| task.kind == "refund").collect();
        vec![
            Sample::new("money-empty", to(), Self { to_refund: vec![], charged: page(vec![]) }),
            Sample::new("money", to(), Self { to_refund, charged: page(cases::samples::rows()) }),
        ]
    }
}
