//! A copy that leaves has nothing of what was hidden: no letter, no pixel, no metadata.

use image::RgbImage;
use xiezhi_reading::{Blot, Limits, Reader, TextRun};

use crate::folder::Folder;
use crate::made;

fn reader() -> Reader {
    Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default())
}

async fn runs(reader: &Reader, file: &std::path::Path) -> Vec<Vec<TextRun>> {
    reader.texts(file).await.expect("the copy is read").into_iter().map(|page| page.runs).collect()
}

/// A box around a part of a run, in shares of its page.
fn around(run: &TextRun, page: u32, (from, until): (f32, f32), (width, height): (f32, f32)) -> Blot {
    Blot {
        page,
        x: (run.x + run.w * from) / width,
        y: run.y / height,
        w: run.w * (until - from) / width,
        h: run.h / height,
    }
}

fn is_black(page: &RgbImage, blot: &Blot) -> bool {
    let side = |share: f32, side: u32| (share * side as f32) as u32;
    let xs = side(blot.x, page.width()) + 2..side(blot.x + blot.w, page.width()) - 2;
    let ys = side(blot.y, page.height()) + 2..side(blot.y + blot.h, page.height()) - 2;
    // The copy is drawn anew from a JPEG: black is nearly black.
    xs.clone().count() > 10
        && ys.clone().all(|y| xs.clone().all(|x| page.get_pixel(x, y).0.iter().all(|value| *value < 24)))
}

#[tokio::test]
async fn hidden_words_are_gone_from_text_bytes_and_pixels_and_the_rest_stays() {
    let folder = Folder::new();
    let original = made::pdf(&["Minor Jia Xiaohai", "Judgment text"], 300, 400, 0);
    let file = folder.file("original", &original);
    let reader = reader();
    let before = runs(&reader, &file).await;
    // `Minor` stays, the name goes: it takes the last two thirds of the line.
    let blot = around(&before[0][0], 0, (0.36, 1.0), (300.0, 400.0));
    let copy = reader.redacted(&file, vec![blot]).await.expect("a copy is written");
    let copied = folder.file("copy", &copy);

    let said: String = runs(&reader, &copied).await.into_iter().flatten().map(|run| run.text).collect();
    assert!(said.contains("Minor") && said.contains("Judgment text"), "{said}");
    assert!(!said.contains("Jia") && !said.contains("Xiaohai"), "{said}");
    let hex: String = "Xiaohai".bytes().map(|byte| format!("{byte:02X}")).collect();
    for trace in ["Xiaohai", "Jia", hex.as_str(), "/Info", "/Metadata", "/EmbeddedFile", "/Annots"] {
        assert!(!copy.windows(trace.len()).any(|part| part == trace.as_bytes()), "{trace} is in the copy");
    }
    let jpeg = reader.page_image(&copied, 0, 900).await.expect("the copy is drawn");
    let page = image::load_from_memory(&jpeg).expect("it is a JPEG").into_rgb8();
    assert!(is_black(&page, &blot), "every pixel of the box is painted");
    assert_eq!(std::fs::read(&file).expect("the original is there"), original, "the original is untouched");
}

#[tokio::test]
async fn a_picture_is_copied_with_its_box_painted() {
    let folder = Folder::new();
    let file = folder.file("picture", &made::picture(image::ImageFormat::Png, 400, 200));
    let blot = Blot { page: 0, x: 0.1, y: 0.1, w: 0.3, h: 0.3 };
    let reader = reader();
    let copied = folder.file("copy", &reader.redacted(&file, vec![blot]).await.expect("a copy is written"));
    let jpeg = reader.page_image(&copied, 0, 400).await.expect("the copy is drawn");
    let page = image::load_from_memory(&jpeg).expect("it is a JPEG").into_rgb8();
    assert!(is_black(&page, &blot));
    let red = page.get_pixel(page.width() / 20, page.height() / 20).0;
    assert!(red[0] > 180 && red[1] < 90, "what lies beside the box stays: {red:?}");
}
