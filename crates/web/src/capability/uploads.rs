//! Uploading files by parts (上传): begun, sent on after a break, completed; then a form names them.
//! A program follows the same four steps.

pub(crate) mod samples;

use axum::{Json, body::Bytes, http::StatusCode};
use xiezhi_app::{posters::LIMIT_BYTES, uploads::WHOLE_BYTES};
use xiezhi_domain::material::FileRef;

use crate::http::prelude::*;

/// The routes of this capability.
pub fn routes() -> Routes {
    let part_limit = usize::try_from(WHOLE_BYTES).unwrap_or(usize::MAX);
    Routes::new()
        .post("/uploads", Op::BeginUpload, begin)
        .get("/uploads/{id}", Op::ShowUpload, arrived)
        .put("/uploads/{id}/parts/{no}", Op::SendPart, take_part).up_to(part_limit)
        .post("/uploads/{id}/complete", Op::CompleteUpload, complete)
        .post("/uploads/{id}/poster", Op::SendPicture, picture).up_to(LIMIT_BYTES)
}

/// What is to be uploaded.
#[derive(Debug, Deserialize, ToSchema)]
struct Beginning {
    name: String,
    size_bytes: u64,
}

/// An upload that has begun.
#[derive(Debug, Serialize, ToSchema)]
struct Begun {
    id: String,
    part_bytes: u64,
}

async fn begin(State(web): State<Web>, me: Me, input: Input<Beginning>) -> Result<(StatusCode, Json<Begun>), Problem> {
    let Beginning { name, size_bytes } = input.value;
    let (id, part_bytes) = web.app.begin_upload(me.person.id, &name, size_bytes).await?;
    Ok((StatusCode::CREATED, Json(Begun { id, part_bytes })))
}

/// What has arrived.
#[derive(Debug, Serialize, ToSchema)]
struct Arrived {
    parts: Vec<u64>,
}

async fn arrived(State(web): State<Web>, me: Me, Path(id): Path<String>) -> Result<Json<Arrived>, Problem> {
    let parts = web.app.arrived_parts(me.person.id, &id).await?;
    Ok(Json(Arrived { parts }))
}

async fn take_part(
    State(web): State<Web>,
    me: Me,
    Path((id, no)): Path<(String, u64)>,
    bytes: Bytes,
) -> Result<NoContent, Problem> {
    web.app.put_part(me.person.id, &id, no, bytes).await?;
    Ok(NoContent)
}

async fn complete(State(web): State<Web>, me: Me, Path(id): Path<String>) -> Result<Json<FileRef>, Problem> {
    let file = web.app.complete_upload(me.person.id, &id).await?;
    Ok(Json(file))
}

/// A frame that the browser of whoever sends a film took of it: its picture, where it has none.
async fn picture(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<String>,
    picture: Bytes,
) -> Result<NoContent, Problem> {
    web.app.keep_poster_of_upload(me.person.id, &id, picture.into()).await?;
    Ok(NoContent)
}
