//! Retention of files (保管期限).

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::data;

const FILE: &str = "retention.toml";
static RETENTION: LazyLock<File> = LazyLock::new(|| {
    data::document(FILE, include_str!("../../../../law/retention.toml"))
        .expect("the embedded retention reads; a test proves it")
});

/// A class of retention (保管期限), from short to long. Source: 《人民法院诉讼档案保管期限的规定》.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RetentionClass {
    /// 短期.
    Short,
    /// 长期.
    Long,
    /// 永久.
    Permanent,
}

/// Which cases fall in which class (划分标准). Only `attested` rows were read in a public text: the
/// archivist decides, and the decision is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RetentionRule {
    /// The class; none where it follows the case it enforces.
    #[serde(rename = "class", deserialize_with = "class")]
    pub class: Option<RetentionClass>,
    /// `civil`, `criminal`, `enforcement`.
    pub scope: String,
    /// `attested` or `unsure`.
    pub certainty: String,
    /// The cases in words.
    pub cases: Vec<String>,
}

#[derive(Deserialize)]
struct ClassRow {
    id: RetentionClass,
    years: i16,
}

#[derive(Deserialize)]
struct File {
    class: Vec<ClassRow>,
    rule: Vec<RetentionRule>,
}

impl RetentionClass {
    /// Years of this class; none for ever.
    pub fn years(self) -> Option<i16> {
        let row =
            RETENTION.class.iter().find(|row| row.id == self).expect("the table has every class; a test proves it");
        Some(row.years).filter(|years| *years >= 0)
    }

    /// The last day on which the file must be there; none for ever, or past the calendar.
    ///
    /// It counts from 1 January of the year after closing: usual archival practice, a setting.
    pub fn kept_until(self, closed_on: Date) -> Option<Date> {
        let starts_on = date(closed_on.year(), 1, 1).checked_add(1.year()).ok()?;
        starts_on.checked_add(i64::from(self.years()?).years()).ok()?.yesterday().ok()
    }
}

/// The rules of one scope.
pub fn rules(scope: &str) -> impl Iterator<Item = &'static RetentionRule> {
    RETENTION.rule.iter().filter(move |rule| rule.scope == scope)
}

/// Of several grounds the longest counts (从长).
pub fn longest(classes: impl IntoIterator<Item = RetentionClass>) -> Option<RetentionClass> {
    classes.into_iter().max()
}

fn class<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<RetentionClass>, D::Error> {
    match String::deserialize(from)?.as_str() {
        "short" => Ok(Some(RetentionClass::Short)),
        "long" => Ok(Some(RetentionClass::Long)),
        "permanent" => Ok(Some(RetentionClass::Permanent)),
        "follow_basis" => Ok(None),
        other => Err(serde::de::Error::custom(format!("{other} is no class"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classes_last_thirty_sixty_and_for_ever() {
        let years = [RetentionClass::Short, RetentionClass::Long, RetentionClass::Permanent].map(RetentionClass::years);
        assert_eq!(years, [Some(30), Some(60), None]);
    }

    #[test]
    fn a_file_is_kept_to_the_end_of_its_last_year() {
        assert_eq!(RetentionClass::Short.kept_until(date(2026, 4, 3)), Some(date(2056, 12, 31)));
        assert_eq!(RetentionClass::Permanent.kept_until(date(2026, 4, 3)), None);
    }

    #[test]
    fn of_several_grounds_the_longest_counts() {
        assert_eq!(
            longest([RetentionClass::Short, RetentionClass::Permanent, RetentionClass::Long]),
            Some(RetentionClass::Permanent)
        );
        assert_eq!(longest([]), None);
    }

    #[test]
    fn the_short_class_of_civil_cases_is_attested() {
        let short = rules("civil").find(|rule| rule.class == Some(RetentionClass::Short)).expect("the rule exists");
        assert_eq!(short.certainty, "attested");
        assert_eq!(rules("enforcement").map(|rule| rule.class).collect::<Vec<_>>(), [None]);
    }
}
