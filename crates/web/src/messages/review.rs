//! Words of: Filing review (立案审查).

crate::messages! {}
