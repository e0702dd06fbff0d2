//! Words of: Hearings and transcripts (庭审).

crate::messages! {}
