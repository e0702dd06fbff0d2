//! Stories: whole cases, and the turns a case can take.

pub mod appeal;
pub mod approvals;
pub mod committee;
pub mod correcting;
pub mod counter;
pub mod early_end;
pub mod ex1_private_lending;
pub mod ex2_sale_contract;
pub mod ex3_divorce;
pub mod ex4_traffic_accident;
pub mod ex5_labour_dispute;
pub mod ex6_property_service;
pub mod filing_review;
pub mod hearing_turns;
pub mod linking;
pub mod mediation_turns;
pub mod notices;
pub mod on_paper;
pub mod procedure_turns;
pub mod record;
pub mod series;
pub mod service_on_paper;
pub mod service_turns;
pub mod signatures;
pub mod supervision;
