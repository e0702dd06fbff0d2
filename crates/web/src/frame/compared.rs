//! Two versions side by side: what went is struck out, what came is underlined; both are said to whoever hears the page.

use maud::{Markup, html};
use xiezhi_documents::compare::{Change, Passage};

use crate::messages::{Lang, frame::Key, t};

/// The passages of a comparison, in the order of the text.
pub fn compared(lang: Lang, passages: &[Passage]) -> Markup {
    let said = |key| html! { span.unseen { (t(lang, key)) } };
    html! {
        div.compared {
            @for passage in passages {
                @match passage.change {
                    Change::Kept => { (passage.text) }
                    Change::Removed => { del { (said(Key::WasRemoved)) (passage.text) (said(Key::ChangeEnds)) } }
                    Change::Added => { ins { (said(Key::WasAdded)) (passage.text) (said(Key::ChangeEnds)) } }
                }
            }
        }
    }
}
