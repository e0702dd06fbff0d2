//! A bag as it is packed: payload, tag files, and the manifests that follow from them.

use crate::{layout::Cover, sums::Sums};

/// What `bagit.txt` says, byte for byte.
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// The declaration.
pub const BAGIT: &str = "bagit.txt";
/// What the bag is, for a person.
pub const BAG_INFO: &str = "bag-info.txt";
/// The manifests of the payload, by algorithm.
pub const MANIFESTS: [&str; 2] = ["manifest-sha256.txt", "manifest-sha512.txt"];
/// The manifests of the tag files, by algorithm.
pub const TAG_MANIFESTS: [&str; 2] = ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"];

/// Where the bytes of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Here.
    Bytes(Vec<u8>),
    /// Among the court's files, under this SHA-256.
    Blob(String),
}

/// A file of the bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Path within the bag.
    pub path: String,
    /// Length and checksums.
    pub sums: Sums,
    /// Its bytes.
    pub content: Content,
}

impl Item {
    /// A file whose bytes are at hand.
    pub fn of(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self { path: path.into(), sums: Sums::of(&bytes), content: Content::Bytes(bytes) }
    }
}

/// A bag that is being packed.
#[derive(Clone, Debug, Default)]
pub struct Bag {
    payload: Vec<Item>,
    tags: Vec<Item>,
    info: Vec<(String, String)>,
}

impl Bag {
    /// Adds a line to `bag-info.txt`.
    pub fn info(&mut self, label: &str, value: &str) {
        let plain: String = value.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
        self.info.push((label.to_owned(), plain));
    }

    /// Adds a file: what lies under `data/` is payload.
    ///
    /// # Panics
    /// If the path is not a plain one, or taken: paths are made by the program, never by whoever uploads.
    pub fn add(&mut self, item: Item) {
        assert!(is_plain(&item.path), "{} is a plain path", item.path);
        assert!(self.items().all(|known| known.path != item.path), "{} is there once", item.path);
        match item.path.starts_with("data/") {
            true => self.payload.push(item),
            false => self.tags.push(item),
        }
    }

    /// Every file so far.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.payload.iter().chain(&self.tags)
    }

    /// Closes the bag: the manifests of the payload, the cover that names them, `bag-info.txt`, and last the
    /// manifests of the tag files.
    pub fn close<C: Cover>(mut self, cover: C) -> Vec<Item> {
        let manifests = manifests(&self.payload, MANIFESTS);
        let [manifest_sha256, manifest_sha512] = [manifests[0].sums.sha256.clone(), manifests[1].sums.sha512.clone()];
        let cover = cover.over(manifest_sha256, manifest_sha512);
        let mut cover = serde_json::to_vec_pretty(&cover).expect("a cover is plain data");
        cover.push(b'\n');
        let payload_bytes: u64 = self.payload.iter().map(|item| item.sums.size_bytes).sum();
        self.info("Payload-Oxum", &format!("{payload_bytes}.{}", self.payload.len()));
        let info: String = self.info.iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
        let mut tags = vec![Item::of(BAGIT, DECLARATION), Item::of(BAG_INFO, info), Item::of(C::FILE, cover)];
        tags.append(&mut self.tags);
        tags.extend(manifests);
        let last = self::manifests(&tags, TAG_MANIFESTS);
        tags.into_iter().chain(self.payload).chain(last).collect()
    }
}

/// A manifest for each algorithm, in the order of paths.
fn manifests(items: &[Item], names: [&str; 2]) -> Vec<Item> {
    let mut items: Vec<&Item> = items.iter().collect();
    items.sort_by(|one, other| one.path.cmp(&other.path));
    let sha256: String = items.iter().map(|item| format!("{}  {}\n", item.sums.sha256, item.path)).collect();
    let sha512: String = items.iter().map(|item| format!("{}  {}\n", item.sums.sha512, item.path)).collect();
    vec![Item::of(names[0], sha256), Item::of(names[1], sha512)]
}

/// A path that every tool reads the same: no way up, no root, nothing that manifests would have to escape.
pub fn is_plain(path: &str) -> bool {
    let odd =
        |char: char| char.is_control() || matches!(char, '\\' | '%' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '~');
    let part = |part: &str| !part.is_empty() && part != "." && part != ".." && part.trim() == part;
    !path.contains(odd) && path.split('/').all(part)
}
