//! What a witness remembers: of each log the checkpoint it cosigned last, a file each.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use xiezhi_ledger::{KeyName, Note, witness::monitoring_path};

/// A folder with a file for each log, where the monitoring path has it. One process holds it.
#[derive(Debug)]
pub struct Memory {
    folder: PathBuf,
    _held: File,
}

impl Memory {
    /// Opens the folder, making it if need be, and holds it for this process.
    ///
    /// # Errors
    /// It can't be made, or another witness holds it: two would cosign two histories.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let held = File::create(folder.join("lock"))?;
        held.try_lock().map_err(|why| match why {
            TryLockError::WouldBlock => {
                io::Error::new(ErrorKind::ResourceBusy, format!("{} is in use by another witness", folder.display()))
            }
            TryLockError::Error(why) => why,
        })?;
        Ok(Self { folder: folder.to_owned(), _held: held })
    }

    /// What was cosigned last of a log, as it was kept.
    ///
    /// # Errors
    /// The file is there and can't be read: nothing is cosigned until a person looked.
    pub fn last(&self, origin: &KeyName) -> io::Result<Option<Note>> {
        match fs::read(self.place(origin)) {
            Ok(bytes) => Note::parse(&bytes).map(Some).map_err(|why| io::Error::new(ErrorKind::InvalidData, why)),
            Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
            Err(why) => Err(why),
        }
    }

    /// Keeps a checkpoint: durable when this returns, whole or not at all whenever it is cut off.
    ///
    /// # Errors
    /// The disk did not take it; then it may be kept or not, and is not to be cosigned.
    pub fn keep(&self, origin: &KeyName, note: &Note) -> io::Result<()> {
        let place = self.place(origin);
        let folder = place.parent().expect("a log has a folder of its own");
        // Synced also where it is there: whoever made it may have been cut off before.
        fs::create_dir_all(folder)?;
        File::open(&self.folder)?.sync_all()?;
        let beside = place.with_extension("new");
        let mut file = File::create(&beside)?;
        file.write_all(note.to_string().as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, &place)?;
        File::open(folder)?.sync_all()
    }

    fn place(&self, origin: &KeyName) -> PathBuf {
        self.folder.join(monitoring_path(origin))
    }
}
