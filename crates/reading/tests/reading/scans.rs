//! What comes from a scanner: pages looked at for codes and blanks, and put together anew.

use image::{DynamicImage, GrayImage, ImageFormat, Luma, RgbImage, imageops};
use qrcode::{EcLevel, QrCode};
use xiezhi_reading::{Binding, Examined, Heading, Kind, Leaf, Limits, Link, Reader, ReadingError, ReadingProblem};

use crate::folder::Folder;
use crate::made;

fn reader() -> Reader {
    Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default())
}

async fn examined(content: &[u8]) -> Vec<Examined> {
    let folder = Folder::new();
    let file = folder.file("scan", content);
    reader().examine(&file, 0, 8).await.expect("the worker works")
}

async fn composed(sources: &[&[u8]], leaves: &[Leaf]) -> Result<Vec<u8>, ReadingError> {
    let folder = Folder::new();
    let files: Vec<_> = (0..).zip(sources).map(|(at, source)| folder.file(&format!("source-{at}"), source)).collect();
    let files: Vec<_> = files.iter().map(std::path::PathBuf::as_path).collect();
    reader().compose(&files, leaves).await
}

fn leaf(source: usize, page: u32, turn: u16) -> Leaf {
    Leaf { source, page, turn, skew_tenths: 0 }
}

/// A sheet of A4 at 150 dots an inch with a code of about three centimetres.
fn sheet(text: &str) -> GrayImage {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("a code");
    let (width, dots) = (code.width() as u32, code.to_colors());
    let (left, top, dot) = (950, 100, 7);
    GrayImage::from_fn(1_240, 1_754, |x, y| {
        let dark = x >= left && y >= top && (x - left) / dot < width && (y - top) / dot < width && {
            dots[(((y - top) / dot) * width + (x - left) / dot) as usize] == qrcode::Color::Dark
        };
        Luma([if dark { 25 } else { 240 }])
    })
}

fn jpeg(page: GrayImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(vec![]);
    DynamicImage::ImageLuma8(page).write_to(&mut bytes, ImageFormat::Jpeg).expect("memory can be written");
    bytes.into_inner()
}

#[tokio::test]
async fn a_code_is_read_whichever_way_up_its_sheet_was_scanned() {
    let upright = sheet("XZSHEET:0123456789ABCDEF0123456789ABCDEF");
    let ways = [
        (upright.clone(), 0),
        (imageops::rotate90(&upright), 270),
        (imageops::rotate180(&upright), 180),
        (imageops::rotate270(&upright), 90),
    ];
    for (page, turn) in ways {
        let seen = examined(&jpeg(page)).await;
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].codes.len(), 1, "turned by {turn}");
        assert_eq!(seen[0].codes[0].text, "XZSHEET:0123456789ABCDEF0123456789ABCDEF");
        assert_eq!(seen[0].codes[0].turn, turn);
    }
}

#[tokio::test]
async fn a_blank_page_is_told_from_one_with_words() {
    let seen = examined(&made::pdf(&["Loan agreement, signed by both parties on 2 June", ""], 595, 842, 0)).await;
    assert_eq!(seen.iter().map(|page| page.blank).collect::<Vec<_>>(), [false, true]);
}

#[tokio::test]
async fn pages_of_two_files_become_one_that_keeps_letters_and_turns() {
    let (first, second) = (made::pdf(&["one", "two"], 400, 600, 0), made::pdf(&["three"], 400, 600, 90));
    let made = composed(&[&first, &second], &[leaf(0, 1, 0), leaf(1, 0, 90), leaf(0, 0, 90)]).await.expect("made");
    let folder = Folder::new();
    let file = folder.file("made", &made);
    let found = reader().inspect(&file).await.expect("it is looked at");
    assert_eq!((found.kind, found.problem), (Kind::Pdf, None));
    let sizes: Vec<(f32, f32)> = found.pages.iter().map(|page| (page.width_pt, page.height_pt)).collect();
    assert_eq!(sizes, [(400.0, 600.0), (400.0, 600.0), (600.0, 400.0)]);
    let texts = reader().texts(&file).await.expect("it is read");
    // Letters of a page on its side are runs of their own.
    let said: Vec<String> = texts.iter().map(|page| page.runs.iter().map(|run| run.text.as_str()).collect()).collect();
    assert_eq!(said, ["two", "three", "one"]);
    let again = composed(&[&first, &second], &[leaf(0, 1, 0), leaf(1, 0, 90), leaf(0, 0, 90)]).await.expect("made");
    assert_eq!(made, again, "the same pages give the same bytes");
}

