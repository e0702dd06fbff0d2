//! Intake at the counter (窗口收件): a person who does not come on line brings papers to the court; a clerk takes them for
//! that person in their case, scans them or has them scanned, compares them with the originals, and gives a receipt. What
//! was brought, by whom, who took it and whether the originals went back stays on the record.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    decision::{Context, Decision},
    evidence::{self, EvidenceCommand},
    filing::EvidenceInput,
    ids::{IntakeId, MaterialId, PartyId, PersonId},
    material::{self, FROM_PARTIES, FileRef, MaterialCommand, MaterialEvent, OriginalCheck},
    moment::Recorded,
    paper::PaperKind,
    refusal::{Refusal, refusals},
};

/// Letters of who brought it, and of a name.
const MOST_LETTERS: usize = 200;
/// Papers of one intake.
const MOST_PAPERS: usize = 50;

/// What became of an original that was shown (原件去向).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ShownOriginal {
    /// Whether it went back with the person at once (当场退还).
    pub returned: bool,
    /// Where it is, in words.
    pub kept_at: String,
}

/// One thing that was handed in (收件清单的一项).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Handed {
    /// Its name.
    pub name: String,
    /// What kind of paper it is.
    pub kind: PaperKind,
    /// Pages.
    pub pages: u32,
    /// Copies.
    pub copies: u16,
    /// The original that was shown with it; nothing where only a copy was.
    pub original: Option<ShownOriginal>,
    /// The paper that its scan became; nothing while it is still to be scanned.
    pub material: Option<MaterialId>,
}

/// Papers that were taken at the counter at one time (一次收件).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// Identifier.
    pub id: IntakeId,
    /// For whom.
    pub party: PartyId,
    /// Who brought it, in words: the party, or somebody for them.
    pub brought_by: String,
    /// Who took it.
    pub taken_by: PersonId,
    /// Day it came.
    pub came_on: Date,
    /// What it was.
    pub items: Vec<Handed>,
}

/// Facts of the counter. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum CounterEvent {
    /// A clerk took papers at the counter for a party (窗口代收材料).
    #[serde(rename = "counter.taken.v1")]
    Taken {
        /// Identifier.
        intake: IntakeId,
        /// For whom.
        party: PartyId,
        /// Who brought it.
        brought_by: String,
        /// Who took it.
        taken_by: PersonId,
        /// Day it came.
        came_on: Date,
        /// What it was.
        items: Vec<Handed>,
    },
}

/// One thing that is handed in, and its scan if it was made at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedIn {
    /// What it is.
    pub handed: Handed,
    /// What it is to prove, of evidence.
    pub purpose: String,
    /// Its scan.
    pub file: Option<FileRef>,
}

/// Commands of the counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum CounterCommand {
    /// Takes papers for a party.
    Take {
        /// Identifier.
        intake: IntakeId,
        /// For whom.
        party: PartyId,
        /// Who brought it.
        brought_by: String,
        /// Day it came.
        came_on: Date,
        /// What it is.
        items: Vec<HandedIn>,
    },
}

refusals! {
    /// Why papers are not taken at the counter.
    CounterRefusal = "counter" {
        /// There is no such party.
        UnknownParty,
        /// Who brought it has to be said.
        NobodyBrought,
        /// Nothing was handed in, or more than one receipt can list.
        Nothing,
        /// Each paper needs a name.
        NoName,
        /// Of each paper one copy at least was handed in, of so many pages.
        NotCounted,
        /// Papers of this kind are written by the court.
        CourtPaper,
        /// Where the original is has to be said.
        NoPlaceKept,
        /// The day lies in the future.
        InFuture,
        /// The day lies before the application came.
        BeforeTheCase,
    }
}

