//! Words of: Consent to on-line steps (在线诉讼意愿).

crate::messages! {}
