//! Destruction of archived files (档案销毁): a list of files whose retention is over, appraised, approved, carried out
//! before two supervisors. The list itself is kept for ever.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    ids::{CaseId, PersonId},
    law::retention::RetentionClass,
    people::{Actor, Post},
    refusal::refusals,
    stage::Stage,
};

/// How many supervise (监销人).
pub const SUPERVISORS: usize = 2;

/// A file on the list (销毁清册条目): what stays known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ListedForDestruction)]
pub struct Listed {
    /// The case.
    pub case: CaseId,
    /// Number of the case.
    pub number: Option<String>,
    /// Archive number.
    pub archive_no: String,
    /// Retention class.
    pub retention: RetentionClass,
    /// Last day it had to be kept.
    pub kept_until: Date,
}

/// A list as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DestructionList {
    /// Files on it.
    pub listed: Vec<Listed>,
    /// Who drew it up.
    pub drawn_by: Option<PersonId>,
    /// The appraisal group's word, and who led it.
    pub appraised: Option<(PersonId, String)>,
    /// Who approved it.
    pub approved_by: Option<PersonId>,
    /// Who refused it, and why.
    pub refused: Option<(PersonId, String)>,
    /// Who supervises.
    pub supervised_by: Vec<PersonId>,
}

impl DestructionList {
    /// Whether the list waits for the word of a person on this post.
    pub fn awaits(&self, person: PersonId, post: Post) -> bool {
        let open = self.drawn_by.is_some() && self.refused.is_none() && !self.is_carried_out();
        open && match post {
            Post::VicePresident => self.appraised.is_none(),
            Post::President => self.appraised.is_some() && self.approved_by.is_none(),
            Post::TrialManagement | Post::DivisionHead => self.approved_by.is_some() && !self.took_part(person),
            _ => false,
        }
    }
}

/// Facts of destruction. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum DestructionEvent {
    /// The archivist drew up the list (造具销毁清册).
    #[serde(rename = "destruction.drawn.v1")]
    Drawn {
        /// Who.
        by: PersonId,
        /// Files on it.
        listed: Vec<Listed>,
    },
    /// The appraisal group, led by a court leader, found that they may go (鉴定).
    #[serde(rename = "destruction.appraised.v1")]
    Appraised {
        /// Who led it.
        by: PersonId,
        /// What it found.
        opinion: String,
    },
    /// The president approved it (院长批准).
    #[serde(rename = "destruction.approved.v1")]
    Approved {
        /// Who.
        by: PersonId,
    },
    /// The group or the president said no: nothing on it is destroyed (不予销毁).
    #[serde(rename = "destruction.refused.v1")]
    Refused {
        /// Who.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// A supervisor signed (监销). With the second one the files are destroyed.
    #[serde(rename = "destruction.supervised.v1")]
    Supervised {
        /// Who.
        by: PersonId,
    },
}

/// Commands on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum DestructionCommand {
    /// Draws it up.
    Draw {
        /// Files on it.
        listed: Vec<Listed>,
    },
    /// Gives the appraisal group's word.
    Appraise {
        /// What it found.
        opinion: String,
    },
    /// Approves it.
    Approve,
    /// Refuses it.
    Refuse {
        /// Why.
        reason: String,
    },
    /// Signs as a supervisor.
    Supervise,
}

refusals! {
    /// Why an act of destruction is refused.
    DestructionRefusal = "destruction" {
        /// The act is another post's.
        NotYourAct,
        /// A file on it must still be kept, or is kept for ever.
        StillKept {
            /// Its archive number.
            archive_no: String,
        },
        /// Nothing is on the list.
        NothingListed,
        /// What comes before it has not been done, or it was done already.
        NotItsTurn,
        /// A word is needed.
        NoWords,
        /// Whoever drew it up, led the appraisal, approved it or signed already does not supervise.
        NotApart,
    }
}

/// The file as the list has it, if its retention is over on `today`.
///
/// Source: 《人民法院诉讼档案保管期限的规定》; handbook of the project §17.3: never before the class expires.
pub fn listed(case: &CaseState, today: Date) -> Option<Listed> {
    let (retention, archive_no) = (case.archive.retention?, case.archive.archive_no.clone()?);
    let kept_until = retention.kept_until(case.closing.as_ref()?.on)?;
    let over = case.stage == Stage::Archived && kept_until < today && case.archive.loans.is_empty();
    let number = case.number.as_ref().map(ToString::to_string);
    over.then_some(Listed { case: case.id, number, archive_no, retention, kept_until })
}

