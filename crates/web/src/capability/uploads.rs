//! Uploading files by parts (上传): begun, sent on after a break, completed; then a form names them.
//! A program follows the same four steps.

pub(crate) mod samples;

use axum::{body::Bytes, extract::DefaultBodyLimit, http::StatusCode, routing::put};
use xiezhi_app::uploads::PART_BYTES;

use crate::http::prelude::*;

/// The routes of this capability.
pub fn router() -> Router<Web> {
    let part_limit = usize::try_from(PART_BYTES).unwrap_or(usize::MAX);
    Router::new()
        .route("/uploads", post(begin))
        .route("/uploads/{id}", get(arrived))
        .route("/uploads/{id}/parts/{no}", put(take_part).layer(DefaultBodyLimit::max(part_limit)))
        .route("/uploads/{id}/complete", post(complete))
}

/// What is to be uploaded.
#[derive(Debug, Deserialize)]
struct Beginning {
    name: String,
    size_bytes: u64,
}

/// An upload that has begun.
#[derive(Debug, Serialize)]
struct Begun {
    id: String,
    part_bytes: u64,
}

async fn begin(State(web): State<Web>, me: Me, input: Input<Beginning>) -> Result<Response, Problem> {
    let Beginning { name, size_bytes } = input.value;
    let id = web.app.begin_upload(me.person.id, &name, size_bytes).await?;
    Ok((StatusCode::CREATED, axum::Json(Begun { id, part_bytes: PART_BYTES })).into_response())
}

/// What has arrived.
#[derive(Debug, Serialize)]
struct Arrived {
    parts: Vec<u64>,
}

async fn arrived(State(web): State<Web>, me: Me, Path(id): Path<String>) -> Result<Response, Problem> {
    let parts = web.app.arrived_parts(me.person.id, &id).await?;
    Ok(axum::Json(Arrived { parts }).into_response())
}

async fn take_part(
    State(web): State<Web>,
    me: Me,
    Path((id, no)): Path<(String, u64)>,
    bytes: Bytes,
) -> Result<Response, Problem> {
    web.app.put_part(me.person.id, &id, no, bytes).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn complete(State(web): State<Web>, me: Me, Path(id): Path<String>) -> Result<Response, Problem> {
    let file = web.app.complete_upload(me.person.id, &id).await?;
    Ok(axum::Json(file).into_response())
}
