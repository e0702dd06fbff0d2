//! The e-file in the gallery.

use std::collections::{BTreeMap, BTreeSet};

use xiezhi_app::witnessing::Proof;
use xiezhi_domain::{
    material::{Material, Place},
    people::Post,
    verify,
};

use super::{Asked, At, FileView, ReaderView};
use crate::{
    capability::verify::KeptView,
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; FileView, ReaderView]
}

impl Samples for FileView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let asking = |name, lived: &Lived, seat, asked: Asked| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                let read: BTreeMap<_, _> =
                    seen.case.material_order.iter().take(3).map(|paper| (*paper, BTreeSet::from([1]))).collect();
                Self::of(&seen.case, &seen.reader, &read, asked)
            })
        };
        let shown = |name, lived: &Lived, seat| asking(name, lived, seat, Asked::default());
        let grouped = |group: &str| Asked { group: group.to_owned(), ..Asked::default() };
        let only = |only: &str| Asked { only: only.to_owned(), kind: "judgment".to_owned(), ..Asked::default() };
        let sorted = Asked { sort: "-pages".to_owned(), ..Asked::default() };
        vec![
            shown("file-first-day", &Tale::Loan.until("filing.submitted.v1"), Seat::Of(Post::FilingClerk)),
            shown("file-staging-clerk", &Tale::Papers.until("evidence.submitted.v1"), Seat::Clerk),
            shown("file-to-disclose", &Tale::Papers.until("material.entered.v1"), Seat::Clerk),
            shown("file-party", &Tale::Papers.until("material.disclosed.v1"), Seat::Party(1)),
            shown("file-both-volumes", &Tale::Sale.whole(), Seat::Judge),
            shown("file-struck-replaced", &Tale::Papers.whole(), Seat::Judge),
            shown("file-lawyer", &Tale::Sale.whole(), Seat::Agent(1)),
            asking("file-by-party", &Tale::Sale.whole(), Seat::Judge, grouped("party")),
            asking("file-by-date-lawyer", &Tale::Sale.whole(), Seat::Agent(1), grouped("date")),
            asking("file-sorted", &Tale::Sale.whole(), Seat::Judge, sorted),
            asking("file-nothing-such", &Tale::Papers.until("evidence.submitted.v1"), Seat::Clerk, only("disputed")),
        ]
    }
}

const TEXT: &str = "借款合同\n\n出借人：贾借出\n借款人：易欠款\n\n一、借款金额为人民币壹拾伍万元整。\n二、借款期限自二〇二四年六月一日起至二〇二五年五月三十一日止。";

impl Samples for ReaderView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat, place: Place, q: &str| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                let may_see = |paper: &&_| xiezhi_domain::access::may_see(&seen.reader, &seen.case, paper);
                let mut papers = seen.case.materials_in_order().filter(|paper| paper.place == place).filter(may_see);
                let paper = papers.next().expect("the tale has such a paper");
                let hits = if q.is_empty() { vec![] } else { vec![(1, 3)] };
                let at = At { page: Some(1), q: q.to_owned(), ..At::default() };
                Self::of(&seen.case, &seen.reader, paper, &at, TEXT.to_owned(), hits)
            })
        };
        let kept = |name, seat, proof| {
            Tale::Loan.whole().seen_by(seat, lang).sample(name, |seen| {
                let of_court = |paper: &&Material| {
                    verify::is_provable(paper) && xiezhi_domain::access::may_see(&seen.reader, &seen.case, paper)
                };
                let paper = seen.case.materials_in_order().find(of_court).expect("the court gave them papers");
                let view = Self::of(&seen.case, &seen.reader, paper, &At::default(), TEXT.to_owned(), vec![]);
                view.beside_its_proof(Some(KeptView::sample(proof)))
            })
        };
        let papers = Tale::Papers.whole();
        vec![
            kept("paper-with-proof", Seat::Party(0), Proof::Witnessed { by: 2, of: 3, demonstration: false }),
            kept("paper-not-yet-proven", Seat::Party(0), Proof::Recorded),
            shown("paper-judge", &Tale::Sale.whole(), Seat::Judge, Place::InFile, ""),
            shown("paper-searched", &Tale::Sale.whole(), Seat::Judge, Place::InFile, "借款"),
            shown("paper-party", &papers, Seat::Party(1), Place::InFile, ""),
            shown("paper-staged-clerk", &Tale::Papers.until("evidence.submitted.v1"), Seat::Clerk, Place::Staged, ""),
            shown("paper-struck", &papers, Seat::Clerk, Place::Struck, ""),
        ]
    }
}
