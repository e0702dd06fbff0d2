//! Signing in and out (登录). The demonstration lists its people; real identity is another provider
//! behind the same trait.

pub(crate) mod samples;

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Redirect,
};
use xiezhi_app::lists::CaseFilter;
use xiezhi_domain::{
    ids::PersonId,
    people::{Actor, Person, Post},
    stage::Stage,
};

use crate::{
    WebConfig,
    frame::prelude::*,
    http::{me, prelude::*},
    messages::{
        case as case_words,
        entrance::Key,
        nav, t,
    },
};

/// The routes of the entrance.
pub fn routes() -> Routes {
    Routes::new()
        .get("/", Op::Enter, front)
        .get("/sign-in", Op::ShowSignIn, sign_in_page)
        .post("/sign-in", Op::SignIn, sign_in)
        .post("/sign-out", Op::SignOut, sign_out)
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
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PersonLine)]
pub struct Listed {
    /// Identifier.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Post.
    pub post: Post,
    /// Unit or division.
    pub unit: Option<String>,
    /// The case that somebody from outside meets here: theirs that moved last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<Known>,
}

/// A case, as the list of people tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PersonCase)]
pub struct Known {
    /// Its parties, in short.
    pub title: String,
    /// Its number, once it has one.
    pub number: Option<String>,
    /// Where it stands.
    #[schema(value_type = Option<String>)]
    pub stage: Option<Stage>,
}

/// The sign-in page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignInView {
    /// People one may sign in as.
    pub people: Vec<Listed>,
    /// Where to go then.
    pub back: String,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Back {
    back: Option<String>,
}

/// Only a path of this site is gone back to.
fn safe(back: Option<String>) -> String {
    // A browser leaves control characters out, and what is left may be another house.
    let own = |back: &String| {
        let plain = !back.contains('\\') && !back.contains(char::is_control);
        plain && back.starts_with('/') && !back.starts_with("//")
    };
    back.filter(own).unwrap_or_else(|| "/".to_owned())
}

async fn sign_in_page(State(app): State<App>, visitor: Visitor, Query(query): Query<Back>) -> Result<Shown<SignInView>, Problem> {
    let listed = app.ports().identity.is_demonstration();
    let directory = app.directory().await?;
    let mut people = vec![];
    for person in Post::ALL.iter().flat_map(|post| directory.on(*post)).filter(|_| listed) {
        people.push(Listed {
            person: person.id,
            name: person.name.clone(),
            post: person.post,
            unit: person.division.clone().or_else(|| person.unit.clone()),
            case: case_of(&app, person).await?,
        });
    }
    // Whoever meets in a case stands together, the newest case first.
    people.sort_by(|one, next| by_case(next).cmp(&by_case(one)));
    let view = SignInView { people, back: safe(query.back) };
    Ok(show(&visitor.showing, &view))
}

/// The order of cases in the list: as they came; whoever has none stands last.
fn by_case(person: &Listed) -> Option<(bool, Option<usize>, &str)> {
    let serial = |number: &str| number.rsplit('初').next()?.trim_end_matches('号').parse().ok();
    let case = person.case.as_ref()?;
    Some((case.number.is_some(), case.number.as_deref().and_then(serial), case.title.as_str()))
}

async fn case_of(app: &xiezhi_app::App, person: &Person) -> Result<Option<Known>, Problem> {
    if !person.post.is_outside() {
        return Ok(None);
    }
    let actor = Actor::Person { id: person.id, post: person.post, token: None };
    let newest = CaseFilter { size: 1, ..CaseFilter::default() };
    let known = app.cases(&actor, &newest).await?.rows.into_iter().next();
    let stage = |code: &str| Stage::of_code(code).map(Stage::told_outside);
    Ok(known.map(|row| Known { title: row.title, number: row.number, stage: stage(&row.stage) }))
}

