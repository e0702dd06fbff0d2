//! Copies in the making, in the gallery.

use xiezhi_app::redaction::{Preview, Sought};
use xiezhi_domain::{
    annotation::Area,
    material::{Hidden, HidingGround},
    paper::PaperKind,
};

use super::RedactionView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; RedactionView]
}

fn preview() -> Preview {
    let hidden = |ground, page, y| Hidden { page, area: Area { x: 2_000, y, w: 2_600, h: 160 }, ground };
    let sought = |written: &str, ground, hidden_now, y| Sought {
        written: written.to_owned(),
        ground,
        hidden: hidden_now,
        places: vec![hidden(ground, 1, y)],
    };
    Preview {
        found: vec![
            sought("370602198503021234", HidingGround::IdNumber, true, 1_400),
            sought("13800138000", HidingGround::Phone, false, 1_700),
        ],
        words: vec![
            sought("贾小孩", HidingGround::Minor, true, 2_600),
            Sought { places: vec![], ..sought("甲公司配方", HidingGround::TradeSecret, true, 0) },
        ],
        boxes: vec![hidden(HidingGround::Privacy, 1, 6_000)],
        without_text: vec![],
    }
}

impl Samples for RedactionView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, preview: Preview| {
            lived.seen_by(Seat::Clerk, lang).sample(name, |seen| {
                let paper = seen.case.last_paper(PaperKind::Complaint).expect("the case begins with one");
                Self::of((&seen.case, &seen.reader), paper, &preview, (1, &[]))
            })
        };
        let lived = Tale::Loan.until("material.entered.v1");
        let scan = Preview { without_text: vec![1], ..Preview::default() };
        vec![shown("redaction", &lived, preview()), shown("redaction-of-a-scan", &lived, scan)]
    }
}
