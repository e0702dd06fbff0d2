//! What fields are called, for a form that is given back on a page of its own: the words of its own page.

use super::{
    Lang, appeal, approval, archive, closing, deliberation, drafting, evidence, fees, filing, hearing, material,
    mediation, parties, problems, service, t,
};

/// What the field called `name` asks for; one that is not known is said to be what the reader wrote.
pub fn label(lang: Lang, name: &str) -> &'static str {
    known(lang, name).unwrap_or_else(|| t(lang, problems::Key::YourWords))
}

/// What the field called `name` asks for, where the reader types into it.
pub fn known(lang: Lang, name: &str) -> Option<&'static str> {
    Some(match name {
        "reason" | "reasons" => t(lang, approval::Key::Reason),
        "petition" => t(lang, appeal::Key::Petition),
        "marks" => t(lang, archive::Key::Marks),
        "terms" => t(lang, mediation::Key::Terms),
        "proposal" => t(lang, deliberation::Key::Proposal),
        "questions" => t(lang, deliberation::Key::Questions),
        "conclusion" => t(lang, deliberation::Key::Conclusion),
        "found_facts" => t(lang, drafting::Key::Found),
        "reasoning" => t(lang, drafting::Key::Reasoning),
        "legal_basis" => t(lang, drafting::Key::Law),
        "orders" => t(lang, drafting::Key::Orders),
        "costs" => t(lang, drafting::Key::Costs),
        "record" => t(lang, drafting::Key::Record),
        "issues" => t(lang, evidence::Key::Issues),
        "purpose" => t(lang, evidence::Key::Purpose),
        "receipt_no" => t(lang, fees::Key::RefundReceipt),
        "text" => t(lang, hearing::Key::Transcript),
        "closed_because" => t(lang, hearing::Key::ClosedBecause),
        "title" => t(lang, material::Key::NewTitle),
        "words" => t(lang, service::Key::NotReceivedField),
        "why" => t(lang, closing::Key::Reason),
        "phone" | "service_phone" => t(lang, parties::Key::Phone),
        "postal" => t(lang, parties::Key::Postal),
        "recipient" => t(lang, parties::Key::Recipient),
        "electronic_address" => t(lang, parties::Key::ElectronicAddress),
        "firm" => t(lang, filing::Key::AgentFirm),
        "amount" => t(lang, filing::Key::ClaimAmount),
        _ => return None,
    })
}
