//! Filing (立案申请): a party puts an application before the court.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    consent::Step,
    decision::{Context, Decision},
    ids::{MaterialId, PartyId, PersonId},
    law::{
        cause,
        element_form::Answers,
        identity::{IdCardNo, IdentityProblem, Uscc},
        money::Fen,
    },
    material::{FileRef, MaterialEvent, Submitter},
    moment::Recorded,
    paper::PaperKind,
    party::{AddressConfirmation, Agent, Claim, IDENTITY_CARD, Party, PartyKind, PartyRole},
    periods::{self, PeriodEvent, PeriodKind},
    refusal::refusals,
};

/// How an application reached the court.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Intake {
    /// By the party's own hand on the platform (网上立案).
    Online,
    /// On paper at the counter, entered by a clerk who compared the scan with the original (窗口立案).
    Counter {
        /// When it came.
        happened_on: Date,
        /// Who compared.
        compared_by: PersonId,
    },
    /// Told orally and written down by a clerk, read out and signed (口头起诉).
    Oral {
        /// When it was told.
        happened_on: Date,
        /// Who wrote it down.
        noted_by: PersonId,
    },
}

/// An item of evidence handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EvidenceInput {
    /// Identifier of the paper.
    pub material: MaterialId,
    /// Name.
    pub name: String,
    /// Kind (书证、电子数据 …).
    pub kind: String,
    /// Where it comes from.
    pub source: String,
    /// Whether the party holds the original (原件).
    pub has_original: bool,
    /// What it is to prove (证明目的).
    pub purpose: String,
    /// The file.
    pub file: FileRef,
}

/// Kind of paper that proves who a party is, handed in with the application (身份证明).
pub const IDENTITY_PAPER: &str = "身份证明";
/// Kind of paper by which a party appoints an agent (授权委托书).
pub const AUTHORITY_PAPER: &str = "授权委托书";

impl EvidenceInput {
    /// What the paper is in the file: proof of identity and authority are papers of the case, not evidence.
    pub fn paper_kind(&self) -> PaperKind {
        match self.kind.as_str() {
            IDENTITY_PAPER => PaperKind::Identity,
            AUTHORITY_PAPER => PaperKind::PowerOfAttorney,
            _ => PaperKind::Evidence,
        }
    }

    /// Whether it is to prove a fact of the case.
    pub fn is_evidence(&self) -> bool {
        self.paper_kind() == PaperKind::Evidence
    }
}

/// An application to file a civil case (立案申请).
///
/// Source: 《民事诉讼法》第一百二十三条、第一百二十四条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Application {
    /// Code of the cause of action (案由).
    pub cause: String,
    /// Parties.
    pub parties: Vec<Party>,
    /// Agents.
    pub agents: Vec<Agent>,
    /// Claims.
    pub claims: Vec<Claim>,
    /// Amount in dispute (诉讼标的额).
    pub amount: Option<Fen>,
    /// Facts and reasons (事实和理由).
    pub facts_and_reasons: String,
    /// Answers to the element-type form, by field (要素式起诉状).
    pub elements: Answers,
    /// Evidence.
    pub evidence: Vec<EvidenceInput>,
    /// Address confirmations of the filing side.
    pub addresses: Vec<AddressConfirmation>,
    /// Steps the filing side chose to take on line.
    pub online: BTreeSet<Step>,
    /// Procedure the filer wishes or accepts.
    pub procedure_wish: Option<Procedure>,
    /// How it came.
    pub intake: Intake,
}

impl Application {
    /// The parties on whose behalf the application is made.
    pub fn plaintiffs(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(|party| party.role == PartyRole::Plaintiff)
    }
}

/// Facts of filing. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum FilingEvent {
    /// An application was submitted and a dated receipt given (提交立案申请).
    #[serde(rename = "filing.submitted.v1")]
    Submitted {
        /// The application.
        application: Box<Application>,
        /// Who submitted it.
        by: Option<PersonId>,
        /// The day that counts as the day of receipt (收到之日).
        received_on: Date,
    },
}

/// Commands of filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum FilingCommand {
    /// Puts the application before the court.
    Submit {
        /// The application.
        application: Box<Application>,
    },
}

