//! What the court prints and signs lasts: it breaks no rule of PDF/A-2b, before and after its signatures.

use std::{fs, path::Path};

use xiezhi_documents::{
    facts::CaseFacts,
    kinds::{DocumentKind, Inputs, fill},
};
use xiezhi_reading::{Limits, Reader, Rule};
use xiezhi_typeset::Typesetter;

use super::Folder;

/// Files that are looked at of those that are not signed.
const UNSIGNED: usize = 20;

fn fonts() -> std::path::PathBuf {
    let folder = |name: &str| std::env::var_os(name).map(std::path::PathBuf::from);
    let home = || std::env::home_dir().expect("tests run for a user").join(".cache/xiezhi");
    folder("XIEZHI_CACHE").unwrap_or_else(home).join("fonts")
}

async fn broken(file: &Path) -> Vec<Rule> {
    let reader = Reader::new(env!("CARGO_BIN_EXE_xiezhi"), Limits::default());
    reader.broken_rules(file).await.expect("it is looked at")
}

#[tokio::test]
async fn a_paper_of_every_kind_is_printed_so_that_it_lasts() {
    let folder = Folder::new("lasting");
    let path = format!("{}/../../examples/ex1_private_lending.json", env!("CARGO_MANIFEST_DIR"));
    let facts = CaseFacts::from_example(&fs::read_to_string(path).expect("the example is there"));
    let facts = facts.expect("the example holds facts");
    let press = Typesetter::new(&fonts()).expect("run ./setup.sh fonts first");
    for kind in DocumentKind::ALL {
        let printed = press.print(&fill(kind, &facts, &Inputs::given(kind, &facts))).expect("it prints");
        let file = folder.path(&format!("{}.pdf", kind.id()));
        fs::write(&file, printed.pdf).expect("it is written");
        assert_eq!(broken(file.as_ref()).await, [], "{}", kind.id());
    }
}

/// Of the files of a court, those that are signed and some that are not.
pub async fn what_is_kept_lasts(files: &Path) {
    let (mut signed, mut others) = (0, 0);
    for file in below(files) {
        let bytes = fs::read(&file).expect("it is read");
        let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        if !bytes.starts_with(b"%PDF-") || !has(b"pdfaid:part") {
            continue;
        }
        match has(b"/ByteRange") {
            true => signed += 1,
            false if others == UNSIGNED => continue,
            false => others += 1,
        }
        assert_eq!(broken(&file).await, [], "{}", file.display());
    }
    assert!(signed > 3 && others == UNSIGNED, "{signed} signed, {others} others");
}

fn below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = vec![];
    for entry in fs::read_dir(folder).expect("the folder is read").flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(below(&path)),
            path => found.push(path),
        }
    }
    found.sort();
    found
}
