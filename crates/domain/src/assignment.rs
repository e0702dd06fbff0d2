//! Assignment (分案): a judge drawn by lot among those eligible, in a way anyone can run again.

use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    decision::{Context, Decision},
    ids::PersonId,
    law::draw,
    moment::Recorded,
    paper::PaperKind,
    people::{Person, Post},
    refusal::refusals,
    stage::{self, Stage},
};

/// Tribunal of a case (审判组织).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tribunal {
    /// Judge in charge (承办法官).
    pub judge: PersonId,
    /// Presiding judge (审判长), of a panel.
    pub presiding: Option<PersonId>,
    /// Members beside judge in charge and presiding judge: judges and people's assessors.
    pub members: Vec<PersonId>,
    /// Judge's assistant (法官助理).
    pub assistant: Option<PersonId>,
    /// Court clerk (书记员).
    pub clerk: Option<PersonId>,
}

impl Tribunal {
    /// Whether it is a panel (合议庭).
    pub fn is_panel(&self) -> bool {
        self.presiding.is_some()
    }

    /// Everyone who votes: the judge in charge, the members, and the presiding judge last.
    pub fn voters(&self) -> Vec<PersonId> {
        let mut voters = vec![];
        let order = [self.judge].into_iter().chain(self.members.iter().copied()).chain(self.presiding);
        for person in order.filter(|person| Some(*person) != self.presiding) {
            if !voters.contains(&person) {
                voters.push(person);
            }
        }
        voters.extend(self.presiding);
        if voters.is_empty() {
            voters.push(self.judge);
        }
        voters
    }

    /// Whether the person votes in this case.
    pub fn votes(&self, person: PersonId) -> bool {
        self.judge == person || self.presiding == Some(person) || self.members.contains(&person)
    }
}

/// The draw that chose the judge (随机分案), with all that is needed to run it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// Day of the draw; its key's hash was recorded before, the key is disclosed after.
    pub day: jiff::civil::Date,
    /// SHA-256 of the day's key, in hex.
    pub key_hash: String,
    /// Candidates in the order they were put in.
    pub candidates: Vec<PersonId>,
    /// The message authentication code that decided, in hex.
    pub mac: String,
    /// Place of the one chosen, from 0.
    pub index: usize,
}

/// Facts of assignment. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum AssignmentEvent {
    /// The case was assigned by lot (随机分案).
    #[serde(rename = "assignment.drawn.v1")]
    Drawn {
        /// The draw.
        draw: Draw,
        /// The tribunal that came of it.
        tribunal: Tribunal,
    },
    /// The tribunal was fixed or changed by a person with reasons (指定、变更审判组织).
    #[serde(rename = "assignment.changed.v1")]
    Changed {
        /// The tribunal.
        tribunal: Tribunal,
        /// Why.
        reason: String,
    },
}

/// Commands of assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum AssignmentCommand {
    /// Changes the tribunal, with reasons; the parties are told within three days.
    Change {
        /// The tribunal.
        tribunal: Tribunal,
        /// Why.
        reason: String,
    },
}

refusals! {
    /// Why an assignment is refused.
    AssignmentRefusal = "assignment" {
        /// No judge of the division may be given this case.
        NoEligibleJudge,
        /// No key was fixed for today's draws.
        NoDayKey,
        /// A panel has an odd number of members, three at least.
        EvenPanel,
        /// Members without a presiding judge: a panel has one, a sole judge sits alone.
        NoPresiding,
        /// In summary and small-claims procedure one judge sits alone: change the procedure first.
        SoleJudgeOnly,
        /// A people's assessor can't preside or be in charge.
        AssessorCannotPreside,
        /// Someone named is neither a judge nor an assessor of this court.
        NotAJudge {
            /// Who.
            person: PersonId,
        },
        /// Someone named as assistant or clerk holds another post.
        WrongPost {
            /// Who.
            person: PersonId,
        },
        /// Someone named is a party to the case or acts for one.
        Interested {
            /// Who.
            person: PersonId,
        },
        /// A reason is needed.
        NoReason,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for AssignmentRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        AssignmentRefusal::Stage { fault }
    }
}

/// The first assignment, at filing: a draw among the judges of the civil division who take cases and
/// have no interest in this one; a panel where ordinary procedure is used.
///
/// Source: 《民事诉讼法》第四十条;《关于严格执行案件审理期限制度的若干规定》第七条.
pub fn first(case: &CaseState, ctx: &Context, procedure: Procedure) -> Result<Decision, AssignmentRefusal> {
    let candidates: Vec<PersonId> = eligible(case, ctx).map(|person| person.id).collect();
    if candidates.is_empty() {
        return Err(AssignmentRefusal::NoEligibleJudge);
    }
    let today = ctx.moment.today;
    let key = ctx.rules.draw_key.as_ref().filter(|key| key.day == today).ok_or(AssignmentRefusal::NoDayKey)?;
    let names: Vec<String> = candidates.iter().map(PersonId::to_string).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let drawn = draw::draw(&key.key, &case.id.to_string(), &names).map_err(|_| AssignmentRefusal::NoEligibleJudge)?;
    let judge = candidates[drawn.index];
    let others = candidates.iter().copied().filter(|person| *person != judge);
    let tribunal = compose(ctx, judge, others.collect(), procedure);
    let draw = Draw {
        day: key.day,
        key_hash: draw::key_hash_hex(&key.key),
        candidates,
        mac: drawn.mac_hex,
        index: drawn.index,
    };
    let mut decision = Decision::of(AssignmentEvent::Drawn { draw, tribunal });
    decision.write(ctx, PaperKind::AssignmentRecord);
    Ok(decision)
}