impl View for SignInView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let group = |title, id, wanted: fn(Post) -> bool| {
            let people: Vec<Line<'_>> =
                self.people.iter().filter(|person| wanted(person.post)).map(|person| self.entry(to, person)).collect();
            html! { @if !people.is_empty() { (Sheet::new(t(lang, title)).id(id).flush(lines(&people))) } }
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
            @if !self.people.is_empty() {
                nav.line.wrap aria-label=(t(lang, Key::Title)) {
                    @for (key, id) in [(Key::Outside, "outside"), (Key::Inside, "inside"), (Key::Administrators, "administrators")] { a.btn.verb href={ "#" (id) } { (t(lang, key)) } }
                }
            }
            (group(Key::Outside, "outside", Post::is_outside))
            (group(Key::Inside, "inside", |post| !post.is_outside() && !post.is_administrator()))
            (group(Key::Administrators, "administrators", Post::is_administrator))
            (Sheet::new(t(lang, Key::Public)).flush(lines(&public)))
        })
    }
}

impl SignInView {
    fn entry<'a>(&self, to: &Showing, person: &Listed) -> Line<'a> {
        let lang = to.lang();
        let enter = html! {
            form.inline method="post" action="/sign-in" {
                input type="hidden" name="person" value=(person.person);
                input type="hidden" name="back" value=(self.back);
                (Verb::submit(t(lang, Key::Enter)).row().about(&person.name))
            }
        };
        let (post, unit) = nav::standing(person.post, person.unit.as_deref());
        let who = html! {
            span.bold { (person.name) } " "
            span.faint { (t(lang, post)) @if let Some(unit) = unit { " · " (unit) } }
            @if let Some(case) = &person.case {
                br; span.small.muted { span lang="zh-CN" { (case.title) " " span.number { (case.number.as_deref().unwrap_or_default()) } } @if let Some(stage) = case.stage { " · " (t(lang, case_words::stage(stage))) } }
            }
        };
        Line { end: Some(enter), ..Line::new(who) }
    }
}

/// A line that leads to a page.
fn link<'a>(words: &str, href: &'a str) -> Line<'a> {
    Line { href: Some(href), ..Line::new(html! { (words) }) }
}

/// Whom to sign in as.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SignIn {
    person: PersonId,
    back: Option<String>,
}

/// What a program gets when it signs in.
#[derive(Debug, Serialize, ToSchema)]
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
) -> Result<Done<SignedIn>, Problem> {
    let app = &web.app;
    if !app.ports().identity.is_demonstration() {
        return Err(Problem::not_found());
    }
    let person = app.person(form.value.person).await?.ok_or_else(Problem::not_found)?;
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if let Some(before) = me::session(&headers, &web.config) {
        app.end_session(&before).await?;
    }
    let token = app.begin_session(person.id, person.post, agent).await?;
    let back = safe(form.value.back);
    let cookie = cookie(&web.config, &token, None);
    Ok(done(&visitor.showing, &back, &SignedIn { person: person.id, token }).with_cookie(cookie))
}

/// What a program gets when it signs out.
#[derive(Debug, Serialize, ToSchema)]
struct SignedOut {
    signed_out: bool,
}

async fn sign_out(State(web): State<Web>, visitor: Visitor, headers: HeaderMap) -> Result<Done<SignedOut>, Problem> {
    if let Some(token) = me::session(&headers, &web.config) {
        web.app.end_session(&token).await?;
    }
    let cookie = cookie(&web.config, "", Some(0));
    Ok(done(&visitor.showing, "/sign-in", &SignedOut { signed_out: true }).with_cookie(cookie))
}

/// The cookie of a session: no script reads it, no other site sends it along with an act.
fn cookie(config: &WebConfig, token: &str, max_age: Option<u32>) -> HeaderValue {
    let secure = if config.secure { "; Secure" } else { "" };
    let age = max_age.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
    let text = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", me::cookie_name(config));
    HeaderValue::from_str(&text).expect("a token is hexadecimal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_of_a_session_is_for_this_site_alone_and_for_no_script() {
        let config = |secure| WebConfig { secure, ..WebConfig::default() };
        let plain = cookie(&config(false), "ab", None);
        assert_eq!(plain, "sid=ab; Path=/; HttpOnly; SameSite=Lax");
        let secure = cookie(&config(true), "ab", Some(0));
        assert_eq!(secure, "__Host-sid=ab; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
    }

    #[test]
    fn signing_in_leads_nowhere_else() {
        for back in ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", ""] {
            assert_eq!(safe(Some(back.to_owned())), "/", "{back}");
        }
        assert_eq!(safe(Some("/cases?page=2".to_owned())), "/cases?page=2");
    }
}
