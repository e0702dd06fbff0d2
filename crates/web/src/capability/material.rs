//! The e-file (电子卷): catalogue, staging, reading.

mod asked;
mod catalogue;
mod images;
mod list;
mod reader;
pub(crate) mod samples;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header},
    response::Redirect,
};
use futures::StreamExt;
use xiezhi_app::{
    access::{AccessEvent, Look},
    looks::Seen,
};
use xiezhi_domain::{
    access::{self, Act, Denial, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::{FileRef, Material, MaterialCommand},
    paper::{PaperKind, Volume},
};

use super::{
    prelude_of_cases::{Acted, act, route},
    verify::KeptView,
};
use crate::http::{me::Me, prelude::*};

use asked::Asked;
pub use catalogue::{FileView, PaperLine};
pub use reader::ReaderView;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/file", Op::ShowFile, file)
        .get("/cases/{case}/file/place", Op::FindPlace, place)
        .post("/cases/{case}/file/enter", Op::EnterIntoFile, enter)
        .post("/cases/{case}/file/disclose", Op::DiscloseMaterial, disclose)
        .get("/cases/{case}/file/{material}", Op::ReadMaterial, read)
        .post("/cases/{case}/file/{material}/title", Op::RetitleMaterial, retitle)
        .post("/cases/{case}/file/{material}/discard", Op::DiscardMaterial, discard)
        .get("/cases/{case}/file/{material}/download", Op::DownloadMaterial, download)
        .get("/cases/{case}/file/{material}/pages/{page}", Op::ShowMaterialPage, page_image)
}

/// The rule of access by which `reader` sees `material`; unknown and hidden papers look alike.
pub(super) fn seen<'a>(case: &'a CaseState, reader: &Reader, id: MaterialId) -> Result<(&'a Material, &'static str), Problem> {
    let material = case.materials.get(&id).ok_or_else(Problem::not_found)?;
    if !access::may_see(reader, case, material) || material.erased_on.is_some() {
        return Err(Problem::not_found());
    }
    let act = match material.volume {
        Volume::Main => Act::ViewMain,
        Volume::Secondary => Act::ViewSecondary,
    };
    let rule = access::may(reader, act, case.stage).map_err(|_| Problem::not_found())?;
    Ok((material, rule))
}

async fn file(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Shown<FileView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    access::may(&reader, Act::ViewMain, state.stage).map_err(|_| Problem::not_found())?;
    let read = app.pages_read(me.person.id, case).await?;
    Ok(show(&me.showing, &FileView::of(&state, &reader, &read, asked)))
}

/// A place of the catalogue: the number of a paper, or `p` and a page numbered through its volume.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
struct PlaceAsked {
    #[serde(default)]
    no: String,
    /// `secondary` for the secondary volume.
    #[serde(default)]
    volume: String,
}

/// Leads to a paper by its number in the catalogue, or by a page of the volume.
async fn place(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    Query(asked): Query<PlaceAsked>,
) -> Result<Redirect, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    access::may(&reader, Act::ViewMain, state.stage).map_err(|_| Problem::not_found())?;
    let volume = if asked.volume == "secondary" { Volume::Secondary } else { Volume::Main };
    let found = catalogue::place(&state, &reader, volume, asked.no.trim());
    let below = found.map_or_else(|| "/file".to_owned(), |(material, page)| format!("/file/{material}?page={page}"));
    Ok(Redirect::to(&route(case, &below)))
}

/// Which page, how large, which way up, and what is looked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct At {
    /// Page, from 1.
    pub page: Option<u32>,
    /// Width step.
    pub zoom: Option<u32>,
    /// Turned by so many degrees.
    pub turn: Option<u32>,
    /// Words looked for.
    #[serde(default)]
    pub q: String,
}

async fn read(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    Query(at): Query<At>,
) -> Result<Shown<ReaderView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, rule) = seen(&state, &reader, material)?;
    let page = at.page.unwrap_or(1).clamp(1, paper.file.pages.max(1));
    let seen = Seen { post: me.person.post, case, material: Some(material), rule: rule.to_owned() };
    app.look(me.person.id, seen, page);
    app.mark_read(me.person.id, case, material, page).await?;
    let kept = KeptView::of(&app, &state, paper).await?;
    let text = images::text(&app, &paper.file, page).await;
    let hits = if at.q.trim().is_empty() { vec![] } else { images::find(&app, &paper.file, at.q.trim()).await };
    let view = ReaderView::of(&state, &reader, paper, &At { page: Some(page), ..at }, text, hits).beside_its_proof(kept);
    Ok(show(&me.showing, &view))
}

#[derive(Debug, Deserialize, ToSchema)]
struct Wide {
    w: Option<u32>,
}