/// Decides an act on a list.
///
/// Source: handbook of the project §17.3; retention.toml, `appraisal_before_destruction`.
pub fn decide(
    list: &DestructionList,
    actor: &Actor,
    today: Date,
    command: DestructionCommand,
) -> Result<DestructionEvent, DestructionRefusal> {
    let Actor::Person { id: by, post, .. } = *actor else { return Err(DestructionRefusal::NotYourAct) };
    if !posts(&command).contains(&post) {
        return Err(DestructionRefusal::NotYourAct);
    }
    let turn = |holds: bool| if holds { Ok(()) } else { Err(DestructionRefusal::NotItsTurn) };
    let open = list.drawn_by.is_some() && list.refused.is_none();
    match command {
        DestructionCommand::Draw { listed } => {
            turn(list.drawn_by.is_none())?;
            if listed.is_empty() {
                return Err(DestructionRefusal::NothingListed);
            }
            if let Some(kept) = listed.iter().find(|file| file.kept_until >= today) {
                return Err(DestructionRefusal::StillKept { archive_no: kept.archive_no.clone() });
            }
            Ok(DestructionEvent::Drawn { by, listed })
        }
        DestructionCommand::Appraise { opinion } => {
            turn(open && list.appraised.is_none())?;
            if opinion.trim().is_empty() {
                return Err(DestructionRefusal::NoWords);
            }
            Ok(DestructionEvent::Appraised { by, opinion })
        }
        DestructionCommand::Approve => {
            turn(open && list.appraised.is_some() && list.approved_by.is_none())?;
            Ok(DestructionEvent::Approved { by })
        }
        DestructionCommand::Refuse { reason } => {
            turn(open && list.approved_by.is_none())?;
            if reason.trim().is_empty() {
                return Err(DestructionRefusal::NoWords);
            }
            Ok(DestructionEvent::Refused { by, reason })
        }
        DestructionCommand::Supervise => {
            turn(open && list.approved_by.is_some() && list.supervised_by.len() < SUPERVISORS)?;
            if list.took_part(by) {
                return Err(DestructionRefusal::NotApart);
            }
            Ok(DestructionEvent::Supervised { by })
        }
    }
}

/// Who does what: the archivist draws up, a court leader leads the appraisal, the president approves, two others
/// supervise.
fn posts(command: &DestructionCommand) -> &'static [Post] {
    match command {
        DestructionCommand::Draw { .. } => &[Post::Archivist],
        DestructionCommand::Appraise { .. } => &[Post::VicePresident],
        DestructionCommand::Approve => &[Post::President],
        DestructionCommand::Refuse { .. } => &[Post::VicePresident, Post::President],
        DestructionCommand::Supervise => &[Post::TrialManagement, Post::DivisionHead],
    }
}

/// Posts that see lists of destruction.
pub const SEEN_BY: [Post; 5] =
    [Post::Archivist, Post::VicePresident, Post::President, Post::TrialManagement, Post::DivisionHead];

impl DestructionList {
    /// Takes an event in.
    pub fn apply(&mut self, event: &DestructionEvent) {
        match event {
            DestructionEvent::Drawn { by, listed } => {
                self.drawn_by = Some(*by);
                self.listed = listed.clone();
            }
            DestructionEvent::Appraised { by, opinion } => self.appraised = Some((*by, opinion.clone())),
            DestructionEvent::Approved { by } => self.approved_by = Some(*by),
            DestructionEvent::Refused { by, reason } => self.refused = Some((*by, reason.clone())),
            DestructionEvent::Supervised { by } => self.supervised_by.push(*by),
        }
    }

    /// Whether the files are to go: approved, and signed by every supervisor.
    pub fn is_carried_out(&self) -> bool {
        self.supervised_by.len() >= SUPERVISORS
    }

