//! Small things every page of a case needs.

use xiezhi_domain::{
    command::CaseCommand,
    ids::{CaseId, CommandId},
    party::PartyRole,
};

use crate::{
    http::prelude::*,
    messages::{Lang, t},
};

/// The address of a page of a case: `route(case, "/file")`.
pub fn route(case: CaseId, below: &str) -> String {
    format!("/cases/{case}{below}")
}

/// What a handler that changes a case answers.
pub type Acted = Result<Done<CaseStanding>, Problem>;

/// Carries out a command and sends the browser to `location`; a program gets where the case stands.
pub async fn act(
    web: &Web,
    me: &crate::http::me::Me,
    case: CaseId,
    command_id: CommandId,
    command: impl Into<CaseCommand>,
    location: &str,
) -> Acted {
    let decided = web.app.decide(case, &me.actor, command_id, command.into()).await?;
    Ok(done(&me.showing, location, &CaseStanding::of(me, &decided.case, decided.pos)))
}

/// Where a case stands after an act: what a program is told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseStanding {
    /// The case.
    pub case: CaseId,
    /// Number, once filed.
    pub number: Option<String>,
    /// Stage.
    pub stage: &'static str,
    /// Revision, for the court's people: what others don't see could be counted by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rev: Option<u64>,
    /// Position of the act in the record.
    pub position: u64,
}

impl CaseStanding {
    /// Where `case` stands after the act at `position`, as `me` is told.
    pub fn of(me: &Me, case: &xiezhi_domain::case::CaseState, position: u64) -> Self {
        Self {
            case: case.id,
            number: case.number.as_ref().map(ToString::to_string),
            stage: if me.actor.is_outside() { case.stage.told_outside() } else { case.stage }.code(),
            rev: (!me.actor.is_outside()).then_some(case.rev),
            position,
        }
    }
}

/// The Chinese name of a role, as the record and programs have it; a page says it in its reader's language by
/// [`roles`](crate::messages::roles).
pub fn role(role: PartyRole) -> &'static str {
    t(Lang::Zh, crate::messages::roles::role(role))
}

/// The identifier of one act among several that one form sends: the same form sent again names the same acts.
pub fn derived(command: CommandId, part: &str) -> CommandId {
    use sha2::{Digest as _, Sha256};
    let mut hash = Sha256::new();
    hash.update(command.0.as_bytes());
    hash.update(part.as_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    CommandId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Where a paper of the file is read.
pub fn paper_route(case: CaseId, paper: xiezhi_domain::ids::MaterialId) -> String {
    format!("/cases/{case}/file/{paper}")
}

/// An amount as it is typed: yuan with at most two decimals. Wrong ones are told at their field.
pub fn typed_amount(field: &str, typed: &str) -> Result<xiezhi_domain::law::money::Fen, Problem> {
    typed.trim().parse().map_err(|_| Problem::invalid(vec![FieldError::new(field, "input.not_an_amount")]))
}

/// A day as it is typed, or nothing where nothing was.
pub fn typed_day(field: &str, typed: &str) -> Result<Option<jiff::civil::Date>, Problem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    typed.trim().parse().map(Some).map_err(|_| Problem::invalid(vec![FieldError::new(field, "input.not_a_date")]))
}

/// A day as it is typed, where one is needed.
pub fn needed_day(field: &str, typed: &str) -> Result<jiff::civil::Date, Problem> {
    typed_day(field, typed)?.ok_or_else(|| Problem::invalid(vec![FieldError::new(field, "input.required")]))
}
