//! The search in all papers in the gallery.

use xiezhi_app::searching::{Also, Hit};
use xiezhi_domain::{
    ids::{CaseId, MaterialId},
    people::Post,
};

use super::SearchingView;
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; SearchingView]
}

fn hit(no: u128, title: &str, before: &str, after: &str) -> Hit {
    Hit {
        case: CaseId(uuid::Uuid::from_u128(no)),
        number: (no > 1).then(|| format!("（2026）皖0102民初{no}号")),
        parties: "赵某诉钱某".to_owned(),
        material: MaterialId(uuid::Uuid::from_u128(no + 100)),
        title: title.to_owned(),
        page: 3,
        before: before.to_owned(),
        words: "违约金".to_owned(),
        after: after.to_owned(),
        also: None,
    }
}

impl Samples for SearchingView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, view: Self| Sample::new(name, on_post(lang, Post::Judge), view);
        let sought = |words: &str| Self { sought: words.to_owned(), ..Self::default() };
        let original = Also { material: MaterialId(uuid::Uuid::from_u128(7)), title: "民事判决书原本".to_owned() };
        let hits = vec![
            Hit { also: Some(original), ..hit(1024, "民事判决书", "被告于本判决生效之日起十日内支付", "三万元") },
            hit(1, "借款合同", "逾期还款的，借款人按日支付", "，直至付清"),
        ];
        vec![
            shown("searching-begun", Self::default()),
            shown("searching-short", Self { too_short: true, ..sought("金") }),
            shown("searching-nothing", sought("质权")),
            shown("searching-found", Self { hits, more: Some("00".to_owned()), ..sought("违约金") }),
        ]
    }
}
