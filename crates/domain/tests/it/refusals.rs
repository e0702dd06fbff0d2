//! Every refusal of every capability, as rows: where the case stands, who asks what, why not.

mod case_file;
mod course;
mod deciding;
mod entrance;
mod service_and_hearing;

use std::collections::BTreeSet;

use uuid::Uuid;
use xiezhi_domain::{
    Refusal,
    command::CaseCommand,
    ids::{MaterialId, PartyId},
    people::Actor,
    refusal::all_codes,
    stage::StageRefusal,
};

use crate::court::Court;

/// One row of a table.
pub struct Row {
    place: &'static std::panic::Location<'static>,
    got: Option<Refusal>,
    expected: Refusal,
}

/// Where the case stands, who asks what, why not.
#[track_caller]
pub fn row(court: &Court, actor: &Actor, command: impl Into<CaseCommand>, expected: impl Into<Refusal>) -> Row {
    let got = court.clone().rule(actor, command).err();
    Row { place: std::panic::Location::caller(), got, expected: expected.into() }
}

/// The same through the rules of access.
#[track_caller]
pub fn denied(court: &Court, actor: &Actor, command: impl Into<CaseCommand>, expected: impl Into<Refusal>) -> Row {
    let got = court.clone().act(actor, command).err();
    Row { place: std::panic::Location::caller(), got, expected: expected.into() }
}

/// A refusal of a rule that no command reaches by itself.
#[track_caller]
pub fn told(got: Option<Refusal>, expected: impl Into<Refusal>) -> Row {
    Row { place: std::panic::Location::caller(), got, expected: expected.into() }
}

/// A party nobody knows.
pub fn nobody() -> PartyId {
    PartyId(Uuid::from_u128(0xdead))
}

/// A paper nobody knows.
pub fn no_paper() -> MaterialId {
    MaterialId(Uuid::from_u128(0xdead))
}

/// The case is closed.
pub const CLOSED: StageRefusal = StageRefusal::ClosedAlready;

fn check(rows: &[Row]) {
    for row in rows {
        assert_eq!(row.got.as_ref(), Some(&row.expected), "{}", row.place);
    }
}

/// The code of a refusal, and of the fault it carries.
fn codes(refusal: &Refusal) -> Vec<String> {
    let value = serde_json::to_value(refusal).expect("a refusal is plain data");
    let of_fault = |capability: &str| value["fault"]["reason"].as_str().map(|reason| format!("{capability}.{reason}"));
    let carried = match value["reason"].as_str() {
        Some("Stage") => of_fault("stage"),
        Some("Draft") => of_fault("drafting"),
        Some("Revocation") => of_fault("correcting"),
        Some("Course") => of_fault("procedure"),
        Some("Committee") => of_fault("committee"),
        Some("Application") => of_fault("filing"),
        _ => None,
    };
    [refusal.code().to_owned()].into_iter().chain(carried).collect()
}

fn every_row() -> Vec<Row> {
    [
        entrance::rows(),
        case_file::rows(),
        crate::annotation::rows(),
        crate::sharing::rows(),
        crate::stories::supervision::rows(),
        crate::stories::correcting::rows(),
        crate::stories::series::rows(),
        crate::stories::counter::rows(),
        service_and_hearing::rows(),
        deciding::rows(),
        course::rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn at_the_entrance() {
    check(&entrance::rows());
}

#[test]
fn in_the_file() {
    check(&case_file::rows());
}

#[test]
fn over_the_pages() {
    check(&crate::annotation::rows());
}

#[test]
fn in_sharing() {
    check(&crate::sharing::rows());
}

#[test]
fn in_service_and_hearing() {
    check(&service_and_hearing::rows());
}

#[test]
fn in_a_supervised_case() {
    check(&crate::stories::supervision::rows());
}

#[test]
fn in_what_follows_an_issued_document() {
    check(&crate::stories::correcting::rows());
}

#[test]
fn among_like_cases() {
    check(&crate::stories::series::rows());
}

#[test]
fn at_the_counter() {
    check(&crate::stories::counter::rows());
}

#[test]
fn in_deciding() {
    check(&deciding::rows());
}

#[test]
fn in_the_course_of_the_case() {
    check(&course::rows());
}

#[test]
fn no_refusal_is_without_a_row() {
    let shown: BTreeSet<String> = every_row().iter().flat_map(|row| codes(&row.expected)).collect();
    let silent: Vec<&str> = all_codes().into_iter().filter(|code| !shown.contains(*code)).collect();
    assert_eq!(silent, Vec::<&str>::new(), "each refusal shows where it comes from");
}

#[test]
fn codes_are_unique() {
    let all = all_codes();
    let distinct: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(distinct.len(), all.len());
}
