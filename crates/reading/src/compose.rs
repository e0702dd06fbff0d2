//! A PDF put together from pages of several files, each turned and straightened as asked. Pages of a PDF keep their
//! letters and lines; a JPEG keeps its bytes. What cannot be taken over page by page is drawn and taken as a picture.

use std::collections::BTreeMap;
use std::path::Path;

use image::{ExtendedColorType, ImageEncoder, RgbImage, codecs::jpeg::JpegEncoder};
use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, dictionary};

use crate::ask::{Binding, Leaf, Letters};
use crate::bind::{bind, draw_over};
use crate::letters;
use crate::mark::Mark;
use crate::pdf::Document;
use crate::picture::{Picture, Quarter};
use crate::{Kind, Limits, ReadingProblem};

/// Most pages of a file that is put together.
const MOST_LEAVES: usize = 5_000;
/// A page of a PDF that cannot be taken over is drawn so wide: 200 dots an inch on A4.
const DRAWN_PX: u32 = 1_654;
/// What a picture is encoded with that was no JPEG: hardly to be told from it.
const JPEG_QUALITY: u8 = 90;
/// A sheet of A4 in points; a picture is fitted to it, upright or on its side.
const A4_PT: (f32, f32) = (595.28, 841.89);
/// Entries of a page or an annotation that lead elsewhere or do something.
const LEFT_BEHIND: [&[u8]; 7] = [b"Parent", b"AA", b"A", b"StructParent", b"StructParents", b"B", b"Dest"];

/// A file that pages are taken from.
pub(crate) struct Source<'f> {
    pub(crate) kind: Kind,
    pub(crate) bytes: Vec<u8>,
    pub(crate) fonts: Option<&'f Path>,
    pub(crate) limits: Limits,
}

/// Puts the leaves together, in order, and binds them if asked to.
pub(crate) fn compose(
    sources: &[Source<'_>],
    leaves: &[Leaf],
    binding: Option<&Binding>,
) -> Result<Vec<u8>, ReadingProblem> {
    match leaves.len() {
        0 => return Err(ReadingProblem::Empty),
        count if count > MOST_LEAVES => return Err(ReadingProblem::TooLarge),
        _ => {}
    }
    let mut made = Made::new();
    let mut laid: BTreeMap<usize, &Letters> = BTreeMap::new();
    for letters in binding.map(|binding| binding.letters.as_slice()).unwrap_or_default() {
        laid.insert(letters.leaf, letters);
    }
    let mut opened: BTreeMap<usize, Option<Pdf>> = BTreeMap::new();
    for (no, leaf) in leaves.iter().enumerate() {
        let letters = laid.get(&no).copied();
        let source = sources.get(leaf.source).ok_or(ReadingProblem::NoSuchPage)?;
        let pdf = opened.entry(leaf.source).or_insert_with(|| source.as_pdf());
        let taken = pdf.as_ref().and_then(|pdf| made.take_over(pdf, leaf, letters));
        match taken {
            Some(page) => made.kids.push(page.into()),
            None => made.picture(source, leaf, letters)?,
        }
    }
    made.finish(binding, sources.first().and_then(|source| source.fonts))
}

impl Source<'_> {
    /// The file as objects that can be copied, if it is such a file.
    fn as_pdf(&self) -> Option<Pdf> {
        let pdf = (self.kind == Kind::Pdf).then(|| Pdf::load_mem(&self.bytes).ok()).flatten()?;
        (!pdf.is_encrypted() && !pdf.was_encrypted()).then_some(pdf)
    }
}

/// The file that is being made.
struct Made {
    pdf: Pdf,
    pages: ObjectId,
    kids: Vec<Object>,
    /// The part of each page that is shown, and how it is turned.
    seen: Vec<([f32; 4], i64)>,
    /// The font of letters that nobody sees, once there are some.
    font: Option<ObjectId>,
}

impl Made {
    fn new() -> Self {
        let mut pdf = Pdf::with_version("1.7");
        let pages = pdf.new_object_id();
        Self { pdf, pages, kids: vec![], seen: vec![], font: None }
    }

