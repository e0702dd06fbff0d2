//! The one thing asked of old office files: whether they hide an encrypted new one.

use std::io::{self, Read, Seek, SeekFrom};

/// A stream of this name holds an office document under a password.
const ENCRYPTED: &str = "EncryptedPackage";
const PIECE_BYTES: u64 = 1 << 20;

/// Tells whether the file holds an encrypted document.
pub(crate) fn is_encrypted(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    file.seek(SeekFrom::Start(0))?;
    let mut window = Vec::new();
    loop {
        // The end of the last piece stays, so that a name across two pieces is found.
        window.drain(..window.len().saturating_sub(name.len()));
        if file.by_ref().take(PIECE_BYTES).read_to_end(&mut window)? == 0 {
            return Ok(false);
        }
        if window.windows(name.len()).any(|part| part == name) {
            return Ok(true);
        }
    }
}
