//! The state of a case, folded from its events. Each capability keeps its own part and is the only one
//! to change it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    annotation::Annotation,
    appeal::Appeal,
    approval::Approval,
    archive::Archive,
    assignment::{Draw, Tribunal},
    closing::Closing,
    committee::Committee,
    consent::{Consent, Step},
    correcting::Correcting,
    counter::Intake,
    deliberation::Deliberation,
    drafting::Draft,
    event::CaseEvent,
    evidence::{Answer, EvidenceItem},
    fees::FeeAccount,
    filing::{Application, FilingEvent},
    hearing::Hearing,
    ids::{ApprovalId, CaseId, DocumentId, HearingId, MaterialId, PartyId, PersonId, ServiceId, ShareId},
    law::case_number::CaseNumber,
    material::Material,
    mediation::Mediation,
    moment::Recorded,
    parties::LinkCode,
    party::{AddressConfirmation, Agent, Party, PartyRole},
    periods::Period,
    procedure::Stay,
    review::Review,
    series::Series,
    service::Service,
    sharing::Share,
    stage::Stage,
    supervision::{Supervision, SupervisionAct},
};

/// Kind of procedure (审理程序).
///
/// Source: 《民事诉讼法》第四十条、第一百六十条、第一百六十五条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Procedure {
    /// Ordinary procedure (普通程序).
    Ordinary,
    /// Summary procedure (简易程序).
    Summary,
    /// Small-claims procedure (小额诉讼程序).
    SmallClaims,
}

impl Procedure {
    /// All three.
    pub const ALL: [Procedure; 3] = [Procedure::Ordinary, Procedure::Summary, Procedure::SmallClaims];

    /// Whether court fees are halved.
    ///
    /// Source: 《诉讼费用交纳办法》第十六条.
    pub fn halves_fee(self) -> bool {
        self != Procedure::Ordinary
    }
}

