//! Composition: the ports of one installation.

mod absent;
mod bound;
mod carriers;
mod log_files;
mod reading;
mod scans;
mod stamps;
pub mod statutes;
#[cfg(feature = "pkcs11")]
mod token;
mod witnesses;

use std::{
    fs,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail};
use xiezhi_app::{
    App, AppError,
    court::{Keys, LogToken},
    issuing, log_keys,
    moment::{self, Clock},
    ports::{LogFiles, Ports, Press, PrintedPaper},
    screening::Screening,
    tables::SCHEMA,
    witnessing,
};
use xiezhi_connect::{
    BankBook, Clamd, DemonstrationBank, DemonstrationIdentity, DemonstrationMessages, Identity, Messages, Outbox,
    Payments, in_memory,
};
use xiezhi_documents::structure::Document;
use xiezhi_domain::{material::Spot, rules::Settings};
use xiezhi_signing::{Face, authority::Authority};
use xiezhi_store::{Store, blob::Blobs, pages::PageIndex};
use xiezhi_store_blob::{LocalBlobs, S3Blobs, S3Files, S3Settings};
use xiezhi_store_sql::{FileLock, SqlPages, SqlStore, beside};
use xiezhi_typeset::{PrintError, Typesetter};

use self::{
    absent::{NoIdentity, NoPayments},
    log_files::Bucket,
};
pub use self::{
    log_files::Folder,
    reading::{on_page, recognised},
};
use crate::config::{self, Config, Provider};

/// What `open` gives: the application, and what must live as long as it does.
pub struct Opened {
    /// The application.
    pub app: App,
    _locked: fs::File,
}

/// Opens an installation.
pub async fn open(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<Opened> {
    fs::create_dir_all(&config.data).with_context(|| format!("{} can't be made", config.data.display()))?;
    open_with(config, clock, Arc::new(pages(config).await?)).await
}

/// Opens an installation with an index of pages that lies elsewhere.
pub async fn open_with(config: &Config, clock: Arc<dyn Clock>, pages: Arc<dyn PageIndex>) -> anyhow::Result<Opened> {
    fs::create_dir_all(&config.data).with_context(|| format!("{} can't be made", config.data.display()))?;
    let locked = lock_folder(&config.data)?;
    if restoring_mark(config).exists() {
        bail!("a restore into {} broke off; run `xiezhi restore` again", config.data.display());
    }
    let fonts = fonts(config.fonts.as_deref())?;
    let store: Arc<dyn Store> =
        Arc::new(SqlStore::open(&config.database, SCHEMA).await.context("the database can't be opened")?);
    let settings = config.court.clone().unwrap_or_else(Settings::demonstration);
    let (identity, payments, messages) = outside(config, &clock)?;
    let keys = keys(config, &fonts)?;
    let (lines, witnesses) = witnesses::open(config, &keys, clock.clone())?;
    let retired = log_keys::retired(&*store, &keys).await.context("the record's keys can't be read")?;
    let policy = witnessing::policy(&keys, &retired, &lines).context("the file of witnesses can't be used")?;
    let (roots, stamping) = stamps::open(config, clock.clone())?;
    let policy = roots.iter().fold(policy, |policy, root| policy.with_stamp_authority(root.to_der()));
    let ports = Ports {
        store,
        blobs: blobs(config)?,
        pages,
        log_files: log_files(config)?,
        checkpoint_lock: Arc::new(
            FileLock::open(&config.checkpoint_lock).context("the checkpoint's copy can't be opened")?,
        ),
        press: Arc::new(CourtPress(Typesetter::new(&fonts).context("the fonts can't be read; run ./setup.sh fonts")?)),
        reading: Arc::new(reading::open(config, &fonts)?),
        scanners: scans::open(config)?,
        statutes: Arc::new(statutes::Shelf::open(config.statutes()).context("the folder of law texts can't be read")?),
        identity,
        payments,
        messages,
        policy,
        witnesses,
        stamping,
        screening: screening(config)?,
        shadow: config.sm3,
        clock,
        keys,
        settings: settings.clone(),
        node: format!("{}-{}", std::process::id(), config.listen),
    };
    let app = App::start(ports);
    lay_out_public(config, &app).await?;
    if !app.ports().store.rows_are_current().await.context("the read model can't be looked at")? {
        tracing::info!("the read model is of another release: it is computed anew");
        app.rebuild(&mut |_, _| {}).await.context("the read model can't be computed anew")?;
    }
    app.adopt_settings(&settings).await.context("the settings can't be recorded")?;
    Ok(Opened { app, _locked: locked })
}

/// Who looks through files for viruses.
fn screening(config: &Config) -> anyhow::Result<Screening> {
    let Some(set) = &config.virus_scanner else { return Ok(Screening::default()) };
    let Some(clamd) = Clamd::at(&set.at) else {
        bail!("`at` of `virus_scanner` is {}; it is tcp://address:port or unix:///path", set.at);
    };
    Ok(Screening { scanner: Some(Arc::new(clamd)), when_down: set.when_down })
}

/// The index of pages beside the record.
pub async fn pages(config: &Config) -> anyhow::Result<SqlPages> {
    SqlPages::open(&beside(&config.database)).await.context("the index of pages can't be opened")
}

/// Says that a backup is being brought back: until it is whole nobody works here.
pub fn restoring_mark(config: &Config) -> PathBuf {
    config.data.join("restoring")
}

/// One process for each data folder.
pub fn lock_folder(data: &Path) -> anyhow::Result<fs::File> {
    let path = data.join("lock");
    let file = fs::File::create(&path).with_context(|| format!("{} can't be made", path.display()))?;
    if rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_err() {
        bail!("{} is in use by another xiezhi", data.display());
    }
    Ok(file)
}

/// Where the set-up puts `what`, if the environment does not name another folder for it.
fn brought(what: &str) -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let cache = from("XIEZHI_CACHE")
        .or_else(|| from("XDG_CACHE_HOME").map(|cache| cache.join("xiezhi")))
        .or_else(|| from("HOME").map(|home| home.join(".cache/xiezhi")));
    from(&format!("XIEZHI_{}", what.to_uppercase())).or_else(|| cache.map(|cache| cache.join(what)))
}

