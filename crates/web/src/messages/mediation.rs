//! Words of: Mediation (调解).

crate::messages! {}
