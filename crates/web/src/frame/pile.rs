//! Piles and figures: the numbers of a workbench and of oversight. A number always leads to its cases.

use maud::{Markup, html};

/// One pile of work.
#[derive(Clone, Debug)]
pub struct Pile<'a> {
    /// How many.
    pub count: usize,
    /// Of what.
    pub name: &'a str,
    /// The nearest thing to know about it.
    pub note: &'a str,
    /// Where it opens.
    pub href: &'a str,
    /// Whether it is the open one.
    pub here: bool,
}

/// The piles as one strip; the sheet that follows is the open pile.
pub fn piles(piles: &[Pile<'_>]) -> Markup {
    html! {
        ul.piles {
            @for pile in piles {
                li { a href=(pile.href) aria-current=[pile.here.then_some("true")] { b { (pile.count) } span { (pile.name) } small { (pile.note) } } }
            }
        }
    }
}

/// One figure with how it arose.
#[derive(Clone, Debug)]
pub struct Figure<'a> {
    /// The figure, with its unit.
    pub figure: &'a str,
    /// What it counts.
    pub name: &'a str,
    /// How it arose: `134/137`.
    pub note: &'a str,
    /// Its cases.
    pub href: &'a str,
}

/// Figures side by side.
pub fn figures(figures: &[Figure<'_>]) -> Markup {
    html! {
        ul.figures { @for it in figures { li { a href=(it.href) { b { (it.figure) } (it.name) small { (it.note) } } } } }
    }
}
