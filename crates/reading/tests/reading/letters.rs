//! A copy of a scan carries what was recognised where it stands, and who took it at the foot of each page.

use std::path::Path;
use std::process::Command;

use image::ImageFormat;
use xiezhi_reading::{Binding, Leaf, Letters, Limits, PageText, Reader, TextRun};

use crate::folder::Folder;
use crate::made;

fn reader() -> Reader {
    Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default())
}

fn run(text: &str, (x, y): (f32, f32), (w, h): (f32, f32)) -> TextRun {
    TextRun { text: text.to_owned(), x, y, w, h, starts: vec![], unsure: vec![], sure: None }
}

fn leaf(page: u32) -> Leaf {
    Leaf { source: 0, page, turn: 0, skew_tenths: 0 }
}

async fn copied(reader: &Reader, folder: &Folder, original: &Path, pages: u32, binding: Binding) -> Vec<PageText> {
    let leaves: Vec<Leaf> = (0..pages).map(leaf).collect();
    let copy = reader.bind(&[original], &leaves, binding).await.expect("a copy is written");
    let path = folder.file("copy", &copy);
    reader.texts(&path).await.expect("the copy is read")
}

/// Where words stand, in shares of their page.
fn place(page: &PageText, words: &str) -> (f32, f32, f32, f32) {
    let run = page.runs.iter().find(|run| run.text.contains(words));
    let run = run.unwrap_or_else(|| panic!("{words} is on the page: {:?}", page.runs));
    let (width, height) = (page.size.width_pt, page.size.height_pt);
    (run.x / width, run.y / height, run.w / width, run.h / height)
}

fn near((x, y, w, h): (f32, f32, f32, f32), (wx, wy, ww, wh): (f32, f32, f32, f32)) -> bool {
    [(x, wx), (y, wy), (w, ww), (h, wh)].iter().all(|(is, wanted)| (is - wanted).abs() < 0.01)
}

#[tokio::test]
async fn a_copy_of_a_scan_can_be_searched_where_its_words_stand_and_looks_as_before() {
    let (folder, reader) = (Folder::new(), reader());
    let bytes = made::picture(ImageFormat::Png, 595, 842);
    let scan = folder.file("scan", &bytes);
    let seen = TextRun { starts: vec![0, 300, 600, 800], ..run("今借到款", (0.2, 0.3), (0.4, 0.03)) };
    let letters = Letters { leaf: 0, turn: 0, runs: vec![seen, run("Loan 2026", (0.2, 0.5), (0.3, 0.02))] };
    let pages = copied(&reader, &folder, &scan, 1, Binding { letters: vec![letters], ..Binding::default() }).await;
    assert!(near(place(&pages[0], "今借到款"), (0.2, 0.3, 0.4, 0.03)), "{:?}", pages[0]);
    assert!(near(place(&pages[0], "Loan 2026"), (0.2, 0.5, 0.3, 0.02)), "{:?}", pages[0]);
    let plain = folder.file("plain", &reader.bind(&[&scan], &[leaf(0)], Binding::default()).await.expect("bound"));
    let drawn = |path| reader.page_image(path, 0, 300);
    let copy = folder.path().join("copy");
    assert_eq!(drawn(&copy).await.expect("drawn"), drawn(&plain).await.expect("drawn"), "nobody sees the letters");
    assert_eq!(std::fs::read(&scan).expect("the original is there"), bytes, "the original is untouched");
}

