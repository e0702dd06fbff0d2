//! How long mediation lasts (调解期限): its last day, and a later one if all agree.

use jiff::civil::Date;
use xiezhi_domain::{
    case::CaseState,
    ids::{CaseId, PartyId},
    mediation::MediationCommand,
};

use super::{MediationView, court_acts, named, page::of, party_acts};
use crate::{
    capability::prelude_of_cases::Acted,
    frame::prelude::*,
    http::prelude::*,
    messages::{
        day_spoken,
        roles,
        mediation::{self as words, Key},
        t,
    },
};

/// The last day of a mediation that goes on, and the later one proposed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Lasting {
    /// Last day.
    pub until: Date,
    /// A later last day that was proposed.
    pub proposed: Option<Proposed>,
}

/// A later last day, and who agreed to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Proposed {
    /// The later last day.
    pub until: Date,
    /// Who proposed it; none for the court.
    pub by: Option<String>,
    /// Who agreed.
    pub agreed: Vec<String>,
    /// Who was not heard yet.
    pub waiting: Vec<String>,
    /// Those for whom the reader may still agree.
    pub unheard: Vec<(PartyId, String)>,
}

impl Lasting {
    /// How long the mediation of `case` lasts; nothing while none goes on.
    pub fn of(case: &CaseState, speaks_for: &[(PartyId, String)]) -> Option<Self> {
        let proposed = case.mediation.extension.as_ref().map(|proposed| {
            let (agreed, waiting): (Vec<PartyId>, Vec<PartyId>) =
                case.party_order.iter().copied().partition(|party| proposed.agreed.contains(party));
            let names = |parties: &[PartyId]| parties.iter().map(|party| named(case, *party)).collect();
            Proposed {
                until: proposed.until_on,
                by: proposed.by.map(|party| named(case, party)),
                agreed: names(&agreed),
                unheard: speaks_for.iter().filter(|(party, _)| waiting.contains(party)).cloned().collect(),
                waiting: names(&waiting),
            }
        });
        case.mediation_until().map(|until| Self { until, proposed })
    }
}

impl MediationView {
    /// Until when, what was proposed, and the forms to agree or to propose.
    pub(super) fn lasting(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let Some(it) = &self.lasting else { return html! {} };
        let propose = Key::ProposeLonger;
        Sheet::new(t(lang, Key::Lasting)).id("lasting").body(html! {
            p { (words::until(lang, &day_spoken(lang, it.until))) " " (Due::new(it.until, to.today).tag(lang)) }
            p.faint { (t(lang, Key::LastingNote)) }
            @if let Some(proposed) = &it.proposed { (self.proposed(to, proposed)) }
            @if self.may_mediate { (unfold(t(lang, propose), self.send(to, "extension", self.later(to, "court")))) }
            @else if !self.speaks_for.is_empty() {
                @let verbs = [Verb::submit(t(lang, propose))];
                (unfold(t(lang, propose), self.send_for(to, of("extension", &self.speaks_for, "longer"), self.day_field(to, "longer"), &verbs)))
            }
        })
    }

    fn later(&self, to: &Showing, key: &str) -> Markup {
        html! { (self.day_field(to, key)) (acts(&[Verb::submit(t(to.lang(), Key::ProposeLonger))])) }
    }

    fn day_field(&self, to: &Showing, key: &str) -> Markup {
        let id = format!("until-{key}");
        html! {
            div.field {
                label for=(id) { (t(to.lang(), Key::LongerUntil)) }
                input.input.date #(id) type="date" name="until_on" required;
            }
        }
    }

    /// To agree is a word of its own; not to say it is enough to end mediation on its last day.
    fn proposed(&self, to: &Showing, it: &Proposed) -> Markup {
        let lang = to.lang();
        let on = day_spoken(lang, it.until);
        let by = roles::in_words(lang, it.by.as_deref().unwrap_or(t(lang, Key::OfCourt)));
        html! {
            (note_of(Standing::Waiting, html! { (words::longer(lang, &by, &on)) }))
            ul.points {
                @for party in &it.agreed { li { (known_as(lang, party)) " " (tag(Standing::Done, t(lang, Key::LongerAgreed))) } }
                @for party in &it.waiting { li { (known_as(lang, party)) " " (tag(Standing::Waiting, t(lang, Key::LongerWaits))) } }
            }
            @if !it.unheard.is_empty() {
                @let seen = html! { input type="hidden" name="until_on" value=(it.until); };
                @let agree = self.send_for(to, of("extension/agreement", &it.unheard, "agree-longer"), seen, &[Verb::submit(t(lang, Key::AgreeLonger))]);
                @if to.is_outside() { (agree) } @else { (unfold(t(lang, Key::EnterAgreeLonger), agree)) }
            }
        }
    }
}

/// A later last day.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Later {
    party: Option<PartyId>,
    until_on: Date,
}

/// Proposes a later last day: for the reader's party, for the party a clerk names, else for the court.
pub(super) async fn propose(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Later>) -> Acted {
    let Later { party, until_on } = input.value;
    if party.is_none() && !me.actor.is_outside() {
        return court_acts(&web, &me, id, &input, MediationCommand::ProposeExtension { by: None, until_on }).await;
    }
    let command = |party| MediationCommand::ProposeExtension { by: Some(party), until_on };
    party_acts(&web, &me, id, &input, party, command).await
}

/// Agrees to the later last day that was read.
pub(super) async fn agree(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Later>) -> Acted {
    let Later { party, until_on } = input.value;
    let command = |party| MediationCommand::AgreeToExtension { party, until_on };
    party_acts(&web, &me, id, &input, party, command).await
}
