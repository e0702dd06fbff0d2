//! The shell: load → decide → commit. Knows storage, clocks and identifiers as ports; knows nothing of
//! HTTP and nothing of screens.

pub mod access;
pub mod acts;
pub mod anchoring;
pub mod app;
pub mod audit;
pub mod cases;
pub mod clock;
pub mod codec;
pub mod court;
pub mod demonstration;
pub mod desk;
pub mod dispatch;
pub mod error;
pub mod fees;
pub mod issuing;
pub mod lists;
pub mod live;
pub mod logs;
pub mod looks;
pub mod moment;
pub mod notes;
pub mod notices;
pub mod origin;
pub mod oversight;
pub mod papers;
pub mod people;
pub mod ports;
pub mod rebuild;
pub mod recorder;
pub mod requests;
pub mod rows;
pub mod scheduling;
pub mod serving;
pub mod sessions;
pub mod signature;
pub mod sweeping;
pub mod tables;
pub mod tokens;
pub mod uploads;
pub mod verify;
pub mod witnessing;
pub mod workers;

pub use app::App;
pub use error::AppError;
