//! The law in the gallery.

use xiezhi_domain::law::instrument::{Instrument, Library};

use super::{Asked, StatuteView, StatutesView, Which};
use crate::{
    gallery::{Piece, Sample, Samples, hang, lived::TODAY, passer_by},
    messages::Lang,
};

/// A text invented for the gallery.
const TEXT: &str = "# 示例借款条例\n2021年1月1日 施行\n## 第一章 一般规定\n第一条 借款人应当按照约定的期限返还借款。\n\
                    第二条 对借款期限没有约定的，借款人可以随时返还；贷款人可以催告借款人在合理期限内返还。\n\
                    催告应当留有必要的准备时间。\n## 第二章 利息\n第三条 借款的利息不得预先在本金中扣除。\n";

/// The texts of a court that has one.
pub(crate) fn library() -> Library {
    let mut library = Library::default();
    library.add(Instrument::read(TEXT).expect("it reads"));
    library
}

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; StatutesView, StatuteView]
}

impl Samples for StatutesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let asked = |q: &str| Asked { q: q.to_owned(), day: None };
        let none = Library::default();
        vec![
            Sample::new("statutes", passer_by(lang), Self::of(&library(), &asked(""), TODAY)),
            Sample::new("statutes-found", passer_by(lang), Self::of(&library(), &asked("借款 返还"), TODAY)),
            Sample::new("statutes-nothing", passer_by(lang), Self::of(&library(), &asked("房屋"), TODAY)),
            Sample::new("statutes-none", passer_by(lang), Self::of(&none, &asked(""), TODAY)),
        ]
    }
}

impl Samples for StatuteView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let which = Which { name: "示例借款条例".to_owned(), ..Which::default() };
        let view = Self::of(&library(), &which, TODAY).expect("it is there");
        vec![Sample::new("statute", passer_by(lang), view)]
    }
}
