//! Deliberation (评议): opinions in the legal order, reasons, vote, dissent kept. Invisible outside the panel.

use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::PersonId,
    moment::Recorded,
    paper::PaperKind,
    periods::{self, PeriodEvent, PeriodKind},
    refusal::refusals,
    stage::{self, Stage},
};

/// A member's position on a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// For the proposal (同意).
    For,
    /// Against it (不同意).
    Against,
}

/// An opinion of a member on a question (评议意见).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MemberOpinion {
    /// Who.
    pub member: PersonId,
    /// Position.
    pub position: Position,
    /// Reasons; a bare yes or no is not enough.
    pub reasons: String,
}

/// A question put to the panel (评议事项).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = QuestionPut)]
pub struct Question {
    /// The question: a claim, a fact, the costs.
    pub text: String,
    /// What the judge in charge proposes.
    pub proposal: String,
    /// Opinions in the order they were given.
    #[serde(default)]
    pub opinions: Vec<MemberOpinion>,
}

impl Question {
    /// Votes for and against.
    pub fn tally(&self) -> (usize, usize) {
        let (for_it, against): (Vec<_>, Vec<_>) =
            self.opinions.iter().partition(|opinion| opinion.position == Position::For);
        (for_it.len(), against.len())
    }
}

/// Questions, and those who speak on them one after another (依次发表意见): a panel, or the adjudication committee.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Questions.
    pub questions: Vec<Question>,
    /// Order of speaking; whoever presides comes last.
    pub order: Vec<PersonId>,
}

/// Why an opinion can't be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaid {
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
}

impl Round {
    /// Whose turn it is on question `index`.
    pub fn turn(&self, index: usize) -> Option<PersonId> {
        let spoken = self.questions.get(index)?.opinions.len();
        self.order.get(spoken).copied()
    }

    /// Who speaks next, on the first question on which somebody has yet to speak.
    pub fn next(&self) -> Option<PersonId> {
        (0..self.questions.len()).find_map(|index| self.turn(index))
    }

    /// How many opinions there are, and how many there will be.
    pub fn given(&self) -> (usize, usize) {
        (self.questions.iter().map(|question| question.opinions.len()).sum(), self.questions.len() * self.order.len())
    }

    /// Whether everyone has spoken on everything.
    pub fn is_complete(&self) -> bool {
        let (given, wanted) = self.given();
        given > 0 && given == wanted
    }

    /// The first question on which no side has more than half of `all` members.
    pub fn undecided(&self, all: usize) -> Option<usize> {
        let decided = |question: &Question| {
            let (for_it, against) = question.tally();
            for_it.max(against) * 2 > all
        };
        self.questions.iter().position(|question| !decided(question))
    }

    /// The opinion of a member on question `index`, if it is their turn.
    pub fn opinion(
        &self,
        member: PersonId,
        index: usize,
        position: Position,
        reasons: String,
    ) -> Result<MemberOpinion, Unsaid> {
        if index >= self.questions.len() {
            return Err(Unsaid::UnknownQuestion);
        }
        let turn = self.turn(index).ok_or(Unsaid::AllSpoken)?;
        if turn != member {
            return Err(Unsaid::NotYourTurn { turn });
        }
        if reasons.trim().is_empty() {
            return Err(Unsaid::NoReasons);
        }
        Ok(MemberOpinion { member, position, reasons })
    }

    /// Takes an opinion in.
    pub(crate) fn add(&mut self, index: usize, opinion: MemberOpinion) {
        if let Some(question) = self.questions.get_mut(index) {
            question.opinions.push(opinion);
        }
    }
}

/// State of the deliberation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deliberation {
    /// Whether it is going on.
    pub open: bool,
    /// How often it was opened.
    pub session_no: u32,
    /// Questions, and who speaks on them, the presiding judge last.
    pub round: Round,
    /// Conclusion, once reached.
    pub conclusion: Option<String>,
    /// Members who signed the minutes.
    pub signed: Vec<PersonId>,
    /// Whether someone who reads along asked to think again since (建议复议): another session decides whether the
    /// conclusion stays.
    pub doubted: bool,
}

