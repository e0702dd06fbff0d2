//! What the review screen shows: pure functions of the application.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use xiezhi_app::tables::{CaseRow, PartyRow};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::{CaseState, Procedure},
    fees,
    filing::{self, Intake},
    ids::{MaterialId, PartyId},
    law::fee::FeeWorking,
    material::Place,
    periods::PeriodKind,
    review::{Review, fits_small_claims},
    rules::Rules,
    stage::Stage,
};

use super::phrases;
use crate::{capability::prelude_of_cases::role, http::showing::Showing};

/// A party as told.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ReviewedParty)]
pub struct PartyView {
    /// Role, in the words of the law.
    pub role: &'static str,
    /// Name.
    pub name: String,
    /// Number.
    pub id_no: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Who acts for it.
    pub agents: Vec<String>,
    /// Whether somebody of the same name stands on the other side.
    pub namesake: bool,
}

/// A claim with its amount.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClaimView {
    /// Text.
    pub text: String,
    /// Amount, fen.
    pub amount_fen: Option<i64>,
}

/// A paper of the application.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaperView {
    /// Identifier.
    pub id: MaterialId,
    /// Title.
    pub title: String,
    /// Pages.
    pub pages: u32,
}

/// The fee under one procedure, with its working.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeeView {
    /// Under which procedure.
    pub procedure: Procedure,
    /// The fee, fen.
    pub total_fen: i64,
    /// The working.
    pub working: FeeWorking,
}

/// The procedures a suit may take, with the fee under each.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProcedureChoice {
    /// The procedure proposed.
    pub proposed: Procedure,
    /// Whether small-claims procedure fits.
    pub fits_small: bool,
    /// The fee under each.
    pub fees: Vec<FeeView>,
}

impl ProcedureChoice {
    /// What `case` may choose from.
    pub fn of(case: &CaseState, rules: &Rules) -> Self {
        let fits_small = fits_small_claims(case, rules);
        Self { proposed: proposed(case, fits_small), fits_small, fees: fees(case, fits_small) }
    }
}

/// A case with the same people in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Alike {
    /// The case.
    pub case: CaseRow,
    /// Whether both sides are the same.
    pub both_sides: bool,
    /// Whether the cause is the same too.
    pub same_cause: bool,
}

/// How the judge was drawn.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DrawView {
    /// Day.
    pub day: Date,
    /// Hash of the day's key.
    pub key_hash: String,
    /// Candidates by name, in order.
    pub candidates: Vec<String>,
    /// The code that decided.
    pub mac: String,
    /// Place drawn, from 1.
    pub place: usize,
}

/// What became of the application.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// Still to be decided; the forms are open.
    Open,
    /// Correction was asked.
    Correcting {
        /// What, in the words of the notice.
        items: Vec<String>,
        /// Until when.
        due_on: Option<Date>,
        /// Whether the time is over, so that the papers may be returned.
        over: bool,
    },
    /// Turned away.
    TurnedAway {
        /// Where it stands.
        stage: Stage,
        /// Why.
        reason: String,
    },
    /// Filed.
    Filed {
        /// Number.
        number: String,
        /// Judge in charge.
        judge: Option<String>,
        /// The draw.
        draw: Option<DrawView>,
    },
}

/// The review of one application.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReviewView {
    /// The case.
    pub case: xiezhi_domain::ids::CaseId,
    /// Parties, short.
    pub title: String,
    /// How it came.
    pub intake: Intake,
    /// Day of receipt.
    pub submitted_on: Date,
    /// Last day of the review.
    pub due_on: Option<Date>,
    /// Who took it.
    pub taken_by: Option<String>,
    /// Whether the reader may take it.
    pub may_take: bool,
    /// Papers; the first is open unless another was chosen.
    pub papers: Vec<PaperView>,
    /// The open paper.
    pub open: Option<MaterialId>,
    /// Cause.
    pub cause: String,
    /// Amount in dispute, fen.
    pub amount_fen: Option<i64>,
    /// Parties.
    pub parties: Vec<PartyView>,
    /// Claims.
    pub claims: Vec<ClaimView>,
    /// What the claims come to, fen.
    pub claimed_fen: Option<i64>,
    /// Facts and reasons.
    pub facts: String,
    /// The procedures the suit may take.
    #[serde(flatten)]
    pub choice: ProcedureChoice,
    /// Cases with the same people.
    pub alike: Vec<Alike>,
    /// Phrases to pick for a notice of correction: field and words.
    pub phrases: Vec<(String, String)>,
    /// Fields at which the clerk's own words may be marked: field and what it is called.
    pub fields: Vec<(String, String)>,
    /// What became of it.
    pub outcome: Outcome,
    /// The next application in the queue.
    pub next: Option<String>,
}

impl ReviewView {
    /// The review of `case` as `reader` sees it.
    pub fn of(
        to: &Showing,
        case: &CaseState,
        reader: &Reader,
        rules: &Rules,
        alike: Vec<Alike>,
        chosen: Option<MaterialId>,
        next: Option<String>,
    ) -> Self {
        let papers = papers(case, reader);
        let open = chosen.filter(|id| papers.iter().any(|paper| paper.id == *id));
        Self {
            case: case.id,
            title: case.short_title(),
            intake: case.application.intake.clone(),
            submitted_on: case.submitted_on,
            due_on: case.running(PeriodKind::Review, None).map(|period| period.last_on),
            taken_by: case.review.clerk.map(|clerk| to.name(clerk).to_owned()),
            may_take: case.review.clerk.is_none() && access::may(reader, Act::Review, case.stage).is_ok(),
            open: open.or_else(|| papers.first().map(|paper| paper.id)),
            papers,
            cause: xiezhi_app::rows::cause_name(case),
            amount_fen: case.application.amount.map(|amount| amount.0),
            parties: parties(case),
            claims: claims(case),
            claimed_fen: claimed(case),
            facts: case.application.facts_and_reasons.clone(),
            choice: ProcedureChoice::of(case, rules),
            alike,
            phrases: phrases::phrases(case),
            fields: phrases::fields(case),
            outcome: outcome(to, case),
            next,
        }
    }
}

