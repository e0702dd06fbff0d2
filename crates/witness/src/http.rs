//! The witness on the network: one request to cosign, one to look at what was cosigned, and a page that says
//! who this is.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use xiezhi_ledger::{
    Checkpoint, KeyName, Note,
    witness::{PATH, Refusal, SIZE_MEDIA_TYPE, origin_hash},
};

use crate::{Fault, Witness};

/// Tells the time, in seconds since 1970.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The longest request that is read: a proof, and a checkpoint with many signatures.
const MAX_REQUEST_LENGTH_BYTES: usize = 1 << 16;

const TEXT: &str = "text/plain; charset=utf-8";

#[derive(Clone)]
struct Desk {
    witness: Arc<Witness>,
    now: Clock,
}

/// The routes of the protocol, under one prefix for submission and monitoring.
pub fn router(witness: Arc<Witness>, now: Clock) -> Router {
    Router::new()
        .route("/", get(who))
        .route(&format!("/{PATH}"), post(add_checkpoint))
        .route("/{log}/checkpoint", get(last))
        .layer(DefaultBodyLimit::max(MAX_REQUEST_LENGTH_BYTES))
        .with_state(Desk { witness, now })
}

async fn add_checkpoint(State(desk): State<Desk>, request: Bytes) -> Response {
    let at = (desk.now)();
    // The disk is waited for apart: others are answered meanwhile.
    let answered = tokio::task::spawn_blocking(move || desk.witness.add_checkpoint(&request, at)).await;
    match answered.expect("answering does not panic") {
        Ok(lines) => text(StatusCode::OK, lines.iter().map(|line| format!("{line}\n")).collect()),
        Err(Fault::Refused(refusal)) => refused(&refusal),
        Err(Fault::Memory(fault)) => forgetful(&fault),
    }
}

fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status()).expect("the protocol has statuses of HTTP");
    if let Refusal::Inconsistent(_) = refusal {
        tracing::warn!(refusal = refusal as &dyn std::error::Error, "a log showed another history");
    }
    match refusal {
        Refusal::Conflict { size } => answer(status, SIZE_MEDIA_TYPE, format!("{size}\n")),
        refusal => text(status, format!("{refusal}\n")),
    }
}

/// What was cosigned last; the log is named by the hash of its origin.
async fn last(State(desk): State<Desk>, Path(log): Path<String>) -> Response {
    let Some(origin) = desk.witness.logs().find(|origin| origin_hash(origin) == log) else {
        return text(StatusCode::NOT_FOUND, "this log is not known here\n".to_owned());
    };
    match desk.witness.last(origin) {
        Ok(Some(note)) => text(StatusCode::OK, note.to_string()),
        Ok(None) => text(StatusCode::NOT_FOUND, "nothing of this log was cosigned yet\n".to_owned()),
        Err(fault) => forgetful(&fault),
    }
}

/// Who this is, for a person who finds the address: its key, and what it saw last of each log.
async fn who(State(desk): State<Desk>) -> Response {
    let mut page = format!("A witness (c2sp.org/tlog-witness).\n\n{}\n", desk.witness.key().verifier());
    for origin in desk.witness.logs() {
        match desk.witness.last(origin) {
            Ok(seen) => writeln!(page, "\n{origin}\n  {}", seen_of(origin, seen)).expect("a string takes text"),
            Err(fault) => return forgetful(&fault),
        }
    }
    text(StatusCode::OK, page)
}

fn seen_of(origin: &KeyName, seen: Option<Note>) -> String {
    let size = seen.and_then(|note| note.text().parse::<Checkpoint>().ok()).map(|checkpoint| checkpoint.size);
    size.map_or("nothing seen yet".to_owned(), |size| format!("size {size}: /{}/checkpoint", origin_hash(origin)))
}

fn forgetful(fault: &std::io::Error) -> Response {
    tracing::error!(fault = fault as &dyn std::error::Error, "the witness can't remember");
    text(StatusCode::INTERNAL_SERVER_ERROR, "the witness can't remember\n".to_owned())
}

fn text(status: StatusCode, body: String) -> Response {
    answer(status, TEXT, body)
}

fn answer(status: StatusCode, media: &'static str, body: String) -> Response {
    let mut response = (status, body).into_response();
    let headers: [(HeaderName, &'static str); 4] = [
        (header::CONTENT_TYPE, media),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
