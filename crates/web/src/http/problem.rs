//! What went wrong, said once: RFC 9457 for programs, a page for people. The page says why, what can be
//! done, and gives back what was typed.

pub(crate) mod samples;

use axum::{
    Json,
    body::Body,
    extract::{FromRequestParts as _, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use serde::Serialize;
use utoipa::{
    ToSchema,
    openapi::{Content, Ref},
};
use xiezhi_app::AppError;
use xiezhi_domain::{Refusal, access::Denial};

use super::{
    input,
    me::Visitor,
    routes::{self, Sketch},
    showing::Showing,
    wants::Format,
};
use crate::{
    Web,
    capability::overview::opening,
    frame::{self, blank::Blank, form::Field, verb::Verb},
    messages::{self, Lang, problems, t},
};

/// A fault at one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Name of the field.
    pub field: String,
    /// Stable code of the fault.
    pub code: String,
}

impl FieldError {
    /// The fault `code` at `field`.
    pub fn new(field: impl Into<String>, code: impl Into<String>) -> Self {
        Self { field: field.into(), code: code.into() }
    }
}

/// What kind of problem it is; its words are chosen for the reader.
#[derive(Clone, Debug)]
enum Kind {
    NotFound,
    SignIn { back: String },
    Refused(Refusal),
    Conflict,
    CommandReused,
    MissingGlyphs(String),
    Invalid(Vec<FieldError>),
    Malformed(String),
    WrongMethod,
    TooLarge,
    TooMany { seconds: u64 },
    ForeignOrigin,
    UnknownToken,
    OnlyInPerson,
    ReadOnly,
    Failed,
}

/// A problem.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    kind: Kind,
}