/// Decides what is taken at the counter: evidence as evidence, other papers into staging, each with the comparison of its
/// scan with the original that was shown.
///
/// Source: 《民事诉讼法》第六十九条;《人民法院在线诉讼规则》第四条、第十一条第三款;《最高人民法院关于民事诉讼证据的若干规定》
/// 第十九条、第六十一条.
pub fn decide(case: &CaseState, ctx: &Context, command: CounterCommand) -> Result<Decision, Refusal> {
    let CounterCommand::Take { intake, party, brought_by, came_on, items } = command;
    if case.intakes.iter().any(|known| known.id == intake) {
        return Ok(Decision::nothing());
    }
    let taken_by = ctx.actor.person().ok_or(CounterRefusal::NobodyBrought)?;
    check(case, ctx, (party, &brought_by, came_on), &items)?;
    let handed = items.iter().map(|item| item.handed.clone()).collect();
    let brought_by = brought_by.trim().to_owned();
    let mut decision =
        Decision::of(CounterEvent::Taken { intake, party, brought_by, taken_by, came_on, items: handed });
    let ctx = ctx.that_came(came_on);
    let inputs: Vec<EvidenceInput> = items.iter().filter_map(evidence_input).collect();
    if !inputs.is_empty() {
        let submit = EvidenceCommand::Submit { party, items: inputs, original: None };
        decision.extend(evidence::decide(case, &ctx, submit)?);
    }
    for item in items.iter().filter(|item| item.handed.kind != PaperKind::Evidence) {
        let (Some(material), Some(file)) = (item.handed.material, item.file.clone()) else { continue };
        let (kind, title) = (item.handed.kind, item.handed.name.trim().to_owned());
        let submit = MaterialCommand::Submit { material, kind, title, file, from: Some(party), original: None };
        decision.extend(material::decide(case, &ctx, submit)?);
    }
    for item in items.iter().filter(|item| item.file.is_some()) {
        if let (Some(material), Some(original)) = (item.handed.material, &item.handed.original) {
            let kept_at = original.kept_at.trim().to_owned();
            let check = OriginalCheck { happened_on: came_on, compared_by: taken_by, agrees: true, kept_at };
            decision.push(MaterialEvent::Compared { material, check });
        }
    }
    Ok(decision)
}

fn check(
    case: &CaseState,
    ctx: &Context,
    (party, brought_by, came_on): (PartyId, &str, Date),
    items: &[HandedIn],
) -> Result<(), CounterRefusal> {
    let said = |text: &str| (1..=MOST_LETTERS).contains(&text.trim().chars().count());
    if !case.parties.contains_key(&party) {
        return Err(CounterRefusal::UnknownParty);
    }
    if !said(brought_by) {
        return Err(CounterRefusal::NobodyBrought);
    }
    if came_on > ctx.moment.today {
        return Err(CounterRefusal::InFuture);
    }
    if came_on < case.submitted_on {
        return Err(CounterRefusal::BeforeTheCase);
    }
    if items.is_empty() || items.len() > MOST_PAPERS {
        return Err(CounterRefusal::Nothing);
    }
    for HandedIn { handed, file, .. } in items {
        if !said(&handed.name) {
            return Err(CounterRefusal::NoName);
        }
        let counted = handed.copies > 0 && (handed.pages > 0 || file.is_some());
        if !counted || file.is_some() != handed.material.is_some() {
            return Err(CounterRefusal::NotCounted);
        }
        if !FROM_PARTIES.contains(&handed.kind) {
            return Err(CounterRefusal::CourtPaper);
        }
        if handed.original.as_ref().is_some_and(|original| !said(&original.kept_at)) {
            return Err(CounterRefusal::NoPlaceKept);
        }
    }
    Ok(())
}

/// What is handed in as evidence, once it was scanned.
fn evidence_input(item: &HandedIn) -> Option<EvidenceInput> {
    let (material, file) = (item.handed.material?, item.file.clone()?);
    (item.handed.kind == PaperKind::Evidence).then(|| EvidenceInput {
        material,
        name: item.handed.name.trim().to_owned(),
        kind: String::new(),
        source: String::new(),
        has_original: item.handed.original.is_some(),
        purpose: item.purpose.trim().to_owned(),
        file,
    })
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &CounterEvent, _: &Recorded) {
    let CounterEvent::Taken { intake, party, brought_by, taken_by, came_on, items } = event.clone();
    case.intakes.push(Intake { id: intake, party, brought_by, taken_by, came_on, items });
}
