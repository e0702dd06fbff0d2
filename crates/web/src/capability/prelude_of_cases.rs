//! Small things every page of a case needs.

use xiezhi_domain::{
    command::CaseCommand,
    ids::{CaseId, CommandId},
    party::PartyRole,
};

use crate::http::prelude::*;

/// The address of a page of a case: `route(case, "/file")`.
pub fn route(case: CaseId, below: &str) -> String {
    format!("/cases/{case}{below}")
}

/// Carries out a command and sends the browser to `location`; a program gets where the case stands.
pub async fn act(
    web: &Web,
    me: &crate::http::me::Me,
    case: CaseId,
    command_id: CommandId,
    command: impl Into<CaseCommand>,
    location: &str,
) -> Result<Response, Problem> {
    let decided = web.app.decide(case, &me.actor, command_id, command.into()).await?;
    Ok(done(&me.showing, location, &Standing::of(&decided.case, decided.pos)))
}

/// Where a case stands after an act: what a program is told.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// The case.
    pub case: CaseId,
    /// Number, once filed.
    pub number: Option<String>,
    /// Stage.
    pub stage: &'static str,
    /// Revision.
    pub rev: u64,
    /// Position of the act in the record.
    pub position: u64,
}

impl Standing {
    /// Where `case` stands after the act at `position`.
    pub fn of(case: &xiezhi_domain::case::CaseState, position: u64) -> Self {
        Self {
            case: case.id,
            number: case.number.as_ref().map(ToString::to_string),
            stage: case.stage.code(),
            rev: case.rev,
            position,
        }
    }
}

/// The Chinese name of a role; names of law stay Chinese in both languages.
pub fn role(role: PartyRole) -> &'static str {
    match role {
        PartyRole::Plaintiff => "原告",
        PartyRole::Defendant => "被告",
        PartyRole::ThirdParty => "第三人",
    }
}
