//! What came on paper (代录线下材料): the part of a form that asks how it came, and the act it makes.

use xiezhi_domain::{
    access::Reader,
    case::CaseState,
    command::CaseCommand,
    ids::{CaseId, PartyId, PersonId},
    on_paper::{OnPaperCommand, Way},
};

use super::prelude_of_cases::{Acted, act, role};
use crate::{
    frame::prelude::*,
    http::{came::CameForm, prelude::*},
    messages::{on_paper::Key, overview::acts, t},
};

/// An act of a party: as the party's own where it acts here itself, as an entry from paper where the court's
/// people enter it.
pub fn of_party(me: &Me, came: &CameForm, command: impl Into<CaseCommand>) -> Result<CaseCommand, Problem> {
    let command = command.into();
    if me.actor.is_outside() {
        return Ok(command);
    }
    Ok(OnPaperCommand { came: came.whole()?, command: Box::new(command) }.into())
}

/// Carries out an act of a party, its own or entered from paper, and goes on at `location`.
pub async fn act_of_party<T>(
    web: &Web,
    me: &Me,
    case: CaseId,
    form: &Input<T>,
    command: impl Into<CaseCommand>,
    location: &str,
) -> Acted {
    let command = of_party(me, &form.came, command)?;
    act(web, me, case, form.command, command, location).await
}

/// The parties `reader` may speak for: its own; all of them for a clerk. Identifier, role and name.
pub fn spoken_for(case: &CaseState, reader: &Reader) -> Vec<(PartyId, String)> {
    let may = xiezhi_domain::access::may(reader, xiezhi_domain::access::Act::SpeakForParty, case.stage).is_ok();
    let own = |party: PartyId| if reader.is_side() { reader.party == Some(party) } else { may };
    let parties = case.parties_in_order().filter(|party| may && own(party.id));
    parties.map(|party| (party.id, format!("{} {}", role(party.role), party.name))).collect()
}

/// The people who may have compared an entry with what came: those of the court who work on the case.
pub fn comparers(case: &CaseState, to: &Showing) -> Vec<(PersonId, String)> {
    let me = to.person.as_ref().map(|person| person.id);
    let tribunal = case.tribunal.as_ref();
    let team = tribunal.into_iter().flat_map(|it| [it.clerk, it.assistant, Some(it.judge)]).flatten();
    let mut all: Vec<PersonId> = me.into_iter().collect();
    for person in team {
        if !all.contains(&person) {
            all.push(person);
        }
    }
    all.into_iter().map(|person| (person, to.name(person).to_owned())).collect()
}

/// Asks how it came; nothing where the reader is outside and acts itself. `key` keeps the ids of several
/// forms on one page apart.
pub fn came_fields(to: &Showing, comparers: &[(PersonId, String)], key: &str) -> Markup {
    let lang = to.lang();
    if to.is_outside() {
        return html! {};
    }
    let id = |name: &str| format!("{name}-{key}");
    let today = to.today.to_string();
    html! {
        fieldset.field {
            legend { (t(lang, Key::Title)) }
            div.pair {
                div.field {
                    label for=(id("came_by")) { (t(lang, Key::Way)) }
                    select.input id=(id("came_by")) name="came_by" { @for way in Way::ALL { option value=(xiezhi_app::rows::code_of(&way)) { (t(lang, acts::way(way))) } } }
                }
                div.field {
                    label for=(id("came_on")) { (t(lang, Key::CameOn)) }
                    input.input.date type="date" id=(id("came_on")) name="came_on" value=(today) max=(today);
                }
            }
            div.field {
                label for=(id("compared_by")) { (t(lang, Key::ComparedBy)) }
                select.input id=(id("compared_by")) name="compared_by" { @for (person, name) in comparers { option value=(person) { (name) } } }
            }
        }
    }
}

/// For whom it is: a hidden field where there is one, a choice where a clerk may enter it for several.
pub fn party_field(to: &Showing, parties: &[(PartyId, String)], key: &str) -> Markup {
    let id = format!("party-{key}");
    match parties {
        [(party, _)] => html! { input type="hidden" name="party" value=(party); },
        _ => html! {
            div.field {
                label for=(id) { (t(to.lang(), Key::Whose)) }
                select.input id=(id) name="party" { @for (party, name) in parties { option value=(party) { (crate::messages::roles::in_words(to.lang(), name)) } } }
            }
        },
    }
}