refusals! {
    /// Why an application can't be put before the court yet. Each names the place to mend.
    FilingRefusal = "filing" {
        /// There is no such cause.
        UnknownCause,
        /// The part-level cause is too general: choose a lower one.
        CauseTooGeneral,
        /// No plaintiff.
        NoPlaintiff,
        /// No defendant (没有明确的被告).
        NoDefendant,
        /// A party has no name.
        NoName {
            /// Which party.
            party: PartyId,
        },
        /// The ID-card number is wrong.
        WrongIdNumber {
            /// Which party.
            party: PartyId,
            /// What is wrong with it.
            problem: IdentityProblem,
        },
        /// The date of birth lies in the future.
        BirthInFuture {
            /// Which party.
            party: PartyId,
        },
        /// The same person, by ID number, stands on both sides.
        SamePersonOnBothSides {
            /// On one side.
            party: PartyId,
            /// On the other.
            other: PartyId,
        },
        /// No claim (没有诉讼请求).
        NoClaim,
        /// No facts and reasons (没有事实和理由).
        NoFacts,
        /// No address of the filing side was confirmed.
        NoAddress {
            /// Which party.
            party: PartyId,
        },
        /// An agent or an address belongs to nobody named in the application.
        UnknownParty {
            /// To whom it is said to belong.
            party: PartyId,
        },
        /// The day on which it is said to have come lies in the future.
        ReceivedInFuture,
        /// An amount is negative.
        NegativeAmount,
        /// It was submitted already; the receipt stands.
        SubmittedAlready,
        /// More parties, claims or papers than one application may carry.
        TooMany,
    }
}

/// At most this many parties, claims or papers in one application: a limit of the platform, so that one
/// act stays one act; larger ones come as linked applications.
pub const APPLICATION_LIMIT: usize = 500;

/// Decides whether an application may be put before the court. It is always received (接收诉状); what is
/// checked here is only that there is something to receive, never whether it is right.
///
/// Source: 《关于人民法院登记立案若干问题的规定》第二条;《民诉法解释》第二百零九条.
pub fn decide(ctx: &Context, command: FilingCommand) -> Result<Decision, FilingRefusal> {
    let FilingCommand::Submit { application } = command;
    let application = Box::new(as_told(*application));
    check(&application, ctx.moment.today)?;
    let received_on = match &application.intake {
        Intake::Online => ctx.moment.today,
        Intake::Counter { happened_on, .. } | Intake::Oral { happened_on, .. } => *happened_on,
    };
    if received_on > ctx.moment.today {
        return Err(FilingRefusal::ReceivedInFuture);
    }
    let by = ctx.actor.person();
    let mut decision = Decision::of(FilingEvent::Submitted { application: application.clone(), by, received_on });
    let period = periods::by_limit(PeriodKind::Review, None, received_on);
    decision.push(PeriodEvent::Started { period });
    for kind in [PaperKind::Complaint, PaperKind::EvidenceList, PaperKind::Receipt] {
        if kind != PaperKind::EvidenceList || application.evidence.iter().any(EvidenceInput::is_evidence) {
            decision.write(ctx, kind);
        }
    }
    for address in &application.addresses {
        decision.write_to(ctx, PaperKind::AddressConfirmation, address.party);
    }
    let submitter =
        application.plaintiffs().next().map_or(Submitter::Court, |party| Submitter::Party { party: party.id });
    for item in application.evidence {
        decision.push(MaterialEvent::Received {
            kind: item.paper_kind(),
            material: item.material,
            title: item.name,
            file: item.file,
            by: submitter,
            original: None,
        });
    }
    Ok(decision)
}

/// The filing side speaks for itself only: the account of another side is linked by its holder, once
/// verified, never by who sues.
///
/// Source: 《人民法院在线诉讼规则》第七条、第十条.
pub(crate) fn as_told(mut application: Application) -> Application {
    let others: BTreeSet<PartyId> =
        application.parties.iter().filter(|party| party.role != PartyRole::Plaintiff).map(|party| party.id).collect();
    for party in application.parties.iter_mut().filter(|party| others.contains(&party.id)) {
        party.person = None;
    }
    for agent in application.agents.iter_mut().filter(|agent| others.contains(&agent.party)) {
        agent.person = None;
    }
    application
}

fn check(application: &Application, today: Date) -> Result<(), FilingRefusal> {
    faults(application, today).into_iter().next().map_or(Ok(()), Err)
}