impl Problem {
    fn new(status: StatusCode, kind: Kind) -> Self {
        Self { status, kind }
    }
    /// There is no such thing, or the reader may not know that there is.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, Kind::NotFound)
    }
    /// One must sign in first; then the page leads back.
    pub fn sign_in(back: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, Kind::SignIn { back: back.to_owned() })
    }
    /// Fields have faults.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, Kind::Invalid(errors))
    }
    /// What was sent can't be read at all.
    pub fn malformed(detail: String) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Kind::Malformed(detail))
    }
    /// What was sent is too large.
    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, Kind::TooLarge)
    }
    /// Too many requests; wait.
    pub fn too_many(seconds: u64) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, Kind::TooMany { seconds })
    }
    /// The act did not start on this site.
    pub fn foreign_origin() -> Self {
        Self::new(StatusCode::FORBIDDEN, Kind::ForeignOrigin)
    }
    /// The token a program sent is none, or has ended.
    pub fn unknown_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, Kind::UnknownToken)
    }
    /// A person does this, and no program for them.
    pub fn only_in_person() -> Self {
        Self::new(StatusCode::FORBIDDEN, Kind::OnlyInPerson)
    }
    /// The faults at fields, for a form that shows them itself.
    pub fn field_errors(&self) -> &[FieldError] {
        match &self.kind {
            Kind::Invalid(errors) => errors,
            _ => &[],
        }
    }
    /// The refusal behind it, for a form that puts it at its own place.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.kind {
            Kind::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// One of each, for the pages that explain them; their facts are examples.
    pub fn examples() -> Vec<Problem> {
        let mut all: Vec<Problem> = Refusal::examples().into_iter().map(Problem::from).collect();
        all.extend([
            Self::not_found(),
            Self::sign_in("/"),
            Self::new(StatusCode::CONFLICT, Kind::Conflict),
            Self::new(StatusCode::CONFLICT, Kind::CommandReused),
            Self::new(StatusCode::UNPROCESSABLE_ENTITY, Kind::MissingGlyphs("…".to_owned())),
            Self::invalid(vec![]),
            Self::malformed(String::new()),
            Self::new(StatusCode::METHOD_NOT_ALLOWED, Kind::WrongMethod),
            Self::too_large(),
            Self::too_many(1),
            Self::foreign_origin(),
            Self::new(StatusCode::SERVICE_UNAVAILABLE, Kind::ReadOnly),
            Self::new(StatusCode::SERVICE_UNAVAILABLE, Kind::Failed),
        ]);
        all
    }

    /// Whether its words carry facts, which are examples where it is explained.
    pub fn has_facts(&self) -> bool {
        match &self.kind {
            Kind::Refused(refusal) => {
                serde_json::to_value(refusal).is_ok_and(|it| it.as_object().is_some_and(|it| it.len() > 1))
            }
            Kind::MissingGlyphs(_) | Kind::TooMany { .. } => true,
            _ => false,
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match &self.kind {
            Kind::NotFound => "not_found",
            Kind::SignIn { .. } => "sign_in",
            Kind::Refused(refusal) => refusal.code(),
            Kind::Conflict => "busy",
            Kind::CommandReused => "command_reused",
            Kind::MissingGlyphs(_) => "missing_glyphs",
            Kind::Invalid(_) => "invalid",
            Kind::Malformed(_) => "malformed",
            Kind::WrongMethod => "wrong_method",
            Kind::TooLarge => "too_large",
            Kind::TooMany { .. } => "too_many",
            Kind::ForeignOrigin => "foreign_origin",
            Kind::UnknownToken => "unknown_token",
            Kind::OnlyInPerson => "only_in_person",
            Kind::ReadOnly => "read_only",
            Kind::Failed => "failed",
        }
    }

    /// What it says in the reader's language: what happened, and what can be done.
    pub fn words(&self, to: Option<&Showing>) -> (String, String) {
        let lang = to.map(Showing::lang).unwrap_or_default();
        let say = |title, next| (t(lang, title).to_owned(), t(lang, next).to_owned());
        use problems::Key;
        match &self.kind {
            Kind::NotFound => say(Key::NotFound, Key::NotFoundNext),
            Kind::SignIn { .. } => say(Key::SignIn, Key::SignInNext),
            Kind::Refused(refusal) => messages::refusals::words(lang, refusal, to.map(|to| &*to.people)),
            Kind::Conflict => say(Key::Busy, Key::BusyNext),
            Kind::CommandReused => say(Key::CommandReused, Key::CommandReusedNext),
            Kind::MissingGlyphs(characters) => {
                (problems::missing_glyphs(lang, characters), t(lang, Key::MissingGlyphsNext).to_owned())
            }
            Kind::Invalid(_) => say(Key::Invalid, Key::InvalidNext),
            Kind::Malformed(_) => say(Key::Malformed, Key::MalformedNext),
            Kind::WrongMethod => say(Key::WrongMethod, Key::WrongMethodNext),
            Kind::TooLarge => say(Key::TooLarge, Key::TooLargeNext),
            Kind::TooMany { seconds } => (t(lang, Key::TooMany).to_owned(), problems::wait(lang, *seconds)),
            Kind::ForeignOrigin => say(Key::ForeignOrigin, Key::ForeignOriginNext),
            Kind::UnknownToken => say(Key::UnknownToken, Key::UnknownTokenNext),
            Kind::OnlyInPerson => say(Key::OnlyInPerson, Key::OnlyInPersonNext),
            Kind::ReadOnly => say(Key::ReadOnly, Key::ReadOnlyNext),
            Kind::Failed => say(Key::Failed, Key::FailedNext),
        }
    }

    fn document(&self, to: Option<&Showing>) -> Document {
        let (title, detail) = self.words(to);
        let lang = to.map(Showing::lang).unwrap_or_default();
        let errors = self.field_errors().iter().map(|error| Fault {
            field: error.field.clone(),
            code: error.code.clone(),
            detail: messages::faults::words(lang, &error.code),
        });
        let facts = match &self.kind {
            Kind::Refused(refusal) => serde_json::to_value(refusal).ok(),
            Kind::Malformed(detail) => Some(serde_json::Value::String(detail.clone())),
            _ => None,
        };
        Document {
            r#type: format!("/help/problems/{}", self.code()),
            title,
            status: self.status.as_u16(),
            detail,
            code: self.code(),
            errors: errors.collect(),
            facts,
        }
    }
}

