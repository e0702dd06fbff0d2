//! Pages that are laid out to OFD (版式文档), the fixed-layout format of Chinese offices: the same letters at the same
//! places as in the PDF, in fonts that the file brings along, cut down to what it uses. Seals and signatures of OFD are
//! not written; the issued original is the PDF.
//!
//! Source: GB/T 33190—2016

use std::{collections::BTreeMap, fmt::Write as _};

use subsetter::GlyphRemapper;
use typst::{
    layout::{Abs, Frame, FrameItem, Point, Ratio, Size, Transform},
    text::{Font, TextItem},
    visualize::{Curve, CurveItem, FillRule, Geometry, Image, ImageKind, Paint, Shape},
};
use typst_layout::PagedDocument;
use usvg::tiny_skia_path::{PathSegment, Point as SvgPoint};
use write_fonts::{
    FontBuilder,
    read::{FontRef, TableProvider as _, types::GlyphId},
    tables::cmap::Cmap,
};
use xiezhi_documents::structure::Document;

use crate::{
    PrintError,
    parts::{escaped, packed},
};

const NAMESPACE: &str = r#"xmlns:ofd="http://www.ofdspec.org/2016""#;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// What the base line of a letter lies below the top of its box, in type sizes.
const ABOVE: f64 = 1.0;
/// The height of the box of a line, in type sizes.
const TALL: f64 = 1.3;

/// Writes pages. `facts` name the file: the same facts give the same bytes.
pub(crate) fn write(document: &Document, pages: &PagedDocument, facts: &str) -> Result<Vec<u8>, PrintError> {
    let mut book = Book::default();
    for page in pages.pages() {
        let mut sheet = Sheet { book: &mut book, body: String::new() };
        sheet.frame(&page.frame, Transform::identity())?;
        let (body, layer) = (sheet.body, book.next_id());
        let content = format!(
            "<ofd:Page {NAMESPACE}>{}<ofd:Content><ofd:Layer ID=\"{layer}\" Type=\"Body\">{body}</ofd:Layer></ofd:Content></ofd:Page>",
            area(page.frame.size(), "ofd:Area"),
        );
        book.pages.push((content, page.frame.size()));
    }
    book.bind(document, facts)
}

/// What the pages share.
#[derive(Default)]
struct Book {
    last_id: u32,
    fonts: Vec<Face>,
    pages: Vec<(String, Size)>,
}

/// A font, and what of it is used.
struct Face {
    id: u32,
    font: Font,
    glyphs: GlyphRemapper,
    /// The sign of each letter, by its number in the font that is written.
    letters: BTreeMap<char, u16>,
}

/// A page that is being written.
struct Sheet<'b> {
    book: &'b mut Book,
    body: String,
}

/// A letter at its place on the line.
struct Letter {
    letter: char,
    glyph: u16,
    x: f64,
}

impl Book {
    fn next_id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    fn face(&mut self, font: &Font) -> usize {
        if let Some(known) = self.fonts.iter().position(|face| face.font == *font) {
            return known;
        }
        let id = self.next_id();
        self.fonts.push(Face { id, font: font.clone(), glyphs: GlyphRemapper::new(), letters: BTreeMap::new() });
        self.fonts.len() - 1
    }

