//! The folder of law texts: one file for each instrument and day, as `xiezhi law import` writes them. It is read again
//! when it changes, so that a court need not be stopped for a new law.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use anyhow::Context;
use xiezhi_app::ports::Statutes;
use xiezhi_domain::law::instrument::{Instrument, Library};

/// How often it is looked whether the folder changed.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// The texts in a folder.
pub struct Shelf {
    folder: PathBuf,
    read: Mutex<Read>,
}

struct Read {
    library: Arc<Library>,
    changed: Option<SystemTime>,
    looked: Instant,
}

impl Shelf {
    /// Reads the folder; none is an empty library.
    pub fn open(folder: PathBuf) -> anyhow::Result<Self> {
        let changed = changed(&folder);
        let library = Arc::new(library(&folder)?);
        Ok(Self { folder, read: Mutex::new(Read { library, changed, looked: Instant::now() }) })
    }
}

impl Statutes for Shelf {
    fn library(&self) -> Arc<Library> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.looked.elapsed() >= LOOK_EVERY {
            read.looked = Instant::now();
            let now = changed(&self.folder);
            if now != read.changed {
                match library(&self.folder) {
                    Ok(library) => (read.library, read.changed) = (Arc::new(library), now),
                    Err(fault) => {
                        tracing::warn!(%fault, "the folder of law texts can't be read; the former texts stay")
                    }
                }
            }
        }
        Arc::clone(&read.library)
    }
}

fn changed(folder: &Path) -> Option<SystemTime> {
    fs::metadata(folder).ok()?.modified().ok()
}

/// Every text in a folder.
pub fn library(folder: &Path) -> anyhow::Result<Library> {
    let mut library = Library::default();
    if !folder.is_dir() {
        return Ok(library);
    }
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    for path in paths {
        let read: Instrument = serde_json::from_slice(&fs::read(&path)?)
            .with_context(|| format!("{} is no text that `xiezhi law import` wrote", path.display()))?;
        library.add(read);
    }
    Ok(library)
}

/// Writes every text of `library` into `folder`, each file whole or not at all.
pub fn write(folder: &Path, library: &Library) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))?;
    for instrument in library.instruments() {
        let day = instrument.in_force_from.map(|day| format!("@{day}")).unwrap_or_default();
        let name: String =
            instrument.name.chars().map(|c| if matches!(c, '/' | '\\' | '\0') { '-' } else { c }).collect();
        // A file name has at most 255 bytes; names of interpretations are long, and the day tells forms apart.
        let short: String = name.chars().take(70).collect();
        let path = folder.join(format!("{short}{day}.json"));
        let next = path.with_extension("next");
        let mut file = fs::File::create(&next).with_context(|| format!("{} can't be written", next.display()))?;
        file.write_all(&serde_json::to_vec_pretty(instrument)?)?;
        file.sync_all()?;
        fs::rename(&next, &path)?;
    }
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}
