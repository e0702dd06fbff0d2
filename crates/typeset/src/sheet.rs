//! A paper as the template takes it: names expanded, dates written, marks drawn. Mirrors `court.typ`.

use jiff::civil::Date;
use qrcode::{EcLevel, QrCode, render::svg};
use serde::Serialize;
use xiezhi_documents::structure::{Align, Block, Cell, Document, Layout, Signatory, SignatureBlock, Span, VerifyCode};
use xiezhi_documents::wording::{count_in_chinese, date_in_chinese, spaced_name};

use crate::fonts::Shelf;
use crate::outline;

/// Written into the file where a paper tells no date; the archive format asks for one.
const NO_DATE: Date = Date::constant(1970, 1, 1);

#[derive(Serialize)]
pub(crate) struct Sheet {
    layout: Layout,
    name: String,
    author: String,
    dated: Dated,
    court: String,
    title: String,
    number: Option<String>,
    code: Option<Code>,
    watermark: Option<String>,
    blocks: Vec<Piece>,
    signatures: Option<Under>,
    annex: Vec<Piece>,
}

#[derive(Serialize)]
struct Dated {
    year: i16,
    month: i8,
    day: i8,
}

#[derive(Serialize)]
struct Code {
    id: String,
    svg: String,
}

#[derive(Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
enum Piece {
    Paragraph { align: Align, spans: Vec<Run> },
    Heading { text: String },
    Order { no: String, spans: Vec<Run> },
    Speech { speaker: String, spans: Vec<Run> },
    Table { head: Vec<String>, widths: Vec<u16>, rows: Vec<Vec<Field>> },
    KeyValue { rows: Vec<Row> },
    Code { text: String, svg: String },
    Gap { what: String },
}

#[derive(Serialize)]
struct Run {
    text: String,
    gap: bool,
}

#[derive(Serialize)]
struct Field {
    spans: Vec<Run>,
}

#[derive(Serialize)]
struct Row {
    label: String,
    spans: Vec<Run>,
}

#[derive(Serialize)]
struct Under {
    role_cells: usize,
    name_cells: usize,
    date: Option<String>,
    above: Vec<Person>,
    below: Vec<Person>,
}

#[derive(Serialize)]
struct Person {
    role: String,
    name: String,
    hand: Option<String>,
}

impl Sheet {
    pub(crate) fn of(document: &Document, shelf: &Shelf) -> Self {
        Self {
            layout: document.layout,
            name: told(&format!("{}{}", document.title, document.number.as_deref().unwrap_or(""))),
            author: told(&document.court),
            dated: Dated::of(document.signatures.as_ref()),
            court: clean(&document.court),
            title: clean(&document.title),
            number: document.number.as_deref().map(clean),
            code: document.verify_code.as_ref().map(Code::of),
            watermark: document.watermark.as_ref().map(|text| outline::svg(text, shelf.mark_face())),
            blocks: document.blocks.iter().map(Piece::of).collect(),
            signatures: document.signatures.as_ref().map(Under::of),
            annex: document.annex.iter().map(Piece::of).collect(),
        }
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a sheet is plain data")
    }
}

impl Dated {
    fn of(signatures: Option<&SignatureBlock>) -> Self {
        let date = signatures.and_then(|block| block.dated_on).unwrap_or(NO_DATE);
        Self { year: date.year(), month: date.month(), day: date.day() }
    }
}

impl Code {
    fn of(code: &VerifyCode) -> Self {
        Self { id: clean(&code.id), svg: matrix(&code.url) }
    }
}

/// The code that says `text`, as a picture.
fn matrix(text: &str) -> String {
    let matrix = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M)
        .expect("an address is shorter than the 2 kB a code holds");
    matrix.render::<svg::Color<'_>>().module_dimensions(1, 1).quiet_zone(true).build()
}

