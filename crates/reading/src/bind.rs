//! What makes one book of pages that were put together: a number on each, bookmarks, and links from the list of
//! contents to the pages that it names.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, dictionary};

use crate::ask::{Binding, Heading, Link};
use crate::letters;
use crate::mark::{self, Mark};

/// The name of the font of page numbers in the resources of a page.
const FONT: &str = "XzPageNo";
/// The size of a page number, and how far it stands from the edge, in points.
const SIZE: f32 = 9.0;
const FROM_EDGE: f32 = 14.0;
/// How far a digit reaches, in shares of its size: Helvetica's are all alike.
const DIGIT: f32 = 0.556;

/// Where the middle of the lower edge of a page lies as it is looked at, and how text runs along it.
pub(crate) struct Foot {
    pub(crate) matrix: [f32; 4],
    pub(crate) x: f32,
    pub(crate) y: f32,
}

impl Foot {
    /// `seen` is the part of the page that is shown: left, lower, right, upper; `turn` how it is turned, clockwise.
    pub(crate) fn of(seen: [f32; 4], turn: i64) -> Self {
        let [left, lower, right, upper] =
            [seen[0].min(seen[2]), seen[1].min(seen[3]), seen[0].max(seen[2]), seen[1].max(seen[3])];
        let (across, along) = ((left + right) / 2.0, (lower + upper) / 2.0);
        let (matrix, x, y) = match turn.rem_euclid(360) {
            90 => ([0.0, 1.0, -1.0, 0.0], right - FROM_EDGE, along),
            180 => ([-1.0, 0.0, 0.0, -1.0], across, upper - FROM_EDGE),
            270 => ([0.0, -1.0, 1.0, 0.0], left + FROM_EDGE, along),
            _ => ([1.0, 0.0, 0.0, 1.0], across, lower + FROM_EDGE),
        };
        Self { matrix, x, y }
    }

    /// The drawing of a number, on white so that it can be read over a scan.
    fn number(&self, text: &str) -> String {
        let [a, b, c, d] = self.matrix;
        let wide = text.chars().count() as f32 * DIGIT * SIZE;
        let (half, pad) = (wide / 2.0, 3.0);
        format!(
            "q {a} {b} {c} {d} {:.2} {:.2} cm 1 g {:.2} {:.2} {:.2} {:.2} re f 0 g BT /{FONT} {SIZE} Tf {:.2} 0 Td ({text}) Tj ET Q\n",
            self.x,
            self.y,
            -half - pad,
            -pad,
            wide + pad * 2.0,
            SIZE + pad,
            -half
        )
    }
}

/// Binds the pages of a file, in order, each with the mark.
pub(crate) fn bind(
    pdf: &mut Pdf,
    pages: &[ObjectId],
    seen: &[([f32; 4], i64)],
    binding: &Binding,
    mark: Option<&Mark>,
) -> Option<()> {
    if binding.numbered {
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" };
        let font = pdf.add_object(font);
        for (no, (page, (seen, turn))) in (1..).zip(pages.iter().zip(seen)) {
            let text = format!("{no} / {}", pages.len());
            stamp(pdf, *page, &[("Font", FONT, font)], &Foot::of(*seen, *turn).number(&text))?;
        }
    }
    if let Some(mark) = mark {
        let with = [("Font", letters::FONT, mark.font), ("XObject", mark::NAME, mark.image)];
        for (page, (seen, turn)) in pages.iter().zip(seen) {
            stamp(pdf, *page, &with, &mark.at(*seen, *turn, binding.numbered))?;
        }
    }
    for link in &binding.links {
        lead(pdf, pages, seen, link)?;
    }
    outline(pdf, pages, &binding.headings)
}

/// Draws over a page that lies in the file.
fn stamp(pdf: &mut Pdf, page: ObjectId, with: &[(&str, &str, ObjectId)], drawing: &str) -> Option<()> {
    let mut entries = pdf.get_dictionary(page).ok()?.clone();
    draw_over(pdf, &mut entries, with, drawing);
    pdf.objects.insert(page, Object::Dictionary(entries));
    Some(())
}

