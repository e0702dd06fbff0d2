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
        of_letters(texts_of(&value))?;
        let named = named.or_else(|| value.get("command").and_then(|id| id.as_str()).map(str::to_owned));
        let command = command(named, fresh)?;
        let came = CameForm::of(|name| value.get(name).and_then(|field| field.as_str()));
        let value = serde_json::from_value(value).map_err(|fault| malformed(&fault))?;
        return Ok(Input { value, came, command });
    }
    let fields: Vec<(String, String)> = serde_html_form::from_bytes(body).map_err(|fault| malformed(&fault))?;
    of_letters(fields.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]))?;
    let named = named.or_else(|| fields.iter().find(|(name, _)| name == "command").map(|(_, id)| id.clone()));
    let command = command(named, fresh)?;
    let sent = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let came = CameForm::of(sent);
    let value = serde_html_form::from_bytes(body).map_err(|fault| malformed(&fault))?;
    Ok(Input { value, came, command })
}

/// Refuses texts with the sign NUL in them: it is no letter of any text, and no store keeps it.
fn of_letters<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<(), Problem> {
    let has_nul = texts.into_iter().any(|text| text.contains('\0'));
    if has_nul { Err(Problem::malformed("NUL".to_owned())) } else { Ok(()) }
}

/// Every text within a value.
fn texts_of(value: &serde_json::Value) -> Vec<&str> {
    match value {
        serde_json::Value::String(text) => vec![text],
        serde_json::Value::Array(all) => all.iter().flat_map(texts_of).collect(),
        serde_json::Value::Object(named) => {
            named.iter().flat_map(|(name, value)| [name.as_str()].into_iter().chain(texts_of(value))).collect()
        }
        _ => vec![],
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use axum::http::{HeaderValue, StatusCode};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn no_text_comes_in_with_a_sign_that_no_store_keeps() {
        let sent = |kind, body: &'static str| {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))]);
            let bytes = Bytes::from_static(body.as_bytes());
            let read = read::<BTreeMap<String, String>>(&headers, &bytes, CommandId(Uuid::nil()));
            read.map(|input| input.value).map_err(|problem| problem.status())
        };
        let (json, form) = ("application/json", "application/x-www-form-urlencoded");
        for (kind, body) in [
            (json, r#"{"reason":"a\u0000b"}"#),
            (json, r#"{"cases":[{"name":["\u0000"]}]}"#),
            (form, "reason=a%00b"),
            (form, "%00=a"),
        ] {
            assert_eq!(sent(kind, body), Err(StatusCode::BAD_REQUEST), "{body}");
        }
        assert!(sent(json, r#"{"reason":"a\\u0000b"}"#).is_ok(), "whoever writes of it may");
        assert!(sent(form, "reason=a").is_ok());
    }
}
