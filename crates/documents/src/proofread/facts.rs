//! The words of a paper against the facts of its case and the law: names, numbers, days, sums, articles.

use std::str::FromStr as _;

use jiff::civil::Date;
use xiezhi_domain::law::{
    case_number::CaseNumber,
    citation::cited_articles,
    identity::{IdCardNo, Sex, Uscc},
    statute::{self, Standing},
};

use super::Place;
use super::slips::{Slip, SlipKind};
use crate::amount::{amount_in_words, parse_yuan};
use crate::facts::CaseFacts;
use crate::structure::Document;
use crate::wording::{date_in_text, is_han};

/// What one run of words says against the facts.
pub(super) fn of_words(place: Place, text: &[char], paper: &Document, facts: &CaseFacts) -> Vec<Slip> {
    let slip = |kind, (written, fix): (String, Option<String>)| Slip { kind, place, written, fix };
    let mut found = vec![];
    found.extend(
        dates(text).filter(|date| date.on.is_none()).map(|date| slip(SlipKind::ImpossibleDate, (date.written, None))),
    );
    found.extend(case_numbers(text).map(|it| slip(SlipKind::CaseNumberForm, it)));
    found.extend(amounts(text).map(|it| slip(SlipKind::AmountsDiffer, it)));
    found.extend(names(text, facts).map(|it| slip(SlipKind::NameNearly, it)));
    found.extend(days(text, facts).map(|it| slip(SlipKind::DayDiffers, it)));
    if let Some(day) = paper.signatures.as_ref().and_then(|block| block.dated_on) {
        found.extend(articles(text, day).into_iter().map(|(kind, written, fix)| slip(kind, (written, fix))));
    }
    found
}

/// What the parties' own particulars say against each other.
pub(super) fn of_parties(facts: &CaseFacts) -> Vec<Slip> {
    let mut found = vec![];
    let mut tell =
        |kind, written: &str, fix| found.push(Slip { kind, place: Place::Whole, written: written.to_owned(), fix });
    for party in &facts.parties {
        if let Some(code) = party.credit_code.as_deref().filter(|code| Uscc::parse(code).is_err()) {
            tell(SlipKind::IdentityWrong, code, None);
        }
        let Some(number) = party.id_number.as_deref() else { continue };
        let Ok(card) = IdCardNo::parse(number, Date::MAX) else {
            tell(SlipKind::IdentityWrong, number, None);
            continue;
        };
        let name = party.name.as_deref().unwrap_or_default();
        if let Some(born) = party.born_on.filter(|born| *born != card.birth_on()) {
            let fix = format!("{name}，{}", date_in_text(card.birth_on()));
            tell(SlipKind::IdentityDiffers, &format!("{name}，{}", date_in_text(born)), Some(fix));
        }
        let sex = match card.sex() {
            Sex::Male => "男",
            Sex::Female => "女",
        };
        if let Some(written) = party.sex.as_deref().filter(|written| *written != sex) {
            tell(SlipKind::IdentityDiffers, &format!("{name}，{written}"), Some(format!("{name}，{sex}")));
        }
    }
    found
}

/// A day as running text writes it.
struct Written {
    written: String,
    /// The day, if the calendar has it.
    on: Option<Date>,
    /// Where the words behind it begin.
    end: usize,
}

/// Days in Arabic digits: 2026年3月2日.
fn dates(text: &[char]) -> impl Iterator<Item = Written> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let begins = at == 0 || !text[at - 1].is_ascii_digit();
            let read = begins.then(|| read_date(text, at)).flatten();
            match read {
                Some(date) => {
                    at = date.end;
                    return Some(date);
                }
                None => at += 1,
            }
        }
        None
    })
}

fn read_date(text: &[char], at: usize) -> Option<Written> {
    let (year, next) = read_number(text, at, 4..=4, '年')?;
    let (month, next) = read_number(text, next, 1..=2, '月')?;
    let (day, end) = read_number(text, next, 1..=2, '日')?;
    let on = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    Some(Written { written: text[at..end].iter().collect(), on, end })
}

/// A number of so many digits with the sign behind it; and where the text goes on.
fn read_number(text: &[char], at: usize, digits: std::ops::RangeInclusive<usize>, sign: char) -> Option<(u32, usize)> {
    let run: String = text[at..].iter().take_while(|c| c.is_ascii_digit()).collect();
    let end = at + run.len();
    (digits.contains(&run.len()) && text.get(end) == Some(&sign)).then(|| Some((run.parse().ok()?, end + 1)))?
}