/// The folder of what recognises the text of scans: the one that is `set`, else where the set-up puts it.
pub fn recogniser(set: Option<&Path>) -> Option<PathBuf> {
    set.map(Path::to_owned).or_else(|| brought("ocr")).filter(|folder| folder.is_dir())
}

/// The folder of the court's fonts: the one that is `set`, else where the set-up puts them.
pub fn fonts(set: Option<&Path>) -> anyhow::Result<PathBuf> {
    match set.map(Path::to_owned).or_else(|| brought("fonts")) {
        Some(folder) if folder.is_dir() => Ok(folder),
        _ => bail!("the court's fonts are missing; run ./setup.sh fonts"),
    }
}

/// The files of a court.
pub fn blobs(config: &Config) -> anyhow::Result<Arc<dyn Blobs>> {
    Ok(match &config.s3 {
        None => Arc::new(LocalBlobs::open(config.data.join("files")).context("the folder of files can't be opened")?),
        Some(s3) => Arc::new(S3Blobs::open(bucket(config, s3, "")).context("the bucket of files can't be opened")?),
    })
}

/// The files of a court that may be running, to read them.
pub fn blobs_beside(config: &Config) -> anyhow::Result<Arc<dyn Blobs>> {
    Ok(match &config.s3 {
        None => Arc::new(LocalBlobs::beside(config.data.join("files"))),
        Some(s3) => Arc::new(S3Blobs::beside(bucket(config, s3, "")).context("the bucket of files can't be opened")?),
    })
}

fn log_files(config: &Config) -> anyhow::Result<Arc<dyn LogFiles>> {
    Ok(match &config.s3 {
        None => Arc::new(Folder(config.data.join("log"))),
        Some(s3) => {
            Arc::new(Bucket(S3Files::open(bucket(config, s3, "log")).context("the log's bucket can't be opened")?))
        }
    })
}

fn bucket(config: &Config, s3: &config::S3, prefix: &str) -> S3Settings {
    S3Settings {
        endpoint: s3.endpoint.clone(),
        region: s3.region.clone(),
        bucket: s3.bucket.clone(),
        prefix: prefix.to_owned(),
        access_key_id: s3.access_key_id.clone(),
        secret_access_key: s3.secret_access_key.clone(),
        allow_http: s3.allow_http,
        spool: config.data.join("spool"),
    }
}