impl Deliberation {
    /// Whether it was concluded by exactly these people: after a change of the panel it begins anew.
    pub fn is_concluded_by(&self, voters: &[PersonId]) -> bool {
        let order = &self.round.order;
        let all = voters.len() == order.len() && voters.iter().all(|voter| order.contains(voter));
        self.conclusion.is_some() && !self.doubted && all
    }
}

/// Facts of deliberation. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum DeliberationEvent {
    /// The presiding judge opened the deliberation (开始评议).
    #[serde(rename = "deliberation.opened.v1")]
    Opened {
        /// Questions.
        questions: Vec<Question>,
        /// Order of speaking.
        order: Vec<PersonId>,
    },
    /// A member gave an opinion (发表意见).
    #[serde(rename = "deliberation.opinion_given.v1")]
    OpinionGiven {
        /// On which question, from 0.
        question: usize,
        /// The opinion.
        opinion: MemberOpinion,
    },
    /// The panel concluded by majority; dissent is kept (形成结论).
    #[serde(rename = "deliberation.concluded.v1")]
    Concluded {
        /// The conclusion.
        conclusion: String,
    },
    /// A member signed the minutes (签署评议笔录).
    #[serde(rename = "deliberation.signed.v1")]
    Signed {
        /// Who.
        member: PersonId,
    },
}

/// Commands of deliberation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum DeliberationCommand {
    /// Opens the deliberation.
    Open {
        /// Questions with the proposal of the judge in charge.
        questions: Vec<Question>,
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
    /// Sums up.
    Conclude {
        /// The conclusion.
        conclusion: String,
    },
    /// Signs the minutes.
    Sign,
}

refusals! {
    /// Why an act of deliberation is refused.
    DeliberationRefusal = "deliberation" {
        /// A sole judge does not deliberate.
        NoPanel,
        /// Only the presiding judge opens and sums up.
        PresidingOnly,
        /// Only members speak and sign.
        MembersOnly,
        /// It is not going on.
        NotOpen,
        /// No question was put.
        NoQuestions,
        /// There is no such question.
        UnknownQuestion,
        /// It is another member's turn.
        NotYourTurn {
            /// Whose.
            turn: PersonId,
        },
        /// Everyone has spoken on this question.
        AllSpoken,
        /// The adjudication committee decided: its decision binds the panel.
        BoundByCommittee,
        /// Members have spoken: a new session begins only after this one is concluded.
        OpenAlready,
        /// Reasons are needed.
        NoReasons,
        /// Someone has not spoken yet.
        NotComplete,
        /// A question has no majority: refer it.
        NoMajority,
        /// It has not been concluded yet.
        NotConcluded,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for DeliberationRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        DeliberationRefusal::Stage { fault }
    }
}

impl From<Unsaid> for DeliberationRefusal {
    fn from(fault: Unsaid) -> Self {
        match fault {
            Unsaid::UnknownQuestion => DeliberationRefusal::UnknownQuestion,
            Unsaid::NotYourTurn { turn } => DeliberationRefusal::NotYourTurn { turn },
            Unsaid::AllSpoken => DeliberationRefusal::AllSpoken,
            Unsaid::NoReasons => DeliberationRefusal::NoReasons,
        }
    }
}

/// Decides an act of deliberation. Who has opened which paper informs the panel; it never stands here.
///
/// Source: 《民事诉讼法》第四十四条、第四十五条;《关于人民法院合议庭工作的若干规定》第九条至第十一条.
pub fn decide(case: &CaseState, ctx: &Context, command: DeliberationCommand) -> Result<Decision, DeliberationRefusal> {
    let tribunal = case.tribunal.as_ref().filter(|tribunal| tribunal.is_panel()).ok_or(DeliberationRefusal::NoPanel)?;
    let person = ctx.actor.person().ok_or(DeliberationRefusal::MembersOnly)?;
    if !tribunal.votes(person) {
        return Err(DeliberationRefusal::MembersOnly);
    }
    let presides = tribunal.presiding == Some(person);
    match command {
        DeliberationCommand::Open { questions } => {
            if !presides {
                return Err(DeliberationRefusal::PresidingOnly);
            }
            open(case, questions, order(tribunal, ctx))
        }
        DeliberationCommand::GiveOpinion { question, position, reasons } => {
            if !case.deliberation.open {
                return Err(DeliberationRefusal::NotOpen);
            }
            let opinion = case.deliberation.round.opinion(person, question, position, reasons)?;
            Ok(Decision::of(DeliberationEvent::OpinionGiven { question, opinion }))
        }
        DeliberationCommand::Conclude { conclusion } => {
            if !presides {
                return Err(DeliberationRefusal::PresidingOnly);
            }
            conclude(case, ctx, conclusion)
        }
        DeliberationCommand::Sign => {
            if case.deliberation.conclusion.is_none() {
                return Err(DeliberationRefusal::NotConcluded);
            }
            if case.deliberation.signed.contains(&person) {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(DeliberationEvent::Signed { member: person }))
        }
    }
}

