//! Like cases (类案批量办理): one draft is written for a set of them, with places for what is each case's own, and applied
//! case by case. Every case keeps its own number, its own draft, its own signatures.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    decision::{Context, Decision},
    drafting::{self, DraftContent, DraftingEvent, DraftingRefusal},
    ids::{DocumentId, PersonId, SeriesId},
    moment::Recorded,
    paper::PaperKind,
    party::PartyRole,
    refusal::refusals,
    stage,
};

/// The set a case belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Which.
    pub id: SeriesId,
    /// What the judge calls it.
    pub name: String,
    /// Since when the case belongs to it.
    pub since_on: Date,
    /// Whose case it was then.
    pub judge: Option<PersonId>,
    /// What of the common draft stands in the case.
    pub applied: Option<Applied>,
}

/// A common draft that was applied to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The draft it became.
    pub document: DocumentId,
    /// The version of that draft; another one since is the judge's own.
    pub version: u32,
    /// Number of the common draft.
    pub master: u32,
}

/// Facts of like cases. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum SeriesEvent {
    /// The case was linked with like cases (纳入系列案).
    #[serde(rename = "series.joined.v1")]
    Joined {
        /// The set.
        series: SeriesId,
        /// What it is called.
        name: String,
        /// Who linked it.
        by: Option<PersonId>,
    },
    /// The case was taken out of the set, or went to another judge (移出系列案).
    #[serde(rename = "series.left.v1")]
    Left {
        /// The set.
        series: SeriesId,
        /// Who took it out.
        by: Option<PersonId>,
    },
    /// The common draft was applied to the case (套用文书稿).
    #[serde(rename = "series.applied.v1")]
    Applied {
        /// The set.
        series: SeriesId,
        /// The draft it became.
        document: DocumentId,
        /// Number of the common draft.
        master: u32,
    },
}

/// Commands of like cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum SeriesCommand {
    /// Links the case with like ones.
    Join {
        /// The set.
        series: SeriesId,
        /// What it is called.
        name: String,
        /// The plaintiffs all of them have.
        plaintiffs: Vec<String>,
        /// The cause all of them have, by its code.
        cause: String,
    },
    /// Takes the case out of the set.
    Leave {
        /// The set.
        series: SeriesId,
    },
    /// Applies the common draft, filled in for this case.
    Apply {
        /// The set.
        series: SeriesId,
        /// The draft; a new one if the case has none of the set yet.
        document: DocumentId,
        /// Kind.
        kind: PaperKind,
        /// The words with the case's own facts in them.
        content: DraftContent,
        /// Number of the common draft.
        master: u32,
        /// Places that nothing in the case fills.
        missing: Vec<String>,
    },
}

refusals! {
    /// Why an act on like cases is refused.
    SeriesRefusal = "series" {
        /// The case does not belong to the set.
        NotInSeries,
        /// It belongs to another set already.
        InAnother,
        /// The set has no name.
        NoName,
        /// It has other plaintiffs or another cause.
        NotAlike,
        /// Nothing in the case fills some of the places.
        Unfilled {
            /// Which.
            missing: Vec<String>,
        },
        /// The judge has written in its draft, or drafted by hand: it goes its own way.
        WrittenByHand,
        /// The common draft cannot be the draft of this case.
        Draft {
            /// Why.
            fault: DraftingRefusal,
        },
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for SeriesRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        SeriesRefusal::Stage { fault }
    }
}

/// Decides an act on like cases.
pub fn decide(case: &CaseState, ctx: &Context, command: SeriesCommand) -> Result<Decision, SeriesRefusal> {
    stage::undecided(case)?;
    let by = ctx.actor.person();
    match command {
        SeriesCommand::Join { series, name, plaintiffs, cause } => {
            join(case, series, name.trim(), &plaintiffs, &cause, by)
        }
        SeriesCommand::Leave { series } => match &case.series {
            Some(known) if known.id == series => Ok(Decision::of(SeriesEvent::Left { series, by })),
            _ => Err(SeriesRefusal::NotInSeries),
        },
        SeriesCommand::Apply { series, document, kind, content, master, missing } => {
            let known = case.series.as_ref().filter(|known| known.id == series).ok_or(SeriesRefusal::NotInSeries)?;
            if !missing.is_empty() {
                return Err(SeriesRefusal::Unfilled { missing });
            }
            apply_draft(case, known, Filled { document, kind, content, master, by })
        }
    }
}