    /// Puts the parts into the package.
    fn bind(mut self, document: &Document, facts: &str) -> Result<Vec<u8>, PrintError> {
        let mut parts: Vec<(String, Vec<u8>)> = vec![("OFD.xml".to_owned(), xml(&root(document, facts)))];
        let mut resources = format!("<ofd:Res {NAMESPACE} BaseLoc=\"Res\"><ofd:Fonts>");
        for (no, face) in self.fonts.iter().enumerate() {
            let (info, file) = (face.font.info(), format!("font_{no}.otf"));
            let name = face.font.post_script_name().unwrap_or_else(|| info.family.clone());
            write!(
                resources,
                "<ofd:Font ID=\"{}\" FontName=\"{}\" FamilyName=\"{}\"><ofd:FontFile>{file}</ofd:FontFile></ofd:Font>",
                face.id,
                escaped(&name),
                escaped(&info.family),
            )
            .expect("memory takes it");
            parts.push((format!("Doc_0/Res/{file}"), face.cut()?));
        }
        resources += "</ofd:Fonts></ofd:Res>";
        parts.push(("Doc_0/PublicRes.xml".to_owned(), xml(&resources)));
        let mut list = String::new();
        for no in 0..self.pages.len() {
            let id = self.next_id();
            write!(list, "<ofd:Page ID=\"{id}\" BaseLoc=\"Pages/Page_{no}/Content.xml\"/>").expect("memory takes it");
            parts.push((format!("Doc_0/Pages/Page_{no}/Content.xml"), xml(&self.pages[no].0)));
        }
        let first = self.pages.first().map_or(Size::zero(), |(_, size)| *size);
        let body = format!(
            "<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>{}</ofd:MaxUnitID>{}<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{list}</ofd:Pages></ofd:Document>",
            self.last_id,
            area(first, "ofd:PageArea"),
        );
        parts.insert(1, ("Doc_0/Document.xml".to_owned(), xml(&body)));
        Ok(packed(parts))
    }
}

impl Face {
    /// The number of a glyph in the font that is written.
    fn glyph(&mut self, glyph: u16) -> u16 {
        self.glyphs.remap(glyph)
    }

    /// The font with what is used of it alone, and with the letters that its glyphs stand for.
    fn cut(&self) -> Result<Vec<u8>, PrintError> {
        let fault = |what: &dyn std::fmt::Display| PrintError::Layout {
            messages: vec![format!("{} can't be cut down: {what}", self.font.info().family)],
        };
        let subset = subsetter::subset(self.font.data(), self.font.index(), &self.glyphs).map_err(|why| fault(&why))?;
        let cut = FontRef::new(&subset).map_err(|why| fault(&why))?;
        let whole = FontRef::from_index(self.font.data(), self.font.index()).map_err(|why| fault(&why))?;
        let letters = self.letters.iter().map(|(letter, glyph)| (*letter, GlyphId::new(u32::from(*glyph))));
        let cmap = Cmap::from_mappings(letters).map_err(|why| fault(&why))?;
        let mut builder = FontBuilder::new();
        builder.add_table(&cmap).map_err(|why| fault(&why))?;
        if let Some(measures) = whole.data_for_tag(write_fonts::types::Tag::new(b"OS/2")) {
            builder.add_raw(write_fonts::types::Tag::new(b"OS/2"), measures.as_bytes().to_vec());
        }
        Ok(builder.copy_missing_tables(cut).build())
    }
}

