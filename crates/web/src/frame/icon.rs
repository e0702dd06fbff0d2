//! Icons: outlines of 24 by 24, always beside a word, so they are silent to a screen reader.

use maud::{Markup, PreEscaped, Render, html};

pub use super::icons::Icon;

impl Render for Icon {
    fn render(&self) -> Markup {
        html! { svg.icon viewBox="0 0 24 24" aria-hidden="true" { path d=(PreEscaped(self.outline())) {} } }
    }
}

/// The chevron at the end of a row that leads somewhere.
pub fn chevron() -> Markup {
    html! { svg.icon.chev viewBox="0 0 24 24" aria-hidden="true" { path d=(PreEscaped(Icon::Next.outline())) {} } }
}

/// The chevron of something that unfolds.
pub fn unfolds() -> Markup {
    html! { svg.icon.chev viewBox="0 0 24 24" aria-hidden="true" { path d=(PreEscaped(Icon::Down.outline())) {} } }
}

/// The mark of the house: a shield with a pair of scales.
pub fn house_mark() -> Markup {
    html! {
        svg viewBox="0 0 24 24" aria-hidden="true" {
            path fill="currentColor" d="M12 1.5 4 5v7c0 5 3.4 8.6 8 10.5 4.6-1.9 8-5.5 8-10.5V5z" {}
            path.cut-out fill="none" stroke-width="1.7" stroke-linecap="round" d="M12 6v10.5M8 16.5h8M7 9h10M7 9l-1.8 3.6h3.6zm10 0-1.8 3.6h3.6z" {}
        }
    }
}
