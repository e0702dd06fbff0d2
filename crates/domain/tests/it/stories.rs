//! Stories: whole cases, and the turns a case can take.

mod appeal;
mod approvals;
mod early_end;
mod ex1_private_lending;
mod ex2_sale_contract;
mod ex3_divorce;
mod ex4_traffic_accident;
mod ex5_labour_dispute;
mod ex6_property_service;
mod filing_review;
mod hearing_turns;
mod mediation_turns;
mod procedure_turns;
mod service_turns;
