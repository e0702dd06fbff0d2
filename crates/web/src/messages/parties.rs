//! Words of: Parties, addresses, agents, linking (当事人).

crate::messages! {}
