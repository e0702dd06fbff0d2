//! Words of: The check page (真伪查验).

crate::messages! {}
