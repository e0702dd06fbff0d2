//! The people whom events name by an identifier, so that a reader without the court's directory has their names.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use xiezhi_domain::{
    ids::PersonId,
    people::{Directory, Post},
};
use xiezhi_package::EventRow;

/// A person, as far as a package tells of them: no number of an identity card, no telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// Identifier.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Post they acted under.
    pub post: Post,
    /// Division of staff.
    pub division: Option<String>,
    /// Firm or unit of others.
    pub unit: Option<String>,
}

/// Everyone whom the events name, in the order of identifiers.
pub(super) fn named(events: &[EventRow], directory: &Directory) -> Vec<PersonLine> {
    let mut ids = BTreeSet::new();
    for event in events {
        ids.extend(actor(&event.actor));
        uuids(&event.body_value(), &mut ids);
    }
    let people = ids.into_iter().filter_map(|id| directory.person(PersonId(id)));
    people
        .map(|person| PersonLine {
            id: person.id,
            name: person.name.clone(),
            post: person.post,
            division: person.division.clone(),
            unit: person.unit.clone(),
        })
        .collect()
}

/// The person that an actor's label names.
pub(super) fn actor(label: &str) -> Option<Uuid> {
    label.strip_prefix("person:")?.split(':').next()?.parse().ok()
}

fn uuids(value: &Value, into: &mut BTreeSet<Uuid>) {
    match value {
        Value::String(text) => into.extend(text.parse::<Uuid>()),
        Value::Array(values) => values.iter().for_each(|value| uuids(value, into)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            into.extend(name.parse::<Uuid>());
            uuids(value, into);
        }),
        _ => {}
    }
}
