//! Time, randomness and identifiers: the one place where they are made.

use std::{io, sync::Mutex};

use jiff::{SignedDuration, Timestamp, civil::Date};
use uuid::Uuid;
use xiezhi_connect::Keep;
use xiezhi_domain::moment::Moment;

/// A clock. `serve` links only [`SystemClock`]; the demonstration moves one on, the tests set one.
pub trait Clock: Send + Sync + 'static {
    /// The instant now.
    fn now(&self) -> Timestamp;

    /// The moment now.
    fn moment(&self) -> Moment {
        Moment::of(self.now())
    }

    /// The clock whose calendar can be moved on, if it is that one: a real court has none.
    fn demonstration(&self) -> Option<&DemonstrationClock> {
        None
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place where time is read")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands where it was set, and moves a millisecond at each look so that order shows.
#[derive(Debug)]
pub struct SetClock(Mutex<Timestamp>);

impl SetClock {
    /// A clock at `at`.
    pub fn at(at: Timestamp) -> Self {
        Self(Mutex::new(at))
    }

    /// Sets the clock.
    pub fn set(&self, at: Timestamp) {
        *self.0.lock().expect("nobody panics while holding the clock") = at;
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        let mut at = self.0.lock().expect("nobody panics while holding the clock");
        *at += SignedDuration::from_millis(1);
        *at
    }
}

/// A new identifier, in the order of time.
pub fn new_id(now: Timestamp) -> Uuid {
    let mut random = [0; 10];
    fill_random(&mut random);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Fills `bytes` from the machine's source of randomness.
///
/// # Panics
/// If the machine has none: nothing may be acknowledged then.
#[allow(clippy::disallowed_methods, reason = "the one place where randomness is drawn")]
pub fn fill_random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the machine has a source of randomness");
}

/// Thirty-two random bytes: a salt, a session, a key.
pub fn secret() -> [u8; 32] {
    let mut bytes = [0; 32];
    fill_random(&mut bytes);
    bytes
}

/// The clock of a demonstration: set for a while as its cases are loaded; then the machine's, as many days
/// ahead as someone moved its calendar on. It is never moved back: nothing recorded may lie ahead of it.
pub struct DemonstrationClock {
    set: Mutex<Option<Timestamp>>,
    ahead_days: Mutex<i64>,
    keep: Keep<i64>,
}

impl DemonstrationClock {
    /// Goes on `ahead_days` ahead of the machine, and keeps by `keep` how far it is moved.
    pub fn new(ahead_days: i64, keep: Keep<i64>) -> Self {
        Self { set: Mutex::new(None), ahead_days: Mutex::new(ahead_days), keep }
    }

    /// Stands at `at` from now on, moving a millisecond at each look; `None` runs with the machine's clock.
    pub fn set(&self, at: Option<Timestamp>) {
        *self.set.lock().expect(UNBROKEN) = at;
    }

    /// How many days it is ahead of the machine's.
    pub fn ahead_days(&self) -> i64 {
        *self.ahead_days.lock().expect(UNBROKEN)
    }

    /// Moves the calendar on to `day`, at the same time of day. A day that has come is no move.
    ///
    /// # Errors
    /// What keeps it from being kept; then it did not move.
    pub fn move_on_to(&self, day: Date) -> io::Result<()> {
        let mut ahead_days = self.ahead_days.lock().expect(UNBROKEN);
        let today = Moment::of(ahead(*ahead_days)).today;
        let moved = *ahead_days + i64::from((day - today).get_days().max(0));
        (self.keep)(&moved)?;
        *ahead_days = moved;
        Ok(())
    }
}

const UNBROKEN: &str = "nobody panics while holding the clock";

/// The machine's instant, so many days on: the court's days all have the same length.
fn ahead(days: i64) -> Timestamp {
    SystemClock.now() + SignedDuration::from_hours(24 * days)
}

impl Clock for DemonstrationClock {
    fn now(&self) -> Timestamp {
        if let Some(at) = self.set.lock().expect(UNBROKEN).as_mut() {
            *at += SignedDuration::from_millis(1);
            return *at;
        }
        ahead(self.ahead_days())
    }

    fn demonstration(&self) -> Option<&DemonstrationClock> {
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, atomic::AtomicI64, atomic::Ordering};

    use jiff::Span;

    use super::*;

    fn days_on(clock: &DemonstrationClock, days: i64) -> Date {
        clock.moment().today.saturating_add(Span::new().days(days))
    }

    #[test]
    fn a_calendar_moves_on_and_never_back() {
        let clock = DemonstrationClock::new(3, xiezhi_connect::in_memory());
        let (ahead, behind) = (days_on(&clock, 20), days_on(&clock, -1));
        clock.move_on_to(behind).expect("it is kept");
        assert_eq!(clock.ahead_days(), 3);
        clock.move_on_to(ahead).expect("it is kept");
        assert_eq!((clock.ahead_days(), clock.moment().today), (23, ahead));
    }

    #[test]
    fn how_far_it_was_moved_is_kept_before_it_moves() {
        let kept = Arc::new(AtomicI64::new(0));
        let told = kept.clone();
        let keep: Keep<i64> = Box::new(move |days| {
            told.store(*days, Ordering::SeqCst);
            Ok(())
        });
        let clock = DemonstrationClock::new(0, keep);
        clock.move_on_to(days_on(&clock, 7)).expect("it is kept");
        assert_eq!(kept.load(Ordering::SeqCst), 7);

        let full = DemonstrationClock::new(0, Box::new(|_| Err(io::Error::from(io::ErrorKind::StorageFull))));
        let day = days_on(&full, 7);
        full.move_on_to(day).expect_err("it can't be kept");
        assert_eq!(full.ahead_days(), 0);
    }
}
