//! Words of: Help and the pages problems lead to (帮助).

crate::messages! {}
