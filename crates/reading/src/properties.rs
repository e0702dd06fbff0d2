//! Whatever bytes come, our own readers of formats end with an answer: they neither panic nor run away. `make soak` tries
//! many more.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::office;
use crate::ole;
use crate::sheets::{self, Item, Sheet};
use crate::zip::Directory;
use crate::{Kind, Limits, flow, outline, sniff, tiff};

const DOCX: &str = r#"<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>借条</w:t><w:br w:type="page"/><w:tab/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>一</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#;
const OFD: &str = r#"<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>"#;
const OFD_DOCUMENT: &str = r#"<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>"#;
const OFD_PAGE: &str = r#"<Page><Content><Layer><TextObject Boundary="1 2 3 4" Size="5" CTM="1 0 0 1 0 0"><TextCode X="0" Y="1" DeltaX="g 3 2">借条子</TextCode></TextObject><PathObject Boundary="1 2 3 4"><AbbreviatedData>M 0 0 L 1 1 B 1 2 3 4 5 6 C</AbbreviatedData></PathObject></Layer></Content></Page>"#;

fn package(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory can be written");
        zip.write_all(content).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

/// A text with some of its characters replaced, left out or doubled.
fn spoiled(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let change = (0..text.len(), any::<u8>(), 0..3_u8);
    prop::collection::vec(change, 0..6).prop_map(move |changes| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, byte, how) in changes {
            let at = at.min(bytes.len().saturating_sub(1));
            match how {
                0 => bytes[at] = byte,
                1 if bytes.len() > 1 => {
                    bytes.remove(at);
                }
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    })
}

/// An old Word document whose head and table of pieces say anything.
fn old_word() -> impl Strategy<Value = Vec<u8>> {
    (prop::collection::vec(any::<u8>(), 0x1aa..0x300), prop::collection::vec(any::<u8>(), 0..120), any::<bool>())
        .prop_map(|(mut document, table, points_at_it)| {
            if points_at_it {
                document[0x0b] &= 0xfe;
                document[0x1a2..0x1a6].fill(0);
                document[0x1a6..0x1aa].copy_from_slice(&(table.len() as u32).to_le_bytes());
            }
            let mut file = cfb::CompoundFile::create(Cursor::new(vec![])).expect("memory can be written");
            for (name, bytes) in [("WordDocument", &document), ("0Table", &table), ("1Table", &table)] {
                file.create_stream(name).and_then(|mut stream| stream.write_all(bytes)).expect("memory can be written");
            }
            file.into_inner().into_inner()
        })
}

proptest! {
    #[test]
    fn any_bytes_are_told_and_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000), start in 0..8_usize) {
        let starts: [&[u8]; 8] =
            [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"II*\0", b"MM\0*", b"RIFF", b"\0\0\0\x18ftypheic"];
        let bytes = [starts[start], &bytes].concat();
        let kind = sniff(&mut Cursor::new(&bytes)).expect("memory can be read");
        let _ = Directory::read(&mut Cursor::new(&bytes)).expect("memory can be read");
        let _ = ole::is_encrypted(&mut Cursor::new(&bytes)).expect("memory can be read");
        for offset in tiff::page_offsets(&bytes) {
            tiff::turn_to(&mut bytes.clone(), offset);
        }
        for kind in [kind, Kind::Docx, Kind::Xlsx, Kind::Ole, Kind::Ofd, Kind::Text] {
            let _ = office::to_pdf(kind, &bytes, &Limits::default());
        }
        let _ = outline::read(&bytes);
    }

    #[test]
    fn a_spoiled_word_document_is_read_or_refused(document in spoiled(DOCX), numbering in prop::collection::vec(any::<u8>(), 0..60)) {
        let file = package(&[("word/document.xml", document), ("word/numbering.xml", numbering)]);
        let _ = office::to_pdf(Kind::Docx, &file, &Limits::default());
    }

    #[test]
    fn a_spoiled_ofd_is_read_or_refused(root in spoiled(OFD), document in spoiled(OFD_DOCUMENT), page in spoiled(OFD_PAGE)) {
        for parts in [[OFD.into(), OFD_DOCUMENT.into(), page.clone()], [root, document, page]] {
            let [root, document, page] = parts;
            let file = package(&[("OFD.xml", root), ("D.xml", document), ("P.xml", page)]);
            let _ = office::to_pdf(Kind::Ofd, &file, &Limits::default());
        }
    }

    #[test]
    fn an_old_word_document_of_any_tables_is_read_or_refused(file in old_word()) {
        let _ = office::to_pdf(Kind::Ole, &file, &Limits::default());
    }

    #[test]
    fn whatever_is_set_on_pages_is_a_pdf_that_says_it(words in prop::collection::vec("[ -~一-龥，。]{0,80}", 1..20)) {
        let pieces: Vec<flow::Piece> = words.iter().cloned().map(flow::Piece::Paragraph).collect();
        let pdf = flow::set(&pieces, &[]).expect("a few lines fit");
        let document = crate::pdf::Document::open(pdf, None).expect("it is a PDF");
        let pages = u32::try_from(document.sizes().len()).expect("a few");
        let read = (0..pages).flat_map(|no| document.text(no).expect("the page is there")).map(|run| run.text).collect::<String>();
        let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        prop_assert_eq!(letters(&read), letters(&words.concat()));
    }

    #[test]
    fn a_sheet_of_any_measures_is_written(x in any::<f32>(), y in any::<f32>(), size in any::<f32>(), text in ".{0,20}") {
        let items = vec![Item::Text { x, y, size, text }, Item::Rule { from: (x, y), to: (y, x) }];
        let pdf = sheets::pdf(&[Sheet { width: 595.0, height: 842.0, items }], &[]);
        prop_assert!(pdf.starts_with(b"%PDF-"));
    }
}
