//! Who may search acts and views across cases (留痕检索), how deep, and which cases are opened only with a reason.

use super::{Act, Denial, Reader, may};
use crate::{
    case::CaseState,
    law::cause,
    people::{Actor, Post},
};

/// How much of what is found a searcher is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Who, when, in which case and what kind of act: nothing of its content (三员分立：审计员不看案件内容).
    Marks,
    /// In words as well, as far as an overseer may be told.
    Words,
}

/// How deep the actor may search, with the id of the rule that grants it; nothing for everybody else.
///
/// Source: handbook of the project §1 (安全审计员 reads and exports logs and changes nothing; 院庭长、审管办 oversee).
pub fn may_search_traces(actor: &Actor) -> Option<(Depth, &'static str)> {
    let Actor::Person { post, token: None, .. } = actor else { return None };
    match post {
        Post::AuditAdmin => Some((Depth::Marks, "O1")),
        Post::DivisionHead | Post::VicePresident | Post::President | Post::TrialManagement => {
            Some((Depth::Words, "O2"))
        }
        _ => None,
    }
}

/// Whether the actor may have it opened how long somebody else had pages of a case on the screen (停留时长), with the id
/// of the rule: the president and the vice-presidents, who answer for discipline, in one case and of one reader, for a
/// reason that the reader is told. It is no tool to watch judges: nobody else opens it, and no program.
///
/// Source: handbook of the project §1 (院领导监督须留痕); design of the project (sealed evidence on a reasoned request).
pub fn may_open_times(actor: &Actor) -> Option<&'static str> {
    let Actor::Person { post: Post::President | Post::VicePresident, token: None, .. } = actor else { return None };
    Some("O3")
}

/// The part of the causes whose cases are about people's families.
const FAMILY: &str = "婚姻家庭、继承纠纷";

/// Whether what happened in the case is shown to a searcher only once they said why (受限案件): a hearing of it was
/// not open to the public, or it is about a family.
///
/// Source: 《民事诉讼法》第一百三十七条;《关于人民法院在互联网公布裁判文书的规定》第四条.
pub fn is_restricted(case: &CaseState) -> bool {
    let family = || cause::path(&case.application.cause).iter().any(|cause| cause.name_zh == FAMILY);
    case.hearings.values().any(|hearing| !hearing.open) || family()
}

/// Whether `reader`, who may know of the case, sees it without saying why; otherwise what is asked of them. Leaders
/// and the trial office who do not try it say so first, once a day, and the log of looks keeps it.
///
/// # Errors
/// [`Denial::ReasonNeeded`].
///
/// Source: handbook of the project §1 (院庭长、审管办 oversee; every look leaves a trace).
pub fn may_open(reader: &Reader, case: &CaseState) -> Result<(), Denial> {
    match is_restricted(case) && may(reader, Act::ViewRestricted, case.stage).is_err() {
        true => Err(Denial::ReasonNeeded { case: case.id }),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(post: Post) -> Actor {
        Actor::Person { id: crate::ids::PersonId(uuid::Uuid::nil()), post, token: None }
    }

    #[test]
    fn auditors_are_told_marks_overseers_words_and_nobody_else_anything() {
        let told = |post| may_search_traces(&on(post)).map(|(depth, _)| depth);
        for post in Post::ALL {
            let expected = match post {
                Post::AuditAdmin => Some(Depth::Marks),
                Post::DivisionHead | Post::VicePresident | Post::President | Post::TrialManagement => {
                    Some(Depth::Words)
                }
                _ => None,
            };
            assert_eq!(told(post), expected, "{post:?}");
        }
        assert_eq!(may_search_traces(&Actor::Clock), None);
    }

    #[test]
    fn no_program_searches_for_a_person() {
        let token = Some(crate::ids::TokenId(uuid::Uuid::nil()));
        let by_token = Actor::Person { id: crate::ids::PersonId(uuid::Uuid::nil()), post: Post::AuditAdmin, token };
        assert_eq!(may_search_traces(&by_token), None);
        let president =
            |token| Actor::Person { id: crate::ids::PersonId(uuid::Uuid::nil()), post: Post::President, token };
        assert_eq!((may_open_times(&president(None)), may_open_times(&president(token))), (Some("O3"), None));
    }

    #[test]
    fn how_long_somebody_read_is_opened_by_the_heads_of_the_court_alone() {
        let may = |post: &&Post| may_open_times(&on(**post)).is_some();
        assert_eq!(Post::ALL.iter().filter(may).collect::<Vec<_>>(), [&Post::VicePresident, &Post::President]);
        assert_eq!(may_open_times(&Actor::Clock), None);
    }

    #[test]
    fn the_causes_know_the_family() {
        assert!(cause::all().iter().any(|cause| cause.name_zh == FAMILY), "the part is called otherwise");
    }
}
