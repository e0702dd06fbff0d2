//! What comes back: a page or JSON, of the same view.

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

use super::showing::{Showing, View};

/// The format a client asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page, for browsers and whoever does not say.
    Html,
    /// JSON, for programs.
    Json,
}

impl Format {
    /// The format of the `Accept` header: JSON only where it is named and HTML is not named before it.
    pub fn of(headers: &HeaderMap) -> Format {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let place = |name: &str| accept.find(name).unwrap_or(usize::MAX);
        let json = place("application/json").min(place("application/problem+json"));
        if json < place("text/html") { Format::Json } else { Format::Html }
    }
}

/// Shows a view: the page, or the view itself as JSON.
pub fn show<V: View>(to: &Showing, view: &V) -> Response {
    match to.format {
        Format::Html => view.page(to).into_response(),
        Format::Json => Json(view).into_response(),
    }
}

/// An act is done: a browser is sent to the page that shows it, a program gets the view.
pub fn done<V: serde::Serialize>(to: &Showing, location: &str, view: &V) -> Response {
    match to.format {
        Format::Html => Redirect::to(location).into_response(),
        Format::Json => {
            let mut response = (StatusCode::OK, Json(view)).into_response();
            if let Ok(location) = HeaderValue::from_str(location) {
                response.headers_mut().insert(header::CONTENT_LOCATION, location);
            }
            response
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(accept: &'static str) -> Format {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        Format::of(&headers)
    }

    #[test]
    fn a_browser_gets_a_page_and_a_program_json() {
        assert_eq!(format("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), Format::Html);
        assert_eq!(format("application/json"), Format::Json);
        assert_eq!(format("*/*"), Format::Html);
        assert_eq!(format("text/html, text/event-stream"), Format::Html);
    }
}
