//! A package as one .zip: files are stored as they are, and everything is known before the first byte leaves.
//!
//! The same package gives the same bytes. What is larger than 4 GiB is written as ZIP64 asks.

use crate::bag::{Content, Item};

/// A part of the .zip, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The whole file that the court keeps under this SHA-256.
    Blob {
        /// Its name.
        sha256: String,
        /// Its length.
        size_bytes: u64,
    },
}

impl Part {
    /// Its length.
    pub fn size_bytes(&self) -> u64 {
        match self {
            Part::Bytes(bytes) => bytes.len() as u64,
            Part::Blob { size_bytes, .. } => *size_bytes,
        }
    }
}

/// What the directory says of one file.
struct Listed {
    name: Vec<u8>,
    crc32: u32,
    size_bytes: u64,
    offset: u64,
}

const LARGEST: u64 = 0xffff_ffff;
const MOST: u64 = 0xffff;
const UTF8_NAMES: u16 = 1 << 11;
const PLAIN_VERSION: u16 = 20;
const LARGE_VERSION: u16 = 45;
/// The first day a .zip knows: nothing in it depends on when it was written.
const NO_TIME: [u16; 2] = [0, 0x21];

/// The parts of a .zip that holds `items` in one folder.
pub fn zip(folder: &str, items: Vec<Item>) -> Vec<Part> {
    let mut parts = vec![];
    let mut listed = vec![];
    let mut offset = 0;
    for item in items {
        let name = format!("{folder}/{}", item.path).into_bytes();
        let one = Listed { name, crc32: item.sums.crc32, size_bytes: item.sums.size_bytes, offset };
        let head = Part::Bytes(local_head(&one));
        let body = match item.content {
            Content::Bytes(bytes) => Part::Bytes(bytes),
            Content::Blob(sha256) => Part::Blob { sha256, size_bytes: item.sums.size_bytes },
        };
        offset += head.size_bytes() + body.size_bytes();
        parts.extend([head, body]);
        listed.push(one);
    }
    let directory: Vec<u8> = listed.iter().flat_map(directory_row).collect();
    let end = end(listed.len() as u64, directory.len() as u64, offset);
    parts.extend([Part::Bytes(directory), Part::Bytes(end)]);
    parts
}

/// The length of the whole .zip.
pub fn size_bytes(parts: &[Part]) -> u64 {
    parts.iter().map(Part::size_bytes).sum()
}

/// Writes numbers as a .zip has them, the lowest byte first.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn two(mut self, values: impl IntoIterator<Item = u16>) -> Self {
        values.into_iter().for_each(|value| self.0.extend(value.to_le_bytes()));
        self
    }

    fn four(mut self, values: impl IntoIterator<Item = u32>) -> Self {
        values.into_iter().for_each(|value| self.0.extend(value.to_le_bytes()));
        self
    }

    fn eight(mut self, values: impl IntoIterator<Item = u64>) -> Self {
        values.into_iter().for_each(|value| self.0.extend(value.to_le_bytes()));
        self
    }

    fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }
}

/// The number where it fits, else the mark that the large field holds it.
fn short(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The large fields of ZIP64, where one is needed.
fn large(values: &[u64]) -> Vec<u8> {
    if values.is_empty() {
        return vec![];
    }
    let length = u16::try_from(values.len() * 8).expect("three fields at most");
    Bytes::default().two([1, length]).eight(values.iter().copied()).0
}

fn length(bytes: &[u8]) -> u16 {
    u16::try_from(bytes.len()).expect("names are short")
}

fn local_head(one: &Listed) -> Vec<u8> {
    let extra = if one.size_bytes >= LARGEST { large(&[one.size_bytes, one.size_bytes]) } else { vec![] };
    let version = if extra.is_empty() { PLAIN_VERSION } else { LARGE_VERSION };
    Bytes::default()
        .raw(b"PK\x03\x04")
        .two([version, UTF8_NAMES, 0])
        .two(NO_TIME)
        .four([one.crc32, short(one.size_bytes), short(one.size_bytes)])
        .two([length(&one.name), length(&extra)])
        .raw(&one.name)
        .raw(&extra)
        .0
}

fn directory_row(one: &Listed) -> Vec<u8> {
    let mut fields = vec![];
    if one.size_bytes >= LARGEST {
        fields.extend([one.size_bytes, one.size_bytes]);
    }
    if one.offset >= LARGEST {
        fields.push(one.offset);
    }
    let extra = large(&fields);
    let version = if extra.is_empty() { PLAIN_VERSION } else { LARGE_VERSION };
    Bytes::default()
        .raw(b"PK\x01\x02")
        .two([version, version, UTF8_NAMES, 0])
        .two(NO_TIME)
        .four([one.crc32, short(one.size_bytes), short(one.size_bytes)])
        .two([length(&one.name), length(&extra), 0, 0, 0])
        .four([0, short(one.offset)])
        .raw(&one.name)
        .raw(&extra)
        .0
}

fn end(count: u64, directory_bytes: u64, offset: u64) -> Vec<u8> {
    let is_large = count >= MOST || directory_bytes >= LARGEST || offset >= LARGEST;
    let mut bytes = Bytes::default();
    if is_large {
        bytes = bytes
            .raw(b"PK\x06\x06")
            .eight([44])
            .two([LARGE_VERSION, LARGE_VERSION])
            .four([0, 0])
            .eight([count, count, directory_bytes, offset])
            .raw(b"PK\x06\x07")
            .four([0])
            .eight([offset + directory_bytes])
            .four([1]);
    }
    let few = u16::try_from(count).unwrap_or(u16::MAX);
    bytes.raw(b"PK\x05\x06").two([0, 0, few, few]).four([short(directory_bytes), short(offset)]).two([0]).0
}
