//! The tree: where its nodes stand, how it grows from its right edge, and how its root is read.

use std::collections::HashMap;
use std::ops::Range;

use crate::hash::Hash;

/// The largest tree: sizes are stored as signed 64-bit numbers, here and in other implementations.
pub const MAX_SIZE: u64 = i64::MAX as u64;

/// The place of a complete subtree: it covers the leaves `index << level .. (index + 1) << level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId {
    /// Height above the leaves; a leaf is at 0.
    pub level: u8,
    /// Position among the complete subtrees of that height, from the left.
    pub index: u64,
}

/// Something that knows the hashes of complete subtrees: tiles, a table, or leaves in memory.
///
/// What is read is not trusted: a wrong hash gives a proof that does not verify.
pub trait HashReader {
    /// Why a hash could not be read.
    type Error;

    /// The hash of the complete subtree at `node`.
    fn read(&self, node: NodeId) -> Result<Hash, Self::Error>;
}

/// Leaf hashes in a row. Simple and slow; every node is computed anew.
impl HashReader for [Hash] {
    type Error = MissingNode;

    fn read(&self, node: NodeId) -> Result<Hash, MissingNode> {
        let missing = MissingNode(node);
        let first = usize::try_from(node.index << node.level).map_err(|_| missing)?;
        let leaves = self.get(first..first + (1 << node.level)).ok_or(missing)?;
        Ok(fold_complete(leaves.to_vec()))
    }
}

/// A node that the reader does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the tree has no node {} at level {}", .0.index, .0.level)]
pub struct MissingNode(pub NodeId);

/// The largest power of two smaller than `length`: where RFC 6962 splits a tree of two leaves or more.
pub(crate) fn split(length: u64) -> u64 {
    assert!(length >= 2, "a tree of fewer than two leaves has no split");
    1 << (u64::BITS - 1 - (length - 1).leading_zeros())
}

/// The complete subtrees that make up `leaves`, from the left, largest first.
///
/// `leaves` must be a range of the tree's own making (a whole tree or a child of a node), so that
/// it starts at a multiple of its largest part.
pub fn cover(leaves: Range<u64>) -> Vec<NodeId> {
    let (mut at, length) = (leaves.start, leaves.end - leaves.start);
    let levels = (0..u64::BITS as u8).rev().filter(|level| length >> level & 1 == 1);
    levels
        .map(|level| {
            let node = NodeId { level, index: at >> level };
            at += 1 << level;
            node
        })
        .collect()
}

/// The hash over `leaves`, joined from complete subtrees.
pub(crate) fn read_range<R: HashReader + ?Sized>(leaves: Range<u64>, reader: &R) -> Result<Hash, R::Error> {
    let parts = cover(leaves).into_iter().map(|node| reader.read(node));
    Ok(join(&parts.collect::<Result<Vec<_>, _>>()?))
}

/// The root of the first `size` leaves.
pub fn root<R: HashReader + ?Sized>(size: u64, reader: &R) -> Result<Hash, R::Error> {
    read_range(0..size, reader)
}

/// Joins subtrees of falling size from the right, as the splits of RFC 6962 nest.
fn join(parts: &[Hash]) -> Hash {
    let mut rest = parts.iter().rev();
    let Some(last) = rest.next() else {
        return Hash::empty();
    };
    rest.fold(*last, |right, left| Hash::node(left, &right))
}

/// The hash over a power of two of hashes.
pub(crate) fn fold_complete(mut row: Vec<Hash>) -> Hash {
    assert!(row.len().is_power_of_two(), "only a complete row folds to one hash");
    while row.len() > 1 {
        row = row.chunks_exact(2).map(|pair| Hash::node(&pair[0], &pair[1])).collect();
    }
    row[0]
}

/// The right edge of a tree: all that is needed to append to it, at most 63 hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    edge: Vec<Hash>,
}

/// An edge that does not belong to a tree of the size named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a tree of size {size} has {expected} hashes on its right edge, not {actual}")]
pub struct WrongEdge {
    /// The size named.
    pub size: u64,
    /// Hashes such a tree has on its right edge.
    pub expected: usize,
    /// Hashes given.
    pub actual: usize,
}

impl Frontier {
    /// Takes up a tree where it was left: its size, and [`Frontier::edge`] as it was then.
    ///
    /// # Errors
    /// [`WrongEdge`] when the number of hashes does not fit the size.
    pub fn resume(size: u64, edge: Vec<Hash>) -> Result<Self, WrongEdge> {
        let (expected, actual) = (size.count_ones() as usize, edge.len());
        if expected != actual {
            return Err(WrongEdge { size, expected, actual });
        }
        Ok(Self { size, edge })
    }

    /// Reads the right edge of the tree of `size` leaves.
    pub fn read<R: HashReader + ?Sized>(size: u64, reader: &R) -> Result<Self, R::Error> {
        let edge = cover(0..size).into_iter().map(|node| reader.read(node));
        Ok(Self { size, edge: edge.collect::<Result<_, _>>()? })
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The hashes of [`cover`] of the whole tree, largest subtree first.
    pub fn edge(&self) -> &[Hash] {
        &self.edge
    }

    /// Appends the hash of one leaf and tells which nodes became complete, the leaf first.
    ///
    /// # Panics
    /// If the tree already has [`MAX_SIZE`] leaves.
    pub fn append(&mut self, leaf: Hash) -> Vec<(NodeId, Hash)> {
        assert!(self.size < MAX_SIZE, "a log is closed long before it is full");
        let mut node = NodeId { level: 0, index: self.size };
        let mut hash = leaf;
        let mut completed = vec![(node, hash)];
        // Each trailing one of the size is a complete left sibling that waits on the edge.
        while node.index & 1 == 1 {
            let left = self.edge.pop().expect("a trailing one of the size has its hash on the edge");
            hash = Hash::node(&left, &hash);
            node = NodeId { level: node.level + 1, index: node.index >> 1 };
            completed.push((node, hash));
        }
        self.edge.push(hash);
        self.size += 1;
        completed
    }

    /// The root of the tree as it is.
    pub fn root(&self) -> Hash {
        join(&self.edge)
    }
}

/// A whole tree in memory, for a small log, a check or a test.
#[derive(Clone, Debug, Default)]
pub struct MemoryTree {
    frontier: Frontier,
    nodes: HashMap<NodeId, Hash>,
}

impl MemoryTree {
    /// Appends an entry and tells its index.
    pub fn push(&mut self, entry: &[u8]) -> u64 {
        let index = self.size();
        self.nodes.extend(self.frontier.append(Hash::leaf(entry)));
        index
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root of the tree as it is.
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }
}

impl<E: AsRef<[u8]>> FromIterator<E> for MemoryTree {
    fn from_iter<I: IntoIterator<Item = E>>(entries: I) -> Self {
        let mut tree = Self::default();
        entries.into_iter().for_each(|entry| {
            tree.push(entry.as_ref());
        });
        tree
    }
}

impl HashReader for MemoryTree {
    type Error = MissingNode;

    fn read(&self, node: NodeId) -> Result<Hash, MissingNode> {
        self.nodes.get(&node).copied().ok_or(MissingNode(node))
    }
}
