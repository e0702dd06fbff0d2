//! The shell: load → decide → commit. Knows storage, clocks and identifiers as ports; knows nothing of
//! HTTP and nothing of screens.

pub mod access;
pub mod app;
pub mod cases;
pub mod codec;
pub mod court;
pub mod error;
pub mod issuing;
pub mod lists;
pub mod live;
pub mod moment;
pub mod papers;
pub mod people;
pub mod ports;
pub mod rows;
pub mod sessions;
pub mod tables;

pub use app::App;
pub use error::AppError;
