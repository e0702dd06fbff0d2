//! Notices in the gallery.

use jiff::Timestamp;
use xiezhi_app::witnessing::Proof;
use xiezhi_domain::{ids::CaseId, people::Post};

use super::{ActView, CaseNews, NoticesView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; NoticesView]
}

impl NoticesView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let act = |rev: u64, title: &str, by: &str| ActView {
            position: 100 + rev,
            rev,
            at: Timestamp::UNIX_EPOCH,
            by_court: by.is_empty(),
            by: by.to_owned(),
            title: title.to_owned(),
            detail: "周转难".to_owned(),
            proof: Proof::Signed,
        };
        let case = CaseNews {
            case: CaseId(uuid::Uuid::from_u128(3)),
            number: Some("（2026）鲁0691民初101号".to_owned()),
            title: "钱有余 诉 周转难".to_owned(),
            acts: vec![act(9, "提交答辩", "周转难"), act(8, "送达", "")],
        };
        vec![("notices-empty", Self { cases: vec![] }), ("notices", Self { cases: vec![case] })]
    }
}

impl Samples for NoticesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        Sample::each(&on_post(lang, Post::Party), Self::states())
    }
}
