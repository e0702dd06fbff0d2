//! The structure of a court document (文书): what it says, apart from how it looks.
//!
//! One structure renders to the page in the editor, to PDF and to DOCX. It knows no layout units, no
//! fonts and no HTML; it knows where each fact came from and what is still missing.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A court document (文书), complete enough to be laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Document {
    /// Stable id of the document kind, such as `civil_judgment`.
    pub kind: String,
    /// The court's full name, first line of its papers; empty on papers that parties write.
    pub court: String,
    /// What the paper is called: 民事判决书.
    pub title: String,
    /// The case number (案号), where the paper carries one.
    pub number: Option<String>,
    /// The family of looks it is printed in.
    pub layout: Layout,
    /// The body, in order.
    pub blocks: Vec<Block>,
    /// Who stands under it and when (落款).
    pub signatures: Option<SignatureBlock>,
    /// What stands behind the signatures, in order (附).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annex: Vec<Block>,
    /// The code by which a reader finds the proof; fixed before approval, so that issuing changes no page.
    pub verify_code: Option<VerifyCode>,
    /// Text printed faintly across each page, such as the mark of a demonstration court.
    pub watermark: Option<String>,
}

/// The family of looks a paper is printed in (版式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Judgments, rulings, mediation statements: the grid of 22 lines by 28 characters.
    Judgment,
    /// Notices, summonses, certificates: the same hand, a looser page.
    Notice,
    /// Papers that are mostly a table: lists of evidence, approval sheets, element forms.
    Table,
    /// Transcripts (笔录): speaker and words.
    Transcript,
    /// Papers that a party writes: complaint, answer, confirmation of address.
    Complaint,
}

/// One piece of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph (段).
    Paragraph {
        /// Its text.
        spans: Vec<Span>,
        /// Where its lines start.
        #[serde(default)]
        align: Align,
    },
    /// A heading within the paper: 诉讼请求.
    Heading {
        /// Its words.
        text: String,
    },
    /// One numbered order (判项) or claim; `no` counts from 1 and prints as 一、.
    Order {
        /// Its number, from 1.
        no: u16,
        /// Its text.
        spans: Vec<Span>,
    },
    /// What one person said in a transcript: 审判员：…….
    Speech {
        /// Role or name of the speaker.
        speaker: String,
        /// The words.
        spans: Vec<Span>,
    },
    /// A table with a head row.
    Table {
        /// Titles of the columns; their number fixes the number of cells in each row.
        head: Vec<String>,
        /// Relative widths of the columns; empty means equal.
        #[serde(default)]
        widths: Vec<u16>,
        /// Rows of cells.
        rows: Vec<Vec<Cell>>,
    },
    /// Labels with their values, printed as a ruled sheet: 姓名 | 张三.
    KeyValue {
        /// Label and value.
        rows: Vec<(String, Cell)>,
    },
    /// A code for machines, large enough for a scanner (二维码).
    Code {
        /// What it says.
        text: String,
    },
    /// A part that nobody has written yet (待补). The court never invents it.
    Gap {
        /// What is missing, in words for the drafter.
        what: String,
    },
}

/// The text of one cell of a table.
pub type Cell = Vec<Span>;

/// Where the lines of a paragraph start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// First line two characters in: running text.
    #[default]
    Indented,
    /// At the left edge: 烟台经济技术开发区人民法院 after 此致.
    Left,
    /// In the middle.
    Centred,
    /// At the right edge: 具状人.
    Right,
}

/// A run of text with where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Span {
    /// The words; for a gap, what is missing.
    pub text: String,
    /// Where the fact stands, so that the editor can lead there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Whether the fact is still missing (待补).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gap: bool,
}

/// Where a filled fact came from (出处).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Source {
    /// An answer in an element-type form.
    Field {
        /// Id of the form.
        form: String,
        /// Id of the field in it.
        field: String,
    },
    /// An act in the record.
    Event {
        /// Position of the event in the case's stream, from 1.
        position: u64,
    },
    /// A page of a paper in the e-file.
    Material {
        /// Id of the material.
        material: String,
        /// Page within it, from 1.
        page: u32,
    },
    /// A rule computed it: a period, a fee, interest.
    Rule {
        /// Id of the rule.
        rule: String,
    },
    /// The court's own settings or directory.
    Court,
    /// A person wrote it.
    Person {
        /// Who, as the case calls them.
        name: String,
    },
}

