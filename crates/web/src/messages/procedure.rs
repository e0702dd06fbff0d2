//! Words of: Stays and changes of procedure (程序).

crate::messages! {}