/// With another judge a case is out of the set of the last one: whoever has it now links it anew, or writes it by itself.
pub fn follows_change(after: &CaseState, by: Option<PersonId>) -> Decision {
    match &after.series {
        Some(known) if known.judge != after.judge() => Decision::of(SeriesEvent::Left { series: known.id, by }),
        _ => Decision::nothing(),
    }
}

/// What makes cases alike: the same plaintiffs and the same cause (物业服务, 金融借款).
pub fn likeness(case: &CaseState) -> (Vec<String>, String) {
    let mut plaintiffs: Vec<String> = case.parties_as(PartyRole::Plaintiff).map(|party| party.name.clone()).collect();
    plaintiffs.sort();
    (plaintiffs, case.application.cause.clone())
}

fn join(
    case: &CaseState,
    series: SeriesId,
    name: &str,
    plaintiffs: &[String],
    cause: &str,
    by: Option<PersonId>,
) -> Result<Decision, SeriesRefusal> {
    if name.is_empty() {
        return Err(SeriesRefusal::NoName);
    }
    match &case.series {
        Some(known) if known.id == series => return Ok(Decision::nothing()),
        Some(_) => return Err(SeriesRefusal::InAnother),
        None => {}
    }
    let (own, own_cause) = likeness(case);
    if own != plaintiffs || own_cause != cause {
        return Err(SeriesRefusal::NotAlike);
    }
    Ok(Decision::of(SeriesEvent::Joined { series, name: name.to_owned(), by }))
}

/// The common draft, filled in for one case.
struct Filled {
    document: DocumentId,
    kind: PaperKind,
    content: DraftContent,
    master: u32,
    by: Option<PersonId>,
}

/// A draft that anybody wrote in since is not written over, nor is one that was put forward.
fn apply_draft(case: &CaseState, known: &Series, filled: Filled) -> Result<Decision, SeriesRefusal> {
    let refused = |fault| SeriesRefusal::Draft { fault };
    let Filled { document, kind, content, master, by } = filled;
    if !drafting::draftable(case).any(|draftable| draftable == kind) {
        return Err(refused(DraftingRefusal::NotDraftable));
    }
    let (content, _) = content.cleaned();
    if let Some(part) = content.overlong() {
        return Err(refused(DraftingRefusal::ParagraphTooLong { part: part.to_owned() }));
    }
    let document = known.applied.map_or(document, |applied| applied.document);
    let applied = SeriesEvent::Applied { series: known.id, document, master };
    match case.drafts.get(&document) {
        Some(draft) if draft.issued.is_some() => return Err(refused(DraftingRefusal::IssuedAlready)),
        Some(draft) if draft.original.is_some() => return Err(refused(DraftingRefusal::PutForwardAlready)),
        Some(draft) if known.applied.is_none_or(|applied| applied.version != draft.version) => {
            return Err(SeriesRefusal::WrittenByHand);
        }
        Some(draft) if draft.content == content && draft.kind == kind => {
            let same = known.applied.is_some_and(|applied| applied.master == master);
            return Ok(if same { Decision::nothing() } else { Decision::of(applied) });
        }
        Some(_) => {}
        None if case.drafts.values().any(|draft| draft.issued.is_none() && !case.is_beside_the_course(draft.id)) => {
            return Err(SeriesRefusal::WrittenByHand);
        }
        None => {}
    }
    Ok(Decision::of(DraftingEvent::Saved { document, kind, content, by }).with(applied))
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &SeriesEvent, recorded: &Recorded) {
    match event {
        SeriesEvent::Joined { series, name, .. } => {
            let since_on = recorded.moment.today;
            let judge = case.judge();
            case.series = Some(Series { id: *series, name: name.clone(), since_on, judge, applied: None });
        }
        SeriesEvent::Left { .. } => case.series = None,
        SeriesEvent::Applied { document, master, .. } => {
            let version = case.drafts.get(document).map_or(0, |draft| draft.version);
            if let Some(series) = &mut case.series {
                series.applied = Some(Applied { document: *document, version, master: *master });
            }
        }
    }
}
