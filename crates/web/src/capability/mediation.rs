//! Mediation (调解): offers, an agreement term by term, signatures that are as easy to refuse as to give.

use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId, PartyId},
    mediation::{Agreement, MediationCommand},
};

use super::{
    case_frame::{CaseTab, case_page},
    prelude_of_cases::{Acted, act, role, route},
};
use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{day, mediation::Key, t},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/mediation", Op::ShowMediation, page)
        .post("/cases/{case}/mediation/opening", Op::OpenMediation, open)
        .post("/cases/{case}/mediation/offers", Op::MakeOffer, offer)
        .post("/cases/{case}/mediation/agreement", Op::RecordAgreement, agree)
        .post("/cases/{case}/mediation/signature", Op::SignAgreement, sign)
        .post("/cases/{case}/mediation/failure", Op::EndMediation, fail)
}

/// An offer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfferFacts {
    by: Option<String>,
    terms: String,
    on: String,
}

/// An agreement and who has signed it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgreementFacts {
    agreement: Agreement,
    sha256: String,
    signers: Vec<(String, bool)>,
}

/// Mediation of a case, as its reader sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediationView {
    open: bool,
    failed_because: Option<String>,
    offers: Vec<OfferFacts>,
    agreement: Option<AgreementFacts>,
    statement: Option<MaterialId>,
    parties: Vec<(PartyId, String)>,
    may_mediate: bool,
    may_sign_for: Option<PartyId>,
    #[serde(skip)]
    frame: Option<(std::sync::Arc<CaseState>, Reader)>,
}

impl MediationView {
    fn of(case: &CaseState, reader: &Reader) -> Self {
        let named = |id: &PartyId| case.parties.get(id).map(|party| format!("{} {}", role(party.role), party.name));
        let mediation = &case.mediation;
        let may = |act| case.stage.is_trial() && case.stayed.is_none() && access::may(reader, act, case.stage).is_ok();
        let unsigned = |party: &PartyId| mediation.agreement.is_some() && !mediation.signed.contains(party);
        let statement = case.statement_in_force().filter(|paper| access::may_see(reader, case, paper));
        Self {
            open: mediation.open,
            failed_because: mediation.failed_because.clone().filter(|_| !mediation.open),
            offers: mediation
                .offers
                .iter()
                .map(|offer| OfferFacts { by: offer.by.as_ref().and_then(named), terms: offer.terms.clone(), on: day(offer.on) })
                .collect(),
            agreement: mediation.agreement.as_ref().map(|agreement| AgreementFacts {
                agreement: agreement.clone(),
                sha256: agreement.sha256(),
                signers: case
                    .party_order
                    .iter()
                    .filter_map(|id| Some((named(id)?, mediation.signed.contains(id))))
                    .collect(),
            }),
            statement: statement.map(|paper| paper.id),
            parties: case.party_order.iter().filter_map(|id| Some((*id, named(id)?))).collect(),
            may_mediate: may(Act::Mediate),
            may_sign_for: reader.party.filter(|_| reader.is_side() && may(Act::SpeakForParty)).filter(unsigned),
            frame: None,
        }
    }
}

async fn page(State(web): State<Web>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<MediationView>, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    access::may(&reader, Act::ViewMain, case.stage).map_err(|_| Problem::not_found())?;
    let mut view = MediationView::of(&case, &reader);
    view.frame = Some((case, reader));
    Ok(show(&me.showing, &view))
}

impl View for MediationView {
    fn page(&self, to: &Showing) -> Markup {
        let Some((case, reader)) = &self.frame else { return html! {} };
        let lang = to.lang();
        let body = html! {
            h1.unseen[!to.is_outside()] { (t(lang, Key::Title)) }
            @if let Some(statement) = self.statement { (self.statement(to, case.id, statement)) }
            @if let Some(agreement) = &self.agreement { (self.agreement(to, case.id, agreement)) }
            @if self.open { (self.offers(to, case.id)) } @else { (self.resting(to, case.id)) }
            @if self.open && self.may_mediate { (self.conclude(to, case.id)) }
        };
        case_page(to, case, reader, CaseTab::Mediation, PageParts::default(), stack(body))
    }
}

fn send(to: &Showing, action: &str, body: Markup) -> Markup {
    form(FormTo { action, ..FormTo::default() }, html! { (to.command_field()) (body) })
}

impl MediationView {
    fn statement(&self, to: &Showing, case: CaseId, statement: MaterialId) -> Markup {
        let lang = to.lang();
        let href = route(case, &format!("/file/{statement}"));
        Sheet::new(t(lang, Key::Statement)).body(acts(&[Verb::go(t(lang, Key::ReadStatement), &href)]))
    }

    /// No mediation goes on: what was, and how it may begin.
    fn resting(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        let note = if to.is_outside() { Key::NotOpenParty } else { Key::NotOpenStaff };
        html! {
            @if let Some(reason) = &self.failed_because {
                (note_of(Standing::Stopped, html! { (t(lang, Key::Failed)) "：" (reason) }))
            }
            @if self.agreement.is_none() { (Blank::empty(Icon::Talk, t(lang, Key::NotOpen), t(lang, note)).sheet()) }
            @if self.may_mediate { (send(to, &route(case, "/mediation/opening"), html! { (acts(&[Verb::submit(t(lang, Key::Open)).primary()])) })) }
        }
    }

