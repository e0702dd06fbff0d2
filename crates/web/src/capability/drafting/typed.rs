//! What is typed on the page of a draft, and of a draft for many like cases: the parts that a judge writes.

use xiezhi_domain::drafting::DraftContent;

use super::{law, sums};
use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{Lang, drafting::Key, t},
};

/// The parts of a draft as they are typed.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TypedParts)]
pub(in crate::capability) struct Parts {
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
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl Parts {
    /// What was typed, with the sums that `kept` has.
    pub(in crate::capability) fn content(&self, kept: &DraftContent) -> DraftContent {
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

    /// The fields to type them in; rulings find no facts.
    pub(in crate::capability) fn fields(lang: Lang, content: &DraftContent, finds_facts: bool) -> Markup {
        let (law, orders) = (content.legal_basis.join("\n"), content.orders.join("\n"));
        html! {
            @if finds_facts { (Field::new("found_facts", t(lang, Key::Found)).value(&content.found_facts).textarea(8)) }
            (Field::new("reasoning", t(lang, Key::Reasoning)).value(&content.reasoning).textarea(8))
            (Field::new("legal_basis", t(lang, Key::Law)).value(&law).textarea(4))
            (Field::new("orders", t(lang, Key::Orders)).value(&orders).textarea(4))
            (Field::new("costs", t(lang, Key::Costs)).value(&content.costs).textarea(2))
            (checkbox("refund_prepayment", html! { (t(lang, Key::Refund)) }, content.refund_prepayment, None))
            (checkbox("annex_law", html! { (t(lang, Key::AnnexLaw)) }, content.annex_law, None))
        }
    }
}

/// The fields of the editor, and what is wished beside them.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TypedDraft)]
pub(super) struct Typed {
    pub(super) based_on: u32,
    #[serde(flatten)]
    parts: Parts,
    #[serde(flatten)]
    pub(super) law: law::Wish,
    #[serde(flatten)]
    pub(super) sums: sums::Wish,
}

impl Typed {
    /// What was typed, with the sums that the draft has kept.
    pub(super) fn content(&self, kept: &DraftContent) -> DraftContent {
        self.parts.content(kept)
    }
}
