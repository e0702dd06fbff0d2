//! The mathematics of the record: Merkle log, checkpoints, proofs
