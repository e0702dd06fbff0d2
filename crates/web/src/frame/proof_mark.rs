//! Recorded and proven: a quiet mark beside acts and papers, with words on tap.

use maud::{Markup, html};

use super::icon::Icon;
use crate::messages::{Lang, frame, t};

/// How firmly an act stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Durable in the record (已记录).
    Recorded,
    /// Covered by a signed checkpoint (已存证).
    Proven,
}

impl Proof {
    fn words(self, lang: Lang) -> (&'static str, &'static str) {
        match self {
            Proof::Recorded => (t(lang, frame::Key::Recorded), t(lang, frame::Key::RecordedWhy)),
            Proof::Proven => (t(lang, frame::Key::Proven), t(lang, frame::Key::ProvenWhy)),
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Proof::Recorded => Icon::Recorded,
            Proof::Proven => Icon::Proven,
        }
    }
}

/// The mark in a list: icon and word, the explanation as a tooltip.
pub fn proof_mark(lang: Lang, proof: Proof) -> Markup {
    let (word, why) = proof.words(lang);
    html! { span.proof title=(why) { (proof.icon()) (word) } }
}

/// The mark where there is room: a tap unfolds what it means, and where the proof itself is.
pub fn proof_mark_explained(lang: Lang, proof: Proof, position: u64, href: &str) -> Markup {
    let (word, why) = proof.words(lang);
    html! {
        details.proof {
            summary { (proof.icon()) (word) }
            div { p { (why) } p { a href=(href) { "#" (position) } } }
        }
    }
}
