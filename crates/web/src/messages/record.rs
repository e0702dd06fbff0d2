//! Words of: The record: proofs, audit, published log (留痕).

crate::messages! {}