/// Everything that keeps an application from being put before the court, in the order of the form: the
/// filer is told all of it at once.
pub fn faults(application: &Application, today: Date) -> Vec<FilingRefusal> {
    let sizes = [application.parties.len(), application.claims.len(), application.evidence.len()];
    if sizes.into_iter().any(|size| size > APPLICATION_LIMIT) {
        return vec![FilingRefusal::TooMany];
    }
    let mut faults: Vec<FilingRefusal> = check_cause(application).err().into_iter().collect();
    if application.plaintiffs().next().is_none() {
        faults.push(FilingRefusal::NoPlaintiff);
    }
    if !application.parties.iter().any(|party| party.role == PartyRole::Defendant) {
        faults.push(FilingRefusal::NoDefendant);
    }
    faults.extend(application.parties.iter().flat_map(|party| check_party(party, today)));
    faults.extend(check_sides(&application.parties));
    faults.extend(check_belonging(application).err());
    if application.claims.iter().all(|claim| claim.text.trim().is_empty()) {
        faults.push(FilingRefusal::NoClaim);
    }
    if application.facts_and_reasons.trim().is_empty() {
        faults.push(FilingRefusal::NoFacts);
    }
    let mut amounts = application.claims.iter().filter_map(|claim| claim.amount).chain(application.amount);
    if amounts.any(|amount| amount.0 < 0) {
        faults.push(FilingRefusal::NegativeAmount);
    }
    let reachable = |party: &&Party| application.addresses.iter().any(|address| address.party == party.id);
    let unreachable = application.plaintiffs().filter(|party| !reachable(party));
    faults.extend(unreachable.map(|party| FilingRefusal::NoAddress { party: party.id }));
    faults
}

fn check_cause(application: &Application) -> Result<(), FilingRefusal> {
    let cause = cause::find(&application.cause).ok_or(FilingRefusal::UnknownCause)?;
    if cause.is_usable() { Ok(()) } else { Err(FilingRefusal::CauseTooGeneral) }
}

/// A party needs a name; a number, if given, must be right. Nothing else is compulsory.
fn check_party(party: &Party, today: Date) -> Vec<FilingRefusal> {
    let mut faults = vec![];
    if party.name.trim().is_empty() {
        faults.push(FilingRefusal::NoName { party: party.id });
    }
    if let Some(problem) = party.id_no.as_deref().and_then(|number| check_number(number, party, today).err()) {
        faults.push(FilingRefusal::WrongIdNumber { party: party.id, problem });
    }
    if party.birth_on.is_some_and(|day| day > today) {
        faults.push(FilingRefusal::BirthInFuture { party: party.id });
    }
    faults
}

/// A passport or a permit has no arithmetic of its own to be checked by.
fn check_number(number: &str, party: &Party, today: Date) -> Result<(), IdentityProblem> {
    match party.kind {
        PartyKind::Natural if party.particulars.id_kind.as_deref().is_some_and(|kind| kind != IDENTITY_CARD) => Ok(()),
        PartyKind::Natural => IdCardNo::parse(number, today).map(drop),
        PartyKind::Legal => Uscc::parse(number).map(drop),
    }
}

/// The same number on both sides is refused; the same name only warns (names are common).
fn check_sides(parties: &[Party]) -> impl Iterator<Item = FilingRefusal> {
    let number = |party: &Party| party.id_no.as_ref().map(|number| number.trim().to_uppercase());
    let same = move |(party, other): &(&Party, &Party)| number(party).is_some() && number(party) == number(other);
    across(parties)
        .filter(same)
        .map(|(party, other)| FilingRefusal::SamePersonOnBothSides { party: party.id, other: other.id })
}

/// Parties of the same name on both sides, whom a number does not tell to be one: a warning, no fault.
pub fn same_names(parties: &[Party]) -> Vec<(PartyId, PartyId)> {
    let same = |(party, other): &(&Party, &Party)| !party.name.is_empty() && party.name == other.name;
    across(parties).filter(same).map(|(party, other)| (party.id, other.id)).collect()
}

/// Every pair of a plaintiff and a defendant.
fn across(parties: &[Party]) -> impl Iterator<Item = (&Party, &Party)> {
    let of = |role: PartyRole| parties.iter().filter(move |party| party.role == role);
    of(PartyRole::Plaintiff).flat_map(move |party| of(PartyRole::Defendant).map(move |other| (party, other)))
}

fn check_belonging(application: &Application) -> Result<(), FilingRefusal> {
    let agents = application.agents.iter().map(|agent| agent.party);
    let owners = agents.chain(application.addresses.iter().map(|address| address.party));
    let known = |id: &PartyId| application.parties.iter().any(|party| party.id == *id);
    match owners.into_iter().find(|id| !known(id)) {
        Some(party) => Err(FilingRefusal::UnknownParty { party }),
        None => Ok(()),
    }
}

/// Takes an event into the state of a case that exists already (the first one opens it).
pub fn apply(case: &mut CaseState, event: &FilingEvent, _: &Recorded) {
    let FilingEvent::Submitted { application, received_on, .. } = event;
    case.submitted_on = *received_on;
    case.take_application((**application).clone());
}
