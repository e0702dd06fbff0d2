//! Where each fact stands, so that a reader of a paper is led there.

use std::collections::BTreeMap;

use xiezhi_documents::{facts::CaseFacts, structure::Source};
use xiezhi_domain::{
    case::CaseState, decision::About, ids::MaterialId, law::element_form, material::Material, paper::PaperKind,
};

/// The sources of the facts of a case, by path.
pub(super) fn of(case: &CaseState) -> BTreeMap<String, Source> {
    let mut sources = BTreeMap::new();
    let mut put = |path: String, source: Source| {
        sources.insert(path, source);
    };
    put("court".to_owned(), Source::Court);
    put("tribunal".to_owned(), Source::Court);
    put("fee".to_owned(), Source::Rule { rule: "fees".to_owned() });
    for path in ["cause", "claims", "facts_and_reasons", "amount_in_dispute_fen"] {
        put(path.to_owned(), applied(path));
    }
    for at in 0..case.party_order.len() {
        put(format!("parties.{at}"), applied(&format!("party.{at}")));
    }
    of_elements(case, &mut put);
    of_papers(case, &mut put);
    sources
}

/// A field of the application.
fn applied(field: &str) -> Source {
    Source::Field { form: "application".to_owned(), field: field.to_owned() }
}

/// The elements stand in the order of the form, as the facts list them.
fn of_elements(case: &CaseState, put: &mut impl FnMut(String, Source)) {
    let Some(form) = element_form::form_for(&case.application.cause) else { return };
    let given = form
        .fields_for(element_form::Paper::Complaint)
        .filter(|field| case.application.elements.contains_key(&field.id));
    for (at, field) in given.enumerate() {
        put(format!("elements.{at}"), Source::Field { form: form.id.clone(), field: field.id.clone() });
    }
}

fn of_papers(case: &CaseState, put: &mut impl FnMut(String, Source)) {
    for (at, item) in case.evidence.iter().enumerate() {
        put(format!("evidence.{at}"), page(item.material));
    }
    for (at, answer) in case.answers.iter().enumerate() {
        let by = |about: &About| matches!(about, About::Words { party: Some(party), .. } if *party == answer.party);
        if let Some(paper) = written(case, PaperKind::Answer, by) {
            put(format!("answers.{at}"), page(paper));
        }
    }
    if let Some(paper) = written(case, PaperKind::Counterclaim, |_| true) {
        put("counterclaim".to_owned(), page(paper));
    }
    for (at, hearing) in super::held(case).enumerate() {
        let of = |about: &About| matches!(about, About::Hearing { hearing: id, party: None } if *id == hearing.id);
        if let Some(paper) = written(case, PaperKind::Transcript, of) {
            put(format!("hearings.{at}"), page(paper));
        }
    }
    if let Some(paper) = written(case, PaperKind::MediationAgreement, |_| true) {
        put("mediation".to_owned(), page(paper));
    }
    let confirmed = case.parties_in_order().filter(|party| case.address(party.id).is_some());
    for (at, party) in confirmed.enumerate() {
        if let Some(paper) = written(case, PaperKind::AddressConfirmation, |about| *about == About::Party(party.id)) {
            put(format!("addresses.{at}"), page(paper));
        }
    }
}

fn page(material: MaterialId) -> Source {
    Source::Material { material: material.to_string(), page: 1 }
}

/// The newest paper of a kind that is about what is asked for.
fn written(case: &CaseState, kind: PaperKind, about: impl Fn(&About) -> bool) -> Option<MaterialId> {
    let of_kind = case.materials_in_order().filter(|paper: &&Material| paper.kind == kind);
    of_kind.filter(|paper| paper.about.as_ref().is_some_and(&about)).last().map(|paper| paper.id)
}

/// What the judge wrote stands in nobody's paper but his own.
pub(super) fn add_author(facts: &mut CaseFacts, author: Option<&str>) {
    let Some(author) = author else { return };
    for path in ["found_facts", "reasoning", "legal_basis", "orders", "cost"] {
        facts.sources.insert(path.to_owned(), Source::Person { name: author.to_owned() });
    }
}
