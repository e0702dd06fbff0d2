//! What is made once, though many ask for it at the same time: fifty people who open a file do not read it fifty times.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::sync::OwnedMutexGuard;

/// Who makes what just now, by name.
#[derive(Default)]
pub struct Flights(Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>);

impl Flights {
    /// Waits until nobody else makes this; whoever waited looks first whether it is there by now.
    pub async fn alone(&self, name: &str) -> OwnedMutexGuard<()> {
        let flight = {
            let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let known = flights.get(name).and_then(Weak::upgrade);
            known.unwrap_or_else(|| {
                flights.retain(|_, flight| flight.strong_count() > 0);
                let begun = Arc::<tokio::sync::Mutex<()>>::default();
                flights.insert(name.to_owned(), Arc::downgrade(&begun));
                begun
            })
        };
        flight.lock_owned().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn of_many_who_ask_one_makes_it_and_other_things_do_not_wait() {
        let (flights, made) = (Arc::<Flights>::default(), Arc::<Mutex<u32>>::default());
        let ask = || {
            let (flights, made) = (Arc::clone(&flights), Arc::clone(&made));
            tokio::spawn(async move {
                let _alone = flights.alone("a page").await;
                let is_there = *made.lock().expect("nobody panics") > 0;
                if !is_there {
                    tokio::task::yield_now().await;
                    *made.lock().expect("nobody panics") += 1;
                }
            })
        };
        let all: Vec<_> = (0..20).map(|_| ask()).collect();
        drop(flights.alone("another page").await);
        for asked in all {
            asked.await.expect("it ends");
        }
        assert_eq!(*made.lock().expect("nobody panics"), 1);
    }
}
