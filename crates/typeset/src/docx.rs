//! Document structures to DOCX, for those who insist on WPS or Word: the same pieces, the same page, the same bytes
//! for the same facts. A gap stays red and in brackets.

use std::fmt::Write as _;

use xiezhi_documents::structure::{Align, Block, Cell, Document, Layout, Signatory, SignatureBlock, Span};
use xiezhi_documents::wording::{count_in_chinese, date_in_chinese, spaced_name};

use crate::parts::{escaped, packed};

/// A page as Word measures it: twentieths of a point, and half points for letters.
struct Look {
    /// Size of the letters, in half points.
    size: u32,
    /// From line to line, in twentieths of a point.
    pitch: u32,
    /// Size of the title, in half points.
    title: u32,
    /// Top, bottom, left, right, in millimetres.
    margin: [u32; 4],
    /// Whether characters stand in the cells of the court's grid.
    grid: bool,
}

/// As the template of the PDF has it.
fn look(layout: Layout) -> Look {
    match layout {
        Layout::Judgment | Layout::Notice => {
            Look { size: 32, pitch: 580, title: 44, margin: [37, 35, 28, 26], grid: true }
        }
        Layout::Complaint => Look { size: 28, pitch: 500, title: 44, margin: [30, 30, 28, 26], grid: false },
        Layout::Transcript => Look { size: 28, pitch: 500, title: 40, margin: [30, 30, 28, 26], grid: false },
        Layout::Table => Look { size: 24, pitch: 400, title: 40, margin: [25, 30, 22, 22], grid: false },
    }
}

const FANG: &str = "仿宋_GB2312";
const SONG: &str = "宋体";
const HEI: &str = "黑体";
/// The red of what is missing, as on the page.
const MISSING: &str = "B00020";

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Writes a paper as DOCX. The same structure gives the same bytes.
pub fn write(paper: &Document) -> Vec<u8> {
    write_marked(paper, &[])
}

/// The same with properties of its own, which word processors keep: by them a file is known when it comes back.
pub fn write_marked(paper: &Document, marks: &[(&str, String)]) -> Vec<u8> {
    let parts: [(&str, String); 8] = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", core(paper)),
        ("docProps/custom.xml", custom(marks)),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.to_owned()),
        ("word/document.xml", body(paper)),
        ("word/styles.xml", styles(&look(paper.layout))),
        ("word/footer.xml", footer(paper.layout)),
    ];
    packed(parts.map(|(name, text)| (name.to_owned(), [HEAD, &text].concat().into_bytes())))
}

const CONTENT_TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>"#;
const DOCUMENT_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer.xml"/></Relationships>"#;

fn core(paper: &Document) -> String {
    format!(
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}{}</dc:title><dc:creator>{}</dc:creator></cp:coreProperties>"#,
        escaped(&paper.title),
        escaped(paper.number.as_deref().unwrap_or_default()),
        escaped(&paper.court),
    )
}

fn custom(marks: &[(&str, String)]) -> String {
    let mark = |(at, (name, value)): (usize, &(&str, String))| {
        format!(
            r#"<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{}" name="{}"><vt:lpwstr>{}</vt:lpwstr></property>"#,
            at + 2,
            escaped(name),
            escaped(value),
        )
    };
    let marks: String = marks.iter().enumerate().map(mark).collect();
    format!(
        r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{marks}</Properties>"#
    )
}

fn twips(mm: u32) -> u32 {
    mm * 1440 * 10 / 254
}

