//! Words of: The trace of a case (留痕).

crate::messages! {}
