//! The catalogue of the e-file (卷宗目录): which papers stand in which volume, in which order.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::data;

const FILE: &str = "efile_catalog.toml";
static CATALOGUE: LazyLock<File> = LazyLock::new(|| {
    data::document(FILE, include_str!("../../../../law/efile_catalog.toml"))
        .expect("the embedded catalogue reads; a test proves it")
});

/// A volume of a file (卷别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Volume {
    /// 正卷.
    Main,
    /// 副卷: never for outsiders.
    Secondary,
}

/// One place of the catalogue (目录项).
///
/// Source: 《人民法院诉讼文书立卷归档办法》; rows marked `practice` stand where courts commonly put them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CatalogueItem {
    /// Kind of case: `civil_first`, `civil_second`, `enforcement`.
    pub case_kind: String,
    /// Volume.
    pub volume: Volume,
    /// Place within the volume, from 1.
    pub order: u16,
    /// Stable key, unique within kind and volume.
    pub key: String,
    /// Chinese name.
    pub name_zh: String,
    /// Whether its pages are numbered.
    pub numbered: bool,
    /// Whether the archive asks for it.
    pub required: bool,
    /// `rules1991` or `practice`.
    pub basis: String,
}

#[derive(Deserialize)]
struct File {
    item: Vec<CatalogueItem>,
    cover_fields: Fields,
    reference_sheet_fields: Fields,
    max_volume_thickness_mm: u16,
}

#[derive(Deserialize)]
struct Fields {
    fields: Vec<String>,
}

/// The items of one volume, in order.
pub fn items(case_kind: &str, volume: Volume) -> Vec<&'static CatalogueItem> {
    let wanted = |item: &&CatalogueItem| item.case_kind == case_kind && item.volume == volume;
    let mut items: Vec<_> = CATALOGUE.item.iter().filter(wanted).collect();
    items.sort_by_key(|item| item.order);
    items
}

/// The item of this key.
pub fn item(case_kind: &str, volume: Volume, key: &str) -> Option<&'static CatalogueItem> {
    CATALOGUE.item.iter().find(|item| item.case_kind == case_kind && item.volume == volume && item.key == key)
}

/// The keys of the places of this name.
pub fn keys_of(name_zh: &str) -> impl Iterator<Item = &'static str> {
    CATALOGUE.item.iter().filter(move |item| item.name_zh == name_zh).map(|item| item.key.as_str())
}

/// The required items that are not among `present` (归档缺项).
pub fn missing<'a>(
    case_kind: &str,
    volume: Volume,
    present: impl IntoIterator<Item = &'a str>,
) -> Vec<&'static CatalogueItem> {
    let present: std::collections::BTreeSet<&str> = present.into_iter().collect();
    items(case_kind, volume).into_iter().filter(|item| item.required && !present.contains(item.key.as_str())).collect()
}

/// What the cover (卷宗封面) states.
pub fn cover_fields() -> &'static [String] {
    &CATALOGUE.cover_fields.fields
}

/// What the reference sheet (备考表) states.
pub fn reference_sheet_fields() -> &'static [String] {
    &CATALOGUE.reference_sheet_fields.fields
}

/// The thickest paper volume in millimetres; above it a file is split.
pub fn max_volume_thickness_mm() -> u16 {
    CATALOGUE.max_volume_thickness_mm
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_volume_starts_with_its_cover_and_ends_with_its_back() {
        for (kind, volume) in
            [("civil_first", Volume::Main), ("civil_first", Volume::Secondary), ("enforcement", Volume::Main)]
        {
            let items = items(kind, volume);
            assert_eq!(items.first().map(|item| item.key.as_str()), Some("cover"), "{kind}");
            assert_eq!(items.last().map(|item| item.key.as_str()), Some("back_cover"), "{kind}");
        }
    }

    #[test]
    fn places_and_keys_are_unique_within_a_volume() {
        let all = &CATALOGUE.item;
        let places: BTreeSet<_> = all.iter().map(|item| (&item.case_kind, item.volume, item.order)).collect();
        let keys: BTreeSet<_> = all.iter().map(|item| (&item.case_kind, item.volume, &item.key)).collect();
        assert_eq!((places.len(), keys.len()), (all.len(), all.len()));
    }

    #[test]
    fn missing_items_are_named() {
        let all: Vec<&str> = items("civil_first", Volume::Main).iter().map(|item| item.key.as_str()).collect();
        assert!(missing("civil_first", Volume::Main, all.iter().copied()).is_empty());
        let without: Vec<&str> = all.into_iter().filter(|key| *key != "complaint").collect();
        let named: Vec<&str> =
            missing("civil_first", Volume::Main, without).iter().map(|item| item.key.as_str()).collect();
        assert_eq!(named, ["complaint"]);
    }

    #[test]
    fn the_cover_and_the_reference_sheet_have_fields() {
        assert!(cover_fields().iter().any(|field| field == "case_number"));
        assert!(!reference_sheet_fields().is_empty());
        assert_eq!(max_volume_thickness_mm(), 15);
        assert!(item("civil_first", Volume::Main, "complaint").is_some());
    }
}
