//! What the ledger promises, checked against published vectors, properties and foreign software.

mod commitment;
mod interop;
mod key;
#[cfg(feature = "ml-dsa")]
mod ml_dsa;
mod note;
mod people;
mod policy;
mod proof;
#[cfg(feature = "shangmi")]
mod shangmi;
mod tile;
mod tree;
mod witness;
