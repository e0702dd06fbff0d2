//! Composition: the ports of one installation.

mod absent;
mod bound;
mod carriers;
mod log_files;
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
use async_trait::async_trait;
use xiezhi_app::{
    App, AppError,
    court::{Keys, LogToken},
    issuing, log_keys,
    moment::{self, Clock},
    ports::{
        Binding, Blot, ComposedLeaf, Heading, Inspected, LogFiles, PageText, Ports, Press, PrintedPaper, Reading, ScannedPage, TextRun,
    },
    scans::Recognised,
    tables::SCHEMA,
    witnessing,
};
use xiezhi_connect::{
    BankBook, DemonstrationBank, DemonstrationIdentity, DemonstrationMessages, Identity, Messages, Outbox, Payments,
    in_memory,
};
use xiezhi_documents::{
    returned::{Tracked, Written, WrittenLine},
    structure::Document,
};
use xiezhi_domain::{material::Spot, rules::Settings};
use xiezhi_reading::{Limits, Reader, ReadingError};
use xiezhi_signing::{Face, authority::Authority};
use xiezhi_store::{Store, blob::Blobs};
use xiezhi_store_blob::{LocalBlobs, S3Blobs, S3Files, S3Settings};
use xiezhi_store_sql::{FileLock, SqlStore};
use xiezhi_typeset::{PrintError, Typesetter};

pub use self::log_files::Folder;
use self::{
    absent::{NoIdentity, NoPayments},
    bound::{as_binding, as_leaves},
    log_files::Bucket,
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
        log_files: log_files(config)?,
        checkpoint_lock: Arc::new(
            FileLock::open(&config.checkpoint_lock).context("the checkpoint's copy can't be opened")?,
        ),
        press: Arc::new(CourtPress(Typesetter::new(&fonts).context("the fonts can't be read; run ./setup.sh fonts")?)),
        reading: Arc::new(CourtReading {
            reader: Reader::new(std::env::current_exe().context("this program can't find itself")?, Limits::default())
                .with_fonts(&fonts)
                .with_recogniser(recogniser(config.ocr.as_deref()).as_deref()),
            folder: config.data.join("reading"),
        }),
        scanners: scans::open(config)?,
        statutes: Arc::new(statutes::Shelf::open(config.statutes()).context("the folder of law texts can't be read")?),
        identity,
        payments,
        messages,
        policy,
        witnesses,
        stamping,
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
        let printed = self.0.print(document).map_err(|fault| match fault {
            PrintError::MissingGlyphs { characters } => AppError::MissingGlyphs(characters),
            fault => AppError::failed("the press", fault),
        })?;
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

    fn docx(&self, document: &Document, marks: &[(&str, String)]) -> Vec<u8> {
        xiezhi_typeset::docx::write_marked(document, marks)
    }
}

/// The reading of uploaded files, in a confined process.
struct CourtReading {
    reader: Reader,
    folder: PathBuf,
}

impl CourtReading {
    /// The worker reads files; bytes lie in one for as long as it takes.
    fn lay(&self, bytes: &[u8]) -> Result<Laid, AppError> {
        let laid = || -> std::io::Result<Laid> {
            fs::create_dir_all(&self.folder)?;
            let name: String = moment::secret()[..12].iter().map(|byte| format!("{byte:02x}")).collect();
            let path = self.folder.join(name);
            fs::write(&path, bytes)?;
            Ok(Laid(path))
        };
        laid().map_err(|fault| AppError::failed("the folder of reading", fault))
    }
}

struct Laid(PathBuf);

impl Drop for Laid {
    fn drop(&mut self) {
        // What can't be removed is swept with the folder.
        let _ = fs::remove_file(&self.0);
    }
}

fn unread(fault: ReadingError) -> AppError {
    match fault {
        ReadingError::Problem(problem) => AppError::Invalid(vec![("file".to_owned(), problem.code().to_owned())]),
        fault => AppError::failed("reading", fault),
    }
}

#[async_trait]
impl Reading for CourtReading {
    async fn inspect(&self, bytes: Vec<u8>, _: &str) -> Result<Inspected, AppError> {
        let laid = self.lay(&bytes)?;
        let found = self.reader.inspect(&laid.0).await.map_err(unread)?;
        Ok(Inspected {
            media: found.kind.media_type().to_owned(),
            pages: u32::try_from(found.pages.len()).unwrap_or(u32::MAX),
            problem: found.problem.map(|problem| problem.code().to_owned()),
        })
    }

    async fn page_image(&self, bytes: Vec<u8>, no: u32, width_px: u32) -> Result<Vec<u8>, AppError> {
        let laid = self.lay(&bytes)?;
        self.reader.page_image(&laid.0, no.saturating_sub(1), width_px).await.map_err(unread)
    }

    async fn marked_page(&self, bytes: Vec<u8>, no: u32, width_px: u32, words: &str) -> Result<Vec<u8>, AppError> {
        let laid = self.lay(&bytes)?;
        self.reader.marked_page(&laid.0, no.saturating_sub(1), width_px, words).await.map_err(unread)
    }

    async fn page_text(&self, bytes: Vec<u8>, no: u32) -> Result<Vec<TextRun>, AppError> {
        let laid = self.lay(&bytes)?;
        let page = no.saturating_sub(1);
        let found = self.reader.inspect(&laid.0).await.map_err(unread)?;
        let Some(size) = usize::try_from(page).ok().and_then(|page| found.pages.get(page)) else { return Ok(vec![]) };
        let size = *size;
        let runs = self.reader.page_text(&laid.0, page).await.map_err(unread)?;
        Ok(on_page(xiezhi_reading::PageText { size, runs }).runs)
    }

