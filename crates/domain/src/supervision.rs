//! Supervision of the four kinds of cases (四类案件监督管理): those who lead the court read along. They decide nothing
//! in the case, and no party is told.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    decision::{Context, Decision},
    drafting::DraftingEvent,
    event::CaseEvent,
    ids::PersonId,
    issuing::{self, IssuingEvent},
    moment::Recorded,
    paper::PaperKind,
    people::Post,
    refusal::refusals,
    stage,
};

/// Why a case is supervised (四类案件的类型).
///
/// Source: 《关于进一步完善“四类案件”监督管理工作机制的指导意见》(法发〔2021〕30号)第二条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Weighty, difficult, complex or sensitive (重大、疑难、复杂、敏感).
    Weighty,
    /// A dispute of many, or of wide concern (群体性纠纷或者引发社会广泛关注).
    Mass,
    /// It may run against decisions in like cases (与类案裁判可能发生冲突).
    Conflict,
    /// A complaint that the judge breaks the law of trial (反映法官有违法审判行为).
    Complaint,
}

impl Ground {
    /// All four.
    pub const ALL: [Ground; 4] = [Ground::Weighty, Ground::Mass, Ground::Conflict, Ground::Complaint];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Ground::Weighty => "weighty",
            Ground::Mass => "mass",
            Ground::Conflict => "conflict",
            Ground::Complaint => "complaint",
        }
    }
}

/// The supervision of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supervision {
    /// Why.
    pub grounds: Vec<Ground>,
    /// In words.
    pub reason: String,
    /// Who marked it.
    pub by: Option<PersonId>,
    /// Since when.
    pub since_on: Date,
    /// Posts that read along, as the settings had it that day.
    pub readers: Vec<Post>,
}

/// What was done in supervising a case (监督管理行为).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SupervisionDeedKind)]
pub enum Deed {
    /// The case was marked.
    Marked,
    /// The mark was taken off.
    Lifted,
    /// Someone who leads the court commented on the draft.
    Asked,
    /// Such a comment was answered.
    Answered,
    /// The document was read and let pass.
    Read,
    /// The tribunal was asked to think again.
    Doubted,
    /// The tribunal thought again and put the document forward.
    PutForwardAnew,
}

/// One act of supervision, as it goes into the record of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupervisionAct {
    /// What.
    pub deed: Deed,
    /// Who.
    pub by: Option<PersonId>,
    /// The words.
    pub words: String,
    /// When.
    pub on: Date,
}

/// Whether acts of supervision are written into a record of their own: the case was marked once, whatever came after.
///
/// Source: 法发〔2021〕30号 第十条、第十二条; handbook of the project §18.2.
pub fn is_recorded(case: &CaseState) -> bool {
    case.supervised.iter().any(|act| act.deed == Deed::Marked)
}

/// Whether someone leads the court and does not try the case: what they say about it is supervision.
fn is_outside(case: &CaseState, person: PersonId) -> bool {
    case.tribunal.as_ref().is_some_and(|tribunal| {
        !tribunal.votes(person) && tribunal.assistant != Some(person) && tribunal.clerk != Some(person)
    })
}

/// Notes what an act of drafting or issuing was in the supervision of the case. Called before the act is folded in.
pub(crate) fn note(case: &mut CaseState, event: &CaseEvent, recorded: &Recorded) {
    let told = match event {
        CaseEvent::Drafting(event) => drafted(case, event),
        CaseEvent::Issuing(IssuingEvent::Read { reading, .. }) => {
            Some((Deed::Read, Some(reading.by), reading.opinion.clone()))
        }
        CaseEvent::Issuing(IssuingEvent::Doubted { reading, .. }) => {
            Some((Deed::Doubted, Some(reading.by), reading.opinion.clone()))
        }
        CaseEvent::Supervision(SupervisionEvent::Marked { reason, by, .. }) => {
            Some((Deed::Marked, *by, reason.clone()))
        }
        CaseEvent::Supervision(SupervisionEvent::Lifted { reason, by }) => Some((Deed::Lifted, *by, reason.clone())),
        _ => None,
    };
    if let Some((deed, by, words)) = told {
        case.supervised.push(SupervisionAct { deed, by, words, on: recorded.moment.today });
    }
}

