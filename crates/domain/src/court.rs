//! The court itself (本院): its settings and the keys of its draws, as events of the court's own stream.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::rules::Settings;

/// Facts of the court. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum CourtEvent {
    /// Settings were adopted, with the version of the law data they go with (启用设置).
    #[serde(rename = "court.settings_adopted.v1")]
    SettingsAdopted {
        /// The settings.
        settings: Box<Settings>,
        /// Version of the law data.
        law_version: String,
    },
    /// The key of a day's draws was fixed: its hash is on record before anyone can draw (固定抽签密钥).
    #[serde(rename = "court.draw_key_fixed.v1")]
    DrawKeyFixed {
        /// The day.
        day: Date,
        /// SHA-256 of the key, in hex.
        key_hash: String,
    },
    /// The key of a past day was disclosed, so that anyone can run its draws again (公开抽签密钥).
    #[serde(rename = "court.draw_key_disclosed.v1")]
    DrawKeyDisclosed {
        /// The day.
        day: Date,
        /// The key, in hex.
        key: String,
    },
}

/// What the court has said of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Court {
    /// Settings in force.
    pub settings: Option<Settings>,
    /// Days with a fixed key: its hash, and the key once disclosed.
    pub draw_days: std::collections::BTreeMap<Date, (String, Option<String>)>,
}

impl Court {
    /// Takes an event in.
    pub fn apply(&mut self, event: &CourtEvent) {
        match event {
            CourtEvent::SettingsAdopted { settings, .. } => self.settings = Some((**settings).clone()),
            CourtEvent::DrawKeyFixed { day, key_hash } => {
                self.draw_days.insert(*day, (key_hash.clone(), None));
            }
            CourtEvent::DrawKeyDisclosed { day, key } => {
                if let Some(known) = self.draw_days.get_mut(day) {
                    known.1 = Some(key.clone());
                }
            }
        }
    }
}
