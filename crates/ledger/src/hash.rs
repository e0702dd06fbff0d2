//! The hashes of the tree (RFC 6962, section 2.1; SHA-256 is fixed by C2SP tlog-tiles).

use std::fmt;

use sha2::{Digest, Sha256};

use crate::encoding::{from_base64, to_base64};

/// The length of every hash of the tree.
pub const HASH_LENGTH_BYTES: usize = 32;

/// A SHA-256 hash of a leaf, of an inner node, or of a whole tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; HASH_LENGTH_BYTES]);

impl Hash {
    /// Takes the bytes as they are.
    pub const fn from_bytes(bytes: [u8; HASH_LENGTH_BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes of the hash.
    pub const fn as_bytes(&self) -> &[u8; HASH_LENGTH_BYTES] {
        &self.0
    }

    /// The root of the tree without leaves: SHA-256 of nothing.
    pub fn empty() -> Self {
        Self(Sha256::digest([]).into())
    }

    /// The hash of a leaf. The prefix keeps a leaf from passing for a node.
    pub fn leaf(entry: &[u8]) -> Self {
        Self(Sha256::new().chain_update([0]).chain_update(entry).finalize().into())
    }

    /// The hash of an inner node over its two children.
    pub fn node(left: &Hash, right: &Hash) -> Self {
        Self(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
    }

    /// Standard base64 with padding, as checkpoints and proofs write it.
    pub fn to_base64(&self) -> String {
        to_base64(&self.0)
    }

    /// Reads [`Hash::to_base64`]; nothing but the one right spelling is a hash.
    pub fn from_base64(text: &str) -> Option<Self> {
        from_base64(text)?.try_into().ok().map(Self)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.to_base64())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Hash({self})")
    }
}