/// The day of filing and the days of hearings, where the words say that a day is one.
fn days(text: &[char], facts: &CaseFacts) -> impl Iterator<Item = (String, Option<String>)> {
    let hearings: Vec<Date> = facts.hearings.iter().filter_map(|hearing| hearing.on).collect();
    let filed: Vec<Date> = facts.dates.filed_on.into_iter().collect();
    dates(text).filter_map(move |date| {
        let on = date.on?;
        let behind: String = text[date.end..].iter().take(6).collect();
        let right = if behind.starts_with("立案") {
            &filed
        } else if ["公开开庭", "不公开开庭", "开庭审理"].iter().any(|words| behind.starts_with(words)) {
            &hearings
        } else {
            return None;
        };
        let wrong = !right.is_empty() && !right.contains(&on);
        let fix = <[Date; 1]>::try_from(right.clone()).ok().map(|[only]| date_in_text(only));
        wrong.then_some((date.written, fix))
    })
}

/// Case numbers that the rules would write otherwise: half-width brackets, no year, a stray blank.
fn case_numbers(text: &[char]) -> impl Iterator<Item = (String, Option<String>)> {
    let is_open = |c: char| c == '（' || c == '(';
    (0..text.len()).filter(move |at| is_open(text[*at])).filter_map(|at| {
        let rest = &text[at..];
        let end = rest.iter().take(40).position(|c| *c == '号')? + 1;
        let written: String = rest[..end].iter().collect();
        let year: String = rest[1..].iter().take(4).collect();
        let looks = year.len() == 4
            && year.bytes().all(|byte| byte.is_ascii_digit())
            && rest.get(5).is_some_and(|c| *c == '）' || *c == ')')
            && rest[6..end].iter().any(|c| c.is_ascii_digit())
            && rest[6..end].iter().all(|c| is_han(*c) || c.is_ascii_digit() || c.is_whitespace());
        // 法〔2015〕137号 and 鲁劳人仲案字 numbers are not the courts': only what has a court's code is read.
        let court = rest
            .get(6..8)
            .is_some_and(|two| is_province(two[0]) && (two[1].is_ascii_digit() || two[1].is_whitespace()));
        if !looks || !court {
            return None;
        }
        let right = CaseNumber::from_str(&written).map(|number| number.to_string());
        match right {
            Ok(right) => (right != written).then_some((written, Some(right))),
            Err(_) => Some((written, None)),
        }
    })
}

fn is_province(c: char) -> bool {
    "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵".contains(c)
}

const IN_WORDS: &str = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正";

/// A sum in words beside one in digits: 150000元（大写：壹拾伍万元整）, 壹拾伍万元整（￥150000）.
fn amounts(text: &[char]) -> impl Iterator<Item = (String, Option<String>)> {
    let in_words = |c: char| IN_WORDS.contains(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let run = text[at..].iter().take_while(|c| in_words(**c)).count();
            let (from, to) = (at, at + run);
            at = to.max(at + 1);
            let words: String = text[from..to].iter().collect();
            // Ordinary 万元, 元 beside digits are no sum in words.
            if run < 3 || !words.contains(['壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖']) {
                continue;
            }
            let Some(fen) = digits_before(&text[..from]).or_else(|| digits_after(&text[to..])) else { continue };
            let right = amount_in_words(fen);
            if plain(&words) != plain(&right) {
                return Some((words, Some(right)));
            }
        }
        None
    })
}

/// The same sum however it is written: 圆 and 正 are other ways to write 元 and 整, and 壹拾万零伍仟 may go without 零.
///
/// Source: 《正确填写票据和结算凭证的基本规定》第三条, 第四条.
fn plain(words: &str) -> String {
    words.replace('圆', "元").replace('零', "").trim_end_matches(['正', '整']).to_owned()
}

/// 150000元（大写：
fn digits_before(before: &[char]) -> Option<i64> {
    const BETWEEN: &str = "（(大写人民币：:，,即";
    let close = before.iter().rposition(|c| !BETWEEN.contains(*c))?;
    if before.len() - close - 1 == 0 || before[close] != '元' {
        return None;
    }
    let number = before[..close].iter().rev().take_while(|c| c.is_ascii_digit() || **c == '.' || **c == ',').count();
    parse_yuan(&before[close - number..close].iter().filter(|c| **c != ',').collect::<String>())
}