    fn finish(mut self, binding: Option<&Binding>, fonts: Option<&Path>) -> Result<Vec<u8>, ReadingProblem> {
        let kids: Vec<ObjectId> = self.kids.iter().filter_map(|kid| kid.as_reference().ok()).collect();
        let count = i64::try_from(self.kids.len()).map_err(|_| ReadingProblem::TooLarge)?;
        let pages = dictionary! { "Type" => "Pages", "Kids" => std::mem::take(&mut self.kids), "Count" => count };
        self.pdf.objects.insert(self.pages, Object::Dictionary(pages));
        let catalog = self.pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => self.pages });
        self.pdf.trailer.set("Root", catalog);
        if let Some(binding) = binding {
            let mark = match binding.mark.as_deref() {
                Some(words) => {
                    let font = self.font();
                    Some(Mark::draw(&mut self.pdf, words, font, fonts)?)
                }
                None => None,
            };
            bind(&mut self.pdf, &kids, &self.seen, binding, mark.as_ref()).ok_or(ReadingProblem::Damaged)?;
        }
        let mut bytes = vec![];
        self.pdf.save_to(&mut bytes).map_err(|_| ReadingProblem::TooLarge)?;
        Ok(bytes)
    }

    /// Copies a page with everything that it shows; nothing where the file does not allow it.
    fn take_over(&mut self, from: &Pdf, leaf: &Leaf, letters: Option<&Letters>) -> Option<ObjectId> {
        let id = from.page_iter().nth(leaf.page as usize)?;
        let page = from.get_dictionary(id).ok()?;
        let mut copied = Dictionary::new();
        let mut known = BTreeMap::new();
        let mut copy = Copy { from, to: &mut self.pdf, known: &mut known };
        for (key, value) in page.iter().filter(|(key, _)| !LEFT_BEHIND.contains(&key.as_slice())) {
            copied.set(key.clone(), copy.object(value)?);
        }
        for key in [b"Resources".as_slice(), b"MediaBox", b"CropBox", b"Rotate"] {
            if !copied.has(key)
                && let Some(value) = inherited(from, page, key)
            {
                copied.set(key, copy.object(value)?);
            }
        }
        let seen = shown_box(from, page)?;
        let before = inherited(from, page, b"Rotate").and_then(|turn| turn.as_i64().ok()).unwrap_or(0);
        let turn = (before + i64::from(leaf.turn)).rem_euclid(360);
        copied.set("Rotate", turn);
        copied.set("Parent", self.pages);
        if leaf.skew_tenths != 0 {
            self.straighten(&mut copied, seen, leaf.skew_tenths)?;
        }
        if let Some(letters) = letters {
            self.lay(&mut copied, letters, (seen, before), leaf.skew_tenths);
        }
        self.seen.push((seen, turn));
        Some(self.pdf.add_object(copied))
    }

    /// The font of letters that nobody sees.
    fn font(&mut self) -> ObjectId {
        *self.font.get_or_insert_with(|| letters::font(&mut self.pdf))
    }

    /// Lays letters over a page that is turned so far before they want it turned on.
    fn lay(&mut self, page: &mut Dictionary, letters: &Letters, (seen, turn): ([f32; 4], i64), skew_tenths: i16) {
        let font = self.font();
        let middle = ((seen[0] + seen[2]) / 2.0, (seen[1] + seen[3]) / 2.0);
        let lines = letters::drawing(letters, seen, turn);
        let drawing = format!("q {} cm\n{lines}Q\n", about(middle.0, middle.1, skew_tenths));
        draw_over(&mut self.pdf, page, &[("Font", letters::FONT, font)], &drawing);
    }

    /// Turns everything on a page by a little about its middle.
    fn straighten(&mut self, page: &mut Dictionary, seen: [f32; 4], skew_tenths: i16) -> Option<()> {
        let (x, y) = ((seen[0] + seen[2]) / 2.0, (seen[1] + seen[3]) / 2.0);
        let before = Stream::new(Dictionary::new(), format!("q {} cm\n", about(x, y, skew_tenths)).into_bytes());
        let after = Stream::new(Dictionary::new(), b"\nQ".to_vec());
        let mut contents = vec![Object::Reference(self.pdf.add_object(before))];
        match page.get(b"Contents") {
            Ok(Object::Array(parts)) => contents.extend(parts.iter().cloned()),
            Ok(one @ Object::Reference(at)) => match self.pdf.get_object(*at) {
                Ok(Object::Array(parts)) => contents.extend(parts.iter().cloned()),
                _ => contents.push(one.clone()),
            },
            _ => return None,
        }
        contents.push(Object::Reference(self.pdf.add_object(after)));
        page.set("Contents", contents);
        Some(())
    }

    /// Takes a page as a picture that fills a sheet.
    fn picture(&mut self, source: &Source<'_>, leaf: &Leaf, letters: Option<&Letters>) -> Result<(), ReadingProblem> {
        let (image, size, quarter) = match source.kind {
            Kind::Pdf => {
                let drawn = Document::open(source.bytes.clone(), source.fonts)?.image(leaf.page, DRAWN_PX)?;
                (encoded(&drawn)?, drawn.dimensions(), Quarter::None)
            }
            kind => {
                let picture = Picture::open(kind, source.bytes.clone(), source.limits)?;
                match picture.as_it_is(leaf.page)? {
                    Some((channels, size, quarter)) => (as_received(&source.bytes, channels, size), size, quarter),
                    None => {
                        let drawn = picture.image(leaf.page, u32::MAX)?;
                        (encoded(&drawn)?, drawn.dimensions(), Quarter::None)
                    }
                }
            }
        };
        let image = self.pdf.add_object(image);
        let (wide, tall) = fitted(size);
        let (x, y) = (wide / 2.0, tall / 2.0);
        let shown = format!("q {} cm {wide} 0 0 {tall} 0 0 cm /Im Do Q", about(x, y, leaf.skew_tenths));
        let contents = self.pdf.add_object(Stream::new(Dictionary::new(), shown.into_bytes()));
        let turn = (i64::from(leaf.turn) + quarter.degrees()) % 360;
        let seen = [0.0, 0.0, wide, tall];
        self.seen.push((seen, turn));
        let mut page = dictionary! {
            "Type" => "Page",
            "Parent" => self.pages,
            "MediaBox" => vec![0.into(), 0.into(), Object::Real(wide), Object::Real(tall)],
            "Rotate" => turn,
            "Resources" => dictionary! { "XObject" => dictionary! { "Im" => image } },
            "Contents" => contents,
        };
        if let Some(letters) = letters {
            self.lay(&mut page, letters, (seen, quarter.degrees()), leaf.skew_tenths);
        }
        let page = self.pdf.add_object(page);
        self.kids.push(page.into());
        Ok(())
    }
}

