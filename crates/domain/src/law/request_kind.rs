//! Kinds of requests a party may make after filing (我要申请).

use std::sync::LazyLock;

use serde::Deserialize;

use super::data;

const FILE: &str = "party_requests.csv";
static KINDS: LazyLock<Vec<RequestKind>> = LazyLock::new(|| {
    data::rows(FILE, include_str!("../../../../law/party_requests.csv"))
        .expect("the embedded requests read; a test proves it")
});

/// Kind of a request that the file does not list: it still has a door (其他申请).
pub const OTHER: &str = "other";

/// A kind of request (申请事项); sources stand row by row.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RequestKind {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    #[serde(rename = "zh")]
    pub name_zh: String,
    /// English identifier.
    #[serde(rename = "en")]
    pub ident_en: String,
    /// Who may ask, in words.
    pub who: String,
    /// When in the case, in words.
    pub stage: String,
    /// Within which period, in words.
    pub period: String,
    /// Who decides, in words.
    pub decides: String,
    /// With which paper, in words.
    pub document: String,
    /// Source in law.
    pub source: String,
}

/// Every kind, in the order of the file.
pub fn all() -> &'static [RequestKind] {
    &KINDS
}

/// The kind of this id.
pub fn kind(id: &str) -> Option<&'static RequestKind> {
    KINDS.iter().find(|kind| kind.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn fifty_kinds_each_with_someone_who_decides() {
        let ids: BTreeSet<&str> = all().iter().map(|kind| kind.id.as_str()).collect();
        assert_eq!((ids.len(), all().len()), (50, 50));
        assert!(all().iter().all(|kind| !kind.decides.is_empty()));
    }

    #[test]
    fn a_request_of_another_kind_has_a_door() {
        assert_eq!(kind("recuse").map(|kind| kind.name_zh.as_str()), Some("回避"));
    }
}