/// The judge in charge first unless presiding, then assessors, then judges, the presiding judge last.
fn order(tribunal: &crate::assignment::Tribunal, ctx: &Context) -> Vec<PersonId> {
    let is_assessor =
        |person: &PersonId| ctx.people.person(*person).is_some_and(|known| known.post == crate::people::Post::Assessor);
    let mut middle: Vec<PersonId> = tribunal
        .voters()
        .into_iter()
        .filter(|person| Some(*person) != tribunal.presiding && *person != tribunal.judge)
        .collect();
    middle.sort_by_key(|person| !is_assessor(person));
    let first = Some(tribunal.judge).filter(|judge| Some(*judge) != tribunal.presiding);
    first.into_iter().chain(middle).chain(tribunal.presiding).collect()
}

fn open(case: &CaseState, questions: Vec<Question>, order: Vec<PersonId>) -> Result<Decision, DeliberationRefusal> {
    if case.committee.binds() {
        return Err(DeliberationRefusal::BoundByCommittee);
    }
    stage::at(case, &[Stage::HearingDone, Stage::Deliberating, Stage::Drafting])?;
    let questions: Vec<Question> = questions
        .into_iter()
        .filter(|question| !question.text.trim().is_empty())
        .map(|question| Question { opinions: vec![], ..question })
        .collect();
    if questions.is_empty() {
        return Err(DeliberationRefusal::NoQuestions);
    }
    let now = &case.deliberation;
    if now.open && now.round.order == order {
        if now.round.given().0 > 0 {
            return Err(DeliberationRefusal::OpenAlready);
        }
        if now.round.questions == questions {
            return Ok(Decision::nothing());
        }
    }
    Ok(Decision::of(DeliberationEvent::Opened { questions, order }))
}

/// The majority decides; the minority's view stays in the minutes.
fn conclude(case: &CaseState, ctx: &Context, conclusion: String) -> Result<Decision, DeliberationRefusal> {
    if !case.deliberation.open {
        return Err(DeliberationRefusal::NotOpen);
    }
    let round = &case.deliberation.round;
    if !round.is_complete() {
        return Err(DeliberationRefusal::NotComplete);
    }
    if round.undecided(round.order.len()).is_some() {
        return Err(DeliberationRefusal::NoMajority);
    }
    if conclusion.trim().is_empty() {
        return Err(DeliberationRefusal::NoReasons);
    }
    let mut decision = Decision::of(DeliberationEvent::Concluded { conclusion });
    decision.push(PeriodEvent::ended(PeriodKind::Deliberation, None));
    decision.push(PeriodEvent::Started { period: periods::by_limit(PeriodKind::Writing, None, ctx.moment.today) });
    decision.write(ctx, PaperKind::DeliberationMinutes);
    Ok(decision)
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &DeliberationEvent, _: &Recorded) {
    let deliberation = &mut case.deliberation;
    match event {
        DeliberationEvent::Opened { questions, order } => {
            *deliberation = Deliberation {
                open: true,
                session_no: deliberation.session_no + 1,
                round: Round { questions: questions.clone(), order: order.clone() },
                conclusion: None,
                signed: vec![],
                doubted: false,
            };
            case.stage = Stage::Deliberating;
        }
        DeliberationEvent::OpinionGiven { question, opinion } => {
            deliberation.round.add(*question, opinion.clone());
        }
        DeliberationEvent::Concluded { conclusion } => {
            deliberation.open = false;
            deliberation.conclusion = Some(conclusion.clone());
            case.stage = Stage::Drafting;
        }
        DeliberationEvent::Signed { member } => {
            if !deliberation.signed.contains(member) {
                deliberation.signed.push(*member);
            }
        }
    }
}
