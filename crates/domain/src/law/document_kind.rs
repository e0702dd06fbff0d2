//! Kinds of papers the court makes (文书种类), and their layout.

use std::sync::LazyLock;

use serde::Deserialize;

use super::catalogue::Volume;
use super::data;

const FILE: &str = "documents.toml";
static DOCUMENTS: LazyLock<File> = LazyLock::new(|| {
    data::document(FILE, include_str!("../../../../law/documents.toml"))
        .expect("the embedded documents read; a test proves it")
});

/// A kind of paper (文书种类). Source: 《民事诉讼文书样式》; 《民事裁判文书制作规范》.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DocumentKind {
    /// Stable id.
    pub id: String,
    /// Chinese name; a remark in brackets may follow.
    pub name_zh: String,
    /// English identifier.
    pub ident_en: String,
    /// Who drafts it.
    pub issuer: String,
    /// Who signs or issues it, in words.
    pub signer: String,
    /// In which volume it is filed.
    #[serde(deserialize_with = "volume")]
    pub volume: Volume,
    /// What it must contain, in words.
    pub elements: Vec<String>,
}

/// The layout of court papers (版面), in millimetres and points: settings of a court's template.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Layout {
    /// Width and height of the text.
    pub text_area_mm: [u16; 2],
    /// Top margin.
    pub margin_top_mm: u16,
    /// Left margin.
    pub margin_left_mm: u16,
    /// Right margin.
    pub margin_right_mm: u16,
    /// Bottom margin.
    pub margin_bottom_mm: u16,
    /// Lines on a page.
    pub lines_per_page: u16,
    /// Characters in a line.
    pub chars_per_line: u16,
    /// Pitch of the lines.
    pub line_pitch_pt: u16,
}

#[derive(Deserialize)]
struct File {
    layout: Layout,
    document: Vec<DocumentKind>,
}

/// The kind of this id.
pub fn kind(id: &str) -> Option<&'static DocumentKind> {
    all().iter().find(|kind| kind.id == id)
}

/// Every kind, in the order of the file.
pub fn all() -> &'static [DocumentKind] {
    &DOCUMENTS.document
}

/// The layout of court papers.
pub fn layout() -> &'static Layout {
    &DOCUMENTS.layout
}

impl DocumentKind {
    /// The name without the remark in brackets, as it heads the paper.
    pub fn title_zh(&self) -> &str {
        self.name_zh.split(['(', '（']).next().unwrap_or(&self.name_zh)
    }
}

// Some rows add in words which copy goes where: the word they start with decides.
fn volume<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Volume, D::Error> {
    let text = String::deserialize(from)?;
    match () {
        _ if text.starts_with("main") => Ok(Volume::Main),
        _ if text.starts_with("secondary") => Ok(Volume::Secondary),
        _ => Err(serde::de::Error::custom(format!("{text} is no volume"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_reads_and_ids_are_unique() {
        let ids: BTreeSet<&str> = all().iter().map(|kind| kind.id.as_str()).collect();
        assert_eq!((ids.len(), all().len()), (36, 36));
        assert!(all().iter().all(|kind| !kind.elements.is_empty()));
    }

    #[test]
    fn the_remark_is_no_part_of_the_title() {
        assert_eq!(kind("civil_judgment_first_ordinary").map(DocumentKind::title_zh), Some("民事判决书"));
    }

    #[test]
    fn the_layout_is_the_one_of_court_papers() {
        assert_eq!((layout().lines_per_page, layout().chars_per_line, layout().text_area_mm), (22, 28, [156, 225]));
    }
}
