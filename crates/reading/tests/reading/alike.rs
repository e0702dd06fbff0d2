//! Scans of one sheet are told from those of another, also where both are the same form. Chinese letters need the fonts
//! that `./setup.sh fonts` brings; where they are not there, these tests say so and pass.

use std::path::PathBuf;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, imageops};
use xiezhi_reading::{Leaf, Limits, Reader};

use crate::folder::Folder;
use crate::made;

/// A form, filled in with a name, an amount in letters, and a day.
fn form(name: &str, amount: &str, day: &str) -> Vec<String> {
    let lines = [
        "借　条".to_owned(),
        "为购买房产，现收到出借人以转账方式出借的款项。".to_owned(),
        format!("借款人：{name}，身份证住址与户籍所在地一致。"),
        format!("借款金额：人民币{amount}，已全部收讫无误。"),
        format!("借款日期：{day}，借款期限为十二个月整。"),
        "借款利率按照合同成立时一年期贷款市场报价利率计算，".to_owned(),
        "利息随本金于借款到期之日一次性付清，不计复利。".to_owned(),
        "逾期未还的，自逾期之日起按照前述利率的一点五倍".to_owned(),
        "支付逾期利息，并承担出借人为实现债权支出的费用，".to_owned(),
        "包括但不限于诉讼费、保全费、律师代理费及差旅费。".to_owned(),
        "双方因本借条发生争议的，由出借人住所地的人民法院".to_owned(),
        "管辖。本借条一式两份，双方各执一份，签字后生效。".to_owned(),
        "借款人已经阅读并理解以上全部内容，自愿签署本借条。".to_owned(),
        "借款人签名：　　　　　　　　　　见证人签名：".to_owned(),
    ];
    lines.into()
}

fn reader() -> Option<Reader> {
    let from = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let cache = from("XIEZHI_CACHE").or_else(|| from("HOME").map(|home| home.join(".cache/xiezhi")))?;
    let fonts = cache.join("fonts");
    if !fonts.is_dir() {
        println!("skipped: ./setup.sh fonts has not brought fonts");
        return None;
    }
    Some(Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default()).with_fonts(fonts))
}

/// The form as a scanner at 150 dpi has it.
async fn scanned(reader: &Reader, folder: &Folder, lines: &[String]) -> RgbImage {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let pdf = folder.file("typed", &made::chinese_pdf(&lines));
    let jpeg = reader.page_image(&pdf, 0, 1_240).await.expect("the page is drawn");
    image::load_from_memory(&jpeg).expect("it is a JPEG").into_rgb8()
}

/// Grain and dust, as poor scanners have it; the same each time.
fn grained(page: &RgbImage, grey: u8) -> RgbImage {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 16
    };
    let mut page = page.clone();
    for pixel in page.pixels_mut() {
        let noise = (next() % 17) as u8;
        pixel.0 = pixel.0.map(|level| level.saturating_sub(grey).saturating_add(noise));
    }
    for _ in 0..40 {
        let (x, y) = (next() % page.width(), next() % page.height());
        page.put_pixel(x, y, Rgb([20; 3]));
    }
    page
}

/// Laid on the glass a little higher and more to the left, on a larger sheet.
fn moved(page: &RgbImage) -> RgbImage {
    let mut sheet = RgbImage::from_pixel(page.width() + 60, page.height() + 40, Rgb([250; 3]));
    imageops::overlay(&mut sheet, page, 12, 30);
    sheet
}

