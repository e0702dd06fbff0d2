//! The one configuration file.

use std::{
    collections::BTreeMap,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, bail};
use serde::Deserialize;
use xiezhi_domain::rules::Settings;

/// The configuration with every setting and its default, as `xiezhi config` prints it.
pub const DOCUMENTED: &str = include_str!("config.toml");

/// Where the configuration is.
#[derive(clap::Args, Clone, Debug)]
pub struct ConfigArgs {
    /// The configuration file (see `xiezhi config`)
    #[arg(long, default_value = "xiezhi.toml")]
    pub config: PathBuf,
}

/// Configuration of an installation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address to listen on.
    pub listen: String,
    /// Address that a collector of metrics asks; nobody can ask if absent.
    pub metrics_listen: Option<String>,
    /// Whether readers come by HTTPS.
    pub secure_cookies: bool,
    /// Requests a minute of one session or address; 0 limits nobody.
    pub requests_per_minute: u32,
    /// Addresses of the proxies before the court.
    #[serde(default)]
    pub proxies: Vec<std::net::IpAddr>,
    /// Folder of data.
    pub data: PathBuf,
    /// Folder of keys, outside the data folder.
    pub keys: PathBuf,
    /// Folder of the checkpoint's copy, outside data and backups.
    pub checkpoint_lock: PathBuf,
    /// Database: `sqlite://…` or `postgres://…`.
    pub database: String,
    /// Files on S3; in the data folder if absent.
    pub s3: Option<S3>,
    /// Origin of the logs: a schema-less URL of the court.
    pub origin: String,
    /// File of the witnesses, their groups and the quorum; without one the court alone vouches for its logs.
    pub witnesses: Option<PathBuf>,
    /// The token that holds the keys of the logs; in the folder of keys if absent.
    pub pkcs11: Option<Pkcs11>,
    /// The authority that stamps the record's checkpoints; without one nothing is stamped.
    pub time_stamps: Option<TimeStamps>,
    /// Who looks through files for viruses; without it nobody does.
    pub virus_scanner: Option<VirusScanner>,
    /// Whether the record's root is also signed in SM2 over SM3.
    #[serde(default)]
    pub sm3: bool,
    /// How logs are written.
    pub log: LogFormat,
    /// Folder of fonts; the set-up script's cache if absent.
    pub fonts: Option<PathBuf>,
    /// Folder of what recognises the text of scans; the set-up script's cache if absent.
    pub ocr: Option<PathBuf>,
    /// Folder of law texts; `statutes` in the folder of data if absent.
    pub statutes: Option<PathBuf>,
    /// The scanning centre; without one nothing is scanned in.
    pub scanning: Option<Scanning>,
    /// The identity provider.
    pub identity: Provider,
    /// The relay that takes mail; without one nothing goes by mail.
    pub mail: Option<MailSettings>,
    /// The carrier of short messages; without one none is sent.
    pub texts: Option<TextsSettings>,
    /// Settings of the court; those of the demonstration court if absent.
    pub court: Option<Settings>,
}

/// A relay for mail (SMTP).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// Name of the host.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Whether the line is encrypted.
    #[serde(default = "yes")]
    pub encrypted: bool,
    /// User, if the relay asks for one.
    pub user: Option<String>,
    /// File of the user's password, readable by this user alone.
    pub password: Option<PathBuf>,
    /// From whom.
    pub from: String,
    /// Folder (Maildir) into which mail for that sender is delivered: what came back is read there.
    pub returned: Option<PathBuf>,
}

/// A carrier of short messages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextsSettings {
    /// Where the interface answers.
    pub endpoint: String,
    /// Id of the key.
    pub key_id: String,
    /// File of the secret, readable by this user alone.
    pub secret: PathBuf,
    /// Signature under the messages, as the carrier approved it.
    pub sign_name: String,
    /// The carrier's code of each pattern, by the pattern's id.
    pub patterns: BTreeMap<String, String>,
}

const fn yes() -> bool {
    true
}

/// Who vouches for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Nobody: nobody signs in.
    None,
    /// The demonstration: anyone is whoever they say; `serve` refuses it.
    Demonstration,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For a terminal.
    Text,
    /// For a collector.
    Json,
}

/// A token (PKCS#11).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(feature = "pkcs11"), expect(dead_code, reason = "it is refused where the feature is off"))]
pub struct Pkcs11 {
    /// The module of the token's maker: a shared library.
    pub module: PathBuf,
    /// The label of the token.
    pub token: String,
    /// File of the user's PIN, readable by this user alone.
    pub pin: PathBuf,
    /// Whether it also holds the keys of signatures and of the court's seal.
    #[serde(default)]
    pub seals: bool,
}

/// An authority for time stamps.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeStamps {
    /// Where it answers; if absent nothing new is stamped, and stamps that are there still count.
    pub url: Option<String>,
    /// File of the certificates that vouch for it, now and formerly (PEM).
    pub certificates: PathBuf,
    /// A checkpoint is stamped this often.
    #[serde(default = "daily")]
    pub every_hours: u32,
}

