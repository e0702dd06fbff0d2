//! Papers that are taken away: the original, byte for byte; and the reading copy, with its text and who took it.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header},
};
use futures::StreamExt;
use xiezhi_app::access::{AccessEvent, Look};
use xiezhi_domain::{
    access::{self, Act, Denial, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::{FileRef, Material},
};

use super::seen;
use crate::{
    http::{me::Me, prelude::*},
    messages::{material as words, moment},
};

/// Which version of a file.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Version {
    version: Option<usize>,
    /// Which of the files as received that it was put together from, from 1; for the court's people.
    original: Option<usize>,
}

/// The original bytes. That they left is durable before the first of them does.
pub(super) async fn download(
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
    let file = match (asked.version, asked.original) {
        (Some(version), _) => earlier(&app, &state, &reader, paper, version).await?,
        (None, Some(number)) => original(&reader, &state, paper, number)?,
        (None, None) => &paper.file,
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
    send(&app, file, &taken_away(file, &me.showing)).await
}

/// The name under which a file leaves: whoever took it and when stand in it, as they stand on a print.
fn taken_away(file: &FileRef, to: &Showing) -> String {
    let (stem, end) = file.name.rsplit_once('.').map_or((file.name.as_str(), ""), |(stem, end)| (stem, end));
    let who = to.person.as_ref().map_or("", |person| person.name.as_str());
    // Colons have no place in the name of a file.
    let at = moment(to.now).replace(':', ".");
    let name = words::taken_away(to.lang(), stem, who, &at);
    if end.is_empty() { name } else { format!("{name}.{end}") }
}

/// The reading copy: what people read, with its text, their name and the time on each page. It leaves no earlier than
/// the record of it.
pub(super) async fn copy(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
) -> Result<Sent<AnyFile>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, rule) = seen(&state, &reader, material)?;
    let lang = me.showing.lang();
    let without_text = |page| words::text_ends_before(lang, page);
    let pdf = app.reading_copy((&state, &reader), &me.actor, paper, rule, without_text).await?;
    let copy = FileRef {
        media: "application/pdf".to_owned(),
        size_bytes: pdf.len() as u64,
        name: format!("{}.pdf", paper.title),
        ..paper.file.clone()
    };
    let mut response = Body::from(pdf).into_response();
    put_file_headers(response.headers_mut(), &copy, &taken_away(&copy, &me.showing));
    Ok(response.into())
}

/// A file as it was received, of a paper that was put together in staging.
fn original<'a>(
    reader: &Reader,
    case: &CaseState,
    paper: &'a Material,
    number: usize,
) -> Result<&'a FileRef, Problem> {
    let may_see = access::may_see_received(reader, case, paper);
    paper.originals.get(number.wrapping_sub(1)).filter(|_| may_see).ok_or_else(Problem::not_found)
}

/// The file of an earlier version. One that was replaced before the paper reached the reader is none of theirs.
async fn earlier<'a>(
    app: &App,
    case: &CaseState,
    reader: &Reader,
    paper: &'a Material,
    version: usize,
) -> Result<&'a FileRef, Problem> {
    let shown = app.versions_shown(reader, case, paper).await?;
    let file = paper.earlier.get(version.wrapping_sub(1)).filter(|_| shown.contains(&version));
    file.ok_or_else(Problem::not_found)
}

/// Types that no browser runs anything of; whatever else leaves as plain bytes.
fn safe_media(media: &str) -> &str {
    const SAFE: &[&str] = &["application/pdf", "image/jpeg", "image/png", "image/tiff", "image/webp", "image/bmp"];
    if SAFE.contains(&media) { media } else { "application/octet-stream" }
}

async fn send(app: &App, file: &FileRef, name: &str) -> Result<Sent<AnyFile>, Problem> {
    app.refuse_infected(&file.sha256).await?;
    let digest = file.sha256.parse().map_err(|_| Problem::not_found())?;
    let bytes = app.ports().blobs.open(digest, None).await.map_err(AppError::from)?;
    let mut response = Body::from_stream(bytes.map(|piece| piece.map_err(std::io::Error::other))).into_response();
    put_file_headers(response.headers_mut(), file, name);
    Ok(response.into())
}

fn put_file_headers(headers: &mut HeaderMap, file: &FileRef, name: &str) {
    let mut put = |name, value: &str| {
        headers.insert(name, HeaderValue::from_str(value).expect("escaped"));
    };
    put(header::CONTENT_TYPE, safe_media(&file.media));
    put(header::CONTENT_LENGTH, &file.size_bytes.to_string());
    put(header::CONTENT_DISPOSITION, &format!("attachment; filename*=UTF-8''{}", escaped(name)));
    put(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
}

/// A file name as RFC 8187 writes it.
pub(crate) fn escaped(name: &str) -> String {
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
