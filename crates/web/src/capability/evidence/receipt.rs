//! Receipts for evidence (证据材料收据): one for each day on which a party handed in.

use axum::{
    body::Body,
    http::{HeaderValue, header},
};
use jiff::civil::Date;
use xiezhi_domain::ids::{CaseId, PartyId};

use super::EvidenceView;
use crate::{
    capability::{material::escaped, prelude_of_cases::route},
    frame::prelude::*,
    http::{me::Me, prelude::*},
    messages::{
        evidence::{self as words, Key},
        t,
    },
};

/// A receipt that the reader may have.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReceiptView {
    /// Who handed in.
    pub party: PartyId,
    /// Role and name.
    pub by: String,
    /// The day.
    pub on: Date,
}

pub(super) async fn print(
    State(app): State<App>,
    me: Me,
    Path((case, party, day)): Path<(CaseId, PartyId, String)>,
) -> Result<Sent<AnyFile>, Problem> {
    let on: Date = day.parse().map_err(|_| Problem::not_found())?;
    let pdf = app.print_evidence_receipt(case, &me.actor, party, on).await?;
    let mut response = Body::from(pdf).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let name = format!("inline; filename*=UTF-8''{}", escaped(&format!("证据材料收据-{on}.pdf")));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).expect("escaped"));
    Ok(response.into())
}

impl EvidenceView {
    /// Receipts, one a line; nothing where there are none.
    pub(super) fn receipt_list(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        if self.receipts.is_empty() {
            return html! {};
        }
        let href = |it: &ReceiptView| route(case, &format!("/evidence/receipts/{}/{}", it.party, it.on));
        Sheet::new(t(lang, Key::Receipts)).note(t(lang, Key::ReceiptsNote)).body(html! {
            ul.lines { @for it in &self.receipts { li { a href=(href(it)) { (Icon::Print) (words::receipt_of(lang, &it.on.to_string())) " " (known_as(lang, &it.by)) } } } }
        })
    }
}
