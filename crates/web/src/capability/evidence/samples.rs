//! Answers and evidence in the gallery.

use super::{AnswerView, EvidenceView};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; EvidenceView, AnswerView]
}

impl Samples for EvidenceView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader))
        };
        let disputed = Tale::Papers.until("evidence.issues_fixed.v1");
        vec![
            shown("evidence-before-filing-clerk", &Tale::Withdrawn.until("fees.paid.v1"), Seat::Clerk),
            shown("evidence-defendant", &Tale::Papers.until("evidence.submitted.v1"), Seat::Party(1)),
            shown("evidence-opinions-plaintiff", &disputed, Seat::Party(0)),
            shown("evidence-judge", &disputed, Seat::Judge),
            shown("evidence-answered", &Tale::Sale.until("evidence.answered.v1"), Seat::Agent(0)),
            shown("evidence-waivable", &Tale::SmallClaim.until("consent.recorded.v1"), Seat::Party(1)),
            shown("evidence-closed", &Tale::Sale.whole(), Seat::Party(1)),
        ]
    }
}

impl Samples for AnswerView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader, lang, None))
        };
        vec![
            shown("answer-empty", &Tale::Sale.until("service.effected.v1"), Seat::Party(1)),
            shown("answer-given", &Tale::Sale.until("evidence.answered.v1"), Seat::Party(1)),
            shown("answer-on-paper-clerk", &Tale::Accident.until("fees.paid.v1"), Seat::Clerk),
        ]
    }
}
