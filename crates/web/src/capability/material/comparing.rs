//! Comparing a paper with its original (原件核对): who, when, with what result, and where the original is now.

use jiff::civil::Date;
use xiezhi_domain::{
    ids::{CaseId, MaterialId, PersonId},
    material::{MaterialCommand, OriginalCheck},
};

use super::ReaderView;
use crate::{
    capability::prelude_of_cases::{Acted, act, route},
    frame::prelude::*,
    http::{me::Me, prelude::*},
    messages::{material::Key, t},
};

/// What came of comparing.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ComparedWithOriginal {
    compared_on: Date,
    compared_by: PersonId,
    /// `yes` or `no`.
    agrees: String,
    #[serde(default)]
    kept_at: String,
}

pub(super) async fn compare(
    State(web): State<Web>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    form: Input<ComparedWithOriginal>,
) -> Acted {
    let ComparedWithOriginal { compared_on, compared_by, agrees, kept_at } = form.value;
    let agrees = agrees == "yes";
    let check = OriginalCheck { happened_on: compared_on, compared_by, agrees, kept_at: kept_at.trim().to_owned() };
    let command = MaterialCommand::Compare { material, check };
    act(&web, &me, case, form.command, command, &route(case, &format!("/file/{material}"))).await
}

impl ReaderView {
    /// Records a comparison; the newest one stands.
    pub(super) fn comparing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = format!("{}/original", self.own());
        let people: Vec<(String, &str)> =
            self.comparers.iter().map(|(person, name)| (person.to_string(), name.as_str())).collect();
        let people: Vec<Choice<'_>> = people.iter().map(|(person, name)| Choice::new(person, name)).collect();
        let first = people.first().map_or("", |choice| choice.value);
        let results = [Choice::new("yes", t(lang, Key::Agrees)), Choice::new("no", t(lang, Key::Differs))];
        let today = to.today.to_string();
        let body = form(
            FormTo { action: &action, wide: true, ..FormTo::default() },
            html! {
                (to.command_field())
                (Field::new("compared_on", t(lang, Key::ComparedOn)).value(&today).date())
                (Field::new("compared_by", t(lang, Key::ComparedBy)).value(first).select(lang, &people))
                (Field::new("agrees", t(lang, Key::Result)).value("yes").choice_across(&results))
                (Field::new("kept_at", t(lang, Key::KeptAt)).help(t(lang, Key::KeptAtHelp)).required().text())
                (Verb::submit(t(lang, Key::Save)).about(t(lang, Key::Original)))
            },
        );
        html! { div.in { details.explain { summary { (Icon::Check) (t(lang, Key::Compare)) (unfolds()) } div { (body) } } } }
    }
}
