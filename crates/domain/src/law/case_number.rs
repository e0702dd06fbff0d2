//! Case numbers (案号): read, written, explained.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::case_type::{self, CaseType};
use super::court::{self, Court};

/// A case number (案号), such as `（2026）鲁0691民初101号`.
///
/// Written with full-width brackets and no spaces; the serial has no leading zeros.
///
/// Source: 《案号规定》第二条至第七条.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber {
    /// 收案年度: never changed afterwards.
    pub filing_year: u16,
    /// 法院代字.
    pub court_code: String,
    /// 类型代字.
    pub type_code: String,
    /// 案件编号, from 1.
    pub serial: u32,
    /// 之一, 之二 …: a further document in the same case.
    pub suffix: Option<u8>,
}

/// Why a text is no case number (案号有误).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseNumberProblem {
    /// It does not start with a bracketed year of four digits.
    BadYear,
    /// No court code: 最高法, or a province's character with none, two or four digits.
    BadCourt,
    /// No type code of one to four Chinese characters.
    BadType,
    /// No serial from 1 without leading zeros.
    BadSerial,
    /// It does not end with 号.
    NoEnd,
    /// After 号 stands something other than 之 and a Chinese numeral up to 九十九.
    BadSuffix,
}

/// A case number taken apart (案号释义). What the tables do not know stays none: a number of another
/// province is still a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseNumberParts {
    /// The number in canonical form.
    pub canonical: String,
    /// Its year.
    pub filing_year: u16,
    /// Its court, where the table knows it.
    pub court: Option<Court>,
    /// Its type, where the table knows it.
    pub case_type: Option<&'static CaseType>,
    /// Its serial.
    pub serial: u32,
    /// Its suffix.
    pub suffix: Option<u8>,
}

impl CaseNumberProblem {
    /// The stable code of this problem.
    pub fn code(self) -> &'static str {
        match self {
            CaseNumberProblem::BadYear => "case_number.bad_year",
            CaseNumberProblem::BadCourt => "case_number.bad_court",
            CaseNumberProblem::BadType => "case_number.bad_type",
            CaseNumberProblem::BadSerial => "case_number.bad_serial",
            CaseNumberProblem::NoEnd => "case_number.no_end",
            CaseNumberProblem::BadSuffix => "case_number.bad_suffix",
        }
    }
}

impl fmt::Display for CaseNumberProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for CaseNumberProblem {}

impl CaseNumber {
    /// The number of a new case.
    ///
    /// # Panics
    /// If the serial is zero: registers count from one.
    pub fn new(filing_year: u16, court_code: &str, type_code: &str, serial: u32) -> Self {
        assert!(serial > 0, "a register counts from one");
        let (court_code, type_code) = (court_code.to_owned(), type_code.to_owned());
        CaseNumber { filing_year, court_code, type_code, serial, suffix: None }
    }

    /// The number of the `nth` further document in this case (之一 …).
    ///
    /// # Panics
    /// If `nth` is not between 1 and 99.
    pub fn with_suffix(&self, nth: u8) -> Self {
        assert!((1..=99).contains(&nth), "a suffix is a Chinese numeral up to ninety-nine");
        CaseNumber { suffix: Some(nth), ..self.clone() }
    }

    /// What the number says, with names from the tables.
    pub fn explain(&self) -> CaseNumberParts {
        CaseNumberParts {
            canonical: self.to_string(),
            filing_year: self.filing_year,
            court: court::court(&self.court_code),
            case_type: case_type::case_type(&self.type_code),
            serial: self.serial,
            suffix: self.suffix,
        }
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CaseNumber { filing_year, court_code, type_code, serial, suffix } = self;
        write!(f, "（{filing_year:04}）{court_code}{type_code}{serial}号")?;
        suffix.map_or(Ok(()), |nth| write!(f, "之{}", numeral(nth)))
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> String {
        number.to_string()
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = CaseNumberProblem;
    fn try_from(text: String) -> Result<Self, CaseNumberProblem> {
        text.parse()
    }
}

impl FromStr for CaseNumber {
    type Err = CaseNumberProblem;

    /// Reads a case number; half-width brackets and spaces around it are forgiven.
    fn from_str(text: &str) -> Result<Self, CaseNumberProblem> {
        let (filing_year, rest) = year(text.trim())?;
        let (court_code, rest) = court_part(rest)?;
        let (type_code, rest) = type_part(rest)?;
        let (serial, rest) = serial_part(rest)?;
        let rest = rest.strip_prefix('号').ok_or(CaseNumberProblem::NoEnd)?;
        let suffix = suffix_part(rest)?;
        Ok(CaseNumber {
            filing_year,
            court_code: court_code.to_owned(),
            type_code: type_code.to_owned(),
            serial,
            suffix,
        })
    }
}

fn year(text: &str) -> Result<(u16, &str), CaseNumberProblem> {
    let inner = text.strip_prefix(['（', '(']).ok_or(CaseNumberProblem::BadYear)?;
    let (year, rest) = inner.split_once(['）', ')']).ok_or(CaseNumberProblem::BadYear)?;
    let fine = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let year = year.parse().ok().filter(|_| fine).ok_or(CaseNumberProblem::BadYear)?;
    Ok((year, rest))
}

fn court_part(text: &str) -> Result<(&str, &str), CaseNumberProblem> {
    if let Some(rest) = text.strip_prefix(court::SUPREME_CODE) {
        return Ok((court::SUPREME_CODE, rest));
    }
    let province = text.chars().next().filter(|first| is_chinese(*first)).ok_or(CaseNumberProblem::BadCourt)?;
    let digits = leading_digits(&text[province.len_utf8()..]);
    match digits {
        0 | 2 | 4 => Ok(text.split_at(province.len_utf8() + digits)),
        _ => Err(CaseNumberProblem::BadCourt),
    }
}

fn type_part(text: &str) -> Result<(&str, &str), CaseNumberProblem> {
    let length = text.chars().take_while(|letter| is_chinese(*letter)).count();
    if !(1..=4).contains(&length) {
        return Err(CaseNumberProblem::BadType);
    }
    let end = text.char_indices().nth(length).map_or(text.len(), |(at, _)| at);
    Ok(text.split_at(end))
}

fn serial_part(text: &str) -> Result<(u32, &str), CaseNumberProblem> {
    let (digits, rest) = text.split_at(leading_digits(text));
    let serial = digits.parse().ok().filter(|_| !digits.starts_with('0')).ok_or(CaseNumberProblem::BadSerial)?;
    Ok((serial, rest))
}

fn suffix_part(text: &str) -> Result<Option<u8>, CaseNumberProblem> {
    if text.is_empty() {
        return Ok(None);
    }
    let written = text.strip_prefix('之').ok_or(CaseNumberProblem::BadSuffix)?;
    (1..=99).find(|nth| numeral(*nth) == written).map(Some).ok_or(CaseNumberProblem::BadSuffix)
}

fn leading_digits(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_digit()).count()
}

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fa5}').contains(&letter)
}

