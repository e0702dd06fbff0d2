//! Signatures by hand (手写签名): what a form with a pad sends, and the picture on a page.

pub(crate) mod samples;

use axum::http::{HeaderValue, header};
use xiezhi_domain::{
    access::{self, Act},
    ids::CaseId,
    material::FileRef,
};

use super::prelude_of_cases::route;
use crate::{
    http::prelude::*,
    messages::{Lang, frame},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new().get("/cases/{case}/hands/{sha256}", Op::ShowHand, picture)
}

/// The signature drawn on the pad of a form, kept; nothing where nothing was drawn: then the act itself signs.
pub async fn hand_of(web: &Web, me: &Me, strokes: &str) -> Result<Option<FileRef>, Problem> {
    Ok(web.app.keep_hand(strokes, &me.person.name).await?)
}

/// The address of a signature's picture.
pub fn hand_route(case: CaseId, hand: &FileRef) -> String {
    route(case, &format!("/hands/{}", hand.sha256))
}

/// The picture of a signature on a page.
pub fn hand(lang: Lang, name: &str, address: &str) -> Markup {
    html! { img.hand src=(address) alt=(frame::signature_of(lang, name)) loading="lazy"; }
}

/// The picture, to whoever may read the papers it stands in.
async fn picture(State(web): State<Web>, me: Me, Path((id, sha256)): Path<(CaseId, String)>) -> Result<Sent<AnyFile>, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    access::may(&reader, Act::ViewMain, case.stage).map_err(|_| Problem::not_found())?;
    let picture = web.app.hand(&case, &sha256).await?;
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(xiezhi_app::signature::MEDIA))];
    Ok((kind, picture).into_response().into())
}
