//! Free times for a hearing (空闲时段), read from the registers of the days ahead.

use jiff::{ToSpan, civil::Date};
use xiezhi_domain::{
    case::CaseState,
    decision::calendar_of,
    register::RegisterState,
    scheduling::{self, Slot},
};

use crate::{App, AppError};

/// Days that are looked through, rest days included.
const DAYS: i64 = 14;
/// Times that are offered.
const OFFERED: usize = 6;

impl App {
    /// The first times at which a room and everybody who must be there are free. What is free now may be taken
    /// when it is asked for: the booking itself decides.
    pub async fn free_slots(&self, case: &CaseState) -> Result<Vec<Slot>, AppError> {
        let today = self.ports().clock.moment().today;
        let first = scheduling::first_day(case, today);
        let days: Vec<Date> = (0..DAYS).filter_map(|ahead| first.checked_add(ahead.days()).ok()).collect();
        let mut registers = self.registers(days.iter().map(|day| calendar_of(*day)).collect(), &mut vec![]).await?;
        let taken = |day| (day, registers.0.remove(&calendar_of(day)).unwrap_or_default());
        let days: Vec<(Date, RegisterState)> = days.into_iter().map(taken).collect();
        let mut slots = scheduling::free_slots(case, today, &self.ports().settings.courtrooms, &days);
        slots.truncate(OFFERED);
        Ok(slots)
    }
}
