//! The web frame: what every page is made of. Components only; they know no case, no law and no language but their arguments'.
//!
//! A page calls [`page::staff_page`], [`page::party_page`] or [`page::plain_page`] once and fills it with components.
//! Styles stand in `ui/src/styles`; a component and its style share a name.

mod icons;

pub mod blank;
pub mod case_head;
pub mod compared;
pub mod dialog;
pub mod form;
pub mod form_island;
pub mod icon;
pub mod known_as;
pub mod list;
pub mod live;
pub mod look;
pub mod page;
pub mod page_party;
pub mod page_staff;
pub mod pile;
pub mod proof_mark;
pub mod reading;
pub mod sheet;
pub mod stage;
pub mod table;
pub mod tabs;
pub mod tag;
pub mod timeline;
pub mod verb;
pub mod working;

/// Everything a page needs, for one `use`.
pub mod prelude {
    pub use super::blank::*;
    pub use super::case_head::*;
    pub use super::compared::*;
    pub use super::dialog::*;
    pub use super::form::*;
    pub use super::form_island::*;
    pub use super::icon::*;
    pub use super::known_as::*;
    pub use super::list::*;
    pub use super::live::*;
    pub use super::look::*;
    pub use super::page::*;
    pub use super::page_party::*;
    pub use super::page_staff::*;
    pub use super::pile::*;
    pub use super::proof_mark::*;
    pub use super::reading::*;
    pub use super::sheet::*;
    pub use super::stage::*;
    pub use super::table::*;
    pub use super::tabs::*;
    pub use super::tag::{Count, Due, State as Standing, kind, now, tag, tag_with};
    pub use super::timeline::*;
    pub use super::verb::*;
    pub use super::working::*;
    pub use maud::{Markup, PreEscaped, Render, html};
}
