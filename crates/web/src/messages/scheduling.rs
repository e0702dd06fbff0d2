//! Words of: Scheduling and the calendar (排期).

crate::messages! {}
