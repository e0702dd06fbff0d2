//! What protects readers: headers, and refusal of acts that another site set off.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use super::problem::Problem;
use crate::Web;

/// Scripts and styles come from this origin alone; nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
    connect-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Puts the protecting headers on every response.
pub async fn headers(State(web): State<Web>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, POLICY);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::REFERRER_POLICY, "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(header::VARY, "Accept, HX-Request, HX-Request-Type, Accept-Language, Cookie");
    put(header::CACHE_CONTROL, "private, no-store");
    if web.config.secure {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    response
}

/// Refuses acts that did not start on this site. Browsers say where a request came from; programs with a
/// bearer token send no cookies that another site could borrow.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || request.headers().contains_key(header::AUTHORIZATION) || is_ours(&request) {
        return next.run(request).await;
    }
    Problem::foreign_origin().into_response()
}

fn is_ours(request: &Request) -> bool {
    let value = |name: &HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = value(&HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match (value(&header::ORIGIN), value(&header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, name)| name == host),
        (None, _) => true,
        (Some(_), None) => false,
    }
}

/// Everything is compressed but what streams or is compressed already.
pub fn compressible() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::new("text/event-stream"))
        .and(NotForContentType::new("application/pdf"))
        .and(NotForContentType::new("application/zip"))
}
