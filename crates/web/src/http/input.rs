//! What was sent: a form or JSON, read into the same type; with the identifier that makes sending it twice
//! harmless.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use serde::{Deserialize, de::DeserializeOwned};
use utoipa::ToSchema;
use xiezhi_domain::ids::CommandId;

use super::{
    came::CameForm,
    problem::{FieldError, Problem},
};
use crate::Web;

/// The largest form: long texts, no files (files are uploaded apart).
pub const FORM_LIMIT_BYTES: usize = 2 * 1024 * 1024;

/// A form or JSON body, and the command identifier that came with it.
#[derive(Clone, Debug)]
pub struct Input<T> {
    /// What was sent.
    pub value: T,
    /// How it came, where the court's people enter what came on paper.
    pub came: CameForm,
    /// The command identifier: the form's hidden field, or the `Idempotency-Key` header, or a fresh one.
    pub command: CommandId,
}

/// A form that says nothing: sending it is the act.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
pub struct Nothing {}

/// Fields by name, in the order they were sent, of a form whose fields are not known beforehand; as JSON, a
/// list of pairs.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Vec<Vec<String>>)]
pub struct Fields(pub Vec<(String, String)>);

impl<T: DeserializeOwned> FromRequest<Web> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Problem> {
        let headers = request.headers().clone();
        let body = axum::body::to_bytes(request.into_body(), FORM_LIMIT_BYTES).await;
        let body = body.map_err(|_| Problem::too_large())?;
        let fresh = xiezhi_app::issuing::command_id(&web.app);
        read(&headers, &body, fresh)
    }
}

fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes, fresh: CommandId) -> Result<Input<T>, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let named = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::to_owned);
    if kind.starts_with("application/json") {
        let value: serde_json::Value = serde_json::from_slice(body).map_err(|fault| malformed(&fault))?;
        let named = named.or_else(|| value.get("command").and_then(|id| id.as_str()).map(str::to_owned));
        let command = command(named, fresh)?;
        let came = CameForm::of(|name| value.get(name).and_then(|field| field.as_str()));
        let value = serde_json::from_value(value).map_err(|fault| malformed(&fault))?;
        return Ok(Input { value, came, command });
    }
    let fields: Vec<(String, String)> = serde_html_form::from_bytes(body).map_err(|fault| malformed(&fault))?;
    let named = named.or_else(|| fields.iter().find(|(name, _)| name == "command").map(|(_, id)| id.clone()));
    let command = command(named, fresh)?;
    let sent = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let came = CameForm::of(sent);
    let value = serde_html_form::from_bytes(body).map_err(|fault| malformed(&fault))?;
    Ok(Input { value, came, command })
}

fn command(named: Option<String>, fresh: CommandId) -> Result<CommandId, Problem> {
    let Some(named) = named.filter(|named| !named.is_empty()) else { return Ok(fresh) };
    named.parse().map_err(|_| Problem::invalid(vec![FieldError::new("command", "input.bad_command")]))
}

fn malformed(fault: &dyn std::fmt::Display) -> Problem {
    Problem::malformed(fault.to_string())
}

/// The fields of a form as they were typed, for a page that gives them back.
pub fn typed(headers: &HeaderMap, body: &[u8]) -> Vec<(String, String)> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/x-www-form-urlencoded") {
        serde_html_form::from_bytes(body).unwrap_or_default()
    } else {
        vec![]
    }
}
