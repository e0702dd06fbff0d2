//! Words of: Requests for approval (审批).

crate::messages! {}