impl Sheet<'_> {
    fn frame(&mut self, frame: &Frame, to_page: Transform) -> Result<(), PrintError> {
        for (at, item) in frame.items() {
            let to_page = to_page.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, to_page.pre_concat(group.transform))?,
                FrameItem::Text(text) => self.text(text, to_page),
                FrameItem::Shape(shape, _) => self.shape(shape, to_page),
                FrameItem::Image(image, size, _) => self.picture(image, *size, to_page)?,
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
        Ok(())
    }

    /// A run of letters. Nothing of a paper's own text is turned or scaled, so the shift is all of the transform.
    fn text(&mut self, item: &TextItem, to_page: Transform) {
        let face = self.book.face(item.font.font());
        let letters = letters(item, &mut self.book.fonts[face]);
        let written = |letter: &Letter| !letter.letter.is_whitespace();
        let Some(first) = letters.iter().position(written) else { return };
        let last = letters.iter().rposition(written).unwrap_or(first);
        let letters = &letters[first..=last];
        let (size, left) = (mm(item.size), mm(to_page.tx));
        let face = &self.book.fonts[face];
        let mut others = String::new();
        for (no, letter) in letters.iter().enumerate() {
            // A sign that this letter does not have elsewhere, such as a comma of half a width.
            if face.letters.get(&letter.letter) != Some(&letter.glyph) {
                let glyph = letter.glyph;
                write!(others, "<ofd:CGTransform CodePosition=\"{no}\" CodeCount=\"1\" GlyphCount=\"1\"><ofd:Glyphs>{glyph}</ofd:Glyphs></ofd:CGTransform>").expect("memory takes it");
            }
        }
        let steps: Vec<String> = letters.windows(2).map(|pair| number(pair[1].x - pair[0].x)).collect();
        let steps = if steps.is_empty() { String::new() } else { format!(" DeltaX=\"{}\"", steps.join(" ")) };
        let text: String = letters.iter().map(|letter| letter.letter).collect();
        let (font, x) = (face.id, left + letters[0].x);
        let width = letters.last().map_or(0.0, |last| last.x - letters[0].x) + size;
        let id = self.book.next_id();
        write!(
            self.body,
            "<ofd:TextObject ID=\"{id}\" Boundary=\"{} {} {} {}\" Font=\"{font}\" Size=\"{}\">{}{others}<ofd:TextCode X=\"0\" Y=\"{}\"{steps}>{}</ofd:TextCode></ofd:TextObject>",
            number(x),
            number(mm(to_page.ty) - size * ABOVE),
            number(width),
            number(size * TALL),
            number(size),
            colour("ofd:FillColor", &item.fill, 1.0),
            number(size * ABOVE),
            escaped(&text),
        )
        .expect("memory takes it");
    }

    fn shape(&mut self, shape: &Shape, to_page: Transform) {
        let mut path = Outline::new(to_page);
        match &shape.geometry {
            Geometry::Line(to) => path.of(&[CurveItem::Move(Point::zero()), CurveItem::Line(*to)]),
            Geometry::Rect(size) => path.of(&Curve::rect(*size).0),
            Geometry::Curve(curve) => path.of(&curve.0),
        }
        let fill = shape.fill.as_ref().map(|paint| colour("ofd:FillColor", paint, 1.0));
        let stroke = shape.stroke.as_ref();
        let stroke = stroke.map(|stroke| (mm(stroke.thickness), colour("ofd:StrokeColor", &stroke.paint, 1.0)));
        self.path(path, fill, stroke, shape.fill_rule == FillRule::EvenOdd);
    }

    /// Codes, marks and signatures by hand are drawn as outlines; a paper of ours has no other pictures.
    fn picture(&mut self, image: &Image, size: Size, to_page: Transform) -> Result<(), PrintError> {
        let ImageKind::Svg(svg) = image.kind() else {
            return Err(PrintError::Layout { messages: vec!["a paper holds a picture that is no drawing".to_owned()] });
        };
        let scale = |length: Abs, of: f64| Ratio::new(length.to_pt() / of);
        let scaled = Transform::scale(scale(size.x, svg.width()), scale(size.y, svg.height()));
        self.drawing(svg.tree().root(), to_page.pre_concat(scaled));
        Ok(())
    }

    fn drawing(&mut self, group: &usvg::Group, to_page: Transform) {
        for node in group.children() {
            match node {
                usvg::Node::Group(inner) => self.drawing(inner, to_page),
                usvg::Node::Path(drawn) => self.drawn(drawn, to_page),
                usvg::Node::Image(_) | usvg::Node::Text(_) => {}
            }
        }
    }

    fn drawn(&mut self, drawn: &usvg::Path, to_page: Transform) {
        let own = drawn.abs_transform();
        let place = |at: SvgPoint| {
            let mut at = at;
            own.map_point(&mut at);
            Point::new(Abs::pt(f64::from(at.x)), Abs::pt(f64::from(at.y)))
        };
        let mut path = Outline::new(to_page);
        let mut here = SvgPoint::zero();
        for segment in drawn.data().segments() {
            // A curve of the second degree is one of the third.
            let third = |from: SvgPoint, by: SvgPoint| SvgPoint {
                x: from.x + (by.x - from.x) * 2.0 / 3.0,
                y: from.y + (by.y - from.y) * 2.0 / 3.0,
            };
            let (item, there) = match segment {
                PathSegment::MoveTo(to) => (CurveItem::Move(place(to)), to),
                PathSegment::LineTo(to) => (CurveItem::Line(place(to)), to),
                PathSegment::QuadTo(by, to) => {
                    (CurveItem::Cubic(place(third(here, by)), place(third(to, by)), place(to)), to)
                }
                PathSegment::CubicTo(one, two, to) => (CurveItem::Cubic(place(one), place(two), place(to)), to),
                PathSegment::Close => (CurveItem::Close, here),
            };
            here = there;
            path.of(&[item]);
        }
        let solid = |paint: &usvg::Paint, opacity: usvg::Opacity, name: &str| match paint {
            usvg::Paint::Color(it) => Some(tinted(name, [it.red, it.green, it.blue], f64::from(opacity.get()))),
            usvg::Paint::LinearGradient(_) | usvg::Paint::RadialGradient(_) | usvg::Paint::Pattern(_) => None,
        };
        let even = drawn.fill().is_some_and(|fill| fill.rule() == usvg::FillRule::EvenOdd);
        let fill = drawn.fill().and_then(|fill| solid(fill.paint(), fill.opacity(), "ofd:FillColor"));
        let width = |stroke: &usvg::Stroke| mm(Abs::pt(f64::from(stroke.width().get()) * scale_of(to_page)));
        let stroke = drawn
            .stroke()
            .and_then(|stroke| Some((width(stroke), solid(stroke.paint(), stroke.opacity(), "ofd:StrokeColor")?)));
        self.path(path, fill, stroke, even);
    }

    fn path(&mut self, path: Outline, fill: Option<String>, stroke: Option<(f64, String)>, even: bool) {
        let (width, stroke) = stroke.map_or((0.0, None), |(width, colour)| (width, Some(colour)));
        if path.steps.is_empty() || (fill.is_none() && stroke.is_none()) {
            return;
        }
        let id = self.book.next_id();
        let (boundary, data) = path.measured(width);
        let rule = if even { " Rule=\"Even-Odd\"" } else { "" };
        write!(
            self.body,
            "<ofd:PathObject ID=\"{id}\" Boundary=\"{boundary}\" LineWidth=\"{}\" Stroke=\"{}\" Fill=\"{}\"{rule}>{}{}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>",
            number(width),
            stroke.is_some(),
            fill.is_some(),
            fill.unwrap_or_default(),
            stroke.unwrap_or_default(),
        )
        .expect("memory takes it");
    }
}

