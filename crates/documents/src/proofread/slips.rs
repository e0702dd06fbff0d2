//! Slips of the pen (笔误): what can be seen in the words of a paper alone, block by block.

use serde::Serialize;

use super::Place;
use crate::structure::{Block, Document, Span};
use crate::wording::is_han;

/// A slip of the pen at its place, with what would mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = PenSlip)]
pub struct Slip {
    /// What kind of slip.
    pub kind: SlipKind,
    /// Where.
    pub place: Place,
    /// The words as written.
    pub written: String,
    /// What should stand there; none where only a person can say.
    pub fix: Option<String>,
}

/// The kinds of slips (笔误种类).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlipKind {
    /// A half-width mark between Chinese characters.
    HalfWidthMark,
    /// Two marks where one belongs.
    DoubledMark,
    /// A bracket or quotation mark without its partner.
    UnpairedMark,
    /// A full-width digit or letter.
    FullWidthCharacter,
    /// A character that nobody sees: control, zero width, or one that turns the direction of writing.
    HiddenCharacter,
    /// The same words twice in a row.
    RepeatedWords,
    /// A day that no calendar has.
    ImpossibleDate,
    /// A case number in another form than the rules have.
    CaseNumberForm,
    /// A sum in digits and in words that are not the same.
    AmountsDiffer,
    /// A name that differs from a party's by one character.
    NameNearly,
    /// An identity number that its own check digit refutes.
    IdentityWrong,
    /// A party's date of birth or sex that its identity number refutes.
    IdentityDiffers,
    /// A day of filing or hearing that is not that of the case.
    DayDiffers,
    /// An article that the instrument does not have.
    ArticleUnknown,
    /// An instrument that is not in force on the day of the paper.
    LawNotInForce,
}

impl SlipKind {
    /// The stable code, which leads to the words for readers.
    pub fn code(self) -> &'static str {
        match self {
            Self::HalfWidthMark => "half_width_mark",
            Self::DoubledMark => "doubled_mark",
            Self::UnpairedMark => "unpaired_mark",
            Self::FullWidthCharacter => "full_width_character",
            Self::HiddenCharacter => "hidden_character",
            Self::RepeatedWords => "repeated_words",
            Self::ImpossibleDate => "impossible_date",
            Self::CaseNumberForm => "case_number_form",
            Self::AmountsDiffer => "amounts_differ",
            Self::NameNearly => "name_nearly",
            Self::IdentityWrong => "identity_wrong",
            Self::IdentityDiffers => "identity_differs",
            Self::DayDiffers => "day_differs",
            Self::ArticleUnknown => "article_unknown",
            Self::LawNotInForce => "law_not_in_force",
        }
    }
}

/// The words of each block that a reader reads as one run: cells of a table each by themselves.
pub(super) fn runs(paper: &Document) -> impl Iterator<Item = (Place, Vec<char>)> {
    paper.blocks.iter().enumerate().flat_map(|(at, block)| {
        let place = Place::Block(at);
        texts(block).into_iter().map(move |text| (place, text.chars().collect()))
    })
}

fn texts(block: &Block) -> Vec<String> {
    // A gap keeps its place, so that the marks around it are no neighbours.
    let whole = |spans: &[Span]| spans.iter().map(|span| if span.gap { "□" } else { &*span.text }).collect();
    match block {
        Block::Paragraph { spans, .. } | Block::Order { spans, .. } | Block::Speech { spans, .. } => vec![whole(spans)],
        Block::Heading { text } => vec![text.clone()],
        Block::Table { rows, .. } => rows.iter().flatten().map(|cell| whole(cell)).collect(),
        Block::KeyValue { rows } => rows.iter().map(|(_, cell)| whole(cell)).collect(),
        Block::Code { .. } | Block::Gap { .. } => vec![],
    }
}

/// The slips that can be seen in the characters alone.
pub(super) fn of_characters(place: Place, text: &[char]) -> Vec<Slip> {
    let slip = |kind, written: String, fix| Slip { kind, place, written, fix };
    let mut found = vec![];
    found.extend(half_width_marks(text).map(|(written, fix)| slip(SlipKind::HalfWidthMark, written, Some(fix))));
    found.extend(doubled_marks(text).map(|(written, fix)| slip(SlipKind::DoubledMark, written, Some(fix))));
    found.extend(unpaired_marks(text).into_iter().map(|mark| slip(SlipKind::UnpairedMark, mark, None)));
    found.extend(full_width(text).map(|(written, fix)| slip(SlipKind::FullWidthCharacter, written, Some(fix))));
    found.extend(hidden(text).map(|written| slip(SlipKind::HiddenCharacter, written, Some(String::new()))));
    found.extend(repeated(text).into_iter().map(|(written, fix)| slip(SlipKind::RepeatedWords, written, Some(fix))));
    found
}

/// The characters around a place, so that a person finds it.
fn around(text: &[char], from: usize, to: usize) -> String {
    text[from.saturating_sub(4)..(to + 4).min(text.len())].iter().collect()
}

