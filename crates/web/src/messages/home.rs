//! Words of: A party's own page (我的案件).

crate::messages! {}