fn drafted(case: &CaseState, event: &DraftingEvent) -> Option<(Deed, Option<PersonId>, String)> {
    let draft = case.drafts.get(&event.document())?;
    match event {
        DraftingEvent::Commented { by, words, suggestion, passage, .. } if is_outside(case, *by) => {
            let instead = suggestion.as_ref().map(|text| format!("（建议“{}”改为“{text}”）", passage.quote));
            Some((Deed::Asked, Some(*by), format!("{words}{}", instead.unwrap_or_default())))
        }
        DraftingEvent::CommentReplied { comment, by, words, .. } => {
            let asked = draft.comments.iter().find(|known| known.id == *comment)?;
            is_outside(case, asked.by).then(|| (Deed::Answered, Some(*by), words.clone()))
        }
        DraftingEvent::PutForward { .. } if !draft.doubted.is_empty() => {
            Some((Deed::PutForwardAnew, draft.by, case.deliberation.conclusion.clone().unwrap_or_default()))
        }
        _ => None,
    }
}

/// Facts of supervision. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum SupervisionEvent {
    /// The case was marked as one of the four kinds (标注为四类案件).
    #[serde(rename = "supervision.marked.v1")]
    Marked {
        /// Why.
        grounds: Vec<Ground>,
        /// In words.
        reason: String,
        /// Who.
        by: Option<PersonId>,
        /// Posts that read along.
        readers: Vec<Post>,
    },
    /// It is none of them any more (解除标注).
    #[serde(rename = "supervision.lifted.v1")]
    Lifted {
        /// Why.
        reason: String,
        /// Who.
        by: Option<PersonId>,
    },
}

/// Commands of supervision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum SupervisionCommand {
    /// Marks the case, or says anew why.
    Mark {
        /// Why.
        grounds: Vec<Ground>,
        /// In words.
        reason: String,
    },
    /// Takes the mark off.
    Lift {
        /// Why.
        reason: String,
    },
}

refusals! {
    /// Why an act of supervision is refused.
    SupervisionRefusal = "supervision" {
        /// None of the four kinds was named.
        NoGround,
        /// A reason is needed.
        NoReason,
        /// The case is not supervised.
        NotSupervised,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for SupervisionRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        SupervisionRefusal::Stage { fault }
    }
}

/// Decides an act of supervision. A document that waits for signatures keeps the chain it was put forward with.
///
/// Source: 法发〔2021〕30号 第二条、第四条至第六条、第十条.
pub fn decide(case: &CaseState, ctx: &Context, command: SupervisionCommand) -> Result<Decision, SupervisionRefusal> {
    stage::undecided(case)?;
    let by = ctx.actor.person();
    match command {
        SupervisionCommand::Mark { mut grounds, reason } => {
            grounds.sort();
            grounds.dedup();
            if grounds.is_empty() {
                return Err(SupervisionRefusal::NoGround);
            }
            if reason.trim().is_empty() {
                return Err(SupervisionRefusal::NoReason);
            }
            let same = |known: &Supervision| known.grounds == grounds && known.reason == reason;
            if case.supervision.as_ref().is_some_and(same) {
                return Ok(Decision::nothing());
            }
            let readers = readers(case, ctx);
            Ok(Decision::of(SupervisionEvent::Marked { grounds, reason, by, readers }))
        }
        SupervisionCommand::Lift { reason } => {
            if case.supervision.is_none() {
                return Err(SupervisionRefusal::NotSupervised);
            }
            if reason.trim().is_empty() {
                return Err(SupervisionRefusal::NoReason);
            }
            Ok(Decision::of(SupervisionEvent::Lifted { reason, by }))
        }
    }
}

/// Who will read the decision of this case once it is supervised.
fn readers(case: &CaseState, ctx: &Context) -> Vec<Post> {
    let mut supervised = case.clone();
    supervised.supervision.get_or_insert_with(|| Supervision {
        grounds: vec![],
        reason: String::new(),
        by: None,
        since_on: ctx.moment.today,
        readers: vec![],
    });
    issuing::readers(&supervised, &ctx.rules.settings, PaperKind::Judgment)
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &SupervisionEvent, recorded: &Recorded) {
    match event {
        SupervisionEvent::Marked { grounds, reason, by, readers } => {
            case.supervision = Some(Supervision {
                grounds: grounds.clone(),
                reason: reason.clone(),
                by: *by,
                since_on: recorded.moment.today,
                readers: readers.clone(),
            });
        }
        SupervisionEvent::Lifted { .. } => case.supervision = None,
    }
}
