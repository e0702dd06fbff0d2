//! What stands where on the finished pages: glyphs that are missing, the place of the seal, the places
//! of signatures.

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::text::TextItem;
use typst_layout::PagedDocument;
use xiezhi_documents::structure::{Document, Layout, Signatory};
use xiezhi_documents::wording::{date_in_chinese, spaced_name};

/// Where the court's seal goes: the middle of the date. Points from the lower left corner of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SealSpot {
    /// Page, from 1.
    pub page: u32,
    /// From the left edge.
    pub x_pt: f32,
    /// From the lower edge.
    pub y_pt: f32,
}

/// Where a person under a paper signs: behind what is printed for them, at the foot of the line.
#[derive(Clone, Debug, PartialEq)]
pub struct SignatureSpot {
    /// The role as printed.
    pub role: String,
    /// The name as the structure has it; empty where the person signs by hand.
    pub name: String,
    /// Page, from 1.
    pub page: u32,
    /// From the left edge, in points.
    pub x_pt: f32,
    /// From the lower edge, in points: the line the signature stands on.
    pub y_pt: f32,
}

/// A run of text with where it stands.
pub(crate) struct PlacedRun<'a> {
    page: u32,
    page_height: Abs,
    at: Point,
    item: &'a TextItem,
}

/// Every run of text, in the order of the paper.
pub(crate) fn runs(document: &PagedDocument) -> Vec<PlacedRun<'_>> {
    let mut found = Vec::new();
    for (page, number) in document.pages().iter().zip(1..) {
        walk(&page.frame, Point::zero(), &mut |at, item| {
            found.push(PlacedRun { page: number, page_height: page.frame.height(), at, item });
        });
    }
    found
}

fn walk<'a>(frame: &'a Frame, origin: Point, visit: &mut impl FnMut(Point, &'a TextItem)) {
    for (at, item) in frame.items() {
        let at = origin + *at;
        match item {
            // Nothing of the paper's own text is turned or scaled, so the shift is all of the transform.
            FrameItem::Group(group) => {
                walk(&group.frame, at + Point::new(group.transform.tx, group.transform.ty), visit);
            }
            FrameItem::Text(text) => visit(at, text),
            _ => {}
        }
    }
}

/// The characters that would print as boxes, each once, in reading order.
pub(crate) fn missing_glyphs(runs: &[PlacedRun<'_>]) -> String {
    let mut missing = String::new();
    for run in runs {
        for glyph in run.item.glyphs.iter().filter(|glyph| glyph.id == 0) {
            for character in run.item.text[glyph.range()].chars() {
                if !missing.contains(character) {
                    missing.push(character);
                }
            }
        }
    }
    missing
}

/// The middle of the date under a sealed paper. The last such run counts: the block ends the paper.
pub(crate) fn seal_spot(document: &Document, runs: &[PlacedRun<'_>]) -> Option<SealSpot> {
    let block = document.signatures.as_ref().filter(|block| block.sealed)?;
    let date = date_in_chinese(block.dated_on?);
    let run = runs.iter().rev().find(|run| run.item.text == date.as_str())?;
    // A Han character stands from 0.2 em below its base line to 0.8 em above.
    let middle = run.at.y - run.item.size * 0.3;
    Some(SealSpot {
        page: run.page,
        x_pt: points(run.at.x + run.item.width() / 2.0),
        y_pt: points(run.page_height - middle),
    })
}

/// Where the people under the paper sign. Searched from the end, so that names in the text don't count.
pub(crate) fn signature_spots(document: &Document, runs: &[PlacedRun<'_>]) -> Vec<SignatureSpot> {
    let Some(block) = &document.signatures else {
        return Vec::new();
    };
    let mut rest = runs;
    let mut spots = Vec::new();
    for person in block.above.iter().chain(&block.below).rev() {
        let label = label(document.layout, person);
        let Some(index) = rest.iter().rposition(|run| run.item.text == label.as_str()) else {
            continue;
        };
        spots.push(spot(person, &rest[index]));
        rest = &rest[..index];
    }
    spots.reverse();
    spots
}

/// The run that marks a person's line; the signature comes behind it.
fn label(layout: Layout, person: &Signatory) -> String {
    match layout {
        Layout::Judgment => spaced_name(&person.name),
        _ => format!("{}：", person.role),
    }
}

fn spot(person: &Signatory, run: &PlacedRun<'_>) -> SignatureSpot {
    SignatureSpot {
        role: person.role.clone(),
        name: person.name.clone(),
        page: run.page,
        x_pt: points(run.at.x + run.item.width()),
        y_pt: points(run.page_height - run.at.y),
    }
}

// Points fit a 32-bit number with room for a thousandth.
#[allow(clippy::cast_possible_truncation)]
fn points(length: Abs) -> f32 {
    length.to_pt() as f32
}

/// The lines of one size on a page: base line from the top, and right end, in points.
#[cfg(test)]
pub(crate) fn lines_on(runs: &[PlacedRun<'_>], page: u32, size_pt: f64) -> Vec<(f32, f32)> {
    let mut lines: Vec<(f32, f32)> = Vec::new();
    for run in runs.iter().filter(|run| run.page == page && (run.item.size.to_pt() - size_pt).abs() < 0.01) {
        let (y, right) = (points(run.at.y), points(run.at.x + run.item.width()));
        match lines.iter_mut().find(|line| (line.0 - y).abs() < 0.5) {
            Some(line) => line.1 = line.1.max(right),
            None => lines.push((y, right)),
        }
    }
    lines
}
