//! The one configuration file.

use std::path::{Path, PathBuf};

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
    /// Whether readers come by HTTPS.
    pub secure_cookies: bool,
    /// Requests a minute of one session or address; 0 limits nobody.
    pub requests_per_minute: u32,
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
    /// `text` or `json`.
    pub log: String,
    /// Folder of fonts; the set-up script's cache if absent.
    pub fonts: Option<PathBuf>,
    /// The identity provider: `demonstration` is refused by `serve`.
    pub identity: String,
    /// Settings of the court; those of the demonstration court if absent.
    pub court: Option<Settings>,
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
            secure_cookies: false,
            requests_per_minute: 0,
            data: data.to_owned(),
            keys: beside("keys"),
            checkpoint_lock: beside("checkpoint"),
            database: format!("sqlite://{}", data.join("court.sqlite").display()),
            s3: None,
            origin: "demo.xiezhi.example".to_owned(),
            log: "text".to_owned(),
            fonts: None,
            identity: "demonstration".to_owned(),
            court: None,
        }
    }

    /// Refuses what would make proofs or identity worthless.
    pub fn check_for_serve(&self) -> anyhow::Result<()> {
        if self.identity == "demonstration" {
            bail!(
                "`serve` does not start with the demonstration identity: anyone could be anyone. Use `xiezhi demo`, or set a real provider"
            );
        }
        for (name, folder) in [("keys", &self.keys), ("checkpoint_lock", &self.checkpoint_lock)] {
            if folder.starts_with(&self.data) {
                bail!(
                    "`{name}` ({}) lies inside the data folder: a stolen or restored backup would carry it along",
                    folder.display()
                );
            }
        }
        Ok(())
    }
}
