//! The forms of a party: its address for service, its agents. Folded until wanted; each control has an id of
//! its own, for a clerk's page holds the forms of all parties.

use xiezhi_domain::{
    ids::{CaseId, PersonId},
    party::SpecialAuthority,
};

use super::PartySheet;
use crate::{
    capability::{on_paper::came_fields, prelude_of_cases::route},
    frame::prelude::*,
    http::showing::Showing,
    messages::{
        parties::{self as words, Key},
        t,
    },
};

/// One line of text with an id of its own.
fn line(id: &str, name: &str, label: &str, help: &str, value: &str) -> Markup {
    let id = format!("{name}-{id}");
    let described = (!help.is_empty()).then(|| format!("{id}-help"));
    html! {
        div.field {
            label for=(id) { (label) }
            input.input type="text" id=(id) name=(name) value=(value) autocomplete="off" aria-describedby=[described.as_deref()];
            @if let Some(described) = &described { p.help id=(described) { (help) } }
        }
    }
}

/// Confirms or changes the address for service.
pub(super) fn address(to: &Showing, case: CaseId, party: &PartySheet, comparers: &[(PersonId, String)]) -> Markup {
    let lang = to.lang();
    let action = route(case, &format!("/parties/{}/address", party.id));
    let id = format!("address-{}", party.id);
    let known = party.private.as_ref().and_then(|private| private.address.as_ref());
    let (domicile, phone) = party.private.as_ref().map_or(("", ""), |private| {
        (private.domicile.as_deref().unwrap_or_default(), private.phone.as_deref().unwrap_or_default())
    });
    let electronic_address = known.and_then(|address| address.electronic_address.as_deref()).unwrap_or_default();
    let recipient = known.and_then(|address| address.recipient.as_deref()).unwrap_or_default();
    let title = t(lang, if known.is_some() { Key::ChangeAddress } else { Key::ConfirmFirst });
    unfold(title, form(FormTo { action: &action, ..FormTo::default() }, html! {
        (to.command_field())
        p { (t(lang, Key::AddressWarning)) }
        (line(&id, "postal", t(lang, Key::Postal), t(lang, Key::PostalHelp), known.map_or(domicile, |address| &address.postal)))
        (line(&id, "phone", t(lang, Key::AddressPhone), "", known.map_or(phone, |address| &address.phone)))
        (line(&id, "recipient", t(lang, Key::Recipient), "", recipient))
        div.field { label.pick { input type="checkbox" name="electronic" value="yes" checked[known.is_some_and(|address| address.electronic)]; span { (t(lang, Key::Electronic)) small { (t(lang, Key::ElectronicHelp)) } } } }
        (line(&id, "electronic_address", t(lang, Key::ElectronicAddress), t(lang, Key::ElectronicAddressHelp), electronic_address))
        @if party.own { (signature_pad(lang, to.person.as_ref().map_or("", |person| &person.name), None)) }
        (came_fields(to, comparers, &id))
        (Verb::submit(t(lang, Key::Confirm)).about(&party.name))
    }))
}

/// Appoints an agent with itemised authority.
pub(super) fn agent(to: &Showing, case: CaseId, party: &PartySheet, comparers: &[(PersonId, String)]) -> Markup {
    let lang = to.lang();
    let action = route(case, &format!("/parties/{}/agents", party.id));
    let id = format!("agent-{}", party.id);
    unfold(t(lang, Key::Appoint), form(FormTo { action: &action, ..FormTo::default() }, html! {
        (to.command_field())
        p.muted { (t(lang, Key::AtMostTwo)) }
        (line(&id, "name", t(lang, Key::AgentName), "", ""))
        (line(&id, "firm", t(lang, Key::AgentFirm), "", ""))
        (line(&id, "phone", t(lang, Key::AgentPhone), "", ""))
        fieldset.field {
            legend { (t(lang, Key::AgentSpecial)) }
            div.picks { @for item in SpecialAuthority::ALL {
                label.pick { input type="checkbox" name="special" value=(xiezhi_app::rows::code_of(&item)); span { (t(lang, words::authority(item))) } }
            } }
            p.help { (t(lang, Key::AgentSpecialHelp)) }
        }
        (came_fields(to, comparers, &id))
        (Verb::submit(t(lang, Key::AppointDo)).about(&party.name))
    }))
}