    async fn words(&self, bytes: Vec<u8>) -> Result<Written, AppError> {
        let laid = self.lay(&bytes)?;
        Ok(written(self.reader.words(&laid.0).await.map_err(unread)?))
    }

    async fn compose(&self, files: Vec<Vec<u8>>, leaves: &[ComposedLeaf]) -> Result<Vec<u8>, AppError> {
        let laid: Vec<Laid> = files.iter().map(|file| self.lay(file)).collect::<Result<_, _>>()?;
        let paths: Vec<&Path> = laid.iter().map(|laid| laid.0.as_path()).collect();
        self.reader.compose(&paths, &as_leaves(leaves)).await.map_err(unread)
    }

    async fn bind(&self, files: Vec<Vec<u8>>, leaves: &[ComposedLeaf], binding: &Binding) -> Result<Vec<u8>, AppError> {
        let laid: Vec<Laid> = files.iter().map(|file| self.lay(file)).collect::<Result<_, _>>()?;
        let paths: Vec<&Path> = laid.iter().map(|laid| laid.0.as_path()).collect();
        self.reader.bind(&paths, &as_leaves(leaves), as_binding(binding)).await.map_err(unread)
    }

    async fn redact(&self, bytes: Vec<u8>, blots: &[Blot]) -> Result<Vec<u8>, AppError> {
        let laid = self.lay(&bytes)?;
        let blot = |Blot { page, spot }: &Blot| xiezhi_reading::Blot {
            page: page.saturating_sub(1),
            x: spot.x,
            y: spot.y,
            w: spot.w,
            h: spot.h,
        };
        self.reader.redacted(&laid.0, blots.iter().map(blot).collect()).await.map_err(unread)
    }

    async fn examine(&self, bytes: Vec<u8>, from: u32, count: u32) -> Result<Vec<ScannedPage>, AppError> {
        let laid = self.lay(&bytes)?;
        let seen = self.reader.examine(&laid.0, from.saturating_sub(1), count).await.map_err(unread)?;
        let page = |page: xiezhi_reading::Examined| ScannedPage {
            codes: page.codes.into_iter().map(|code| (code.text, code.turn)).collect(),
            blank: page.blank,
            skew_tenths: page.skew_tenths,
        };
        Ok(seen.into_iter().map(page).collect())
    }

    async fn outline(&self, bytes: Vec<u8>) -> Result<Vec<Heading>, AppError> {
        let laid = self.lay(&bytes)?;
        let entry = |xiezhi_reading::Heading { title, level, page }| Heading { title, level, page: page + 1 };
        Ok(self.reader.outline(&laid.0).await.map_err(unread)?.into_iter().map(entry).collect())
    }

    fn recognises(&self) -> bool {
        self.reader.recogniser().is_some()
    }

    async fn recognise(&self, bytes: Vec<u8>, pages: &[u32]) -> Result<Vec<(u32, Recognised)>, AppError> {
        let laid = self.lay(&bytes)?;
        let pages: Vec<u32> = pages.iter().map(|no| no.saturating_sub(1)).collect();
        let read = self.reader.scan(&laid.0, &pages).await.map_err(unread)?;
        Ok(read.into_iter().map(|(no, page)| (no + 1, page.map(recognised).unwrap_or(UNREADABLE))).collect())
    }

    async fn texts(&self, bytes: Vec<u8>) -> Result<Vec<PageText>, AppError> {
        let laid = self.lay(&bytes)?;
        Ok(self.reader.texts(&laid.0).await.map_err(unread)?.into_iter().map(on_page).collect())
    }
}

/// What a word processor wrote, as drafting takes it back.
fn written(words: xiezhi_reading::Words) -> Written {
    let xiezhi_reading::Words { lines, tracked, comments, pictures, boxes, tables, marks } = words;
    let line = |xiezhi_reading::WordLine { number, text }| WrittenLine { number, text };
    let change = |xiezhi_reading::Tracked { by, added, text }| Tracked { by, added, text };
    let (lines, tracked) = (lines.into_iter().map(line).collect(), tracked.into_iter().map(change).collect());
    Written { lines, tracked, comments, pictures, boxes, tables, marks }
}

/// A page whose text cannot be recognised has none, and is not tried again.
const UNREADABLE: Recognised = Recognised { turn: 0, skew: 0.0, runs: Vec::new() };

/// What was recognised, in shares of the turned page.
pub fn recognised(page: xiezhi_reading::ScannedPage) -> Recognised {
    let (turn, skew) = (page.turn, page.skew);
    Recognised { turn, skew, runs: on_page(xiezhi_reading::PageText { size: page.size, runs: page.runs }).runs }
}

/// Places in shares of the page, to a hundred-thousandth of it.
pub fn on_page(page: xiezhi_reading::PageText) -> PageText {
    let (width, height) = (page.size.width_pt.max(1.0), page.size.height_pt.max(1.0));
    let share = |part: f32, whole: f32| (part / whole * 100_000.0).round() / 100_000.0;
    let run = |run: xiezhi_reading::TextRun| TextRun {
        text: run.text,
        x: share(run.x, width),
        y: share(run.y, height),
        w: share(run.w, width),
        h: share(run.h, height),
        starts: run.starts,
        unsure: run.unsure,
    };
    PageText { width, height, runs: page.runs.into_iter().map(run).collect(), ..PageText::default() }
}
