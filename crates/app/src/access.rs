//! Sight of lists, and the log of looks (查阅留痕): who saw what, in a log of its own.

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    ids::{CaseId, MaterialId, PersonId},
    people::{Actor, Post},
};
use xiezhi_store::{Cond, LogId, Operator, Stream, Value};

use crate::{
    App, AppError, codec,
    rows::{CLOSED_FROM, side_of},
};

/// The cases `actor` may know of, as a filter on the table of cases. A property test holds it to the rules
/// of access.
pub fn visible(actor: &Actor) -> Cond {
    let Actor::Person { id, post, .. } = actor else { return Cond::False };
    match post {
        Post::SystemAdmin | Post::SecurityAdmin | Post::AuditAdmin => Cond::False,
        Post::FilingClerk
        | Post::DivisionHead
        | Post::VicePresident
        | Post::President
        | Post::TrialManagement
        | Post::Finance => Cond::True,
        Post::Archivist => {
            Cond::Compare("stage_rank", Operator::AtLeast, Value::Int(CLOSED_FROM)).or(concerned(*id, *post))
        }
        _ => concerned(*id, *post),
    }
}

/// The rows of `case_people` that are all `actor` may know of; none for whoever sees cases without a part in them.
pub(crate) fn parts(actor: &Actor) -> Option<Cond> {
    use Post::{Assessor, CourtClerk, Judge, JudgeAssistant, Lawyer, Party, ServiceAgent};
    match actor {
        Actor::Person {
            id,
            post: post @ (Judge | JudgeAssistant | CourtClerk | Assessor | ServiceAgent | Party | Lawyer),
            ..
        } => Some(part(*id, *post)),
        _ => None,
    }
}

/// Cases of which the person may know under the post by a part in them.
pub(crate) fn concerned(person: PersonId, post: Post) -> Cond {
    Cond::Exists { table: "case_people", on: &[("case_id", "case_id")], cond: Box::new(part(person, post)) }
}

/// The rows of `case_people` that say that the person has a part that counts for the post.
pub(crate) fn part(person: PersonId, post: Post) -> Cond {
    Cond::is("person", person.to_string()).and(Cond::is("side", side_of(post)))
}

/// How someone looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// Opened the case.
    Case,
    /// Looked at a page.
    Page,
    /// Downloaded or printed.
    Download,
    /// Searched by person.
    Search,
    /// Exported a list.
    Export,
    /// Checked the trace.
    Trace,
}

/// An entry of the access log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum AccessEvent {
    /// Someone looked (查阅).
    #[serde(rename = "access.looked.v1")]
    Looked {
        /// Who.
        reader: PersonId,
        /// Under which post.
        post: Post,
        /// How.
        look: Look,
        /// The case.
        case: Option<CaseId>,
        /// The paper.
        material: Option<MaterialId>,
        /// Pages.
        pages: Vec<u32>,
        /// Words searched for, or what was exported.
        words: Option<String>,
        /// The rule of access that let it happen.
        rule: String,
    },
}

/// The stream of looks at one case, or at lists.
pub fn stream(case: Option<CaseId>) -> Stream {
    match case {
        Some(case) => Stream::new("access", case),
        None => Stream("access".to_owned()),
    }
}

impl App {
    /// Records a look durably before the first byte leaves.
    pub async fn record_look(&self, event: AccessEvent) -> Result<(), AppError> {
        self.record_looks(vec![event]).await
    }

    /// Looks at a case, newest last.
    pub async fn looks(&self, case: CaseId) -> Result<Vec<(jiff::Timestamp, AccessEvent)>, AppError> {
        let stored = self.ports().store.read_stream(LogId::ACCESS, &stream(Some(case)), 0).await?;
        let read = |event: xiezhi_store::StoredEvent| {
            let decoded = serde_json::from_slice(event.body.as_deref().unwrap_or_default());
            decoded
                .map(|decoded| (codec::moment_of(&event).at, decoded))
                .map_err(|fault| AppError::Unreadable(fault.to_string()))
        };
        stored.into_iter().map(read).collect()
    }
}
