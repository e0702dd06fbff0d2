//! Receipts: for evidence (证据材料收据), what a party handed in on one day; and of the counter (材料收据), what somebody
//! brought there, as originals or copies.
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

/// One thing that was handed in at the counter.
#[derive(Clone, Copy, Debug)]
pub struct HandedIn<'a> {
    /// Its name.
    pub name: &'a str,
    /// Pages; 0 of what has none.
    pub pages: u32,
    /// Copies.
    pub copies: u16,
    /// The original that was shown: whether it went back at once, and where it is; nothing where only a copy was.
    pub original: Option<(bool, &'a str)>,
}

/// What the receipt of the counter says.
#[derive(Clone, Copy, Debug)]
pub struct IntakeReceipt<'a> {
    /// The court.
    pub court: &'a str,
    /// Number of the case; empty before it has one.
    pub number: &'a str,
    /// Whose papers: role and name.
    pub party: &'a str,
    /// Who brought them.
    pub brought_by: &'a str,
    /// What, in order.
    pub items: &'a [HandedIn<'a>],
    /// Day they came.
    pub received_on: Date,
    /// Who took them for the court.
    pub received_by: &'a str,
}

/// The receipt of the counter as a document (材料收据).
///
/// Source: 《民事诉讼法》第六十九条.
pub fn intake_receipt(receipt: &IntakeReceipt<'_>) -> Document {
    let head = ["序号", "材料名称", "页数", "份数", "原件或复印件", "原件去向"].map(str::to_owned).to_vec();
    let pages = |pages: u32| if pages == 0 { "—".to_owned() } else { pages.to_string() };
    let row = |(number, item): (usize, &HandedIn<'_>)| {
        let (kind, place) = match item.original {
            None => ("复印件", "—".to_owned()),
            Some((true, place)) => ("原件已核对", format!("已退还（{place}）")),
            Some((false, place)) => ("原件已核对", format!("留存（{place}）")),
        };
        let cells = [
            number.to_string(),
            item.name.to_owned(),
            pages(item.pages),
            item.copies.to_string(),
            kind.to_owned(),
            place,
        ];
        cells.map(|cell| vec![Span::text(cell)]).to_vec()
    };
    let rows = (1..).zip(receipt.items).map(row).collect();
    let paragraph = |text: String| Block::Paragraph { spans: vec![Span::text(text)], align: Align::Indented };
    let blocks = vec![
        paragraph(format!("今收到{}的下列材料，由{}交来：", receipt.party, receipt.brought_by)),
        Block::Table { head, widths: vec![1, 4, 1, 1, 2, 3], rows },
        paragraph(format!("收到时间：{}。", receipt.received_on)),
        paragraph("本收据一式两份，交材料的人和本院各存一份。".to_owned()),
    ];
    let signatory = |role: &str, name: &str| Signatory { role: role.to_owned(), name: name.to_owned(), hand: None };
    let signatures = SignatureBlock {
        above: vec![signatory("交材料人", ""), signatory("经办人", receipt.received_by)],
        dated_on: Some(receipt.received_on),
        below: vec![],
        sealed: false,
    };
    let number = (!receipt.number.is_empty()).then(|| receipt.number.to_owned());
    Document {
        blocks,
        number,
        signatures: Some(signatures),
        ..Document::new("intake_receipt", Layout::Table, receipt.court, "材料收据")
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

    #[test]
    fn a_receipt_of_the_counter_says_who_brought_what_and_where_the_originals_are() {
        let item = |name, original| HandedIn { name, pages: 2, copies: 2, original };
        let items = [
            item("借条", Some((true, "当场退还"))),
            item("收条", Some((false, "本院证物室3号柜"))),
            item("通话记录", None),
        ];
        let paper = intake_receipt(&IntakeReceipt {
            court: "烟台经济技术开发区人民法院",
            number: "（2026）鲁0691民初101号",
            party: "被告 易欠款",
            brought_by: "易欠款之子 易某",
            items: &items,
            received_on: jiff::civil::date(2026, 3, 2),
            received_by: "纪实录",
        });
        let said = paper.plain_text();
        for line in [
            "1\t借条\t2\t2\t原件已核对\t已退还（当场退还）",
            "2\t收条\t2\t2\t原件已核对\t留存（本院证物室3号柜）",
            "3\t通话记录\t2\t2\t复印件\t—",
            "易欠款之子 易某",
        ] {
            assert!(said.contains(line), "{line} is not in {said}");
        }
        assert!(paper.gaps().is_empty());
    }
}