fn numeral(nth: u8) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (nth as usize / 10, nth as usize % 10);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_width_brackets_and_outer_spaces_are_forgiven() {
        let number: CaseNumber = " (2026)鲁0691民初101号 ".parse().expect("a case number");
        assert_eq!(number, CaseNumber::new(2026, "鲁0691", "民初", 101));
        assert_eq!(number.to_string(), "（2026）鲁0691民初101号");
    }

    #[test]
    fn courts_of_every_level_are_read() {
        for (text, court, kind) in [
            ("（2026）最高法民终1号", "最高法", "民终"),
            ("（2026）鲁民终2号", "鲁", "民终"),
            ("（2026）鲁06民辖终3号", "鲁06", "民辖终"),
            ("（2026）鲁0691诉前调4号", "鲁0691", "诉前调"),
        ] {
            let number: CaseNumber = text.parse().expect("a case number");
            assert_eq!((number.court_code.as_str(), number.type_code.as_str()), (court, kind));
            assert_eq!(number.to_string(), text);
        }
    }

    #[test]
    fn further_documents_carry_a_numeral() {
        let number: CaseNumber = "（2026）鲁0691民初101号之十二".parse().expect("a case number");
        assert_eq!(number.suffix, Some(12));
        assert_eq!(
            CaseNumber::new(2026, "鲁0691", "民初", 1).with_suffix(20).to_string(),
            "（2026）鲁0691民初1号之二十"
        );
    }

    #[test]
    fn what_is_no_case_number_says_where() {
        use CaseNumberProblem::*;
        for (text, problem) in [
            ("", BadYear),
            ("2026鲁0691民初1号", BadYear),
            ("（26）鲁0691民初1号", BadYear),
            ("（2026）0691民初1号", BadCourt),
            ("（2026）鲁069民初1号", BadCourt),
            ("（2026）鲁06911民初1号", BadCourt),
            ("（2026）鲁0691号", BadSerial),
            ("（2026）鲁0691", BadType),
            ("（2026）鲁0691民事初审案1号", BadType),
            ("（2026）鲁0691民初0号", BadSerial),
            ("（2026）鲁0691民初01号", BadSerial),
            ("（2026）鲁0691民初号", BadSerial),
            ("（2026）鲁0691民初1", NoEnd),
            ("（2026）鲁0691民初99999999999号", BadSerial),
            ("（2026）鲁0691民初1号之零", BadSuffix),
            ("（2026）鲁0691民初1号x", BadSuffix),
            ("（2026）鲁0691 民初1号", BadType),
        ] {
            assert_eq!(text.parse::<CaseNumber>(), Err(problem), "{text}");
        }
    }

    #[test]
    fn a_number_is_explained_by_the_tables() {
        let parts = "（2026）鲁0691民初101号".parse::<CaseNumber>().expect("a case number").explain();
        assert_eq!(parts.court.map(|court| court.name_zh), Some("烟台经济技术开发区人民法院".to_owned()));
        assert_eq!(parts.case_type.map(|kind| kind.name_zh.as_str()), Some("民事一审案件"));
        let unknown = "（2026）京0105民初1号".parse::<CaseNumber>().expect("a case number").explain();
        assert_eq!(unknown.court, None);
    }

    #[test]
    fn a_stored_number_is_its_text() {
        let number = CaseNumber::new(2026, "鲁0691", "执", 501);
        let text = serde_json::to_string(&number).expect("a text");
        assert_eq!(text, "\"（2026）鲁0691执501号\"");
        assert_eq!(serde_json::from_str::<CaseNumber>(&text).expect("a case number"), number);
        assert!(serde_json::from_str::<CaseNumber>("\"x\"").is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            filing_year in 1949_u16..=9999, court in "[鲁京沪兵](([0-9]{2}){0,2})", kind in "(民初|民终|执恢|诉前调|行保复)",
            serial in 1_u32.., suffix in proptest::option::of(1_u8..=99),
        ) {
            let number = CaseNumber { suffix, ..CaseNumber::new(filing_year, &court, &kind, serial) };
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[（(]?[0-9]{0,5}[）)]?\\PC{0,20}") {
            let _ = text.parse::<CaseNumber>();
        }
    }
}