/// The problem as RFC 9457 has it, with the faults at fields and the facts of a refusal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
struct Document {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<serde_json::Value>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Fault {
    field: String,
    code: String,
    detail: String,
}

impl Sketch {
    /// With `status` comes a problem, said as a page or as RFC 9457 has it.
    pub fn problem(&mut self, status: &'static str, words: &str) {
        if !self.schemas.iter().any(|(name, _)| *name == Document::name()) {
            let schema = self.schema::<Document>();
            self.schemas.push((Document::name().into_owned(), schema));
        }
        let content = Content::new(Some(Ref::from_schema_name(Document::name())));
        self.gives(status, words, [("application/problem+json", content), ("text/html", routes::page())]);
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match error {
            AppError::NotFound => Problem::not_found(),
            AppError::Denied(denial) => Problem::new(StatusCode::FORBIDDEN, Kind::Refused(denial.into())),
            AppError::Refused(refusal) => Problem::from(refusal),
            AppError::Busy => Problem::new(StatusCode::CONFLICT, Kind::Conflict),
            AppError::CommandReused => Problem::new(StatusCode::CONFLICT, Kind::CommandReused),
            AppError::MissingGlyphs(characters) => {
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Kind::MissingGlyphs(characters))
            }
            AppError::Invalid(faults) => {
                Problem::invalid(faults.into_iter().map(|(field, code)| FieldError { field, code }).collect())
            }
            AppError::Unreadable(what) => {
                tracing::error!(what, "the record can't be read by this release");
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, Kind::ReadOnly)
            }
            AppError::Failed { what, source } => {
                tracing::error!(what, source = &*source as &dyn std::error::Error, "a port failed");
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, Kind::Failed)
            }
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::new(StatusCode::CONFLICT, Kind::Refused(refusal))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.document(None))).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Kind::TooMany { seconds } = &self.kind {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// A route that does not do this.
pub async fn wrong_method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, Kind::WrongMethod)
}

/// A fault of the program: the log has it, the reader is told as of any other failure.
pub fn broken(panic: Box<dyn std::any::Any + Send>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = said.unwrap_or_default(), "a route broke");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, Kind::Failed).into_response()
}

/// Whatever has no route.
pub async fn not_found() -> Problem {
    Problem::not_found()
}

/// Says problems in the form and language the reader asked for, and gives back what was typed.
pub async fn negotiate(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (request, typed) = keep_typed(request).await;
    let from = came_from(request.headers(), &typed);
    let with_files = carries_files(request.headers());
    let (parts, body) = request.into_parts();
    let mut asked = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some(problem) = response.extensions().get::<Problem>().cloned() else { return response };
    // Whoever must slow down costs no more than they did.
    let visitor = match problem.kind {
        Kind::TooMany { .. } => Showing::of(&asked, &web, None).await,
        _ => Visitor::from_request_parts(&mut asked, &web).await.map(|visitor| visitor.showing),
    };
    let Ok(to) = visitor else { return response };
    if let (Kind::SignIn { back }, Format::Html) = (&problem.kind, to.format) {
        return Redirect::to(&sign_in_address(back)).into_response();
    }
    let status = problem.status;
    let retry = response.headers().get(header::RETRY_AFTER).cloned();
    let mut said = match to.format {
        Format::Html => {
            let sent = Sent { typed: &typed, from: from.as_deref(), with_files };
            (status, page(&problem, &to, sent)).into_response()
        }
        Format::Json => {
            let mut json = (status, Json(problem.document(Some(&to)))).into_response();
            json.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
            json
        }
    };
    if let Some(retry) = retry {
        said.headers_mut().insert(header::RETRY_AFTER, retry);
    }
    said
}

