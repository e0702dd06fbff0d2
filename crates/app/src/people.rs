//! People the court knows: a stream of the record, folded into a directory that every node keeps.

use std::sync::Arc;

use xiezhi_domain::{
    ids::PersonId,
    people::{Actor, Directory, PeopleEvent, Person},
};
use xiezhi_store::Stream;

use crate::{App, AppError, court};

/// The stream of people.
pub fn stream() -> Stream {
    Stream("people".to_owned())
}

/// The directory and the revision it was read at.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Everyone.
    pub directory: Arc<Directory>,
    /// Revision of the stream.
    pub rev: u64,
    /// When it was last looked at, microseconds.
    pub seen_us: i64,
}

/// A directory older than this is looked at again before use: another node may have registered someone.
const FRESH_US: i64 = 1_000_000;

impl App {
    /// Everyone the court knows, at most a second old.
    pub async fn directory(&self) -> Result<Arc<Directory>, AppError> {
        let known = self.known_people();
        let now_us = self.now_us();
        if known.rev > 0 && now_us.abs_diff(known.seen_us) < FRESH_US as u64 {
            return Ok(known.directory);
        }
        self.refresh_directory().await
    }

    /// Everyone the court knows, read now.
    pub async fn refresh_directory(&self) -> Result<Arc<Directory>, AppError> {
        let mut known = self.known_people();
        let fresh = court::read_plain::<PeopleEvent>(self, &stream(), known.rev).await?;
        if !fresh.is_empty() {
            let directory = Arc::make_mut(&mut known.directory);
            for (rev, event) in fresh {
                directory.apply(&event);
                known.rev = rev;
            }
        }
        known.seen_us = self.now_us();
        self.keep_people(known.clone());
        Ok(known.directory)
    }

    /// Registers people, those that are new or changed.
    pub async fn register(&self, people: Vec<Person>, by: &Actor) -> Result<(), AppError> {
        let directory = self.refresh_directory().await?;
        let changed: Vec<PeopleEvent> = people
            .into_iter()
            .filter(|person| directory.person(person.id) != Some(person))
            .map(|person| PeopleEvent::Registered { person })
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        court::append_plain(self, &stream(), self.known_people().rev, &changed, &by.label()).await?;
        self.refresh_directory().await.map(drop)
    }

    /// The person, if the court knows them.
    pub async fn person(&self, id: PersonId) -> Result<Option<Person>, AppError> {
        Ok(self.directory().await?.person(id).cloned())
    }
}
