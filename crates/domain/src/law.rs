//! The law as data and pure rules: fees, periods, numbers, forms, catalogues.
//!
//! Every figure comes from the versioned files under `law/` at the root of the project, embedded at build
//! time and parsed once. Nothing here knows a clock: today is always an argument. Nothing here speaks to
//! readers: a working is data that a page puts into words.

pub mod calendar;
pub mod case_number;
pub mod case_type;
pub mod catalogue;
pub mod cause;
pub mod citation;
pub mod closing;
pub mod court;
pub mod data;
pub mod document_kind;
pub mod draw;
pub mod element_answer;
pub mod element_form;
pub mod fee;
mod fee_lines;
pub mod four_properties;
pub mod identity;
pub mod indicator;
pub mod instrument;
pub mod interest;
pub mod interest_sum;
pub mod limits;
pub mod lpr;
pub mod money;
pub mod nodes;
pub mod period;
pub mod publicity;
pub mod rate;
pub mod request_kind;
pub mod retention;
pub mod service_text;
pub mod statute;
pub mod tariff;
pub mod trial_period;

/// Version of the law data (规则版本): the day on which the files were checked.
///
/// An event that stores a result of the law stores this beside it.
pub const VERSION: &str = "2026-11-22";
