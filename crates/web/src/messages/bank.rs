//! Words of: The demonstration bank that payments lead to (演示银行).

crate::messages! {}
