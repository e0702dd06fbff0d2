//! Names of minors (未成年人姓名): whoever a paper says was born less than eighteen years ago.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{PARTS, Page, numerals};

/// From this age on a person is of age.
///
/// Source: 《民法典》第十七条、第十八条.
const OF_AGE_YEARS: i16 = 18;
/// Clauses that stand between a name and a day of birth: sex, people, place.
const BETWEEN: usize = 4;
/// Words that say whose child it is, the longer before the shorter that they contain.
const KIN: [&str; 14] = [
    "非婚生子女",
    "婚生子女",
    "婚生子",
    "婚生女",
    "长子",
    "次子",
    "长女",
    "次女",
    "儿子",
    "女儿",
    "孩子",
    "之子",
    "之女",
    "子女",
];
/// What parts clauses.
const PARTS_CLAUSES: &str = ",。;、:()";

/// Whether someone born on `birth_on` is a minor on `today`.
pub fn is_minor(birth_on: Date, today: Date) -> bool {
    let of_age_on = Date::new(birth_on.year() + OF_AGE_YEARS, birth_on.month(), birth_on.day());
    // Born on 29 February: of age on 1 March.
    let of_age_on = of_age_on.or_else(|_| Date::new(birth_on.year() + OF_AGE_YEARS, 3, 1));
    of_age_on.is_ok_and(|of_age_on| today < of_age_on)
}

/// The names of minors that pages tell by their days of birth.
pub fn minors(pages: &[String], today: Date) -> BTreeSet<String> {
    let names = |text: &String| {
        let page = Page::of(text);
        let born = (0..page.len()).filter_map(|at| born(&page, at, today));
        born.collect::<Vec<String>>()
    };
    pages.iter().flat_map(names).collect()
}

/// The name before a day of birth of a minor that begins at this letter.
fn born(page: &Page, at: usize, today: Date) -> Option<String> {
    let (day, until) = numerals::day(page.letters(), at)?;
    let told_after = ["出生", "生,", "生。", "生)", "生"].iter().any(|word| page.says(until, word));
    let told_before = at >= 2 && page.says(at - 2, "生于");
    if !(told_after || told_before) || day > today || !is_minor(day, today) {
        return None;
    }
    let end = if told_before { (at - 2) - usize::from(at >= 3 && page.says(at - 3, "出生于")) } else { at };
    let mut until = end;
    for _ in 0..BETWEEN {
        let from = (0..until).rev().find(|at| PARTS_CLAUSES.contains(page.letter(*at))).map_or(0, |at| at + 1);
        if let Some(name) = name(&page.text(from, until)) {
            return Some(name);
        }
        until = from.checked_sub(1)?;
    }
    None
}

/// A clause that is a name, with or without the word for its bearer's part.
fn name(clause: &str) -> Option<String> {
    let after = |word: &&str| clause.rfind(*word).map(|at| &clause[at + word.len()..]);
    let bare = PARTS.iter().chain(&KIN).find_map(after).unwrap_or(clause);
    let is_name = (2..=4).contains(&bare.chars().count())
        && bare.chars().all(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    let is_other =
        bare.ends_with('族') || ["男", "女", "住", "现", "公民", "身份"].iter().any(|word| bare.starts_with(word));
    (is_name && !is_other).then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn named(text: &str) -> Vec<String> {
        minors(&[text.to_owned()], date(2026, 3, 2)).into_iter().collect()
    }

    #[test]
    fn a_child_is_named_before_its_day_of_birth() {
        assert_eq!(named("原告：贾小孩，男，汉族，2015年3月2日出生，住烟台。"), ["贾小孩"]);
        assert_eq!(named("双方育有婚生女甄可爱，2018年5月1日出生，现随母亲生活。"), ["甄可爱"]);
        assert_eq!(named("长子甲乙丙（2020年1月1日出生）由原告抚养"), ["甲乙丙"]);
        assert_eq!(named("长女甲丁，生于2011年1月1日。"), ["甲丁"]);
    }

    #[test]
    fn whoever_is_of_age_is_not_taken_for_a_child() {
        assert!(named("原告：贾借出，男，汉族，1985年3月2日出生，住烟台。").is_empty());
        assert!(named("原告：贾借出，男，汉族，2008年3月2日出生，住烟台。").is_empty(), "eighteen today");
        assert_eq!(named("原告：贾借出，男，汉族，2008年3月3日出生，住烟台。"), ["贾借出"], "eighteen tomorrow");
        assert!(named("双方于2015年3月2日登记结婚。").is_empty());
    }

    #[test]
    fn born_on_a_leap_day_one_is_of_age_on_the_first_of_march() {
        assert!(is_minor(date(2008, 2, 29), date(2026, 2, 28)));
        assert!(!is_minor(date(2008, 2, 29), date(2026, 3, 1)));
    }
}
