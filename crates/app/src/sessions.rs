//! Sessions: who is signed in. Working data: never an event, known by a hash alone.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use xiezhi_domain::{
    ids::PersonId,
    people::{Actor, Post},
};
use xiezhi_store::{WorkingChange, WorkingKey};

use crate::{App, AppError, moment};

pub(crate) const KIND: &str = "session";
/// A session ends this long after its last use: half a day of work.
const IDLE_US: i64 = 12 * 3600 * 1_000_000;
/// And this long after it began, however much it is used: whoever is there then says anew who they are.
const LIFE_US: i64 = 24 * 3600 * 1_000_000;
/// Use is noted at most this often.
const NOTE_US: i64 = 60 * 1_000_000;

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Who.
    pub person: PersonId,
    /// Under which post.
    pub post: Post,
    /// When it began, microseconds.
    pub created_us: i64,
    /// When it was last used, microseconds.
    pub seen_us: i64,
    /// The browser, as it names itself.
    pub user_agent: String,
}

impl Session {
    /// The actor of this session.
    pub fn actor(&self) -> Actor {
        Actor::Person { id: self.person, post: self.post, token: None }
    }
}

/// The hash under which a secret is known.
pub(crate) fn hash_of(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn key(token: &str) -> WorkingKey {
    WorkingKey::new(KIND, hash_of(token))
}

fn put(key: WorkingKey, session: &Session) -> WorkingChange {
    WorkingChange::Put {
        key,
        owner: session.person.to_string(),
        value: serde_json::to_vec(session).expect("a session is plain data"),
        updated_us: session.seen_us,
        expires_us: Some((session.seen_us + IDLE_US).min(session.created_us + LIFE_US)),
    }
}

impl App {
    /// Begins a session; returns the token that the browser keeps. Only its hash is stored.
    pub async fn begin_session(&self, person: PersonId, post: Post, user_agent: &str) -> Result<String, AppError> {
        let token: String = moment::secret().iter().map(|byte| format!("{byte:02x}")).collect();
        let now = self.now_us();
        let user_agent = user_agent.chars().take(200).collect();
        let session = Session { person, post, created_us: now, seen_us: now, user_agent };
        self.ports().store.change_working(vec![put(key(&token), &session)]).await?;
        Ok(token)
    }

    /// The session of this token, if it has not ended. Its use is noted.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, AppError> {
        let now = self.now_us();
        let Some(item) = self.ports().store.working(&key(token), now).await? else { return Ok(None) };
        let Ok(mut session) = serde_json::from_slice::<Session>(&item.value) else { return Ok(None) };
        if now - session.seen_us > NOTE_US {
            session.seen_us = now;
            // A session that was ended meanwhile stays ended.
            self.ports().store.swap_working(put(item.key, &session), item.rev, now).await?;
        }
        Ok(Some(session))
    }

    /// Ends the session of this token.
    pub async fn end_session(&self, token: &str) -> Result<(), AppError> {
        Ok(self.ports().store.change_working(vec![WorkingChange::Delete { key: key(token) }]).await?)
    }

    /// Sessions of a person, newest first.
    pub async fn sessions_of(&self, person: PersonId) -> Result<Vec<Session>, AppError> {
        let owner = person.to_string();
        let items = self.ports().store.working_of(KIND, Some(&owner), self.now_us()).await?;
        Ok(items.iter().filter_map(|item| serde_json::from_slice(&item.value).ok()).collect())
    }

    /// All sessions that have not ended.
    pub async fn sessions(&self) -> Result<Vec<Session>, AppError> {
        let items = self.ports().store.working_of(KIND, None, self.now_us()).await?;
        Ok(items.iter().filter_map(|item| serde_json::from_slice(&item.value).ok()).collect())
    }

    /// Ends all sessions of a person, and the tokens of their programs.
    pub async fn end_sessions_of(&self, person: PersonId) -> Result<(), AppError> {
        let owner = person.to_string();
        let items = self.ports().store.working_of(KIND, Some(&owner), self.now_us()).await?;
        let ends = items.into_iter().map(|item| WorkingChange::Delete { key: item.key }).collect();
        self.ports().store.change_working(ends).await?;
        self.end_tokens_of(person).await
    }
}
