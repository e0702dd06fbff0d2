//! Words of: Drafting, signing, issuing (文书制作).

crate::messages! {}
