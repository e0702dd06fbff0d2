//! Causes of action (案由): a tree of four levels, searchable.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::data::{self, DataFault};
use super::element_form::{self, Form};

const FILE: &str = "causes.csv";
static CAUSES: LazyLock<Causes> = LazyLock::new(|| {
    read(include_str!("../../../../law/causes.csv")).expect("the embedded causes read; a test proves it")
});

/// A cause of action (案由). Source: 《民事案件案由规定》.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Cause {
    /// Code of this project: part, level 2, official serial of level 3, level 4.
    pub code: String,
    /// 1 to 4.
    pub level: u8,
    /// Code of the cause above; empty at level 1.
    pub parent_code: String,
    /// The serial printed in the rules.
    pub official_no: String,
    /// Chinese name.
    pub name_zh: String,
    /// English identifier, where there is one.
    pub ident_en: String,
    /// `new_2026` where the third revision brought it.
    pub flag: String,
}

struct Causes {
    rows: Vec<Cause>,
    at: BTreeMap<String, usize>,
}

impl Cause {
    /// Whether a case may carry it: never level 1 alone (第一级案由不单独适用).
    pub fn is_usable(&self) -> bool {
        self.level > 1
    }
}

/// The cause of this code.
pub fn find(code: &str) -> Option<&'static Cause> {
    CAUSES.at.get(code).map(|at| &CAUSES.rows[*at])
}

/// The causes of this name: a part and its only branch may share one.
pub fn named(name_zh: &str) -> impl Iterator<Item = &'static Cause> {
    CAUSES.rows.iter().filter(move |cause| cause.name_zh == name_zh)
}

/// Every cause, in the order of the rules.
pub fn all() -> &'static [Cause] {
    &CAUSES.rows
}

/// The causes directly under one; the parts for an empty code.
pub fn children(parent_code: &str) -> impl Iterator<Item = &'static Cause> {
    CAUSES.rows.iter().filter(move |cause| cause.parent_code == parent_code)
}

/// The causes from level 1 down to this one; empty for an unknown code.
pub fn path(code: &str) -> Vec<&'static Cause> {
    let mut path: Vec<_> = std::iter::successors(find(code), |below| find(&below.parent_code)).collect();
    path.reverse();
    path
}

/// Words of daily speech and the words of the rules that they mean.
const EVERYDAY: [(&str, &str); 11] = [
    ("工资", "劳动报酬"),
    ("加班", "劳动"),
    ("工伤", "工伤保险"),
    ("开除", "劳动合同"),
    ("借钱", "借贷"),
    ("欠钱", "借贷"),
    ("借条", "借贷"),
    ("货款", "买卖合同"),
    ("房租", "房屋租赁"),
    ("车祸", "交通事故"),
    ("打人", "身体权"),
];

/// Usable causes that answer every word of the query, by their own name or that of a cause above: exact
/// names first, then names that start with it, names that hold it, then the rest in the order of the rules.
/// At most `limit`.
pub fn search(query: &str, limit: usize) -> Vec<&'static Cause> {
    let words: Vec<&str> = query.split_whitespace().map(in_the_rules).collect();
    let Some(first) = words.first().copied() else {
        return Vec::new();
    };
    let answers = |cause: &&Cause| {
        let path = path(&cause.code);
        words.iter().all(|word| path.iter().any(|cause| cause.is_usable() && cause.name_zh.contains(word)))
    };
    let mut found: Vec<&'static Cause> = CAUSES.rows.iter().filter(|cause| cause.is_usable()).filter(answers).collect();
    found.sort_by_key(|cause| {
        let name = cause.name_zh.as_str();
        (name != first, !name.starts_with(first), !name.contains(first))
    });
    found.truncate(limit);
    found
}

fn in_the_rules(word: &str) -> &str {
    EVERYDAY.iter().find(|(said, _)| *said == word).map_or(word, |(_, meant)| meant)
}

/// The element-type form (要素式文书) of a cause: its own, or that of the nearest cause above.
pub fn form_for(cause: &Cause) -> Option<&'static Form> {
    element_form::form_for(&cause.code)
}

fn read(text: &str) -> Result<Causes, DataFault> {
    let rows: Vec<Cause> = data::rows(FILE, text)?;
    let at: BTreeMap<_, _> = rows.iter().enumerate().map(|(at, cause)| (cause.code.clone(), at)).collect();
    let orphan = rows.iter().find(|cause| cause.level > 1 && !at.contains_key(&cause.parent_code));
    match orphan {
        Some(cause) => Err(DataFault::new(FILE, format!("{} has no parent", cause.code))),
        None => Ok(Causes { rows, at }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_counts_as_the_rules_do() {
        let at_level = |level| all().iter().filter(|cause| cause.level == level).count();
        assert_eq!([at_level(1), at_level(2), at_level(3)], [12, 59, 514]);
        assert_eq!(CAUSES.at.len(), all().len(), "codes are unique");
    }

    #[test]
    fn every_cause_stands_one_level_under_its_parent() {
        for cause in all() {
            assert_eq!(path(&cause.code).len(), usize::from(cause.level), "{}", cause.code);
        }
    }

    #[test]
    fn an_exact_name_is_found_first() {
        let found = search("买卖合同纠纷", 5);
        assert_eq!(found[0].code, "04.10.088");
        assert_eq!(search("借贷", 1)[0].name_zh, "民间借贷纠纷");
        assert!(search("  ", 5).is_empty());
        assert_eq!(search("合同", 7).len(), 7);
    }

    #[test]
    fn daily_words_and_the_names_above_lead_to_a_cause() {
        let names = |query: &str| search(query, 40).iter().map(|cause| cause.name_zh.as_str()).collect::<Vec<_>>();
        assert!(names("借款").contains(&"民间借贷纠纷"), "it stands under 借款合同纠纷");
        assert_eq!(names("借款")[0], "借款合同纠纷");
        assert!(names("工资").contains(&"追索劳动报酬纠纷"));
        for (said, meant) in EVERYDAY {
            assert!(!names(said).is_empty(), "{said} leads to {meant}, which is nowhere");
        }
    }

    #[test]
    fn the_path_leads_from_the_part_to_the_cause() {
        let names: Vec<&str> = path("04.10.108.03").iter().map(|cause| cause.name_zh.as_str()).collect();
        assert_eq!(names.len(), 4);
        assert_eq!(names.last(), Some(&"民间借贷纠纷"));
        assert!(path("99").is_empty());
    }

    #[test]
    fn a_cause_below_a_form_uses_that_form() {
        let wages = children("07.19").next().expect("labour disputes have kinds");
        assert_eq!(form_for(wages).map(|form| form.cause_code.as_str()), Some("07.19"));
    }

    #[test]
    fn level_one_is_never_used_alone() {
        assert!(all().iter().filter(|cause| cause.level == 1).all(|cause| !cause.is_usable()));
        assert!(search("第一部分", 3).is_empty());
    }
}
