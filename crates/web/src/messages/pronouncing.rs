//! Words of: Pronouncement (宣判).

crate::messages! {}
