//! Whether a PDF can be kept for good (长期保存): the rules of PDF/A-2b that can be told from its objects. A file that
//! breaks none of them draws the same page in any program, brings all that it needs along, and does nothing.
//!
//! Source: ISO 19005-2:2011, clauses as named by [`Rule::clause`]

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, Stream, content::Content};
use serde::{Deserialize, Serialize};

use crate::ReadingProblem;

/// What a stream may hold once it is unpacked.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// How deep objects may lie in one another.
const DEEPEST: u32 = 64;
/// How often a page may keep its state before it takes it back.
const MOST_KEPT: i32 = 28;
/// Flags of an annotation: that it prints must be set, the others must not.
const PRINTS: i64 = 4;
const HIDES: i64 = 1 | 2 | 32 | 256;

/// A rule that a file breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// It begins as a PDF that programs know for one, and keep byte for byte.
    Header,
    /// It has a name of its own.
    Trailer,
    /// It opens without a password.
    Encryption,
    /// What it needs lies in it.
    External,
    /// It is packed in ways that are free to all.
    Packing,
    /// What its pages keep of their state is taken back in time.
    Nesting,
    /// It says what its colours mean.
    Colour,
    /// Its pictures are drawn as they are.
    Picture,
    /// Nothing in it is drawn by special means of one device.
    Device,
    /// It brings its fonts.
    Font,
    /// What lies over its pages is seen as it prints.
    Annotation,
    /// Its fields look as they are.
    Form,
    /// It does nothing.
    Action,
    /// It says what it is.
    Metadata,
    /// No other file lies in it.
    Embedded,
    /// Its layers do not change by themselves.
    Layer,
    /// What was signed is all of it as it was then.
    Signature,
    /// It leads nowhere else. The standard allows that; an archive does not.
    Link,
}

impl Rule {
    /// Where the rule stands, if it is one of the standard.
    pub fn clause(self) -> Option<&'static str> {
        Some(match self {
            Self::Header => "6.1.2",
            Self::Trailer | Self::Encryption => "6.1.3",
            Self::External => "6.1.7.1",
            Self::Packing => "6.1.7.2",
            Self::Nesting => "6.1.13",
            Self::Colour => "6.2.3",
            Self::Device => "6.2.5",
            Self::Picture => "6.2.8",
            Self::Font => "6.2.11.4",
            Self::Annotation => "6.3",
            Self::Form => "6.4.1",
            Self::Signature => "6.4.3",
            Self::Action => "6.5",
            Self::Metadata => "6.6",
            Self::Embedded => "6.8",
            Self::Layer => "6.9",
            Self::Link => return None,
        })
    }

    /// Whether whoever opens the file may be led away, or something in it act.
    pub fn acts(self) -> bool {
        matches!(self, Self::Action | Self::Embedded | Self::Form | Self::Link)
    }
}

/// The rules that a PDF breaks, each once.
pub(crate) fn broken(pdf: &[u8]) -> Result<Vec<Rule>, ReadingProblem> {
    let document = Document::load_mem(pdf).map_err(|_| ReadingProblem::Damaged)?;
    let mut look = Look { document: &document, bytes: pdf, broken: BTreeSet::new(), device: BTreeSet::new() };
    look.file();
    look.catalog();
    for object in document.objects.values() {
        look.object(object, 0);
    }
    for page in document.get_pages().into_values() {
        if let Ok(content) = document.get_page_content_with_limit(page, MOST_BYTES) {
            look.content(&content);
        }
        if let Ok(page) = document.get_dictionary(page) {
            look.page(page);
        }
    }
    look.colours();
    Ok(look.broken.into_iter().collect())
}

/// A colour space that only a device knows, by its number of inks.
type Inks = i64;

struct Look<'p> {
    document: &'p Document,
    bytes: &'p [u8],
    broken: BTreeSet<Rule>,
    device: BTreeSet<Inks>,
}

impl<'p> Look<'p> {
    fn must(&mut self, holds: bool, rule: Rule) {
        if !holds {
            self.broken.insert(rule);
        }
    }

