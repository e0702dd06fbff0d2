//! Receipts of the counter (窗口收件收据), printed from the record as often as they are asked for.

use xiezhi_documents::receipts::{HandedIn, IntakeReceipt, intake_receipt};
use xiezhi_domain::{case::CaseState, counter::Intake, party::PartyRole};

use crate::{App, AppError};

fn role(role: PartyRole) -> &'static str {
    match role {
        PartyRole::Plaintiff => "原告",
        PartyRole::Defendant => "被告",
        PartyRole::ThirdParty => "第三人",
    }
}

impl App {
    /// Prints the receipt of what was taken at one time; gives the PDF. The caller has made sure that it may be asked for.
    pub async fn print_intake_receipt(&self, case: &CaseState, intake: &Intake) -> Result<Vec<u8>, AppError> {
        let party = case.parties.get(&intake.party).ok_or(AppError::NotFound)?;
        let pages = |item: &xiezhi_domain::counter::Handed| {
            let scan = item.material.and_then(|id| case.materials.get(&id));
            scan.map_or(item.pages, |paper| item.pages.max(paper.page_count()))
        };
        let items: Vec<HandedIn<'_>> = intake
            .items
            .iter()
            .map(|item| HandedIn {
                name: &item.name,
                pages: pages(item),
                copies: item.copies,
                original: item.original.as_ref().map(|original| (original.returned, original.kept_at.as_str())),
            })
            .collect();
        let people = self.directory().await?;
        let document = intake_receipt(&IntakeReceipt {
            court: &self.rules(self.ports().clock.moment().today).settings.court_name,
            number: &case.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            party: &format!("{} {}", role(party.role), party.name),
            brought_by: &intake.brought_by,
            items: &items,
            received_on: intake.came_on,
            received_by: people.name(intake.taken_by),
        });
        let press = std::sync::Arc::clone(&self.ports().press);
        let printed = tokio::task::spawn_blocking(move || press.print(&document)).await;
        Ok(printed.map_err(|fault| AppError::failed("the press", fault))??.pdf)
    }
}
