//! Mediation (调解): offers and answers of the parties themselves, what one side tells the mediator alone, an
//! agreement term by term, signatures that are as easy to refuse as to give.

mod lasting;
mod page;
pub(crate) mod samples;

use std::sync::Arc;

use jiff::civil::Date;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, DocumentId, MaterialId, PartyId, PersonId},
    mediation::{Agreement, Confidence, Means, MediationCommand, Offer},
    paper::PaperKind,
};

use super::{
    evidence::speaks_for,
    on_paper::{act_of_party, comparers, spoken_for},
    prelude_of_cases::{Acted, act, role, route},
    signature::{hand_of, hand_route},
};
use crate::http::prelude::*;

pub use lasting::Lasting;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/mediation", Op::ShowMediation, page)
        .post("/cases/{case}/mediation/asking", Op::AskForMediation, ask)
        .post("/cases/{case}/mediation/opening", Op::OpenMediation, open)
        .post("/cases/{case}/mediation/offers", Op::MakeOffer, offer)
        .post("/cases/{case}/mediation/answers", Op::AnswerOffer, answer)
        .post("/cases/{case}/mediation/confidences", Op::ConfideToMediator, confide)
        .post("/cases/{case}/mediation/releases", Op::ReleaseConfidence, release)
        .post("/cases/{case}/mediation/agreement", Op::RecordAgreement, agree)
        .post("/cases/{case}/mediation/signature", Op::SignAgreement, sign)
        .post("/cases/{case}/mediation/extension", Op::ProposeLongerMediation, lasting::propose)
        .post("/cases/{case}/mediation/extension/agreement", Op::AgreeToLongerMediation, lasting::agree)
        .post("/cases/{case}/mediation/leaving", Op::LeaveMediation, leave)
        .post("/cases/{case}/mediation/failure", Op::EndMediation, fail)
}

/// A party's answer to an offer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReplyFacts {
    by: String,
    accepts: bool,
    words: String,
    on: Date,
}

/// An offer and what was said to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfferFacts {
    /// Its place in the order they were made.
    number: usize,
    by: Option<String>,
    own: bool,
    terms: String,
    on: Date,
    counters: Option<usize>,
    replies: Vec<ReplyFacts>,
    /// Whether everyone else would agree.
    accepted: bool,
    /// Those for whom the reader may still answer it.
    unanswered: Vec<(PartyId, String)>,
}

/// What a party told the mediator alone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConfidenceFacts {
    number: usize,
    party: PartyId,
    by: String,
    words: String,
    on: Date,
    released: bool,
    /// Whether the reader may let it go on to the other side.
    may_release: bool,
}

/// Who signs the agreement.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgreementSigner {
    name: String,
    signed: bool,
    /// Day of the signature.
    on: Option<Date>,
    /// Whether it stands on paper, where that is known.
    on_paper: Option<bool>,
    /// Where the picture of the signature by hand is, if one was drawn.
    hand: Option<String>,
}

/// An agreement and who has signed it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgreementFacts {
    agreement: Agreement,
    sha256: String,
    /// The agreement as it is printed, with the signatures in it.
    paper: Option<MaterialId>,
    signers: Vec<AgreementSigner>,
    /// Those for whom the reader may still sign.
    unsigned: Vec<(PartyId, String)>,
}

/// Mediation of a case, as its reader sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediationView {
    case: CaseId,
    open: bool,
    /// Its last day, and a later one if all agree.
    lasting: Option<Lasting>,
    /// Parties that asked for it.
    asked: Vec<String>,
    failed_because: Option<String>,
    /// Whether its days ended without an agreement.
    lapsed: bool,
    offers: Vec<OfferFacts>,
    /// The reader's own, and to the mediator everyone's.
    confidences: Vec<ConfidenceFacts>,
    agreement: Option<AgreementFacts>,
    statement: Option<MaterialId>,
    /// The statement on its way to being signed and sealed, for whoever may see drafts.
    statement_draft: Option<DocumentId>,
    /// Those for whom the reader may speak.
    speaks_for: Vec<(PartyId, String)>,
    may_mediate: bool,
    /// Terms an agreement may be written from: those of an offer.
    from_offer: Option<String>,
    #[serde(skip)]
    comparers: Vec<(PersonId, String)>,
    #[serde(skip)]
    frame: Option<(Arc<CaseState>, Reader)>,
}

fn named(case: &CaseState, id: PartyId) -> String {
    case.parties.get(&id).map(|party| format!("{} {}", role(party.role), party.name)).unwrap_or_default()
}

