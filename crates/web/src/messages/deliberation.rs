//! Words of: Deliberation of the panel (评议).

crate::messages! {}
