//! The demonstration bank in the gallery.

use super::BankView;
use crate::{
    gallery::{Piece, Sample, Samples, hang, lived, passer_by},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; BankView]
}

impl Samples for BankView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let waiting = Self {
            key: "sample".to_owned(),
            amount_fen: 123_456_789_050,
            purpose: "（2026）鲁0691民初202号案件受理费".to_owned(),
            reference: "3706010000042".to_owned(),
            paid_on: None,
            back: "/tools/fee".to_owned(),
        };
        let paid = Self { paid_on: Some(lived::TODAY), ..waiting.clone() };
        vec![Sample::new("bank-waiting", passer_by(lang), waiting), Sample::new("bank-paid", passer_by(lang), paid)]
    }
}
