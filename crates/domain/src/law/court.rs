//! Courts (法院) and their codes (法院代字).

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::data;

const FILE: &str = "court_codes.csv";
static COURTS: LazyLock<Vec<Court>> = LazyLock::new(|| {
    data::rows(FILE, include_str!("../../../../law/court_codes.csv"))
        .expect("the embedded courts read; a test proves it")
});

/// Code of the Supreme People's Court (最高人民法院), which no province's table lists.
pub const SUPREME_CODE: &str = "最高法";

/// Level of a court (法院层级).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CourtLevel {
    /// 基层人民法院.
    Basic,
    /// 中级人民法院.
    Intermediate,
    /// 海事、铁路等专门中级法院.
    IntermediateSpecial,
    /// 高级人民法院.
    High,
    /// 最高人民法院.
    Supreme,
}

/// A court (法院). Source: 《案号规定》第四条至第六条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Court {
    /// 法院代字.
    pub code: String,
    /// Full name.
    pub name_zh: String,
    /// Level.
    pub level: CourtLevel,
    /// Code of the court above; empty for the highest.
    pub parent_code: String,
    /// How sure the code is: `certain`, `rule`, `likely`, `unsure`.
    pub basis: String,
    /// Remarks.
    pub note: String,
}

/// The court of this code; none where the tables do not list it.
pub fn court(code: &str) -> Option<Court> {
    if code == SUPREME_CODE {
        return Some(supreme());
    }
    COURTS.iter().find(|court| court.code == code).cloned()
}

/// The court above (上一级法院), which hears the appeal.
pub fn above(code: &str) -> Option<Court> {
    court(&court(code)?.parent_code)
}

/// Every court of the table.
pub fn all() -> &'static [Court] {
    &COURTS
}

fn supreme() -> Court {
    Court {
        code: SUPREME_CODE.to_owned(),
        name_zh: "最高人民法院".to_owned(),
        level: CourtLevel::Supreme,
        parent_code: String::new(),
        basis: "certain".to_owned(),
        note: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_appeal_goes_to_the_court_above() {
        let names: Vec<String> =
            std::iter::successors(court("鲁0691"), |court| above(&court.code)).map(|court| court.name_zh).collect();
        assert_eq!(
            names,
            ["烟台经济技术开发区人民法院", "山东省烟台市中级人民法院", "山东省高级人民法院", "最高人民法院"]
        );
    }

    #[test]
    fn every_court_has_one_above_it() {
        for court in all() {
            assert!(above(&court.code).is_some(), "{}", court.code);
        }
    }
}
