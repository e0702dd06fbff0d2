//! What a paper says about itself (要素识别): its kind, days, amounts, parties, numbers, each with the place it was read
//! at. Offered to whoever takes the paper in, and never believed: what is read from a picture errs.

mod minors;
mod numerals;
mod pages;
#[cfg(test)]
mod tests;
mod titles;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    law::{
        case_number::CaseNumber,
        identity::{IdCardNo, Uscc},
    },
    paper::PaperKind,
};

use pages::Page;

pub use minors::{is_minor, minors};

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
#[schema(as = PaperElementKind)]
pub enum What {
    /// The kind of the paper, from its title.
    Kind {
        /// Which.
        kind: PaperKind,
    },
    /// A party, from the word for its part.
    Party {
        /// That word, such as `原告`.
        part: String,
        /// Its name.
        name: String,
    },
    /// A case number (案号).
    CaseNumber {
        /// In its right form.
        number: String,
    },
    /// A day.
    Day {
        /// Which.
        #[schema(value_type = String)]
        day: Date,
    },
    /// An amount of money.
    Amount {
        /// In fen.
        fen: i64,
    },
    /// An ID number (公民身份号码).
    IdNumber {
        /// Whether its check digit is right; if not, it was misread or miswritten.
        valid: bool,
    },
    /// A credit code (统一社会信用代码).
    CreditCode,
    /// A telephone number.
    Phone,
    /// The number of a bank account or card.
    Account,
}

impl What {
    /// Stable code, for words and styles.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Kind { .. } => "kind",
            Self::Party { .. } => "party",
            Self::CaseNumber { .. } => "case_number",
            Self::Day { .. } => "day",
            Self::Amount { .. } => "amount",
            Self::IdNumber { .. } => "id_number",
            Self::CreditCode => "credit_code",
            Self::Phone => "phone",
            Self::Account => "account",
        }
    }

    /// Whether it says of a person what others need not know.
    ///
    /// Source: 《最高人民法院关于人民法院在互联网公布裁判文书的规定》第八条至第十条.
    pub fn is_personal(&self) -> bool {
        matches!(self, Self::IdNumber { .. } | Self::Phone | Self::Account)
    }
}

/// Something that was read, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = PaperElement)]
pub struct Element {
    /// What.
    #[serde(flatten)]
    pub what: What,
    /// As it stands there.
    pub written: String,
    /// The page, from 1.
    pub page: u32,
    /// The first of its letters among those of the page, spaces not counted, from 0.
    pub from: usize,
    /// The one after its last.
    pub until: usize,
}

/// Everything that pages say, in the order in which they say it. A page is its lines.
pub fn read(pages: &[String]) -> Vec<Element> {
    let mut elements = vec![];
    for (no, text) in (1..).zip(pages) {
        let page = Page::of(text);
        let element = |(what, from, until): (What, usize, usize)| Element {
            what,
            written: page.written(from, until),
            page: no,
            from,
            until,
        };
        if no == 1 {
            elements.extend(titles::kind(&page).map(element));
        }
        elements.extend(said(&page).into_iter().map(element));
    }
    elements
}

/// What is offered of everything: each once, where it stands first.
pub fn offered(elements: &[Element]) -> Vec<Element> {
    let mut told = std::collections::BTreeSet::new();
    let value = |element: &Element| match &element.what {
        // Of a party the name counts, not by which of its parts it is called; of a number what is written.
        What::Party { name, .. } => format!("party {name}"),
        What::IdNumber { .. } | What::CreditCode | What::Phone | What::Account => element.written.clone(),
        what => format!("{what:?}"),
    };
    elements.iter().filter(|element| told.insert(value(element))).cloned().collect()
}

/// What is said on a page but for its title. What begins inside another thing is part of it.
fn said(page: &Page) -> Vec<(What, usize, usize)> {
    let mut said = vec![];
    let mut at = 0;
    while at < page.len() {
        let found = [case_number, day, amount, number, party].into_iter().find_map(|read| read(page, at));
        match found {
            Some((what, from, until)) => {
                said.push((what, from, until));
                at = until.max(at + 1);
            }
            None => at += 1,
        }
    }
    said
}

type Found = Option<(What, usize, usize)>;

/// The longest case number.
const CASE_NUMBER: usize = 30;

