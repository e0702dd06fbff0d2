//! Instruments that judgments cite (裁判依据): whether an article exists and is in force.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::data;

const FILE: &str = "statutes.csv";
static TABLE: LazyLock<Vec<Statute>> = LazyLock::new(|| {
    data::rows(FILE, include_str!("../../../../law/statutes.csv")).expect("the embedded table reads; a test proves it")
});

/// An instrument as it stood for a time (规范性文件).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Statute {
    /// Its full name, without the outer 《》.
    pub name_zh: String,
    /// Number of its last article; none where the text was not counted.
    pub articles: Option<u16>,
    /// First day in force.
    pub in_force_from: Date,
    /// First day no longer in force.
    pub ended_on: Option<Date>,
    /// What ended it.
    pub ended_by: Option<String>,
}

/// What the table says of an instrument on a day (效力).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In force.
    InForce(&'static Statute),
    /// No longer: the last form of it.
    Ended(&'static Statute),
    /// Not yet.
    NotYet(&'static Statute),
}

/// Every instrument of the table, each form by itself.
pub fn all() -> &'static [Statute] {
    &TABLE
}

/// How the instrument of that name stands on `day`; nothing for one the table does not know.
pub fn standing(name_zh: &str, day: Date) -> Option<Standing> {
    let forms = || TABLE.iter().filter(|statute| statute.name_zh == name_zh);
    let in_force = |statute: &&Statute| statute.in_force_from <= day && statute.ended_on.is_none_or(|end| day < end);
    let ended = |statute: &&Statute| statute.ended_on.is_some_and(|end| end <= day);
    let of = |form, standing: fn(&'static Statute) -> Standing| Option::map(form, standing);
    of(forms().find(in_force), Standing::InForce)
        .or_else(|| of(forms().rfind(ended), Standing::Ended))
        .or_else(|| of(forms().next(), Standing::NotYet))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_row_reads_and_forms_of_one_name_follow_one_another() {
        for (before, after) in all().iter().zip(&all()[1..]).filter(|(one, next)| one.name_zh == next.name_zh) {
            assert_eq!(before.ended_on, Some(after.in_force_from), "{}", before.name_zh);
        }
    }

    #[test]
    fn the_form_of_an_amended_law_is_that_of_the_day() {
        let articles = |day| match standing("中华人民共和国民事诉讼法", day) {
            Some(Standing::InForce(statute)) => statute.articles,
            _ => None,
        };
        assert_eq!(articles(date(2023, 12, 31)), Some(291));
        assert_eq!(articles(date(2024, 1, 1)), Some(306));
    }

    #[test]
    fn what_the_civil_code_ended_is_no_longer_in_force() {
        let name = "中华人民共和国合同法";
        assert!(matches!(standing(name, date(2020, 12, 31)), Some(Standing::InForce(_))));
        assert!(matches!(standing(name, date(2021, 1, 1)), Some(Standing::Ended(_))));
        assert!(matches!(standing(name, date(1999, 9, 30)), Some(Standing::NotYet(_))));
        assert_eq!(standing("中华人民共和国某法", date(2026, 1, 1)), None);
    }
}
