//! Recorded, proven, witnessed: a quiet mark beside acts and papers, with words on tap.

use maud::{Markup, html};
pub use xiezhi_app::witnessing::Proof;

use super::icon::Icon;
use crate::messages::{Lang, frame, t};

/// The word of a mark, and what it means: never more than is true.
pub fn proof_words(lang: Lang, proof: Proof) -> (String, &'static str) {
    let words = |word, why| (t(lang, word).to_owned(), t(lang, why));
    match proof {
        Proof::Recorded => words(frame::Key::Recorded, frame::Key::RecordedWhy),
        Proof::Signed => words(frame::Key::Proven, frame::Key::ProvenWhy),
        Proof::Witnessed { by, of, demonstration } => {
            let why = if demonstration { frame::Key::WitnessedInPlay } else { frame::Key::WitnessedWhy };
            (frame::witnessed(lang, by, of, demonstration), t(lang, why))
        }
    }
}

const fn icon(proof: Proof) -> Icon {
    match proof {
        Proof::Recorded => Icon::Recorded,
        Proof::Signed | Proof::Witnessed { .. } => Icon::Proven,
    }
}

/// The mark in a list: icon and word, the explanation as a tooltip.
pub fn proof_mark(lang: Lang, proof: Proof) -> Markup {
    let (word, why) = proof_words(lang, proof);
    html! { span.proof title=(why) { (icon(proof)) (word) } }
}

/// The mark where there is room: a tap unfolds what it means, and where the proof itself is.
pub fn proof_mark_explained(lang: Lang, proof: Proof, position: u64, href: &str) -> Markup {
    let (word, why) = proof_words(lang, proof);
    html! {
        details.proof {
            summary { (icon(proof)) (word) }
            div { p { (why) } p { a href=(href) { "#" (position) } } }
        }
    }
}
