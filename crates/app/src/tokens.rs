//! Tokens by which programs act for a person (程序令牌). Working data, known by a hash alone: whoever reads
//! the store can't act by them.

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    ids::{PersonId, TokenId},
    people::{Actor, Person, Post},
};
use xiezhi_store::{WorkingChange, WorkingItem, WorkingKey};

use crate::{App, AppError, moment, sessions::hash_of};

const KIND: &str = "token";
/// Tokens one person may have.
const TOKENS_LIMIT: usize = 20;
/// The longest life of a token.
pub const DAYS_LIMIT: i64 = 365;
const DAY_US: i64 = 24 * 3_600 * 1_000_000;
/// Use is noted at most this often.
const NOTE_US: i64 = 60 * 1_000_000;

/// A token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its name in the record.
    pub id: TokenId,
    /// For whom it acts.
    pub person: PersonId,
    /// Under which post.
    pub post: Post,
    /// What its maker calls it.
    pub name: String,
    /// When it was made, microseconds.
    pub made_us: i64,
    /// When it ends, microseconds.
    pub expires_us: i64,
    /// When it was last used, microseconds.
    pub used_us: Option<i64>,
}

impl Token {
    /// The actor of whoever sends it.
    pub fn actor(&self) -> Actor {
        Actor::Person { id: self.person, post: self.post, token: Some(self.id) }
    }
}

fn put(key: WorkingKey, token: &Token) -> WorkingChange {
    WorkingChange::Put {
        key,
        owner: token.person.to_string(),
        value: serde_json::to_vec(token).expect("a token is plain data"),
        updated_us: token.used_us.unwrap_or(token.made_us),
        expires_us: Some(token.expires_us),
    }
}

fn read(item: &WorkingItem) -> Option<Token> {
    serde_json::from_slice(&item.value).ok()
}

impl App {
    /// Makes the token `id` for `days` days; gives the secret that is seen this once and kept nowhere.
    pub async fn make_token(&self, person: &Person, id: TokenId, name: &str, days: i64) -> Result<String, AppError> {
        let name: String = name.trim().chars().filter(|char| !char.is_control()).take(60).collect();
        let fault = |field: &str, code: &str| AppError::Invalid(vec![(field.to_owned(), code.to_owned())]);
        if name.is_empty() {
            return Err(fault("name", "input.required"));
        }
        if !(1..=DAYS_LIMIT).contains(&days) {
            return Err(fault("days", "token.days"));
        }
        let known = self.tokens_of(person.id).await?;
        if known.iter().any(|token| token.id == id) {
            return Err(AppError::CommandReused);
        }
        if known.len() >= TOKENS_LIMIT {
            return Err(fault("name", "token.too_many"));
        }
        let secret: String = moment::secret().iter().map(|byte| format!("{byte:02x}")).collect();
        let made_us = self.now_us();
        let expires_us = made_us + days * DAY_US;
        let token = Token { id, person: person.id, post: person.post, name, made_us, expires_us, used_us: None };
        self.ports().store.change_working(vec![put(WorkingKey::new(KIND, hash_of(&secret)), &token)]).await?;
        Ok(secret)
    }

    /// The token of this secret, if it has not ended. Its use is noted.
    pub async fn token(&self, secret: &str) -> Result<Option<Token>, AppError> {
        let now = self.now_us();
        let item = self.ports().store.working(&WorkingKey::new(KIND, hash_of(secret)), now).await?;
        let Some((mut token, item)) = item.and_then(|item| Some((read(&item)?, item))) else { return Ok(None) };
        if token.used_us.is_none_or(|used| now - used > NOTE_US) {
            token.used_us = Some(now);
            // A token that was ended meanwhile stays ended.
            self.ports().store.swap_working(put(item.key, &token), item.rev, now).await?;
        }
        Ok(Some(token))
    }

    /// Tokens of a person, newest first.
    pub async fn tokens_of(&self, person: PersonId) -> Result<Vec<Token>, AppError> {
        let mut tokens: Vec<Token> = self.token_items(person).await?.iter().filter_map(read).collect();
        tokens.sort_by_key(|token| std::cmp::Reverse(token.made_us));
        Ok(tokens)
    }

    async fn token_items(&self, person: PersonId) -> Result<Vec<WorkingItem>, AppError> {
        Ok(self.ports().store.working_of(KIND, Some(&person.to_string()), self.now_us()).await?)
    }

    /// Ends a token of this person; those of others do not exist for them.
    pub async fn end_token(&self, person: PersonId, id: TokenId) -> Result<(), AppError> {
        let items = self.token_items(person).await?;
        let item = items.into_iter().find(|item| read(item).is_some_and(|token| token.id == id));
        let key = item.ok_or(AppError::NotFound)?.key;
        Ok(self.ports().store.change_working(vec![WorkingChange::Delete { key }]).await?)
    }

    /// Ends all tokens of a person.
    pub async fn end_tokens_of(&self, person: PersonId) -> Result<(), AppError> {
        let items = self.token_items(person).await?;
        let ends = items.into_iter().map(|item| WorkingChange::Delete { key: item.key }).collect();
        Ok(self.ports().store.change_working(ends).await?)
    }
}