impl MediationView {
    fn of(case: &Arc<CaseState>, reader: &Reader, to: &Showing, from_offer: Option<usize>) -> Self {
        let mediation = &case.mediation;
        let going = case.stage.is_trial() && case.stayed.is_none();
        let speaks_for = if going { spoken_for(case, reader) } else { vec![] };
        let statement = case.statement_in_force().filter(|paper| access::may_see(reader, case, paper));
        let drafted = mediation.statement.and_then(|id| case.drafts.get(&id)).filter(|draft| draft.issued.is_none());
        let drafted = drafted.filter(|_| access::may(reader, Act::ViewDrafts, case.stage).is_ok());
        let confidences = mediation.confidences.iter().enumerate();
        let heard = confidences.filter(|(_, (told, _))| access::may_hear(reader, case, told.party));
        let may_mediate = going && access::may(reader, Act::Mediate, case.stage).is_ok();
        let taken = from_offer.filter(|_| may_mediate).and_then(|offer| mediation.offers.get(offer));
        Self {
            case: case.id,
            open: mediation.open,
            lasting: Lasting::of(case, &speaks_for),
            lapsed: mediation.lapsed,
            asked: mediation.asked.iter().map(|party| named(case, *party)).collect(),
            failed_because: mediation.failed_because.clone().filter(|_| !mediation.open),
            offers: mediation
                .offers
                .iter()
                .enumerate()
                .map(|(at, offer)| offer_facts(case, reader, &speaks_for, at, offer))
                .collect(),
            confidences: heard
                .map(|(at, (told, released))| confidence_facts(case, &speaks_for, at, told, *released))
                .collect(),
            agreement: mediation
                .agreement
                .as_ref()
                .map(|agreement| agreement_facts(case, reader, &speaks_for, agreement)),
            statement: statement.map(|paper| paper.id),
            statement_draft: drafted.map(|draft| draft.id),
            may_mediate,
            from_offer: taken.map(|offer| offer.terms.clone()),
            comparers: comparers(case, to),
            speaks_for,
            frame: Some((Arc::clone(case), reader.clone())),
        }
    }
}

type Named = (PartyId, String);

fn offer_facts(case: &CaseState, reader: &Reader, speaks_for: &[Named], at: usize, offer: &Offer) -> OfferFacts {
    let said = |party: PartyId| case.mediation.replies.get(&(at, party));
    let replies = case.party_order.iter().filter_map(|party| {
        let reply = said(*party)?;
        Some(ReplyFacts { by: named(case, *party), accepts: reply.accepts, words: reply.words.clone(), on: reply.on })
    });
    let waits = |(party, _): &&Named| case.mediation.open && Some(*party) != offer.by && said(*party).is_none();
    OfferFacts {
        number: at,
        by: offer.by.map(|party| named(case, party)),
        own: offer.by.is_some() && offer.by == reader.party,
        terms: offer.terms.clone(),
        on: offer.on,
        counters: offer.counters,
        replies: replies.collect(),
        accepted: case.is_offer_accepted(at),
        unanswered: speaks_for.iter().filter(waits).cloned().collect(),
    }
}

fn confidence_facts(
    case: &CaseState,
    speaks_for: &[Named],
    at: usize,
    told: &Confidence,
    released: bool,
) -> ConfidenceFacts {
    let may_speak = speaks_for.iter().any(|(party, _)| *party == told.party);
    ConfidenceFacts {
        number: at,
        party: told.party,
        by: named(case, told.party),
        words: told.words.clone(),
        on: told.on,
        released,
        may_release: case.mediation.open && !released && may_speak,
    }
}

fn agreement_facts(case: &CaseState, reader: &Reader, speaks_for: &[Named], agreement: &Agreement) -> AgreementFacts {
    let signature = |party: &PartyId| case.mediation.signed.get(party);
    let signed = |party: &PartyId| signature(party).is_some();
    let signer = |party: &PartyId| AgreementSigner {
        name: named(case, *party),
        signed: signed(party),
        on: signature(party).map(|given| given.on),
        on_paper: signature(party).and_then(|given| given.means).map(|means| means == Means::OnPaper),
        hand: signature(party).and_then(|given| given.hand.as_ref()).map(|hand| hand_route(case.id, hand)),
    };
    let printed = case.last_paper(PaperKind::MediationAgreement);
    AgreementFacts {
        paper: printed.filter(|paper| access::may_see(reader, case, paper)).map(|paper| paper.id),
        agreement: agreement.clone(),
        sha256: agreement.sha256(),
        signers: case.party_order.iter().map(signer).collect(),
        unsigned: speaks_for.iter().filter(|(party, _)| !signed(party)).cloned().collect(),
    }
}

#[derive(Debug, Deserialize, ToSchema)]
struct Asked {
    offer: Option<usize>,
}