/// Everything decided so far in one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseState {
    /// Identifier.
    pub id: CaseId,
    /// Revision of its stream.
    pub rev: u64,
    /// Revision of the last act that moved something: annotations within the court's team do not count.
    pub told_rev: u64,
    /// Where it stands.
    pub stage: Stage,
    /// What was applied for, as last corrected.
    pub application: Application,
    /// When it was submitted.
    pub submitted_on: Date,
    /// Who submitted it.
    pub submitted_by: Option<PersonId>,
    /// Filing review.
    pub review: Review,
    /// Case number, once filed.
    pub number: Option<CaseNumber>,
    /// Day of filing (立案日).
    pub filed_on: Option<Date>,
    /// Procedure.
    pub procedure: Procedure,
    /// Parties.
    pub parties: BTreeMap<PartyId, Party>,
    /// Parties in the order they were named.
    pub party_order: Vec<PartyId>,
    /// Agents.
    pub agents: Vec<Agent>,
    /// Address confirmations, oldest first.
    pub addresses: Vec<AddressConfirmation>,
    /// Codes by which parties without an account can link the case.
    pub link_codes: BTreeMap<PartyId, LinkCode>,
    /// Tribunal.
    pub tribunal: Option<Tribunal>,
    /// The draw that chose the judge.
    pub draw: Option<Draw>,
    /// Fees.
    pub fees: FeeAccount,
    /// Consent to on-line steps.
    pub consents: BTreeMap<(PartyId, Step), Consent>,
    /// Papers, in the order they came.
    pub materials: BTreeMap<MaterialId, Material>,
    /// Order of papers.
    pub material_order: Vec<MaterialId>,
    /// Annotations that were shared, in the order they were.
    pub annotations: Vec<Annotation>,
    /// What was taken at the counter, in its order.
    pub intakes: Vec<Intake>,
    /// Attempts to serve.
    pub services: BTreeMap<ServiceId, Service>,
    /// Order of attempts.
    pub service_order: Vec<ServiceId>,
    /// What was tried to reach parties, in the order it was entered.
    pub tries: Vec<crate::service::Try>,
    /// Papers shared with people outside the court.
    pub shares: BTreeMap<ShareId, Share>,
    /// Answers and counterclaims.
    pub answers: Vec<Answer>,
    /// Evidence.
    pub evidence: Vec<EvidenceItem>,
    /// Parties that waived the answer and evidence periods.
    pub waived: BTreeSet<PartyId>,
    /// Hearings.
    pub hearings: BTreeMap<HearingId, Hearing>,
    /// Order of hearings.
    pub hearing_order: Vec<HearingId>,
    /// Issues in dispute (争议焦点).
    pub issues: Vec<String>,
    /// Mediation.
    pub mediation: Mediation,
    /// Deliberation of the panel.
    pub deliberation: Deliberation,
    /// What the adjudication committee has to do with it.
    pub committee: Committee,
    /// Documents of the court.
    pub drafts: BTreeMap<DocumentId, Draft>,
    /// Periods.
    pub periods: Vec<Period>,
    /// Requests for approval.
    pub approvals: BTreeMap<ApprovalId, Approval>,
    /// Stay of proceedings.
    pub stayed: Option<Stay>,
    /// Supervision, of one of the four kinds of cases.
    pub supervision: Option<Supervision>,
    /// The like cases it belongs to.
    pub series: Option<Series>,
    /// What was done in supervising it, in order.
    pub supervised: Vec<SupervisionAct>,
    /// What followed its issued documents: rulings on slips, corrected copies, revocations.
    pub correcting: Correcting,
    /// Where the case stood when a document was put forward; it goes back there if the document is returned.
    pub put_forward_at: Option<Stage>,
    /// Requests to withdraw the suit.
    pub withdrawal_asked_by: Option<PartyId>,
    /// Closing.
    pub closing: Option<Closing>,
    /// Day the decision took effect (生效).
    pub effective_on: Option<Date>,
    /// Appeals.
    pub appeals: Vec<Appeal>,
    /// Archive.
    pub archive: Archive,
    /// Day of the last event.
    pub changed_on: Date,
    /// Day of the last event that people outside may notice: what the court does between the hearing and the
    /// pronouncement is not theirs to time.
    pub told_outside_on: Date,
}

impl CaseState {
    /// A case as its first event makes it.
    pub fn opened(id: CaseId, application: Application, by: Option<PersonId>, on: Date) -> Self {
        let mut case = Self {
            id,
            rev: 0,
            told_rev: 0,
            stage: Stage::Submitted,
            procedure: application.procedure_wish.unwrap_or(Procedure::Summary),
            submitted_on: on,
            submitted_by: by,
            review: Review::default(),
            number: None,
            filed_on: None,
            parties: BTreeMap::new(),
            party_order: vec![],
            agents: vec![],
            addresses: vec![],
            link_codes: BTreeMap::new(),
            shares: BTreeMap::new(),
            tribunal: None,
            draw: None,
            fees: FeeAccount::default(),
            consents: BTreeMap::new(),
            materials: BTreeMap::new(),
            material_order: vec![],
            annotations: vec![],
            intakes: vec![],
            services: BTreeMap::new(),
            service_order: vec![],
            tries: vec![],
            answers: vec![],
            evidence: vec![],
            waived: BTreeSet::new(),
            hearings: BTreeMap::new(),
            hearing_order: vec![],
            issues: vec![],
            mediation: Mediation::default(),
            deliberation: Deliberation::default(),
            committee: Committee::default(),
            drafts: BTreeMap::new(),
            periods: vec![],
            approvals: BTreeMap::new(),
            stayed: None,
            supervision: None,
            series: None,
            supervised: vec![],
            correcting: Correcting::default(),
            put_forward_at: None,
            withdrawal_asked_by: None,
            closing: None,
            effective_on: None,
            appeals: vec![],
            archive: Archive::default(),
            changed_on: on,
            told_outside_on: on,
            application: application.clone(),
        };
        case.take_application(application);
        case
    }

