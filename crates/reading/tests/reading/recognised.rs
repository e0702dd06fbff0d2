//! The text of scans. What recognises it is not part of the repository: where `./setup.sh ocr fonts` has not brought
//! it, these tests say so and pass.

use std::path::{Path, PathBuf};

use image::{ImageFormat, RgbImage, imageops};
use xiezhi_reading::{Limits, Reader, ReadingError, ReadingProblem, Recogniser, ScannedPage};

use crate::folder::Folder;
use crate::made;

const LINES: [&str; 7] = [
    "民事起诉状",
    "原告贾借出，男，汉族，住浙江省杭州市西湖区。",
    "被告易欠款，男，汉族，住浙江省杭州市余杭区。",
    "诉讼请求：一、判令被告归还借款本金壹拾伍万元；",
    "二、判令被告支付逾期利息，自二〇二五年六月一日起",
    "按照合同约定的利率计算至实际清偿之日止。",
    "案件受理费由被告负担，保全费另行计算。",
];

fn brought(what: &str) -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let cache = from("XIEZHI_CACHE").or_else(|| from("HOME").map(|home| home.join(".cache/xiezhi")))?;
    Some(cache.join(what)).filter(|folder| folder.is_dir())
}

fn reader() -> Option<Reader> {
    let (Some(models), Some(fonts)) = (brought("ocr"), brought("fonts")) else {
        println!("skipped: ./setup.sh ocr fonts has not brought what recognises text");
        return None;
    };
    let reader = Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default());
    Some(reader.with_fonts(fonts).with_recogniser(Some(&models)))
}

/// The page as a scanner at 200 dpi has it.
async fn page(reader: &Reader, folder: &Folder) -> RgbImage {
    let pdf = folder.file("typed", &made::chinese_pdf(&LINES));
    let jpeg = reader.page_image(&pdf, 0, 1654).await.expect("the page is drawn");
    image::load_from_memory(&jpeg).expect("it is a JPEG").into_rgb8()
}

async fn scan(reader: &Reader, folder: &Folder, page: RgbImage) -> ScannedPage {
    let file = folder.file("scan", &made::file_of(page, ImageFormat::Png));
    let mut pages = reader.scan(&file, &[0]).await.expect("the worker works");
    pages.remove(0).1.expect("the page is read")
}

/// How many letters of the page are wrong, of a hundred.
fn errors(page: &ScannedPage) -> f32 {
    let narrow = |letter: char| match letter {
        '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        letter => letter,
    };
    let expected: Vec<char> = LINES.concat().chars().map(narrow).collect();
    let found: Vec<char> =
        page.runs.iter().flat_map(|run| run.text.chars()).filter(|letter| *letter != ' ').map(narrow).collect();
    let mut row: Vec<usize> = (0..=found.len()).collect();
    for (at, wanted) in expected.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (place, letter) in found.iter().enumerate() {
            let cost = diagonal + usize::from(letter != wanted);
            diagonal = row[place + 1];
            row[place + 1] = cost.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[found.len()] as f32 * 100.0 / expected.len() as f32
}

fn line_with<'p>(page: &'p ScannedPage, words: &str) -> &'p xiezhi_reading::TextRun {
    page.runs.iter().find(|run| run.text.contains(words)).expect("the line was read")
}

#[tokio::test]
async fn a_scan_is_read_and_its_letters_stand_where_they_are() {
    let Some(reader) = reader() else { return };
    let folder = Folder::new();
    let scanned = scan(&reader, &folder, page(&reader, &folder).await).await;
    println!("{scanned:?}");
    assert!(errors(&scanned) < 1.0, "{scanned:?}");
    assert_eq!(scanned.turn, 0);
    assert!(scanned.skew.abs() < 0.1, "{}", scanned.skew);
    // A picture's points are its pixels: 1654 of them for 595 points of paper.
    let to_px = 1654.0 / 595.0;
    let title = line_with(&scanned, "民事起诉状");
    assert!((title.x - 80.0 * to_px).abs() < 20.0 && (title.w - 80.0 * to_px).abs() < 60.0, "{title:?}");
    assert!(title.y < 72.0 * to_px && title.y + title.h > 68.0 * to_px, "{title:?}");
    // 受理 is the third and the fourth letter of its line.
    let fee = line_with(&scanned, "受理费");
    let start = fee.x + fee.w * f32::from(fee.starts[2]) / 1000.0;
    assert!((start - (80.0 + 32.0) * to_px).abs() < 25.0, "{fee:?}");
    assert!(fee.sure.is_some_and(|sure| sure > 0.9));
}

