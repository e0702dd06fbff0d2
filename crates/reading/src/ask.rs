//! What caller and worker say to each other: one request in, lines of JSON out.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{Confinement, Kind, Limits, Look, ReadingProblem, Rule, ScannedPage, Words};

/// Size of a page as it is looked at, after any rotation. In a PDF a point is 1/72 inch; a picture has no
/// paper, so there one pixel counts as one point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageSize {
    /// Width in points.
    pub width_pt: f32,
    /// Height in points.
    pub height_pt: f32,
}

/// A piece of a line of text and where it stands, in points from the upper left corner of its page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextRun {
    /// The text; U+FFFD where the file does not say which letter a shape is.
    pub text: String,
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
    /// Where each letter begins, in thousandths of the width; of recognised text alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub starts: Vec<u16>,
    /// The letters, counted from zero, that may be others; of recognised text alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsure: Vec<u16>,
    /// How sure its line is, from 0 to 1; of recognised text alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<f32>,
}

/// A page with its size and its text.
#[derive(Clone, Debug, PartialEq)]
pub struct PageText {
    /// Its size.
    pub size: PageSize,
    /// Its text; none of a scan.
    pub runs: Vec<TextRun>,
}

/// An entry of the table of contents that a file brings (书签).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Its words.
    pub title: String,
    /// How deep it lies, from 1.
    pub level: u32,
    /// The page that it leads to, counted from zero.
    pub page: u32,
}

/// A box that is painted over in a copy, in shares of its page from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Blot {
    /// The page, counted from zero.
    pub page: u32,
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// What it is by its content.
    pub kind: Kind,
    /// Its pages in order; none if there is a problem.
    pub pages: Vec<PageSize>,
    /// Why there are no pages.
    pub problem: Option<ReadingProblem>,
}

/// A page of one of several files, and how it is to lie in the file that is put together from them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaf {
    /// Which file, counted from zero.
    pub source: usize,
    /// Its page, counted from zero.
    pub page: u32,
    /// How it is turned, clockwise, in degrees: 0, 90, 180 or 270.
    pub turn: u16,
    /// How it is straightened, clockwise, in tenths of a degree.
    pub skew_tenths: i16,
}

/// A part of a page that leads to another, in shares of the page from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The page, counted from zero.
    pub page: u32,
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
    /// Where it leads, counted from zero.
    pub to: u32,
}

/// Letters that are laid unseen over a page that is put together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letters {
    /// Which of the pages, counted from zero.
    pub leaf: usize,
    /// How far the page must be turned for them to stand upright, clockwise, in degrees.
    pub turn: u16,
    /// Themselves; their places are shares of the page once it is turned.
    pub runs: Vec<TextRun>,
}

/// What makes one book of pages that are put together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Binding {
    /// Whether each page gets its number.
    pub numbered: bool,
    /// Bookmarks.
    pub headings: Vec<Heading>,
    /// Links.
    pub links: Vec<Link>,
    /// What was recognised on its pages.
    #[serde(default)]
    pub letters: Vec<Letters>,
    /// What stands at the foot of every page: who took it, and when.
    #[serde(default)]
    pub mark: Option<String>,
}

/// A code on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// What it says.
    pub text: String,
    /// How the page has to be turned, clockwise, for the code to stand upright.
    pub turn: u16,
}

/// What a scanned page shows without being read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Examined {
    /// Codes on it.
    pub codes: Vec<Code>,
    /// The share of ink, in parts of a million.
    pub ink_ppm: u32,
    /// Whether nothing stands on it.
    pub blank: bool,
    /// How it has to be straightened, clockwise, in tenths of a degree.
    pub skew_tenths: i16,
}

/// What the worker is asked to do, once.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    pub(crate) input: PathBuf,
    pub(crate) task: Task,
    pub(crate) limits: Limits,
}

/// Page numbers count from zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Task {
    Inspect,
    Page {
        no: u32,
        width_px: u32,
        mark: Option<String>,
    },
    Text {
        no: u32,
    },
    Texts,
    Examine {
        from: u32,
        count: u32,
    },
    Compose {
        sources: Vec<PathBuf>,
        leaves: Vec<Leaf>,
        binding: Option<Binding>,
    },
    Outline,
    Redact {
        blots: Vec<Blot>,
    },
    Scan {
        pages: Vec<u32>,
    },
    Words,
    /// Which rules of lasting files it breaks.
    Lasting,
    /// What some pages look like.
    Looks {
        from: u32,
        count: u32,
    },
    /// Whether pages of this file and of another are scans of one sheet.
    Compare {
        other: PathBuf,
        pages: Vec<(u32, u32)>,
    },
    /// Tries what it is kept from, and opens no file.
    Probe,
}

/// One line of the worker's answer. The kind comes first, so that it is known even if what follows kills
/// the worker; the bytes of an image follow its line.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Answer {
    Kind(Kind),
    Pages(Vec<PageSize>),
    Text(Vec<TextRun>),
    Outline(Vec<Heading>),
    Scanned { no: u32, page: Result<ScannedPage, ReadingProblem> },
    Image { size_bytes: u64 },
    Examined(Examined),
    File { size_bytes: u64 },
    Words(Words),
    Lasting(Vec<Rule>),
    Look(Option<Look>),
    Same(bool),
    Unconfined(Vec<Confinement>),
    Problem(ReadingProblem),
}
