//! Words of: The first page of a case (案件概览).

crate::messages! {}
