//! placeholder until the papers engineer's file lands: overwrite me.
#![allow(missing_docs)]
use xiezhi_documents::structure::{Document, Layout};
use xiezhi_domain::{case::CaseState, decision::PaperOrder, moment::Moment, people::Directory, rules::Rules};
pub fn document(_: &CaseState, _: &Directory, rules: &Rules, order: &PaperOrder, _: Moment) -> Document {
    Document::new(order.kind.code(), Layout::Notice, &rules.settings.court_name, order.kind.name_zh())
}
pub fn title(_: &CaseState, order: &PaperOrder) -> String { order.kind.name_zh().to_owned() }
