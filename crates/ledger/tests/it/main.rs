//! What the ledger promises, checked against published vectors, properties and foreign software.

mod commitment;
mod interop;
mod key;
mod note;
mod people;
mod policy;
mod proof;
mod tile;
mod tree;
mod witness;