fn eligible<'a>(case: &'a CaseState, ctx: &'a Context) -> impl Iterator<Item = &'a Person> {
    let division = ctx.rules.settings.civil_division.as_str();
    ctx.people
        .on(Post::Judge)
        .filter(move |judge| judge.takes_cases && judge.division.as_deref() == Some(division))
        .filter(|judge| !has_interest(case, judge))
}

/// A judge who is a party, acts for one, or has a party's number can't try the case.
///
/// Source: 《民事诉讼法》第四十七条.
fn has_interest(case: &CaseState, judge: &Person) -> bool {
    case.party_of(judge.id).is_some()
        || judge.id_no.is_some() && case.parties_in_order().any(|party| party.id_no == judge.id_no)
}

/// A sole judge, or a panel of three: the judge drawn in charge and presiding, another judge, an assessor.
fn compose(ctx: &Context, judge: PersonId, others: Vec<PersonId>, procedure: Procedure) -> Tribunal {
    let division = Some(ctx.rules.settings.civil_division.as_str());
    let one = |post| ctx.people.one(post, division).map(|person| person.id);
    let mut tribunal = Tribunal {
        judge,
        presiding: None,
        members: vec![],
        assistant: one(Post::JudgeAssistant),
        clerk: one(Post::CourtClerk),
    };
    let second = others.into_iter().next();
    let assessor = ctx.people.on(Post::Assessor).next().map(|person| person.id);
    if let (Procedure::Ordinary, Some(second), Some(assessor)) = (procedure, second, assessor) {
        tribunal.presiding = Some(judge);
        tribunal.members = vec![second, assessor];
    }
    tribunal
}

/// Decides a change of the tribunal.
///
/// Source: 《民事诉讼法》第四十条至第四十三条、第一百三十一条;《人民陪审员法》第十四条.
pub fn decide(case: &CaseState, ctx: &Context, command: AssignmentCommand) -> Result<Decision, AssignmentRefusal> {
    let AssignmentCommand::Change { tribunal, reason } = command;
    stage::in_trial(case)?;
    if reason.trim().is_empty() {
        return Err(AssignmentRefusal::NoReason);
    }
    if case.tribunal.as_ref() == Some(&tribunal) {
        return Ok(Decision::nothing());
    }
    check(case, ctx, &tribunal)?;
    let mut decision = Decision::of(AssignmentEvent::Changed { tribunal, reason });
    decision.write(ctx, PaperKind::TribunalNotice);
    Ok(decision)
}

/// The rules of composition: how many sit, under whom, and who may.
///
/// Source: 《民事诉讼法》第四十条、第四十七条、第一百六十条;《人民陪审员法》第十四条.
pub fn check(case: &CaseState, ctx: &Context, tribunal: &Tribunal) -> Result<(), AssignmentRefusal> {
    let voters = tribunal.voters();
    check_size(case, tribunal, voters.len())?;
    for person in &voters {
        let known = ctx.people.person(*person).ok_or(AssignmentRefusal::NotAJudge { person: *person })?;
        let leads = *person == tribunal.judge || Some(*person) == tribunal.presiding;
        match known.post {
            Post::Judge | Post::DivisionHead | Post::VicePresident | Post::President => {}
            Post::Assessor if leads => return Err(AssignmentRefusal::AssessorCannotPreside),
            Post::Assessor => {}
            _ => return Err(AssignmentRefusal::NotAJudge { person: *person }),
        }
        if has_interest(case, known) {
            return Err(AssignmentRefusal::Interested { person: *person });
        }
    }
    check_staff(case, ctx, tribunal.assistant, Post::JudgeAssistant)?;
    check_staff(case, ctx, tribunal.clerk, Post::CourtClerk)
}

/// Recusal reaches assistants and clerks too.
///
/// Source: 《民事诉讼法》第四十七条.
fn check_staff(case: &CaseState, ctx: &Context, person: Option<PersonId>, post: Post) -> Result<(), AssignmentRefusal> {
    let Some(person) = person else { return Ok(()) };
    let known = ctx.people.person(person).filter(|known| known.post == post);
    let known = known.ok_or(AssignmentRefusal::WrongPost { person })?;
    if has_interest(case, known) { Err(AssignmentRefusal::Interested { person }) } else { Ok(()) }
}

fn check_size(case: &CaseState, tribunal: &Tribunal, voters: usize) -> Result<(), AssignmentRefusal> {
    if !tribunal.is_panel() {
        return if voters == 1 { Ok(()) } else { Err(AssignmentRefusal::NoPresiding) };
    }
    if case.procedure != Procedure::Ordinary {
        return Err(AssignmentRefusal::SoleJudgeOnly);
    }
    if voters < 3 || voters.is_multiple_of(2) {
        return Err(AssignmentRefusal::EvenPanel);
    }
    Ok(())
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &AssignmentEvent, _: &Recorded) {
    let tribunal = match event {
        AssignmentEvent::Drawn { draw, tribunal } => {
            case.draw = Some(draw.clone());
            tribunal
        }
        AssignmentEvent::Changed { tribunal, .. } => tribunal,
    };
    case.tribunal = Some(tribunal.clone());
    if case.stage == Stage::Filed {
        case.stage = Stage::Assigned;
    }
}
