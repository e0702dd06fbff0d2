//! Publicity of the process (审判流程公开): what a party's page must show at each node.

use std::sync::LazyLock;

use serde::Deserialize;

use super::data;

const FILE: &str = "publicity_nodes.csv";
static NODES: LazyLock<Vec<PublicityNode>> = LazyLock::new(|| {
    data::rows(FILE, include_str!("../../../../law/publicity_nodes.csv"))
        .expect("the embedded nodes read; a test proves it")
});

/// A node that is made public to parties (公开节点). Source: 《流程公开规定》第七条.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PublicityNode {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    #[serde(rename = "node")]
    pub name_zh: String,
    /// What is shown, in words.
    pub what: String,
    /// Article or ground.
    pub kind: String,
    /// Whom it is shown to, in words.
    pub to_whom: String,
    /// When, in words.
    pub when: String,
    /// Source in law.
    pub source: String,
    /// What stays hidden, in words.
    pub limits: String,
}

/// Every node, in the order of a case.
pub fn all() -> &'static [PublicityNode] {
    &NODES
}

/// The node of this id.
pub fn node(id: &str) -> Option<&'static PublicityNode> {
    NODES.iter().find(|node| node.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_says_what_when_and_why() {
        assert_eq!(all().len(), 23);
        assert!(all().iter().all(|node| !node.what.is_empty() && !node.when.is_empty() && !node.source.is_empty()));
    }

    #[test]
    fn the_secondary_volume_is_never_public() {
        assert_eq!(node("never").map(|node| node.to_whom.as_str()), Some("nobody"));
    }
}
