//! The adjudication committee (审判委员会): a case that the panel lays before it through the president, opinions in their
//! order, a decision that binds the panel. Like the panel's own talk it is invisible outside.

mod deciding;

use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    deliberation::{MemberOpinion, Position, Question, Round, Unsaid},
    ids::{ApprovalId, PersonId},
    moment::Recorded,
    people::{Directory, Post},
    refusal::refusals,
    rules::Settings,
    stage::{self, Stage},
};

pub use deciding::{decide, laid_before, may_reconsider, may_refer, reconsidered};

/// A decision of the committee (审判委员会决定), which binds the panel.
///
/// Source: 《人民法院组织法》第三十九条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitteeDecision {
    /// What was decided.
    pub decision: String,
    /// Why; the judgment gives these reasons.
    pub reasons: String,
}

/// How the committee stands to a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Committee {
    /// The request that the president granted; without one the committee does not have the case.
    pub referred: Option<ApprovalId>,
    /// Why it was laid before the committee, last.
    pub ground: String,
    /// What is asked, with what the panel holds; who came, whoever presides last; and the opinions.
    pub round: Round,
    /// How often it met on it.
    pub session_no: u32,
    /// Whether a session is going on.
    pub open: bool,
    /// How many members the committee has, whoever came.
    pub seats: usize,
    /// What it decided.
    pub decision: Option<CommitteeDecision>,
    /// What it had decided before it thought again.
    pub before: Option<CommitteeDecision>,
    /// Who signed the minutes.
    pub signed: Vec<PersonId>,
    /// Whether it once gave the case back to the panel to deliberate anew.
    pub gave_back: bool,
    /// Everyone who ever sat in it on this case.
    pub sat: Vec<PersonId>,
}

impl Committee {
    /// Whether it has the case and has not decided.
    pub fn has_case(&self) -> bool {
        self.referred.is_some() && self.decision.is_none()
    }

    /// Whether the case was ever laid before it.
    pub fn has_met_or_will(&self) -> bool {
        self.referred.is_some() || self.session_no > 0
    }

    /// Whether its decision binds the panel.
    pub fn binds(&self) -> bool {
        self.referred.is_some() && self.decision.is_some()
    }

    /// Who presides over the session.
    pub fn chair(&self) -> Option<PersonId> {
        self.round.order.last().copied()
    }

    /// Whether everyone who came has spoken on everything.
    pub fn is_complete(&self) -> bool {
        self.open && self.round.is_complete()
    }

    /// The first question on which no side has more than half of all members of the committee, whoever came.
    ///
    /// Source: 《人民法院组织法》第三十八条;法发〔2019〕20号.
    pub fn undecided(&self) -> Option<usize> {
        self.round.undecided(self.seats)
    }
}

/// Who sits in the committee, those who speak first first.
pub fn seats(people: &Directory, settings: &Settings) -> Vec<PersonId> {
    settings.committee.iter().flat_map(|post| people.on(*post)).map(|person| person.id).collect()
}

/// Posts whose holders make up the committee where a court says nothing else, those who speak first first.
pub fn usual() -> Vec<Post> {
    vec![Post::DivisionHead, Post::VicePresident, Post::President]
}

/// Facts of the committee. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum CommitteeEvent {
    /// The president laid the case before the committee (提交审判委员会).
    #[serde(rename = "committee.referred.v1")]
    Referred {
        /// The request that was granted.
        approval: ApprovalId,
        /// What is asked, with what the panel holds.
        questions: Vec<Question>,
        /// Why.
        ground: String,
    },
    /// A session began (召开审判委员会会议).
    #[serde(rename = "committee.opened.v1")]
    Opened {
        /// How many members the committee has.
        seats: usize,
        /// Who came, in the order of speaking, whoever presides last.
        order: Vec<PersonId>,
    },
    /// A member gave an opinion (委员发表意见).
    #[serde(rename = "committee.opinion_given.v1")]
    OpinionGiven {
        /// On which question, from 0.
        question: usize,
        /// The opinion.
        opinion: MemberOpinion,
    },
    /// The committee decided (作出决定).
    #[serde(rename = "committee.decided.v1")]
    Decided {
        /// What and why.
        decision: CommitteeDecision,
    },
    /// It gave the case back: the panel deliberates anew (退回合议庭复议).
    #[serde(rename = "committee.given_back.v1")]
    GivenBack {
        /// On what and why.
        reason: String,
        /// Who presided.
        by: Option<PersonId>,
    },
    /// The president laid the panel's doubts before it: it thinks again, once (提请复议).
    #[serde(rename = "committee.reconsidering.v1")]
    Reconsidering {
        /// The request that was granted.
        approval: ApprovalId,
        /// What the panel doubts, and why.
        ground: String,
    },
    /// A member signed the minutes (签署讨论笔录).
    #[serde(rename = "committee.signed.v1")]
    Signed {
        /// Who.
        member: PersonId,
    },
}

