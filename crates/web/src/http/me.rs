//! Who asks.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use xiezhi_domain::people::{Actor, Person};

use super::{problem::Problem, showing::Showing};
use crate::{Web, WebConfig};

/// The name of the session cookie.
pub fn cookie_name(config: &WebConfig) -> &'static str {
    if config.secure { "__Host-sid" } else { "sid" }
}

/// The session token a request carries: in the cookie, or as a bearer token of a program.
pub fn token(headers: &HeaderMap, config: &WebConfig) -> Option<String> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(token) = bearer.and_then(|value| value.strip_prefix("Bearer ")) {
        return Some(token.trim().to_owned());
    }
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
}

impl Visitor {
    async fn of(parts: &Parts, web: &Web) -> Result<Visitor, Problem> {
        let mut person = None;
        if let Some(token) = token(&parts.headers, &web.config)
            && let Some(session) = web.app.session(&token).await?
        {
            person = web.app.person(session.person).await?.filter(|person| person.post == session.post);
        }
        Ok(Visitor { showing: Showing::of(parts, web, person).await? })
    }

    /// The person, if signed in.
    pub fn me(self) -> Option<Me> {
        let person = self.showing.person.clone()?;
        let actor = Actor::Person { id: person.id, post: person.post };
        Some(Me { person, actor, showing: self.showing })
    }
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        Visitor::of(parts, web).await
    }
}
