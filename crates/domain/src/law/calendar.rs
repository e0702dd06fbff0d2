//! The calendar of rest days and working days (节假日与调休).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::data::{self, DataFault};

const FILE: &str = "holidays.csv";
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    Calendar::read(include_str!("../../../../law/holidays.csv")).expect("the embedded calendar reads; a test proves it")
});

/// A calendar (日历): the days on which it departs from "Saturday and Sunday off".
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    days: BTreeMap<Date, Listed>,
    noticed_years: BTreeSet<i16>,
}

#[derive(Clone, Debug)]
struct Listed {
    kind: ListedKind,
    name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ListedKind {
    Statutory,
    OffDay,
    WorkDay,
    StatutoryProvisional,
}

#[derive(Deserialize)]
struct Row {
    date: Date,
    #[serde(rename = "type")]
    kind: ListedKind,
    name: String,
}

/// Why a day is no working day (休息原因).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "rest", rename_all = "snake_case")]
pub enum RestReason {
    /// 周六.
    Saturday,
    /// 周日.
    Sunday,
    /// 法定节假日 or a day off that belongs to it.
    Holiday {
        /// Name of the holiday.
        name: String,
    },
}

impl Calendar {
    /// The calendar this build carries.
    pub fn embedded() -> &'static Calendar {
        &CALENDAR
    }

    /// Reads a table `date,type,name`.
    ///
    /// # Errors
    /// A [`DataFault`] where a row does not read.
    pub fn read(text: &str) -> Result<Calendar, DataFault> {
        let mut calendar = Calendar::default();
        for Row { date, kind, name } in data::rows::<Row>(FILE, text)? {
            if kind == ListedKind::Statutory {
                calendar.noticed_years.insert(date.year());
            }
            calendar.days.insert(date, Listed { kind, name });
        }
        Ok(calendar)
    }

    /// Why the day is a rest day; none for a working day. A worked weekend (调休上班) is a working day.
    pub fn rest(&self, day: Date) -> Option<RestReason> {
        match (self.days.get(&day), day.weekday()) {
            (Some(listed), _) if listed.kind == ListedKind::WorkDay => None,
            (Some(listed), _) => Some(RestReason::Holiday { name: listed.name.clone() }),
            (None, Weekday::Saturday) => Some(RestReason::Saturday),
            (None, Weekday::Sunday) => Some(RestReason::Sunday),
            (None, _) => None,
        }
    }

    /// Whether the day is a rest day (休息日、节假日).
    pub fn is_rest_day(&self, day: Date) -> bool {
        self.rest(day).is_some()
    }

    /// Whether the day is a working day (工作日).
    pub fn is_workday(&self, day: Date) -> bool {
        !self.is_rest_day(day)
    }

    /// Whether the year's holiday notice is missing: what is said about such a day may change (暂定).
    pub fn is_provisional(&self, day: Date) -> bool {
        !self.noticed_years.contains(&day.year())
    }

    /// The day itself if it is a working day, else the first working day after it; none at the end of time.
    pub fn workday_from(&self, day: Date) -> Option<Date> {
        let mut day = day;
        while self.is_rest_day(day) {
            day = day.tomorrow().ok()?;
        }
        Some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn calendar() -> &'static Calendar {
        Calendar::embedded()
    }

    #[test]
    fn weekends_rest_and_worked_weekends_do_not() {
        assert_eq!(calendar().rest(date(2026, 11, 21)), Some(RestReason::Saturday));
        assert_eq!(calendar().rest(date(2026, 11, 22)), Some(RestReason::Sunday));
        assert!(calendar().is_workday(date(2026, 2, 28)), "a Saturday worked for the Spring Festival");
        assert!(calendar().is_workday(date(2026, 11, 23)));
    }

    #[test]
    fn days_off_within_a_break_carry_its_name() {
        assert_eq!(calendar().rest(date(2026, 10, 7)), Some(RestReason::Holiday { name: "国庆节".to_owned() }));
        assert!(calendar().is_rest_day(date(2026, 2, 23)));
    }

    #[test]
    fn years_without_a_notice_are_provisional() {
        for (year, provisional) in
            [(2023, true), (2024, false), (2025, false), (2026, false), (2027, true), (2028, true)]
        {
            assert_eq!(calendar().is_provisional(date(year, 6, 1)), provisional, "{year}");
        }
        assert!(calendar().is_rest_day(date(2027, 10, 1)), "statutory days are known even so");
    }

    #[test]
    fn the_next_working_day_skips_the_whole_break() {
        assert_eq!(calendar().workday_from(date(2026, 10, 1)), Some(date(2026, 10, 8)));
        assert_eq!(calendar().workday_from(date(2026, 10, 8)), Some(date(2026, 10, 8)));
        assert_eq!(
            calendar().workday_from(Date::MAX.yesterday().expect("a day before the last")),
            Some(date(9999, 12, 30))
        );
    }

    #[test]
    fn a_bad_row_is_a_fault_of_the_data() {
        assert!(Calendar::read("date,type,name\n2026-02-30,statutory,x\n").is_err());
    }
}
