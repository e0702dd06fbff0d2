//! The one-year loan prime rate (一年期贷款市场报价利率).

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::data::{self, DataFault};
use super::rate::Rate;

const FILE: &str = "lpr_1y.csv";
static TABLE: LazyLock<Vec<Month>> = LazyLock::new(|| {
    read(include_str!("../../../../law/lpr_1y.csv")).expect("the embedded rates read; a test proves it")
});

// It is published on the 20th, or on the next working day: before that the month before still rules.
const EARLIEST_DAY: i8 = 20;

/// A published rate (已公布的报价).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Lpr {
    /// The day it was published.
    pub published_on: Date,
    /// The rate a year.
    pub rate: Rate,
    /// Whether only one source is known: a person confirms it before it is relied on.
    pub to_confirm: bool,
}

/// Why there is no rate (无法确定报价): the sum stops, the last value is never carried forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum LprMissing {
    /// The day lies before the first publication.
    BeforeFirst {
        /// The first publication.
        first_on: Date,
    },
    /// The month's row is not loaded.
    NotLoaded {
        /// A day of that month: its first.
        month_on: Date,
    },
}

impl LprMissing {
    /// The stable code of this refusal.
    pub fn code(self) -> &'static str {
        match self {
            LprMissing::BeforeFirst { .. } => "lpr.before_first",
            LprMissing::NotLoaded { .. } => "lpr.not_loaded",
        }
    }
}

#[derive(Deserialize)]
struct Row {
    month: String,
    published: String,
    lpr_1y: String,
    status: String,
}

struct Month {
    first_on: Date,
    lpr: Option<Lpr>,
}

/// The rate that rules on a day: the latest publication on or before it.
///
/// # Errors
/// [`LprMissing`] where that publication is not loaded.
///
/// Source: 《民间借贷规定》第二十五条.
pub fn on(day: Date) -> Result<Lpr, LprMissing> {
    let month_on = day.first_of_month();
    match published_in(month_on) {
        Some(lpr) if lpr.published_on <= day => Ok(lpr),
        None if day.day() >= EARLIEST_DAY => Err(missing(month_on)),
        _ => before(month_on),
    }
}

fn before(month_on: Date) -> Result<Lpr, LprMissing> {
    let month_before = month_on.checked_sub(1.month()).map_err(|_| missing(month_on))?;
    published_in(month_before).ok_or_else(|| missing(month_before))
}

fn published_in(month_on: Date) -> Option<Lpr> {
    TABLE.iter().find(|month| month.first_on == month_on).and_then(|month| month.lpr)
}

fn missing(month_on: Date) -> LprMissing {
    let first = TABLE.iter().find_map(|month| month.lpr).expect("the table starts with a rate; a test proves it");
    if month_on < first.published_on.first_of_month() {
        LprMissing::BeforeFirst { first_on: first.published_on }
    } else {
        LprMissing::NotLoaded { month_on }
    }
}

fn read(text: &str) -> Result<Vec<Month>, DataFault> {
    data::rows::<Row>(FILE, text)?
        .iter()
        .map(|row| month(row).ok_or_else(|| DataFault::new(FILE, &row.month)))
        .collect()
}

fn month(row: &Row) -> Option<Month> {
    let first_on: Date = format!("{}-01", row.month).parse().ok()?;
    let lpr = match row.status.as_str() {
        "gap" => None,
        "one_source" | "two_sources" => Some(Lpr {
            published_on: row.published.parse().ok()?,
            rate: percent(&row.lpr_1y)?,
            to_confirm: row.status == "one_source",
        }),
        _ => return None,
    };
    Some(Month { first_on, lpr })
}

fn percent(text: &str) -> Option<Rate> {
    let rate: Rate = text.parse().ok()?;
    Some(Rate::new(rate.numerator, rate.denominator * 100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn percent_on(day: Date) -> Result<String, LprMissing> {
        on(day).map(|lpr| lpr.rate.percent())
    }

    #[test]
    fn the_latest_publication_rules() {
        assert_eq!(percent_on(date(2021, 3, 1)), Ok("3.85".to_owned()));
        assert_eq!(percent_on(date(2024, 10, 20)), Ok("3.35".to_owned()));
        assert_eq!(percent_on(date(2024, 10, 21)), Ok("3.1".to_owned()));
        assert_eq!(percent_on(date(2019, 8, 20)), Ok("4.25".to_owned()));
    }

    #[test]
    fn a_single_source_is_to_be_confirmed() {
        assert!(on(date(2026, 4, 20)).expect("a rate is loaded").to_confirm);
        assert!(!on(date(2024, 1, 22)).expect("a rate is loaded").to_confirm);
    }

    #[test]
    fn a_month_without_a_row_stops_the_sum() {
        assert_eq!(percent_on(date(2026, 5, 19)), Ok("3".to_owned()), "April's rate rules until May's is out");
        assert_eq!(percent_on(date(2026, 5, 20)), Err(LprMissing::NotLoaded { month_on: date(2026, 5, 1) }));
        assert_eq!(percent_on(date(2026, 11, 24)), Err(LprMissing::NotLoaded { month_on: date(2026, 11, 1) }));
        assert_eq!(percent_on(date(2026, 11, 3)), Err(LprMissing::NotLoaded { month_on: date(2026, 10, 1) }));
    }

    #[test]
    fn there_was_no_such_rate_before_august_2019() {
        let refusal = Err(LprMissing::BeforeFirst { first_on: date(2019, 8, 20) });
        assert_eq!(percent_on(date(2019, 8, 19)), refusal);
        assert_eq!(percent_on(date(2015, 1, 1)), refusal);
    }

    #[test]
    fn no_rate_is_published_before_the_twentieth() {
        assert!(TABLE.iter().filter_map(|month| month.lpr).all(|lpr| lpr.published_on.day() >= EARLIEST_DAY));
        assert_eq!(TABLE.len(), 87);
    }
}
