//! Tiles and entry bundles: the files of a log (c2sp.org/tlog-tiles).
//!
//! A file never changes once a checkpoint rests on it. Write bundles, then tiles, then sign.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::iter;

use crate::encoding::from_decimal;
use crate::hash::{HASH_LENGTH_BYTES, Hash};
use crate::tree::{HashReader, MAX_SIZE, NodeId, fold_complete};

/// How many hashes or entries a full file holds.
pub const FULL_WIDTH: u16 = 256;
/// The height of the subtree in one tile.
const TILE_HEIGHT: u8 = 8;
/// The levels that a tree of at most [`MAX_SIZE`] leaves can have.
const LEVELS: u8 = 8;

/// The name of one version of a tile: a row of hashes of complete subtrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// Tile level: hashes of a tile at level `l` cover `256^l` leaves each.
    pub level: u8,
    /// Position within the level.
    pub index: u64,
    /// How many hashes it holds, 1 to 256.
    pub width: u16,
}

/// The name of one version of an entry bundle: the entries under a tile of level 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BundleId {
    /// Position among the bundles.
    pub index: u64,
    /// How many entries it holds, 1 to 256.
    pub width: u16,
}

/// The files that a log gains when it grows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Growth {
    /// To be written first.
    pub bundles: Vec<BundleId>,
    /// To be written next, lowest level first.
    pub tiles: Vec<TileId>,
}

/// Why a tile or bundle can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// The tile was not given to [`Tiles::insert`], or is too narrow for the tree.
    #[error("tile {index} of level {level} is missing or too narrow")]
    Missing {
        /// The level of the tile.
        level: u8,
        /// Its position within the level.
        index: u64,
    },
    /// The file is cut off, or something is attached.
    #[error("{path} does not hold what its name says")]
    WrongLength {
        /// The file.
        path: String,
    },
    /// An entry too long for the two bytes of its length.
    #[error("an entry of {length_bytes} bytes is longer than a bundle can hold")]
    EntryTooLong {
        /// The length of the entry.
        length_bytes: usize,
    },
}

/// The files that a log of `old_size` gains by growing to `new_size`, partial ones included.
///
/// # Panics
/// If `old_size` is above `new_size`: a log never shrinks.
pub fn growth(old_size: u64, new_size: u64) -> Growth {
    assert!(old_size <= new_size, "a log of size {old_size} can't grow to {new_size}");
    let tiles: Vec<_> = (0..LEVELS).flat_map(|level| new_tiles(level, old_size, new_size)).collect();
    let bundles = tiles.iter().filter(|tile| tile.level == 0);
    Growth { bundles: bundles.map(|tile| BundleId { index: tile.index, width: tile.width }).collect(), tiles }
}

/// Every file of a log of `size`: one version of each place, the widest.
pub fn all(size: u64) -> Growth {
    growth(0, size)
}

/// The partial tiles of a log of `size`: all that is needed to append to it.
pub fn edge(size: u64) -> Vec<TileId> {
    let last = (0..LEVELS).map(|level| (level, size >> (TILE_HEIGHT * level)));
    last.map(|(level, hashes)| TileId {
        level,
        index: hashes / u64::from(FULL_WIDTH),
        width: (hashes % u64::from(FULL_WIDTH)) as u16,
    })
    .filter(|tile| tile.width > 0)
    .collect()
}

/// The tiles of a log of `size` that hold the hashes of `nodes` or what they are made from.
pub fn holding(nodes: &[NodeId], size: u64) -> BTreeSet<TileId> {
    let places = nodes.iter().map(|node| Place::of(*node));
    places.map(|place| TileId::widest(place.level, place.tile, size)).collect()
}

fn new_tiles(level: u8, old_size: u64, new_size: u64) -> impl Iterator<Item = TileId> {
    let full = u64::from(FULL_WIDTH);
    let (old, new) = (old_size >> (TILE_HEIGHT * level), new_size >> (TILE_HEIGHT * level));
    // A level without a new hash has no new tile: its last partial one stays as it is.
    let range = if old < new { old / full..new.div_ceil(full) } else { 0..0 };
    range.map(move |index| TileId::widest(level, index, new_size))
}

