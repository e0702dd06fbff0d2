//! The cover sheet (扫描分隔页): laid before papers on the scanner, it says by its code where they go.

use jiff::civil::Date;

use crate::structure::{Align, Block, Document, Layout, Span};

/// What a cover sheet says.
#[derive(Clone, Copy, Debug)]
pub struct CoverSheet<'a> {
    /// The court.
    pub court: &'a str,
    /// Number of the case.
    pub number: &'a str,
    /// Its parties, short.
    pub parties: &'a str,
    /// Kind of the paper behind it.
    pub kind: &'a str,
    /// Its place in the catalogue.
    pub place: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Day it was printed.
    pub printed_on: Date,
    /// What its code says.
    pub code: &'a str,
}

/// The cover sheet as a document.
pub fn cover_sheet(sheet: &CoverSheet<'_>) -> Document {
    let line = |label: &str, value: &str| (label.to_owned(), vec![Span::text(value)]);
    let rows = vec![
        line("案号", sheet.number),
        line("当事人", sheet.parties),
        line("材料名称", sheet.title),
        line("材料种类", sheet.kind),
        line("卷内目录", sheet.place),
        line("打印日期", &sheet.printed_on.to_string()),
    ];
    let said = "放在本份材料第一页之前，一起扫描。扫描后，直到下一张分隔页之前的各页进入本案待入卷。分隔页本身不入卷。";
    let blocks = vec![
        Block::KeyValue { rows },
        Block::Code { text: sheet.code.to_owned() },
        Block::Paragraph { spans: vec![Span::text(said)], align: Align::Indented },
    ];
    Document { blocks, ..Document::new("scan_cover_sheet", Layout::Notice, sheet.court, "扫描分隔页") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cover_sheet_says_where_its_papers_go_and_has_no_gap() {
        let sheet = cover_sheet(&CoverSheet {
            court: "烟台经济技术开发区人民法院",
            number: "（2026）鲁0691民初101号",
            parties: "贾借出 诉 易欠款",
            kind: "证据",
            place: "原告举证材料",
            title: "借条",
            printed_on: jiff::civil::date(2026, 3, 2),
            code: "XZSHEET:00",
        });
        assert_eq!(sheet.gaps(), [] as [String; 0]);
        assert!(sheet.blocks.contains(&Block::Code { text: "XZSHEET:00".to_owned() }));
    }
}
