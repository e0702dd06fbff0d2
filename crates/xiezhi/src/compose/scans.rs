//! The scanning centre's folder: what scanners write there over their share, one batch after another.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::SystemTime,
};

use anyhow::Context;
use async_trait::async_trait;
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use tokio::io::AsyncReadExt as _;
use xiezhi_app::{
    AppError,
    ports::{LaidBatch, NoScanners, Scanners},
};
use xiezhi_store::blob::ByteStream;

use crate::config::Config;

/// Where batches go that the court has, and those that nobody can read.
const TAKEN: &str = "taken";
const REFUSED: &str = "refused";
/// So much of a file is read at once.
const PIECE_BYTES: usize = 256 * 1024;
/// Endings of files that are pages; anything else in a folder is the scanner's own affair.
const PAGES: [&str; 6] = ["pdf", "tif", "tiff", "jpg", "jpeg", "png"];

/// The scanners of this installation.
pub fn open(config: &Config) -> anyhow::Result<Arc<dyn Scanners>> {
    let Some(scanning) = &config.scanning else { return Ok(Arc::new(NoScanners)) };
    let folder = scanning.folder.clone();
    fs::create_dir_all(&folder).with_context(|| format!("the folder of scans {} can't be made", folder.display()))?;
    Ok(Arc::new(Tray { folder, settled_looks: scanning.settled_seconds.max(1), seen: Mutex::default() }))
}

/// The files of a batch with what changes while a scanner still writes.
type Outline = Vec<(String, u64, Option<SystemTime>)>;

/// The folder, and how often each batch was seen unchanged: it is looked at about once a second.
struct Tray {
    folder: PathBuf,
    settled_looks: u64,
    seen: Mutex<BTreeMap<String, (Outline, u64)>>,
}

fn failed(fault: io::Error) -> AppError {
    AppError::failed("the folder of scans", fault)
}

/// Whether a name is that of a page. What begins with a dot is not written to its end.
fn is_page(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    !name.starts_with('.') && ending.is_some_and(|ending| PAGES.contains(&ending.as_str()))
}

/// The plain files of a folder, and the folders in it. Links are not followed.
fn entries(folder: &Path) -> io::Result<(Outline, Vec<String>)> {
    let (mut files, mut folders) = (vec![], vec![]);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let about = entry.metadata()?;
        if about.is_file() && is_page(&name) {
            files.push((name, about.len(), about.modified().ok()));
        } else if about.is_dir() && !name.starts_with('.') && name != TAKEN && name != REFUSED {
            folders.push(name);
        }
    }
    files.sort();
    folders.sort();
    Ok((files, folders))
}

/// Every batch that lies in the folder, complete or not.
fn outlines(folder: &Path) -> io::Result<BTreeMap<String, Outline>> {
    let (files, folders) = entries(folder)?;
    let mut batches: BTreeMap<String, Outline> = files.into_iter().map(|file| (file.0.clone(), vec![file])).collect();
    for name in folders {
        let (files, _) = entries(&folder.join(&name))?;
        if !files.is_empty() {
            batches.insert(name, files);
        }
    }
    Ok(batches)
}

impl Tray {
    /// Takes a look in, and tells what has not changed for long enough.
    fn settled(&self, batches: BTreeMap<String, Outline>) -> Vec<LaidBatch> {
        let mut seen = self.seen.lock().expect("nobody panics while holding it");
        let looked = |(name, outline): (String, Outline)| {
            let looks = seen.get(&name).filter(|(before, _)| *before == outline).map_or(0, |(_, looks)| looks + 1);
            (name, (outline, looks))
        };
        let now: BTreeMap<String, (Outline, u64)> = batches.into_iter().map(looked).collect();
        let holds_something = |outline: &Outline| outline.iter().all(|(_, size_bytes, _)| *size_bytes > 0);
        let ready = now
            .iter()
            .filter(|(_, (outline, looks))| *looks >= self.settled_looks && holds_something(outline))
            .map(|(name, (outline, _))| LaidBatch {
                name: name.clone(),
                files: outline.iter().map(|(file, ..)| file.clone()).collect(),
            })
            .collect();
        *seen = now;
        ready
    }

    /// Where a batch lies: a file of this name, or a folder.
    fn place(&self, batch: &LaidBatch, file: &str) -> PathBuf {
        let place = self.folder.join(&batch.name);
        if batch.files.len() == 1 && batch.files[0] == batch.name { place } else { place.join(file) }
    }

