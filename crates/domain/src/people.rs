//! The people of the court and those before it (人员).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, TokenId};

/// A post (岗位): what a person is to the court. Everyone acts under exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// Party (当事人).
    Party,
    /// Lawyer or other litigation agent (律师、委托诉讼代理人).
    Lawyer,
    /// Filing clerk (立案人员).
    FilingClerk,
    /// Judge (审判员).
    Judge,
    /// Judge's assistant (法官助理).
    JudgeAssistant,
    /// Court clerk (书记员).
    CourtClerk,
    /// People's assessor (人民陪审员).
    Assessor,
    /// Division head (庭长).
    DivisionHead,
    /// Vice president (副院长).
    VicePresident,
    /// President (院长).
    President,
    /// Trial-management office (审管办).
    TrialManagement,
    /// Archivist (档案管理员).
    Archivist,
    /// Service agent (送达专员).
    ServiceAgent,
    /// Finance officer (财务).
    Finance,
    /// System administrator (系统管理员).
    SystemAdmin,
    /// Security administrator (安全管理员).
    SecurityAdmin,
    /// Audit administrator (安全审计员).
    AuditAdmin,
}

impl Post {
    /// Every post, in the order of the sign-in page.
    pub const ALL: [Post; 17] = [
        Post::Party,
        Post::Lawyer,
        Post::FilingClerk,
        Post::Judge,
        Post::JudgeAssistant,
        Post::CourtClerk,
        Post::Assessor,
        Post::DivisionHead,
        Post::VicePresident,
        Post::President,
        Post::TrialManagement,
        Post::Archivist,
        Post::ServiceAgent,
        Post::Finance,
        Post::SystemAdmin,
        Post::SecurityAdmin,
        Post::AuditAdmin,
    ];

    /// Whether the post is outside the court (诉讼参与人).
    pub fn is_outside(self) -> bool {
        matches!(self, Post::Party | Post::Lawyer)
    }

    /// Whether the post administers the platform and may see no case content (三员).
    pub fn is_administrator(self) -> bool {
        matches!(self, Post::SystemAdmin | Post::SecurityAdmin | Post::AuditAdmin)
    }
}

/// A person known to the court.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Person {
    /// Identifier.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Post.
    pub post: Post,
    /// Division (庭室) of staff.
    pub division: Option<String>,
    /// ID-card number, of those identified by it.
    pub id_no: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Firm, of a lawyer; unit, of a representative of a legal person.
    pub unit: Option<String>,
    /// Whether new cases may be assigned to this judge.
    pub takes_cases: bool,
}

/// Facts about people. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum PeopleEvent {
    /// A person became known, or what is known of them changed.
    #[serde(rename = "people.registered.v1")]
    Registered {
        /// The person as now known.
        person: Person,
    },
}

/// Everyone the court knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    people: BTreeMap<PersonId, Person>,
    posts: BTreeMap<Post, BTreeSet<PersonId>>,
}

impl Directory {
    /// Takes an event in.
    pub fn apply(&mut self, event: &PeopleEvent) {
        let PeopleEvent::Registered { person } = event;
        if let Some(before) = self.people.insert(person.id, person.clone()) {
            self.posts.entry(before.post).or_default().remove(&before.id);
        }
        self.posts.entry(person.post).or_default().insert(person.id);
    }

    /// The person with this id.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// The name of the person, or a dash for one the court does not know.
    pub fn name(&self, id: PersonId) -> &str {
        self.person(id).map_or("—", |person| person.name.as_str())
    }

    /// Everyone, in the order of identifiers.
    pub fn all(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// Everyone on this post.
    pub fn on(&self, post: Post) -> impl Iterator<Item = &Person> {
        self.posts.get(&post).into_iter().flatten().filter_map(|id| self.people.get(id))
    }

    /// Someone on `post`, in `division` if it has one there.
    pub fn one(&self, post: Post, division: Option<&str>) -> Option<&Person> {
        self.on(post).find(|person| person.division.as_deref() == division).or_else(|| self.on(post).next())
    }
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A person under their post.
    Person {
        /// Who.
        id: PersonId,
        /// Under which post.
        post: Post,
        /// By which token, if a program acts for them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<TokenId>,
    },
    /// The court's clock: what the law attaches to a date.
    Clock,
    /// The platform itself: outcomes of channels, renderings.
    System,
}

impl Actor {
    /// The person acting, if it is one.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Actor::Person { id, .. } => Some(*id),
            Actor::Clock | Actor::System => None,
        }
    }

    /// The post under which a person acts.
    pub fn post(&self) -> Option<Post> {
        match self {
            Actor::Person { post, .. } => Some(*post),
            Actor::Clock | Actor::System => None,
        }
    }

    /// The token by which a program acts, if one does.
    pub fn token(&self) -> Option<TokenId> {
        match self {
            Actor::Person { token, .. } => *token,
            Actor::Clock | Actor::System => None,
        }
    }

    /// Whether it is a person outside the court (诉讼参与人).
    pub fn is_outside(&self) -> bool {
        matches!(self, Actor::Person { post, .. } if post.is_outside())
    }

    /// How the record names the actor: `person:{id}`, `person:{id}:token:{token}`, `clock`, `system`.
    pub fn label(&self) -> String {
        match self {
            Actor::Person { id, token: None, .. } => format!("person:{id}"),
            Actor::Person { id, token: Some(token), .. } => format!("person:{id}:token:{token}"),
            Actor::Clock => "clock".to_owned(),
            Actor::System => "system".to_owned(),
        }
    }
}
