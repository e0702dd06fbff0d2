//! What is known of a file's bytes: length and checksums, gathered as they pass.

use sha2::{Digest, Sha256, Sha512};

/// Length and checksums of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Length in bytes.
    pub size_bytes: u64,
    /// CRC-32, as a .zip asks for it.
    pub crc32: u32,
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
    /// SHA-512 in lower-case hexadecimal digits.
    pub sha512: String,
}

/// Gathers [`Sums`] from bytes that pass.
#[derive(Clone, Default)]
pub struct Summing {
    size_bytes: u64,
    crc32: crc32fast::Hasher,
    sha256: Sha256,
    sha512: Sha512,
}

impl Summing {
    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        self.size_bytes += bytes.len() as u64;
        self.crc32.update(bytes);
        self.sha256.update(bytes);
        self.sha512.update(bytes);
    }

    /// What passed.
    pub fn sums(self) -> Sums {
        Sums {
            size_bytes: self.size_bytes,
            crc32: self.crc32.finalize(),
            sha256: hex(&self.sha256.finalize()),
            sha512: hex(&self.sha512.finalize()),
        }
    }
}

impl Sums {
    /// The sums of bytes that are at hand.
    pub fn of(bytes: &[u8]) -> Self {
        let mut summing = Summing::default();
        summing.take(bytes);
        summing.sums()
    }
}

/// SHA-256 of a text in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