    /// Moves a batch out of the way; another of the same name that lies there already gives way to none.
    async fn put_aside(&self, batch: &LaidBatch, into: &'static str) -> Result<(), AppError> {
        let (from, folder, name) = (self.folder.join(&batch.name), self.folder.join(into), batch.name.clone());
        let moved = move || -> io::Result<()> {
            fs::create_dir_all(&folder)?;
            let free = (0..).map(|number| match number {
                0 => folder.join(&name),
                number => folder.join(format!("{number}-{name}")),
            });
            let to = free.into_iter().find(|place| !place.exists()).expect("numbers have no end");
            match fs::rename(&from, to) {
                Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(()),
                moved => moved,
            }
        };
        let done = tokio::task::spawn_blocking(moved).await;
        done.map_err(|fault| failed(fault.into()))?.map_err(failed)
    }
}

#[async_trait]
impl Scanners for Tray {
    async fn ready(&self) -> Result<Vec<LaidBatch>, AppError> {
        let folder = self.folder.clone();
        let looked = tokio::task::spawn_blocking(move || outlines(&folder)).await;
        let batches = looked.map_err(|fault| failed(fault.into()))?.map_err(failed)?;
        Ok(self.settled(batches))
    }

    async fn open(&self, batch: &LaidBatch, file: &str) -> Result<ByteStream<'static>, AppError> {
        let file = tokio::fs::File::open(self.place(batch, file)).await.map_err(failed)?;
        let pieces = stream::try_unfold(file, |mut file| async move {
            let mut piece = vec![0; PIECE_BYTES];
            let read = file.read(&mut piece).await?;
            piece.truncate(read);
            Ok::<_, io::Error>((read > 0).then(|| (Bytes::from(piece), file)))
        });
        Ok(pieces.boxed())
    }

    async fn taken(&self, batch: &LaidBatch) -> Result<(), AppError> {
        self.put_aside(batch, TAKEN).await
    }

    async fn refused(&self, batch: &LaidBatch) -> Result<(), AppError> {
        self.put_aside(batch, REFUSED).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tray(name: &str) -> Tray {
        let folder = std::env::temp_dir().join(format!("xiezhi-scans-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        Tray { folder, settled_looks: 2, seen: Mutex::default() }
    }

    async fn names(tray: &Tray) -> Vec<String> {
        tray.ready().await.expect("it is looked at").into_iter().map(|batch| batch.name).collect()
    }

    #[tokio::test]
    async fn a_batch_is_complete_once_it_grows_no_more() {
        let tray = tray("grows");
        let nothing: [&str; 0] = [];
        fs::write(tray.folder.join("a.pdf"), b"%PDF").expect("written");
        fs::write(tray.folder.join(".b.pdf"), b"%PDF").expect("written");
        fs::write(tray.folder.join("c.tmp"), b"half").expect("written");
        assert_eq!(names(&tray).await, nothing);
        fs::write(tray.folder.join("a.pdf"), b"%PDF-1.7").expect("written");
        assert_eq!(names(&tray).await, nothing);
        assert_eq!(names(&tray).await, nothing);
        assert_eq!(names(&tray).await, ["a.pdf"]);
        fs::remove_dir_all(&tray.folder).expect("gone");
    }

    #[tokio::test]
    async fn a_folder_of_pictures_is_one_batch_and_goes_out_of_the_way_as_one() {
        let tray = tray("folder");
        fs::create_dir_all(tray.folder.join("box 7")).expect("a folder");
        for page in ["2.jpg", "1.jpg"] {
            fs::write(tray.folder.join("box 7").join(page), page).expect("written");
        }
        for _ in 0..2 {
            names(&tray).await;
        }
        let batch = tray.ready().await.expect("it is looked at").remove(0);
        assert_eq!(
            (batch.name.as_str(), batch.files.as_slice()),
            ("box 7", ["1.jpg".to_owned(), "2.jpg".to_owned()].as_slice())
        );
        let mut pieces = tray.open(&batch, "2.jpg").await.expect("it is read");
        assert_eq!(pieces.next().await.expect("a piece").expect("read"), Bytes::from_static(b"2.jpg"));
        tray.taken(&batch).await.expect("it is moved");
        tray.taken(&batch).await.expect("saying so twice is harmless");
        assert!(tray.folder.join("taken/box 7/1.jpg").exists());
        assert_eq!(tray.ready().await.expect("it is looked at"), []);
        fs::remove_dir_all(&tray.folder).expect("gone");
    }
}
