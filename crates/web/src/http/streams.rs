//! Streams that stay open: one for each browser of a person, and some to spare. Each is told of every act of the court,
//! so that whoever opened ever more of them would have it do ever more for each act.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use xiezhi_domain::ids::PersonId;

use super::problem::Problem;

/// Streams of one person on one node: several browsers, some of which open one for each page.
const MOST: usize = 50;
/// When whoever has too many may ask again.
const AGAIN_SECONDS: u64 = 30;

/// How many streams each person has open on this node.
#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<PersonId, usize>>>);

/// A stream that is open; dropping it closes it.
pub struct Held {
    streams: Streams,
    person: PersonId,
}

impl Streams {
    fn open(&self) -> MutexGuard<'_, HashMap<PersonId, usize>> {
        self.0.lock().expect("nobody panics while counting")
    }

    /// Opens one more.
    ///
    /// # Errors
    /// [`Problem::too_many`] where the person has as many as anybody may.
    pub fn hold(&self, person: PersonId) -> Result<Held, Problem> {
        let mut open = self.open();
        let count = open.entry(person).or_default();
        if *count >= MOST {
            return Err(Problem::too_many(AGAIN_SECONDS));
        }
        *count += 1;
        Ok(Held { streams: self.clone(), person })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut open = self.streams.open();
        if let Some(count) = open.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_person_has_so_many_streams_open_and_others_theirs_and_what_is_closed_counts_no_more() {
        let (streams, person) = (Streams::default(), |number| PersonId(Uuid::from_u128(number)));
        let held: Vec<Held> = (0..MOST).map(|_| streams.hold(person(1)).expect("it opens")).collect();
        assert!(streams.hold(person(1)).is_err());
        let other = streams.hold(person(2));
        assert!(other.is_ok(), "nobody is kept out by another");
        drop(held);
        assert!(streams.hold(person(1)).is_ok());
        drop(other);
        assert!(streams.open().is_empty(), "nothing is kept of whoever has gone");
    }
}