async fn page_image(
    State(app): State<App>,
    me: Me,
    Path((case, material, page)): Path<(CaseId, MaterialId, String)>,
    Query(wide): Query<Wide>,
) -> Result<Sent<Jpeg>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, rule) = seen(&state, &reader, material)?;
    let page: u32 = page.strip_suffix(".jpg").and_then(|page| page.parse().ok()).ok_or_else(Problem::not_found)?;
    if page == 0 || page > paper.file.pages {
        return Err(Problem::not_found());
    }
    let width = images::width(wide.w);
    if width > images::THUMB_PX {
        let seen = Seen { post: me.person.post, case, material: Some(material), rule: rule.to_owned() };
        app.look(me.person.id, seen, page);
    }
    let jpeg = images::page(&app, &paper.file, page, width).await?;
    let mut response = Body::from(jpeg).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    Ok(response.into())
}

#[derive(Debug, Deserialize, ToSchema)]
struct Version {
    version: Option<usize>,
}

/// The original bytes. That they left is durable before the first of them does.
async fn download(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    Query(asked): Query<Version>,
) -> Result<Sent<AnyFile>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, rule) = seen(&state, &reader, material)?;
    if !access::may_take_away(&reader, &state, paper) {
        return Err(AppError::Denied(Denial::NotAllowed { act: Act::ViewMain }).into());
    }
    let file = match asked.version {
        Some(version) => paper.earlier.get(version.wrapping_sub(1)).ok_or_else(Problem::not_found)?,
        None => &paper.file,
    };
    let look = AccessEvent::Looked {
        reader: me.person.id,
        post: me.person.post,
        look: Look::Download,
        case: Some(case),
        material: Some(material),
        pages: vec![],
        words: None,
        rule: rule.to_owned(),
    };
    app.record_looks(vec![look]).await?;
    send(&app, file).await
}

/// Types that no browser runs anything of; whatever else leaves as plain bytes.
fn safe_media(media: &str) -> &str {
    const SAFE: &[&str] = &["application/pdf", "image/jpeg", "image/png", "image/tiff", "image/webp", "image/bmp"];
    if SAFE.contains(&media) { media } else { "application/octet-stream" }
}

async fn send(app: &App, file: &FileRef) -> Result<Sent<AnyFile>, Problem> {
    let digest = file.sha256.parse().map_err(|_| Problem::not_found())?;
    let bytes = app.ports().blobs.open(digest, None).await.map_err(AppError::from)?;
    let mut response = Body::from_stream(bytes.map(|piece| piece.map_err(std::io::Error::other))).into_response();
    put_file_headers(response.headers_mut(), file);
    Ok(response.into())
}

fn put_file_headers(headers: &mut HeaderMap, file: &FileRef) {
    let mut put = |name, value: &str| {
        headers.insert(name, HeaderValue::from_str(value).expect("escaped"));
    };
    put(header::CONTENT_TYPE, safe_media(&file.media));
    put(header::CONTENT_LENGTH, &file.size_bytes.to_string());
    put(header::CONTENT_DISPOSITION, &format!("attachment; filename*=UTF-8''{}", escaped(&file.name)));
    put(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
}

/// A file name as RFC 8187 writes it.
pub(super) fn escaped(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Papers that were ticked.
#[derive(Debug, Deserialize, ToSchema)]
struct Ticked {
    #[serde(default)]
    material: Vec<MaterialId>,
}

async fn enter(
    State(web): State<Web>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<Ticked>,
) -> Acted {
    let command = MaterialCommand::Enter { materials: form.value.material };
    act(&web, &me, case, form.command, command, &route(case, "/file")).await
}

async fn disclose(
    State(web): State<Web>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<Ticked>,
) -> Acted {
    let command = MaterialCommand::Disclose { materials: form.value.material };
    act(&web, &me, case, form.command, command, &route(case, "/file")).await
}

/// A better title and kind.
#[derive(Debug, Deserialize, ToSchema)]
struct Titled {
    kind: PaperKind,
    title: String,
}

async fn retitle(
    State(web): State<Web>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    form: Input<Titled>,
) -> Acted {
    let Titled { kind, title } = form.value;
    let command = MaterialCommand::Retitle { material, kind, title };
    act(&web, &me, case, form.command, command, &route(case, &format!("/file/{material}"))).await
}

/// Why a paper is not taken.
#[derive(Debug, Deserialize, ToSchema)]
struct Because {
    #[serde(default)]
    reason: String,
}

async fn discard(
    State(web): State<Web>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    form: Input<Because>,
) -> Acted {
    let command = MaterialCommand::Discard { material, reason: form.value.reason };
    act(&web, &me, case, form.command, command, &route(case, "/file")).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_could_run_leaves_as_plain_bytes() {
        assert_eq!(safe_media("application/pdf"), "application/pdf");
        for media in ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml"] {
            assert_eq!(safe_media(media), "application/octet-stream", "{media}");
        }
    }

    #[test]
    fn a_file_name_in_chinese_survives_the_header() {
        assert_eq!(escaped("借条 1.pdf"), "%E5%80%9F%E6%9D%A1%201.pdf");
        assert_eq!(escaped("a\"\r\n.pdf"), "a%22%0D%0A.pdf");
    }
}