fn styles(look: &Look) -> String {
    let style = |id: &str, name: &str, paragraph: &str, font: &str, half_points: u32, bold: bool| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{}{}<w:sz w:val="{half_points}"/></w:rPr></w:style>"#,
            face(font),
            if bold { "<w:b/>" } else { "" },
        )
    };
    let (size, pitch) = (look.size, look.pitch);
    // 156 mm for 28 characters of 16 pt: each is closed up by a quarter of a point. A grid of characters would say the
    // same, and is read by each program in its own way.
    let closed_up = if look.grid { r#"<w:spacing w:val="-5"/>"# } else { "" };
    // Two characters, for programs that count them and for those that measure.
    let indent = format!(r#"<w:ind w:firstLineChars="200" w:firstLine="{}"/>"#, size * 20);
    let heading = format!(r#"<w:keepNext/>{indent}<w:outlineLvl w:val="1"/>"#);
    format!(
        r#"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{}{closed_up}<w:sz w:val="{size}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{pitch}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>{}{}{}{}</w:styles>"#,
        face(FANG),
        style("Title", "Title", r#"<w:jc w:val="center"/><w:outlineLvl w:val="0"/>"#, SONG, look.title, true),
        style("Heading1", "heading 1", &heading, HEI, size, false),
        style("Body", "Body Text", &indent, FANG, size, false),
        style(
            "Cell",
            "Table Contents",
            r#"<w:spacing w:line="360" w:lineRule="exact"/><w:jc w:val="left"/>"#,
            FANG,
            24,
            false
        ),
    )
}

fn face(font: &str) -> String {
    format!(r#"<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>"#)
}

fn footer(layout: Layout) -> String {
    let field = |name: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let text = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let numbered = match layout {
        Layout::Transcript | Layout::Table => {
            [text("第"), field("PAGE"), text("页　共"), field("NUMPAGES"), text("页")].concat()
        }
        _ => field("PAGE"),
    };
    format!(r#"<w:ftr {NAMESPACES}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{numbered}</w:p></w:ftr>"#)
}

fn body(paper: &Document) -> String {
    let look = look(paper.layout);
    let mut xml = format!("<w:document {NAMESPACES}><w:body>");
    if !paper.court.is_empty() {
        paragraph(&mut xml, r#"<w:pStyle w:val="Title"/>"#, &run(&paper.court, ""));
    }
    paragraph(&mut xml, r#"<w:pStyle w:val="Title"/>"#, &run(&paper.title, ""));
    if let Some(number) = &paper.number {
        paragraph(&mut xml, r#"<w:ind w:rightChars="100" w:right="320"/><w:jc w:val="right"/>"#, &run(number, ""));
    }
    for block in &paper.blocks {
        piece(&mut xml, block, &look);
    }
    if let Some(signatures) = &paper.signatures {
        under(&mut xml, signatures);
    }
    for block in &paper.annex {
        piece(&mut xml, block, &look);
    }
    if let Some(code) = &paper.verify_code {
        paragraph(
            &mut xml,
            r#"<w:jc w:val="right"/>"#,
            &run(&format!("文书验证码 {}", code.id), r#"<w:sz w:val="18"/>"#),
        );
    }
    xml.push_str(&section(&look));
    xml.push_str("</w:body></w:document>");
    xml
}

/// The page, and for papers on the grid its 22 lines.
fn section(look: &Look) -> String {
    let [top, bottom, left, right] = look.margin.map(twips);
    let grid = match look.grid {
        true => format!(r#"<w:docGrid w:type="lines" w:linePitch="{}"/>"#, look.pitch),
        false => String::new(),
    };
    format!(
        r#"<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="850" w:footer="{}" w:gutter="0"/>{grid}</w:sectPr>"#,
        twips(25),
    )
}

fn piece(xml: &mut String, block: &Block, look: &Look) {
    const BODY: &str = r#"<w:pStyle w:val="Body"/>"#;
    match block {
        Block::Paragraph { spans, align } => paragraph(xml, aligned(*align), &runs(spans)),
        Block::Heading { text } => paragraph(xml, r#"<w:pStyle w:val="Heading1"/>"#, &run(text, "")),
        Block::Order { no, spans } => {
            let numbered = run(&format!("{}、", count_in_chinese(u32::from(*no))), "");
            paragraph(xml, BODY, &(numbered + &runs(spans)));
        }
        Block::Speech { speaker, spans } => {
            let speaker = run(&format!("{speaker}："), &face(HEI));
            paragraph(xml, "", &(speaker + &runs(spans)));
        }
        Block::Table { head, widths, rows } => table(xml, head, widths, rows, look),
        Block::KeyValue { rows } => {
            let rows: Vec<Vec<Cell>> =
                rows.iter().map(|(label, value)| vec![vec![Span::text(label.clone())], value.clone()]).collect();
            table(xml, &[], &[3, 7], &rows, look);
        }
        Block::Code { text } => paragraph(xml, aligned(Align::Centred), &run(text, "")),
        Block::Gap { what } => paragraph(xml, BODY, &runs(&[Span::gap(what.clone())])),
    }
}

fn aligned(align: Align) -> &'static str {
    match align {
        Align::Indented => r#"<w:pStyle w:val="Body"/>"#,
        Align::Left => r#"<w:jc w:val="left"/>"#,
        Align::Centred => r#"<w:jc w:val="center"/>"#,
        Align::Right => r#"<w:jc w:val="right"/>"#,
    }
}

/// A table with ruled cells; a short row is filled up, so that the cells of the next stay in their columns.
fn table(xml: &mut String, head: &[String], widths: &[u16], rows: &[Vec<Cell>], look: &Look) {
    let columns = if head.is_empty() { rows.first().map_or(0, Vec::len) } else { head.len() };
    if columns == 0 {
        return;
    }
    let equal = vec![1; columns];
    let widths = if widths.len() == columns { widths } else { &equal };
    let whole: u32 = 11_906 - twips(look.margin[2]) - twips(look.margin[3]);
    let sum: u32 = widths.iter().map(|width| u32::from(*width)).sum::<u32>().max(1);
    let widths: Vec<u32> = widths.iter().map(|width| whole * u32::from(*width) / sum).collect();
    let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|edge| format!(r#"<w:{edge} w:val="single" w:sz="4" w:color="000000"/>"#))
        .concat();
    let _ = write!(
        xml,
        r#"<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#
    );
    for width in &widths {
        let _ = write!(xml, r#"<w:gridCol w:w="{width}"/>"#);
    }
    xml.push_str("</w:tblGrid>");
    if !head.is_empty() {
        let titles: Vec<String> = head.iter().map(|title| run(title, &face(HEI))).collect();
        row(xml, "<w:trPr><w:tblHeader/></w:trPr>", &widths, &titles);
    }
    for cells in rows {
        let cells: Vec<String> = cells.iter().map(|cell| runs(cell)).collect();
        row(xml, "", &widths, &cells);
    }
    xml.push_str("</w:tbl>");
}

fn row(xml: &mut String, properties: &str, widths: &[u32], cells: &[String]) {
    let _ = write!(xml, "<w:tr>{properties}");
    for (place, width) in widths.iter().enumerate() {
        let _ = write!(xml, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>"#);
        paragraph(xml, r#"<w:pStyle w:val="Cell"/>"#, cells.get(place).map_or("", String::as_str));
        xml.push_str("</w:tc>");
    }
    xml.push_str("</w:tr>");
}

/// Who stands under the paper, at its right edge.
fn under(xml: &mut String, block: &SignatureBlock) {
    const RIGHT: &str = r#"<w:keepNext/><w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>"#;
    let one = |person: &Signatory| {
        let name = if person.name.is_empty() { "　　　　".to_owned() } else { spaced_name(&person.name) };
        run(&format!("{}　{name}", person.role), "")
    };
    paragraph(xml, "", "");
    for person in &block.above {
        paragraph(xml, RIGHT, &one(person));
    }
    let date = match block.dated_on {
        Some(day) => run(&date_in_chinese(day), ""),
        None => runs(&[Span::gap("落款日期")]),
    };
    paragraph(xml, RIGHT, &date);
    for person in &block.below {
        paragraph(xml, RIGHT, &one(person));
    }
}

fn paragraph(xml: &mut String, properties: &str, runs: &str) {
    let _ = write!(xml, "<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>");
}

fn runs(spans: &[Span]) -> String {
    let one = |span: &Span| {
        let properties = if span.gap { format!(r#"<w:color w:val="{MISSING}"/>"#) } else { String::new() };
        run(&span.shown(), &properties)
    };
    spans.iter().map(one).collect()
}

/// A run of letters; a break of line in it stays one.
fn run(text: &str, properties: &str) -> String {
    let lines: Vec<String> =
        text.split('\n').map(|line| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(line))).collect();
    format!("<w:r><w:rPr>{properties}</w:rPr>{}</w:r>", lines.join("<w:br/>"))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use xiezhi_documents::structure::Hand;
    use zip::ZipArchive;

    use super::*;

    fn judgment() -> Document {
        let mut paper = Document::new("civil_judgment", Layout::Judgment, "某某人民法院", "民事判决书");
        paper.number = Some("（2026）鲁0691民初101号".into());
        paper.blocks = vec![
            Block::text("原告诉称：利息 < 本金 & “约定”\n第二行。"),
            Block::heading("诉讼请求"),
            Block::paragraph([Span::text("借款本金"), Span::gap("本金数额")]),
            Block::Order { no: 2, spans: vec![Span::text("被告偿还借款。")] },
            Block::Speech { speaker: "审判员".into(), spans: vec![Span::text("现在开庭。")] },
            Block::Table {
                head: vec!["证据".into(), "意见".into()],
                widths: vec![],
                rows: vec![vec![vec![Span::text("借条")]]],
            },
            Block::KeyValue { rows: vec![("案由".into(), vec![Span::text("民间借贷纠纷")])] },
        ];
        let mut clerk = Signatory::new("书记员", "纪实");
        clerk.hand = Some(Hand { sha256: String::new(), svg: String::new() });
        paper.signatures = Some(SignatureBlock {
            above: vec![Signatory::new("审判员", "甄明理")],
            dated_on: Some(jiff::civil::date(2026, 4, 10)),
            below: vec![clerk],
            sealed: true,
        });
        paper
    }

    /// Every part of the archive, by name.
    fn parts(docx: &[u8]) -> Vec<(String, String)> {
        let mut archive = ZipArchive::new(Cursor::new(docx)).expect("it is an archive");
        let read = |at| {
            let mut part = archive.by_index(at).expect("the part is there");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("it is text");
            (part.name().expect("a name of ours").into_owned(), text)
        };
        let count = ZipArchive::new(Cursor::new(docx)).expect("it is an archive").len();
        (0..count).map(read).collect()
    }

    #[test]
    fn the_same_facts_give_the_same_bytes() {
        assert_eq!(write(&judgment()), write(&judgment()));
    }

    #[test]
    fn every_part_is_well_formed_and_the_words_are_those_of_the_paper() {
        let parts = parts(&write(&judgment()));
        for (name, text) in &parts {
            if let Err(fault) = roxmltree::Document::parse(text) {
                panic!("{name}: {fault}");
            }
        }
        let (_, body) = parts.iter().find(|(name, _)| name == "word/document.xml").expect("it has a body");
        let read = roxmltree::Document::parse(body).expect("it is XML");
        let words: Vec<String> = read
            .descendants()
            .filter(|node| node.has_tag_name(("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "p")))
            .map(|paragraph| {
                paragraph.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect()
            })
            .collect();
        assert_eq!(
            words,
            [
                "某某人民法院",
                "民事判决书",
                "（2026）鲁0691民初101号",
                "原告诉称：利息 < 本金 & “约定”第二行。",
                "诉讼请求",
                "借款本金【待补：本金数额】",
                "二、被告偿还借款。",
                "审判员：现在开庭。",
                "证据",
                "意见",
                "借条",
                "",
                "案由",
                "民间借贷纠纷",
                "",
                "审判员　甄明理",
                "二〇二六年四月十日",
                "书记员　纪　实",
            ]
        );
    }
}