/// （￥150000元）
fn digits_after(after: &[char]) -> Option<i64> {
    const BETWEEN: &str = "（(小写人民币：:，,即￥¥";
    let open = after.iter().position(|c| !BETWEEN.contains(*c))?;
    if open == 0 {
        return None;
    }
    let digits: String = after[open..].iter().take_while(|c| c.is_ascii_digit() || **c == '.' || **c == ',').collect();
    parse_yuan(&digits.replace(',', ""))
}

const ROLES: [&str; 12] = [
    "反诉原告",
    "反诉被告",
    "原告",
    "被告",
    "第三人",
    "上诉人",
    "申请人",
    "法定代表人",
    "负责人",
    "委托诉讼代理人",
    "保证人",
    "借款人",
];

/// Names one character away from a party's: behind a role, or a long name anywhere.
fn names(text: &[char], facts: &CaseFacts) -> impl Iterator<Item = (String, Option<String>)> {
    let known: Vec<Vec<char>> = facts
        .parties
        .iter()
        .flat_map(|party| [party.name.as_ref(), party.representative.as_ref()])
        .flatten()
        .chain(facts.agents.iter().map(|agent| &agent.name))
        .map(|name| name.chars().collect())
        .collect();
    let mut found: Vec<(String, Option<String>)> = vec![];
    for name in &known {
        let starts: Vec<usize> = if name.len() >= 6 { (0..text.len()).collect() } else { behind_roles(text) };
        for at in starts {
            let Some(window) = text.get(at..at + name.len()) else { continue };
            if known.iter().any(|other| text[at..].starts_with(other)) || !is_nearly(window, name) {
                continue;
            }
            let told = (window.iter().collect(), Some(name.iter().collect()));
            if !found.contains(&told) {
                found.push(told);
            }
        }
    }
    found.into_iter()
}

fn behind_roles(text: &[char]) -> Vec<usize> {
    let after = |at: usize| {
        let rest = &text[at..];
        let roles = ROLES.iter().map(|role| role.chars().collect::<Vec<_>>());
        let role = roles.into_iter().find(|role| rest.starts_with(role))?.len();
        let sign = usize::from(matches!(rest.get(role), Some('：' | ':')));
        Some(at + role + sign)
    };
    (0..text.len()).filter_map(after).collect()
}

/// Same length, same first character, exactly one other; names of two characters differ in too much.
fn is_nearly(written: &[char], name: &[char]) -> bool {
    let others = written.iter().zip(name).filter(|(a, b)| a != b).count();
    let plain = written.iter().all(|c| is_han(*c) || c.is_ascii_alphanumeric() || matches!(c, '（' | '）'));
    name.len() >= 3 && others == 1 && written[0] == name[0] && plain && !written.contains(&'某')
}

/// What each citation of a known instrument says against the table of instruments.
fn articles(text: &[char], day: Date) -> Vec<(SlipKind, String, Option<String>)> {
    let whole: String = text.iter().collect();
    let mut found = vec![];
    let mut names: Vec<&str> = statute::all().iter().map(|statute| statute.name_zh.as_str()).collect();
    names.dedup();
    for name in names {
        for (at, _) in whole.match_indices(name) {
            let behind = whole[at + name.len()..].trim_start_matches('》');
            let cited = cited_articles(behind);
            let Some(standing) = statute::standing(name, day).filter(|_| !cited.is_empty()) else { continue };
            match standing {
                Standing::InForce(statute) => {
                    let last = statute.articles.unwrap_or(u16::MAX);
                    let unknown = cited.into_iter().filter(|(number, _)| *number == 0 || *number > last);
                    found.extend(
                        unknown.map(|(_, written)| (SlipKind::ArticleUnknown, format!("{name}{written}"), None)),
                    );
                }
                Standing::Ended(statute) => {
                    found.push((SlipKind::LawNotInForce, name.to_owned(), statute.ended_by.clone()));
                }
                Standing::NotYet(_) => found.push((SlipKind::LawNotInForce, name.to_owned(), None)),
            }
        }
    }
    found
}
