//! The configuration of a witness: one small file.

use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use xiezhi_ledger::{CosigningKey, KeyName, Keyring, VerifierKey};

/// The configuration with every setting, as `xiezhi witness --print-config` prints it.
pub const DOCUMENTED: &str = include_str!("config.toml");

/// The configuration of a witness.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address to listen on.
    pub listen: String,
    /// The name of the witness's key: a schema-less URL.
    pub name: String,
    /// Where courts reach it, for the line they copy.
    pub url: Option<String>,
    /// Folder of what was cosigned last.
    pub memory: PathBuf,
    /// File of the secret key, made at the first start, outside `memory`.
    pub key: PathBuf,
    /// File of another key that cosigns, too: the one before, until every court's policy names the new one.
    pub also_key: Option<PathBuf>,
    /// By which algorithm a key is made at the first start.
    #[serde(default)]
    pub algorithm: KeyKind,
    /// The keys of the logs it looks after.
    pub logs: Vec<String>,
}

/// The algorithm of a new key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum KeyKind {
    /// Ed25519, which every program of the protocol knows.
    #[default]
    #[serde(rename = "ed25519")]
    Ed25519,
    /// ML-DSA-44, whose signatures outlast quantum computers.
    #[cfg(feature = "ml-dsa")]
    #[serde(rename = "ml-dsa-44")]
    MlDsa44,
}

impl KeyKind {
    /// The key that `seed`, 32 random bytes, stands for.
    pub fn from_seed(self, name: KeyName, seed: &[u8; 32]) -> CosigningKey {
        match self {
            Self::Ed25519 => CosigningKey::from_seed(name, seed),
            #[cfg(feature = "ml-dsa")]
            Self::MlDsa44 => CosigningKey::ml_dsa_44_from_seed(name, seed),
        }
    }
}

/// Why a configuration can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Not the form of a configuration.
    #[error("the configuration can't be read")]
    Form(#[source] toml::de::Error),
    /// A line of `logs` is not the key of a log.
    #[error("`logs` has something that is not the key of a log: {0}")]
    NotAKey(String),
    /// Two keys that can't be told apart.
    #[error("`logs` has a key twice")]
    Twice,
    /// The key would be copied, and put back, with the memory.
    #[error("`key` lies inside `memory`: a backup would carry it along")]
    KeyInMemory,
}

impl Config {
    /// Reads a configuration and checks what can be checked of it.
    ///
    /// # Errors
    /// A [`ConfigError`].
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(ConfigError::Form)?;
        config.logs()?;
        let within = |key: &PathBuf| plain(key).starts_with(plain(&config.memory));
        if within(&config.key) || config.also_key.as_ref().is_some_and(within) {
            return Err(ConfigError::KeyInMemory);
        }
        Ok(config)
    }

    /// The keys of the logs.
    ///
    /// # Errors
    /// A [`ConfigError`] where one is not a key.
    pub fn logs(&self) -> Result<Keyring, ConfigError> {
        let key = |text: &String| text.parse::<VerifierKey>().map_err(|_| ConfigError::NotAKey(text.clone()));
        let keys: Vec<_> = self.logs.iter().map(key).collect::<Result<_, _>>()?;
        Keyring::new(keys).map_err(|_| ConfigError::Twice)
    }
}

/// A path with `.` and `..` followed by name.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_configuration_is_one_that_can_be_used() {
        Config::parse(DOCUMENTED).expect("it can be used");
    }

    #[test]
    fn typing_errors_and_a_key_within_the_memory_are_refused() {
        let said = |text: &str| Config::parse(text).expect_err("refused").to_string();
        assert!(said(&format!("{DOCUMENTED}\nquorum = 1\n")).contains("can't be read"));
        assert!(said(&DOCUMENTED.replace("logs = [", "logs = [ \"court.example\",")).contains("court.example"));
        let within = DOCUMENTED.replace("/var/lib/xiezhi-witness-key/", "/var/lib/xiezhi-witness/x/../");
        assert!(said(&within).contains("`key`"));
        let within =
            DOCUMENTED.replace("# also_key = \"/var/lib/xiezhi-witness-key/", "also_key = \"/var/lib/xiezhi-witness/");
        assert!(said(&within).contains("`key`"));
    }
}