/// An outline in millimetres of the page.
struct Outline {
    to_page: Transform,
    steps: Vec<(char, Vec<(f64, f64)>)>,
}

impl Outline {
    fn new(to_page: Transform) -> Self {
        Self { to_page, steps: vec![] }
    }

    fn of(&mut self, items: &[CurveItem]) {
        for item in items {
            let (letter, points) = match item {
                CurveItem::Move(to) => ('M', vec![*to]),
                CurveItem::Line(to) => ('L', vec![*to]),
                CurveItem::Cubic(one, two, to) => ('B', vec![*one, *two, *to]),
                CurveItem::Close => ('C', vec![]),
            };
            let placed = points.into_iter().map(|point| {
                let placed = point.transform(self.to_page);
                (mm(placed.x), mm(placed.y))
            });
            self.steps.push((letter, placed.collect()));
        }
    }

    /// The box around it with half the line, and the steps from its corner on.
    fn measured(&self, line: f64) -> (String, String) {
        let points = || self.steps.iter().flat_map(|(_, points)| points);
        let least = |of: fn(&(f64, f64)) -> f64| points().map(of).fold(f64::INFINITY, f64::min) - line / 2.0;
        let most = |of: fn(&(f64, f64)) -> f64| points().map(of).fold(f64::NEG_INFINITY, f64::max) + line / 2.0;
        let (left, top) = (least(|point| point.0), least(|point| point.1));
        let (wide, tall) = (most(|point| point.0) - left, most(|point| point.1) - top);
        let boundary = [left, top, wide, tall].map(number).join(" ");
        let step = |(letter, points): &(char, Vec<(f64, f64)>)| {
            points
                .iter()
                .fold(letter.to_string(), |text, (x, y)| format!("{text} {} {}", number(x - left), number(y - top)))
        };
        (boundary, self.steps.iter().map(step).collect::<Vec<_>>().join(" "))
    }
}

