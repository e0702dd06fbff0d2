//! The archive in the gallery.

use xiezhi_app::{package::Origin, tables::CaseRow};
use xiezhi_domain::{case::CaseState, people::Post};

use super::{
    ArchiveView, AskedLine, DeskView,
    borrowing::{BorrowingLine, BorrowingsView},
};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
        on_post,
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; ArchiveView, BorrowingsView, DeskView]
}

impl Samples for ArchiveView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader, &seen.to, None))
        };
        let taken_over = |name, lived: &Lived, seat| {
            let origin = |case: &CaseState| Origin {
                case: case.id,
                court: "示例县人民法院".to_owned(),
                log: "court.example/record".to_owned(),
                standing: "witnessed by 2 of 3".to_owned(),
                checkpoint: "court.example/record\n4096\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n".to_owned(),
                events: case.rev,
                withheld: vec![],
                files_sha256: "0".repeat(64),
            };
            let seen = lived.seen_by(seat, lang);
            seen.sample(name, |seen| Self::of(&seen.case, &seen.reader, &seen.to, Some(origin(&seen.case))))
        };
        let archivist = Seat::Of(Post::Archivist);
        vec![
            shown("archive-from-day-one", &Tale::Sale.until("review.filed.v1"), Seat::Judge),
            shown("archive-ready-clerk", &Tale::Loan.until("fees.refunded.v1"), Seat::Clerk),
            shown("archive-handed-over", &Tale::Loan.until("archive.submitted.v1"), archivist),
            without_class(archivist, lang),
            shown("archive-returned", &Tale::Loan.until("archive.returned.v1"), Seat::Clerk),
            shown("archive-sealed", &Tale::Divorce.whole(), archivist),
            taken_over("archive-taken-over", &Tale::Divorce.whole(), archivist),
            shown("archive-lent", &Tale::Loan.until("archive.lent.v1"), archivist),
        ]
    }
}

/// The file was about to be taken in, and no class of retention was chosen.
fn without_class(seat: Seat, lang: Lang) -> Sample<ArchiveView> {
    Tale::Loan.until("archive.submitted.v1").seen_by(seat, lang).sample("archive-without-class", |seen| {
        let view = ArchiveView::of(&seen.case, &seen.reader, &seen.to, None);
        ArchiveView { class_missing: true, ..view }
    })
}

impl Samples for DeskView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let to = || on_post(lang, Post::Archivist);
        let rows = |tales: &[Lived]| tales.iter().flat_map(Lived::rows::<CaseRow>).collect();
        let waiting: Vec<CaseRow> = rows(&[Tale::Loan.until("archive.submitted.v1")]);
        let asked = AskedLine {
            case: waiting.first().map(|row| row.case_id.clone()).unwrap_or_default(),
            number: "（2026）鲁0691民初101号".to_owned(),
            title: "贾仁诉易某".to_owned(),
            name: "言必信".to_owned(),
            purpose: "申请再审".to_owned(),
            until_on: "2026-08-31".to_owned(),
        };
        let kept = rows(&[Tale::Loan.whole(), Tale::Sale.whole(), Tale::Divorce.whole(), Tale::SmallClaim.whole()]);
        vec![
            Sample::new("archive-desk-empty", to(), Self { asked: vec![], waiting: vec![], kept: vec![] }),
            Sample::new("archive-desk", to(), Self { asked: vec![asked], waiting, kept }),
        ]
    }
}

impl Samples for BorrowingsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let line = |status: &str, reason: &str| BorrowingLine {
            case: "01980000-0000-7000-8000-000000000101".to_owned(),
            number: "（2026）鲁0691民初101号".to_owned(),
            purpose: "申请再审".to_owned(),
            until_on: Some(jiff::civil::date(2026, 8, 31)),
            status: status.to_owned(),
            reason: reason.to_owned(),
        };
        let asked = vec![line("waiting", ""), line("granted", ""), line("refused", "用途不明，请写明")];
        vec![
            Sample::new("borrowings-none-judge", on_post(lang, Post::Judge), Self { asked: vec![], number: String::new() }),
            Sample::new("borrowings-judge", on_post(lang, Post::Judge), Self { asked: asked.clone(), number: String::new() }),
            Sample::new(
                "borrowings-party",
                on_post(lang, Post::Party),
                Self { asked, number: "（2026）鲁0691民初101号".to_owned() },
            ),
        ]
    }
}
