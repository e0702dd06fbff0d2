//! Destruction in the gallery.

use jiff::civil::date;
use uuid::Uuid;
use xiezhi_domain::{destruction::Listed, ids::{CaseId, DestructionListId}, law::retention::RetentionClass, people::Post};

use super::{DestructionView, DestructionListView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; DestructionView]
}

fn file() -> Listed {
    Listed {
        case: CaseId(Uuid::nil()),
        number: Some("（2026）鲁0691民初1号".to_owned()),
        archive_no: "民初-2026-D-1".to_owned(),
        retention: RetentionClass::Short,
        kept_until: date(2056, 12, 31),
    }
}

/// A list that was drawn up and appraised.
fn list() -> DestructionListView {
    DestructionListView {
        id: DestructionListId(Uuid::nil()),
        files: vec![file()],
        drawn_by: "藏卷宗".to_owned(),
        appraised: Some(("副院长".to_owned(), "保管期限届满，没有继续保存的价值".to_owned())),
        approved_by: None,
        refused: None,
        supervised_by: vec![],
        destroyed: false,
    }
}

impl Samples for DestructionView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, post, due, lists| Sample::new(name, on_post(lang, post), Self { due, lists, post });
        let approved = || DestructionListView { approved_by: Some("院长".to_owned()), ..list() };
        let gone = DestructionListView { supervised_by: vec!["管审判".to_owned(), "庭长".to_owned()], destroyed: true, ..approved() };
        let refused = DestructionListView { refused: Some(("院长".to_owned(), "有查考价值".to_owned())), ..list() };
        let fresh = DestructionListView { appraised: None, ..list() };
        vec![
            shown("destruction-nothing-due", Post::Archivist, vec![], vec![]),
            shown("destruction-due", Post::Archivist, vec![file()], vec![gone, refused]),
            shown("destruction-to-appraise", Post::VicePresident, vec![], vec![fresh]),
            shown("destruction-to-approve", Post::President, vec![], vec![list()]),
            shown("destruction-to-supervise", Post::TrialManagement, vec![], vec![approved()]),
        ]
    }
}
