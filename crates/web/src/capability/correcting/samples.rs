//! Corrections in the gallery.

use std::sync::Arc;

use xiezhi_domain::{
    correcting::{Correction, Slip},
    ids::DocumentId,
};

use super::CorrectionView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; CorrectionView]
}

impl Samples for CorrectionView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let pronounced: Lived = Tale::Sale.until("pronouncing.pronounced.v1");
        let shown = |name, marked: bool, seat| {
            pronounced.seen_by(seat, lang).sample(name, |seen| {
                let mut case = (*seen.case).clone();
                let document = *case.drafts.keys().last().expect("the judgment was drafted");
                if marked {
                    let slip = Slip { part: "orders".into(), wrong: "五日内".into(), right: "十五日内".into() };
                    let issued_on = Some(seen.to.today);
                    let ruling = Correction { of: document, slips: vec![slip], issued_on };
                    case.correcting.rulings.insert(DocumentId(case.id.0), ruling);
                }
                Self::of(&Arc::new(case), &seen.reader, document).expect("the judgment was issued")
            })
        };
        vec![
            shown("correction-none", false, Seat::Judge),
            shown("correction-issued", true, Seat::Judge),
            shown("correction-member", true, Seat::Assessor),
        ]
    }
}
