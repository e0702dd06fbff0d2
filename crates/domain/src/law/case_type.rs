//! Case types (案件类型) and their codes (类型代字).

use std::sync::LazyLock;

use serde::Deserialize;

use super::data;

const FILE: &str = "case_types.csv";
static TYPES: LazyLock<Vec<CaseType>> = LazyLock::new(|| {
    data::rows(FILE, include_str!("../../../../law/case_types.csv"))
        .expect("the embedded case types read; a test proves it")
});

/// A case type (案件类型). Source: 《人民法院案件类型及其代字标准》.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CaseType {
    /// 类型代字, as it stands in a case number.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English identifier.
    pub name_en: String,
    /// Branch: `civil`, `criminal`, `enforcement` …
    pub category: String,
    /// Stage: `first`, `second`, `enforce` …
    pub stage: String,
    /// `std`, or where the code is doubtful.
    pub note: String,
}

/// The type of this code.
pub fn case_type(code: &str) -> Option<&'static CaseType> {
    TYPES.iter().find(|row| row.code == code)
}

/// Every type, in the order of the standard.
pub fn all() -> &'static [CaseType] {
    &TYPES
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_short_enough_for_a_number() {
        let codes: BTreeSet<&str> = all().iter().map(|row| row.code.as_str()).collect();
        assert_eq!(codes.len(), all().len());
        assert!(all().iter().all(|row| (1..=4).contains(&row.code.chars().count())));
    }

    #[test]
    fn the_types_a_basic_court_uses_most_are_known() {
        for code in ["民初", "民特", "民督", "财保", "执", "执恢", "执异", "诉前调", "民终"] {
            assert!(case_type(code).is_some(), "{code}");
        }
    }
}
