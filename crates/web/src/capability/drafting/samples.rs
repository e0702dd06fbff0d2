//! Drafting in the gallery.

use xiezhi_documents::proofread::{Finding, Place, Slip, SlipKind};
use xiezhi_domain::{moment::Moment, moment::instant, rules::Rules};

use super::{DraftsView, quotations::Quotation};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; DraftsView]
}

/// The editor with something of each sort that proofreading finds.
fn found(lived: &Lived, lang: Lang) -> Sample<DraftsView> {
    let slip = |kind, at, written: &str, fix: Option<&str>| {
        Finding::Slip(Slip { kind, place: Place::Block(at), written: written.into(), fix: fix.map(str::to_owned) })
    };
    lived.seen_by(Seat::Judge, lang).sample("document-proofread", |seen| {
        let only = seen.case.drafts.keys().last().copied();
        let moment = Moment::of(instant(seen.to.today, 10, 0));
        let view =
            DraftsView::of(&seen.case, &seen.reader, &seen.to.people, &Rules::demonstration(), moment, only);
        let mut view = view.expect("the judge sees drafts");
        view.quotations = vec![Quotation {
            quote: "甲方应于收货后三十日内付清货款".to_owned(),
            source: "《买卖合同》第2页，正卷第12页".to_owned(),
            href: "/cases".to_owned(),
        }];
        view.drafts[0].findings = vec![
            Finding::ClaimsUnanswered { claims: 3, orders: 2 },
            slip(SlipKind::NameNearly, 4, "宏远机诫有限公司", Some("宏远机械有限公司")),
            slip(SlipKind::LawNotInForce, 9, "中华人民共和国合同法", Some("《中华人民共和国民法典》第一千二百六十条")),
            slip(SlipKind::HiddenCharacter, 11, "U+202E", Some("")),
        ];
        view
    })
}

impl Samples for DraftsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat, one: bool| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                let only = seen.case.drafts.keys().last().copied().filter(|_| one);
                let moment = Moment::of(instant(seen.to.today, 10, 0));
                let view = Self::of(&seen.case, &seen.reader, &seen.to.people, &Rules::demonstration(), moment, only);
                view.expect("the seat sees drafts")
            })
        };
        let (saved, forward) = ("drafting.saved.v1", "drafting.put_forward.v1");
        vec![
            shown("documents-none", &Tale::Sale.until("hearing.closed.v1"), Seat::Judge, false),
            shown("documents-suit-laid", &Tale::Accepted.until("review.not_accepted.v1"), Seat::Judge, false),
            shown("documents-list", &Tale::Sale.until("issuing.issued.v1"), Seat::Clerk, false),
            shown("document-editor", &Tale::Sale.until(saved), Seat::Judge, true),
            found(&Tale::Sale.until(saved), lang),
            shown("document-returned", &Tale::Withdrawn.until("drafting.returned.v1"), Seat::Judge, true),
            shown("document-to-sign", &Tale::Sale.until(forward), Seat::Assessor, true),
            shown("document-to-issue", &Tale::Sale.until_nth("issuing.signed.v1", 3), Seat::Clerk, true),
            shown("document-to-pronounce", &Tale::Sale.until("issuing.issued.v1"), Seat::Judge, true),
            shown("document-pronounced", &Tale::Sale.until("pronouncing.pronounced.v1"), Seat::Judge, true),
        ]
    }
}
