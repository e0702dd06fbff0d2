//! Figures the trial-management office watches (审判管理指标).

use std::sync::LazyLock;

use serde::Deserialize;

use super::data;

const FILE: &str = "indicators.toml";
static INDICATORS: LazyLock<File> = LazyLock::new(|| {
    data::document(FILE, include_str!("../../../../law/indicators.toml"))
        .expect("the embedded indicators read; a test proves it")
});

/// An indicator (指标). For self-diagnosis, never for ranking; no reference value is given on purpose.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Indicator {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    pub name_zh: String,
    /// `quality`, `efficiency`, `effect` …
    pub group: String,
    /// How sure we are: `attested`, `common` …
    pub status: String,
    /// The formula in words: a definition of this project.
    pub formula: String,
    /// Which courts it concerns.
    #[serde(default)]
    pub level: String,
}

#[derive(Deserialize)]
struct File {
    indicator: Vec<Indicator>,
}

/// Every indicator.
pub fn all() -> &'static [Indicator] {
    &INDICATORS.indicator
}

/// The indicator of this id.
pub fn indicator(id: &str) -> Option<&'static Indicator> {
    all().iter().find(|indicator| indicator.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_indicator_has_a_formula_and_its_own_id() {
        let ids: BTreeSet<&str> = all().iter().map(|indicator| indicator.id.as_str()).collect();
        assert_eq!(ids.len(), all().len());
        assert!(all().iter().all(|indicator| !indicator.formula.is_empty()));
        assert!(indicator("appeal_rate").is_some());
    }
}
