//! The people of the demonstration (演示人员): all invented.

use sha2::{Digest, Sha256};
use uuid::Uuid;
use xiezhi_domain::{
    ids::PersonId,
    people::{Actor, Person, Post},
};

/// Staff: name, post, division.
const STAFF: &[(&str, Post, &str)] = &[
    ("收立案", Post::FilingClerk, "立案庭"),
    ("审材料", Post::FilingClerk, "立案庭"),
    ("甄明理", Post::Judge, "民事审判庭"),
    ("程公允", Post::Judge, "民事审判庭"),
    ("和为贵", Post::Judge, "民事审判庭"),
    ("衡平之", Post::Judge, "民事审判庭"),
    ("辅一鸣", Post::JudgeAssistant, "民事审判庭"),
    ("辅二鸣", Post::JudgeAssistant, "民事审判庭"),
    ("纪实录", Post::CourtClerk, "民事审判庭"),
    ("纪真", Post::CourtClerk, "民事审判庭"),
    ("众和议", Post::Assessor, "人民陪审员"),
    ("庭之长", Post::DivisionHead, "民事审判庭"),
    ("傅院长", Post::VicePresident, "院领导"),
    ("袁长正", Post::President, "院领导"),
    ("管审判", Post::TrialManagement, "审判管理办公室"),
    ("藏卷宗", Post::Archivist, "档案室"),
    ("送必达", Post::ServiceAgent, "送达中心"),
    ("财清楚", Post::Finance, "财务室"),
    ("系统员", Post::SystemAdmin, "信息中心"),
    ("安全员", Post::SecurityAdmin, "信息中心"),
    ("审计员", Post::AuditAdmin, "监察室"),
];

/// The identifier of whoever has this name in the demonstration.
pub fn id_of(name: &str) -> PersonId {
    let digest: [u8; 32] = Sha256::digest(format!("xiezhi demonstration person {name}")).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    PersonId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// An identifier of the demonstration, by what it names.
pub fn named(what: &str) -> Uuid {
    id_of(what).0
}

/// Everyone of the court.
pub fn staff() -> Vec<Person> {
    let person = |(name, post, division): &(&str, Post, &str)| Person {
        division: Some((*division).to_owned()),
        takes_cases: *post == Post::Judge,
        ..outside(name, *post)
    };
    STAFF.iter().map(person).collect()
}

/// Someone with a name and a post, nothing more.
pub fn outside(name: &str, post: Post) -> Person {
    Person {
        id: id_of(name),
        name: name.to_owned(),
        post,
        division: None,
        id_no: None,
        phone: None,
        unit: None,
        takes_cases: false,
    }
}

/// The first on this post.
pub fn on(post: Post) -> Actor {
    let (name, ..) = STAFF.iter().find(|(_, known, _)| *known == post).expect("the demonstration has every post");
    Actor::Person { id: id_of(name), post, token: None }
}

/// This member of staff.
pub fn member(id: PersonId) -> Actor {
    let known = STAFF.iter().find(|(name, ..)| id_of(name) == id);
    Actor::Person { id, post: known.map_or(Post::Judge, |(_, post, _)| *post), token: None }
}

/// An ID-card number with its check digit, in the unassigned region of the examples.
pub fn id_number(birth: &str, serial: u32) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("370691{birth}{serial:03}");
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = b"10X98765432"[(sum % 11) as usize] as char;
    format!("{body}{check}")
}
