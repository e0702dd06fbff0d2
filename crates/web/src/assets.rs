//! Styles and scripts: built by `ui/`, embedded, served compressed and for ever under names that carry their hash.

use std::{borrow::Cow, collections::HashMap, sync::OnceLock};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use bytes::Bytes;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::{
    http::{
        ask::Path,
        routes::Routes,
        wants::{AnyFile, Sent},
    },
    messages::routes::Key as Op,
};

/// Where assets are served.
pub const ASSETS_PATH: &str = "/assets/";

/// The built front end. Release builds carry it; development builds read it from disk at first use.
#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
struct Dist;

/// One file in each form it can be sent in.
struct Asset {
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
    kind: &'static str,
    etag: HeaderValue,
}

/// What the browser accepts, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Brotli,
    Gzip,
    Plain,
}

struct Assets {
    /// The name people use → the address with its hash.
    addresses: HashMap<String, String>,
    files: HashMap<String, Asset>,
}

fn assets() -> &'static Assets {
    static ASSETS: OnceLock<Assets> = OnceLock::new();
    ASSETS.get_or_init(Assets::load)
}

impl Assets {
    fn load() -> Assets {
        let manifest = Dist::get("manifest.json").map(|file| file.data).unwrap_or(Cow::Borrowed(b"{}"));
        let names: HashMap<String, String> =
            serde_json::from_slice(&manifest).expect("ui/build.mjs writes a JSON object of names");
        let files = names.values().filter_map(|file| Some((file.clone(), Asset::load(file)?))).collect();
        let addresses = names.into_iter().map(|(name, file)| (name, format!("{ASSETS_PATH}{file}"))).collect();
        Assets { addresses, files }
    }
}

impl Asset {
    fn load(file: &str) -> Option<Asset> {
        let read = |name: &str| Dist::get(name).map(|found| Bytes::from(found.data.into_owned()));
        let plain = read(file)?;
        let digest = Sha256::digest(&plain);
        let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let etag = HeaderValue::from_str(&format!("\"{hex}\"")).expect("hex digits are a header value");
        Some(Asset {
            gzip: read(&format!("{file}.gz")),
            brotli: read(&format!("{file}.br")),
            kind: kind_of(file),
            plain,
            etag,
        })
    }

    fn body(&self, coding: Coding) -> (Bytes, Option<&'static str>) {
        match (coding, &self.brotli, &self.gzip) {
            (Coding::Brotli, Some(bytes), _) => (bytes.clone(), Some("br")),
            (Coding::Brotli | Coding::Gzip, _, Some(bytes)) => (bytes.clone(), Some("gzip")),
            _ => (self.plain.clone(), None),
        }
    }
}

fn kind_of(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// The address of an asset by its plain name: `asset("app.css")` → `/assets/app-35c879fae9.css`.
///
/// A name that was not built leads to itself, which answers 404: a page without its style still reads.
pub fn asset(name: &str) -> &str {
    assets().addresses.get(name).map_or(name, String::as_str)
}

fn coding(headers: &HeaderMap) -> Coding {
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let takes = |name: &str| {
        accepts.split(',').any(|part| {
            part.trim().split(';').next() == Some(name) && !part.contains("q=0,") && !part.trim().ends_with("q=0")
        })
    };
    if takes("br") {
        Coding::Brotli
    } else if takes("gzip") {
        Coding::Gzip
    } else {
        Coding::Plain
    }
}

/// Answers one asset; its name changes with its content, so it may be kept for ever.
pub async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Sent<AnyFile> {
    let Some(asset) = assets().files.get(&file) else {
        return StatusCode::NOT_FOUND.into_response().into();
    };
    let lasting = [
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::ETAG, asset.etag.clone()),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    if headers.get(header::IF_NONE_MATCH) == Some(&asset.etag) {
        return (StatusCode::NOT_MODIFIED, lasting).into_response().into();
    }
    let (bytes, encoding) = asset.body(coding(&headers));
    let mut response = (lasting, [(header::CONTENT_TYPE, asset.kind)], Body::from(bytes)).into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response.into()
}

/// The route of the assets; outside compression.
pub fn routes() -> Routes {
    Routes::new().get("/assets/{file}", Op::ReadAsset, serve)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, http::Request, response::Response, routing::get};
    use tower::ServiceExt;

    async fn ask(address: &str, name: &'static str, value: &str) -> Response {
        let request = Request::get(address).header(name, value).body(Body::empty()).expect("a well-formed request");
        Router::new().route("/assets/{file}", get(serve)).oneshot(request).await.expect("the router is infallible")
    }

    #[tokio::test]
    async fn assets_are_sent_compressed_and_kept_for_ever() {
        let answer = ask(asset("app.css"), "accept-encoding", "gzip, deflate, br").await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert!(answer.headers()[header::CACHE_CONTROL].to_str().expect("plain text").contains("immutable"));
        let plain = ask(asset("app.css"), "accept-encoding", "br;q=0").await;
        assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
    }

    #[tokio::test]
    async fn a_browser_that_has_the_asset_gets_no_body() {
        let first = ask(asset("app.js"), "accept", "*/*").await;
        let etag = first.headers()[header::ETAG].to_str().expect("plain text").to_owned();
        assert_eq!(ask(asset("app.js"), "if-none-match", &etag).await.status(), StatusCode::NOT_MODIFIED);
    }

    #[tokio::test]
    async fn an_unknown_asset_is_not_found() {
        assert_eq!(ask("/assets/none.css", "accept", "*/*").await.status(), StatusCode::NOT_FOUND);
    }
}