impl TileId {
    /// The widest version of a tile in a log of `size`.
    fn widest(level: u8, index: u64, size: u64) -> Self {
        let hashes = size >> (TILE_HEIGHT * level);
        let width = hashes.saturating_sub(index * u64::from(FULL_WIDTH)).min(u64::from(FULL_WIDTH));
        Self { level, index, width: width as u16 }
    }

    /// The path of the file below the log's prefix.
    pub fn path(&self) -> String {
        format!("tile/{}/{}", self.level, numbered(self.index, self.width))
    }

    /// Reads [`TileId::path`]; nothing but the one right spelling is a path.
    pub fn parse(path: &str) -> Option<Self> {
        let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let level = u8::try_from(from_decimal(level)?).ok().filter(|level| *level < LEVELS)?;
        let (index, width) = parse_numbered(rest)?;
        Some(Self { level, index, width })
    }

    fn nodes(self) -> impl Iterator<Item = NodeId> {
        let first = self.index * u64::from(FULL_WIDTH);
        let level = self.level * TILE_HEIGHT;
        (first..first + u64::from(self.width)).map(move |index| NodeId { level, index })
    }

    /// The bytes of the tile, from hashes kept elsewhere.
    pub fn bytes<R: HashReader + ?Sized>(self, reader: &R) -> Result<Vec<u8>, R::Error> {
        let mut bytes = Vec::with_capacity(usize::from(self.width) * HASH_LENGTH_BYTES);
        for node in self.nodes() {
            bytes.extend_from_slice(reader.read(node)?.as_bytes());
        }
        Ok(bytes)
    }
}

impl BundleId {
    /// The path of the file below the log's prefix.
    pub fn path(&self) -> String {
        format!("tile/entries/{}", numbered(self.index, self.width))
    }

    /// Reads [`BundleId::path`]; nothing but the one right spelling is a path.
    pub fn parse(path: &str) -> Option<Self> {
        let (index, width) = parse_numbered(path.strip_prefix("tile/entries/")?)?;
        Some(Self { index, width })
    }

    /// The indexes of its entries in the log.
    pub fn entries(&self) -> std::ops::Range<u64> {
        let first = self.index * u64::from(FULL_WIDTH);
        first..first + u64::from(self.width)
    }

    /// The bytes of the bundle.
    ///
    /// # Errors
    /// [`TileError::EntryTooLong`] when an entry has more than 65,535 bytes.
    ///
    /// # Panics
    /// If the number of entries is not the width.
    pub fn encode<E: AsRef<[u8]>>(&self, entries: &[E]) -> Result<Vec<u8>, TileError> {
        assert_eq!(entries.len(), usize::from(self.width), "a bundle holds what its name says");
        let mut bytes = Vec::new();
        for entry in entries.iter().map(AsRef::as_ref) {
            let too_long = TileError::EntryTooLong { length_bytes: entry.len() };
            let length = u16::try_from(entry.len()).map_err(|_| too_long)?;
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(entry);
        }
        Ok(bytes)
    }

    /// The entries of the bundle.
    ///
    /// # Errors
    /// [`TileError::WrongLength`] when the bytes are not exactly that many entries.
    pub fn decode<'b>(&self, bytes: &'b [u8]) -> Result<Vec<&'b [u8]>, TileError> {
        let mut rest = bytes;
        let entries: Vec<_> = iter::from_fn(|| {
            let (length, after) = rest.split_first_chunk::<2>()?;
            let (entry, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
            rest = after;
            Some(entry)
        })
        .collect();
        if !rest.is_empty() || entries.len() != usize::from(self.width) {
            return Err(TileError::WrongLength { path: self.path() });
        }
        Ok(entries)
    }
}

impl fmt::Display for TileId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.path())
    }
}

impl fmt::Display for BundleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.path())
    }
}

/// `1234067` is `x001/x234/067`: a folder never holds more than a thousand of either kind.
fn numbered(index: u64, width: u16) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    if width < FULL_WIDTH { format!("{path}.p/{width}") } else { path }
}

