//! What protects readers: headers, and refusal of acts that another site set off.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use super::{me, problem::Problem};
use crate::Web;

/// Scripts and styles come from this origin alone; nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; \
    connect-src 'self'; worker-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// The same for a page that stands within another of ours: no other site can put it into a frame.
const POLICY_WITHIN: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; \
    connect-src 'self'; worker-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'";

/// Puts the protecting headers on every response.
pub async fn headers(State(web): State<Web>, request: Request, next: Next) -> Response {
    let asked = Asked { within: is_within(request.headers()), on_the_spot: request.uri().path().ends_with("/outcome") };
    let mut response = next.run(request).await;
    protect(response.headers_mut(), web.config.secure, asked);
    response
}

/// What a page is asked for.
#[derive(Clone, Copy, Default)]
struct Asked {
    /// To stand within another page.
    within: bool,
    /// To enter what happened where the reader stands: the browser may be asked for the place.
    on_the_spot: bool,
}

/// Whether a page is asked for to stand within another one, as browsers say.
pub fn is_within(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_some_and(|dest| dest == "iframe")
}

fn protect(headers: &mut HeaderMap, secure: bool, asked: Asked) {
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, if asked.within { POLICY_WITHIN } else { POLICY });
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, if asked.within { "SAMEORIGIN" } else { "DENY" });
    put(header::REFERRER_POLICY, "same-origin");
    let place = if asked.on_the_spot { "self" } else { "" };
    let permissions = HeaderValue::from_str(&format!("camera=(), microphone=(), geolocation=({place})"));
    headers.entry(HeaderName::from_static("permissions-policy")).or_insert(permissions.expect("plain letters"));
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(header::VARY, "Accept, HX-Request, HX-Request-Type, Accept-Language, Cookie, Sec-Fetch-Dest");
    put(header::CACHE_CONTROL, "private, no-store");
    if secure {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
}

/// Refuses acts that did not start on this site. Browsers say where a request came from. Whoever sends a
/// token is taken at it alone, and no other site can make a browser send one.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || me::bearer(request.headers()).is_some() || is_ours(request.headers()) {
        return next.run(request).await;
    }
    Problem::foreign_origin().into_response()
}

/// Refuses an address with the sign NUL in it: it is no letter of any text, and no store keeps it.
pub async fn of_letters(request: Request, next: Next) -> Response {
    let has_nul = |text: &str| text.contains("%00");
    match request.uri() {
        uri if has_nul(uri.path()) => Problem::not_found().into_response(),
        uri if uri.query().is_some_and(has_nul) => Problem::malformed("NUL".to_owned()).into_response(),
        _ => next.run(request).await,
    }
}

fn is_ours(headers: &HeaderMap) -> bool {
    let value = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn every_response_carries_what_protects_its_reader() {
        let mut headers = HeaderMap::new();
        protect(&mut headers, true, Asked::default());
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("plain text");
        for rule in ["default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'"] {
            assert!(policy.contains(rule), "{rule}");
        }
        assert!(!policy.contains("unsafe"));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "private, no-store"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(headers[name], value, "{name}");
        }
        assert!(headers.contains_key("permissions-policy"));
        let mut plain = HeaderMap::new();
        protect(&mut plain, false, Asked::default());
        assert!(!plain.contains_key(header::STRICT_TRANSPORT_SECURITY), "plain HTTP promises no TLS");
    }

    #[test]
    fn a_handler_may_say_otherwise_for_its_own_response() {
        let mut headers = told(&[("cache-control", "public, max-age=5")]);
        protect(&mut headers, false, Asked::default());
        assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=5");
    }

    #[test]
    fn only_a_page_of_ours_holds_another_and_only_where_it_serves_the_place_may_be_asked() {
        let asked = |within, on_the_spot| {
            let mut headers = HeaderMap::new();
            protect(&mut headers, true, Asked { within, on_the_spot });
            headers
        };
        let (alone, within, spot) = (asked(false, false), asked(true, false), asked(false, true));
        let holds = |headers: &HeaderMap, name: &str, rule: &str| {
            headers[name].to_str().is_ok_and(|value| value.contains(rule))
        };
        assert!(holds(&within, "content-security-policy", "frame-ancestors 'self'"));
        assert!(holds(&within, "x-frame-options", "SAMEORIGIN"));
        assert!(holds(&alone, "permissions-policy", "geolocation=()"));
        assert!(holds(&spot, "permissions-policy", "geolocation=(self)"));
        assert!(holds(&spot, "content-security-policy", "frame-ancestors 'none'"));
    }

    #[test]
    fn an_act_that_another_site_set_off_is_not_ours() {
        let ours = [
            &[("sec-fetch-site", "same-origin")][..],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://court.example"), ("host", "court.example")],
            &[("host", "court.example")],
        ];
        let others = [
            &[("sec-fetch-site", "cross-site"), ("origin", "https://court.example"), ("host", "court.example")][..],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://elsewhere.example"), ("host", "court.example")],
            &[("origin", "null"), ("host", "court.example")],
            &[("origin", "https://court.example")],
        ];
        assert!(ours.iter().all(|headers| is_ours(&told(headers))));
        assert!(others.iter().all(|headers| !is_ours(&told(headers))));
    }
}
