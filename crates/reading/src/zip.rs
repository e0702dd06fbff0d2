//! The directory of a ZIP package: names and sizes, without unpacking anything.

use std::io::{self, Read, Seek, SeekFrom};

/// The record that ends a package, with the longest comment it may carry.
const TAIL_BYTES: u64 = 22 + 65_535;
/// A directory longer than this belongs to no office document.
const DIRECTORY_BYTES: u64 = 16 << 20;

/// What a package says of its parts. The sizes are claims: whoever unpacks must count as well.
pub(crate) struct Directory {
    names: Vec<String>,
    /// What all parts together say they unpack to.
    pub(crate) unpacked_bytes: u64,
    /// Whether any part opens only with a password.
    pub(crate) is_encrypted: bool,
}

impl Directory {
    /// Reads the directory, or nothing if the package is not whole.
    pub(crate) fn read(file: &mut (impl Read + Seek)) -> io::Result<Option<Self>> {
        let length = file.seek(SeekFrom::End(0))?;
        let tail = read_at(file, length.saturating_sub(TAIL_BYTES), TAIL_BYTES)?;
        let Some((start, directory_bytes)) = end_record(&tail) else {
            return Ok(None);
        };
        if start + directory_bytes > length || directory_bytes > DIRECTORY_BYTES {
            return Ok(None);
        }
        Ok(Self::parse(&read_at(file, start, directory_bytes)?))
    }

    /// Tells whether the package has a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|part| part == name)
    }

    fn parse(mut entries: &[u8]) -> Option<Self> {
        let mut directory = Self { names: vec![], unpacked_bytes: 0, is_encrypted: false };
        while entries.starts_with(b"PK\x01\x02") {
            let name_bytes = usize::from(two(entries, 28)?);
            let more_bytes = usize::from(two(entries, 30)?) + usize::from(two(entries, 32)?);
            let name = entries.get(46..46 + name_bytes)?;
            directory.names.push(String::from_utf8_lossy(name).into_owned());
            directory.unpacked_bytes += u64::from(four(entries, 24)?);
            directory.is_encrypted |= two(entries, 8)? & 1 == 1;
            entries = entries.get(46 + name_bytes + more_bytes..)?;
        }
        Some(directory)
    }
}

/// Finds where the directory starts and how long it is.
fn end_record(tail: &[u8]) -> Option<(u64, u64)> {
    let at = tail.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let record = &tail[at..];
    Some((four(record, 16)?.into(), four(record, 12)?.into()))
}

fn read_at(file: &mut (impl Read + Seek), start: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn two(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
