//! What a judge writes in a document, part by part; and what comes of two versions that were written at once.

use serde::{Deserialize, Serialize};

/// What the judge writes (裁判内容). Parties, course, claims, answers and evidence come from the case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DraftContent {
    /// Facts found (经审理查明).
    pub found_facts: String,
    /// Reasoning (本院认为).
    pub reasoning: String,
    /// Law applied, one by one (法律依据).
    pub legal_basis: Vec<String>,
    /// Orders (判项).
    pub orders: Vec<String>,
    /// Who bears the costs (诉讼费用负担).
    pub costs: String,
    /// Whether the defendants bear the plaintiff's prepayment, so that it is refunded on effect.
    ///
    /// Source: 《民诉法解释》第二百零七条.
    pub refund_prepayment: bool,
    /// Whether the articles applied stand behind the signatures in their own words (附：法律条文).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub annex_law: bool,
}

/// The parts of a draft by their codes, in the order of the document; lists are one to a line.
pub const PARTS: &[&str] = &["found_facts", "reasoning", "legal_basis", "orders", "costs"];

impl DraftContent {
    /// The text of a part.
    pub fn part(&self, code: &str) -> String {
        match code {
            "found_facts" => self.found_facts.clone(),
            "reasoning" => self.reasoning.clone(),
            "legal_basis" => self.legal_basis.join("\n"),
            "orders" => self.orders.join("\n"),
            "costs" => self.costs.clone(),
            _ => String::new(),
        }
    }

    /// Puts a text in the place of a part.
    pub(super) fn put(&mut self, code: &str, text: &str) {
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        match code {
            "found_facts" => self.found_facts = text.to_owned(),
            "reasoning" => self.reasoning = text.to_owned(),
            "legal_basis" => self.legal_basis = lines(),
            "orders" => self.orders = lines(),
            "costs" => self.costs = text.to_owned(),
            _ => {}
        }
    }

    /// Takes a part over from another version.
    fn take(&mut self, code: &str, from: &DraftContent) {
        match code {
            "found_facts" => self.found_facts.clone_from(&from.found_facts),
            "reasoning" => self.reasoning.clone_from(&from.reasoning),
            "legal_basis" => self.legal_basis.clone_from(&from.legal_basis),
            "orders" => self.orders.clone_from(&from.orders),
            "costs" => self.costs.clone_from(&from.costs),
            _ => {}
        }
    }
}

/// What comes of two versions that were written upon the same one: each part as whoever changed it has it, and, where
/// both did, as `mine` has it; those parts are named.
pub fn merge(base: &DraftContent, theirs: &DraftContent, mine: &DraftContent) -> (DraftContent, Vec<&'static str>) {
    let (mut merged, mut both) = (mine.clone(), vec![]);
    for code in PARTS {
        let (was, is, written) = (base.part(code), theirs.part(code), mine.part(code));
        if written == was {
            merged.take(code, theirs);
        } else if is != was && is != written {
            both.push(*code);
        }
    }
    if mine.refund_prepayment == base.refund_prepayment {
        merged.refund_prepayment = theirs.refund_prepayment;
    }
    if mine.annex_law == base.annex_law {
        merged.annex_law = theirs.annex_law;
    }
    (merged, both)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(found_facts: &str, reasoning: &str, orders: &[&str]) -> DraftContent {
        DraftContent {
            found_facts: found_facts.to_owned(),
            reasoning: reasoning.to_owned(),
            orders: orders.iter().map(|&order| order.to_owned()).collect(),
            ..DraftContent::default()
        }
    }

    #[test]
    fn what_two_people_changed_in_different_parts_is_all_there() {
        let base = content("查明甲", "认为乙", &["返还"]);
        let theirs = content("查明甲、丙", "认为乙", &["返还"]);
        let mine =
            DraftContent { refund_prepayment: true, ..content("查明甲", "认为乙、丁", &["返还", "驳回"]) };

        let (merged, both) = merge(&base, &theirs, &mine);

        let all = DraftContent {
            refund_prepayment: true, ..content("查明甲、丙", "认为乙、丁", &["返还", "驳回"])
        };
        assert_eq!((merged, both), (all, vec![]));
    }

    #[test]
    fn a_part_that_both_changed_stays_as_it_was_typed_and_is_named() {
        let base = content("查明甲", "认为乙", &[]);
        let theirs = content("查明丙", "认为丁", &[]);
        let mine = content("查明戊", "认为丁", &[]);

        let (merged, both) = merge(&base, &theirs, &mine);

        assert_eq!((merged, both), (content("查明戊", "认为丁", &[]), vec!["found_facts"]));
    }
}