fn case_number(page: &Page, at: usize) -> Found {
    if page.letter(at) != '(' {
        return None;
    }
    let end = (at..page.len().min(at + CASE_NUMBER)).find(|at| page.letter(*at) == '号')? + 1;
    let text: String = page.text(at, end).replace('(', "（").replace(')', "）");
    let number: CaseNumber = text.parse().ok()?;
    Some((What::CaseNumber { number: number.to_string() }, at, end))
}

fn day(page: &Page, at: usize) -> Found {
    if at > 0 && numerals::is_digit(page.letter(at - 1)) && numerals::is_digit(page.letter(at)) {
        return None;
    }
    let (day, until) = numerals::day(page.letters(), at)?;
    Some((What::Day { day }, at, until))
}

fn amount(page: &Page, at: usize) -> Found {
    let before = at.checked_sub(1).map(|before| page.letter(before));
    if before
        .is_some_and(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',') || numerals::is_of_number(letter))
    {
        return None;
    }
    let (fen, until) = numerals::amount(page.letters(), at)?;
    (fen > 0).then_some((What::Amount { fen }, at, until))
}

/// Words that stand before the number of an account.
const ACCOUNT: [&str; 6] = ["账号", "帐号", "卡号", "账户", "帐户", "银行卡"];
/// How far before it.
const NEAR: usize = 10;

fn number(page: &Page, at: usize) -> Found {
    let is_part = |at: usize| page.letter(at).is_ascii_alphanumeric();
    if !is_part(at) || (at > 0 && is_part(at - 1)) {
        return None;
    }
    let until = (at..page.len()).find(|at| !is_part(*at)).unwrap_or(page.len());
    let written = page.text(at, until).to_ascii_uppercase();
    let is_digits = written.chars().all(|letter| letter.is_ascii_digit());
    let is_card = written.len() == 18 && written[..17].chars().all(|letter| letter.is_ascii_digit());
    let near = page.text(at.saturating_sub(NEAR), at);
    let is_account = is_digits && ACCOUNT.iter().any(|word| near.contains(word));
    let what = match written.len() {
        8..=30 if is_account => What::Account,
        18 if is_card && (written.ends_with('X') || is_digits) => {
            What::IdNumber { valid: IdCardNo::parse(&written, Date::MAX).is_ok() }
        }
        18 if Uscc::parse(&written).is_ok() => What::CreditCode,
        11 if is_digits && written.starts_with('1') => What::Phone,
        16..=19 if is_digits => What::Account,
        _ => return None,
    };
    Some((what, at, until))
}

/// Words for the part that someone takes, the longer before the shorter that they contain.
const PARTS: [&str; 21] = [
    "被上诉人",
    "反诉原告",
    "反诉被告",
    "被申请人",
    "法定代理人",
    "用人单位",
    "上诉人",
    "申请人",
    "第三人",
    "出借人",
    "借款人",
    "保证人",
    "委托人",
    "受托人",
    "出卖人",
    "买受人",
    "劳动者",
    "原告",
    "被告",
    "甲方",
    "乙方",
];
/// What ends a name.
const ENDS: &str = ",。;、:()";
/// The longest name.
const NAME: usize = 40;
/// Words that follow the name of a party where no colon stands before it.
const PARTICULARS: [&str; 8] = ["男", "女", "住所地", "住址", "统一社会信用代码", "公民身份号码", "身份证", "汉族"];

fn party(page: &Page, at: usize) -> Found {
    let part = PARTS.iter().find(|part| page.says(at, part))?;
    let mut from = at + part.chars().count();
    if page.letter_at(from) == Some('(') {
        from = (from..page.len().min(from + 12)).find(|at| page.letter(*at) == ')')? + 1;
    }
    let has_colon = page.letter_at(from) == Some(':');
    from += usize::from(has_colon);
    let is_over = |at: usize| ENDS.contains(page.letter(at)) || page.begins_line(at);
    let until = (from + 1..page.len().min(from + NAME)).find(|at| is_over(*at)).unwrap_or(page.len().min(from + NAME));
    let name = page.text(from.min(until), until);
    let follows = page.text(until, page.len().min(until + 24));
    let is_told =
        has_colon || (page.letter_at(until) == Some(',') && PARTICULARS.iter().any(|word| follows.contains(word)));
    let is_name = (2..NAME).contains(&name.chars().count()) && name.chars().all(is_of_name);
    (is_told && is_name).then(|| (What::Party { part: (*part).to_owned(), name }, from, until))
}

fn is_of_name(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
        || ('\u{3400}'..='\u{4dbf}').contains(&letter)
        || letter.is_ascii_alphabetic()
        || letter == '·'
}
