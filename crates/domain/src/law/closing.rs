//! Closing manners (结案方式).

use std::sync::LazyLock;

use serde::Deserialize;

use super::data;

const FILE: &str = "closing_manners.csv";
static MANNERS: LazyLock<Vec<ClosingManner>> = LazyLock::new(|| {
    data::rows(FILE, include_str!("../../../../law/closing_manners.csv"))
        .expect("the embedded manners read; a test proves it")
});

/// A way in which a case of one kind ends (结案方式).
///
/// Source: 《民事诉讼法》第一百条、第一百二十六条、第一百四十八条、第一百五十四条、第一百五十七条; 法发〔2014〕26号.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ClosingManner {
    /// Kind of case: `civil_first`, `enforcement` …
    pub case_kind: String,
    /// Chinese name.
    pub name_zh: String,
    /// English identifier, unique within the kind.
    pub ident_en: String,
    /// The paper that closes the case; may be empty.
    pub document_zh: String,
    /// `Y` for a rule, `practice` for statistics.
    pub legal_basis: String,
}

/// The manners of one kind of case, in the order of the table.
pub fn for_kind(case_kind: &str) -> impl Iterator<Item = &'static ClosingManner> {
    MANNERS.iter().filter(move |manner| manner.case_kind == case_kind)
}

/// The manner of this identifier.
pub fn manner(case_kind: &str, ident_en: &str) -> Option<&'static ClosingManner> {
    for_kind(case_kind).find(|manner| manner.ident_en == ident_en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_first_instance_ends_in_one_of_eleven_ways() {
        assert_eq!(for_kind("civil_first").count(), 11);
        assert_eq!(manner("civil_first", "Judgment").map(|manner| manner.document_zh.as_str()), Some("民事判决书"));
        assert_eq!(manner("civil_first", "NoSuchManner"), None);
    }

    #[test]
    fn an_enforcement_ends_in_one_of_six_ways() {
        assert_eq!(for_kind("enforcement").count(), 6);
    }

    #[test]
    fn identifiers_are_unique_within_a_kind() {
        let keys: BTreeSet<_> = MANNERS.iter().map(|manner| (&manner.case_kind, &manner.ident_en)).collect();
        assert_eq!(keys.len(), MANNERS.len());
    }
}
