//! Routes, views and pages

pub mod assets;
pub mod frame;
pub mod messages;
