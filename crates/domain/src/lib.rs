//! The rules of procedure and of the office: pure. Knows nothing about storage, clocks, screens or
//! languages; time and identifiers arrive as data.

pub mod access;
pub mod appeal;
pub mod approval;
pub mod archive;
pub mod assignment;
pub mod case;
pub mod clock;
pub mod closing;
pub mod command;
pub mod consent;
pub mod court;
pub mod decision;
pub mod deliberation;
pub mod drafting;
pub mod event;
pub mod evidence;
pub mod fees;
pub mod filing;
pub mod flow;
pub mod hearing;
pub mod ids;
pub mod issuing;
pub mod law;
pub mod material;
pub mod mediation;
pub mod moment;
pub mod on_paper;
pub mod paper;
pub mod parties;
pub mod party;
pub mod people;
pub mod periods;
pub mod procedure;
pub mod pronouncing;
pub mod refusal;
pub mod register;
pub mod review;
pub mod rules;
pub mod scheduling;
pub mod service;
pub mod signature;
pub mod stage;
pub mod tasks;

pub use refusal::Refusal;
