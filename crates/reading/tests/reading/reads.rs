//! What is read of files made for the purpose.

use std::path::Path;

use image::{ImageFormat, RgbImage};
use xiezhi_reading::{Inspection, Kind, Limits, PageSize, Reader, ReadingError, ReadingProblem, TextRun};

use crate::folder::Folder;
use crate::made;

fn reader(limits: Limits) -> Reader {
    Reader::new(env!("CARGO_BIN_EXE_reading-worker"), limits)
}

async fn inspect(content: &[u8]) -> Inspection {
    inspect_within(Limits::default(), content).await
}

async fn inspect_within(limits: Limits, content: &[u8]) -> Inspection {
    let folder = Folder::new();
    let file = folder.file("received", content);
    reader(limits).inspect(&file).await.expect("the worker works")
}

async fn image(content: &[u8], page: u32, width_px: u32) -> RgbImage {
    let jpeg = try_image(content, page, width_px).await.expect("the page is drawn");
    image::load_from_memory_with_format(&jpeg, ImageFormat::Jpeg).expect("it is a JPEG").into_rgb8()
}

async fn try_image(content: &[u8], page: u32, width_px: u32) -> Result<Vec<u8>, ReadingError> {
    let folder = Folder::new();
    let file = folder.file("received", content);
    reader(Limits::default()).page_image(&file, page, width_px).await
}

async fn text(content: &[u8], page: u32) -> Vec<TextRun> {
    let folder = Folder::new();
    let file = folder.file("received", content);
    reader(Limits::default()).page_text(&file, page).await.expect("the text is read")
}

fn problem<T>(answer: Result<T, ReadingError>) -> Option<ReadingProblem> {
    match answer {
        Err(ReadingError::Problem(problem)) => Some(problem),
        _ => None,
    }
}

fn size(width_pt: f32, height_pt: f32) -> PageSize {
    PageSize { width_pt, height_pt }
}

/// Whether a pixel, given in parts of the image, is red rather than white.
fn is_red(page: &RgbImage, x: f32, y: f32) -> bool {
    let (x, y) = ((page.width() as f32 * x) as u32, (page.height() as f32 * y) as u32);
    page.get_pixel(x, y).0[2] < 128
}

#[tokio::test]
async fn a_pdf_has_its_pages_as_they_are_looked_at() {
    let upright = inspect(&made::pdf(&["one", "two"], 300, 400, 0)).await;
    assert_eq!(upright, Inspection { kind: Kind::Pdf, pages: vec![size(300.0, 400.0); 2], problem: None });
    let turned = inspect(&made::pdf(&["one"], 300, 400, 90)).await;
    assert_eq!(turned.pages, [size(400.0, 300.0)]);
}

#[tokio::test]
async fn a_page_of_a_pdf_is_drawn_as_wide_as_asked() {
    let page = image(&made::pdf(&["HHHH"], 300, 400, 0), 0, 600).await;
    assert_eq!(page.dimensions(), (600, 800));
    let dark = page.pixels().filter(|pixel| pixel.0[0] < 128).count();
    assert!(dark > 200 && dark < 20_000, "{dark} dark pixels on a white page");
}

#[tokio::test]
async fn the_text_of_a_pdf_stands_where_it_is_drawn() {
    let runs = text(&made::pdf(&["first", "Second page"], 300, 400, 0), 1).await;
    let [run] = runs.as_slice() else { panic!("one line was written: {runs:?}") };
    assert_eq!(run.text, "Second page");
    assert!((run.x - 50.0).abs() < 1.0, "{run:?}");
    assert!(run.y < 300.0 && run.y + run.h > 300.0, "the line of writing is 300 points down: {run:?}");
    assert!(run.w > 60.0 && run.w < 140.0, "{run:?}");
}

#[tokio::test]
async fn the_text_of_every_page_is_read_at_once() {
    let folder = Folder::new();
    let file = folder.file("received", &made::pdf(&["first", "Second page"], 300, 400, 0));
    let pages = reader(Limits::default()).texts(&file).await.expect("the text is read");
    let text: Vec<String> = pages.iter().map(|page| page.runs.iter().map(|run| run.text.as_str()).collect()).collect();
    assert_eq!(text, ["first", "Second page"]);
    assert!(pages.iter().all(|page| page.size == size(300.0, 400.0)));
    let picture = folder.file("picture", &made::picture(ImageFormat::Png, 80, 40));
    let pages = reader(Limits::default()).texts(&picture).await.expect("a picture has a size");
    assert!(pages.len() == 1 && pages[0].runs.is_empty() && pages[0].size == size(80.0, 40.0));
    let broken = folder.file("broken", b"%PDF-1.7 and no more");
    assert!(problem(reader(Limits::default()).texts(&broken).await).is_some());
}

#[tokio::test]
async fn pictures_of_every_kind_are_one_page() {
    let kinds = [
        (ImageFormat::Png, Kind::Png),
        (ImageFormat::Jpeg, Kind::Jpeg),
        (ImageFormat::Tiff, Kind::Tiff),
        (ImageFormat::WebP, Kind::Webp),
        (ImageFormat::Bmp, Kind::Bmp),
    ];
    for (format, kind) in kinds {
        let content = made::picture(format, 80, 40);
        let expected = Inspection { kind, pages: vec![size(80.0, 40.0)], problem: None };
        assert_eq!(inspect(&content).await, expected);
        let page = image(&content, 0, 40).await;
        assert_eq!(page.dimensions(), (40, 20), "{kind:?}");
        assert!(is_red(&page, 0.2, 0.2) && !is_red(&page, 0.8, 0.8), "{kind:?}");
    }
}

