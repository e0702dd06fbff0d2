//! A small writer of PDF, for what has no pages of its own: letters, rules and pictures at their places. Its fonts are
//! not in it: whoever draws it finds them.

use std::fmt::Write as _;

/// A page to be written, in points from its upper left corner.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) items: Vec<Item>,
}

/// What stands on it.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// Letters, by where their line of writing begins.
    Text { x: f32, y: f32, size: f32, text: String },
    /// Letters that can be searched and chosen but not seen, from where their line of writing begins, `w` long.
    Unseen { x: f32, y: f32, w: f32, size: f32, text: String },
    /// A straight line.
    Rule { from: (f32, f32), to: (f32, f32) },
    /// A picture, one of those written with the sheets.
    Picture { picture: usize, x: f32, y: f32, w: f32, h: f32 },
}

/// A picture as JPEG of three colours.
#[derive(Clone, Debug)]
pub(crate) struct Jpeg {
    pub(crate) bytes: Vec<u8>,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Advances of Latin letters from the space on, in thousandths of their size.
const LATIN: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// How far a letter reaches, in shares of its size.
pub(crate) fn advance(letter: char) -> f32 {
    match letter {
        ' '..='~' => f32::from(LATIN[letter as usize - ' ' as usize]) / 1000.0,
        _ => 1.0,
    }
}

/// How far a text reaches.
pub(crate) fn length(text: &str, size: f32) -> f32 {
    text.chars().map(|letter| advance(letter) * size).sum()
}

/// Writes sheets.
pub(crate) fn pdf(sheets: &[Sheet], pictures: &[Jpeg]) -> Vec<u8> {
    let mut file = File { bytes: b"%PDF-1.5\n".to_vec(), offsets: vec![] };
    // 1 catalogue, 2 pages, 3 to 9 fonts, then pictures, then two objects for each page.
    let (pictures_from, pages_from) = (10, 10 + pictures.len());
    let kids: String = (0..sheets.len()).map(|no| format!("{} 0 R ", pages_from + no * 2)).collect();
    file.object("<< /Type /Catalog /Pages 2 0 R >>");
    file.object(&format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", sheets.len()));
    for object in FONTS {
        file.object(object);
    }
    file.stream("", to_unicode().as_bytes());
    for object in UNSEEN {
        file.object(object);
    }
    let mut shared = String::new();
    for (no, picture) in pictures.iter().enumerate() {
        let Jpeg { bytes, width, height } = picture;
        let told = format!(
            "/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
        );
        file.stream(&told, bytes);
        let _ = write!(shared, "/P{no} {} 0 R ", pictures_from + no);
    }
    for (no, sheet) in sheets.iter().enumerate() {
        let Sheet { width, height, items } = sheet;
        let is_seen = items.iter().any(|item| matches!(item, Item::Text { .. }));
        let fonts = if is_seen { "/F1 3 0 R /F2 4 0 R" } else { "/F2 4 0 R /F3 8 0 R" };
        let content = pages_from + no * 2 + 1;
        file.object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2} {height:.2}] /Contents {content} 0 R \
             /Resources << /Font << {fonts} >> /XObject << {shared}>> >> >>"
        ));
        file.stream("", content_of(sheet).as_bytes());
    }
    file.end()
}

/// Chinese letters, Latin letters, and what the first is made of.
const FONTS: [&str; 4] = [
    "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UTF16-H /DescendantFonts [5 0 R] /ToUnicode 7 0 R >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /DW 1000 /FontDescriptor 6 0 R \
     /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    "<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 683 /StemV 80 \
     /FontBBox [0 -200 1000 900] >>",
];

/// Letters that nobody sees: programs that search a copy need no table of Chinese codes to read them.
const UNSEEN: [&str; 2] = [
    "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [9 0 R] /ToUnicode 7 0 R >>",
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 /FontDescriptor 6 0 R \
     /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
];

/// Codes are letters.
pub(crate) fn to_unicode() -> String {
    let mut map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def \
                   1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        .to_owned();
    for part in 0..4_u32 {
        map.push_str("64 beginbfrange\n");
        for row in part * 64..part * 64 + 64 {
            let _ = writeln!(map, "<{row:02X}00> <{row:02X}FF> <{row:02X}00>");
        }
        map.push_str("endbfrange\n");
    }
    map + "endcmap end end"
}

fn content_of(sheet: &Sheet) -> String {
    let mut content = String::new();
    for item in &sheet.items {
        let _ = match item {
            Item::Text { x, y, size, text } => {
                write_text(&mut content, (*x, sheet.height - y), *size, text, ("F1", 1.0))
            }
            Item::Unseen { x, y, w, size, text } => {
                let stretch = (w / length(text, *size).max(0.01)).clamp(0.01, 10.0);
                let _ = writeln!(content, "3 Tr {:.1} Tz", stretch * 100.0);
                let _ = write_text(&mut content, (*x, sheet.height - y), *size, text, ("F3", stretch));
                writeln!(content, "0 Tr 100 Tz")
            }
            Item::Rule { from, to } => {
                let (y0, y1) = (sheet.height - from.1, sheet.height - to.1);
                writeln!(content, "0.5 w {:.2} {y0:.2} m {:.2} {y1:.2} l S", from.0, to.0)
            }
            Item::Picture { picture, x, y, w, h } => {
                writeln!(content, "q {w:.2} 0 0 {h:.2} {x:.2} {:.2} cm /P{picture} Do Q", sheet.height - y - h)
            }
        };
    }
    content
}

/// Latin letters and others by turns, each in its font.
fn write_text(
    content: &mut String,
    (x, y): (f32, f32),
    size: f32,
    text: &str,
    (chinese, stretch): (&str, f32),
) -> std::fmt::Result {
    let is_latin = |letter: &char| matches!(letter, ' '..='~');
    let letters: Vec<char> = text.chars().filter(|letter| !letter.is_control()).collect();
    let mut x = x;
    for part in letters.chunk_by(|one, next| is_latin(one) == is_latin(next)) {
        let part: String = part.iter().collect();
        let (font, codes): (_, String) = match part.starts_with(|letter: char| is_latin(&letter)) {
            true => ("F2", part.bytes().map(|byte| format!("{byte:02X}")).collect()),
            false => (chinese, part.encode_utf16().map(|unit| format!("{unit:04X}")).collect()),
        };
        writeln!(content, "BT /{font} {size:.2} Tf {x:.2} {y:.2} Td <{codes}> Tj ET")?;
        x += length(&part, size) * stretch;
    }
    Ok(())
}

struct File {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl File {
    fn begin(&mut self) {
        self.offsets.push(self.bytes.len());
        self.bytes.extend(format!("{} 0 obj\n", self.offsets.len()).into_bytes());
    }

    fn object(&mut self, object: &str) {
        self.begin();
        self.bytes.extend(object.as_bytes());
        self.bytes.extend(b"\nendobj\n");
    }

    fn stream(&mut self, told: &str, bytes: &[u8]) {
        self.begin();
        self.bytes.extend(format!("<< {told} /Length {} >>\nstream\n", bytes.len()).into_bytes());
        self.bytes.extend(bytes);
        self.bytes.extend(b"\nendstream\nendobj\n");
    }

    fn end(mut self) -> Vec<u8> {
        let (table, count) = (self.bytes.len(), self.offsets.len() + 1);
        self.bytes.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").into_bytes());
        for offset in &self.offsets {
            self.bytes.extend(format!("{offset:010} 00000 n \n").into_bytes());
        }
        let trailer = format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        self.bytes.extend(trailer.into_bytes());
        self.bytes
    }
}
