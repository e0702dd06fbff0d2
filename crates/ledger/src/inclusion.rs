//! Inclusion: an entry is in the tree (RFC 6962, section 2.1.1).

use std::ops::Range;

use crate::hash::Hash;
use crate::tree::{HashReader, MAX_SIZE, NodeId, cover, read_range, split};

/// Why an inclusion proof is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InclusionError {
    /// The tree named has no such leaf.
    #[error("there is no leaf {index} in a tree of size {size}")]
    BeyondTree {
        /// The leaf asked for.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// A leaf at that place has a path of another length.
    #[error("the path has {actual} hashes where {expected} are needed")]
    WrongLength {
        /// Hashes a right path has.
        expected: usize,
        /// Hashes given.
        actual: usize,
    },
    /// The path leads to another root: the leaf, its place, the path or the root is not the right one.
    #[error("the path does not lead from the leaf to the root")]
    WrongRoot,
}

/// The complete subtrees whose hashes a proof is made from; fetch their tiles, then [`prove`].
///
/// # Panics
/// If `index` is not in a tree of `size`.
pub fn needs(index: u64, size: u64) -> Vec<NodeId> {
    siblings(index, size).into_iter().flat_map(|sibling| cover(sibling.leaves)).collect()
}

/// The path from the leaf at `index` to the root of the first `size` leaves, sibling first.
///
/// # Panics
/// If `index` is not in a tree of `size`.
pub fn prove<R: HashReader + ?Sized>(index: u64, size: u64, reader: &R) -> Result<Vec<Hash>, R::Error> {
    siblings(index, size).into_iter().map(|sibling| read_range(sibling.leaves, reader)).collect()
}

/// Checks that `leaf` stands at `index` in the tree of `size` leaves with this `root`.
///
/// # Errors
/// An [`InclusionError`] naming what does not fit.
pub fn verify(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> Result<(), InclusionError> {
    if index >= size || size > MAX_SIZE {
        return Err(InclusionError::BeyondTree { index, size });
    }
    let siblings = siblings(index, size);
    let (expected, actual) = (siblings.len(), path.len());
    if expected != actual {
        return Err(InclusionError::WrongLength { expected, actual });
    }
    let climbed = siblings.iter().zip(path).fold(*leaf, |hash, (sibling, other)| match sibling.side {
        Side::Left => Hash::node(other, &hash),
        Side::Right => Hash::node(&hash, other),
    });
    if climbed != *root {
        return Err(InclusionError::WrongRoot);
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

/// What stands beside the path at one height.
struct Sibling {
    side: Side,
    leaves: Range<u64>,
}

/// The siblings on the way up from a leaf, lowest first.
fn siblings(index: u64, size: u64) -> Vec<Sibling> {
    assert!(index < size, "leaf {index} is not in a tree of size {size}");
    let (mut low, mut high) = (0, size);
    let mut way_down = Vec::new();
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            way_down.push(Sibling { side: Side::Right, leaves: middle..high });
            high = middle;
        } else {
            way_down.push(Sibling { side: Side::Left, leaves: low..middle });
            low = middle;
        }
    }
    way_down.reverse();
    way_down
}
