//! The mathematics of the record: Merkle log, commitments, checkpoints and proofs.
//!
//! A court's log is a C2SP tiled transparency log. Whoever holds the court's [policy] can check
//! off line, with nothing from the court but the files in hand, that something was recorded, that
//! nothing recorded before was changed, and who besides the court has seen it.
//!
//! This crate knows bytes, not cases. It reads no clock, no disk and no network, and draws no
//! random numbers: seeds, salts and times arrive as arguments.
//!
//! How a court appends:
//!
//! 1. [`Opening::commit`] turns the bytes of an event into an [`Entry`] that reveals nothing.
//! 2. [`Frontier::append`] extends the tree; [`tile::growth`] names the files that follow from it
//!    and [`Tiles`] gives their bytes. Entries and tiles must be durable before anything is signed.
//! 3. [`Checkpoint::sign`] signs the new size and root; witnesses [`CosigningKey::cosign`] it.
//!
//! What a party receives is a [`RecordProof`]: one small text file.

pub mod checkpoint;
pub mod commitment;
pub mod consistency;
pub mod cosignature;
mod encoding;
pub mod hash;
pub mod inclusion;
pub mod key;
#[cfg(feature = "ml-dsa")]
mod ml_dsa_44;
pub mod note;
pub mod policy;
pub mod proof;
#[cfg(feature = "shangmi")]
pub mod shangmi;
pub mod tile;
pub mod tree;
pub mod witness;

pub use checkpoint::Checkpoint;
pub use commitment::{Entry, Opening};
pub use cosignature::CosigningKey;
pub use hash::Hash;
pub use key::{KeyName, SigningKey, VerifierKey};
pub use note::{Keyring, Note, SignatureLine};
pub use policy::{Policy, Standing};
pub use proof::{Broken, RecordProof};
pub use tile::Tiles;
pub use tree::{Frontier, HashReader, MemoryTree, NodeId};
pub use witness::AddCheckpoint;