#[tokio::test]
async fn a_small_picture_is_not_blown_up() {
    let page = image(&made::picture(ImageFormat::Png, 80, 40), 0, 1200).await;
    assert_eq!(page.dimensions(), (80, 40));
}

#[tokio::test]
async fn a_picture_taken_on_its_side_stands_upright() {
    let sideways = made::turned(&made::picture(ImageFormat::Jpeg, 80, 40), 6);
    assert_eq!(inspect(&sideways).await.pages, [size(40.0, 80.0)]);
    let page = image(&sideways, 0, 40).await;
    assert_eq!(page.dimensions(), (40, 80));
    assert!(is_red(&page, 0.8, 0.2) && !is_red(&page, 0.2, 0.2));
}

#[tokio::test]
async fn what_shines_through_is_paper() {
    let page = image(&made::glass(40, 40), 0, 40).await;
    assert!(page.pixels().all(|pixel| pixel.0[0] > 250));
}

#[tokio::test]
async fn a_picture_has_no_text() {
    assert_eq!(text(&made::picture(ImageFormat::Png, 80, 40), 0).await, []);
}

#[tokio::test]
async fn a_page_that_is_not_there_is_named() {
    let asked = try_image(&made::pdf(&["one"], 300, 400, 0), 1, 100).await;
    assert_eq!(problem(asked), Some(ReadingProblem::NoSuchPage));
    let asked = try_image(&made::picture(ImageFormat::Png, 8, 8), 1, 100).await;
    assert_eq!(problem(asked), Some(ReadingProblem::NoSuchPage));
}

#[tokio::test]
async fn an_empty_file_is_empty() {
    assert_eq!(inspect(b"").await.problem, Some(ReadingProblem::Empty));
}

#[tokio::test]
async fn a_cut_file_is_damaged() {
    let whole = made::picture(ImageFormat::Jpeg, 80, 40);
    let cut = inspect(&whole[..30]).await;
    assert_eq!((cut.kind, cut.problem), (Kind::Jpeg, Some(ReadingProblem::Damaged)));
    let nothing_behind = inspect(b"%PDF-1.7\nand nothing behind it").await;
    assert_eq!(nothing_behind.problem, Some(ReadingProblem::Damaged));
}

#[tokio::test]
async fn a_program_named_as_a_document_is_told_by_its_content() {
    let program = inspect(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff").await;
    assert_eq!((program.kind, program.problem), (Kind::Unknown, Some(ReadingProblem::Unsupported)));
    assert_eq!(program.kind.mislabelled_as("合同.pdf"), Some(Kind::Pdf));
}

#[tokio::test]
async fn office_documents_are_told_apart_by_their_parts() {
    let parts = [("word/document.xml", Kind::Docx), ("xl/workbook.xml", Kind::Xlsx), ("OFD.xml", Kind::Ofd)];
    for (part, kind) in parts {
        let found = inspect(&made::package(&["[Content_Types].xml", part], 1000)).await;
        assert_eq!(found.kind, kind);
        assert!(found.problem.is_some(), "its parts are empty: {found:?}");
    }
}

#[tokio::test]
async fn a_package_that_unfolds_to_a_giant_is_too_large() {
    let bomb = inspect(&made::package(&["word/document.xml"], 900_000_000)).await;
    assert_eq!((bomb.kind, bomb.problem), (Kind::Docx, Some(ReadingProblem::TooLarge)));
}

#[tokio::test]
async fn a_document_under_a_password_is_encrypted() {
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    ole.resize(2_000_000, 0);
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(inspect(&ole).await.problem, Some(ReadingProblem::Encrypted));
}

#[tokio::test]
async fn a_picture_of_a_billion_pixels_is_refused_unread() {
    let giant = inspect(&made::png_claiming(40_000, 40_000)).await;
    assert_eq!((giant.kind, giant.problem), (Kind::Png, Some(ReadingProblem::TooLarge)));
}

#[tokio::test]
async fn a_file_over_the_limit_is_not_opened() {
    let limits = Limits { input_bytes: 100, ..Limits::default() };
    let long = inspect_within(limits, &made::picture(ImageFormat::Bmp, 80, 40)).await;
    assert_eq!((long.kind, long.problem), (Kind::Bmp, Some(ReadingProblem::TooLarge)));
}

#[tokio::test]
async fn a_worker_out_of_memory_says_that_the_file_is_too_large() {
    let limits = Limits { memory_bytes: 160 << 20, ..Limits::default() };
    let folder = Folder::new();
    let file = folder.file("received", &made::picture(ImageFormat::Bmp, 9_000, 9_000));
    let answer = reader(limits).page_image(&file, 0, 100).await;
    assert_eq!(problem(answer), Some(ReadingProblem::TooLarge));
}

#[tokio::test]
async fn a_worker_that_takes_too_long_is_killed() {
    let folder = Folder::new();
    let pipe = folder.path().join("nobody-writes-here");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo is part of every system");
    assert!(made.success());
    let limits = Limits { wait_seconds: 1, ..Limits::default() };
    let late = reader(limits).inspect(&pipe).await.expect("the worker works");
    assert_eq!(late.problem, Some(ReadingProblem::Timeout));
}

#[tokio::test]
async fn a_worker_that_cannot_start_is_no_fault_of_the_file() {
    let folder = Folder::new();
    let file = folder.file("received", b"%PDF-1.7");
    let nowhere = Reader::new("/there/is/no/such/program", Limits::default());
    assert!(matches!(nowhere.inspect(&file).await, Err(ReadingError::Worker(_))));
}

#[tokio::test]
async fn a_file_that_is_not_there_is_no_fault_of_the_file() {
    let answer = reader(Limits::default()).inspect(Path::new("/there/is/no/such/file")).await;
    assert!(matches!(answer, Err(ReadingError::Worker(_))), "{answer:?}");
}
