//! Word documents of 2007 and later: paragraphs with their numbers, tables, pictures, notes.

use std::collections::HashMap;

use roxmltree::Node;

use super::{
    Pictures,
    numbering::Numbering,
    package::{Package, beside, parse},
};
use crate::flow::Piece;
use crate::{Limits, ReadingProblem};

const DOCUMENT: &str = "word/document.xml";

/// Reads a document.
pub(super) fn read(bytes: &[u8], limits: &Limits, pictures: &mut Pictures) -> Result<Vec<Piece>, ReadingProblem> {
    let mut package = Package::open(bytes, limits)?;
    let xml = package.xml(DOCUMENT)?;
    let numbering = package.xml("word/numbering.xml").unwrap_or_default();
    let mut reading = Reading {
        targets: targets(&mut package),
        numbering: Numbering::parse(&numbering),
        package,
        pictures,
        pieces: vec![],
    };
    let document = parse(&xml)?;
    let body = document.descendants().find(|node| is(node, "body")).ok_or(ReadingProblem::Damaged)?;
    reading.blocks(body);
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Ok(xml) = reading.package.xml(notes) {
            reading.notes(&parse(&xml)?);
        }
    }
    Ok(reading.pieces)
}

/// What the document points at, by the ids it gives.
fn targets(package: &mut Package<'_>) -> HashMap<String, String> {
    let Ok(xml) = package.xml("word/_rels/document.xml.rels") else { return HashMap::new() };
    let Ok(relations) = parse(&xml) else { return HashMap::new() };
    let target = |node: Node<'_, '_>| {
        let inside = node.attribute("TargetMode") != Some("External");
        Some((node.attribute("Id")?.to_owned(), beside(DOCUMENT, node.attribute("Target")?))).filter(|_| inside)
    };
    relations.descendants().filter_map(target).collect()
}

struct Reading<'b, 'p> {
    package: Package<'b>,
    targets: HashMap<String, String>,
    numbering: Numbering,
    pictures: &'p mut Pictures,
    pieces: Vec<Piece>,
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
}

fn value<'a>(node: &Node<'a, '_>, child: &str) -> Option<&'a str> {
    let child = node.children().find(|node| is(node, child))?;
    child.attributes().find(|attribute| attribute.name() == "val").map(|attribute| attribute.value())
}

impl Reading<'_, '_> {
    fn blocks(&mut self, parent: Node<'_, '_>) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => {
                    let rows = rows(node);
                    self.pieces.push(Piece::Table(rows));
                }
                "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" => self.blocks(node),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>) {
        let properties = node.children().find(|node| is(node, "pPr"));
        let text = text(node);
        let number = properties.and_then(|properties| {
            let list = properties.children().find(|node| is(node, "numPr"))?;
            let level = value(&list, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
            self.numbering.next(value(&list, "numId")?, level)
        });
        let style = properties.and_then(|properties| value(&properties, "pStyle")).unwrap_or_default();
        let in_the_middle = properties.and_then(|properties| value(&properties, "jc")) == Some("center");
        let is_title = in_the_middle || style == "Title" || style.starts_with("Heading");
        let text = match number.filter(|_| !text.trim().is_empty()) {
            Some(number) => format!("{number}{text}"),
            None => text,
        };
        if text.starts_with('\u{c}') || breaks_before(properties) {
            self.pieces.push(Piece::Break);
        }
        let parts: Vec<&str> = text.split('\u{c}').collect();
        for (at, part) in parts.iter().enumerate() {
            if at > 1 || (at == 1 && !parts[0].is_empty()) {
                self.pieces.push(Piece::Break);
            }
            self.pieces.push(match is_title && part.chars().count() < 60 {
                true => Piece::Title((*part).to_owned()),
                false => Piece::Paragraph((*part).to_owned()),
            });
        }
        self.pictures_of(node);
        // A box within a box is told with the outer one: else each would be told twice as often as the one around it.
        let is_box = |node: &Node<'_, '_>| is(node, "txbxContent");
        let is_outer =
            |found: &Node<'_, '_>| !found.ancestors().skip(1).take_while(|one| *one != node).any(|one| is_box(&one));
        for hidden in node.descendants().filter(|found| is_box(found) && !is_fallback(*found) && is_outer(found)) {
            self.blocks(hidden);
        }
    }

    fn pictures_of(&mut self, node: Node<'_, '_>) {
        for blip in node.descendants().filter(|node| is(node, "blip") || is(node, "imagedata")) {
            let id = blip.attributes().find(|attribute| matches!(attribute.name(), "embed" | "id"));
            let target = id.and_then(|id| self.targets.get(id.value()).cloned());
            let bytes = target.and_then(|target| self.package.part(&target).ok());
            if let Some(at) = bytes.and_then(|bytes| self.pictures.take(bytes)) {
                self.pieces.push(Piece::Picture(at));
            }
        }
    }

    /// Notes stand at the end, each under its number.
    fn notes(&mut self, document: &roxmltree::Document<'_>) {
        let notes = document.descendants().filter(|node| is(node, "footnote") || is(node, "endnote"));
        let written = notes.filter(|note| !note.attributes().any(|attribute| attribute.name() == "type"));
        for note in written {
            let number = note.attributes().find(|attribute| attribute.name() == "id").map_or("", |id| id.value());
            let words: Vec<String> = note.descendants().filter(|node| is(node, "p")).map(text).collect();
            self.pieces.push(Piece::Paragraph(format!("[{number}] {}", words.join("\n").trim())));
        }
    }
}

fn breaks_before(properties: Option<Node<'_, '_>>) -> bool {
    let told = properties.and_then(|properties| properties.children().find(|node| is(node, "pageBreakBefore")));
    told.is_some_and(|node| !node.attributes().any(|attribute| matches!(attribute.value(), "0" | "false")))
}

/// What old programs are given instead is no second text.
fn is_fallback(node: Node<'_, '_>) -> bool {
    node.ancestors().any(|node| is(&node, "Fallback"))
}

/// The text of a paragraph, without what was deleted in it and without boxes that it anchors.
fn text(paragraph: Node<'_, '_>) -> String {
    let mut text = String::new();
    gather(paragraph, &mut text);
    text
}

fn gather(parent: Node<'_, '_>, text: &mut String) {
    for node in parent.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "t" => text.push_str(node.text().unwrap_or_default()),
            "tab" => text.push_str("    "),
            "br" if node.attributes().any(|attribute| attribute.name() == "type" && attribute.value() == "page") => {
                text.push('\u{c}');
            }
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "footnoteReference" | "endnoteReference" => {
                let id = node.attributes().find(|attribute| attribute.name() == "id").map_or("", |id| id.value());
                text.push_str(&format!("[{id}]"));
            }
            "pPr" | "rPr" | "del" | "moveFrom" | "instrText" | "Fallback" | "txbxContent" => {}
            _ => gather(node, text),
        }
    }
}

/// The rows of a table; a table within a cell is told in lines.
fn rows(table: Node<'_, '_>) -> Vec<Vec<String>> {
    let cells = |row: Node<'_, '_>| row.children().filter(|node| is(node, "tc")).map(cell).collect();
    table.children().filter(|node| is(node, "tr")).map(cells).collect()
}

fn cell(cell: Node<'_, '_>) -> String {
    let blocks = cell.children().filter_map(|node| match node.tag_name().name() {
        "p" => Some(text(node)),
        "tbl" => Some(rows(node).into_iter().map(|row| row.join("  ")).collect::<Vec<_>>().join("\n")),
        _ => None,
    });
    blocks.collect::<Vec<_>>().join("\n").replace('\u{c}', "\n")
}