/// Who stands under a paper and when (落款).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SignatureBlock {
    /// Those above the date, in order: 审判长, 审判员, 人民陪审员; or the party.
    pub above: Vec<Signatory>,
    /// The date; `None` is a gap.
    pub dated_on: Option<Date>,
    /// Those below the date: 法官助理, 书记员.
    pub below: Vec<Signatory>,
    /// Whether the court's seal goes on the date (加盖院印), "骑年盖月".
    pub sealed: bool,
}

/// One person under a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Signatory {
    /// 审判长, 书记员, 具状人.
    pub role: String,
    /// The name; empty leaves the place for a signature by hand.
    pub name: String,
    /// The signature by hand, drawn in the place of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<Hand>,
}

/// A signature by hand (手写签名).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Hand {
    /// SHA-256 of its picture, in hex.
    pub sha256: String,
    /// The picture (SVG), put in before printing by whoever keeps it; without it the name is printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub svg: String,
}

/// The code by which a reader finds the proof of a paper (文书验证码).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct VerifyCode {
    /// The document's id, printed beside the code.
    pub id: String,
    /// The address the code leads to.
    pub url: String,
}

/// Why a paper can't be issued yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete {
    /// What is missing, in reading order.
    pub gaps: Vec<String>,
}

impl Incomplete {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        "document_incomplete"
    }
}

impl Document {
    /// An empty paper of one kind; the caller fills the rest.
    pub fn new(kind: &str, layout: Layout, court: &str, title: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            court: court.to_owned(),
            title: title.to_owned(),
            number: None,
            layout,
            blocks: Vec::new(),
            signatures: None,
            annex: Vec::new(),
            verify_code: None,
            watermark: None,
        }
    }

    /// Lists what is missing (待补), in reading order.
    pub fn gaps(&self) -> Vec<String> {
        let mut gaps: Vec<String> = self.blocks.iter().flat_map(Block::gaps).collect();
        if self.signatures.as_ref().is_some_and(|block| block.dated_on.is_none()) {
            gaps.push("落款日期".to_owned());
        }
        gaps
    }

    /// Asks whether the paper may be issued (签发): a paper with gaps may not.
    ///
    /// # Errors
    /// [`Incomplete`] with every gap.
    pub fn require_complete(&self) -> Result<(), Incomplete> {
        let gaps = self.gaps();
        if gaps.is_empty() { Ok(()) } else { Err(Incomplete { gaps }) }
    }

    /// The signatures by hand under the paper.
    pub fn hands_mut(&mut self) -> impl Iterator<Item = &mut Hand> {
        let people = self.signatures.iter_mut().flat_map(|block| block.above.iter_mut().chain(&mut block.below));
        people.filter_map(|person| person.hand.as_mut())
    }

    /// The body as plain lines, for search, comparison and proofreading.
    pub fn plain_text(&self) -> String {
        self.blocks.iter().flat_map(Block::lines).collect::<Vec<_>>().join("\n")
    }
}

impl Block {
    /// Running text with its first line indented.
    pub fn paragraph(spans: impl Into<Vec<Span>>) -> Self {
        Self::Paragraph { spans: spans.into(), align: Align::Indented }
    }

    /// Running text of one run without a source.
    pub fn text(text: impl Into<String>) -> Self {
        Self::paragraph([Span::text(text)])
    }

