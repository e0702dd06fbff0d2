//! What is typed on the page of a draft.

use xiezhi_domain::drafting::DraftContent;

use super::{law, sums};
use crate::http::prelude::*;

/// The fields of the editor, and what is wished beside them.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TypedDraft)]
pub(super) struct Typed {
    pub(super) based_on: u32,
    #[serde(default)]
    found_facts: String,
    #[serde(default)]
    reasoning: String,
    #[serde(default)]
    legal_basis: String,
    #[serde(default)]
    orders: String,
    #[serde(default)]
    costs: String,
    refund_prepayment: Option<String>,
    annex_law: Option<String>,
    #[serde(flatten)]
    pub(super) law: law::Wish,
    #[serde(flatten)]
    pub(super) sums: sums::Wish,
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl Typed {
    /// What was typed, with the sums that the draft has kept.
    pub(super) fn content(&self, kept: &DraftContent) -> DraftContent {
        DraftContent {
            found_facts: self.found_facts.replace("\r\n", "\n"),
            reasoning: self.reasoning.replace("\r\n", "\n"),
            legal_basis: lines(&self.legal_basis),
            orders: lines(&self.orders),
            costs: self.costs.clone(),
            refund_prepayment: self.refund_prepayment.is_some(),
            annex_law: self.annex_law.is_some(),
            sums: kept.sums.clone(),
        }
    }
}
