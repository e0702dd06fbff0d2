//! The archive in the gallery.

use xiezhi_app::{package::Origin, tables::CaseRow};
use xiezhi_domain::{case::CaseState, people::Post};

use super::{ArchiveView, DeskView};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
        on_post,
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; ArchiveView, DeskView]
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
            shown("archive-returned", &Tale::Loan.until("archive.returned.v1"), Seat::Clerk),
            shown("archive-sealed", &Tale::Divorce.whole(), archivist),
            taken_over("archive-taken-over", &Tale::Divorce.whole(), archivist),
            shown("archive-lent", &Tale::Loan.until("archive.lent.v1"), archivist),
        ]
    }
}

impl Samples for DeskView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let to = || on_post(lang, Post::Archivist);
        let rows = |tales: &[Lived]| tales.iter().flat_map(Lived::rows::<CaseRow>).collect();
        let waiting = rows(&[Tale::Loan.until("archive.submitted.v1")]);
        let kept = rows(&[Tale::Loan.whole(), Tale::Sale.whole(), Tale::Divorce.whole(), Tale::SmallClaim.whole()]);
        vec![
            Sample::new("archive-desk-empty", to(), Self { waiting: vec![], kept: vec![] }),
            Sample::new("archive-desk", to(), Self { waiting, kept }),
        ]
    }
}
