//! Who asks.

use std::time::{Duration, Instant};

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use xiezhi_domain::{
    ids::TokenId,
    people::{Actor, Person},
};

use super::{problem::Problem, showing::Showing};
use crate::{Web, WebConfig};

/// Whether somebody to whom a stream goes is still signed in is asked this often.
const ASKED_EVERY: Duration = Duration::from_secs(5);

/// The name of the session cookie.
pub fn cookie_name(config: &WebConfig) -> &'static str {
    if config.secure { "__Host-sid" } else { "sid" }
}

/// The token that a program sends. Whoever sends one is taken at it alone: their cookies count for nothing.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// The session that a browser's cookie names.
pub fn session(headers: &HeaderMap, config: &WebConfig) -> Option<String> {
    let name = cookie_name(config);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// A person who is signed in.
#[derive(Clone, Debug)]
pub struct Me {
    /// Who.
    pub person: Person,
    /// As an actor.
    pub actor: Actor,
    /// How pages are shown to them.
    pub showing: Showing,
}

impl Me {
    /// Refuses what a person does themselves and no program for them.
    pub fn in_person(&self) -> Result<(), Problem> {
        if self.actor.token().is_some() { Err(Problem::only_in_person()) } else { Ok(()) }
    }
}

impl FromRequestParts<Web> for Me {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let visitor = Visitor::of(parts, web).await?;
        visitor.me().ok_or_else(|| Problem::sign_in(parts.uri.path_and_query().map_or("/", |path| path.as_str())))
    }
}

impl OptionalFromRequestParts<Web> for Me {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Option<Self>, Problem> {
        Ok(Visitor::of(parts, web).await?.me())
    }
}

/// Anybody: signed in or not.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// How pages are shown to them; holds the person if there is one.
    pub showing: Showing,
    /// The token by which they came, if they are a program.
    token: Option<TokenId>,
}

impl Visitor {
    /// Whoever sent this request. It is found out once, however many ask.
    async fn of(parts: &mut Parts, web: &Web) -> Result<Visitor, Problem> {
        if let Some(known) = parts.extensions.get::<Visitor>() {
            return Ok(known.clone());
        }
        let Sender(sender) = Sender::from_request_parts(parts, web).await?;
        let mut person = None;
        if let Some(Actor::Person { id, post, .. }) = &sender {
            person = web.app.person(*id).await?.filter(|person| person.post == *post);
        }
        let token = sender.as_ref().and_then(Actor::token);
        let visitor = Visitor { showing: Showing::of(parts, web, person).await?, token };
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }

    /// The person, if signed in.
    pub fn me(self) -> Option<Me> {
        let person = self.showing.person.clone()?;
        let actor = Actor::Person { id: person.id, post: person.post, token: self.token };
        Some(Me { person, actor, showing: self.showing })
    }
}

/// Who a request says that it is from: a program by its token, or a browser by its session.
#[derive(Clone, Debug)]
pub struct Sender(pub Option<Actor>);

impl Sender {
    /// Who these heads say that they are from, as it stands now.
    pub async fn of(headers: &HeaderMap, web: &Web) -> Result<Option<Actor>, Problem> {
        if let Some(secret) = bearer(headers) {
            return Ok(Some(web.app.token(secret).await?.ok_or_else(Problem::unknown_token)?.actor()));
        }
        match session(headers, &web.config) {
            Some(session) => Ok(web.app.session(&session).await?.map(|session| session.actor())),
            None => Ok(None),
        }
    }
}

/// Whoever a stream goes to, for as long as they are signed in.
pub struct Staying {
    actor: Actor,
    headers: HeaderMap,
    asked: Instant,
}

impl Staying {
    /// They are signed in now.
    pub fn new(me: &Me, headers: HeaderMap) -> Self {
        Self { actor: me.actor.clone(), headers, asked: Instant::now() }
    }

    /// Whether they still are: asked again every few seconds. Streams ask it before they tell anything.
    pub async fn is_signed_in(&mut self, web: &Web) -> bool {
        if self.asked.elapsed() < ASKED_EVERY {
            return true;
        }
        self.asked = Instant::now();
        Sender::of(&self.headers, web).await.is_ok_and(|sender| sender.as_ref() == Some(&self.actor))
    }
}

impl FromRequestParts<Web> for Sender {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        if let Some(known) = parts.extensions.get::<Sender>() {
            return Ok(known.clone());
        }
        let actor = Sender::of(&parts.headers, web).await?;
        parts.extensions.insert(Sender(actor.clone()));
        Ok(Sender(actor))
    }
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        Visitor::of(parts, web).await
    }
}
