//! The worked example cases, for tests.

use crate::facts::CaseFacts;

/// Each example with its name.
pub const ALL: [(&str, &str); 6] = [
    ("ex1_private_lending", include_str!("../../../examples/ex1_private_lending.json")),
    ("ex2_sale_contract", include_str!("../../../examples/ex2_sale_contract.json")),
    ("ex3_divorce", include_str!("../../../examples/ex3_divorce.json")),
    ("ex4_traffic_accident", include_str!("../../../examples/ex4_traffic_accident.json")),
    ("ex5_labour_dispute", include_str!("../../../examples/ex5_labour_dispute.json")),
    ("ex6_property_service", include_str!("../../../examples/ex6_property_service.json")),
];

/// The facts of one example, counted from 1.
pub fn example(no: usize) -> CaseFacts {
    CaseFacts::from_example(ALL[no - 1].1).expect("an example is readable")
}