impl Piece {
    fn of(block: &Block) -> Self {
        match block {
            Block::Paragraph { spans, align } => Self::Paragraph { align: *align, spans: runs(spans) },
            Block::Heading { text } => Self::Heading { text: clean(text) },
            Block::Order { no, spans } => Self::Order { no: count_in_chinese(u32::from(*no)), spans: runs(spans) },
            Block::Speech { speaker, spans } => Self::Speech { speaker: clean(speaker), spans: runs(spans) },
            Block::Table { head, widths, rows } => Self::table(head, widths, rows),
            Block::KeyValue { rows } => Self::KeyValue { rows: rows.iter().map(Row::of).collect() },
            Block::Code { text } => Self::Code { svg: matrix(text), text: clean(text) },
            Block::Gap { what } => Self::Gap { what: clean(what) },
        }
    }

    fn table(head: &[String], widths: &[u16], rows: &[Vec<Cell>]) -> Self {
        let widths = if widths.len() == head.len() { widths.to_vec() } else { vec![1; head.len()] };
        let row = |cells: &Vec<Cell>| {
            // A short row is filled up, so that the cells of the next row stay in their columns.
            let cells = cells.iter().map(|cell| Field { spans: runs(cell) });
            let empty = std::iter::repeat_with(|| Field { spans: Vec::new() });
            cells.chain(empty).take(head.len()).collect()
        };
        Self::Table {
            head: head.iter().map(|title| clean(title)).collect(),
            widths,
            rows: rows.iter().map(row).collect(),
        }
    }
}

impl Row {
    fn of((label, value): &(String, Cell)) -> Self {
        Self { label: clean(label), spans: runs(value) }
    }
}

impl Under {
    fn of(block: &SignatureBlock) -> Self {
        let people = || block.above.iter().chain(&block.below);
        let longest = |text: fn(&Signatory) -> String| people().map(|each| text(each).chars().count()).max();
        Self {
            role_cells: longest(|each| each.role.clone()).unwrap_or(0).max(5),
            name_cells: longest(|each| spaced_name(&each.name)).unwrap_or(0).max(3),
            date: block.dated_on.map(date_in_chinese),
            above: block.above.iter().map(Person::of).collect(),
            below: block.below.iter().map(Person::of).collect(),
        }
    }
}

impl Person {
    fn of(signatory: &Signatory) -> Self {
        let hand = signatory.hand.as_ref().map(|hand| hand.svg.clone()).filter(|svg| !svg.is_empty());
        Self { role: clean(&signatory.role), name: clean(&spaced_name(&signatory.name)), hand }
    }
}

fn runs(spans: &[Span]) -> Vec<Run> {
    spans.iter().map(|span| Run { text: breakable(&clean(&span.text)), gap: span.gap }).collect()
}

/// What the file says of itself in one string: no longer than a title is.
fn told(text: &str) -> String {
    clean(text).chars().take(TITLE_LETTERS).collect()
}

/// Words longer than a line, which no language has but addresses of the net and what falls on a keyboard, may end a line
/// after every so many letters: else they run off the page, and one of ten thousands of letters is no string of a PDF.
fn breakable(text: &str) -> String {
    let is_of_word = |c: char| !c.is_whitespace() && c < '\u{2e80}';
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(|c| !is_of_word(c)) {
        if word.chars().count() <= WORD_LETTERS {
            out.push_str(word);
            continue;
        }
        for (at, letter) in word.chars().enumerate() {
            if at > 0 && at % PART_LETTERS == 0 {
                out.push('\u{200b}');
            }
            out.push(letter);
        }
    }
    out
}

/// Letters of the title that a file says of itself, of a word that is left whole, and of a part of one that is not.
const TITLE_LETTERS: usize = 500;
const WORD_LETTERS: usize = 100;
const PART_LETTERS: usize = 40;

/// Drops what has no glyph and no meaning on paper: control characters but the line break.
pub(crate) fn clean(text: &str) -> String {
    let kept = text.chars().map(|c| if c == '\t' { ' ' } else { c });
    kept.filter(|c| *c == '\n' || !c.is_control()).collect()
}