fn parse_numbered(text: &str) -> Option<(u64, u16)> {
    let (groups, width) = match text.split_once(".p/") {
        Some((groups, width)) => (groups, u16::try_from(from_decimal(width)?).ok()?),
        None => (text, FULL_WIDTH),
    };
    let digits = groups.replace(['x', '/'], "");
    let significant = digits.trim_start_matches('0');
    let index = if significant.is_empty() { 0 } else { from_decimal(significant)? };
    let bounds = index <= MAX_SIZE / u64::from(FULL_WIDTH) && (1..=FULL_WIDTH).contains(&width);
    (bounds && numbered(index, width) == text).then_some((index, width))
}

/// Where the hash of a node is found: `count` hashes of one tile from `offset`.
struct Place {
    level: u8,
    tile: u64,
    offset: usize,
    count: usize,
}

impl Place {
    fn of(node: NodeId) -> Self {
        let height = node.level % TILE_HEIGHT;
        let first = node.index << height;
        Self {
            level: node.level / TILE_HEIGHT,
            tile: first / u64::from(FULL_WIDTH),
            offset: (first % u64::from(FULL_WIDTH)) as usize,
            count: 1 << height,
        }
    }
}

/// Tiles in memory: read hashes from them, or let them grow with the tree.
///
/// To append to a log of `size`, insert the files of [`edge`], read the
/// [`Frontier`](crate::Frontier), give each completed node to [`Tiles::record`], and write the
/// [`Tiles::bytes`] of each tile of [`growth`].
#[derive(Clone, Debug, Default)]
pub struct Tiles {
    rows: BTreeMap<(u8, u64), Vec<Hash>>,
}

impl Tiles {
    /// Takes in a tile as read from its file. It is not trusted: a wrong hash gives a wrong root.
    ///
    /// # Errors
    /// [`TileError::WrongLength`] when the bytes are not as many hashes as the name says.
    pub fn insert(&mut self, tile: TileId, bytes: &[u8]) -> Result<(), TileError> {
        let (hashes, rest) = bytes.as_chunks::<HASH_LENGTH_BYTES>();
        if !rest.is_empty() || hashes.len() != usize::from(tile.width) {
            return Err(TileError::WrongLength { path: tile.path() });
        }
        let row = hashes.iter().map(|bytes| Hash::from_bytes(*bytes)).collect();
        self.rows.insert((tile.level, tile.index), row);
        Ok(())
    }

    /// Takes in a node that became complete; those between tile rows need no place.
    ///
    /// # Panics
    /// If a hash to its left in the same tile is absent: the edge of the log was not inserted.
    pub fn record(&mut self, node: NodeId, hash: Hash) {
        let place = Place::of(node);
        if place.count > 1 {
            return;
        }
        let row = self.rows.entry((place.level, place.tile)).or_default();
        assert_eq!(row.len(), place.offset, "a tile grows hash by hash from its left");
        row.push(hash);
    }

    /// The bytes of a tile that was inserted or has grown here.
    ///
    /// # Errors
    /// [`TileError::Missing`] when it is not here or narrower.
    pub fn bytes(&self, tile: TileId) -> Result<Vec<u8>, TileError> {
        tile.bytes(self)
    }

    /// Forgets what is not on the right edge of a log of `size`, so that memory does not grow with it.
    pub fn keep_edge(&mut self, size: u64) {
        let edge: BTreeSet<_> = edge(size).into_iter().map(|tile| (tile.level, tile.index)).collect();
        self.rows.retain(|place, _| edge.contains(place));
    }
}

impl HashReader for Tiles {
    type Error = TileError;

    fn read(&self, node: NodeId) -> Result<Hash, TileError> {
        let Place { level, tile, offset, count } = Place::of(node);
        let row = self.rows.get(&(level, tile)).and_then(|row| row.get(offset..offset + count));
        let hashes = row.ok_or(TileError::Missing { level, index: tile })?;
        Ok(fold_complete(hashes.to_vec()))
    }
}