/// Turning by so many tenths of a degree, clockwise as it is looked at, about a point.
fn about(x: f32, y: f32, skew_tenths: i16) -> String {
    let (sin, cos) = (-f32::from(skew_tenths) / 10.0).to_radians().sin_cos();
    let (e, f) = (x - x * cos + y * sin, y - x * sin - y * cos);
    format!("{cos:.6} {sin:.6} {:.6} {cos:.6} {e:.3} {f:.3}", -sin)
}

/// The measures of a picture on a sheet of A4, in points.
fn fitted((width, height): (u32, u32)) -> (f32, f32) {
    let (width, height) = (width.max(1) as f32, height.max(1) as f32);
    let (wide, tall) = if width > height { (A4_PT.1, A4_PT.0) } else { A4_PT };
    let scale = (wide / width).min(tall / height);
    ((width * scale).round().max(1.0), (height * scale).round().max(1.0))
}

fn xobject(size: (u32, u32), colours: &str, bits: i64, filter: Option<&str>, bytes: Vec<u8>) -> Stream {
    let mut entries = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(size.0),
        "Height" => i64::from(size.1),
        "ColorSpace" => colours,
        "BitsPerComponent" => bits,
    };
    if let Some(filter) = filter {
        entries.set("Filter", filter);
    }
    Stream::new(entries, bytes)
}

/// A JPEG goes in byte for byte.
fn as_received(bytes: &[u8], channels: u8, size: (u32, u32)) -> Stream {
    let colours = if channels == 1 { "DeviceGray" } else { "DeviceRGB" };
    xobject(size, colours, 8, Some("DCTDecode"), bytes.to_vec()).with_compression(false)
}

/// A picture in black and white goes in as bits, any other as JPEG.
fn encoded(drawn: &RgbImage) -> Result<Stream, ReadingProblem> {
    let black_or_white = |pixel: &image::Rgb<u8>| matches!(pixel.0, [0, 0, 0] | [255, 255, 255]);
    if drawn.pixels().all(black_or_white) {
        let mut bits = xobject(drawn.dimensions(), "DeviceGray", 1, None, packed(drawn));
        bits.compress().map_err(|_| ReadingProblem::TooLarge)?;
        return Ok(bits);
    }
    let mut jpeg = vec![];
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY);
    let written = encoder.write_image(drawn, drawn.width(), drawn.height(), ExtendedColorType::Rgb8);
    written.map_err(|_| ReadingProblem::TooLarge)?;
    Ok(xobject(drawn.dimensions(), "DeviceRGB", 8, Some("DCTDecode"), jpeg).with_compression(false))
}