    fn found<'d>(&'d self, within: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
        within.get_deref(key, self.document).ok().filter(|object| !object.is_null())
    }

    fn dictionary(&self, within: &'p Dictionary, key: &[u8]) -> Option<&'p Dictionary> {
        within.get_deref(key, self.document).ok()?.as_dict().ok()
    }

    fn file(&mut self) {
        let first = self.bytes.strip_prefix(b"%PDF-1.").and_then(|rest| rest.split_first());
        let second = first.and_then(|(version, rest)| {
            let line =
                rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r"));
            line.filter(|_| matches!(version, b'0'..=b'7'))
        });
        let marked = second.is_some_and(|line| {
            line.first() == Some(&b'%') && line.get(1..5).is_some_and(|mark| mark.iter().all(|byte| *byte > 127))
        });
        self.must(marked, Rule::Header);
        self.must(self.document.trailer.has(b"ID"), Rule::Trailer);
        let secret = self.document.trailer.has(b"Encrypt") || self.document.is_encrypted();
        self.must(!secret, Rule::Encryption);
    }

    fn catalog(&mut self) {
        let Ok(catalog) = self.document.catalog() else {
            self.broken.insert(Rule::Trailer);
            return;
        };
        self.must(self.metadata(catalog).is_some_and(|told| says_what_it_is(&told)), Rule::Metadata);
        for key in [b"AA".as_slice(), b"Requirements"] {
            self.must(!catalog.has(key), Rule::Action);
        }
        let opened = catalog.get_deref(b"OpenAction", self.document).ok();
        let opened = opened.and_then(|action| action.as_dict().ok());
        self.must(opened.is_none_or(|action| !is_forbidden(action)), Rule::Action);
        let names = self.dictionary(catalog, b"Names");
        for key in [b"EmbeddedFiles".as_slice(), b"JavaScript", b"AlternatePresentations"] {
            let rule = if key == b"EmbeddedFiles" { Rule::Embedded } else { Rule::Action };
            self.must(names.is_none_or(|names| !names.has(key)), rule);
        }
        if let Some(form) = self.dictionary(catalog, b"AcroForm") {
            let made_anew = self.found(form, b"NeedAppearances").and_then(|told| told.as_bool().ok());
            self.must(!form.has(b"XFA") && made_anew != Some(true), Rule::Form);
        }
        if let Some(layers) = self.dictionary(catalog, b"OCProperties") {
            let usual = self.dictionary(layers, b"D");
            self.must(usual.is_none_or(|usual| !usual.has(b"AS")), Rule::Layer);
        }
        let rights = self.dictionary(catalog, b"Perms");
        let known = |key: &Vec<u8>| key == b"UR3" || key == b"DocMDP";
        let strange = rights.is_some_and(|rights| rights.iter().any(|(key, _)| !known(key)));
        self.must(!strange, Rule::Encryption);
    }

    fn metadata(&self, catalog: &Dictionary) -> Option<String> {
        let stream = catalog.get_deref(b"Metadata", self.document).ok()?.as_stream().ok()?;
        String::from_utf8(stream.get_plain_content_with_limit(MOST_BYTES).ok()?).ok()
    }

    fn object(&mut self, object: &Object, depth: u32) {
        if depth > DEEPEST {
            // What lies deeper is not looked at, so that nothing is said for it.
            self.broken.insert(Rule::Action);
            return;
        }
        match object {
            Object::Array(all) => all.iter().for_each(|one| self.object(one, depth + 1)),
            Object::Dictionary(dictionary) => self.any(dictionary, depth),
            Object::Stream(stream) => self.stream(stream, depth),
            _ => {}
        }
    }

    fn any(&mut self, dictionary: &Dictionary, depth: u32) {
        self.must(!is_forbidden(dictionary) && !dictionary.has(b"AA"), Rule::Action);
        self.must(!leads_away(dictionary), Rule::Link);
        self.must(!dictionary.has(b"EF"), Rule::Embedded);
        if is(dictionary, b"Type", b"Font") {
            self.font(dictionary);
        }
        if is(dictionary, b"Type", b"ExtGState") {
            let same =
                |key: &[u8]| dictionary.get(key).is_ok_and(|told| told.as_name().is_ok_and(|name| name == b"Default"));
            self.must(!dictionary.has(b"TR") && (!dictionary.has(b"TR2") || same(b"TR2")), Rule::Device);
            self.must(!dictionary.has(b"HTP") && !dictionary.has(b"HTO"), Rule::Device);
        }
        if dictionary.has(b"ByteRange") && dictionary.has(b"Contents") {
            self.must(self.covers(dictionary), Rule::Signature);
        }
        dictionary.iter().for_each(|(_, value)| self.object(value, depth + 1));
    }

    fn stream(&mut self, stream: &Stream, depth: u32) {
        let told = &stream.dict;
        self.must(!told.has(b"F") && !told.has(b"FFilter") && !told.has(b"FDecodeParms"), Rule::External);
        let filters = stream.filters().unwrap_or_default();
        self.must(!filters.iter().any(|filter| *filter == b"LZWDecode"), Rule::Packing);
        if is(told, b"Subtype", b"Image") {
            let smoothed = self.found(told, b"Interpolate").and_then(|told| told.as_bool().ok());
            self.must(!told.has(b"Alternates") && !told.has(b"OPI") && smoothed != Some(true), Rule::Picture);
            let space = self.found(told, b"ColorSpace").and_then(|space| space.as_name().ok()).and_then(inks);
            self.device.extend(space);
        }
        if is(told, b"Subtype", b"Form") {
            self.must(!told.has(b"OPI") && !told.has(b"PS") && !told.has(b"Ref"), Rule::Device);
            if let Ok(content) = stream.get_plain_content_with_limit(MOST_BYTES) {
                self.content(&content);
            }
        }
        self.must(!is(told, b"Subtype", b"PS"), Rule::Device);
        self.any(told, depth);
    }

    /// Whether the font lies in the file. Composite fonts have it in their parts, drawn ones have no file.
    fn font(&mut self, font: &Dictionary) {
        let kind = font.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        if !matches!(kind, b"Type1" | b"MMType1" | b"TrueType" | b"CIDFontType0" | b"CIDFontType2") {
            return;
        }
        let told = font.get_deref(b"FontDescriptor", self.document).ok().and_then(|told| told.as_dict().ok());
        let brought =
            |told: &Dictionary| [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"].iter().any(|key| told.has(key));
        let mapped = kind != b"CIDFontType2" || font.has(b"CIDToGIDMap");
        self.must(told.is_some_and(brought) && mapped, Rule::Font);
    }

    /// Whether a signature covers the file, from its first byte to the end of what stood there when it was made.
    fn covers(&self, signature: &Dictionary) -> bool {
        let Ok(range) = signature.get(b"ByteRange").and_then(Object::as_array) else { return false };
        let numbers: Vec<usize> =
            range.iter().filter_map(|number| usize::try_from(number.as_i64().ok()?).ok()).collect();
        let [0, before, after, rest] = numbers[..] else { return false };
        let Some(end) = after.checked_add(rest).filter(|_| before < after) else { return false };
        let Some(covered) = self.bytes.get(..end) else { return false };
        covered.trim_ascii_end().ends_with(b"%%EOF")
    }

    fn page(&mut self, page: &'p Dictionary) {
        self.must(!page.has(b"PresSteps"), Rule::Action);
        let notes = page.get_deref(b"Annots", self.document).ok().and_then(|notes| notes.as_array().ok());
        for note in notes.into_iter().flatten() {
            let note = self.document.dereference(note).ok().and_then(|(_, note)| note.as_dict().ok());
            if let Some(note) = note {
                self.annotation(note);
            }
        }
    }

    fn annotation(&mut self, note: &Dictionary) {
        let kind = note.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        self.must(!matches!(kind, b"3D" | b"Sound" | b"Screen" | b"Movie" | b"FileAttachment"), Rule::Annotation);
        if kind == b"Popup" {
            return;
        }
        let flags = note.get(b"F").and_then(Object::as_i64).unwrap_or_default();
        self.must(flags & PRINTS != 0 && flags & HIDES == 0, Rule::Annotation);
        let looks = self.found(note, b"AP").and_then(|looks| looks.as_dict().ok());
        let is_drawn = looks.is_some_and(|looks| looks.has(b"N") && looks.len() == 1);
        self.must(is_drawn || kind == b"Link" || is_flat(note), Rule::Annotation);
    }

    fn content(&mut self, content: &[u8]) {
        let Ok(content) = Content::decode(content) else { return };
        let mut kept = 0;
        for operation in &content.operations {
            let inks = match operation.operator.as_str() {
                "g" | "G" => Some(1),
                "rg" | "RG" => Some(3),
                "k" | "K" => Some(4),
                "cs" | "CS" => operation.operands.first().and_then(|space| space.as_name().ok()).and_then(inks),
                _ => None,
            };
            self.device.extend(inks);
            match operation.operator.as_str() {
                "q" => kept += 1,
                "Q" => kept -= 1,
                _ => {}
            }
            self.must(kept <= MOST_KEPT, Rule::Nesting);
        }
    }

    /// Colours of a device need a profile that says what they look like; grey is part of each.
    fn colours(&mut self) {
        let intents = self.document.catalog().ok().and_then(|catalog| self.found(catalog, b"OutputIntents"));
        let intents = intents.and_then(|intents| intents.as_array().ok());
        let profile = |intent: &Object| {
            let intent = self.document.dereference(intent).ok()?.1.as_dict().ok()?;
            let profile = intent.get_deref(b"DestOutputProfile", self.document).ok()?.as_stream().ok()?;
            profile.dict.get(b"N").ok()?.as_i64().ok().filter(|_| is(intent, b"S", b"GTS_PDFA1"))
        };
        let told = intents.into_iter().flatten().find_map(profile);
        let holds = self.device.iter().all(|inks| told.is_some_and(|told| *inks == 1 || *inks == told));
        self.must(holds, Rule::Colour);
    }
}

fn is(dictionary: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    dictionary.get(key).is_ok_and(|value| value.as_name().is_ok_and(|value| value == name))
}

/// Actions that run something, change something or lead to something that is not in the file.
fn is_forbidden(action: &Dictionary) -> bool {
    let known: [&[u8]; 11] = [
        b"Launch",
        b"Sound",
        b"Movie",
        b"ResetForm",
        b"ImportData",
        b"Hide",
        b"SetOCGState",
        b"Rendition",
        b"Trans",
        b"GoTo3DView",
        b"JavaScript",
    ];
    let kind = action.get(b"S").and_then(Object::as_name).unwrap_or_default();
    known.contains(&kind) || action.has(b"JS")
}

fn leads_away(action: &Dictionary) -> bool {
    [b"URI".as_slice(), b"SubmitForm", b"GoToR"].iter().any(|kind| is(action, b"S", kind))
}

fn inks(space: &[u8]) -> Option<Inks> {
    match space {
        b"DeviceGray" => Some(1),
        b"DeviceRGB" => Some(3),
        b"DeviceCMYK" => Some(4),
        _ => None,
    }
}

/// A field that takes no room on the page, such as that of a signature that is not seen.
fn is_flat(note: &Dictionary) -> bool {
    let Ok(rect) = note.get(b"Rect").and_then(Object::as_array) else { return true };
    let sides: Vec<f32> = rect.iter().filter_map(|side| side.as_float().ok()).collect();
    matches!(sides[..], [left, low, right, high] if (right - left).abs() < f32::EPSILON || (high - low).abs() < f32::EPSILON)
}

/// Whether metadata name the part of the standard, as elements or as attributes.
fn says_what_it_is(told: &str) -> bool {
    let part = ["pdfaid:part>", "pdfaid:part=\"", "pdfaid:part='"];
    let level = ["pdfaid:conformance>", "pdfaid:conformance=\"", "pdfaid:conformance='"];
    let follows = |marks: [&str; 3], known: &[char]| {
        let after = |mark| told.split_once(mark)?.1.chars().next();
        marks.into_iter().filter_map(after).any(|found| known.contains(&found))
    };
    follows(part, &['1', '2', '3']) && follows(level, &['A', 'B', 'U', 'a', 'b', 'u'])
}

#[cfg(test)]
mod tests {
    use lopdf::{ObjectId, dictionary};

    use super::*;

    const TOLD: &[u8] =
        b"<x:xmpmeta><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></x:xmpmeta>";

    /// A page with a red box that lasts, and what is done to it before it is written.
    fn paper(spoil: impl FnOnce(&mut Document, Ids)) -> Vec<u8> {
        let mut pdf = Document::with_version("1.7");
        let stream = |told: Dictionary, content: &[u8]| Stream::new(told, content.to_vec());
        let content = pdf.add_object(stream(dictionary! {}, b"q 1 0 0 rg 0 0 10 10 re f Q"));
        let profile = pdf.add_object(stream(dictionary! { "N" => 3 }, b"profile"));
        let metadata = pdf.add_object(stream(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, TOLD));
        let pages = pdf.new_object_id();
        let page = pdf.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content });
        pdf.objects.insert(
            pages,
            Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }),
        );
        let intent = dictionary! { "S" => "GTS_PDFA1", "DestOutputProfile" => profile };
        let catalog = pdf.add_object(dictionary! {
            "Type" => "Catalog", "Pages" => pages, "Metadata" => metadata, "OutputIntents" => vec![intent.into()],
        });
        pdf.trailer.set("Root", catalog);
        let name = Object::string_literal("0123456789abcdef");
        pdf.trailer.set("ID", vec![name.clone(), name]);
        spoil(&mut pdf, Ids { catalog, page, content, metadata });
        let mut bytes = vec![];
        pdf.save_to(&mut bytes).expect("memory takes it");
        bytes
    }

    #[derive(Clone, Copy)]
    struct Ids {
        catalog: ObjectId,
        page: ObjectId,
        content: ObjectId,
        metadata: ObjectId,
    }

    fn told(pdf: &[u8]) -> Vec<Rule> {
        broken(pdf).expect("it is a PDF")
    }

    fn spoiled(of: impl Fn(Ids) -> ObjectId, key: &str, value: impl Into<Object>) -> Vec<Rule> {
        told(&paper(|pdf, ids| match pdf.get_object_mut(of(ids)).expect("it is there") {
            Object::Stream(stream) => stream.dict.set(key, value),
            object => object.as_dict_mut().expect("a dictionary").set(key, value),
        }))
    }

    #[test]
    fn a_file_that_lasts_breaks_no_rule() {
        assert_eq!(told(&paper(|_, _| ())), []);
    }

    #[test]
    fn what_acts_or_leads_away_is_told() {
        let script = || dictionary! { "Type" => "Action", "S" => "JavaScript", "JS" => Object::string_literal("1") };
        assert_eq!(spoiled(|ids| ids.catalog, "OpenAction", script()), [Rule::Action]);
        assert_eq!(spoiled(|ids| ids.page, "AA", dictionary! { "O" => script() }), [Rule::Action]);
        let link =
            dictionary! { "Type" => "Action", "S" => "URI", "URI" => Object::string_literal("http://example.com") };
        assert_eq!(spoiled(|ids| ids.page, "Lead", link), [Rule::Link]);
        assert!(
            Rule::Link.acts() && Rule::Link.clause().is_none(),
            "which the standard allows, and an archive does not"
        );
        let names = dictionary! { "EmbeddedFiles" => dictionary! {} };
        assert_eq!(spoiled(|ids| ids.catalog, "Names", names), [Rule::Embedded]);
        let form = dictionary! { "XFA" => Object::string_literal("") };
        assert_eq!(spoiled(|ids| ids.catalog, "AcroForm", form), [Rule::Form]);
        let elsewhere = Object::string_literal("http://example.com/a");
        assert_eq!(spoiled(|ids| ids.content, "F", elsewhere), [Rule::External]);
    }

    #[test]
    fn what_lies_too_deep_to_be_looked_at_is_not_said_to_do_nothing() {
        let deep = (0..DEEPEST + 4).fold(Object::Null, |inner, _| vec![inner].into());
        assert_eq!(spoiled(|ids| ids.page, "Deep", deep), [Rule::Action]);
    }

    #[test]
    fn a_font_that_is_not_brought_is_told() {
        let fonts = |font: Dictionary| dictionary! { "Font" => dictionary! { "F1" => font } };
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        assert_eq!(spoiled(|ids| ids.page, "Resources", fonts(font.clone())), [Rule::Font]);
        let mut brought = font;
        brought.set("FontDescriptor", dictionary! { "Type" => "FontDescriptor", "FontFile3" => (1, 0) });
        assert_eq!(spoiled(|ids| ids.page, "Resources", fonts(brought)), []);
    }

    #[test]
    fn colours_without_a_meaning_and_states_without_an_end_are_told() {
        assert_eq!(spoiled(|ids| ids.catalog, "OutputIntents", vec![]), [Rule::Colour]);
        let content =
            |text: Vec<u8>| told(&paper(|pdf, ids| pdf.set_object(ids.content, Stream::new(dictionary! {}, text))));
        assert_eq!(content(b"1 0 0 0 k 0 0 9 9 re f".to_vec()), [Rule::Colour]);
        assert_eq!(content(b"0.5 g 0 0 9 9 re f".to_vec()), []);
        assert_eq!(content(["q ".repeat(29), "Q ".repeat(29)].concat().into_bytes()), [Rule::Nesting]);
    }

    #[test]
    fn an_annotation_that_is_hidden_or_not_drawn_is_told() {
        let note = |flags: i64, looks: Dictionary| {
            let rect = vec![0.into(), 0.into(), 9.into(), 9.into()];
            let note = dictionary! { "Subtype" => "Square", "Rect" => rect, "F" => flags, "AP" => looks };
            spoiled(|ids| ids.page, "Annots", vec![Object::Dictionary(note)])
        };
        let drawn = || dictionary! { "N" => (1, 0) };
        assert_eq!(note(4, drawn()), []);
        assert_eq!(note(0, drawn()), [Rule::Annotation]);
        assert_eq!(note(4 | 2, drawn()), [Rule::Annotation]);
        assert_eq!(note(4, dictionary! {}), [Rule::Annotation]);
    }

    #[test]
    fn a_file_that_does_not_say_what_it_is_is_told() {
        let other = || Stream::new(dictionary! { "Type" => "Metadata" }, b"<x:xmpmeta/>".to_vec());
        assert_eq!(told(&paper(|pdf, ids| pdf.set_object(ids.metadata, other()))), [Rule::Metadata]);
        assert_eq!(told(&paper(|pdf, _| drop(pdf.trailer.remove(b"ID")))), [Rule::Trailer]);
        let unmarked: Vec<u8> = paper(|_, _| ())
            .into_iter()
            .enumerate()
            .map(|(at, byte)| if (10..14).contains(&at) { b'-' } else { byte })
            .collect();
        assert_eq!(told(&unmarked), [Rule::Header]);
    }

    #[test]
    fn a_signature_that_leaves_something_out_is_told() {
        let signed = |range: [i64; 4]| {
            let range: Vec<Object> = range.into_iter().map(Object::from).collect();
            let signature =
                dictionary! { "Type" => "Sig", "ByteRange" => range, "Contents" => Object::string_literal("x") };
            told(&paper(|pdf, _| {
                let _ = pdf.add_object(signature);
            }))
        };
        assert_eq!(signed([0, 10, 20, 30]), [Rule::Signature]);
        assert_eq!(signed([5, 10, 20, 30]), [Rule::Signature]);
    }

    #[test]
    fn what_is_no_pdf_is_damaged() {
        assert_eq!(broken(b"%PDF-1.7 but no more"), Err(ReadingProblem::Damaged));
    }
}
