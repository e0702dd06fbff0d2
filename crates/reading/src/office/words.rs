//! The words of a Word document, for whoever goes on writing them elsewhere: paragraphs with the numbers that Word
//! counts, tracked changes as they would be accepted, and what else stands in it, named.

use std::collections::HashMap;

use roxmltree::Node;
use serde::{Deserialize, Serialize};

use super::{
    numbering::Numbering,
    package::{Package, parse},
};
use crate::{Kind, Limits, ReadingProblem};

/// Tracked changes and comments that are told one by one.
const MOST_TOLD: usize = 500;
/// Cells of one row; no table of a court's paper has more.
const MOST_CELLS: usize = 16;
/// Paragraphs of one document; no paper of a court has more.
const MOST_LINES: usize = 20_000;

/// What stands in a Word document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Its paragraphs, empty ones left out.
    pub lines: Vec<WordLine>,
    /// Changes that were tracked (修订); the lines have them accepted.
    pub tracked: Vec<Tracked>,
    /// Comments beside it (批注), as who and what.
    pub comments: Vec<(String, String)>,
    /// Pictures in it.
    pub pictures: u32,
    /// Boxes, foot- and endnotes.
    pub boxes: u32,
    /// Tables, whose rows stand among the lines.
    pub tables: u32,
    /// Those of them whose cells were put together or held other tables: they were made even.
    #[serde(default)]
    pub uneven: u32,
    /// Properties that a program wrote into it and Word keeps.
    pub marks: Vec<(String, String)>,
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordLine {
    /// The number that Word counts before it; empty where there is none, or where it was typed.
    pub number: String,
    /// Its text.
    pub text: String,
    /// Its cells, where it is a row of a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<String>,
}

/// A change that was tracked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracked {
    /// Who changed it.
    pub by: String,
    /// Whether the words came; they went otherwise.
    pub added: bool,
    /// The words.
    pub text: String,
}

/// Reads the words of a document.
pub(crate) fn read(kind: Kind, bytes: &[u8], limits: &Limits) -> Result<Words, ReadingProblem> {
    if kind != Kind::Docx {
        return Err(ReadingProblem::Unsupported);
    }
    let mut package = Package::open(bytes, limits)?;
    let xml = package.xml("word/document.xml")?;
    let numbering = package.xml("word/numbering.xml").unwrap_or_default();
    let styles = package.xml("word/styles.xml").unwrap_or_default();
    let document = parse(&xml)?;
    let body = document.descendants().find(|node| is(node, "body")).ok_or(ReadingProblem::Damaged)?;
    let mut reading = Reading {
        words: Words::default(),
        numbering: Numbering::parse(&numbering),
        styles: numbered_styles(&styles),
        joined: String::new(),
    };
    reading.blocks(body);
    reading.end();
    let mut words = reading.words;
    if words.lines.len() > MOST_LINES {
        return Err(ReadingProblem::TooLarge);
    }
    words.comments = package.xml("word/comments.xml").map(|xml| comments(&xml)).unwrap_or_default();
    words.marks = package.xml("docProps/custom.xml").map(|xml| marks(&xml)).unwrap_or_default();
    words.pictures = count(body, &["blip", "imagedata"]);
    words.boxes = count(body, &["txbxContent", "footnoteReference", "endnoteReference"]);
    words.tables = count(body, &["tbl"]);
    Ok(words)
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
}

fn attribute<'a>(node: &Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|node| is(node, name))
}

fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    attribute(&child(node, name)?, "val")
}

/// What old programs are given instead is no second box.
fn count(body: Node<'_, '_>, names: &[&str]) -> u32 {
    let named = |node: &Node<'_, '_>| names.iter().any(|name| is(node, name));
    let fallback = |node: &Node<'_, '_>| node.ancestors().any(|node| is(&node, "Fallback"));
    u32::try_from(body.descendants().filter(|node| named(node) && !fallback(node)).count()).unwrap_or(u32::MAX)
}

/// The list and level of a paragraph.
type Numbered = (String, usize);

