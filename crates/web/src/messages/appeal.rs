//! Words of: Appeal, on the side of the parties and of the clerk (上诉).

crate::messages! {}
