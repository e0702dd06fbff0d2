//! Words of: Fees: notice, payment, aid, refund (诉讼费用).

crate::messages! {}
