//! Acts that came on paper (线下办理): each act of a party on line has its twin at the counter, in the post, on
//! the telephone. A clerk enters it, with when it came and who compared the entry with what came.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    command::{self, CaseCommand},
    decision::{Context, Decision},
    ids::{PartyId, PersonId},
    moment::Recorded,
    refusal::{Refusal, refusals},
};

/// The way it came (来件方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Handed in or said at the counter (窗口).
    Counter,
    /// By post (邮寄).
    Post,
    /// Said on the telephone and written down (电话记录).
    Phone,
}

impl Way {
    /// All three.
    pub const ALL: [Way; 3] = [Way::Counter, Way::Post, Way::Phone];
}

/// How an act came (来件).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// The way.
    pub way: Way,
    /// Day it came: what the law attaches to the act counts from it.
    pub on: Date,
    /// Who compared the entry with what came (核对人).
    pub compared_by: PersonId,
}

/// Facts of acts on paper. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum OnPaperEvent {
    /// A clerk entered an act of a party that came on paper (代录线下材料).
    #[serde(rename = "on_paper.entered.v1")]
    Entered {
        /// Whose act.
        party: PartyId,
        /// Stored name of its event, just before this one.
        act: String,
        /// How it came.
        came: Came,
    },
}

/// An act of a party, entered from paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnPaperCommand {
    /// How it came.
    pub came: Came,
    /// The act.
    pub command: Box<CaseCommand>,
}

refusals! {
    /// Why an entry from paper is refused.
    OnPaperRefusal = "on_paper" {
        /// Only what a party does itself can come on paper.
        NotOfAParty,
        /// The day lies in the future.
        InFuture,
        /// The day lies before the application came.
        BeforeTheCase,
        /// Only someone of the court compares an entry with what came.
        ComparedByOutsider,
    }
}

/// Decides the act as if the party had done it here on the day it came, and keeps how it came.
///
/// Source: 《人民法院在线诉讼规则》第四条、第十条、第十一条第三款.
pub fn decide(case: &CaseState, ctx: &Context, command: OnPaperCommand) -> Result<Decision, Refusal> {
    let OnPaperCommand { came, command } = command;
    let nested = matches!(*command, CaseCommand::OnPaper(_));
    let party = command.speaks_for().filter(|_| !nested).ok_or(OnPaperRefusal::NotOfAParty)?;
    if came.on > ctx.moment.today {
        return Err(OnPaperRefusal::InFuture.into());
    }
    if came.on < case.submitted_on {
        return Err(OnPaperRefusal::BeforeTheCase.into());
    }
    if ctx.people.person(came.compared_by).is_none_or(|person| person.post.is_outside()) {
        return Err(OnPaperRefusal::ComparedByOutsider.into());
    }
    let mut decision = command::decide(case, &ctx.that_came(came.on), *command)?;
    if let Some(event) = decision.events.first() {
        let act = event.name();
        decision.events.insert(1, OnPaperEvent::Entered { party, act, came }.into());
    }
    Ok(decision)
}

/// Takes an event into the state: what the party did stands in its own event, this one only says how it came.
pub fn apply(_: &mut CaseState, event: &OnPaperEvent, _: &Recorded) {
    let OnPaperEvent::Entered { .. } = event;
}