#[tokio::test]
async fn pictures_become_pages_and_a_jpeg_keeps_its_bytes() {
    let picture = made::picture(ImageFormat::Jpeg, 300, 400);
    let bits = made::picture(ImageFormat::Png, 64, 32);
    let made = composed(&[&picture, &bits], &[leaf(0, 0, 180), leaf(1, 0, 0)]).await.expect("made");
    assert!(made.windows(picture.len()).any(|part| part == picture), "the JPEG stands in it byte for byte");
    let folder = Folder::new();
    let file = folder.file("made", &made);
    let jpeg = reader().page_image(&file, 0, 300).await.expect("it is drawn");
    let drawn: RgbImage = image::load_from_memory(&jpeg).expect("a picture").into_rgb8();
    // What was red on the upper left is red on the lower right.
    assert!(drawn.get_pixel(drawn.width() - 20, drawn.height() - 20).0[2] < 128);
    assert!(drawn.get_pixel(20, 20).0[2] > 128);
}

#[tokio::test]
async fn a_page_is_straightened_by_a_little() {
    let level = made::pdf(&["straight as a ruler, this line of text is long"], 595, 842, 0);
    let askew = composed(&[&level], &[Leaf { skew_tenths: 50, ..leaf(0, 0, 0) }]).await.expect("made");
    let folder = Folder::new();
    let first = |texts: Vec<xiezhi_reading::PageText>| texts[0].runs[0].clone();
    let before = first(reader().texts(&folder.file("level", &level)).await.expect("read"));
    let after = first(reader().texts(&folder.file("askew", &askew)).await.expect("read"));
    // Left of the middle, turning clockwise lifts.
    assert!(after.y < before.y - 10.0, "{before:?} {after:?}");
}

#[tokio::test]
async fn a_page_that_is_not_there_and_no_pages_at_all_are_problems() {
    let one = made::pdf(&["one"], 400, 600, 0);
    let missing = composed(&[&one], &[leaf(0, 7, 0)]).await;
    assert!(matches!(missing, Err(ReadingError::Problem(ReadingProblem::NoSuchPage))), "{missing:?}");
    let nothing = composed(&[&one], &[]).await;
    assert!(matches!(nothing, Err(ReadingError::Problem(ReadingProblem::Empty))), "{nothing:?}");
}

#[tokio::test]
async fn a_book_of_pages_has_numbers_bookmarks_and_links_however_its_pages_lie() {
    let folder = Folder::new();
    let sources = [made::pdf(&["contents"], 400, 600, 0), made::pdf(&["one", "two"], 400, 600, 90), jpeg(sheet("X"))];
    let files: Vec<_> = (0..).zip(&sources).map(|(at, source)| folder.file(&format!("source-{at}"), source)).collect();
    let files: Vec<_> = files.iter().map(std::path::PathBuf::as_path).collect();
    let headings = [("目录", 0), ("民事起诉状", 1), ("照片", 3)];
    let heading = |(title, page): (&str, u32)| Heading { title: title.to_owned(), level: 1, page };
    let headings: Vec<Heading> = headings.into_iter().map(heading).collect();
    let link = Link { page: 0, x: 0.1, y: 0.2, w: 0.8, h: 0.05, to: 3 };
    let binding = Binding { numbered: true, headings: headings.clone(), links: vec![link], ..Binding::default() };
    let leaves = [leaf(0, 0, 0), leaf(1, 0, 0), leaf(1, 1, 0), leaf(2, 0, 0)];
    let bound = reader().bind(&files, &leaves, binding.clone()).await.expect("it is bound");
    let file = folder.file("bound", &bound);
    let texts = reader().texts(&file).await.expect("it is read");
    for (no, page) in (1..).zip(&texts) {
        let words: String = page.runs.iter().map(|run| run.text.replace(' ', "")).collect();
        assert!(words.contains(&format!("{no}/4")), "page {no}: {words}");
        let number = page.runs.iter().find(|run| run.text.contains('/')).expect("it has a number");
        assert!(number.y > page.size.height_pt * 0.9, "page {no} at its lower edge: {number:?}");
    }
    assert_eq!(reader().outline(&file).await.expect("it is read"), headings);
    let pdf = lopdf::Document::load_mem(&bound).expect("it is a PDF");
    let pages: Vec<lopdf::ObjectId> = pdf.page_iter().collect();
    let notes = pdf.get_dictionary(pages[0]).and_then(|page| page.get(b"Annots")).and_then(lopdf::Object::as_array);
    let note = notes.expect("it has a link")[0].as_reference().and_then(|at| pdf.get_dictionary(at)).expect("a link");
    let leads = note.get(b"Dest").and_then(lopdf::Object::as_array).expect("a page")[0].as_reference();
    assert_eq!(leads.ok(), Some(pages[3]));
    let again = reader().bind(&files, &leaves, binding).await.expect("it is bound");
    assert!(again == bound, "same pages, same bytes");
}
