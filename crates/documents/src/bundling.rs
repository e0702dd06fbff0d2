//! Contents on paper (目录): of a volume as it stands, and of a bundle of chosen papers (材料汇编), whose lines lead to
//! their pages.

use jiff::civil::Date;

use crate::{
    structure::{Align, Block, Cell, Document, Layout, Span},
    wording::date_in_text,
};

/// A paper in a list of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its title.
    pub title: String,
    /// Its day.
    pub on: Date,
    /// First page, numbered through.
    pub first_page: u32,
    /// Pages.
    pub pages: u32,
    /// Whether it belongs to the secondary volume.
    pub secondary: bool,
}

/// What a list of contents says.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// The court.
    pub court: &'a str,
    /// What the list is called.
    pub title: &'a str,
    /// Number of the case.
    pub number: &'a str,
    /// Its parties, short.
    pub parties: &'a str,
    /// For what it is made, or whose it is.
    pub purpose: &'a str,
    /// Who made it.
    pub made_by: &'a str,
    /// When.
    pub made_on: Date,
    /// The papers, in order.
    pub lines: &'a [Line],
}

/// What stands over a bundle that holds papers of the secondary volume.
pub const SECONDARY: &str = "本件含副卷材料，仅限合议庭及经批准人员查阅，不得提供给当事人及案外人。";
/// What stands under every list: it is derived.
const DERIVED: &str = "本件由电子卷宗按所选材料汇编，不是原件；页码为本件统编页码。材料以电子卷宗为准。";

/// The list of contents as a document.
pub fn contents(of: &Contents<'_>) -> Document {
    let about = |label: &str, value: &str| (label.to_owned(), vec![Span::text(value)]);
    let mut rows = vec![about("案号", of.number), about("当事人", of.parties)];
    if !of.purpose.is_empty() {
        rows.push(about("用途", of.purpose));
    }
    rows.push(about("制作", &format!("{} {}", of.made_by, date_in_text(of.made_on))));
    let table = Block::Table {
        head: ["序号", "材料名称", "日期", "页次"].map(str::to_owned).into(),
        widths: vec![1, 7, 3, 2],
        rows: (1..).zip(of.lines).map(|(no, line)| row(no, line)).collect(),
    };
    let mut blocks = vec![Block::KeyValue { rows }];
    if of.lines.iter().any(|line| line.secondary) {
        blocks.push(Block::Heading { text: SECONDARY.to_owned() });
    }
    blocks.push(table);
    Document { blocks, ..Document::new("bundle_contents", Layout::Table, of.court, of.title) }
}

/// The same with what a bundle says of itself: it is derived.
pub fn index(of: &Contents<'_>) -> Document {
    let mut document = contents(of);
    document.blocks.push(Block::Paragraph { spans: vec![Span::text(DERIVED)], align: Align::Left });
    document
}

fn row(no: usize, line: &Line) -> Vec<Cell> {
    let last = line.first_page + line.pages.max(1) - 1;
    let pages =
        if last > line.first_page { format!("{}-{last}", line.first_page) } else { line.first_page.to_string() };
    let title = if line.secondary { format!("〔副卷〕{}", line.title) } else { line.title.clone() };
    [no.to_string(), title, date_in_text(line.on), pages].into_iter().map(|text| vec![Span::text(text)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn line(title: &str, first_page: u32, pages: u32, secondary: bool) -> Line {
        Line { title: title.to_owned(), on: date(2026, 3, 2), first_page, pages, secondary }
    }

    fn made(lines: &[Line]) -> Document {
        let (court, title, purpose) = ("烟台经济技术开发区人民法院", "材料汇编目录", "二审移送");
        let (number, parties, made_by) = ("（2026）鲁0691民初101号", "贾借出 诉 易欠款", "书记员 甲");
        index(&Contents { court, title, number, parties, purpose, made_by, made_on: date(2026, 3, 3), lines })
    }

    #[test]
    fn each_line_says_on_which_pages_its_paper_lies() {
        let text = made(&[line("民事起诉状", 2, 3, false), line("借条", 5, 1, false)]).plain_text();
        assert!(
            text.contains("1\t民事起诉状\t2026年3月2日\t2-4") && text.contains("2\t借条\t2026年3月2日\t5"),
            "{text}"
        );
        assert!(!text.contains("副卷") && text.contains("不是原件"), "{text}");
    }

    #[test]
    fn a_bundle_with_papers_of_the_secondary_volume_says_so_over_the_list_and_in_it() {
        let made = made(&[line("民事起诉状", 2, 3, false), line("评议笔录", 5, 1, true)]);
        let text = made.plain_text();
        assert!(text.contains(SECONDARY) && text.contains("〔副卷〕评议笔录"), "{text}");
        assert_eq!(made.gaps(), Vec::<String>::new());
    }
}
