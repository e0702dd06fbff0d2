//! Files as people send them, broken and hostile ones among them: none may hang or kill the caller.
//!
//! They are not part of the repository. Where `XIEZHI_SHARED`, or `../shared` beside the repository, has
//! them, the outcomes are counted and compared; elsewhere the test says so and passes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use xiezhi_reading::{Limits, Reader, ReadingError};

/// How many files end how: what they are, what inspection says, what drawing their first page says.
const EXPECTED: &str = r#"  8 "docx": pages, drawn
  1 "docx": reading.too-large, reading.too-large
  4 "jpeg": pages, drawn
 41 "pdf": pages, drawn
  1 "pdf": pages, reading.too-large
  3 "pdf": reading.damaged, reading.damaged
  2 "pdf": reading.encrypted, reading.encrypted
  1 "png": pages, drawn
  2 "text": pages, drawn
  1 "unknown": reading.empty, reading.empty
  1 "unknown": reading.unsupported, reading.unsupported
"#;

fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("XIEZHI_SHARED").map_or_else(beside, PathBuf::from);
    Some(shared.join("data/documents")).filter(|folder| folder.is_dir())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_received_file_ends_in_pages_or_a_named_problem() {
    let Some(folder) = folder() else {
        println!("there are no received files here; nothing was tried");
        return;
    };
    let reader = Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default());
    let mut counts = BTreeMap::<String, usize>::new();
    for file in files(&folder) {
        let outcome = outcome(&reader, &file).await;
        println!("{outcome:60} {}", file.file_name().unwrap_or_default().display());
        *counts.entry(outcome).or_default() += 1;
    }
    let table: String = counts.iter().map(|(outcome, count)| format!("{count:3} {outcome}\n")).collect();
    assert_eq!(table, EXPECTED, "\n{table}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    files.sort();
    files
}

async fn outcome(reader: &Reader, file: &Path) -> String {
    let found = reader.inspect(file).await.expect("the worker works");
    let inspected = found.problem.map_or("pages", |problem| problem.code());
    let drawn = match reader.page_image(file, 0, 800).await {
        Ok(jpeg) if jpeg.starts_with(b"\xff\xd8") => "drawn",
        Ok(_) => "no JPEG",
        Err(ReadingError::Problem(problem)) => problem.code(),
        Err(failed) => panic!("{}: {failed}", file.display()),
    };
    let kind = serde_json::to_string(&found.kind).expect("a kind is plain");
    format!("{kind}: {inspected}, {drawn}")
}
