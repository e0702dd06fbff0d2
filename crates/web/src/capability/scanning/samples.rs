//! The scanning centre in the gallery.

use xiezhi_domain::ids::ScanId;

use super::{BatchLine, BatchView, CaseOnDesk, ScannedPageView, ScansView};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; ScansView, BatchView]
}

const ID: ScanId = ScanId(uuid::Uuid::from_u128(0x5ca0));

impl Samples for ScansView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, batches: Vec<BatchLine>| {
            Tale::Arranged.whole().seen_by(Seat::Clerk, lang).sample(name, |_| Self { batches })
        };
        let line = |name: &str, waiting| BatchLine { id: ID, name: name.to_owned(), pages: 12, waiting };
        vec![
            shown("scans", vec![line("scan-20260302-0917.pdf", 3), line("scan-20260302-0855.tif", 12)]),
            shown("scans-none", vec![]),
        ]
    }
}

impl Samples for BatchView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, waiting: Vec<ScannedPageView>| {
            Tale::Arranged.whole().seen_by(Seat::Clerk, lang).sample(name, |_| Self {
                id: ID,
                name: "scan-20260302-0917.pdf".to_owned(),
                waiting,
                sorted: 4,
                cases: vec![CaseOnDesk { number: "（2026）鲁0691民初101号".to_owned(), title: "贾借出诉易欠款".to_owned() }],
            })
        };
        let page = |number, blank, stopped: Option<&str>| ScannedPageView {
            number,
            blank,
            stopped: stopped.map(str::to_owned),
        };
        let stopped = Some("material.NotAddableAfterClosing");
        vec![
            shown("scans-batch", vec![page(1, false, None), page(2, true, None), page(7, false, stopped)]),
            shown("scans-batch-done", vec![]),
        ]
    }
}