fn numbered(properties: Node<'_, '_>) -> Option<Numbered> {
    let list = child(properties, "numPr")?;
    let level = value(list, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((value(list, "numId")?.to_owned(), level))
}

/// Styles that bring a number along.
fn numbered_styles(xml: &str) -> HashMap<String, Numbered> {
    let Ok(document) = parse(xml) else { return HashMap::new() };
    let style = |node: Node<'_, '_>| Some((attribute(&node, "styleId")?.to_owned(), numbered(child(node, "pPr")?)?));
    document.descendants().filter(|node| is(node, "style")).filter_map(style).collect()
}

fn comments(xml: &str) -> Vec<(String, String)> {
    let Ok(document) = parse(xml) else { return vec![] };
    let told = document.descendants().filter(|node| is(node, "comment")).map(|comment| {
        let lines = comment.descendants().filter(|node| is(node, "p"));
        let said: Vec<String> = lines.map(|line| plain(line, "t")).collect();
        (attribute(&comment, "author").unwrap_or_default().to_owned(), said.join("\n").trim().to_owned())
    });
    told.filter(|(_, said)| !said.is_empty()).take(MOST_TOLD).collect()
}

fn marks(xml: &str) -> Vec<(String, String)> {
    let Ok(document) = parse(xml) else { return vec![] };
    let mark = |node: Node<'_, '_>| {
        let said = node.descendants().filter_map(|node| node.text().filter(|_| node.is_element())).collect();
        Some((attribute(&node, "name")?.to_owned(), said))
    };
    document.descendants().filter(|node| is(node, "property")).filter_map(mark).take(MOST_TOLD).collect()
}

/// The text of the elements of one name, such as what was deleted.
fn plain(node: Node<'_, '_>, name: &str) -> String {
    node.descendants().filter(|node| is(node, name)).filter_map(|node| node.text()).collect()
}

/// The rows of a table, or the cells of a row, also where a program wrapped them.
fn parts<'a, 'i>(parent: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut found = vec![];
    for node in parent.children().filter(Node::is_element) {
        match node.tag_name().name() {
            own if own == name => found.push(node),
            "sdt" | "sdtContent" | "customXml" | "ins" => found.extend(parts(node, name)),
            _ => {}
        }
    }
    found
}

struct Reading {
    words: Words,
    numbering: Numbering,
    styles: HashMap<String, Numbered>,
    /// The text of paragraphs whose end was deleted: it runs on into the next.
    joined: String,
}

impl Reading {
    fn blocks(&mut self, parent: Node<'_, '_>) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => self.table(node),
                "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo" => self.blocks(node),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>) {
        self.track(node);
        let mut text = String::new();
        gather(node, &mut text);
        let properties = child(node, "pPr");
        let ending = properties.and_then(|properties| child(properties, "rPr"));
        if ending.is_some_and(|ending| child(ending, "del").is_some() || child(ending, "moveFrom").is_some()) {
            self.joined.push_str(&text);
            return;
        }
        let text = std::mem::take(&mut self.joined) + &text;
        if text.trim().is_empty() {
            return;
        }
        let number = properties.and_then(|properties| {
            let style = value(properties, "pStyle").and_then(|style| self.styles.get(style).cloned());
            let (list, level) = numbered(properties).or(style)?;
            self.numbering.next(&list, level)
        });
        self.line(number.unwrap_or_default(), &text);
    }

    /// A break within a paragraph begins a line of its own; its number stands before the first.
    fn line(&mut self, number: String, text: &str) {
        let mut number = number.trim().to_owned();
        for text in text.split(['\n', '\u{c}', '\u{2028}', '\u{2029}']).map(str::trim).filter(|text| !text.is_empty()) {
            let (number, cells) = (std::mem::take(&mut number), vec![]);
            self.words.lines.push(WordLine { number, text: text.to_owned(), cells });
        }
    }

    /// Each row is a line with its cells. Cells that were put together stand where the first of them stood, and empty
    /// ones after it; what a table within a cell says stands in that cell.
    fn table(&mut self, table: Node<'_, '_>) {
        self.end();
        let mut uneven = false;
        for row in parts(table, "tr") {
            if child(row, "trPr").is_some_and(|properties| child(properties, "del").is_some()) {
                continue;
            }
            let mut cells = vec![];
            for cell in parts(row, "tc") {
                let properties = child(cell, "tcPr");
                let span = properties.and_then(|properties| value(properties, "gridSpan")?.parse().ok()).unwrap_or(1);
                let down = properties.is_some_and(|properties| child(properties, "vMerge").is_some());
                uneven |= span > 1 || down || cell.descendants().any(|node| is(&node, "tbl"));
                cells.push(self.cell(cell));
                cells.extend(std::iter::repeat_n(String::new(), usize::min(span, MOST_CELLS).saturating_sub(1)));
            }
            cells.truncate(MOST_CELLS);
            match cells.as_slice() {
                cells if cells.iter().all(String::is_empty) => {}
                [only] => self.line(String::new(), &only.clone()),
                _ => self.words.lines.push(WordLine { number: String::new(), text: cells.join("\t"), cells }),
            }
        }
        self.words.uneven += u32::from(uneven);
    }

    fn cell(&mut self, cell: Node<'_, '_>) -> String {
        let mut words: Vec<String> = vec![];
        for paragraph in cell.descendants().filter(|node| is(node, "p")) {
            self.track(paragraph);
            let mut text = String::new();
            gather(paragraph, &mut text);
            words.extend(text.split_whitespace().map(str::to_owned));
        }
        words.join(" ")
    }

    /// What ran on and found no next paragraph.
    fn end(&mut self) {
        let text = std::mem::take(&mut self.joined);
        self.line(String::new(), &text);
    }

    fn track(&mut self, paragraph: Node<'_, '_>) {
        for node in paragraph.descendants() {
            let added = match node.tag_name().name() {
                "ins" | "moveTo" => true,
                "del" | "moveFrom" => false,
                _ => continue,
            };
            let text = if added { plain(node, "t") } else { plain(node, "delText") + &plain(node, "t") };
            let by = attribute(&node, "author").unwrap_or_default().to_owned();
            if text.is_empty() {
                continue;
            }
            let follows = node.prev_sibling_element().is_some_and(|node| is_change(node, added));
            let full = self.words.tracked.len() >= MOST_TOLD;
            match self.words.tracked.last_mut() {
                Some(last) if follows && last.by == by && last.added == added => last.text.push_str(&text),
                _ if full => {}
                _ => self.words.tracked.push(Tracked { by, added, text }),
            }
        }
    }
}

fn is_change(node: Node<'_, '_>, added: bool) -> bool {
    let names = if added { ["ins", "moveTo"] } else { ["del", "moveFrom"] };
    names.iter().any(|name| is(&node, name))
}

/// The text of a paragraph as it stands once every change is accepted, without boxes that it anchors.
fn gather(parent: Node<'_, '_>, text: &mut String) {
    for node in parent.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "t" => text.push_str(node.text().unwrap_or_default()),
            "tab" => text.push('\t'),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "pPr" | "rPr" | "del" | "moveFrom" | "instrText" | "Fallback" | "txbxContent" => {}
            _ => gather(node, text),
        }
    }
}