/// Eight pixels a byte, each row from a byte of its own.
pub(crate) fn packed(drawn: &RgbImage) -> Vec<u8> {
    let mut bits = vec![];
    for row in drawn.rows() {
        let row: Vec<u8> = row.map(|pixel| u8::from(pixel.0[0] == 255)).collect();
        bits.extend(row.chunks(8).map(|eight| (0..8).fold(0, |byte, at| (byte << 1) | eight.get(at).unwrap_or(&1))));
    }
    bits
}

/// What a page says, or a branch of the tree above it.
fn inherited<'d>(from: &'d Pdf, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    let mut node = page;
    for _ in 0..64 {
        if let Ok(value) = node.get(key) {
            return from.dereference(value).ok().map(|(_, value)| value);
        }
        node = node.get(b"Parent").ok()?.as_reference().ok().and_then(|id| from.get_dictionary(id).ok())?;
    }
    None
}

/// The part of a page that is shown: left, lower, right, upper.
fn shown_box(from: &Pdf, page: &Dictionary) -> Option<[f32; 4]> {
    let seen = inherited(from, page, b"CropBox").or_else(|| inherited(from, page, b"MediaBox"))?.as_array().ok()?;
    let mut sides = [0.0; 4];
    for (side, value) in sides.iter_mut().zip(seen) {
        *side = from.dereference(value).ok()?.1.as_float().ok()?;
    }
    (seen.len() == 4).then_some(sides)
}

/// Copies objects from one file into another, each once.
struct Copy<'c> {
    from: &'c Pdf,
    to: &'c mut Pdf,
    known: &'c mut BTreeMap<ObjectId, ObjectId>,
}

impl Copy<'_> {
    fn object(&mut self, object: &Object) -> Option<Object> {
        Some(match object {
            Object::Reference(id) => return self.reference(*id),
            Object::Array(items) => {
                Object::Array(items.iter().map(|item| self.object(item)).collect::<Option<Vec<_>>>()?)
            }
            Object::Dictionary(entries) => Object::Dictionary(self.entries(entries)?),
            Object::Stream(stream) => {
                let mut copied = stream.clone();
                copied.dict = self.entries(&stream.dict)?;
                Object::Stream(copied)
            }
            plain => plain.clone(),
        })
    }

    fn entries(&mut self, entries: &Dictionary) -> Option<Dictionary> {
        let mut copied = Dictionary::new();
        for (key, value) in entries.iter().filter(|(key, _)| !LEFT_BEHIND.contains(&key.as_slice())) {
            copied.set(key.clone(), self.object(value)?);
        }
        Some(copied)
    }

    /// Other pages stay behind, and so does what is not there.
    fn reference(&mut self, id: ObjectId) -> Option<Object> {
        if let Some(known) = self.known.get(&id) {
            return Some(Object::Reference(*known));
        }
        let Ok(object) = self.from.get_object(id) else { return Some(Object::Null) };
        let is_page = |entries: &Dictionary| entries.has_type(b"Page") || entries.has_type(b"Pages");
        if object.as_dict().is_ok_and(is_page) {
            return Some(Object::Null);
        }
        let new = self.to.new_object_id();
        self.known.insert(id, new);
        let copied = self.object(object)?;
        self.to.objects.insert(new, copied);
        Some(Object::Reference(new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_fills_a_sheet_the_way_it_is_longer() {
        assert_eq!(fitted((1000, 1414)), (595.0, 842.0));
        assert_eq!(fitted((1414, 1000)), (842.0, 595.0));
        assert_eq!(fitted((1000, 10)), (842.0, 8.0));
    }

    #[test]
    fn rows_of_bits_begin_with_a_byte_of_their_own() {
        let mut drawn = RgbImage::from_pixel(9, 2, image::Rgb([255; 3]));
        drawn.put_pixel(0, 0, image::Rgb([0; 3]));
        drawn.put_pixel(8, 1, image::Rgb([0; 3]));
        assert_eq!(packed(&drawn), [0x7f, 0xff, 0xff, 0x7f]);
    }
}