/// The letters of a run. Letters that were set as one sign stand singly, evenly over its width.
fn letters(item: &TextItem, face: &mut Face) -> Vec<Letter> {
    let (mut found, mut x) = (vec![], 0.0);
    for glyph in &item.glyphs {
        let advance = mm(glyph.x_advance.at(item.size));
        let offset = mm(glyph.x_offset.at(item.size));
        let text: Vec<char> = item.text[glyph.range()].chars().collect();
        let step = advance / text.len().max(1) as f64;
        for (no, letter) in text.iter().enumerate() {
            let own = match text.len() {
                1 => Some(glyph.id),
                _ => item.font.ttf().glyph_index(*letter).map(|glyph| glyph.0),
            };
            let Some(own) = own else { continue };
            let glyph = face.glyph(own);
            face.letters.entry(*letter).or_insert(glyph);
            found.push(Letter { letter: *letter, glyph, x: x + offset + step * no as f64 });
        }
        x += advance;
    }
    found
}

fn root(document: &Document, facts: &str) -> String {
    let day = document.signatures.as_ref().and_then(|block| block.dated_on);
    let day = day.map(|day| format!("<ofd:CreationDate>{day}</ofd:CreationDate>")).unwrap_or_default();
    format!(
        "<ofd:OFD {NAMESPACE} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>{:032x}</ofd:DocID><ofd:Title>{}</ofd:Title><ofd:Author>{}</ofd:Author>{day}<ofd:Creator>Xiezhi</ofd:Creator></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        typst::utils::hash128(facts),
        escaped(&document.title),
        escaped(&document.court),
    )
}

fn area(size: Size, name: &str) -> String {
    let (width, height) = (number(mm(size.x)), number(mm(size.y)));
    format!("<{name}><ofd:PhysicalBox>0 0 {width} {height}</ofd:PhysicalBox></{name}>")
}

fn colour(name: &str, paint: &Paint, opacity: f64) -> String {
    let Paint::Solid(colour) = paint else { return tinted(name, [0; 3], opacity) };
    let rgb = colour.to_rgb().into_format::<u8, f32>();
    tinted(name, [rgb.red, rgb.green, rgb.blue], opacity * f64::from(rgb.alpha))
}

fn tinted(name: &str, [red, green, blue]: [u8; 3], opacity: f64) -> String {
    let alpha = if opacity < 1.0 { format!(" Alpha=\"{}\"", (opacity * 255.0).round()) } else { String::new() };
    format!("<{name} Value=\"{red} {green} {blue}\"{alpha}/>")
}

/// How much a transform makes larger.
fn scale_of(transform: Transform) -> f64 {
    let (sx, ky) = (transform.sx.get(), transform.ky.get());
    sx.hypot(ky)
}

fn mm(length: Abs) -> f64 {
    length.to_mm()
}

/// A length to a thousandth of a millimetre, without noughts that say nothing.
fn number(length: f64) -> String {
    let text = format!("{length:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn xml(body: &str) -> Vec<u8> {
    [HEAD.as_bytes(), body.as_bytes()].concat()
}
