//! The receipt for evidence (证据材料收据): what a party handed in on one day, as originals or copies.
//!
//! Source: 《民事诉讼法》第六十九条.

use jiff::civil::Date;

use crate::structure::{Align, Block, Document, Layout, Signatory, SignatureBlock, Span};

/// One thing that was received.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// Its name.
    pub name: &'a str,
    /// Pages; 0 of what has none.
    pub pages: u32,
    /// Whether it is the original.
    pub original: bool,
}

/// What a receipt says.
#[derive(Clone, Copy, Debug)]
pub struct EvidenceReceipt<'a> {
    /// The court.
    pub court: &'a str,
    /// Number of the case; empty before it has one.
    pub number: &'a str,
    /// Who handed in: role and name.
    pub from: &'a str,
    /// What, in order.
    pub items: &'a [Received<'a>],
    /// Day it came.
    pub received_on: Date,
    /// Who received it for the court; empty leaves the place for a signature.
    pub received_by: &'a str,
}

/// The receipt as a document. Each item is one copy, as it was handed in.
pub fn evidence_receipt(receipt: &EvidenceReceipt<'_>) -> Document {
    let head = ["序号", "证据名称", "页数", "份数", "原件或复印件"].map(str::to_owned).to_vec();
    let pages = |pages: u32| if pages == 0 { "—".to_owned() } else { pages.to_string() };
    let row = |(number, item): (usize, &Received<'_>)| {
        let kind = if item.original { "原件" } else { "复印件" };
        let cells = [number.to_string(), item.name.to_owned(), pages(item.pages), "1".to_owned(), kind.to_owned()];
        cells.map(|cell| vec![Span::text(cell)]).to_vec()
    };
    let rows = (1..).zip(receipt.items).map(row).collect();
    let lead = format!("今收到{}提交的下列证据材料：", receipt.from);
    let paragraph = |text: String| Block::Paragraph { spans: vec![Span::text(text)], align: Align::Indented };
    let blocks = vec![
        paragraph(lead),
        Block::Table { head, widths: vec![1, 5, 1, 1, 2], rows },
        paragraph(format!("收到时间：{}。", receipt.received_on)),
    ];
    let received = Signatory { role: "经办人".to_owned(), name: receipt.received_by.to_owned(), hand: None };
    let signatures =
        SignatureBlock { above: vec![received], dated_on: Some(receipt.received_on), below: vec![], sealed: false };
    let number = (!receipt.number.is_empty()).then(|| receipt.number.to_owned());
    Document {
        blocks,
        number,
        signatures: Some(signatures),
        ..Document::new("evidence_receipt", Layout::Table, receipt.court, "证据材料收据")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_names_each_item_its_pages_and_whether_it_is_the_original() {
        let items = [
            Received { name: "借条", pages: 1, original: true },
            Received { name: "转账录音", pages: 0, original: false },
        ];
        let paper = evidence_receipt(&EvidenceReceipt {
            court: "烟台经济技术开发区人民法院",
            number: "（2026）鲁0691民初101号",
            from: "原告 贾借出",
            items: &items,
            received_on: jiff::civil::date(2026, 3, 2),
            received_by: "纪实录",
        });
        let said = paper.plain_text();
        assert!(said.contains("1\t借条\t1\t1\t原件") && said.contains("2\t转账录音\t—\t1\t复印件"), "{said}");
        assert!(said.contains("2026-03-02") && paper.gaps().is_empty());
    }
}