    /// A heading.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Heading { text: text.into() }
    }

    /// What is missing in this block.
    pub fn gaps(&self) -> Vec<String> {
        if let Self::Gap { what } = self {
            return vec![what.clone()];
        }
        self.spans().filter(|span| span.gap).map(|span| span.text.clone()).collect()
    }

    /// Every run of text in the block, in reading order.
    pub fn spans(&self) -> Box<dyn Iterator<Item = &Span> + '_> {
        match self {
            Self::Paragraph { spans, .. } | Self::Order { spans, .. } | Self::Speech { spans, .. } => {
                Box::new(spans.iter())
            }
            Self::Table { rows, .. } => Box::new(rows.iter().flatten().flatten()),
            Self::KeyValue { rows } => Box::new(rows.iter().flat_map(|(_, value)| value)),
            Self::Heading { .. } | Self::Code { .. } | Self::Gap { .. } => Box::new(std::iter::empty()),
        }
    }

    fn lines(&self) -> Vec<String> {
        match self {
            Self::Paragraph { spans, .. } => vec![words(spans)],
            Self::Heading { text } => vec![text.clone()],
            Self::Order { no, spans } => {
                vec![format!("{}、{}", crate::wording::count_in_chinese(u32::from(*no)), words(spans))]
            }
            Self::Speech { speaker, spans } => vec![format!("{speaker}：{}", words(spans))],
            Self::Table { head, rows, .. } => {
                let line = |row: &Vec<Cell>| row.iter().map(|cell| words(cell)).collect::<Vec<_>>().join("\t");
                std::iter::once(head.join("\t")).chain(rows.iter().map(line)).collect()
            }
            Self::KeyValue { rows } => rows.iter().map(|(label, value)| format!("{label}：{}", words(value))).collect(),
            Self::Code { text } => vec![text.clone()],
            Self::Gap { what } => vec![format!("【待补：{what}】")],
        }
    }
}

impl Span {
    /// Fixed wording, from nowhere but the paper's own form.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), source: None, gap: false }
    }

    /// A fact with where it came from.
    pub fn fact(text: impl Into<String>, source: Source) -> Self {
        Self { text: text.into(), source: Some(source), gap: false }
    }

    /// A missing fact (待补).
    pub fn gap(what: impl Into<String>) -> Self {
        Self { text: what.into(), source: None, gap: true }
    }

    /// The fact if it is there, else a gap that says what is missing.
    pub fn fact_or_gap(text: Option<impl Into<String>>, source: Source, what: &str) -> Self {
        match text {
            Some(text) => Self::fact(text, source),
            None => Self::gap(what),
        }
    }

    /// The words as a reader of the draft sees them: a gap stands in brackets.
    pub fn shown(&self) -> String {
        if self.gap { format!("【待补：{}】", self.text) } else { self.text.clone() }
    }
}

impl Signatory {
    /// A person under a paper.
    pub fn new(role: &str, name: &str) -> Self {
        Self { role: role.to_owned(), name: name.to_owned(), hand: None }
    }

    /// With the signature by hand that has this hash, if there is one.
    pub fn by_hand(mut self, sha256: Option<&str>) -> Self {
        self.hand = sha256.map(|sha256| Hand { sha256: sha256.to_owned(), svg: String::new() });
        self
    }
}

fn words(spans: &[Span]) -> String {
    spans.iter().map(Span::shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Document {
        let mut paper = Document::new("civil_judgment", Layout::Judgment, "某某人民法院", "民事判决书");
        paper.blocks = vec![
            Block::text("原告张三与被告李四民间借贷纠纷一案。"),
            Block::paragraph([Span::text("借款本金"), Span::gap("本金数额")]),
            Block::Gap { what: "本院认为".into() },
            Block::Order { no: 1, spans: vec![Span::fact("被告偿还借款", Source::Event { position: 7 })] },
        ];
        paper.signatures = Some(SignatureBlock::default());
        paper
    }

    #[test]
    fn a_paper_with_gaps_names_them_in_reading_order() {
        let gaps = vec!["本金数额".to_owned(), "本院认为".to_owned(), "落款日期".to_owned()];
        assert_eq!(draft().require_complete(), Err(Incomplete { gaps }));
    }

    #[test]
    fn a_paper_without_gaps_may_be_issued() {
        let mut paper = draft();
        paper.blocks.truncate(1);
        paper.signatures = None;
        assert_eq!(paper.require_complete(), Ok(()));
    }

    #[test]
    fn a_paper_survives_being_stored() {
        let text = serde_json::to_string(&draft()).expect("a paper is plain data");
        assert_eq!(serde_json::from_str::<Document>(&text).expect("it reads back"), draft());
    }

    #[test]
    fn plain_text_shows_orders_and_gaps() {
        let text = draft().plain_text();
        assert!(text.contains("借款本金【待补：本金数额】"), "{text}");
        assert!(text.ends_with("一、被告偿还借款"), "{text}");
    }
}
