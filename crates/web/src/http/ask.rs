//! What a request carries in its address, and what each extractor tells of its route. What can't be read is a
//! problem like any other.

use axum::{
    body::Bytes,
    extract::{
        FromRequestParts, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::HeaderMap,
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        AllOfBuilder, Content, KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type, path::ParameterIn,
    },
};
use xiezhi_domain::ids::{
    AnnotationId, ApprovalId, CaseId, CommandId, CommentId, DestructionListId, DocumentId, HearingId, IntakeId,
    MaterialId, PartyId, PersonId, ScanId, SeriesId, ServiceId, ShareId, TokenId,
};

use super::{
    came::CameForm,
    files::File,
    input::Input,
    me::{Me, Visitor},
    problem::Problem,
    routes::{Sketch, Tells},
};
/// Parameters of the path. One that can't be read leads nowhere.
#[derive(Clone, Copy, Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Problem))]
pub struct Path<T>(pub T);

/// Parameters of the query.
#[derive(Clone, Copy, Debug, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Problem))]
pub struct Query<T>(pub T);

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Problem::not_found()
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Problem::malformed(rejection.body_text())
    }
}

impl<T> Tells for State<T> {
    fn tell(_: &mut Sketch) {}
}

impl Tells for HeaderMap {
    fn tell(_: &mut Sketch) {}
}

impl Tells for Visitor {
    fn tell(_: &mut Sketch) {}
}

impl Tells for Me {
    fn tell(sketch: &mut Sketch) {
        sketch.signed_in = true;
        sketch.problem("401", "One must sign in first; a browser is led to the page where one does.");
    }
}

impl<T: ToSchema> Tells for Input<T> {
    fn tell(sketch: &mut Sketch) {
        let uuid =
            ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
        sketch.parameter(ParameterIn::Header, "Idempotency-Key", false, uuid);
        let content = Content::new(Some(with_how_it_came(sketch.schema::<T>(), sketch.schema::<CameForm>())));
        sketch.takes([("application/json", content.clone()), ("application/x-www-form-urlencoded", content)]);
        sketch.problem("400", "What was sent can't be read.");
        sketch.problem("409", "The act is refused as the case stands, or another act came first.");
        sketch.problem("413", "What was sent is too large.");
        sketch.problem("422", "Fields have faults.");
    }
}

/// Beside an object, the court's people may say how it came.
fn with_how_it_came(sent: RefOr<Schema>, came: RefOr<Schema>) -> RefOr<Schema> {
    match sent {
        RefOr::T(Schema::Array(_)) => sent,
        _ => AllOfBuilder::new().item(sent).item(came).into(),
    }
}

impl Tells for Bytes {
    fn tell(sketch: &mut Sketch) {
        let bytes = sketch.content::<File>();
        sketch.takes([("application/octet-stream", bytes)]);
        sketch.problem("413", "What was sent is too large.");
    }
}

impl<T: ToSchema> Tells for Query<T> {
    fn tell(sketch: &mut Sketch) {
        let schema = sketch.schema::<T>();
        fields(sketch, &schema);
        sketch.problem("400", "The query can't be read.");
    }
}

/// Each field of an object is a parameter of the query; one that may be missing or null may be left out.
fn fields(sketch: &mut Sketch, schema: &RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            for (name, field) in &object.properties {
                sketch.parameter(ParameterIn::Query, name, object.required.contains(name), field.clone());
            }
        }
        RefOr::T(Schema::AllOf(all)) => all.items.iter().for_each(|part| fields(sketch, part)),
        _ => panic!("a query is an object"),
    }
}

impl<T: PathParts> Tells for Path<T> {
    fn tell(sketch: &mut Sketch) {
        let names: Vec<_> = sketch.names().collect();
        let parts = T::parts();
        assert_eq!(names.len(), parts.len(), "the path has as many parameters as its handler takes");
        for (name, part) in names.into_iter().zip(parts) {
            sketch.parameter(ParameterIn::Path, name, true, part);
        }
        sketch.problem("404", "There is no such thing, or the reader may not know that there is.");
    }
}

/// The schema of a type that is written as text, by its name.
macro_rules! written_as_text {
    ($kind:ty, $name:literal) => {
        impl utoipa::PartialSchema for $kind {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                <String as utoipa::PartialSchema>::schema()
            }
        }

        impl utoipa::ToSchema for $kind {
            fn name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }
        }
    };
}
pub(crate) use written_as_text;

/// One parameter of a path.
pub trait PathPart {
    /// Its schema.
    fn part() -> RefOr<Schema>;
}

macro_rules! path_parts {
    ($($part:ty),* $(,)?) => {
        $(impl PathPart for $part {
            fn part() -> RefOr<Schema> {
                <$part as PartialSchema>::schema()
            }
        })*
    };
}

path_parts!(String, u32, u64, usize);
path_parts!(
    AnnotationId,
    ApprovalId,
    CaseId,
    CommentId,
    CommandId,
    DestructionListId,
    DocumentId,
    HearingId,
    IntakeId,
    MaterialId,
    PartyId,
    PersonId,
    ScanId,
    SeriesId,
    ShareId,
    ServiceId,
    TokenId
);

/// All parameters of a path, in their order.
pub trait PathParts {
    /// Their schemas.
    fn parts() -> Vec<RefOr<Schema>>;
}

impl<A: PathPart> PathParts for A {
    fn parts() -> Vec<RefOr<Schema>> {
        vec![A::part()]
    }
}

impl<A: PathPart, B: PathPart> PathParts for (A, B) {
    fn parts() -> Vec<RefOr<Schema>> {
        vec![A::part(), B::part()]
    }
}

impl<A: PathPart, B: PathPart, C: PathPart> PathParts for (A, B, C) {
    fn parts() -> Vec<RefOr<Schema>> {
        vec![A::part(), B::part(), C::part()]
    }
}

impl<A: PathPart, B: PathPart, C: PathPart, D: PathPart> PathParts for (A, B, C, D) {
    fn parts() -> Vec<RefOr<Schema>> {
        vec![A::part(), B::part(), C::part(), D::part()]
    }
}
