//! Words of: People and sessions, for administrators (人员).

crate::messages! {}
