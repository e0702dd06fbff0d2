//! One click writes the document.

use serde_json::Value;

use crate::{Folder, run, said};

const JUDGMENT: &str = "civil_judgment_first_summary";

fn example(name: &str) -> String {
    format!("{}/../../examples/{name}.json", env!("CARGO_MANIFEST_DIR"))
}

/// The bytes of the loan case's judgment, written by a run of its own into a folder of that name.
fn written(name: &str, ending: &str) -> Vec<u8> {
    let folder = Folder::new(name);
    let out = folder.path(&format!("paper.{ending}"));
    let done = run(&["document", JUDGMENT, "--facts", &example("ex1_private_lending"), "-o", &out]);
    assert!(done.status.success(), "{}", said(&done.stderr));
    assert_eq!(said(&done.stderr), "", "no gap is told");
    std::fs::read(out).expect("it was written")
}

/// The words of a paper as the court reads it, page by page, without blanks.
fn read_back(file: &str) -> Vec<String> {
    let done = run(&["read", file, "--json"]);
    let told: Value = serde_json::from_slice(&done.stdout).expect("it is JSON");
    assert_eq!(told["problem"], Value::Null, "{told}");
    let words = |page: &Value| {
        let runs = page["runs"].as_array().expect("a page has its text").iter();
        let text: String = runs.filter_map(|run| run["text"].as_str()).collect();
        text.split_whitespace().collect()
    };
    told["text"].as_array().expect("a file has its text").iter().map(words).collect()
}

#[test]
fn an_ofd_reads_page_by_page_as_the_pdf_does() {
    let folder = Folder::new("document-ofd");
    let files = ["pdf", "ofd"].map(|ending| folder.path(&format!("paper.{ending}")));
    for out in &files {
        let done = run(&["document", JUDGMENT, "--facts", &example("ex1_private_lending"), "-o", out]);
        assert!(done.status.success(), "{}", said(&done.stderr));
    }
    let [pdf, ofd] = files.map(|file| read_back(&file));
    assert!(pdf.len() > 2 && pdf[0].contains("民事判决书"), "{pdf:?}");
    assert_eq!(ofd, pdf);
}

#[test]
fn a_judgment_is_written_as_pdf_docx_json_and_text_and_always_the_same() {
    let pdf = written("document-pdf", "pdf");
    assert!(pdf.starts_with(b"%PDF-"), "it is a PDF");
    assert_eq!(pdf, written("document-pdf", "pdf"));
    assert!(written("document-docx", "docx").starts_with(b"PK"), "it is an archive");
    let structure: Value = serde_json::from_slice(&written("document-json", "json")).expect("it is JSON");
    assert_eq!(structure["title"], "民事判决书");
    assert!(said(&written("document-txt", "txt")).contains("本院认为"), "it is the paper's words");
}

#[test]
fn what_is_missing_is_a_named_gap_and_never_stops_the_draft() {
    let folder = Folder::new("document-gap");
    let out = folder.path("summons.pdf");
    let done = run(&["document", "summons", "--facts", &example("ex1_private_lending"), "-o", &out]);
    assert!(done.status.success(), "{}", said(&done.stderr));
    assert_eq!(said(&done.stderr), "gap: 落款日期\n");
    assert!(std::fs::exists(&out).expect("the folder is read"), "the draft is there");
}

#[test]
fn checking_tells_gaps_and_findings_as_json() {
    let clean = run(&["document", JUDGMENT, "--facts", &example("ex1_private_lending"), "--check"]);
    let told: Value = serde_json::from_slice(&clean.stdout).expect("it is JSON");
    assert_eq!((told["complete"].clone(), told["findings"].clone()), (true.into(), serde_json::json!([])));
    assert_eq!(clean.status.code(), Some(0));

    let folder = Folder::new("document-check");
    let text = std::fs::read_to_string(example("ex1_private_lending")).expect("the example is there");
    let facts = folder.write("facts.json", &text.replacen("偿还借款本金", "偿还借款，，本金", 1));
    let found = run(&["document", JUDGMENT, "--facts", &facts, "--check"]);
    let told: Value = serde_json::from_slice(&found.stdout).expect("it is JSON");
    assert_eq!(told["findings"][0]["kind"], "doubled_mark", "{told}");
    assert_eq!(found.status.code(), Some(2));
}