fn full_mark(mark: char) -> Option<char> {
    Some(match mark {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        '.' => '。',
        _ => return None,
    })
}

/// A half-width mark with a Chinese character before it, or, for an opening bracket, behind it.
fn half_width_marks(text: &[char]) -> impl Iterator<Item = (String, String)> {
    let chinese = |at: usize| text.get(at).is_some_and(|c| is_han(*c) || "》”）。，、".contains(*c));
    (0..text.len()).filter_map(move |at| {
        let full = full_mark(text[at])?;
        // （2026）: a year's brackets are told with the case number.
        let year = text[at] == '(' && text.get(at + 1).is_some_and(char::is_ascii_digit);
        let beside = at.checked_sub(1).is_some_and(chinese) && !year || (text[at] == '(' && chinese(at + 1));
        // 第1.条, v1.0: a point is a full stop only where nothing Latin follows.
        let ends = text[at] != '.' || text.get(at + 1).is_none_or(|next| is_han(*next));
        (beside && ends).then(|| {
            let fixed: Vec<char> = text.iter().enumerate().map(|(i, c)| if i == at { full } else { *c }).collect();
            (around(text, at, at + 1), around(&fixed, at, at + 1))
        })
    })
}

fn doubled_marks(text: &[char]) -> impl Iterator<Item = (String, String)> {
    const MARKS: &str = "，。；：、？！";
    text.windows(2)
        .enumerate()
        .filter(|(_, pair)| pair.iter().all(|c| MARKS.contains(*c)) && *pair != ['？', '！'])
        .map(|(at, pair)| {
            // The stronger mark stays: 。 over ，.
            let kept = if pair[1] == '。' { pair[1] } else { pair[0] };
            let fixed: Vec<char> = text[..at].iter().chain([&kept]).chain(&text[at + 2..]).copied().collect();
            (around(text, at, at + 2), around(&fixed, at, at + 1))
        })
}

fn unpaired_marks(text: &[char]) -> Vec<String> {
    const PAIRS: [(char, char); 6] = [('《', '》'), ('“', '”'), ('‘', '’'), ('（', '）'), ('〔', '〕'), ('【', '】')];
    let mut open: Vec<(char, usize)> = vec![];
    let mut lonely: Vec<usize> = vec![];
    for (at, &c) in text.iter().enumerate() {
        if PAIRS.iter().any(|pair| pair.0 == c) {
            open.push((c, at));
        } else if let Some(pair) = PAIRS.iter().find(|pair| pair.1 == c) {
            match open.last() {
                Some((opened, _)) if *opened == pair.0 => drop(open.pop()),
                // 1）, 一）: a number in a list.
                _ if c == '）' && at.checked_sub(1).is_some_and(|before| is_counting(text[before])) => {}
                _ => lonely.push(at),
            }
        }
    }
    lonely.extend(open.into_iter().map(|(_, at)| at));
    lonely.sort_unstable();
    lonely.into_iter().map(|at| around(text, at, at + 1)).collect()
}

fn is_counting(c: char) -> bool {
    c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c)
}

/// Each run of full-width digits and letters, with its half-width form.
fn full_width(text: &[char]) -> impl Iterator<Item = (String, String)> {
    let narrow = |c: &char| char::from_u32(u32::from(*c) - 0xFEE0).unwrap_or(*c);
    text.chunk_by(|a, b| is_wide(*a) == is_wide(*b))
        .filter(|run| is_wide(run[0]))
        .map(move |run| (run.iter().collect(), run.iter().map(narrow).collect()))
}

fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn hidden(text: &[char]) -> impl Iterator<Item = String> {
    let is_hidden = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.iter().filter(move |c| is_hidden(**c)).map(|c| format!("U+{:04X}", u32::from(*c)))
}

/// Two to six Chinese characters twice in a row. The longest run at a place is told, once.
fn repeated(text: &[char]) -> Vec<(String, String)> {
    let mut found = vec![];
    let mut at = 0;
    while at < text.len() {
        let run = (2..=6).rev().find(|len| text.len() >= at + 2 * len && is_repeated(text, at, *len));
        if let Some(len) = run {
            let once: String = text[at..at + len].iter().collect();
            found.push((format!("{once}{once}"), once));
            at += 2 * len;
        } else {
            at += 1;
        }
    }
    found
}

fn is_repeated(text: &[char], at: usize, len: usize) -> bool {
    let (first, second) = (&text[at..at + len], &text[at + len..at + 2 * len]);
    let same = first.iter().all(|c| *c == first[0]);
    let word: String = first.iter().collect();
    // 某公司公司章程, 某合同合同编号: the end of a name and the word behind it.
    let ends_a_name = ["公司", "合同", "协议", "法院", "银行"].contains(&word.as_str());
    first == second && !same && !ends_a_name && first.iter().all(|c| is_han(*c) && *c != '某')
}
