//! The secret key of a witness: a file of its own, made once.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use xiezhi_ledger::{CosigningKey, KeyName};

use crate::config::KeyKind;

/// Opens the key of the witness `name`; at the first start it is made of `seed`, 32 random bytes.
///
/// # Errors
/// The file can't be read or made, or holds the key of another name: a key never signs under two.
pub fn open(path: &Path, name: &KeyName, kind: KeyKind, seed: &[u8; 32]) -> io::Result<CosigningKey> {
    let key = match fs::read_to_string(path) {
        Ok(text) => CosigningKey::from_secret_text(&text).map_err(|why| io::Error::new(ErrorKind::InvalidData, why))?,
        Err(why) if why.kind() == ErrorKind::NotFound => make(path, kind.from_seed(name.clone(), seed))?,
        Err(why) => return Err(why),
    };
    if key.verifier().name() != name {
        let why = format!("the key is that of {}, and may not sign as {name}", key.verifier().name());
        return Err(io::Error::new(ErrorKind::InvalidData, why));
    }
    Ok(key)
}

fn make(path: &Path, key: CosigningKey) -> io::Result<CosigningKey> {
    let folder = path.parent().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "the key needs a folder"))?;
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(key.to_secret_text().as_bytes())?;
    file.sync_all()?;
    File::open(folder)?.sync_all()?;
    Ok(key)
}