/// Who vouches for people, the bank, the carriers of messages.
type Outside = (Arc<dyn Identity>, Arc<dyn Payments>, Arc<dyn Messages>);

/// The outside world of a demonstration, or what the configuration names: an identity provider and a bank are yet to
/// be linked, and nothing here pretends to be one.
fn outside(config: &Config, clock: &Arc<dyn Clock>) -> anyhow::Result<Outside> {
    Ok(match config.identity {
        Provider::Demonstration => (
            Arc::new(DemonstrationIdentity::new(vec![])),
            Arc::new(DemonstrationBank::new(BankBook::default(), in_memory())),
            Arc::new(DemonstrationMessages::new(Outbox::default(), in_memory(), Default::default())),
        ),
        Provider::None => (Arc::new(NoIdentity), Arc::new(NoPayments), carriers::open(config, clock)?),
    })
}

/// What anyone needs to check what the court gives out lies beside the keys: `xiezhi verify` takes it.
async fn lay_out_public(config: &Config, app: &App) -> anyhow::Result<()> {
    let folder = config.keys.join("public");
    fs::create_dir_all(&folder).context("the folder of public keys can't be made")?;
    fs::write(folder.join("policy"), app.policy_file().await.context("the policy can't be written")?)?;
    fs::write(folder.join("root.pem"), app.ports().keys.authority.trust_root().to_pem())?;
    Ok(())
}

/// The token that holds keys, if the configuration names one.
#[cfg(feature = "pkcs11")]
fn key_token(config: &Config) -> anyhow::Result<Option<Arc<token::Token>>> {
    config.pkcs11.as_ref().map(|settings| token::Token::open(settings).map(Arc::new)).transpose()
}

/// The keys of the logs in it: it has them, or makes them now.
#[cfg(feature = "pkcs11")]
fn log_token(config: &Config, token: Option<&Arc<token::Token>>) -> anyhow::Result<Option<Arc<dyn LogToken>>> {
    let Some(token) = token else { return Ok(None) };
    for log in xiezhi_store::LogId::ALL {
        token.ensure(&format!("{}/{}", config.origin, xiezhi_app::recorder::name(log)))?;
    }
    Ok(Some(Arc::clone(token) as Arc<dyn LogToken>))
}

/// Who vouches for signatures and seals: in the token where the configuration says so, from its key file otherwise.
#[cfg(feature = "pkcs11")]
fn authority(config: &Config, token: Option<&Arc<token::Token>>) -> anyhow::Result<Authority> {
    let seals = config.pkcs11.as_ref().is_some_and(|settings| settings.seals);
    let Some(token) = token.filter(|_| seals) else {
        return Ok(issuing::authority(&secret(&config.keys.join(AUTHORITY_KEY))?));
    };
    let (path, keys) = (config.keys.join(AUTHORITY_ROOT), Arc::new(token::Seals::of(token, &config.origin)));
    let kept = if path.exists() { Some(fs::read_to_string(&path)?) } else { None };
    let authority = issuing::authority_in(keys, kept.as_deref()).context("the keys of the seal in the token")?;
    if kept.is_none() {
        put_secret(&path, authority.trust_root().to_pem().as_bytes())?;
    }
    Ok(authority)
}

/// The file of the root that was made when the token first held the keys of the seal.
#[cfg(feature = "pkcs11")]
const AUTHORITY_ROOT: &str = "authority.pem";

#[cfg(not(feature = "pkcs11"))]
fn key_token(config: &Config) -> anyhow::Result<Option<std::convert::Infallible>> {
    match &config.pkcs11 {
        None => Ok(None),
        Some(_) => bail!("`pkcs11` is set, and this program was built without it: cargo build --features pkcs11"),
    }
}

#[cfg(not(feature = "pkcs11"))]
fn log_token(_: &Config, _: Option<&std::convert::Infallible>) -> anyhow::Result<Option<Arc<dyn LogToken>>> {
    Ok(None)
}

#[cfg(not(feature = "pkcs11"))]
fn authority(config: &Config, _: Option<&std::convert::Infallible>) -> anyhow::Result<Authority> {
    Ok(issuing::authority(&secret(&config.keys.join(AUTHORITY_KEY))?))
}

