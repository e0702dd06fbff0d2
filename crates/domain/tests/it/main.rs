//! The specification of a civil first-instance case: stories, refusals, properties, golden events, access.

mod access;
mod annotation;
mod archived;
mod cast;
mod court;
mod example;
mod golden;
mod kept;
mod past;
mod properties;
mod redaction;
mod refusals;
mod sharing;
mod staging;
mod steps;
mod stories;
mod tales;
mod unchanged;
