//! Moments and days, as they reach the domain: as data.

use jiff::{Timestamp, civil::Date, tz::Offset};
use serde::{Deserialize, Serialize};

/// The moment of an act: the instant, and the day of the court's calendar (Asia/Shanghai) it falls on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    /// The court's day. China keeps one zone, UTC+8, without daylight saving.
    pub today: Date,
}

impl Moment {
    /// The moment `at`.
    pub fn of(at: Timestamp) -> Self {
        Self { at, today: day_of(at) }
    }
}

/// The court's day on which `at` falls.
pub fn day_of(at: Timestamp) -> Date {
    court_offset().to_datetime(at).date()
}

/// The instant at which it is `hour:minute` on `day` at the court.
pub fn instant(day: Date, hour: i8, minute: i8) -> Timestamp {
    court_offset().to_timestamp(day.at(hour, minute, 0, 0)).expect("a day within the calendar")
}

/// The court's offset from universal time.
pub fn court_offset() -> Offset {
    jiff::tz::offset(8)
}

/// What the record says beside an event: when it was recorded and where it stands in its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When.
    pub moment: Moment,
    /// Revision of the stream once it is counted, from 1.
    pub rev: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_courts_day_begins_at_its_own_midnight() {
        let late: Timestamp = "2026-10-09T15:59:59Z".parse().expect("valid");
        let past: Timestamp = "2026-10-09T16:00:00Z".parse().expect("valid");
        assert_eq!(day_of(late), jiff::civil::date(2026, 10, 9));
        assert_eq!(day_of(past), jiff::civil::date(2026, 10, 10));
        assert_eq!(instant(jiff::civil::date(2026, 10, 10), 0, 0), past);
    }
}