const fn daily() -> u32 {
    24
}

/// A scanner for viruses.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VirusScanner {
    /// Where clamd answers: `tcp://address:port` or `unix:///path`.
    pub at: String,
    /// What becomes of files while it does not.
    #[serde(default)]
    pub when_down: xiezhi_app::screening::WhenDown,
}

/// The scanning centre.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scanning {
    /// The folder that scanners write to.
    pub folder: PathBuf,
    /// A batch is complete once it has not changed for so long.
    #[serde(default = "settled")]
    pub settled_seconds: u64,
}

const fn settled() -> u64 {
    10
}

/// Files on S3.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3 {
    /// Address of the service.
    pub endpoint: Option<String>,
    /// Region.
    pub region: String,
    /// Bucket.
    pub bucket: String,
    /// Key id.
    pub access_key_id: String,
    /// Secret.
    pub secret_access_key: String,
    /// Whether plain HTTP is allowed.
    #[serde(default)]
    pub allow_http: bool,
}

impl Config {
    /// Reads the configuration file.
    pub fn read(args: &ConfigArgs) -> anyhow::Result<Config> {
        let path = args.config.display();
        let text = std::fs::read_to_string(&args.config)
            .with_context(|| format!("there is no configuration at {path}; `xiezhi config > {path}` writes one"))?;
        toml::from_str(&text).with_context(|| format!("{path} can't be read"))
    }

    /// The configuration of a demonstration under `data`.
    pub fn demonstration(data: &Path, listen: &str) -> Config {
        let beside = |name: &str| {
            data.with_file_name(format!("{}-{name}", data.file_name().unwrap_or_default().to_string_lossy()))
        };
        Config {
            listen: listen.to_owned(),
            metrics_listen: None,
            secure_cookies: false,
            requests_per_minute: 0,
            proxies: vec![],
            data: data.to_owned(),
            keys: beside("keys"),
            checkpoint_lock: beside("checkpoint"),
            database: format!("sqlite://{}", data.join("court.sqlite").display()),
            s3: None,
            origin: "demo.xiezhi.example".to_owned(),
            witnesses: None,
            pkcs11: None,
            time_stamps: None,
            virus_scanner: None,
            sm3: true,
            log: LogFormat::Text,
            fonts: None,
            ocr: None,
            statutes: None,
            scanning: Some(Scanning { folder: data.join("scans"), settled_seconds: 2 }),
            identity: Provider::Demonstration,
            mail: None,
            texts: None,
            court: Some(Settings { address: format!("http://{listen}"), ..Settings::demonstration() }),
        }
    }

    /// The folder of law texts.
    pub fn statutes(&self) -> PathBuf {
        self.statutes.clone().unwrap_or_else(|| self.data.join("statutes"))
    }

    /// Refuses what would make proofs or identity worthless.
    pub fn check_for_serve(&self) -> anyhow::Result<()> {
        if self.identity == Provider::Demonstration {
            bail!(
                "`serve` does not start with the demonstration identity: anyone could be anyone. Use `xiezhi demo`, or set a real provider"
            );
        }
        let data = resolved(&self.data)?;
        for (name, folder) in [("keys", &self.keys), ("checkpoint_lock", &self.checkpoint_lock)] {
            if resolved(folder)?.starts_with(&data) {
                bail!(
                    "`{name}` ({}) lies inside the data folder: a stolen or restored backup would carry it along",
                    folder.display()
                );
            }
        }
        Ok(())
    }
}

/// Where a path really leads: links and `..` followed as far as it exists.
fn resolved(path: &Path) -> anyhow::Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| format!("{} leads nowhere", path.display()))?;
    let mut there = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                there.pop();
            }
            part => there.push(part),
        }
        if let Ok(followed) = there.canonicalize() {
            there = followed;
        }
    }
    Ok(there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_configuration_is_one_that_serve_takes() {
        let config: Config = toml::from_str(DOCUMENTED).expect("the documented configuration can be read");
        config.check_for_serve().expect("it is safe");
    }

    #[test]
    fn a_setting_nobody_knows_is_refused() {
        let said = toml::from_str::<Config>(&format!("{DOCUMENTED}\nlisten_on = 1\n")).map(drop);
        assert!(said.expect_err("a typing error").to_string().contains("listen_on"));
    }

    #[test]
    fn serve_refuses_the_demonstration_and_keys_within_the_data() {
        let demonstration = Config::demonstration(Path::new("data/demo"), "127.0.0.1:0");
        let said = |config: &Config| config.check_for_serve().expect_err("refused").to_string();
        assert!(said(&demonstration).contains("demonstration identity"));
        let sane = Config { identity: Provider::None, ..demonstration };
        sane.check_for_serve().expect("keys lie beside the data");
        let keys = Config { keys: "data/demo/../demo/keys".into(), ..sane.clone() };
        assert!(said(&keys).starts_with("`keys`"));
        let lock = Config { checkpoint_lock: sane.data.clone(), ..sane };
        assert!(said(&lock).starts_with("`checkpoint_lock`"));
    }
}
