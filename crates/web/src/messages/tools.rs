//! Words of: Public calculators (计算工具).

crate::messages! {}
