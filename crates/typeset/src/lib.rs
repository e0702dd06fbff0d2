//! Document structures to PDF, OFD and DOCX, with the same bytes for the same facts
//!
//! Knows layout and fonts; knows no case, no storage and no clock. Nothing of the typesetting library
//! shows in the public API, so that it can be replaced behind it.

pub mod docx;
mod fonts;
mod frames;
mod ofd;
mod outline;
mod parts;
mod sheet;
mod world;

use std::path::Path;

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use xiezhi_documents::structure::Document;

pub use fonts::FontsError;
pub use frames::{SealSpot, SignatureSpot};

/// Prints papers. Opened once with the court's fonts, then used for every paper.
pub struct Typesetter {
    press: world::Press,
}

/// A printed paper.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The PDF (PDF/A-2b).
    pub pdf: Vec<u8>,
    /// Number of pages.
    pub pages: u32,
    /// Where the court's seal goes, for papers that are sealed and dated.
    pub seal_spot: Option<SealSpot>,
    /// Where each person under the paper signs, in the order of the structure, as far as found.
    pub signature_spots: Vec<SignatureSpot>,
}

/// Why a paper could not be printed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PrintError {
    /// No font of the chain has these characters; printed, they would be boxes.
    #[error("no font has the characters {characters}")]
    MissingGlyphs {
        /// The characters, each once, in reading order.
        characters: String,
    },
    /// The page could not be laid out as meant. The template is ours, so this is a fault of the program.
    #[error("the page can't be laid out: {}", messages.join("; "))]
    Layout {
        /// What the typesetting library said, warnings included.
        messages: Vec<String>,
    },
}

impl PrintError {
    /// The stable code of this failure.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MissingGlyphs { .. } => "missing_glyphs",
            Self::Layout { .. } => "layout",
        }
    }
}

impl Typesetter {
    /// Opens the fonts of a folder, as the set-up script leaves them.
    ///
    /// # Errors
    /// When a file or a family is missing: text without a font would vanish silently.
    pub fn new(font_dir: &Path) -> Result<Self, FontsError> {
        Ok(Self { press: world::Press::new(fonts::Shelf::open(font_dir)?) })
    }

    /// Prints a paper. The same structure gives the same bytes.
    ///
    /// # Errors
    /// [`PrintError`]; a paper that would print boxes or fall back to another look is not printed.
    pub fn print(&self, document: &Document) -> Result<Printed, PrintError> {
        let facts = sheet::Sheet::of(document, self.press.shelf()).to_json();
        let printed = self.lay_out(&facts).and_then(|pages| print_pages(document, &pages, &facts));
        // Each paper leaves memoised layout behind; a few papers' worth is useful, more only grows.
        typst::comemo::evict(4);
        printed
    }

    /// The same pages as OFD, the fixed-layout format of Chinese offices, without seals and signatures of its own.
    ///
    /// # Errors
    /// [`PrintError`], as for printing.
    pub fn ofd(&self, document: &Document) -> Result<Vec<u8>, PrintError> {
        let facts = sheet::Sheet::of(document, self.press.shelf()).to_json();
        let written = self.lay_out(&facts).and_then(|pages| {
            none_missing(&frames::runs(&pages))?;
            ofd::write(document, &pages, &facts)
        });
        typst::comemo::evict(4);
        written
    }

    /// Lists the characters of a text that no font of the chain has; cheap enough for data entry.
    pub fn missing_characters(&self, text: &str) -> String {
        self.press.shelf().missing(text)
    }

    fn lay_out(&self, facts: &str) -> Result<PagedDocument, PrintError> {
        let world = self.press.with(facts);
        let result = typst::compile::<PagedDocument>(&world);
        let pages = result.output.map_err(|errors| layout_error(&errors))?;
        if !result.warnings.is_empty() {
            return Err(layout_error(&result.warnings));
        }
        Ok(pages)
    }
}

fn print_pages(document: &Document, pages: &PagedDocument, facts: &str) -> Result<Printed, PrintError> {
    let runs = frames::runs(pages);
    none_missing(&runs)?;
    let pdf = typst_pdf::pdf(pages, &options(facts)).map_err(|errors| layout_error(&errors))?;
    Ok(Printed {
        pdf,
        pages: u32::try_from(pages.pages().len()).expect("a paper has fewer than 2^32 pages"),
        seal_spot: frames::seal_spot(document, &runs),
        signature_spots: frames::signature_spots(document, &runs),
    })
}

fn none_missing(runs: &[frames::PlacedRun<'_>]) -> Result<(), PrintError> {
    let characters = frames::missing_glyphs(runs);
    if characters.is_empty() { Ok(()) } else { Err(PrintError::MissingGlyphs { characters }) }
}

/// The document id is drawn from the facts, so that the same facts give the same bytes.
fn options(facts: &str) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(facts.to_owned()),
        creator: Smart::Custom(Some("Xiezhi".into())),
        standards: PdfStandards::new(&[PdfStandard::A_2b]).expect("one standard never contradicts itself"),
        ..PdfOptions::default()
    }
}

fn layout_error(diagnostics: &[typst::diag::SourceDiagnostic]) -> PrintError {
    PrintError::Layout { messages: diagnostics.iter().map(|each| each.message.to_string()).collect() }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use xiezhi_documents::structure::{Block, Layout};

    fn font_dir() -> PathBuf {
        let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
        let home = || folder("HOME").expect("tests run for a user").join(".cache");
        let cache = || folder("XDG_CACHE_HOME").unwrap_or_else(home).join("xiezhi");
        folder("XIEZHI_CACHE").unwrap_or_else(cache).join("fonts")
    }

    fn long_judgment() -> Document {
        let court = "烟台经济技术开发区人民法院";
        let mut paper = Document::new("civil_judgment", Layout::Judgment, court, "民事判决书");
        let text = "原告与被告民间借贷纠纷一案，本院立案后，依法适用简易程序，公开开庭进行了审理。现已审理终结。";
        paper.blocks = vec![Block::text(text); 40];
        paper
    }

    /// Source: 法〔2016〕221号 (22 lines to a page of 225 mm).
    #[test]
    fn a_full_page_of_a_judgment_holds_22_lines_of_28_characters() {
        let typesetter = Typesetter::new(&font_dir()).expect("run ./setup.sh fonts first");
        let facts = sheet::Sheet::of(&long_judgment(), typesetter.press.shelf()).to_json();
        let pages = typesetter.lay_out(&facts).expect("it lays out");
        let lines = frames::lines_on(&frames::runs(&pages), 2, 16.0);
        assert_eq!(lines.len(), 22, "{lines:?}");
        for (y_pt, right_pt) in &lines {
            assert!(*right_pt < 521.7 + 2.5, "the line at {y_pt} ends at {right_pt}, past the text area");
        }
        let pitch = (lines[21].0 - lines[0].0) / 21.0;
        assert!((pitch - 28.99).abs() < 0.01, "{pitch}");
    }
}