#[tokio::test]
async fn a_page_on_its_side_or_its_head_is_turned_by_vote() {
    let Some(reader) = reader() else { return };
    let folder = Folder::new();
    let upright = page(&reader, &folder).await;
    for (lies, turn) in
        [(imageops::rotate180(&upright), 180), (imageops::rotate270(&upright), 90), (imageops::rotate90(&upright), 270)]
    {
        let scanned = scan(&reader, &folder, lies).await;
        assert_eq!(scanned.turn, turn);
        assert!(errors(&scanned) < 1.0, "{turn}: {scanned:?}");
        assert!(scanned.size.width_pt < scanned.size.height_pt, "it is measured as it stands once turned");
        let title = line_with(&scanned, "民事起诉状");
        assert!(title.y < scanned.size.height_pt * 0.12 && title.w > title.h * 3.0, "{turn}: {title:?}");
    }
}

#[tokio::test]
async fn a_page_put_on_the_glass_askew_is_measured_and_read() {
    let Some(reader) = reader() else { return };
    let folder = Folder::new();
    let scanned = scan(&reader, &folder, made::askew(&page(&reader, &folder).await, 2.0)).await;
    assert!((scanned.skew - 2.0).abs() < 0.15, "{}", scanned.skew);
    assert!(errors(&scanned) < 1.5, "{scanned:?}");
    let tallest = scanned.runs.iter().map(|run| run.h).fold(0.0, f32::max);
    assert!(tallest < 100.0, "a falling line is boxed in pieces: {tallest}");
}

#[tokio::test]
async fn a_blank_page_has_no_text_and_a_page_that_is_not_there_is_named() {
    let Some(reader) = reader() else { return };
    let folder = Folder::new();
    let file =
        folder.file("blank", &made::file_of(RgbImage::from_pixel(800, 1000, image::Rgb([250; 3])), ImageFormat::Png));
    let pages = reader.scan(&file, &[0, 1]).await.expect("the worker works");
    assert!(pages[0].1.as_ref().is_ok_and(|page| page.runs.is_empty()), "{pages:?}");
    assert_eq!(pages[1].1.as_ref().err(), Some(&ReadingProblem::NoSuchPage));
}

#[tokio::test]
async fn tesseract_reads_a_scan_where_the_networks_are_not_there() {
    let Some(fonts) = brought("fonts") else {
        println!("skipped: ./setup.sh fonts has not brought fonts");
        return;
    };
    let reader = Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default());
    let reader = reader.with_fonts(fonts).with_recogniser(None);
    let Some(Recogniser::Tesseract(_)) = reader.recogniser() else {
        println!("skipped: Tesseract is not installed with its Chinese data");
        return;
    };
    let folder = Folder::new();
    let page = page(&reader, &folder).await;
    let read = scan(&reader, &folder, page).await;
    assert!(errors(&read) < 10.0, "{} of a hundred letters are wrong: {read:?}", errors(&read));
    let first = &read.runs[0];
    // A picture has a point for each pixel: the first line stands near its upper left corner.
    assert!(first.y > 100.0 && first.y < 400.0 && first.x > 150.0 && first.x < 500.0, "{first:?}");
}

#[tokio::test]
async fn where_nothing_recognises_text_that_is_said() {
    let reader = Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default());
    let answer = reader.scan(Path::new("anything"), &[0]).await;
    assert!(matches!(answer, Err(ReadingError::NoRecogniser)));
}
