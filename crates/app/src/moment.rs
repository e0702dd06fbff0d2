//! Time, randomness and identifiers: the one place where they are made.

use std::sync::Mutex;

use jiff::Timestamp;
use uuid::Uuid;
use xiezhi_domain::moment::Moment;

/// A clock. `serve` links only [`SystemClock`]; the demonstration's loading and the tests set one.
pub trait Clock: Send + Sync + 'static {
    /// The instant now.
    fn now(&self) -> Timestamp;

    /// The moment now.
    fn moment(&self) -> Moment {
        Moment::of(self.now())
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
        *at += jiff::SignedDuration::from_millis(1);
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

/// A clock that can be set for a while, as the loading of the demonstration does, and then runs with the
/// machine's again.
#[derive(Debug, Default)]
pub struct ReplayClock(Mutex<Option<Timestamp>>);

impl ReplayClock {
    /// Stands at `at` from now on, moving a millisecond at each look; `None` runs with the machine's clock.
    pub fn set(&self, at: Option<Timestamp>) {
        *self.0.lock().expect("nobody panics while holding the clock") = at;
    }
}

impl Clock for ReplayClock {
    fn now(&self) -> Timestamp {
        let mut set = self.0.lock().expect("nobody panics while holding the clock");
        match set.as_mut() {
            Some(at) => {
                *at += jiff::SignedDuration::from_millis(1);
                *at
            }
            None => SystemClock.now(),
        }
    }
}