fn sign_in_address(back: &str) -> String {
    let query = serde_html_form::to_string([("back", back)]).unwrap_or_default();
    format!("/sign-in?{query}")
}

/// Keeps a copy of a small form, so that a problem can give it back.
async fn keep_typed(request: Request) -> (Request, Vec<(String, String)>) {
    let form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if request.method() != Method::POST || !form {
        return (request, vec![]);
    }
    let (parts, body) = request.into_parts();
    match axum::body::to_bytes(body, input::FORM_LIMIT_BYTES).await {
        Ok(bytes) => {
            let typed = input::typed(&parts.headers, &bytes);
            (Request::from_parts(parts, Body::from(bytes)), typed)
        }
        Err(_) => (Request::from_parts(parts, Body::from(vec![0; input::FORM_LIMIT_BYTES + 1])), vec![]),
    }
}

/// The hidden field that remembers, over several refusals, which page the form stood on.
const CAME_FROM: &str = "came_from";

/// The page of this site that a form was sent from.
fn came_from(headers: &HeaderMap, typed: &[(String, String)]) -> Option<String> {
    let remembered = typed.iter().find(|(name, _)| name == CAME_FROM).map(|(_, path)| path.clone());
    let sent = || {
        let referer: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
        let ours = referer.authority()?.as_str() == headers.get(header::HOST)?.to_str().ok()?;
        ours.then(|| referer.path_and_query().map(ToString::to_string))?
    };
    remembered.or_else(sent).filter(|path| frame::look::is_inside(path))
}

/// Whether a form came with files: its fields are not kept here, the browser has them.
fn carries_files(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}

/// The form that was refused.
#[derive(Clone, Copy)]
struct Sent<'a> {
    /// Its fields, as far as they were kept.
    typed: &'a [(String, String)],
    /// The page it stood on.
    from: Option<&'a str>,
    /// Whether it carried files.
    with_files: bool,
}

fn page(problem: &Problem, to: &Showing, Sent { typed, from, with_files }: Sent<'_>) -> Markup {
    let lang = to.lang();
    let (title, next) = problem.words(Some(to));
    let home = Verb::go(t(lang, problems::Key::Home), "/").row();
    let verbs = match from.filter(|_| !matches!(problem.kind, Kind::NotFound)) {
        Some(from) => vec![Verb::go(t(lang, problems::Key::Return), from), home],
        None => vec![home],
    };
    let blank = match &problem.kind {
        Kind::NotFound => Blank::not_found(&title, &next),
        Kind::Failed | Kind::ReadOnly => Blank::failed(&title, &next),
        _ => Blank::refused(&title, &next),
    };
    let faults = html! {
        @if !problem.field_errors().is_empty() {
            ul { @for error in problem.field_errors() { li {
                @if let Some(label) = messages::fields::known(lang, &error.field) { b { (label) } (lang.pick("：", ": ")) }
                (messages::faults::words(lang, &error.code))
            } } }
        }
        @match &problem.kind {
            Kind::Refused(Refusal::Access(Denial::ReasonNeeded { case })) => (opening::asking(to, *case)),
            _ => (given_back(problem, to, typed, from)),
        }
        @if with_files { p { (t(lang, problems::Key::GoBackKeeps)) } }
    };
    let content = blank.more(faults).verbs(verbs).as_page().show();
    // What was typed is put back by a script where the reader goes back, and not while it stands refused.
    to.page(&title, html! { (content) @if from.is_some() { template data-refused {} } })
}

/// Whether the reader wrote it: a field with a name of its own, or words. Identifiers, sums of files and ticks that a
/// page put into its form are none.
fn is_written(lang: Lang, name: &str, value: &str) -> bool {
    let is_words =
        || value.chars().count() > 12 && value.chars().any(|letter| letter.is_whitespace() || !letter.is_ascii());
    messages::fields::known(lang, name).is_some() || is_words()
}