    fn offers(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Offers)).note(t(lang, Key::Going)).body(html! {
            @if self.offers.is_empty() { p.faint { (t(lang, Key::NoOffers)) } }
            @for offer in &self.offers {
                p lang="zh-CN" {
                    b { (offer.by.as_deref().unwrap_or(t(lang, Key::OfCourt))) } " " span.faint { (offer.on) } br; (offer.terms)
                }
            }
            (note(Icon::Notice, html! { (t(lang, Key::OfferNote)) }))
            (self.offer_form(to, case))
        })
    }

    fn offer_form(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        if !self.may_mediate {
            return html! {};
        }
        let ids: Vec<(String, &str)> = self.parties.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
        let mut choices = vec![Choice::new("", t(lang, Key::OfCourt))];
        choices.extend(ids.iter().map(|(id, name)| Choice::new(id, name)));
        send(to, &route(case, "/mediation/offers"), html! {
            (Field::new("by", t(lang, Key::ByWhom)).select(lang, &choices))
            (Field::new("terms", t(lang, Key::Terms)).textarea(3))
            (acts(&[Verb::submit(t(lang, Key::MakeOffer))]))
        })
    }

    fn agreement(&self, to: &Showing, case: CaseId, it: &AgreementFacts) -> Markup {
        let lang = to.lang();
        let effect = if it.agreement.effective_on_signature { Key::OnSignatureNote } else { Key::OnReceiptNote };
        html! {
            (Sheet::new(t(lang, Key::Agreement)).body(html! {
                ol.points lang="zh-CN" { @for term in &it.agreement.terms { li { (term) } } }
                (pairs(&[(t(lang, Key::Costs), html! { span lang="zh-CN" { (it.agreement.costs) } })]))
                p.faint { (t(lang, effect)) }
                ul.points {
                    @for (name, signed) in &it.signers {
                        li { span lang="zh-CN" { (name) } " "
                            @if *signed { (tag(Standing::Done, t(lang, Key::Signed))) } @else { (tag(Standing::Waiting, t(lang, Key::NotSigned))) } }
                    }
                }
            }))
            @if let Some(party) = self.may_sign_for { (self.signing(to, case, it, party)) }
        }
    }

    /// To sign and not to sign stand side by side, in the same weight.
    fn signing(&self, to: &Showing, case: CaseId, it: &AgreementFacts, party: PartyId) -> Markup {
        let lang = to.lang();
        let call = format!("tel:{}", to.settings.hotline);
        html! {
            (Sheet::new(t(lang, Key::SignIt)).body(send(to, &route(case, "/mediation/signature"), html! {
                input type="hidden" name="party" value=(party);
                input type="hidden" name="agreement_sha256" value=(it.sha256);
                p { (t(lang, Key::SignNote)) }
                (acts(&[Verb::submit(t(lang, Key::SignIt))]))
            })))
            (Sheet::new(t(lang, Key::RefuseIt)).body(html! {
                p { (t(lang, Key::RefuseNote)) }
                (acts(&[Verb::go(t(lang, Key::CallCourt), &call)]))
            }))
        }
    }

    /// What the mediator can do: an agreement, or back to the trial.
    fn conclude(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        let known = self.agreement.as_ref().map(|it| &it.agreement);
        let title = if known.is_some() { Key::ChangeAgreement } else { Key::MakeAgreement };
        let terms = known.map(|it| it.terms.join("\n")).unwrap_or_default();
        let costs = known.map_or("", |it| it.costs.as_str());
        html! {
            (Sheet::new(t(lang, title)).body(send(to, &route(case, "/mediation/agreement"), html! {
                (Field::new("terms", t(lang, Key::TermsEach)).help(t(lang, Key::TermsHelp)).value(&terms).textarea(6))
                (Field::new("costs", t(lang, Key::Costs)).value(costs).text())
                (checkbox("effective_on_signature", html! { (t(lang, Key::OnSignature)) }, known.is_some_and(|it| it.effective_on_signature), None))
                (acts(&[Verb::submit(t(lang, Key::PutIt)).primary()]))
            })))
            (Sheet::new(t(lang, Key::Fail)).body(send(to, &route(case, "/mediation/failure"), html! {
                (Field::new("reason", t(lang, Key::Reason)).help(t(lang, Key::FailNote)).text())
                (acts(&[Verb::submit(t(lang, Key::Fail))]))
            })))
        }
    }

}

async fn run<T>(web: &Web, me: &Me, case: CaseId, input: &Input<T>, command: MediationCommand) -> Acted {
    act(web, me, case, input.command, command, &route(case, "/mediation")).await
}

async fn open(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Nothing>) -> Acted {
    run(&web, &me, id, &input, MediationCommand::Open).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Offered {
    #[serde(default)]
    by: String,
    terms: String,
}

async fn offer(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Offered>) -> Acted {
    let by = match input.value.by.as_str() {
        "" => None,
        party => Some(party.parse().map_err(|_| Problem::invalid(vec![FieldError::new("by", "input.unknown_choice")]))?),
    };
    let command = MediationCommand::Offer { by, terms: input.value.terms.clone() };
    run(&web, &me, id, &input, command).await
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
    run(&web, &me, id, &input, MediationCommand::Agree { agreement }).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Signature {
    party: PartyId,
    agreement_sha256: String,
}

async fn sign(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Signature>) -> Acted {
    let command = MediationCommand::Sign { party: input.value.party, agreement_sha256: input.value.agreement_sha256.clone() };
    run(&web, &me, id, &input, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Failed {
    reason: String,
}

async fn fail(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Failed>) -> Acted {
    let command = MediationCommand::Fail { reason: input.value.reason.clone() };
    run(&web, &me, id, &input, command).await
}
