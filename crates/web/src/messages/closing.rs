//! Words of: Withdrawal of the suit (撤诉).

crate::messages! {}
