//! Shares in the gallery.

use xiezhi_domain::{
    ids::{CaseId, MaterialId, ShareId},
    paper::PaperKind,
    sharing::{Outsider, Share, Terms},
};

use super::{
    GuestPageView, GuestView, PaperView, SharesView,
    guest::{FoundView, OpenedView, PlaceView},
};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{self, Lived, Seat, Tale},
        passer_by,
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; SharesView, GuestView, GuestPageView]
}

const SHARE: ShareId = ShareId(uuid::Uuid::from_u128(0x5a));
const CASE: CaseId = CaseId(uuid::Uuid::from_u128(0xca5e));

fn share(no: u128, lived: &Lived, days: i64) -> Share {
    let paper = lived.case.last_paper(PaperKind::Complaint).expect("the case begins with one").id;
    let with = Outsider {
        name: "甄鉴定".to_owned(),
        organisation: "烟台某司法鉴定所".to_owned(),
        reach: "jianding@mail.example".to_owned(),
    };
    let until_on = lived.today.saturating_add(jiff::Span::new().days(days));
    Share {
        id: ShareId(uuid::Uuid::from_u128(no)),
        terms: Terms { with, purpose: "质量鉴定".to_owned(), materials: vec![paper], until_on },
        code: "20841733".to_owned(),
        tried: std::collections::BTreeSet::new(),
        granted_on: lived.today,
        granted_by: None,
        revoked: None,
    }
}

impl Samples for SharesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived| {
            lived.seen_by(Seat::Clerk, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader, &seen.to, |_| 7))
        };
        let bare = Tale::Sale.until("deliberation.concluded.v1");
        let mut full = bare.clone();
        let mut case = (*full.case).clone();
        let revoked = Some((full.today, "鉴定已经完成".to_owned()));
        for share in [share(1, &bare, 20), share(2, &bare, -1), Share { revoked, ..share(3, &bare, 9) }] {
            case.shares.insert(share.id, share);
        }
        full.case = std::sync::Arc::new(case);
        let all = |sample: Sample<Self>| Sample { view: sample.view.ticked(true), ..sample };
        vec![shown("shares", &full), shown("shares-none", &bare), all(shown("shares-all", &bare))]
    }
}

impl Samples for GuestView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let paper = PaperView { id: MaterialId(uuid::Uuid::nil()), title: "产品检验记录".to_owned(), pages: 12 };
        let opened = OpenedView {
            number: "（2026）鲁0691民初102号".to_owned(),
            reader: "烟台某司法鉴定所 甄鉴定".to_owned(),
            purpose: "质量鉴定".to_owned(),
            until_on: lived::TODAY,
            papers: vec![paper],
            found: None,
        };
        let place = PlaceView {
            material: MaterialId(uuid::Uuid::nil()),
            page: 3,
            before: "抽检的二十件中有".to_owned(),
            words: "三件".to_owned(),
            after: "不符合约定的厚度".to_owned(),
        };
        let found = |hits: Vec<PlaceView>| {
            let found = FoundView { sought: "三件".to_owned(), hits, more: false, without_text: 1 };
            Some(OpenedView { found: Some(found), ..opened.clone() })
        };
        let (some, none) = (found(vec![place]), found(vec![]));
        let view = |opened| Self { case: CASE, share: SHARE, opened };
        Sample::each(&passer_by(lang), vec![("shared-code", view(None)), ("shared-papers", view(Some(opened))), ("shared-found", view(some)), ("shared-nothing", view(none))])
    }
}

impl Samples for GuestPageView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let paper = PaperView { id: MaterialId(uuid::Uuid::nil()), title: "产品检验记录".to_owned(), pages: 12 };
        let text = "产品检验记录\n抽检二十件，三件不符合约定的厚度。".to_owned();
        let view = |text| Self { case: CASE, share: SHARE, paper: paper.clone(), page: 2, text, awaited: false };
        let states = vec![("shared-page", view(text)), ("shared-page-no-text", view(String::new()))];
        Sample::each(&passer_by(lang), states)
    }
}