#[test]
fn the_kinds_and_the_form_of_the_facts_are_told() {
    let kinds: Value = serde_json::from_slice(&run(&["document", "--list"]).stdout).expect("it is JSON");
    assert_eq!(kinds.as_array().map(Vec::len), Some(38));
    let schema: Value = serde_json::from_slice(&run(&["document", "--schema"]).stdout).expect("it is JSON");
    assert!(schema["properties"]["claims"].is_object(), "the claims are described");
}

#[test]
fn what_cannot_be_done_says_why() {
    let told = |arguments: &[&str]| {
        let done = run(arguments);
        assert_eq!(done.status.code(), Some(1), "{}", said(&done.stderr));
        said(&done.stderr)
    };
    let facts = example("ex1_private_lending");
    assert!(told(&["document", "poem", "--facts", &facts]).contains("no kind of paper called poem"));
    assert!(told(&["document", JUDGMENT, "--facts", "/none.json"]).contains("/none.json can't be read"));
    assert!(told(&["document", JUDGMENT, "--facts", &facts, "-o", "/tmp/paper.odt"]).contains("must end in .pdf"));
    let folder = Folder::new("document-bad");
    let bad = folder.write("facts.json", r#"{"filed_date": "2026-02-30"}"#);
    assert!(told(&["document", JUDGMENT, "--facts", &bad]).contains("filed_date can't be \"2026-02-30\""));
}

/// Where the court's fonts stand under the names that the paper asks for.
fn font_map(folder: &Folder) -> String {
    let fonts = std::env::var("XIEZHI_FONTS")
        .unwrap_or_else(|_| format!("{}/.cache/xiezhi/fonts", std::env::home_dir().expect("a home").display()));
    let alias = |asked: &str, have: &str| {
        format!(r#"<alias binding="same"><family>{asked}</family><prefer><family>{have}</family></prefer></alias>"#)
    };
    let map =
        [("仿宋_GB2312", "FandolFang R"), ("宋体", "FandolSong"), ("黑体", "FandolHei"), ("楷体_GB2312", "FandolKai")];
    let aliases: String = map.into_iter().map(|(asked, have)| alias(asked, have)).collect();
    let kept = folder.path("fontconfig");
    folder.write(
        "fonts.conf",
        &format!("<fontconfig><dir>{fonts}</dir><cachedir>{kept}</cachedir>{aliases}</fontconfig>"),
    )
}

#[test]
fn in_libreoffice_a_judgment_takes_as_many_pages_as_in_print() {
    let folder = Folder::new("document-office");
    let (docx, pdf) = (folder.path("paper.docx"), folder.path("print.pdf"));
    for out in [&docx, &pdf] {
        assert!(run(&["document", JUDGMENT, "--facts", &example("ex1_private_lending"), "-o", out]).status.success());
    }
    let mut office = std::process::Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}", folder.path("profile")));
    office.args(["--headless", "--convert-to", "pdf", "--outdir", &folder.path(""), &docx]);
    office.env("FONTCONFIG_FILE", font_map(&folder));
    match office.output() {
        Err(_) => return println!("there is no LibreOffice here; nothing was tried (./setup.sh office)"),
        Ok(done) => assert!(done.status.success(), "{}", said(&done.stderr)),
    }
    let pages = |file: &str| {
        let told: Value = serde_json::from_slice(&run(&["read", file, "--json"]).stdout).expect("it is JSON");
        told["pages"].as_u64().expect("it has pages")
    };
    assert_eq!(pages(&folder.path("paper.pdf")), pages(&pdf));
}