    /// The case that `events` tell of, if the first of them is a submission. Total: whatever was recorded
    /// can be folded.
    pub fn fold<'a>(id: CaseId, events: impl IntoIterator<Item = (&'a CaseEvent, Recorded)>) -> Option<Self> {
        let mut case: Option<Self> = None;
        for (event, recorded) in events {
            if case.is_none() {
                let CaseEvent::Filing(FilingEvent::Submitted { application, by, received_on }) = event else {
                    continue;
                };
                case = Some(Self::opened(id, (**application).clone(), *by, *received_on));
            }
            if let Some(case) = &mut case {
                case.apply(event, &recorded);
            }
        }
        case
    }

    /// Takes over the parties, agents and addresses of an application, new or corrected.
    pub(crate) fn take_application(&mut self, application: Application) {
        self.party_order = application.parties.iter().map(|party| party.id).collect();
        self.parties = application.parties.iter().map(|party| (party.id, party.clone())).collect();
        self.agents = application.agents.clone();
        self.addresses = application.addresses.clone();
        for party in application.plaintiffs() {
            for step in &application.online {
                self.consents.insert((party.id, *step), Consent::Chosen);
            }
        }
        for address in &application.addresses {
            crate::consent::confirmed(self, address);
        }
        self.application = application;
        crate::evidence::of_application(self);
    }

    /// Parties in the order they were named.
    pub fn parties_in_order(&self) -> impl Iterator<Item = &Party> {
        self.party_order.iter().filter_map(|id| self.parties.get(id))
    }

    /// Parties of one role, in order.
    pub fn parties_as(&self, role: PartyRole) -> impl Iterator<Item = &Party> {
        self.parties_in_order().filter(move |party| party.role == role)
    }

    /// The party that this person is or acts for, if any.
    pub fn party_of(&self, person: PersonId) -> Option<&Party> {
        self.parties_in_order().find(|party| party.person == Some(person)).or_else(|| {
            let agent = self.agents.iter().find(|agent| agent.person == Some(person))?;
            self.parties.get(&agent.party)
        })
    }

    /// The agent of any party that this person is.
    pub fn agent(&self, person: PersonId) -> Option<&Agent> {
        self.agents.iter().find(|agent| agent.person == Some(person))
    }

    /// The address confirmation in force for the party.
    pub fn address(&self, party: PartyId) -> Option<&AddressConfirmation> {
        self.addresses.iter().rev().find(|address| address.party == party)
    }

    /// Papers in the order they came.
    pub fn materials_in_order(&self) -> impl Iterator<Item = &Material> {
        self.material_order.iter().filter_map(|id| self.materials.get(id))
    }

    /// Attempts to serve in the order they were made.
    pub fn services_in_order(&self) -> impl Iterator<Item = &Service> {
        self.service_order.iter().filter_map(|id| self.services.get(id))
    }

    /// Hearings in the order they were scheduled.
    pub fn hearings_in_order(&self) -> impl Iterator<Item = &Hearing> {
        self.hearing_order.iter().filter_map(|id| self.hearings.get(id))
    }

    /// The hearing that was scheduled last.
    pub fn last_hearing(&self) -> Option<&Hearing> {
        self.hearing_order.last().and_then(|id| self.hearings.get(id))
    }

    /// The judge in charge (承办法官).
    pub fn judge(&self) -> Option<PersonId> {
        self.tribunal.as_ref().map(|tribunal| tribunal.judge)
    }

    /// Title: the first plaintiff against the first defendant, with 等 where there are more.
    pub fn short_title(&self) -> String {
        let named = |role| {
            let names: Vec<&str> = self.parties_as(role).map(|party| party.name.as_str()).collect();
            match names.as_slice() {
                [] => "—".to_owned(),
                [one] => (*one).to_owned(),
                [first, ..] => format!("{first}等"),
            }
        };
        format!("{} 诉 {}", named(PartyRole::Plaintiff), named(PartyRole::Defendant))
    }
}
