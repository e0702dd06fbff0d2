//! Papers: from the state of a case to the documents the court and the parties read. Pure.

mod corrected;
mod facts;
mod inputs;
mod plain;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use xiezhi_documents::{
    facts::CaseFacts,
    kinds::{self, DocumentKind},
    proofread::{self, Finding},
    structure::{Block, Document},
};
use xiezhi_domain::{
    case::CaseState,
    decision::{About, PaperOrder},
    drafting::DraftContent,
    filing::Intake,
    law::instrument::Library,
    moment::{Moment, court_offset},
    paper::PaperKind,
    people::Directory,
    rules::Rules,
};

pub use facts::{form_of, of as facts};
use inputs::Desk;

/// The kind of document that a paper of this kind is written as; none for what is handed in, and for the
/// few plain papers that are words under a title.
pub fn document_kind(kind: PaperKind, case: &CaseState) -> Option<DocumentKind> {
    Some(match kind {
        PaperKind::Complaint => DocumentKind::Complaint,
        PaperKind::EvidenceList => DocumentKind::EvidenceList,
        PaperKind::Receipt => DocumentKind::FilingReceipt,
        PaperKind::AddressConfirmation => DocumentKind::ServiceAddressConfirmation,
        PaperKind::CorrectionNotice => DocumentKind::SupplementNotice,
        PaperKind::AcceptanceNotice => DocumentKind::AcceptanceNotice,
        PaperKind::FeeNotice => DocumentKind::FeeNotice,
        PaperKind::RightsNotice => DocumentKind::RightsNotice,
        PaperKind::EvidenceNotice => DocumentKind::EvidenceNotice,
        PaperKind::ResponseNotice => DocumentKind::ResponseNotice,
        PaperKind::AssignmentRecord => DocumentKind::AssignmentRecord,
        PaperKind::TribunalNotice => DocumentKind::PanelNotice,
        PaperKind::Summons => DocumentKind::Summons,
        PaperKind::ServiceReceipt => DocumentKind::ServiceReceipt,
        PaperKind::ElectronicServiceCertificate => DocumentKind::EServiceCertificate,
        PaperKind::Answer => DocumentKind::AnswerBrief,
        PaperKind::Counterclaim => DocumentKind::CounterclaimBrief,
        PaperKind::EvidenceOpinion => DocumentKind::EvidenceOpinion,
        PaperKind::Transcript => DocumentKind::HearingTranscript,
        PaperKind::MediationStatement => DocumentKind::CivilMediationStatement,
        PaperKind::DeliberationMinutes => DocumentKind::DeliberationRecord,
        PaperKind::Judgment => DocumentKind::judgment_of(form_of(case.procedure)),
        PaperKind::NonAcceptance
        | PaperKind::WithdrawalRuling
        | PaperKind::DeemedWithdrawalRuling
        | PaperKind::StayRuling
        | PaperKind::ConversionRuling
        | PaperKind::CorrectionRuling => DocumentKind::CivilRuling,
        PaperKind::PronouncementRecord => DocumentKind::PronouncementRecord,
        PaperKind::EffectCertificate => DocumentKind::EffectCertificate,
        PaperKind::RefundNotice => DocumentKind::RefundNotice,
        PaperKind::TransferLetter => DocumentKind::AppealTransferLetter,
        PaperKind::Contents => DocumentKind::VolumeContents,
        PaperKind::Cover => DocumentKind::VolumeCover,
        PaperKind::ReferenceSheet => DocumentKind::ReferenceSheet,
        PaperKind::Original
        | PaperKind::Evidence
        | PaperKind::Identity
        | PaperKind::PowerOfAttorney
        | PaperKind::FeeReceipt
        | PaperKind::MediationAgreement
        | PaperKind::ApprovalSheet
        | PaperKind::SupervisionRecord
        | PaperKind::CommitteeRecord
        | PaperKind::AppealPetition
        | PaperKind::Request
        | PaperKind::ServicePicture
        | PaperKind::Other => return None,
    })
}

/// The document that `order` asks for, filled from the case as it stands after the act.
pub fn document(case: &CaseState, people: &Directory, rules: &Rules, order: &PaperOrder, moment: Moment) -> Document {
    filled(case, people, rules, order, moment).0
}

/// The same document, and what proofreading finds in it.
pub fn proofread(
    case: &CaseState,
    people: &Directory,
    rules: &Rules,
    order: &PaperOrder,
    moment: Moment,
) -> (Document, Vec<Finding>) {
    let (paper, facts) = filled(case, people, rules, order, moment);
    let findings = proofread::proofread(&paper, &facts);
    (paper, findings)
}

