//! What comes back: a page or JSON, of the same view.

use std::marker::PhantomData;

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, NoContent, Redirect, Response, Sse},
};
use maud::Markup;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    files::File,
    problem::Problem,
    routes::{Sketch, Tells, page},
    showing::{Showing, View},
};

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
pub fn show<V: View>(to: &Showing, view: &V) -> Shown<V> {
    match to.format {
        Format::Html => Shown::page(view.page(to)),
        Format::Json => Shown::data(view),
    }
}

/// An act is done: a browser is sent to the page that shows it, a program gets the view.
pub fn done<V: Serialize>(to: &Showing, location: &str, view: &V) -> Done<V> {
    match to.format {
        Format::Html => Done(Redirect::to(location).into_response(), PhantomData),
        Format::Json => {
            let mut response = (StatusCode::OK, Json(view)).into_response();
            if let Ok(location) = HeaderValue::from_str(location) {
                response.headers_mut().insert(header::CONTENT_LOCATION, location);
            }
            Done(response, PhantomData)
        }
    }
}

/// A view that is shown.
pub struct Shown<V>(Response, PhantomData<fn() -> V>);

impl<V> Shown<V> {
    /// The page, for a browser.
    pub fn page(page: Markup) -> Self {
        Self(page.into_response(), PhantomData)
    }

    /// The view itself, for a program.
    pub fn data(view: &V) -> Self
    where
        V: Serialize,
    {
        Self(Json(view).into_response(), PhantomData)
    }

    /// It is one of the views that `W` may be.
    pub fn among<W>(self) -> Shown<W> {
        Shown(self.0, PhantomData)
    }

    /// What is asked for is seen elsewhere.
    pub fn elsewhere(location: &str) -> Self {
        Self(Redirect::to(location).into_response(), PhantomData)
    }
}

/// An act that is done, told as a view.
pub struct Done<V>(Response, PhantomData<fn() -> V>);

impl<V> Done<V> {
    /// Not done yet: the page on which the reader mends what was refused, for a browser.
    pub fn not_yet(page: Markup) -> Self {
        Self((StatusCode::UNPROCESSABLE_ENTITY, page).into_response(), PhantomData)
    }

    /// What is told is one of the things that `W` may be.
    pub fn among<W>(self) -> Done<W> {
        Done(self.0, PhantomData)
    }

    /// With a cookie.
    pub fn with_cookie(mut self, cookie: HeaderValue) -> Self {
        self.0.headers_mut().append(header::SET_COOKIE, cookie);
        self
    }
}

/// Bytes of a file, with the headers they need.
pub struct Sent<M>(Response, PhantomData<fn() -> M>);

impl<M> From<Response> for Sent<M> {
    fn from(response: Response) -> Self {
        Self(response, PhantomData)
    }
}

/// What kind of file it is.
pub trait Media {
    /// The media type.
    const TYPE: &str;
    /// What a program reads in it.
    type Content: ToSchema;
}

macro_rules! media {
    ($($(#[$doc:meta])* $name:ident = $media:literal, $content:ty;)*) => {$(
        $(#[$doc])*
        pub enum $name {}

        impl Media for $name {
            const TYPE: &str = $media;
            type Content = $content;
        }
    )*};
}

media! {
    /// Anything: the response says what.
    AnyFile = "application/octet-stream", File;
    /// A document for programs.
    JsonFile = "application/json", serde_json::Value;
    /// A picture.
    Jpeg = "image/jpeg", File;
    /// A table of values in quotes and commas.
    Csv = "text/csv; charset=utf-8", File;
    /// Plain text.
    PlainText = "text/plain; charset=utf-8", File;
    /// Several files in one.
    Zip = "application/zip", File;
    /// A document of a word processor.
    Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", File;
    /// Pages at fixed places, as Chinese offices exchange them.
    Ofd = "application/ofd", File;
    /// A spreadsheet.
    Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", File;
}

impl<V> IntoResponse for Shown<V> {
    fn into_response(self) -> Response {
        self.0
    }
}

impl<V> IntoResponse for Done<V> {
    fn into_response(self) -> Response {
        self.0
    }
}

impl<M> IntoResponse for Sent<M> {
    fn into_response(self) -> Response {
        self.0
    }
}

impl<V: ToSchema> Tells for Shown<V> {
    fn tell(sketch: &mut Sketch) {
        let view = sketch.content::<V>();
        sketch.gives("200", "The view.", [("text/html", page()), ("application/json", view)]);
    }
}

impl<V: ToSchema> Tells for Done<V> {
    fn tell(sketch: &mut Sketch) {
        let view = sketch.content::<V>();
        sketch.gives("200", "It is done.", [("application/json", view)]);
        sketch.gives("303", "It is done; a browser is led to the page that shows it.", []);
    }
}

impl<M: Media> Tells for Sent<M> {
    fn tell(sketch: &mut Sketch) {
        let content = sketch.content::<M::Content>();
        sketch.gives("200", "The file.", [(M::TYPE, content)]);
    }
}

impl<V: ToSchema> Tells for Json<V> {
    fn tell(sketch: &mut Sketch) {
        let view = sketch.content::<V>();
        sketch.gives("200", "The view.", [("application/json", view)]);
    }
}

impl<V: ToSchema> Tells for (StatusCode, Json<V>) {
    fn tell(sketch: &mut Sketch) {
        let view = sketch.content::<V>();
        sketch.gives("201", "It is made.", [("application/json", view)]);
    }
}

impl Tells for NoContent {
    fn tell(sketch: &mut Sketch) {
        sketch.gives("204", "It is done; there is nothing to say.", []);
    }
}

impl Tells for Redirect {
    fn tell(sketch: &mut Sketch) {
        sketch.gives("303", "What is asked for is seen elsewhere.", []);
    }
}

impl<H, A: Tells> Tells for (AppendHeaders<H>, A) {
    fn tell(sketch: &mut Sketch) {
        A::tell(sketch);
    }
}

impl<S> Tells for Sse<S> {
    fn tell(sketch: &mut Sketch) {
        sketch.gives("200", "A stream of events.", [("text/event-stream", page())]);
        sketch.gives("303", "A browser that has not signed in is led to the page where one does.", []);
    }
}

impl<A: Tells> Tells for Result<A, Problem> {
    fn tell(sketch: &mut Sketch) {
        A::tell(sketch);
        sketch.problem("default", "What went wrong.");
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
