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

    /// The same words without characters that nobody sees, line by line as they are kept; and how many were taken out.
    #[must_use]
    pub fn cleaned(&self) -> (Self, usize) {
        let (mut content, mut hidden) = (self.clone(), 0);
        let mut each = |text: &mut String| {
            let (clean, gone) = cleaned(text);
            hidden += gone;
            *text = clean;
        };
        [&mut content.found_facts, &mut content.reasoning, &mut content.costs].into_iter().for_each(&mut each);
        content.legal_basis.iter_mut().chain(&mut content.orders).for_each(&mut each);
        (content, hidden)
    }

    /// The part with a paragraph longer than any that people write, if there is one.
    pub fn overlong(&self) -> Option<&'static str> {
        let long = |text: &str| text.lines().any(|line| line.len() > PARAGRAPH_LIMIT_BYTES);
        PARTS.iter().copied().find(|code| long(&self.part(code)))
    }

    /// Puts words in the place of others, wherever they stand in a part.
    pub(crate) fn replace_in(&mut self, code: &str, wrong: &str, right: &str) {
        let text = self.part(code).replace(wrong, right);
        self.put(code, &text);
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

/// A paragraph of more bytes than this, some twenty thousand characters, is no paragraph: something else was pasted.
pub const PARAGRAPH_LIMIT_BYTES: usize = 60_000;

/// A text without what nobody sees in it: control characters, marks that turn the direction of reading, spaces without
/// width; and how many were taken out. Breaks of a line are one sign, spaces that look like spaces are one space; what
/// chooses the shape of a rare character stays.
pub fn cleaned(text: &str) -> (String, usize) {
    let (mut clean, mut hidden) = (String::with_capacity(text.len()), 0);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                letters.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' | '\u{a0}' | '\u{2007}' | '\u{202f}' => clean.push(' '),
            '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffc}' => hidden += 1,
            letter if letter.is_control() => hidden += 1,
            letter => clean.push(letter),
        }
    }
    (clean, hidden)
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
    fn what_nobody_sees_is_taken_out_and_what_chooses_a_rare_character_stays() {
        assert_eq!(cleaned("被\u{202e}告\u{200b}\u{feff}张\u{e0100}三\u{0}"), ("被告张\u{e0100}三".to_owned(), 4));
        assert_eq!(cleaned("一、\t返还\r\n本金\u{b}及\u{a0}利息"), ("一、 返还\n本金\n及 利息".to_owned(), 0));
        let (clean, hidden) = content("查\u{2067}明", "认\u{200d}为", &["返\u{ad}还"]).cleaned();
        assert_eq!((clean, hidden), (content("查明", "认为", &["返还"]), 3));
    }

    #[test]
    fn a_paragraph_that_nobody_wrote_is_named_and_long_texts_of_many_are_not() {
        assert_eq!(content("查明", &"长".repeat(70_000), &[]).overlong(), Some("reasoning"));
        assert_eq!(content("查明", &"本院认为如此。\n".repeat(20_000), &[]).overlong(), None);
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