/// What was typed stands ready to be mended and sent again, each fault at its field. Where nothing can be mended here
/// the same form would be refused again: the page then only leads back.
fn given_back(problem: &Problem, to: &Showing, typed: &[(String, String)], from: Option<&str>) -> Markup {
    let lang = to.lang();
    let kept: Vec<&(String, String)> =
        typed.iter().filter(|(name, _)| name != "command" && name != CAME_FROM).collect();
    let fault_at = |name: &str| {
        let errors = problem.field_errors().iter();
        let mut here = errors.filter(|error| error.field == name && error.code != "input.unknown_choice");
        here.next().map(|error| messages::faults::words(lang, &error.code))
    };
    let shows = |name: &str, value: &str| fault_at(name).is_some() || is_written(lang, name, value);
    let shown = kept.iter().any(|(name, value)| shows(name, value));
    let passes = matches!(problem.kind, Kind::Conflict | Kind::TooMany { .. } | Kind::Failed);
    if kept.is_empty() || !(shown || passes) {
        return html! {};
    }
    html! {
        form method="post" action=(to.here) {
            (to.command_field())
            @if let Some(from) = from { input type="hidden" name=(CAME_FROM) value=(from); }
            @if shown { p { (t(lang, problems::Key::TypedKept)) } }
            @for (at, (name, value)) in kept.iter().enumerate() {
                @if shows(name, value) {
                    @let error = fault_at(name);
                    @let field = Field::new(name, messages::fields::label(lang, name)).value(value).error(error.as_deref());
                    @let again = kept[..at].iter().any(|(known, _)| known == name);
                    @let field = if again { field.among(at) } else { field };
                    @if value.chars().count() > 24 || value.contains('\n') { (field.textarea(3)) } @else { (field.text()) }
                }
                @else { input type="hidden" name=(name) value=(value); }
            }
            (Verb::submit(t(lang, problems::Key::SendAgain)))
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, routing::get};
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;
    use crate::gallery::on_post;

    fn typed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_was_typed_stands_in_fields_with_its_fault_and_what_a_page_put_there_stays_hidden() {
        let to = on_post(Lang::Zh, xiezhi_domain::people::Post::Party);
        let problem = Problem::invalid(vec![FieldError::new("phone", "input.not_a_telephone")]);
        let hash = "0".repeat(64);
        let sent = typed(&[("phone", "1380000"), ("original_sha256", &hash), ("electronic", "yes")]);
        let page = given_back(&problem, &to, &sent, Some("/home")).into_string();
        assert!(page.contains(r#"name="phone" value="1380000""#) && page.contains("f-phone-error"), "{page}");
        assert!(page.contains(&format!(r#"type="hidden" name="original_sha256" value="{hash}""#)), "{page}");
        assert!(page.contains(r#"type="hidden" name="electronic""#), "{page}");
    }

    #[test]
    fn a_form_that_would_only_be_refused_again_is_not_offered_again() {
        let to = on_post(Lang::Zh, xiezhi_domain::people::Post::Archivist);
        let refused = Problem::from(Refusal::from(xiezhi_domain::filing::FilingRefusal::NoDefendant));
        let sent = typed(&[("kind", "short")]);
        assert_eq!(given_back(&refused, &to, &sent, None).into_string(), "");
        let busy = Problem::new(StatusCode::CONFLICT, Kind::Conflict);
        assert!(given_back(&busy, &to, &sent, None).into_string().contains("再发一次"));
    }

    #[tokio::test]
    async fn a_route_that_breaks_answers_a_problem_and_says_nothing_of_the_fault() {
        async fn breaks() -> Response {
            panic!("the secret of the fault")
        }
        let router: Router = Router::new().route("/", get(breaks)).layer(CatchPanicLayer::custom(broken));
        let answer = router.oneshot(Request::new(Body::empty())).await.expect("routers always answer");
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
        let bytes = axum::body::to_bytes(answer.into_body(), 4096).await.expect("a short body");
        assert!(!String::from_utf8_lossy(&bytes).contains("secret"));
    }
}