#[tokio::test]
async fn other_programs_find_the_words_in_their_boxes() {
    if Command::new("pdftotext").arg("-v").output().is_err() {
        println!("skipped: pdftotext is not here");
        return;
    }
    let (folder, reader) = (Folder::new(), reader());
    let scan = folder.file("scan", &made::picture(ImageFormat::Png, 595, 842));
    let seen = TextRun { starts: vec![0, 300, 600, 800], ..run("今借到款", (0.2, 0.3), (0.4, 0.03)) };
    let letters = vec![Letters { leaf: 0, turn: 0, runs: vec![seen] }];
    copied(&reader, &folder, &scan, 1, Binding { letters, mark: Some("Zhang 2026".to_owned()), ..Binding::default() })
        .await;
    let asked = Command::new("pdftotext").arg("-bbox").arg(folder.path().join("copy")).arg("-").output();
    let told = String::from_utf8(asked.expect("it runs").stdout).expect("it says letters");
    let word = told.lines().find(|line| line.contains(">今借到款<")).unwrap_or_else(|| panic!("{told}"));
    let side = |name: &str| -> f32 {
        let from = word.split(&format!("{name}=\"")).nth(1).expect("it has sides");
        from.split('"').next().expect("it ends").parse().expect("a number")
    };
    // A page of A4: a fifth from the left, three tenths from above.
    assert!((side("xMin") - 119.0).abs() < 3.0 && (side("xMax") - 357.0).abs() < 3.0, "{word}");
    assert!((side("yMin") - 252.6).abs() < 4.0 && (side("yMax") - 277.9).abs() < 4.0, "{word}");
    assert!(told.contains(">Zhang<") && told.contains(">2026<"), "{told}");
}

#[tokio::test]
async fn words_of_a_page_on_its_side_lie_along_it() {
    let (folder, reader) = (Folder::new(), reader());
    let scan = folder.file("scan", &made::picture(ImageFormat::Png, 842, 595));
    // Turned by 90 degrees it stands upright: what begins at its upper left is at the lower left of the page as it lies.
    let letters = vec![Letters { leaf: 0, turn: 90, runs: vec![run("原告", (0.1, 0.1), (0.2, 0.03))] }];
    let pages = copied(&reader, &folder, &scan, 1, Binding { letters, ..Binding::default() }).await;
    let told: String = pages[0].runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(told, "原告");
    let first = &pages[0].runs[0];
    let (x, y) = (first.x / pages[0].size.width_pt, (first.y + first.h) / pages[0].size.height_pt);
    assert!((x - 0.1).abs() < 0.02 && (y - 0.9).abs() < 0.02, "{:?}", pages[0]);
}

#[tokio::test]
async fn every_page_says_at_its_foot_who_took_it_and_when() {
    let (folder, reader) = (Folder::new(), reader());
    for rotate in [0, 90] {
        let paper = folder.file("paper", &made::pdf(&["First", "Second"], 595, 842, rotate));
        let mark = Some("Reader Li 2026-03-02 14:05".to_owned());
        let pages = copied(&reader, &folder, &paper, 2, Binding { numbered: true, mark, ..Binding::default() }).await;
        assert_eq!(pages.len(), 2);
        for (no, page) in pages.iter().enumerate() {
            let (x, y, w, _) = place(page, "Reader Li 2026-03-02 14:05");
            assert!(x > 0.55 && x + w < 0.99 && y > 0.96, "{rotate}: {page:?}");
            let number = format!("{} / 2", no + 1);
            assert!(page.runs.iter().any(|run| run.text == number), "{page:?}");
        }
        let drawn = reader.page_image(&folder.path().join("copy"), 0, 1190).await.expect("the copy is drawn");
        let drawn = image::load_from_memory(&drawn).expect("it is a JPEG").into_luma8();
        let (x, y, w, h) = place(&pages[0], "Reader Li");
        let at = |share: f32, side: u32| (share * side as f32) as u32;
        let (xs, ys) =
            (at(x, drawn.width())..at(x + w, drawn.width()), at(y, drawn.height())..at(y + h, drawn.height()));
        let dark = xs.flat_map(|x| ys.clone().map(move |y| (x, y))).filter(|(x, y)| drawn.get_pixel(*x, *y).0[0] < 140);
        assert!(dark.count() > 200, "{rotate}: the words are seen");
    }
}
