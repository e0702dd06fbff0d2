//! Receipts for evidence (证据材料收据), printed from the record for whoever handed in and for whoever received.

use jiff::civil::Date;
use xiezhi_documents::receipts::{EvidenceReceipt, Received, evidence_receipt};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    evidence::EvidenceItem,
    ids::{CaseId, PartyId},
    material::Material,
    party::PartyRole,
    people::Actor,
};

use crate::{App, AppError};

/// Days on which parties handed evidence in, as far as `reader` may have a receipt for them: a side for its own.
pub fn receipts_of(case: &CaseState, reader: &Reader) -> Vec<(PartyId, Date)> {
    let mut days: Vec<(PartyId, Date)> = items(case).map(|(item, paper)| (item.party, paper.received_on)).collect();
    days.sort();
    days.dedup();
    days.retain(|(party, _)| may_have(case, reader, *party));
    days
}

fn may_have(case: &CaseState, reader: &Reader, party: PartyId) -> bool {
    let keeps = access::may(reader, Act::KeepFile, case.stage).is_ok();
    keeps || (reader.is_side() && reader.party == Some(party))
}

fn items(case: &CaseState) -> impl Iterator<Item = (&EvidenceItem, &Material)> {
    case.evidence.iter().filter_map(|item| Some((item, case.materials.get(&item.material)?)))
}

fn role(role: PartyRole) -> &'static str {
    match role {
        PartyRole::Plaintiff => "原告",
        PartyRole::Defendant => "被告",
        PartyRole::ThirdParty => "第三人",
    }
}

impl App {
    /// Prints the receipt for what a party handed in on a day; gives the PDF. Where a clerk asks, the clerk stands
    /// under it; a party's own has the place for a signature.
    pub async fn print_evidence_receipt(
        &self,
        id: CaseId,
        actor: &Actor,
        party: PartyId,
        on: Date,
    ) -> Result<Vec<u8>, AppError> {
        let (case, reader) = self.view(id, actor).await?;
        let who = case.parties.get(&party).filter(|_| may_have(&case, &reader, party)).ok_or(AppError::NotFound)?;
        let of_day = |(item, paper): &(&EvidenceItem, &Material)| item.party == party && paper.received_on == on;
        let received = |(item, paper): (&EvidenceItem, &Material)| {
            (item.name.clone(), paper.page_count(), paper.original.is_some())
        };
        let received: Vec<(String, u32, bool)> = items(&case).filter(of_day).map(received).collect();
        if received.is_empty() {
            return Err(AppError::NotFound);
        }
        let items: Vec<Received<'_>> = received
            .iter()
            .map(|(name, pages, original)| Received { name, pages: *pages, original: *original })
            .collect();
        let people = self.directory().await?;
        let clerk = actor.person().filter(|_| !actor.is_outside()).and_then(|id| people.person(id));
        let document = evidence_receipt(&EvidenceReceipt {
            court: &self.rules(self.ports().clock.moment().today).settings.court_name,
            number: &case.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            from: &format!("{} {}", role(who.role), who.name),
            items: &items,
            received_on: on,
            received_by: clerk.map_or("", |person| person.name.as_str()),
        });
        let press = std::sync::Arc::clone(&self.ports().press);
        let printed = tokio::task::spawn_blocking(move || press.print(&document)).await;
        Ok(printed.map_err(|fault| AppError::failed("the press", fault))??.pdf)
    }
}
