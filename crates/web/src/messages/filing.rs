//! Words of: Filing an application (立案申请).

crate::messages! {}
