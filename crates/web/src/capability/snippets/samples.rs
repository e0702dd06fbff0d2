//! A writer's own paragraphs in the gallery.

use xiezhi_app::snippets::Snippet;
use xiezhi_domain::{ids::CommandId, moment::instant, people::Post};

use super::SnippetsView;
use crate::{
    gallery::{Piece, Sample, Samples, hang, lived::TODAY, on_post},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; SnippetsView]
}

/// Two paragraphs: for loans, and for any case.
pub(crate) fn some() -> Vec<Snippet> {
    let snippet = |no: u128, cause: &str, name: &str, text: &str| Snippet {
        id: CommandId(uuid::Uuid::from_u128(no)),
        cause: cause.to_owned(),
        name: name.to_owned(),
        text: text.to_owned(),
        at: instant(TODAY, 9, 0),
    };
    vec![
        snippet(1, "", "合同效力", "依法成立的合同，受法律保护，对当事人具有法律约束力，当事人应当按照约定履行义务。"),
        snippet(2, "民间借贷纠纷", "利率上限", "双方约定的利率超过合同成立时一年期贷款市场报价利率四倍的部分，本院不予支持。"),
    ]
}

impl Samples for SnippetsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, snippets: Vec<Snippet>, cause: &str| {
            Sample::new(name, on_post(lang, Post::Judge), Self { snippets, cause: cause.to_owned() })
        };
        vec![shown("snippets-none", vec![], ""), shown("snippets-kept", some(), "民间借贷纠纷")]
    }
}
