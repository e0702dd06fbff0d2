//! The check page in the gallery.

use xiezhi_app::witnessing::Proof;
use xiezhi_domain::{ids::MaterialId, paper::PaperKind};

use super::{Finding, PublicPaper, VerifyView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, lived, passer_by},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; VerifyView]
}

impl Samples for VerifyView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let paper = PublicPaper {
            id: MaterialId(uuid::Uuid::from_u128(1)),
            kind: PaperKind::Judgment,
            number: Some("（2026）鲁0691民初202号".to_owned()),
            on: Some(lived::TODAY),
            pages: 9,
            sha256: "0f".repeat(32),
            proof: Proof::Witnessed { by: 2, of: 3, demonstration: false },
        };
        let fresh = PublicPaper { proof: Proof::Recorded, number: None, on: None, ..paper.clone() };
        let shown = |name, finding| Sample::new(name, passer_by(lang), Self { finding });
        vec![
            shown("verify-asked", Finding::Asked),
            shown("verify-genuine", Finding::Genuine { paper: paper.clone() }),
            shown("verify-genuine-recorded", Finding::Genuine { paper: fresh }),
            shown("verify-known", Finding::Known { paper: paper.clone() }),
            shown("verify-changed", Finding::Changed { paper }),
            shown("verify-unknown", Finding::Unknown),
        ]
    }
}