/// Commands of the committee. A case comes before it, and comes again, by approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum CommitteeCommand {
    /// Opens a session; whoever opens it presides.
    Open {
        /// Who came.
        present: Vec<PersonId>,
    },
    /// Gives the opinion of the member acting.
    GiveOpinion {
        /// On which question, from 0.
        question: usize,
        /// Position.
        position: Position,
        /// Reasons.
        reasons: String,
    },
    /// Puts down what was decided.
    Decide {
        /// What and why.
        decision: CommitteeDecision,
    },
    /// Gives the case back to the panel.
    GiveBack {
        /// On what and why.
        reason: String,
    },
    /// Signs the minutes.
    Sign,
}

refusals! {
    /// Why an act of the adjudication committee is refused.
    CommitteeRefusal = "committee" {
        /// Only a panel lays a case before the committee.
        NoPanel,
        /// The panel deliberates first, every member on every question.
        NotDeliberated,
        /// No question was put.
        NoQuestions,
        /// The committee decided this case: its decision binds the panel.
        DecidedAlready,
        /// It was not laid before the committee.
        NotReferred,
        /// The committee has not decided.
        NotDecided,
        /// It thought again once already.
        ReconsideredAlready,
        /// It gave the case back once already.
        GivenBackAlready,
        /// More than half of the members have to be there.
        NotEnough {
            /// At least so many.
            needed: u32,
        },
        /// Somebody named does not sit in the committee.
        NotAMember,
        /// Members have spoken: this session is brought to its end first.
        OpenAlready,
        /// No session is going on.
        NotOpen,
        /// Only whoever presides over the session puts down its decision.
        ChairOnly,
        /// Only those who sat speak and sign.
        MembersOnly,
        /// There is no such question.
        UnknownQuestion,
        /// It is another member's turn.
        NotYourTurn {
            /// Whose.
            turn: PersonId,
        },
        /// Everyone has spoken on this question.
        AllSpoken,
        /// Reasons are needed.
        NoReasons,
        /// Someone has not spoken yet.
        NotComplete,
        /// On one question no side has more than half of all members.
        NoMajority {
            /// Which question, from 1.
            question: u32,
        },
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for CommitteeRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        CommitteeRefusal::Stage { fault }
    }
}

impl From<Unsaid> for CommitteeRefusal {
    fn from(fault: Unsaid) -> Self {
        match fault {
            Unsaid::UnknownQuestion => CommitteeRefusal::UnknownQuestion,
            Unsaid::NotYourTurn { turn } => CommitteeRefusal::NotYourTurn { turn },
            Unsaid::AllSpoken => CommitteeRefusal::AllSpoken,
            Unsaid::NoReasons => CommitteeRefusal::NoReasons,
        }
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &CommitteeEvent, _: &Recorded) {
    let committee = &mut case.committee;
    match event {
        CommitteeEvent::Referred { approval, questions, ground } => {
            let questions = questions.iter().map(|question| Question { opinions: vec![], ..question.clone() });
            *committee = Committee {
                referred: Some(*approval),
                ground: ground.clone(),
                round: Round { questions: questions.collect(), order: vec![] },
                gave_back: committee.gave_back,
                session_no: committee.session_no,
                sat: std::mem::take(&mut committee.sat),
                ..Committee::default()
            };
            case.stage = Stage::CommitteePending;
        }
        CommitteeEvent::Opened { seats, order } => {
            committee.open = true;
            committee.session_no += 1;
            committee.seats = *seats;
            committee.round.order.clone_from(order);
            committee.round.questions.iter_mut().for_each(|question| question.opinions.clear());
            committee.signed.clear();
            let new = order.iter().filter(|member| !committee.sat.contains(member)).copied();
            committee.sat.extend(new.collect::<Vec<_>>());
        }
        CommitteeEvent::OpinionGiven { question, opinion } => {
            committee.round.add(*question, opinion.clone());
        }
        CommitteeEvent::Decided { decision } => {
            committee.open = false;
            committee.decision = Some(decision.clone());
            case.deliberation.open = false;
            case.deliberation.doubted = false;
            case.stage = Stage::Drafting;
        }
        CommitteeEvent::GivenBack { .. } => {
            committee.open = false;
            committee.gave_back = true;
            committee.referred = None;
            case.deliberation.open = false;
            case.deliberation.doubted = true;
            case.stage = Stage::Deliberating;
        }
        CommitteeEvent::Reconsidering { ground, .. } => {
            committee.ground.clone_from(ground);
            committee.before = committee.decision.take();
            committee.round.order.clear();
            committee.round.questions.iter_mut().for_each(|question| question.opinions.clear());
            case.stage = Stage::CommitteePending;
        }
        CommitteeEvent::Signed { member } => {
            if !committee.signed.contains(member) {
                committee.signed.push(*member);
            }
        }
    }
}
