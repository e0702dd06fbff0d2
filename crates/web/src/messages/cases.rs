//! Words of: Lists of cases, search, export (案件列表).

crate::messages! {}
