//! A draft goes out as DOCX, is changed as Word changes files, and comes back: through the confined process, into its
//! parts.

use std::io::{Cursor, Read as _, Write as _};

use serde_json::Value;
use xiezhi_documents::{
    facts::CaseFacts,
    kinds::{DocumentKind, Inputs, fill},
    returned::{DOCUMENT_MARK, VERSION_MARK, Written, WrittenLine, take_back},
    structure::Document,
};
use xiezhi_domain::drafting::DraftContent;
use xiezhi_reading::{Limits, Reader};
use xiezhi_typeset::docx;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::Folder;

/// The loan case's judgment, and what its judge wrote in it.
fn judgment() -> (Document, DraftContent) {
    let path = format!("{}/../../examples/ex1_private_lending.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the example is there");
    let facts = CaseFacts::from_example(&text).expect("the example holds facts");
    let kind = DocumentKind::from_id("civil_judgment_first_summary").expect("there is such a kind");
    let paper = fill(kind, &facts, &Inputs::given(kind, &facts));
    let content = DraftContent {
        found_facts: facts.found_facts.unwrap_or_default(),
        reasoning: facts.reasoning.unwrap_or_default(),
        legal_basis: facts.legal_basis,
        orders: facts.orders.into_iter().map(|order| order.text).collect(),
        costs: facts.cost.unwrap_or_default(),
        ..DraftContent::default()
    };
    (paper, content)
}

/// The file with other parts in place of its own.
fn changed(file: &[u8], change: impl FnOnce(String) -> String, numbering: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("it is a package");
    let names: Vec<String> = (0..archive.len())
        .map(|at| archive.by_index(at).expect("it is listed").name().expect("its name is text").into_owned())
        .collect();
    let (mut out, mut change) = (ZipWriter::new(Cursor::new(vec![])), Some(change));
    for name in names {
        let mut text = String::new();
        archive.by_name(&name).expect("it is listed").read_to_string(&mut text).expect("its parts are text");
        if name == "word/document.xml" {
            text = change.take().expect("there is one document")(text);
        }
        out.start_file(name, SimpleFileOptions::default()).expect("memory takes it");
        out.write_all(text.as_bytes()).expect("memory takes it");
    }
    out.start_file("word/numbering.xml", SimpleFileOptions::default()).expect("memory takes it");
    out.write_all(numbering.as_bytes()).expect("memory takes it");
    out.finish().expect("memory takes it").into_inner()
}

/// Runs are split wherever Word likes; `seed` says where.
fn scattered(xml: &str, mut seed: u64) -> String {
    const OPEN: &str = r#"<w:t xml:space="preserve">"#;
    let mut out = String::new();
    let mut pieces = xml.split(OPEN);
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (text, rest) = piece.split_once("</w:t>").expect("a run ends");
        out.push_str(OPEN);
        for letter in text.chars() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // An entity stays in one piece.
            if seed >> 60 == 0 && !text.contains('&') {
                out.push_str(&format!(
                    "</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:rPr><w:lang/></w:rPr>{OPEN}"
                ));
            }
            out.push(letter);
        }
        out.push_str("</w:t>");
        out.push_str(rest);
    }
    out
}

async fn back(file: &[u8]) -> Written {
    let folder = Folder::new("word");
    std::fs::write(folder.path("draft.docx"), file).expect("the file is written");
    let reader = Reader::new(env!("CARGO_BIN_EXE_xiezhi"), Limits::default());
    let words = reader.words(folder.path("draft.docx").as_ref()).await.expect("it is read");
    let line = |line: xiezhi_reading::WordLine| WrittenLine { number: line.number, text: line.text };
    Written { lines: words.lines.into_iter().map(line).collect(), marks: words.marks, ..Written::default() }
}

const NUMBERING: &str = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="4"/></w:num></w:numbering>"#;

#[tokio::test]
async fn a_draft_that_nobody_changed_comes_back_to_the_letter_however_word_splits_its_runs() {
    let (paper, content) = judgment();
    let marks = [(DOCUMENT_MARK, "0198".to_owned()), (VERSION_MARK, "3".to_owned())];
    let file = docx::write_marked(&paper, &marks);
    for seed in 0..8 {
        let written = back(&changed(&file, |xml| scattered(&xml, seed), NUMBERING)).await;
        assert_eq!(written.marks, marks.clone().map(|(name, value)| (name.to_owned(), value)));
        let came = take_back(&paper, &content, &written);
        assert_eq!((&came.content, &came.notes, &came.case_words), (&content, &vec![], &vec![]), "seed {seed}");
    }
}

#[tokio::test]
async fn a_draft_that_was_changed_in_word_comes_back_with_its_changes_in_their_parts() {
    let (paper, content) = judgment();
    let file = docx::write_marked(&paper, &[]);
    let edit = |xml: String| {
        let ins = r#"<w:ins w:id="1" w:author="赵文"><w:r><w:t xml:space="preserve">经审查，</w:t></w:r></w:ins>"#;
        let opening = r#"<w:r><w:rPr></w:rPr><w:t xml:space="preserve">本院认为，</w:t></w:r>"#;
        assert!(xml.contains(opening), "the reasoning opens with a run of its own");
        let xml = xml.replace(opening, &format!("{opening}{ins}"));
        // What was typed as a number becomes one that Word counts.
        ["一、", "二、", "三、"].iter().fold(xml, |xml, number| {
            let typed = format!(
                r#"<w:pStyle w:val="Body"/></w:pPr><w:r><w:rPr></w:rPr><w:t xml:space="preserve">{number}</w:t></w:r>"#
            );
            xml.replace(
                &typed,
                r#"<w:pStyle w:val="Body"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr></w:pPr>"#,
            )
        })
    };
    let written = back(&changed(&file, |xml| scattered(&edit(xml), 7), NUMBERING)).await;
    assert!(written.lines.iter().any(|line| line.number == "一、"), "Word counts the orders");
    let came = take_back(&paper, &content, &written);
    let reasoning = format!("经审查，{}", content.reasoning.trim_start_matches("本院认为，"));
    assert_eq!(came.content.orders, content.orders);
    assert_eq!(came.content.reasoning.lines().next(), reasoning.lines().next());
    assert_eq!((came.notes, came.case_words), (vec![], vec![]));
    let told: Value =
        serde_json::to_value(xiezhi_documents::compare::compare(&content.reasoning, &came.content.reasoning))
            .expect("plain data");
    assert!(
        told.as_array().is_some_and(|all| all
            .iter()
            .any(|one| one["change"] == "added" && one["text"].as_str().is_some_and(|text| text.contains("审查")))),
        "{told}"
    );
}
