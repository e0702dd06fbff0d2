//! Consistency: the old tree is the beginning of the new one (RFC 6962, section 2.1.2).

use std::ops::Range;

use crate::hash::Hash;
use crate::tree::{HashReader, MAX_SIZE, NodeId, cover, read_range, split};

/// Why a consistency proof is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConsistencyError {
    /// A log never shrinks.
    #[error("a tree of size {old_size} can't be the beginning of one of size {new_size}")]
    Shrunk {
        /// The size said to be older.
        old_size: u64,
        /// The size said to be newer.
        new_size: u64,
    },
    /// Two such sizes have a proof of another length.
    #[error("the proof has {actual} hashes where {expected} are needed")]
    WrongLength {
        /// Hashes a right proof has.
        expected: usize,
        /// Hashes given.
        actual: usize,
    },
    /// The proof does not lead to the older root.
    #[error("the proof does not lead to the older root")]
    WrongOldRoot,
    /// The proof does not lead to the newer root: what was recorded before was changed.
    #[error("the proof does not lead to the newer root")]
    WrongNewRoot,
}

/// The complete subtrees whose hashes a proof is made from; fetch their tiles, then [`prove`].
///
/// # Panics
/// If `old_size` is above `new_size`.
pub fn needs(old_size: u64, new_size: u64) -> Vec<NodeId> {
    Plan::between(old_size, new_size).ranges().flat_map(cover).collect()
}

/// The proof that the first `old_size` leaves are the beginning of the first `new_size` leaves.
///
/// From the empty tree, and from a tree to itself, the proof is empty.
///
/// # Panics
/// If `old_size` is above `new_size`.
pub fn prove<R: HashReader + ?Sized>(old_size: u64, new_size: u64, reader: &R) -> Result<Vec<Hash>, R::Error> {
    Plan::between(old_size, new_size).ranges().map(|leaves| read_range(leaves, reader)).collect()
}

/// A size and the root that a log had at it.
pub type Head = (u64, Hash);

/// Checks that the tree at `old` is the beginning of the tree at `new`.
///
/// # Errors
/// A [`ConsistencyError`] naming what does not fit.
pub fn verify(old: Head, new: Head, proof: &[Hash]) -> Result<(), ConsistencyError> {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size > new_size || new_size > MAX_SIZE {
        return Err(ConsistencyError::Shrunk { old_size, new_size });
    }
    if old_size == 0 && old_root != Hash::empty() {
        return Err(ConsistencyError::WrongOldRoot);
    }
    let plan = Plan::between(old_size, new_size);
    let (expected, actual) = (plan.ranges().count(), proof.len());
    if expected != actual {
        return Err(ConsistencyError::WrongLength { expected, actual });
    }
    if old_size == 0 {
        return Ok(());
    }
    let (old_climbed, new_climbed) = plan.climb(old_root, proof);
    if old_climbed != old_root {
        return Err(ConsistencyError::WrongOldRoot);
    }
    if new_climbed != new_root {
        return Err(ConsistencyError::WrongNewRoot);
    }
    Ok(())
}

/// A step up from the last subtree that both trees share.
enum Step {
    /// The left sibling is in both trees.
    Shared(Range<u64>),
    /// The right sibling is in the newer tree alone.
    Added(Range<u64>),
}

/// How the two roots hang together.
struct Plan {
    /// The subtree to start from, unless it is the older tree itself, whose root the verifier has.
    start: Option<Range<u64>>,
    /// Lowest first.
    steps: Vec<Step>,
}

impl Plan {
    fn between(old_size: u64, new_size: u64) -> Self {
        assert!(old_size <= new_size, "size {old_size} is not before size {new_size}");
        let mut steps = Vec::new();
        let (mut low, mut high) = (0, new_size);
        while old_size > 0 && high != old_size {
            let middle = low + split(high - low);
            if old_size <= middle {
                steps.push(Step::Added(middle..high));
                high = middle;
            } else {
                steps.push(Step::Shared(low..middle));
                low = middle;
            }
        }
        steps.reverse();
        Self { start: (low > 0).then_some(low..high), steps }
    }

    fn ranges(&self) -> impl Iterator<Item = Range<u64>> {
        let steps = self.steps.iter().map(|step| match step {
            Step::Shared(leaves) | Step::Added(leaves) => leaves.clone(),
        });
        self.start.iter().cloned().chain(steps)
    }

    /// The older and the newer root that a proof of the right length leads to.
    fn climb(&self, old_root: Hash, proof: &[Hash]) -> (Hash, Hash) {
        let (start, path) = match self.start {
            Some(_) => (proof[0], &proof[1..]),
            None => (old_root, proof),
        };
        self.steps.iter().zip(path).fold((start, start), |(old, new), (step, other)| match step {
            Step::Shared(_) => (Hash::node(other, &old), Hash::node(other, &new)),
            Step::Added(_) => (old, Hash::node(&new, other)),
        })
    }
}
