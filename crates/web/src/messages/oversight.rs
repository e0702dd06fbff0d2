//! Words of: Deadlines and figures of the court (监督).

crate::messages! {}