/// The file of the key that vouches for signatures and seals.
const AUTHORITY_KEY: &str = "authority.key";
/// The file of the key that signs the logs.
pub const LOG_KEY: &str = "log.key";
/// The file of the one before, while it still signs.
pub const FORMER_LOG_KEY: &str = "log-former.key";
/// The file of the one that is about to sign.
pub const NEW_LOG_KEY: &str = "log-new.key";

/// Keys are made at the first start, readable by this user alone.
fn keys(config: &Config, fonts: &Path) -> anyhow::Result<Keys> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&config.keys)
        .context("the folder of keys can't be made")?;
    let secret = |name: &str| secret(&config.keys.join(name));
    let token = key_token(config)?;
    let face = find_font(fonts, "FandolSong-Bold").context("the seal's font is missing; run ./setup.sh fonts")?;
    Ok(Keys {
        origin: config.origin.clone(),
        log_token: log_token(config, token.as_ref())?,
        former_log_seed: former_secret(&config.keys.join(FORMER_LOG_KEY), &secret(LOG_KEY)?)?,
        log_seed: secret(LOG_KEY)?,
        draw_master: secret("draw.key")?,
        authority: authority(config, token.as_ref())?,
        certificates: issuing::term(),
        face: Face::new(fs::read(face)?).context("the seal's font can't be read")?,
    })
}

/// The key before, if it still signs: a copy of the one that signs is what a change that broke off left.
fn former_secret(path: &Path, signs: &[u8; 32]) -> anyhow::Result<Option<[u8; 32]>> {
    let former = if path.exists() { Some(secret(path)?) } else { None };
    Ok(former.filter(|former| former != signs))
}

/// The secret in a file; made if there is none.
pub fn secret(path: &Path) -> anyhow::Result<[u8; 32]> {
    match fs::read(path) {
        Ok(bytes) => return bytes.try_into().map_err(|_| anyhow::anyhow!("{} is not a key", path.display())),
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {}
        Err(fault) => return Err(fault).with_context(|| format!("{} can't be read", path.display())),
    }
    let secret = moment::secret();
    put_secret(path, &secret)?;
    Ok(secret)
}

/// Puts a secret into a file of its own, which must not be there: whole or not at all.
pub fn put_secret(path: &Path, secret: &[u8]) -> anyhow::Result<()> {
    let part = path.with_extension("part");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    std::io::Write::write_all(&mut file, secret)?;
    file.sync_all()?;
    fs::hard_link(&part, path).with_context(|| format!("{} can't be made", path.display()))?;
    fs::remove_file(&part)?;
    let folder = path.parent().context("a secret lies in a folder")?;
    Ok(fs::File::open(folder)?.sync_all()?)
}

fn find_font(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).ok()?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_stem().is_some_and(|stem| stem == name) {
                return Some(path);
            }
        }
    }
    None
}

/// The press: Typst, behind the port of the application.
struct CourtPress(Typesetter);

impl Press for CourtPress {
    fn print(&self, document: &Document) -> Result<PrintedPaper, AppError> {
        let printed = self.0.print(document).map_err(not_printed)?;
        let spot = |what: &str, page, x: f32, y: f32| Spot {
            what: what.to_owned(),
            page,
            x_tenths: (x * 10.0).round() as i32,
            y_tenths: (y * 10.0).round() as i32,
        };
        let seal = printed.seal_spot.map(|at| spot("seal", at.page, at.x_pt, at.y_pt));
        let names = printed.signature_spots.iter().map(|at| spot(&at.name, at.page, at.x_pt, at.y_pt));
        Ok(PrintedPaper { pdf: printed.pdf, pages: printed.pages, spots: seal.into_iter().chain(names).collect() })
    }

    fn ofd(&self, document: &Document) -> Result<Vec<u8>, AppError> {
        self.0.ofd(document).map_err(not_printed)
    }

    fn docx(&self, document: &Document, marks: &[(&str, String)]) -> Vec<u8> {
        xiezhi_typeset::docx::write_marked(document, marks)
    }
}

fn not_printed(fault: PrintError) -> AppError {
    match fault {
        PrintError::MissingGlyphs { characters } => AppError::MissingGlyphs(characters),
        fault => AppError::failed("the press", fault),
    }
}
