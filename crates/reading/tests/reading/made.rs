//! Files made for the tests.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};

/// A PDF of one page per text, `width` by `height` points, with Helvetica of 20 points at (50, 100).
pub fn pdf(texts: &[&str], width: i64, height: i64, rotate: i64) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages_id = document.new_object_id();
    let font_id = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
    });
    let mut kids: Vec<Object> = Vec::new();
    for text in texts {
        let content_id = document.add_object(Stream::new(dictionary! {}, show(text)));
        let page_id = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages_id, "Contents" => content_id, "Rotate" => rotate,
            "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font_id } },
        });
        kids.push(page_id.into());
    }
    let count = kids.len() as i64;
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(pages_id, Object::Dictionary(pages));
    let catalog_id = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages_id });
    document.trailer.set("Root", catalog_id);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory can be written");
    bytes
}

fn show(text: &str) -> Vec<u8> {
    let operations = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 20.into()]),
        Operation::new("Td", vec![50.into(), 100.into()]),
        Operation::new("Tj", vec![Object::string_literal(text)]),
        Operation::new("ET", vec![]),
    ];
    Content { operations }.encode().expect("the content is plain")
}

/// A picture, red on its upper left half, white elsewhere.
pub fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let paint = |x, y| {
        if x < width / 2 && y < height / 2 { Rgb([255, 0, 0]) } else { Rgb([255; 3]) }
    };
    encode(DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, paint)), format)
}

/// A PNG through which the paper shines everywhere.
pub fn glass(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbaImage::from_pixel(width, height, Rgba([0, 0, 0, 0]));
    encode(DynamicImage::ImageRgba8(picture), ImageFormat::Png)
}

fn encode(picture: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("memory can be written");
    bytes.into_inner()
}

/// Says in the EXIF of a JPEG that it was taken with the camera on its side.
pub fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let exif = [
        b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(),
        &[orientation, 0, 0, 0, 0, 0, 0],
    ]
    .concat();
    [&jpeg[..2], &exif, &jpeg[2..]].concat()
}

/// A PNG header that claims a size and brings nothing to fill it.
pub fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    png.extend(&header);
    png.extend(crc32(&header).to_be_bytes());
    png.extend(b"\0\0\0\0IDAT");
    png.extend(crc32(b"IDAT").to_be_bytes());
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    };
    !bytes.iter().fold(!0, step)
}

/// A package of empty parts that claim to unfold to `claimed_bytes` each.
pub fn package(parts: &[&str], claimed_bytes: u32) -> Vec<u8> {
    let mut package = b"PK\x03\x04".to_vec();
    package.resize(30, 0);
    let start = package.len() as u32;
    for part in parts {
        let mut entry = b"PK\x01\x02".to_vec();
        entry.resize(46, 0);
        entry[24..28].copy_from_slice(&claimed_bytes.to_le_bytes());
        entry[28..30].copy_from_slice(&(part.len() as u16).to_le_bytes());
        package.extend(entry);
        package.extend(part.as_bytes());
    }
    let length = package.len() as u32 - start;
    let mut end = b"PK\x05\x06".to_vec();
    end.resize(22, 0);
    end[12..16].copy_from_slice(&length.to_le_bytes());
    end[16..20].copy_from_slice(&start.to_le_bytes());
    package.extend(end);
    package
}

/// A PDF of one A4 page with these lines of Chinese in FangSong of 16 points, 29 points apart, from (80, 770) down. It
/// brings no font.
pub fn chinese_pdf(lines: &[&str]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages_id = document.new_object_id();
    let descriptor_id = document.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "FangSong", "Flags" => 4, "ItalicAngle" => 0, "Ascent" => 859,
        "Descent" => -140, "CapHeight" => 683, "StemV" => 80,
        "FontBBox" => vec![0.into(), (-200).into(), 1000.into(), 900.into()],
    });
    let descendant_id = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "FangSong", "DW" => 1000,
        "FontDescriptor" => descriptor_id,
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("GB1"), "Supplement" => 4,
        },
    });
    let font_id = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "FangSong", "Encoding" => "UniGB-UTF16-H",
        "DescendantFonts" => vec![descendant_id.into()],
    });
    let mut operations = vec![Operation::new("BT", vec![]), Operation::new("Tf", vec!["F1".into(), 16.into()])];
    for (at, line) in lines.iter().enumerate() {
        let down = if at == 0 { vec![80.into(), 770.into()] } else { vec![0.into(), (-29).into()] };
        let letters = line.encode_utf16().flat_map(u16::to_be_bytes).collect();
        operations.push(Operation::new("Td", down));
        operations.push(Operation::new("Tj", vec![Object::String(letters, lopdf::StringFormat::Hexadecimal)]));
    }
    operations.push(Operation::new("ET", vec![]));
    let content = Content { operations }.encode().expect("the content is plain");
    let content_id = document.add_object(Stream::new(dictionary! {}, content));
    let page_id = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages_id, "Contents" => content_id,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font_id } },
    });
    let pages = dictionary! { "Type" => "Pages", "Kids" => vec![page_id.into()], "Count" => 1 };
    document.objects.insert(pages_id, Object::Dictionary(pages));
    let catalog_id = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages_id });
    document.trailer.set("Root", catalog_id);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory can be written");
    bytes
}

/// The page as it lies when it was put on the glass askew: fallen to the right by `degrees`, on white.
pub fn askew(page: &RgbImage, degrees: f32) -> RgbImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (middle_x, middle_y) = (page.width() as f32 / 2.0, page.height() as f32 / 2.0);
    RgbImage::from_fn(page.width(), page.height(), |x, y| {
        let (x, y) = (x as f32 - middle_x, y as f32 - middle_y);
        let (from_x, from_y) = (x * cos + y * sin + middle_x, y * cos - x * sin + middle_y);
        let inside = from_x >= 0.0 && from_y >= 0.0;
        page.get_pixel_checked(from_x as u32, from_y as u32).filter(|_| inside).copied().unwrap_or(Rgb([255; 3]))
    })
}

/// A picture as a file.
pub fn file_of(picture: RgbImage, format: ImageFormat) -> Vec<u8> {
    encode(DynamicImage::ImageRgb8(picture), format)
}
