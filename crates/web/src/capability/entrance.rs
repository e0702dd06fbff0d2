//! Signing in and out (登录). The demonstration lists its people; real identity is another provider
//! behind the same trait.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Redirect,
};
use xiezhi_domain::{ids::PersonId, people::Post};

use crate::{
    frame::prelude::*,
    http::{me, prelude::*},
    messages::{
        entrance::Key,
        nav, t,
    },
};

/// The routes of the entrance.
pub fn router() -> Router<Web> {
    Router::new()
        .route("/", get(front))
        .route("/sign-in", get(sign_in_page).post(sign_in))
        .route("/sign-out", post(sign_out))
}

/// The front page leads to one's own work, or to the entrance.
async fn front(visitor: Visitor) -> Redirect {
    match &visitor.showing.person {
        Some(person) if person.post.is_outside() => Redirect::to("/home"),
        Some(_) => Redirect::to("/workbench"),
        None => Redirect::to("/sign-in"),
    }
}

/// A person one may sign in as, in a demonstration.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// Identifier.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Post.
    pub post: Post,
    /// Unit or division.
    pub unit: Option<String>,
}

/// The sign-in page.
#[derive(Clone, Debug, Serialize)]
pub struct SignInView {
    /// People one may sign in as.
    pub people: Vec<Listed>,
    /// Where to go then.
    pub back: String,
}

#[derive(Debug, Deserialize)]
struct Back {
    back: Option<String>,
}

/// Only a path of this site is gone back to.
fn safe(back: Option<String>) -> String {
    back.filter(|back| back.starts_with('/') && !back.starts_with("//") && !back.contains('\\')).unwrap_or_else(|| "/".to_owned())
}

async fn sign_in_page(State(app): State<App>, visitor: Visitor, Query(query): Query<Back>) -> Result<Response, Problem> {
    let listed = app.ports().identity.is_demonstration();
    let directory = app.directory().await?;
    let people = Post::ALL.iter().flat_map(|post| directory.on(*post)).filter(|_| listed).map(|person| Listed {
        person: person.id,
        name: person.name.clone(),
        post: person.post,
        unit: person.division.clone().or_else(|| person.unit.clone()),
    });
    let view = SignInView { people: people.collect(), back: safe(query.back) };
    Ok(show(&visitor.showing, &view))
}

impl View for SignInView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let group = |title, wanted: fn(Post) -> bool| {
            let people: Vec<Line<'_>> =
                self.people.iter().filter(|person| wanted(person.post)).map(|person| self.entry(to, person)).collect();
            html! { @if !people.is_empty() { (Sheet::new(t(lang, title)).flush(lines(&people))) } }
        };
        let mut public = vec![
            link(t(lang, Key::FeeTool), "/tools/fee"),
            link(t(lang, Key::PeriodTool), "/tools/period"),
            link(t(lang, Key::Verify), "/verify"),
        ];
        if to.settings.demonstration {
            public.push(link(t(lang, Key::Calendar), "/demonstration/calendar"));
        }
        to.page(t(lang, Key::Title), html! {
            h1 { (t(lang, Key::Title)) }
            (note(Icon::Notice, html! { (t(lang, Key::Demonstration)) }))
            (group(Key::Outside, Post::is_outside))
            (group(Key::Inside, |post| !post.is_outside() && !post.is_administrator()))
            (group(Key::Administrators, Post::is_administrator))
            (Sheet::new(t(lang, Key::Public)).flush(lines(&public)))
        })
    }
}

impl SignInView {
    fn entry<'a>(&self, to: &Showing, person: &Listed) -> Line<'a> {
        let lang = to.lang();
        let words = format!("{} {}", t(lang, Key::Enter), person.name);
        let enter = html! {
            form.inline method="post" action="/sign-in" {
                input type="hidden" name="person" value=(person.person);
                input type="hidden" name="back" value=(self.back);
                (Verb::submit(t(lang, Key::Enter)).row().about(&words))
            }
        };
        let who = html! {
            span.bold { (person.name) } " "
            span.faint { (t(lang, nav::post(person.post))) @if let Some(unit) = &person.unit { " · " (unit) } }
        };
        Line { end: Some(enter), ..Line::new(who) }
    }
}

/// A line that leads to a page.
fn link<'a>(words: &str, href: &'a str) -> Line<'a> {
    Line { href: Some(href), ..Line::new(html! { (words) }) }
}

/// Whom to sign in as.
#[derive(Debug, Deserialize)]
pub struct SignIn {
    person: PersonId,
    back: Option<String>,
}

/// What a program gets when it signs in.
#[derive(Debug, Serialize)]
struct SignedIn {
    person: PersonId,
    token: String,
}

/// Signs in as a person of the demonstration list.
async fn sign_in(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    form: Input<SignIn>,
) -> Result<Response, Problem> {
    let app = &web.app;
    if !app.ports().identity.is_demonstration() {
        return Err(Problem::not_found());
    }
    let person = app.person(form.value.person).await?.ok_or_else(Problem::not_found)?;
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = app.begin_session(person.id, person.post, agent).await?;
    let back = safe(form.value.back);
    let mut response = done(&visitor.showing, &back, &SignedIn { person: person.id, token: token.clone() });
    response.headers_mut().append(header::SET_COOKIE, cookie(&web, &token, None));
    Ok(response)
}

async fn sign_out(State(web): State<Web>, visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(token) = me::token(&headers, &web.config) {
        web.app.end_session(&token).await?;
    }
    let mut response = done(&visitor.showing, "/sign-in", &serde_json::json!({ "signed_out": true }));
    response.headers_mut().append(header::SET_COOKIE, cookie(&web, "", Some(0)));
    Ok(response)
}

fn cookie(web: &Web, token: &str, max_age: Option<u32>) -> HeaderValue {
    let secure = if web.config.secure { "; Secure" } else { "" };
    let age = max_age.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
    let text = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", me::cookie_name(&web.config));
    HeaderValue::from_str(&text).expect("a token is hexadecimal")
}