async fn page(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Shown<MediationView>, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    access::may(&reader, Act::ViewMain, case.stage).map_err(|_| Problem::not_found())?;
    Ok(show(&me.showing, &MediationView::of(&case, &reader, &me.showing, asked.offer)))
}

fn here(case: CaseId) -> String {
    route(case, "/mediation")
}

/// An act of the court.
async fn court_acts<T>(web: &Web, me: &Me, case: CaseId, input: &Input<T>, command: MediationCommand) -> Acted {
    act(web, me, case, input.command, command, &here(case)).await
}

/// An act of a party, its own or entered from paper.
async fn party_acts<T>(
    web: &Web,
    me: &Me,
    id: CaseId,
    input: &Input<T>,
    named: Option<PartyId>,
    command: impl FnOnce(PartyId) -> MediationCommand,
) -> Acted {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let party = speaks_for(&reader, &case, named)?;
    act_of_party(web, me, id, input, command(party), &here(id)).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct OfParty {
    party: Option<PartyId>,
}

async fn ask(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<OfParty>) -> Acted {
    party_acts(&web, &me, id, &input, input.value.party, |party| MediationCommand::Ask { party }).await
}

async fn open(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Nothing>) -> Acted {
    court_acts(&web, &me, id, &input, MediationCommand::Open).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Offered {
    party: Option<PartyId>,
    /// The offer it answers with other terms.
    offer: Option<usize>,
    terms: String,
}

/// An offer: of the reader's party, of the party a clerk names, else of the court.
async fn offer(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Offered>) -> Acted {
    let Offered { party, offer, terms } = &input.value;
    if party.is_none() && !me.actor.is_outside() {
        let command = MediationCommand::Offer { by: None, terms: terms.clone() };
        return court_acts(&web, &me, id, &input, command).await;
    }
    let command = |by| match *offer {
        Some(offer) => MediationCommand::Counter { offer, by, terms: terms.clone() },
        None => MediationCommand::Offer { by: Some(by), terms: terms.clone() },
    };
    party_acts(&web, &me, id, &input, *party, command).await
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Said {
    Accepted,
    Refused,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Answered {
    party: Option<PartyId>,
    offer: usize,
    said: Said,
    #[serde(default)]
    words: String,
}

async fn answer(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Answered>) -> Acted {
    let Answered { party, offer, said, words } = &input.value;
    let accepts = matches!(said, Said::Accepted);
    let command = |party| MediationCommand::Answer { offer: *offer, party, accepts, words: words.clone() };
    party_acts(&web, &me, id, &input, *party, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Confided {
    party: Option<PartyId>,
    words: String,
}

async fn confide(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Confided>) -> Acted {
    let words = input.value.words.clone();
    party_acts(&web, &me, id, &input, input.value.party, |party| MediationCommand::Confide { party, words }).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Released {
    party: Option<PartyId>,
    confidence: usize,
}

async fn release(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Released>) -> Acted {
    let confidence = input.value.confidence;
    party_acts(&web, &me, id, &input, input.value.party, |party| MediationCommand::Release { confidence, party }).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Agreed {
    terms: String,
    costs: String,
    effective_on_signature: Option<String>,
}

async fn agree(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Agreed>) -> Acted {
    let terms = input.value.terms.lines().map(str::trim).filter(|term| !term.is_empty()).map(str::to_owned).collect();
    let agreement = Agreement {
        terms,
        costs: input.value.costs.clone(),
        effective_on_signature: input.value.effective_on_signature.is_some(),
    };
    court_acts(&web, &me, id, &input, MediationCommand::Agree { agreement }).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Signature {
    party: Option<PartyId>,
    agreement_sha256: String,
    /// What was drawn on the pad, as JSON; empty where nothing was.
    #[serde(default)]
    strokes: String,
}

async fn sign(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Signature>) -> Acted {
    let agreement_sha256 = input.value.agreement_sha256.clone();
    let drawn = if me.actor.is_outside() { input.value.strokes.as_str() } else { "" };
    let hand = hand_of(&web, &me, drawn).await?;
    let command = |party| MediationCommand::Sign { party, agreement_sha256, hand };
    party_acts(&web, &me, id, &input, input.value.party, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Reasoned {
    party: Option<PartyId>,
    #[serde(default)]
    reason: String,
}

async fn leave(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Reasoned>) -> Acted {
    let reason = input.value.reason.clone();
    party_acts(&web, &me, id, &input, input.value.party, |party| MediationCommand::Leave { party, reason }).await
}

async fn fail(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Reasoned>) -> Acted {
    let command = MediationCommand::Fail { reason: input.value.reason.clone() };
    court_acts(&web, &me, id, &input, command).await
}
