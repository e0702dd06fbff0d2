//! The routes of the court for programs, as OpenAPI 3.1 has it: made of the same list as the router.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathItem, PathsBuilder, RefOr, Schema,
    SecurityRequirement, Server,
    path::{Operation, OperationBuilder},
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    tag::TagBuilder,
};

use super::routes::{Route, Routes, Sketch};
use crate::messages::Message;

/// What stands before the routes.
const WORDS: &str = "Every page is also data: ask with `Accept: application/json` for the view that the page \
    shows. An act is sent as a form or as JSON; an `Idempotency-Key` makes sending it twice harmless. What goes \
    wrong comes as a problem (RFC 9457), whose `type` leads to a page that says what can be done. A program sends \
    a token that a person made for it; it sees and does what that person may.";

/// The document of the routes of this court.
pub fn text() -> &'static str {
    static TEXT: LazyLock<String> =
        LazyLock::new(|| of(&crate::routes()).to_json().expect("the document is plain data"));
    &TEXT
}

/// The document of these routes.
pub fn of(routes: &Routes) -> OpenApi {
    let mut paths = PathsBuilder::new();
    let mut schemas = Schemas::default();
    let mut capabilities = vec![];
    for route in routes.iter() {
        let mut sketch = route.sketch();
        schemas.add(std::mem::take(&mut sketch.schemas));
        paths = paths.path(plain(route.path), PathItem::new(route.method.clone(), operation(route, sketch)));
        if !capabilities.contains(&route.capability) {
            capabilities.push(route.capability);
        }
    }
    let licence = LicenseBuilder::new().name(env!("CARGO_PKG_LICENSE")).identifier(Some(env!("CARGO_PKG_LICENSE")));
    let info = InfoBuilder::new()
        .title("Xiezhi 獬豸")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(WORDS))
        .license(Some(licence.build()));
    let tags = capabilities.into_iter().map(|name| {
        TagBuilder::new().name(name).description(Some(crate::messages::api::capability(name).join(" "))).build()
    });
    OpenApiBuilder::new()
        .info(info.build())
        .servers(Some([Server::new("/")]))
        .paths(paths)
        .components(Some(components(schemas).build()))
        .tags(Some(tags.collect::<Vec<_>>()))
        .build()
}

/// A path as OpenAPI writes it: no parameter spans several parts.
fn plain(path: &str) -> String {
    path.replace("{*", "{")
}

fn operation(route: &Route, sketch: Sketch) -> Operation {
    let mut operation = OperationBuilder::new()
        .tag(route.capability)
        .operation_id(Some(format!("{:?}", route.op)))
        .summary(Some(route.op.en()))
        .description(Some(route.op.zh()))
        .request_body(sketch.body);
    if !sketch.parameters.is_empty() {
        operation = operation.parameters(Some(sketch.parameters));
    }
    for (status, response) in sketch.responses {
        operation = operation.response(status, response);
    }
    // None at all says that anyone may ask: a reader of the document need not guess.
    let ways: &[&str] = if sketch.signed_in { &["session", "token"] } else { &[] };
    operation.securities(Some(ways.iter().map(|name| SecurityRequirement::new(*name, [""; 0])))).build()
}

fn components(schemas: Schemas) -> ComponentsBuilder {
    let session = ApiKeyValue::with_description("sid", "The session of a browser; `__Host-sid` over HTTPS.");
    let token =
        HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A token that a person made at `/tokens`."));
    ComponentsBuilder::new()
        .schemas_from_iter(schemas.by_name)
        .security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)))
        .security_scheme("token", SecurityScheme::Http(token.build()))
}

/// Schemas by their names. Two different ones under one name would make the document lie; a test forbids it.
#[derive(Default)]
struct Schemas {
    by_name: BTreeMap<String, RefOr<Schema>>,
    ambiguous: BTreeSet<String>,
}

