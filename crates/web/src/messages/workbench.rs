//! Words of: Workbenches (工作台).

crate::messages! {}
