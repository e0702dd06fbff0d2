//! The court as the shell knows it: settings in force, keys, the day's draw key.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use xiezhi_domain::{
    court::{Court, CourtEvent},
    law::draw,
    rules::{DayKey, LAW_VERSION, Rules, Settings},
};
use xiezhi_ledger::{KeyName, SigningKey};
use xiezhi_signing::{
    Face,
    authority::{Authority, Term},
};
use xiezhi_store::{CommandKey, Commit, LogId, Stream};

use crate::{App, AppError, codec, moment, recorder};

/// A token that holds the keys of logs and gives none out.
pub trait LogToken: Send + Sync {
    /// The key that signs under `origin`, if the token has it.
    fn key(&self, origin: &str) -> Option<SigningKey>;
}

/// Keys of a court. They live in a keys folder outside the data folder, never in a data backup.
pub struct Keys {
    /// Origin of the court's logs: a schema-less URL.
    pub origin: String,
    /// Seed of the signing keys of the logs.
    pub log_seed: [u8; 32],
    /// Seed of those that sign beside them until everyone knows the new ones (see [`crate::log_keys`]).
    pub former_log_seed: Option<[u8; 32]>,
    /// Where the keys of the logs are instead, if they are in a token; the seed then seals what is retired, and no more.
    pub log_token: Option<Arc<dyn LogToken>>,
    /// Master key of the draws.
    pub draw_master: [u8; 32],
    /// Issues certificates for signatures and the seal (a demonstration authority).
    pub authority: Authority,
    /// From when to when those certificates hold.
    pub certificates: Term,
    /// Font of seals and printed names.
    pub face: Face,
}

impl Keys {
    /// The origin of a log: a schema-less URL, which is also the name of its key.
    pub fn origin_of(&self, log: LogId) -> String {
        format!("{}/{}", self.origin, recorder::name(log))
    }

    /// The signing key of a log. Each origin has a key of its own: no policy takes one key for two logs.
    pub fn log_key(&self, log: LogId) -> SigningKey {
        self.key_of_origin(&self.origin_of(log))
    }

    /// The keys that sign a log now: the newest first.
    pub fn log_keys(&self, log: LogId) -> Vec<SigningKey> {
        let origin = self.origin_of(log);
        match self.log_token.as_ref().and_then(|token| token.key(&origin)) {
            Some(key) => vec![key],
            None => self.log_seeds().map(|seed| Self::log_key_of(seed, &origin)).collect(),
        }
    }

    pub(crate) fn log_seeds(&self) -> impl Iterator<Item = &[u8; 32]> {
        [&self.log_seed].into_iter().chain(&self.former_log_seed)
    }

    /// The key that signs under `origin`, now or formerly.
    pub fn key_of_origin(&self, origin: &str) -> SigningKey {
        let held = self.log_token.as_ref().and_then(|token| token.key(origin));
        held.unwrap_or_else(|| Self::log_key_of(&self.log_seed, origin))
    }

    /// The key that a seed stands for under `origin`.
    pub fn log_key_of(seed: &[u8; 32], origin: &str) -> SigningKey {
        use hmac::{Hmac, KeyInit, Mac};
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(seed).expect("any length is a key");
        mac.update(b"xiezhi/log/1");
        mac.update(origin.as_bytes());
        let name = KeyName::new(origin).expect("an origin has neither spaces nor plus signs");
        SigningKey::from_seed(name, &mac.finalize().into_bytes().into())
    }

    /// Seed of the key that signs the record's shadow in SM3.
    pub(crate) fn shadow_seed(&self) -> [u8; 32] {
        use hmac::{Hmac, KeyInit, Mac};
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&self.log_seed).expect("any length is a key");
        mac.update(b"xiezhi/sm2/1");
        mac.update(self.origin.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The key of one day's draws.
    pub fn day_key(&self, day: Date) -> DayKey {
        use hmac::{Hmac, KeyInit, Mac};
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&self.draw_master).expect("any length is a key");
        mac.update(b"xiezhi/draw/1");
        mac.update(day.to_string().as_bytes());
        DayKey { day, key: mac.finalize().into_bytes().into() }
    }
}

/// The stream of the court itself.
pub fn stream() -> Stream {
    Stream("court".to_owned())
}