/// Draws over a page, in the state in which the page begins, with resources of these kinds and names.
pub(crate) fn draw_over(pdf: &mut Pdf, page: &mut Dictionary, with: &[(&str, &str, ObjectId)], drawing: &str) {
    let mut resources = resolved(pdf, page.get(b"Resources").ok()).unwrap_or_default();
    for (kind, name, object) in with {
        let mut known = resolved(pdf, resources.get(kind.as_bytes()).ok()).unwrap_or_default();
        known.set(*name, *object);
        resources.set(*kind, known);
    }
    page.set("Resources", resources);
    let before = pdf.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
    let mut over = Stream::new(Dictionary::new(), format!("\nQ\n{drawing}").into_bytes());
    // What cannot be pressed stays as it is.
    let _ = over.compress();
    let after = pdf.add_object(over);
    let mut contents = vec![Object::Reference(before)];
    match page.get(b"Contents") {
        Ok(Object::Array(parts)) => contents.extend(parts.iter().cloned()),
        Ok(one @ Object::Reference(at)) => match pdf.get_object(*at) {
            Ok(Object::Array(parts)) => contents.extend(parts.iter().cloned()),
            _ => contents.push(one.clone()),
        },
        // A page may be empty.
        _ => {}
    }
    contents.push(Object::Reference(after));
    page.set("Contents", contents);
}

fn resolved(pdf: &Pdf, value: Option<&Object>) -> Option<Dictionary> {
    pdf.dereference(value?).ok()?.1.as_dict().ok().cloned()
}

/// Makes a part of a page lead to another.
fn lead(pdf: &mut Pdf, pages: &[ObjectId], seen: &[([f32; 4], i64)], link: &Link) -> Option<()> {
    let from = *pages.get(link.page as usize)?;
    let to = *pages.get(link.to as usize)?;
    let [left, lower, right, upper] = seen.get(link.page as usize)?.0;
    let (wide, tall) = (right - left, upper - lower);
    let rect = [
        left + link.x * wide,
        upper - (link.y + link.h) * tall,
        left + (link.x + link.w) * wide,
        upper - link.y * tall,
    ];
    let rect: Vec<Object> = rect.into_iter().map(Object::Real).collect();
    let note = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => rect,
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "Dest" => vec![to.into(), "Fit".into()],
    };
    let note = pdf.add_object(note);
    let known = pdf.get_dictionary(from).ok()?.get(b"Annots").ok().cloned();
    let mut notes = match known {
        Some(Object::Array(notes)) => notes,
        Some(Object::Reference(at)) => pdf.get_object(at).ok()?.as_array().ok()?.clone(),
        _ => vec![],
    };
    notes.push(note.into());
    pdf.get_object_mut(from).ok()?.as_dict_mut().ok()?.set("Annots", notes);
    Some(())
}

/// Bookmarks, one under the other.
fn outline(pdf: &mut Pdf, pages: &[ObjectId], headings: &[Heading]) -> Option<()> {
    if headings.is_empty() {
        return Some(());
    }
    let root = pdf.new_object_id();
    let entries: Vec<ObjectId> = headings.iter().map(|_| pdf.new_object_id()).collect();
    for (at, heading) in headings.iter().enumerate() {
        let page = *pages.get(heading.page as usize)?;
        let mut entry = dictionary! {
            "Title" => lopdf::text_string(&heading.title),
            "Parent" => root,
            "Dest" => vec![page.into(), "Fit".into()],
        };
        if let Some(before) = at.checked_sub(1) {
            entry.set("Prev", entries[before]);
        }
        if let Some(after) = entries.get(at + 1) {
            entry.set("Next", *after);
        }
        pdf.objects.insert(entries[at], Object::Dictionary(entry));
    }
    let count = i64::try_from(headings.len()).ok()?;
    let first_and_last = (*entries.first()?, *entries.last()?);
    let outlines =
        dictionary! { "Type" => "Outlines", "First" => first_and_last.0, "Last" => first_and_last.1, "Count" => count };
    pdf.objects.insert(root, Object::Dictionary(outlines));
    let catalogue = pdf.trailer.get(b"Root").ok()?.as_reference().ok()?;
    let catalogue = pdf.get_object_mut(catalogue).ok()?.as_dict_mut().ok()?;
    catalogue.set("Outlines", root);
    catalogue.set("PageMode", "UseOutlines");
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_stands_at_the_lower_edge_however_the_page_is_turned() {
        let seen = [0.0, 0.0, 600.0, 800.0];
        let at = |turn| {
            let foot = Foot::of(seen, turn);
            (foot.x, foot.y)
        };
        assert_eq!([at(0), at(90), at(180), at(270)], [(300.0, 14.0), (586.0, 400.0), (300.0, 786.0), (14.0, 400.0)]);
        assert_eq!(Foot::of([600.0, 800.0, 0.0, 0.0], 0).y, 14.0, "corners in either order");
    }

    #[test]
    fn the_number_is_drawn_in_the_middle() {
        let drawn = Foot::of([0.0, 0.0, 600.0, 800.0], 0).number("3 / 20");
        assert!(drawn.contains("(3 / 20) Tj") && drawn.starts_with("q 1 0 0 1 300.00 14.00 cm"), "{drawn}");
    }
}