fn jpeg(page: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = vec![];
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
    DynamicImage::ImageRgb8(page.clone()).write_with_encoder(encoder).expect("memory can be written");
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn scans_of_one_sheet_are_the_same_however_it_was_scanned() {
    let Some(reader) = reader() else { return };
    let folder = Folder::new();
    let page = scanned(&reader, &folder, &form("贾借出", "壹拾伍万元整", "二〇二五年六月一日")).await;
    let first = folder.file("first", &made::file_of(page.clone(), ImageFormat::Png));
    let smaller = |width: u32| {
        let height = page.height() * width / page.width();
        imageops::resize(&page, width, height, imageops::FilterType::Triangle)
    };
    let again = [
        ("packed more", jpeg(&page, 35)),
        ("coarser", jpeg(&smaller(827), 80)),
        ("askew", jpeg(&made::askew(&page, 1.6), 80)),
        ("askew the other way, moved, grained", jpeg(&grained(&moved(&made::askew(&page, -0.9)), 14), 70)),
        ("finer", jpeg(&imageops::resize(&page, 1_654, 2_339, imageops::FilterType::CatmullRom), 75)),
    ];
    let look = reader.looks(&first).await.expect("it is looked at")[0].expect("it is not blank");
    for (how, bytes) in again {
        let other = folder.file("again", &bytes);
        let like = reader.looks(&other).await.expect("it is looked at")[0].expect("it is not blank");
        assert!(look.is_like(&like), "{how}: it looks like it");
        assert_eq!(reader.same(&first, &other, &[(0, 0)]).await.expect("they are compared"), [true], "{how}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_that_were_filled_in_otherwise_are_not_the_same() {
    let Some(reader) = reader() else { return };
    let folder = Folder::new();
    let (name, amount, day) = ("贾借出", "壹拾伍万元整", "二〇二五年六月一日");
    let page = scanned(&reader, &folder, &form(name, amount, day)).await;
    let first = folder.file("first", &made::file_of(page, ImageFormat::Png));
    let others = [
        ("another name", form("易欠款", amount, day)),
        ("another amount", form(name, "贰拾叁万元整", day)),
        ("another day", form(name, amount, "二〇二四年三月九日")),
        ("one letter of the name", form("贾借山", amount, day)),
        ("one letter of the amount", form(name, "壹拾陆万元整", day)),
        ("one letter of the day", form(name, amount, "二〇二五年七月一日")),
        ("all of it", form("孙明理", "叁仟捌佰元整", "二〇二三年七月四日")),
        ("another order", form(name, amount, day).into_iter().rev().collect()),
    ];
    for (what, lines) in others {
        let page = scanned(&reader, &folder, &lines).await;
        for scan in [page.clone(), made::askew(&page, 0.8)] {
            let other = folder.file("other", &jpeg(&scan, 80));
            let same = reader.same(&first, &other, &[(0, 0)]).await.expect("they are compared");
            assert_eq!(same, [false], "{what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_a_thick_file_is_looked_at_and_every_pair_compared() {
    let Some(reader) = reader() else { return };
    let folder = Folder::new();
    let page = scanned(&reader, &folder, &form("贾借出", "壹拾伍万元整", "二〇二五年六月一日")).await;
    let sheet = folder.file("sheet", &made::file_of(page, ImageFormat::Png));
    for count in [8, 9] {
        let leaf = Leaf { source: 0, page: 0, turn: 0, skew_tenths: 0 };
        let thick = reader.compose(&[&sheet], &vec![leaf; count]).await.expect("it is put together");
        let thick = folder.file("thick", &thick);
        let looks = reader.looks(&thick).await.expect("it is looked at");
        assert_eq!(looks.len(), count);
        assert!(looks.iter().all(|look| look.is_some_and(|look| look.is_like(&looks[0].expect("it is not blank")))));
        let mut pairs: Vec<(u32, u32)> = (0..count as u32).map(|page| (0, page)).collect();
        pairs.push((0, 99));
        let same = reader.same(&sheet, &thick, &pairs).await.expect("they are compared");
        assert_eq!(same.iter().filter(|is_same| **is_same).count(), count);
        assert!(!same[count], "there is no such page");
    }
}

#[tokio::test]
async fn blank_pages_and_pages_of_a_few_words_are_like_nothing() {
    let Some(reader) = reader() else { return };
    let folder = Folder::new();
    let blank = folder.file("blank", &jpeg(&RgbImage::from_pixel(1_240, 1_754, Rgb([250; 3])), 80));
    assert_eq!(reader.looks(&blank).await.expect("it is looked at"), [None]);
    assert_eq!(reader.same(&blank, &blank, &[(0, 0)]).await.expect("they are compared"), [false]);
    let few = scanned(&reader, &folder, &["附件".to_owned()]).await;
    let few = folder.file("few", &jpeg(&few, 80));
    assert_eq!(reader.same(&few, &few, &[(0, 0), (0, 7)]).await.expect("they are compared"), [false, false]);
}
