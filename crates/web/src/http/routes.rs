//! The routes of the court, each declared once: method, place, what it does, who answers. The router and
//! `/openapi.json` are both made of this one list, so that neither knows a route the other doesn't.
//!
//! What a route takes and gives is read off the types of its handler: an extractor [tells](Tells) of what it
//! wants, a response of what comes back.

use std::{collections::BTreeMap, future::Future};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    routing::{MethodFilter, MethodRouter, on},
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Content, ContentBuilder, HttpMethod, RefOr, Required, Response, ResponseBuilder, Schema,
        path::{Parameter, ParameterBuilder, ParameterIn},
        request_body::{RequestBody, RequestBodyBuilder},
    },
};

use crate::{Web, messages::routes::Key as Op};

/// One route.
pub struct Route {
    /// Method.
    pub method: HttpMethod,
    /// Path, with its parameters in braces.
    pub path: &'static str,
    /// What it does; also its name.
    pub op: Op,
    /// The capability it belongs to.
    pub capability: &'static str,
    answers: MethodRouter<Web>,
    describe: fn(&mut Sketch),
}

impl Route {
    /// The method as a request has it.
    pub fn method_name(&self) -> &'static str {
        match self.method {
            HttpMethod::Put => "PUT",
            HttpMethod::Post => "POST",
            _ => "GET",
        }
    }

    /// What the route takes and gives.
    pub fn sketch(&self) -> Sketch {
        let mut sketch = Sketch { path: self.path, ..Sketch::default() };
        (self.describe)(&mut sketch);
        sketch
    }
}

/// Routes, in the order they were declared.
#[derive(Default)]
pub struct Routes {
    all: Vec<Route>,
}

impl Routes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// `GET path` does `op`; `handler` answers.
    pub fn get<H: Handler<T, Web> + Described<T>, T: 'static>(self, path: &'static str, op: Op, handler: H) -> Self {
        self.with(HttpMethod::Get, path, op, on(MethodFilter::GET, handler), H::describe)
    }

    /// `POST path` does `op`; `handler` answers.
    pub fn post<H: Handler<T, Web> + Described<T>, T: 'static>(self, path: &'static str, op: Op, handler: H) -> Self {
        self.with(HttpMethod::Post, path, op, on(MethodFilter::POST, handler), H::describe)
    }

    /// `PUT path` does `op`; `handler` answers.
    pub fn put<H: Handler<T, Web> + Described<T>, T: 'static>(self, path: &'static str, op: Op, handler: H) -> Self {
        self.with(HttpMethod::Put, path, op, on(MethodFilter::PUT, handler), H::describe)
    }

    fn with(
        mut self,
        method: HttpMethod,
        path: &'static str,
        op: Op,
        answers: MethodRouter<Web>,
        describe: fn(&mut Sketch),
    ) -> Self {
        self.all.push(Route { method, path, op, capability: "", answers, describe });
        self
    }

    /// The route declared last takes bodies of up to so many bytes.
    pub fn up_to(mut self, limit_bytes: usize) -> Self {
        let mut route = self.all.pop().expect("a limit follows its route");
        route.answers = route.answers.layer(DefaultBodyLimit::max(limit_bytes));
        self.all.push(route);
        self
    }

    /// These routes belong to `capability`.
    pub fn of(mut self, capability: &'static str) -> Self {
        self.all.iter_mut().for_each(|route| route.capability = capability);
        self
    }

    /// These routes and `others`.
    pub fn and(mut self, others: Routes) -> Self {
        self.all.extend(others.all);
        self
    }

    /// Each route.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.all.iter()
    }

    /// The router that answers these routes.
    pub fn into_router(self) -> Router<Web> {
        self.all.into_iter().fold(Router::new(), |router, route| router.route(route.path, route.answers))
    }
}

/// What is known of a route from the types of its handler.
#[derive(Default)]
pub struct Sketch {
    path: &'static str,
    /// Parameters in the path, the query and the headers.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<RequestBody>,
    /// What comes back, by status.
    pub responses: BTreeMap<&'static str, Response>,
    /// Whether one must be signed in.
    pub signed_in: bool,
    /// Schemas that are referred to by name.
    pub schemas: Vec<(String, RefOr<Schema>)>,
}

impl Sketch {
    /// Names of the parameters in the path.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let parts = self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        parts.map(|name| name.trim_start_matches('*'))
    }

    /// The schema of `T`, whose parts are kept by name.
    pub fn schema<T: ToSchema>(&mut self) -> RefOr<Schema> {
        T::schemas(&mut self.schemas);
        T::schema()
    }

    /// The content of a `T`.
    pub fn content<T: ToSchema>(&mut self) -> Content {
        Content::new(Some(self.schema::<T>()))
    }

    /// A parameter in the header or the query that may be left out, unless `required`.
    pub fn parameter(&mut self, place: ParameterIn, name: &str, required: bool, schema: impl Into<RefOr<Schema>>) {
        let required = if required { Required::True } else { Required::False };
        let parameter = ParameterBuilder::new().name(name).parameter_in(place).required(required).schema(Some(schema));
        self.parameters.push(parameter.build());
    }

    /// The body is one of these contents.
    pub fn takes(&mut self, contents: impl IntoIterator<Item = (&'static str, Content)>) {
        let body = RequestBodyBuilder::new().required(Some(Required::True));
        self.body =
            Some(contents.into_iter().fold(body, |body, (media, content)| body.content(media, content)).build());
    }

    /// With `status` comes one of these contents.
    pub fn gives(
        &mut self,
        status: &'static str,
        words: &str,
        contents: impl IntoIterator<Item = (&'static str, Content)>,
    ) {
        let response = ResponseBuilder::new().description(words);
        let response =
            contents.into_iter().fold(response, |response, (media, content)| response.content(media, content));
        self.responses.insert(status, response.build());
    }
}

/// The content of a page.
pub fn page() -> Content {
    ContentBuilder::new().schema(Some(String::schema())).build()
}

/// An extractor or a response that tells what it adds to a route.
pub trait Tells {
    /// Adds it.
    fn tell(sketch: &mut Sketch);
}

/// A handler whose types tell what its route takes and gives.
pub trait Described<T> {
    /// Tells it all.
    fn describe(sketch: &mut Sketch);
}

macro_rules! described {
    ($($from:ident)*) => {
        impl<F, Answering, Answer, M, $($from),*> Described<(M, $($from,)*)> for F
        where
            F: FnOnce($($from),*) -> Answering,
            Answering: Future<Output = Answer>,
            Answer: Tells,
            $($from: Tells,)*
        {
            fn describe(sketch: &mut Sketch) {
                $($from::tell(sketch);)*
                Answer::tell(sketch);
            }
        }
    };
}

impl<F, Answering, Answer> Described<((),)> for F
where
    F: FnOnce() -> Answering,
    Answering: Future<Output = Answer>,
    Answer: Tells,
{
    fn describe(sketch: &mut Sketch) {
        Answer::tell(sketch);
    }
}

described!(A);
described!(A B);
described!(A B C);
described!(A B C D);
described!(A B C D E);