fn papers(case: &CaseState, reader: &Reader) -> Vec<PaperView> {
    let mut papers: Vec<_> = case
        .materials_in_order()
        .filter(|paper| paper.place != Place::Discarded && access::may_see(reader, case, paper))
        .collect();
    papers.sort_by_key(|paper| paper.kind != xiezhi_domain::paper::PaperKind::Complaint);
    papers
        .into_iter()
        .map(|paper| PaperView { id: paper.id, title: paper.title.clone(), pages: paper.file.pages })
        .collect()
}

fn claims(case: &CaseState) -> Vec<ClaimView> {
    let view = |claim: &xiezhi_domain::party::Claim| ClaimView {
        text: claim.text.clone(),
        amount_fen: claim.amount.map(|amount| amount.0),
    };
    case.application.claims.iter().map(view).collect()
}

fn claimed(case: &CaseState) -> Option<i64> {
    let amounts: Vec<i64> = case.application.claims.iter().filter_map(|claim| claim.amount).map(|fen| fen.0).collect();
    (!amounts.is_empty()).then(|| amounts.iter().sum())
}

fn parties(case: &CaseState) -> Vec<PartyView> {
    let namesakes = filing::same_names(&case.application.parties);
    let agents = |party: PartyId| {
        let of = case.agents.iter().filter(move |agent| agent.party == party);
        of.map(|agent| {
            [Some(agent.name.as_str()), agent.firm.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("，")
        })
    };
    case.parties_in_order()
        .map(|party| PartyView {
            role: role(party.role),
            name: party.name.clone(),
            id_no: party.id_no.clone(),
            address: party.address.clone(),
            phone: party.phone.clone(),
            agents: agents(party.id).collect(),
            namesake: namesakes.iter().any(|(one, other)| *one == party.id || *other == party.id),
        })
        .collect()
}

fn proposed(case: &CaseState, fits_small: bool) -> Procedure {
    match case.application.procedure_wish {
        Some(Procedure::Ordinary) => Procedure::Ordinary,
        _ if fits_small => Procedure::SmallClaims,
        _ => Procedure::Summary,
    }
}

fn fees(case: &CaseState, fits_small: bool) -> Vec<FeeView> {
    let fits = |procedure: &Procedure| fits_small || *procedure != Procedure::SmallClaims;
    Procedure::ALL
        .into_iter()
        .filter(fits)
        .map(|procedure| {
            let working = fees::charge(case, procedure);
            FeeView { procedure, total_fen: working.total.0, working }
        })
        .collect()
}

/// Cases in which someone of this one appears; both sides the same is what matters.
pub fn alike(case: &CaseState, rows: &[PartyRow], cases: Vec<CaseRow>) -> Vec<Alike> {
    let found = |other: &CaseRow, plaintiff: bool| {
        rows.iter().filter(|row| row.case_id == other.case_id).any(|row| {
            case.parties_in_order().any(|party| {
                let side = party.role == xiezhi_domain::party::PartyRole::Plaintiff;
                side == plaintiff && (party.name == row.name || (party.id_no.is_some() && party.id_no == row.id_no))
            })
        })
    };
    let mut alike: Vec<Alike> = cases
        .into_iter()
        .map(|other| Alike {
            both_sides: found(&other, true) && found(&other, false),
            same_cause: other.cause_code == case.application.cause,
            case: other,
        })
        .collect();
    alike.sort_by_key(|alike| (!alike.both_sides, !alike.same_cause));
    alike.truncate(8);
    alike
}

fn outcome(to: &Showing, case: &CaseState) -> Outcome {
    let Review { correction, correction_due_on, turned_away_because, .. } = &case.review;
    if case.is_refused_at_filing() {
        return Outcome::TurnedAway {
            stage: Stage::NotAccepted,
            reason: turned_away_because.clone().unwrap_or_default(),
        };
    }
    if let Some(number) = &case.number {
        let draw = case.draw.as_ref().map(|draw| DrawView {
            day: draw.day,
            key_hash: draw.key_hash.clone(),
            candidates: draw.candidates.iter().map(|id| to.name(*id).to_owned()).collect(),
            mac: draw.mac.clone(),
            place: draw.index + 1,
        });
        let judge = case.judge().map(|judge| to.name(judge).to_owned());
        return Outcome::Filed { number: number.to_string(), judge, draw };
    }
    match case.stage {
        Stage::CorrectionRequested => Outcome::Correcting {
            items: correction.iter().map(|item| item.what.clone()).collect(),
            due_on: *correction_due_on,
            over: correction_due_on.is_some_and(|due_on| to.today > due_on),
        },
        stage if stage.is_turned_away() => {
            Outcome::TurnedAway { stage, reason: turned_away_because.clone().unwrap_or_default() }
        }
        _ => Outcome::Open,
    }
}
