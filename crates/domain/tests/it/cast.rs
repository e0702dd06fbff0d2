//! The people of the court of the tests, and those before it.

use uuid::Uuid;
use xiezhi_domain::{
    ids::PersonId,
    people::{Actor, Directory, PeopleEvent, Person, Post},
};

const CIVIL: &str = "民事审判庭";

/// Staff: number, name, post, whether new cases are assigned to them.
const STAFF: &[(u128, &str, Post, bool)] = &[
    (1, "甄明理", Post::Judge, true),
    (2, "程公允", Post::Judge, true),
    (3, "和为贵", Post::Judge, true),
    (4, "衡平之", Post::Judge, true),
    (11, "辅一鸣", Post::JudgeAssistant, false),
    (12, "辅二鸣", Post::JudgeAssistant, false),
    (21, "纪实录", Post::CourtClerk, false),
    (22, "纪真", Post::CourtClerk, false),
    (31, "众和议", Post::Assessor, false),
    (32, "众公论", Post::Assessor, false),
    (41, "立案一", Post::FilingClerk, false),
    (42, "立案二", Post::FilingClerk, false),
    (51, "庭长一", Post::DivisionHead, false),
    (52, "副院长一", Post::VicePresident, false),
    (53, "院长一", Post::President, false),
    (54, "审管一", Post::TrialManagement, false),
    (61, "归档一", Post::Archivist, false),
    (62, "送达一", Post::ServiceAgent, false),
    (63, "财务一", Post::Finance, false),
    (71, "系统一", Post::SystemAdmin, false),
    (72, "安全一", Post::SecurityAdmin, false),
    (73, "审计一", Post::AuditAdmin, false),
];

/// The person with this number.
pub fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

/// The first member of staff on this post, acting under it.
pub fn staff(post: Post) -> Actor {
    let found = STAFF.iter().find(|known| known.2 == post).expect("the cast has every post of the court");
    Actor::Person { id: person(found.0), post, token: None }
}

/// The member of staff with this number, acting under their post.
pub fn member(number: u128) -> Actor {
    let found = STAFF.iter().find(|known| known.0 == number).expect("a number of the cast");
    Actor::Person { id: person(number), post: found.2, token: None }
}

/// Everyone who works at the court.
pub fn directory() -> Directory {
    let mut people = Directory::default();
    for (number, name, post, takes_cases) in STAFF {
        let division = matches!(post, Post::Judge | Post::JudgeAssistant | Post::CourtClerk | Post::DivisionHead);
        people.apply(&PeopleEvent::Registered {
            person: Person {
                id: person(*number),
                name: (*name).to_owned(),
                post: *post,
                division: division.then(|| CIVIL.to_owned()),
                id_no: None,
                phone: None,
                unit: None,
                takes_cases: *takes_cases,
            },
        });
    }
    people
}