impl Schemas {
    fn add(&mut self, schemas: Vec<(String, RefOr<Schema>)>) {
        for (name, schema) in schemas {
            let known = self.by_name.entry(name.clone()).or_insert_with(|| schema.clone());
            let same = serde_json::to_value(&*known).ok() == serde_json::to_value(&schema).ok();
            if !same {
                self.ambiguous.insert(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use serde_json::Value;

    use super::*;

    fn document() -> Value {
        serde_json::from_str(text()).expect("the document is JSON")
    }

    fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
        let paths = document["paths"].as_object().expect("paths");
        paths.iter().flat_map(|(path, item)| {
            let item = item.as_object().expect("a path item");
            item.iter().map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
        })
    }

    #[test]
    fn no_two_schemas_share_a_name() {
        let mut schemas = Schemas::default();
        crate::routes().iter().for_each(|route| schemas.add(route.sketch().schemas));
        assert!(
            schemas.ambiguous.is_empty(),
            "give each its own with #[schema(as = …)], beside the derive: {:?}",
            schemas.ambiguous
        );
    }

    #[test]
    fn every_route_is_in_the_document_and_nothing_else() {
        let document = document();
        let mut told: Vec<_> = operations(&document)
            .map(|(path, method, operation)| (method.to_uppercase(), path.to_owned(), operation["operationId"].clone()))
            .collect();
        let mut routed: Vec<_> = crate::routes()
            .iter()
            .map(|route| (route.method_name().to_owned(), plain(route.path), Value::from(format!("{:?}", route.op))))
            .collect();
        told.sort_by_key(|it| format!("{it:?}"));
        routed.sort_by_key(|it| format!("{it:?}"));
        assert_eq!(told, routed);
    }

    /// The router is made of the list of routes; this keeps it the only way in.
    #[test]
    fn no_route_is_declared_apart_from_the_list() {
        let mut others = vec![];
        visit(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut |file, text| {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            if !file.ends_with("http/routes.rs") && ["Router::new()", ".route("].iter().any(|it| code.contains(it)) {
                others.push(file.to_owned());
            }
        });
        assert_eq!(others, [""; 0]);
    }

    fn visit(folder: &Path, look: &mut impl FnMut(&str, &str)) {
        for entry in fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                visit(&path, look);
            } else if path.extension().is_some_and(|it| it == "rs") {
                look(&path.to_string_lossy(), &fs::read_to_string(&path).expect("a source"));
            }
        }
    }

    #[test]
    fn every_parameter_of_a_path_is_described() {
        for (path, method, operation) in operations(&document()) {
            let mut wanted: Vec<&str> =
                path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let mut told: Vec<&str> =
                parameters.filter(|it| it["in"] == "path").filter_map(|it| it["name"].as_str()).collect();
            wanted.sort_unstable();
            told.sort_unstable();
            assert_eq!(told, wanted, "{method} {path}");
        }
    }

    #[test]
    fn whatever_is_referred_to_exists() {
        let document = document();
        let mut missing = vec![];
        refs(&document, &mut |at| {
            if document.pointer(at.trim_start_matches('#')).is_none() {
                missing.push(at.to_owned());
            }
        });
        assert_eq!(missing, [""; 0]);
    }

    fn refs(value: &Value, look: &mut impl FnMut(&str)) {
        match value {
            Value::Object(object) => {
                if let Some(at) = object.get("$ref").and_then(Value::as_str) {
                    look(at);
                }
                object.values().for_each(|value| refs(value, look));
            }
            Value::Array(all) => all.iter().for_each(|value| refs(value, look)),
            _ => {}
        }
    }

    #[test]
    fn an_act_takes_a_body_and_tells_its_problems_and_a_page_is_also_data() {
        let document = document();
        let one = |path: &str, method: &str| document["paths"][path][method].clone();
        let sign = one("/cases/{case}/documents/{document}/signature", "post");
        assert!(
            sign["requestBody"]["content"]["application/json"]["schema"]["allOf"][0]["properties"]["original_sha256"]
                .is_object()
        );
        for status in ["200", "303", "401", "409", "422", "default"] {
            assert!(sign["responses"][status].is_object(), "{status}");
        }
        assert!(sign["responses"]["409"]["content"]["application/problem+json"].is_object());
        assert_eq!(sign["security"][1]["token"], serde_json::json!([]));
        let case = one("/cases/{case}", "get");
        for media in ["text/html", "application/json"] {
            assert!(case["responses"]["200"]["content"][media]["schema"].is_object(), "{media}");
        }
        assert_eq!(one("/tools/fee", "get")["security"], serde_json::json!([]), "the calculators are for anyone");
    }

    #[test]
    fn every_route_says_who_may_ask_and_every_capability_what_it_is() {
        let document = document();
        for (path, method, operation) in operations(&document) {
            assert!(operation["security"].is_array(), "{method} {path}");
        }
        for tag in document["tags"].as_array().expect("tags") {
            assert!(tag["description"].as_str().is_some_and(|it| !it.trim().is_empty()), "{tag}");
        }
    }
}