fn filled(
    case: &CaseState,
    people: &Directory,
    rules: &Rules,
    order: &PaperOrder,
    moment: Moment,
) -> (Document, CaseFacts) {
    let kind = written_kind(case, order);
    let desk = Desk { case, people, rules, order, kind, moment };
    let mut facts = facts::of(case, people, rules);
    complete(&mut facts, &desk);
    let mut paper = match document_kind(kind, case) {
        Some(written_as) => kinds::fill(written_as, &facts, &inputs::of(&desk, &facts)),
        None => plain::of(&desk, &facts),
    };
    corrected::copy(&mut paper, case, order);
    (paper, facts)
}

/// Adds what only this paper tells: the judge's words, the terms, the moment of the act it is written in.
fn complete(facts: &mut CaseFacts, desk: &Desk) {
    let (case, today) = (desk.case, desk.moment.today);
    if let About::Document(id) = &desk.order.about
        && let Some(draft) = case.drafts.get(id)
    {
        facts::add_draft(facts, case, desk.people, draft, today);
    }
    let party = inputs::party_named(case, &desk.order.about);
    match (desk.kind, party) {
        (PaperKind::Receipt, _) if case.application.intake == Intake::Online => {
            facts.dates.submitted_at = Some(court_offset().to_datetime(desk.moment.at));
        }
        (PaperKind::MediationStatement, _) => {
            facts.cost = case.mediation.agreement.as_ref().map(|agreement| agreement.costs.clone());
            facts.dates.decided_on = Some(today);
        }
        (PaperKind::Answer, Some(party)) => facts.elements = facts::element_replies(case, party),
        (PaperKind::AddressConfirmation, Some(party)) => {
            let name = case.parties.get(&party).map(|party| party.name.as_str());
            let own = facts.addresses.iter_mut().find(|address| Some(address.party.as_str()) == name);
            own.into_iter().for_each(|address| address.signed_on = Some(today));
        }
        _ => {}
    }
}

/// Puts the articles that a draft rests on behind the signatures, in their own words, where its writer asks for it.
/// What the court did not bring along is left out: nothing is written from memory.
///
/// Source: 《人民法院民事裁判文书制作规范》(附录).
pub fn annex(paper: &mut Document, content: &DraftContent, library: &Library, today: Date) {
    if !content.annex_law {
        return;
    }
    let mut blocks: Vec<Block> = vec![];
    for citation in &content.legal_basis {
        for hit in library.cited(citation, today) {
            let heading = hit.instrument.cite(hit.article);
            if blocks.iter().any(|block| matches!(block, Block::Heading { text } if *text == heading)) {
                continue;
            }
            blocks.push(Block::Heading { text: heading });
            blocks.extend(hit.article.text.lines().map(Block::text));
        }
    }
    if !blocks.is_empty() {
        paper.annex.push(Block::Heading { text: "附：本裁判适用的法律条文".to_owned() });
        paper.annex.extend(blocks);
    }
}

/// An original is written as the document it is the original of.
fn written_kind(case: &CaseState, order: &PaperOrder) -> PaperKind {
    match (&order.about, order.kind) {
        (About::Document(id), PaperKind::Original) => case.drafts.get(id).map_or(order.kind, |draft| draft.kind),
        _ => order.kind,
    }
}

/// The title a paper has in the catalogue, such as 传票（易欠款）.
pub fn title(case: &CaseState, order: &PaperOrder) -> String {
    let party = inputs::party_named(case, &order.about);
    let name = party.and_then(|party| case.parties.get(&party)).map(|party| party.name.as_str());
    match (order.kind, name) {
        (PaperKind::Original, _) => format!("{}原本", written_kind(case, order).name_zh()),
        (kind, Some(name)) => format!("{}（{name}）", kind.name_zh()),
        (kind, None) => kind.name_zh().to_owned(),
    }
}

/// Where papers of this kind stand in the catalogue of a civil first-instance case.
pub fn place_in_catalogue(kind: PaperKind) -> u16 {
    use xiezhi_domain::{law::catalogue, paper::Volume};
    let volume = match kind.volume() {
        Volume::Main => catalogue::Volume::Main,
        Volume::Secondary => catalogue::Volume::Secondary,
    };
    catalogue::item("civil_first", volume, kind.place()).map_or(u16::MAX, |item| item.order)
}
