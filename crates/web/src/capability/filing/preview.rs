//! The papers as they will be written, read before they are submitted; and what still holds that up.

use serde::Serialize;
use xiezhi_app::papers;
use xiezhi_documents::structure::Document;
use xiezhi_domain::{
    case::CaseState,
    decision::{About, PaperOrder},
    filing::EvidenceInput,
    ids::MaterialId,
    paper::PaperKind,
};

use super::{
    draft::Draft,
    fault::Fault,
    find,
    page::{self, FORM, Stop},
    step::Step,
};
use crate::{
    document,
    frame::prelude::*,
    http::prelude::*,
    messages::{faults, filing::Key, t},
};

/// The papers, read before they are submitted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PreviewView {
    /// The draft.
    pub id: String,
    /// The way, with everything behind.
    pub way: Vec<Stop>,
    /// What holds the submission up, and what is worth a look.
    pub faults: Vec<Fault>,
    /// The papers.
    pub documents: Vec<Document>,
    /// What was typed.
    #[serde(skip)]
    pub draft: Draft,
}

/// Shows the complaint, the list of evidence and the address confirmations, as they will be written.
pub async fn preview(State(web): State<Web>, me: Me, Path(id): Path<String>) -> Result<Shown<PreviewView>, Problem> {
    let draft = find(&web, &me, &id).await?;
    Ok(show(&me.showing, &PreviewView::of(&web, &me, &id, draft).await?))
}

impl PreviewView {
    /// The preview of `draft`.
    pub async fn of(web: &Web, me: &Me, id: &str, draft: Draft) -> Result<Self, Problem> {
        let moment = web.app.ports().clock.moment();
        let case_id = draft.case_id(id);
        let application = draft.application(case_id);
        let case = CaseState::opened(case_id, application, Some(me.person.id), moment.today);
        let people = web.app.directory().await?;
        let rules = web.app.rules(moment.today);
        let write = |kind: PaperKind, about: About| {
            let order = PaperOrder { material: MaterialId(case_id.0), kind, about };
            papers::document(&case, &people, &rules, &order, moment)
        };
        let mut documents = vec![write(PaperKind::Complaint, About::Case)];
        if case.application.evidence.iter().any(EvidenceInput::is_evidence) {
            documents.push(write(PaperKind::EvidenceList, About::Case));
        }
        let confirmed: Vec<_> = case.application.addresses.iter().map(|address| address.party).collect();
        let plaintiffs = case.application.plaintiffs().map(|party| party.id).filter(|id| confirmed.contains(id));
        documents.extend(plaintiffs.map(|party| write(PaperKind::AddressConfirmation, About::Party(party))));
        Ok(Self {
            id: id.to_owned(),
            way: page::way(&draft, case_id, moment.today),
            faults: draft.faults(case_id, moment.today),
            documents,
            draft,
        })
    }

    fn told(&self, to: &Showing, holds_up: bool) -> Markup {
        let lang = to.lang();
        let told: Vec<&Fault> = self.faults.iter().filter(|fault| fault.holds_up() == holds_up).collect();
        html! {
            ul.points { @for fault in told { li {
                @let field = if fault.field.is_empty() { String::new() } else { format!("#{}", field_id(&fault.field)) };
                a href={ "/filings/" (self.id) "/" (fault.step.code()) "?check" (field) } { (page::name(lang, &self.draft, fault.step)) }
                (lang.pick("：", ": ")) (self.label(to, fault)) (faults::words(lang, fault.code))
            } } }
        }
    }

    /// What the field asks, where the code alone does not say.
    fn label(&self, to: &Showing, fault: &Fault) -> Markup {
        let asked = self.draft.questions(fault.step);
        let label = asked.iter().find(|question| question.name == fault.field).map(|question| &question.label);
        html! { @if let Some(label) = label { "“" (to.lang().pick(&label[0], &label[1])) "”" (to.lang().pick("，", ", ")) } }
    }
}

impl View for PreviewView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let ready = !self.faults.iter().any(Fault::holds_up);
        let advice = self.faults.iter().any(|fault| !fault.holds_up());
        let title = t(lang, Key::PreviewTitle);
        let leave = format!("/filings/{}/preview", self.id);
        let content = html! {
            (page::bar(to, &self.draft, &self.way, Step::Preview))
            h1 { (title) }
            @if !ready { (note_of(Standing::Soon, html! { p { b { (t(lang, Key::StillMissing)) } } (self.told(to, true)) })) }
            @if advice { (explain(t(lang, Key::WorthALook), self.told(to, false))) }
            p.muted { (t(lang, Key::PreviewNote)) }
            @for paper in &self.documents { (document::document(paper)) }
            (form(FormTo { id: Some(FORM), action: &leave, ..FormTo::default() }, html! { (to.command_field()) }))
            (self.submission(to, ready))
        };
        page::framed(to, &self.id, &self.draft, &self.way, Step::Preview, title, content)
    }
}

impl PreviewView {
    fn submission(&self, to: &Showing, ready: bool) -> Markup {
        let lang = to.lang();
        let submit = format!("/filings/{}/submission", self.id);
        let mend = self.faults.iter().find(|fault| fault.holds_up());
        let mend = mend.map(|fault| format!("/filings/{}/{}?check", self.id, fault.step.code())).unwrap_or_default();
        let words = t(lang, if self.draft.case.is_some() { Key::SubmitCorrection } else { Key::Submit });
        html! {
            @if ready {
                (form(FormTo { action: &submit, ..FormTo::default() }, html! {
                    (to.command_field())
                    p { (t(lang, Key::SubmitNote)) }
                    div.acts { (Verb::submit(words).primary()) }
                }))
            } @else {
                div.acts { (Verb::go(t(lang, Key::Mend), &mend).primary()) }
            }
        }
    }
}