    fn took_part(&self, person: PersonId) -> bool {
        let led = self.appraised.as_ref().map(|(by, _)| *by);
        [self.drawn_by, led, self.approved_by].contains(&Some(person)) || self.supervised_by.contains(&person)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn on(number: u128, post: Post) -> Actor {
        Actor::Person { id: PersonId(Uuid::from_u128(number)), post, token: None }
    }

    fn file(kept_until: Date) -> Listed {
        let (case, archive_no) = (CaseId(Uuid::nil()), "民初-2026-D-1".to_owned());
        Listed { case, number: None, archive_no, retention: RetentionClass::Short, kept_until }
    }

    fn drawn() -> DestructionCommand {
        DestructionCommand::Draw { listed: vec![file(date(2056, 12, 31))] }
    }

    /// Carries acts out one after another; the last answer counts.
    fn told(acts: Vec<(Actor, DestructionCommand)>) -> (DestructionList, Result<(), DestructionRefusal>) {
        let mut list = DestructionList::default();
        let mut last = Ok(());
        for (actor, command) in acts {
            last = decide(&list, &actor, date(2057, 1, 1), command).map(|event| list.apply(&event));
        }
        (list, last)
    }

    fn up_to_approval() -> Vec<(Actor, DestructionCommand)> {
        vec![
            (on(1, Post::Archivist), drawn()),
            (on(2, Post::VicePresident), DestructionCommand::Appraise { opinion: "无继续保存价值".to_owned() }),
            (on(3, Post::President), DestructionCommand::Approve),
        ]
    }

    fn then(more: Vec<(Actor, DestructionCommand)>) -> (DestructionList, Result<(), DestructionRefusal>) {
        told(up_to_approval().into_iter().chain(more).collect())
    }

    #[test]
    fn files_go_once_a_leader_appraised_the_president_approved_and_two_others_signed() {
        let sign = |number, post| (on(number, post), DestructionCommand::Supervise);
        let (list, last) = then(vec![sign(4, Post::TrialManagement)]);
        assert_eq!((last, list.is_carried_out()), (Ok(()), false));
        let (list, last) = then(vec![sign(4, Post::TrialManagement), sign(5, Post::DivisionHead)]);
        assert_eq!((last, list.is_carried_out()), (Ok(()), true));
        let (list, last) = then(vec![sign(4, Post::TrialManagement), sign(4, Post::TrialManagement)]);
        assert_eq!((last, list.is_carried_out()), (Err(DestructionRefusal::NotApart), false));
    }

    #[test]
    fn a_file_is_never_listed_before_its_class_is_over() {
        let listed = vec![file(date(2057, 1, 1))];
        let early = told(vec![(on(1, Post::Archivist), DestructionCommand::Draw { listed })]).1;
        assert_eq!(early, Err(DestructionRefusal::StillKept { archive_no: "民初-2026-D-1".to_owned() }));
        let empty = told(vec![(on(1, Post::Archivist), DestructionCommand::Draw { listed: vec![] })]).1;
        assert_eq!(empty, Err(DestructionRefusal::NothingListed));
    }

    #[test]
    fn each_act_has_its_post_its_turn_and_its_words() {
        let of = |actor, command| told(vec![(on(1, Post::Archivist), drawn()), (actor, command)]).1;
        let silent = DestructionCommand::Appraise { opinion: " ".to_owned() };
        assert_eq!(of(on(1, Post::Archivist), DestructionCommand::Approve), Err(DestructionRefusal::NotYourAct));
        assert_eq!(of(on(3, Post::President), DestructionCommand::Approve), Err(DestructionRefusal::NotItsTurn));
        assert_eq!(of(on(2, Post::VicePresident), silent), Err(DestructionRefusal::NoWords));
        assert_eq!(of(Actor::Clock, DestructionCommand::Supervise), Err(DestructionRefusal::NotYourAct));
    }

    #[test]
    fn a_refused_list_destroys_nothing() {
        let no = DestructionCommand::Refuse { reason: "有查考价值".to_owned() };
        let mut acts = vec![(on(1, Post::Archivist), drawn()), (on(2, Post::VicePresident), no)];
        acts.push((on(3, Post::President), DestructionCommand::Approve));
        assert_eq!(told(acts).1, Err(DestructionRefusal::NotItsTurn));
    }
}
