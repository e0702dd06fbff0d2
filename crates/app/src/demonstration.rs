//! The calendar of a demonstration (演示日历): moved on by hand, so that nobody waits fifteen days to see a
//! judgment take effect. A real court has no such calendar.

use jiff::civil::Date;

use crate::{App, AppError, moment::DemonstrationClock};

impl App {
    /// How many days the calendar is ahead; nothing at a real court.
    pub fn days_ahead(&self) -> Option<i64> {
        self.ports().clock.demonstration().map(DemonstrationClock::ahead_days)
    }

    /// Moves the calendar on to `day`, morning by morning: each day's draw key is fixed the day before, and
    /// what the law attaches to a date happens on it. Nobody can at a real court.
    pub async fn move_on_to(&self, day: Date) -> Result<(), AppError> {
        let clock = self.ports().clock.demonstration().ok_or(AppError::NotFound)?;
        loop {
            let today = self.ports().clock.moment().today;
            self.keep_draw_keys(today).await?;
            self.run_clock(today).await?;
            self.run_outbox().await?;
            if today >= day {
                return Ok(());
            }
            let next = today.tomorrow().expect("within the calendar");
            clock.move_on_to(next).map_err(|fault| AppError::failed("the calendar", fault))?;
        }
    }
}
