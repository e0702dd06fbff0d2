//! Word, Excel, OFD and plain text are set on pages and can be searched.

use std::io::{Cursor, Write};

use xiezhi_reading::{Kind, Limits, Reader, ReadingError, ReadingProblem};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::folder::Folder;

/// A package of these parts.
pub(crate) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory can be written");
        zip.write_all(content.as_bytes()).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

/// What a file is, how many pages it has, and what they say.
async fn read(content: &[u8]) -> (Kind, usize, String) {
    let folder = Folder::new();
    let file = folder.file("received", content);
    let mut reader = Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default());
    if let Some(fonts) = std::env::var_os("XIEZHI_FONTS") {
        reader = reader.with_fonts(fonts);
    }
    let found = reader.inspect(&file).await.expect("the worker works");
    assert_eq!(found.problem, None);
    let pages = reader.texts(&file).await.expect("the worker works");
    let jpeg = reader.page_image(&file, 0, 400).await.expect("the page is drawn");
    assert!(jpeg.starts_with(b"\xff\xd8"));
    let text = pages.iter().flat_map(|page| &page.runs).map(|run| run.text.clone()).collect::<Vec<_>>().join("\n");
    (found.kind, pages.len(), text)
}

async fn problem(content: &[u8]) -> Option<ReadingProblem> {
    let folder = Folder::new();
    let file = folder.file("received", content);
    let reader = Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default());
    match reader.texts(&file).await {
        Err(ReadingError::Problem(problem)) => Some(problem),
        _ => None,
    }
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    package(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)])
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[tokio::test]
async fn a_word_document_is_read_with_its_tables() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let row = |one: &str, other: &str| format!("<w:tr>{}{}</w:tr>", cell(one), cell(other));
    let body = format!(
        "{}{}<w:tbl>{}{}</w:tbl><w:p><w:del><w:r><w:delText>划去</w:delText></w:r></w:del></w:p>",
        paragraph("民事答辩状"),
        paragraph("答辩人 Yi Qiankuan 对借款本金没有异议。"),
        row("项目", "金额"),
        row("本金", "150000元")
    );
    let (kind, pages, text) = read(&docx(&body)).await;
    assert_eq!((kind, pages), (Kind::Docx, 1));
    for words in ["民事答辩状", "答辩人", "Yi Qiankuan", "金额", "150000"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(!text.contains("划去"));
}

#[tokio::test]
async fn boxes_within_boxes_are_told_once_each_however_deep_they_lie() {
    let boxed = |inner: String, depth: u32| {
        format!("<w:p><w:r><w:t>第{depth}层盒</w:t></w:r><w:r><w:txbxContent>{inner}</w:txbxContent></w:r></w:p>")
    };
    let body = (1..=28).fold(paragraph("最里面"), boxed);
    let text = read(&docx(&body)).await.2;
    assert_eq!((text.matches("最里面").count(), text.matches("第1层盒").count()), (1, 1), "{text}");
}

#[tokio::test]
async fn a_long_document_has_many_pages_and_a_page_break_begins_one() {
    let long = paragraph("被告应当于本判决生效之日起十日内归还借款。").repeat(100);
    assert!(read(&docx(&long)).await.1 >= 3);
    let parted = format!("{}<w:p><w:r><w:br w:type=\"page\"/><w:t>第二页</w:t></w:r></w:p>", paragraph("第一页"));
    assert_eq!(read(&docx(&parted)).await.1, 2);
}

#[tokio::test]
async fn a_workbook_is_a_table_for_each_sheet() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("还款明细").expect("a name");
    sheet.write(0, 0, "日期").expect("a cell");
    sheet.write(0, 1, "金额").expect("a cell");
    sheet.write(1, 1, 6000.5).expect("a cell");
    book.add_worksheet().write(0, 0, "第二张").expect("a cell");
    let (kind, pages, text) = read(&book.save_to_buffer().expect("memory can be written")).await;
    assert_eq!((kind, pages), (Kind::Xlsx, 2));
    assert!(["还款明细", "金额", "6000.5", "第二张"].iter().all(|words| text.contains(words)), "{text}");
}

#[tokio::test]
async fn an_ofd_has_its_pages_where_it_says() {
    let page = r#"<ofd:Page xmlns:ofd="o"><ofd:Content><ofd:Layer><ofd:TextObject ID="9" Boundary="20 30 100 6" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g 3 5">电子发票</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"#;
    let document = r#"<ofd:Document xmlns:ofd="o"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>"#;
    let root =
        r#"<ofd:OFD xmlns:ofd="o"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#;
    let file =
        package(&[("OFD.xml", root), ("Doc_0/Document.xml", document), ("Doc_0/Pages/Page_0/Content.xml", page)]);
    let (kind, pages, text) = read(&file).await;
    assert_eq!((kind, pages), (Kind::Ofd, 1));
    assert!(text.replace('\n', "").contains("电子发票"), "{text}");
}

#[tokio::test]
async fn plain_text_is_read_in_its_own_encoding() {
    let (kind, pages, text) = read(b"\xc6\xf0\xcb\xdf\xd7\xb4\r\n").await;
    assert_eq!((kind, pages, text.as_str()), (Kind::Text, 1, "起诉状"));
}

#[tokio::test]
async fn an_old_word_document_is_read_by_its_pieces() {
    let (text, latin) = ("今借到贾借出人民币壹拾伍万元。\r", "IOU 150000\r");
    let mut document = vec![0; 0x400];
    document[0x4c..0x50].copy_from_slice(&((text.chars().count() + latin.len()) as u32).to_le_bytes());
    let text_at = document.len() as u32;
    document.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let latin_at = document.len() as u32;
    document.extend(latin.bytes());
    let (middle, end) = (text.chars().count() as u32, (text.chars().count() + latin.len()) as u32);
    let mut plan: Vec<u8> = [0, middle, end].iter().flat_map(|cp| cp.to_le_bytes()).collect();
    for place in [text_at, (latin_at * 2) | 0x4000_0000] {
        plan.extend([0, 0]);
        plan.extend(place.to_le_bytes());
        plan.extend([0, 0]);
    }
    let mut table = vec![2];
    table.extend((plan.len() as u32).to_le_bytes());
    table.extend(&plan);
    document[0x1a6..0x1aa].copy_from_slice(&(table.len() as u32).to_le_bytes());
    let mut file = cfb::CompoundFile::create(Cursor::new(vec![])).expect("memory can be written");
    for (name, bytes) in [("WordDocument", &document), ("0Table", &table)] {
        file.create_stream(name).and_then(|mut stream| stream.write_all(bytes)).expect("memory can be written");
    }
    let (kind, pages, read) = read(&file.into_inner().into_inner()).await;
    assert_eq!((kind, pages), (Kind::Ole, 1));
    assert!(read.contains("今借到贾借出人民币壹拾伍万元。") && read.contains("IOU 150000"), "{read}");
}

#[tokio::test]
async fn a_telephone_picture_is_a_page() {
    let (kind, pages, text) = read(include_bytes!("files/small.heic")).await;
    assert_eq!((kind, pages, text.as_str()), (Kind::Heic, 1, ""));
}

#[tokio::test]
async fn broken_documents_are_damaged() {
    for parts in [&[("word/document.xml", "<w:document")][..], &[("OFD.xml", "<a/>")], &[("xl/workbook.xml", "no")]] {
        assert!(problem(&package(parts)).await.is_some(), "{parts:?}");
    }
    assert_eq!(problem(&docx("")).await, Some(ReadingProblem::Empty));
}
