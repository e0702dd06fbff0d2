//! The outside world behind small traits