/// Reads the plain events of a stream after `after`.
pub(crate) async fn read_plain<E: DeserializeOwned>(
    app: &App,
    stream: &Stream,
    after: u64,
) -> Result<Vec<(u64, E)>, AppError> {
    let stored = app.ports().store.read_stream(LogId::RECORD, stream, after).await?;
    let read = |event: xiezhi_store::StoredEvent| {
        let body = event.body.as_deref().unwrap_or_default();
        let decoded = serde_json::from_slice(body);
        decoded.map(|decoded| (event.rev, decoded)).map_err(|fault| AppError::Unreadable(fault.to_string()))
    };
    stored.into_iter().map(read).collect()
}

/// Appends plain events to one stream after `at_rev`; [`AppError::Busy`] when others were faster.
pub(crate) async fn append_plain<E: Serialize>(
    app: &App,
    stream: &Stream,
    at_rev: u64,
    events: &[E],
    actor: &str,
) -> Result<(), AppError> {
    let id = moment::new_id(app.ports().clock.now());
    append_command(app, stream, at_rev, events, actor, id).await
}

/// The same for a command that may be sent twice: its repeat changes nothing.
pub(crate) async fn append_command<E: Serialize>(
    app: &App,
    stream: &Stream,
    at_rev: u64,
    events: &[E],
    actor: &str,
    id: uuid::Uuid,
) -> Result<(), AppError> {
    let now = app.ports().clock.now();
    let inscription = codec::Inscription::new(actor, now.as_microsecond(), stream);
    let sealed = events.iter().map(|event| codec::seal_plain(moment::new_id(now), event, &inscription)).collect();
    app.writer()
        .commit(Commit {
            log: LogId::RECORD,
            command: CommandKey { id, hash: hash_of(actor, events) },
            actor: actor.to_owned(),
            at_us: now.as_microsecond(),
            read: vec![(stream.clone(), at_rev)],
            write: vec![(stream.clone(), sealed)],
            rows: vec![],
            outbox: vec![],
            working: vec![],
        })
        .await?;
    Ok(())
}

/// Hash of who says what: another thing under the same identifier is no repeat.
fn hash_of<E: Serialize>(actor: &str, events: &[E]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(actor.as_bytes());
    hash.update(serde_json::to_vec(events).expect("events are plain data"));
    hash.finalize().into()
}

impl App {
    /// What the court has said of itself, and the revision of its stream.
    pub async fn court(&self) -> Result<(Court, u64), AppError> {
        let mut court = Court::default();
        let mut rev = 0;
        for (at, event) in read_plain::<CourtEvent>(self, &stream(), 0).await? {
            court.apply(&event);
            rev = at;
        }
        Ok((court, rev))
    }

    /// Adopts `settings` on the record if they differ from those in force. Where people reach the court is no rule of
    /// it, and is not put on the record.
    pub async fn adopt_settings(&self, settings: &Settings) -> Result<(), AppError> {
        let (court, rev) = self.court().await?;
        let settings = Settings { address: String::new(), ..settings.clone() };
        if court.settings.as_ref() == Some(&settings) {
            return Ok(());
        }
        let event = CourtEvent::SettingsAdopted { settings: Box::new(settings), law_version: LAW_VERSION.to_owned() };
        append_plain(self, &stream(), rev, &[event], "system").await
    }

    /// Fixes the draw keys of `today` and tomorrow on the record, and discloses those of past days.
    /// Harmless to repeat, and at once with others.
    pub async fn keep_draw_keys(&self, today: Date) -> Result<(), AppError> {
        loop {
            match self.try_draw_keys(today).await {
                Err(AppError::Busy) => {} // another was faster: then there is less to do
                done => return done,
            }
        }
    }

    async fn try_draw_keys(&self, today: Date) -> Result<(), AppError> {
        let (court, rev) = self.court().await?;
        let mut events = vec![];
        for day in [today, today.tomorrow().expect("within the calendar")] {
            if !court.draw_days.contains_key(&day) {
                let key_hash = draw::key_hash_hex(&self.ports().keys.day_key(day).key);
                events.push(CourtEvent::DrawKeyFixed { day, key_hash });
            }
        }
        for (day, _) in court.draw_days.iter().filter(|(day, (_, key))| **day < today && key.is_none()) {
            let key = self.ports().keys.day_key(*day).key.iter().map(|byte| format!("{byte:02x}")).collect();
            events.push(CourtEvent::DrawKeyDisclosed { day: *day, key });
        }
        if events.is_empty() { Ok(()) } else { append_plain(self, &stream(), rev, &events, "clock").await }
    }

    /// The rules of a decision made on `today`.
    pub fn rules(&self, today: Date) -> Rules {
        Rules {
            version: LAW_VERSION.to_owned(),
            settings: self.ports().settings.clone(),
            draw_key: Some(self.ports().keys.day_key(today)),
        }
    }
}
