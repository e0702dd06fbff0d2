//! The pages of filing.

use maud::{Markup, html};
use serde::Serialize;
use utoipa::ToSchema;
use xiezhi_documents::structure::Document;
use xiezhi_domain::{
    consent::Step,
    law::{
        cause::{self, Cause},
        element_form::{self, FieldKind},
    },
    party::SpecialAuthority,
};

use super::draft::{Draft, authority_field, step_field};
use crate::{
    document,
    frame::prelude::*,
    http::{
        prelude::{Showing, View},
        showing::PageParts,
    },
    messages::{filing, filing::Key, t},
};

/// Causes offered before anyone searches: the frequent ones, which have a form of their own.
const COMMON: [&str; 6] = ["民间借贷纠纷", "买卖合同纠纷", "离婚纠纷", "劳动合同纠纷", "物业服务合同纠纷", "机动车交通事故责任纠纷"];

/// Choosing the cause.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChooseView {
    /// Words searched for.
    pub words: String,
    /// Code and name of the causes found.
    pub found: Vec<(String, String)>,
}

impl ChooseView {
    /// The causes that answer `words`, or the common ones.
    pub fn of(words: String) -> Self {
        let named = |cause: &'static Cause| (cause.code.clone(), cause.name_zh.clone());
        let found: Vec<(String, String)> = if words.trim().is_empty() {
            COMMON.iter().filter_map(|name| cause::all().iter().find(|cause| cause.name_zh == *name)).map(named).collect()
        } else {
            cause::search(&words, 30).into_iter().map(named).collect()
        };
        Self { words, found }
    }
}

impl View for ChooseView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let search = form_get("/filings/new", html! {
            (Field::new("q", t(lang, Key::ChooseCause)).help(t(lang, Key::ChooseHelp)).value(&self.words).text())
            (Verb::submit(t(lang, Key::Search)))
        });
        let choices = html! {
            div.line.wrap { @for (code, name) in &self.found {
                form.inline method="post" action="/filings" {
                    (to.command_field())
                    input type="hidden" name="cause" value=(code);
                    button.btn type="submit" lang="zh-CN" { (name) }
                }
            } }
            @if self.found.is_empty() { p { (t(lang, Key::Nothing)) } }
        };
        let title = if self.words.is_empty() { t(lang, Key::Common) } else { &self.words };
        to.page_with(t(lang, Key::Title), PageParts { back: Some((t(lang, Key::Leave), "/home")), ..PageParts::default() }, html! {
            h1 { (t(lang, Key::Title)) }
            (bare_sheet(search))
            (Sheet::new(title).body(choices))
        })
    }
}

/// The form.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FormView {
    /// The draft.
    pub id: String,
    /// What was typed so far.
    pub draft: Draft,
    /// The field to mend, and why.
    pub fault: Option<(&'static str, String)>,
}

impl View for FormView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let cause = cause::find(self.draft.field("cause")).map_or("—", |cause| cause.name_zh.as_str());
        let (action, kept) = (format!("/filings/{}", self.id), format!("/filings/{}/draft", self.id));
        let errors: Vec<(&str, &str)> = self.fault.iter().map(|(field, words)| (*field, words.as_str())).collect();
        let to_form = FormTo { id: Some("filing"), action: &action, draft: Some(&kept), ..FormTo::default() };
        let body = html! {
            (to.command_field())
            (draft_mark(lang, None))
            (self.intake(to))
            (self.party(to, if self.draft.is_own() { Key::You } else { Key::Plaintiff }, "p", false))
            @for at in 0..self.defendants() { (self.party(to, Key::Them, &format!("d{at}"), true)) }
            (self.elements(to))
            (Sheet::new(t(lang, Key::Claims)).id("claims").body(html! {
                (self.input("claims", t(lang, Key::Claims)).help(t(lang, Key::ClaimsHelp)).textarea(4))
                (self.input("amount", t(lang, Key::Amount)).help(t(lang, Key::AmountHelp)).keyboard("decimal").text())
            }))
            (Sheet::new(t(lang, Key::Facts)).body(self.input("facts", t(lang, Key::Facts)).help(t(lang, Key::FactsHelp)).textarea(8)))
            (Sheet::new(t(lang, Key::Service)).body(html! {
                (checkbox("electronic", html! { (t(lang, Key::Electronic)) }, self.draft.is_ticked("electronic"), None))
            }))
            (self.online(to))
            (self.authority(to))
            p {
                (Verb::submit(t(lang, Key::Preview)).primary()) " "
                (Verb::submit_as(t(lang, Key::Save), "then", "save"))
            }
        };
        let parts = PageParts {
            back: Some((t(lang, Key::Leave), "/home")),
            place: t(lang, Key::Title),
            islands: vec![crate::frame::page::Island::Upload],
            ..PageParts::default()
        };
        to.page_with(t(lang, Key::Title), parts, html! {
            h1 { (t(lang, Key::Title)) }
            p { (filing::cause(lang, cause)) }
            @if !errors.is_empty() { (error_summary(lang, &errors)) }
            @if !self.draft.correction.is_empty() {
                (note_of(Standing::Soon, html! { (t(lang, Key::Correction)) ul { @for item in &self.draft.correction { li { (item) } } } }))
            }
            (form(to_form, body))
            (self.evidence(to))
        })
    }
}

impl FormView {
    /// One more place than there are defendants, so that there is always room for another.
    fn defendants(&self) -> usize {
        let named = (0..super::draft::DEFENDANTS).filter(|at| !self.draft.field(&format!("d{at}_name")).is_empty()).count();
        (named + 1).min(super::draft::DEFENDANTS)
    }

    fn input<'a>(&'a self, name: &'a str, label: &'a str) -> Field<'a> {
        let error = self.fault.as_ref().filter(|(field, _)| *field == name).map(|(_, words)| words.as_str());
        Field::new(name, label).value(self.draft.field(name)).error(error)
    }

    /// How and when it came, where a clerk enters it.
    fn intake(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.draft.clerk.is_none() {
            return html! {};
        }
        let ways = [Choice::new("counter", t(lang, Key::CameOnPaper)), Choice::new("oral", t(lang, Key::CameOrally))];
        let way = if self.draft.field("came") == "oral" { "oral" } else { "counter" };
        Sheet::new(t(lang, Key::Intake)).body(html! {
            (Field::new("came", t(lang, Key::Came)).value(way).choice(&ways))
            (self.input("came_on", t(lang, Key::CameOn)).date())
        })
    }

    /// Steps to take on line, each for itself; none is ticked beforehand.
    ///
    /// Source: 《人民法院在线诉讼规则》第四条.
    fn online(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::OnlineTitle)).body(html! {
            p { (t(lang, Key::Online)) }
            @for step in Step::ALL {
                @let name = step_field(step);
                (checkbox(name, html! { (t(lang, filing::step(step))) }, self.draft.is_ticked(name), None))
            }
        })
    }

    /// The special authority of the lawyer who files, item by item.
    fn authority(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let agent = self.draft.field("agent");
        if agent.is_empty() {
            return html! {};
        }
        Sheet::new(t(lang, Key::Authority)).note(agent).body(html! {
            p { (t(lang, Key::AuthorityNote)) }
            @for item in SpecialAuthority::ALL {
                @let name = authority_field(item);
                (checkbox(&name, html! { (t(lang, crate::messages::parties::authority(item))) }, self.draft.is_ticked(&name), None))
            }
        })
    }

    fn party(&self, to: &Showing, title: Key, place: &str, other: bool) -> Markup {
        let lang = to.lang();
        let name = |part: &str| format!("{place}_{part}");
        let (kind, called, number, address, phone) = (name("kind"), name("name"), name("id_no"), name("address"), name("phone"));
        let kinds = [Choice::new("natural", t(lang, Key::NaturalKind)), Choice::new("legal", t(lang, Key::LegalKind))];
        let chosen = if self.draft.field(&kind) == "legal" { "legal" } else { "natural" };
        let number_field = self.input(&number, t(lang, Key::IdNo));
        let number_field = if other || !self.draft.is_own() { number_field.help(t(lang, Key::IdHelp)).optional(lang) } else { number_field };
        Sheet::new(t(lang, title)).body(html! {
            (Field::new(&kind, t(lang, if other || !self.draft.is_own() { Key::KindOf } else { Key::OwnKind })).value(chosen).select(lang, &kinds))
            (self.input(&called, t(lang, Key::Name)).text())
            (number_field.text())
            (self.input(&address, t(lang, Key::Address)).text())
            (self.input(&phone, t(lang, Key::Phone)).keyboard("tel").text())
        })
    }

    /// The questions of the cause's element-type form, folded until wanted.
    fn elements(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let Some(form) = element_form::form_for(self.draft.field("cause")) else { return html! {} };
        let asked: Vec<&element_form::Field> = form
            .fields_for(element_form::Paper::Complaint)
            .filter(|field| field.kind != FieldKind::Table)
            .collect();
        explain(t(lang, Key::Elements), html! {
            p { (t(lang, Key::Unknown)) }
            @for field in asked { (self.element(to, field)) }
            p { (Verb::submit_as(t(lang, Key::Fill), "then", "fill")) }
        })
    }

    fn element(&self, to: &Showing, field: &element_form::Field) -> Markup {
        let lang = to.lang();
        let name = format!("e_{}", field.id);
        let label = lang.pick(field.label_zh.as_str(), field.label_en.as_str());
        let input = self.input(&name, label).help(&field.help);
        match field.kind {
            FieldKind::Date => input.date(),
            FieldKind::Choice | FieldKind::YesNo => {
                let yes_no = ["是".to_owned(), "否".to_owned()];
                let options = if field.options.is_empty() { &yes_no[..] } else { &field.options[..] };
                let choices: Vec<Choice<'_>> =
                    [Choice::new("", "—")].into_iter().chain(options.iter().map(|option| Choice::new(option, option))).collect();
                input.select(lang, &choices)
            }
            FieldKind::Text if field.lines > 1 => input.textarea(usize::from(field.lines)),
            _ => input.text(),
        }
    }

    fn evidence(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = format!("/filings/{}/evidence", self.id);
        let form_to = FormTo { action: &action, files: true, ..FormTo::default() };
        Sheet::new(t(lang, Key::Evidence)).id("evidence").body(html! {
            @for (place, item) in self.draft.evidence.iter().enumerate() {
                p {
                    span.bold { (item.name) } " " span.faint { (item.purpose) } " "
                    (Verb::act(t(lang, Key::Remove), &format!("/filings/{}/evidence/{place}/removal", self.id)).quiet().about(&item.name))
                }
            }
            (form(form_to, html! {
                (to.command_field())
                (Field::new("name", t(lang, Key::EvidenceName)).text())
                (Field::new("purpose", t(lang, Key::Purpose)).text())
                (upload(lang, Upload {
                    name: "file",
                    field: "upload",
                    label: t(lang, Key::FileField),
                    help: t(lang, Key::EvidenceHelp),
                    accept: "",
                    max_bytes: xiezhi_app::issuing::FILE_LIMIT_BYTES,
                    error: None,
                }))
                (Verb::submit(t(lang, Key::AddEvidence)))
            }))
        })
    }
}

/// The papers, read before they are submitted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PreviewView {
    /// The draft.
    pub id: String,
    /// The papers.
    pub documents: Vec<Document>,
    /// Whether it corrects an application.
    pub correction: bool,
}

impl View for PreviewView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let (back, submit) = (format!("/filings/{}", self.id), format!("/filings/{}/submission", self.id));
        let words = t(lang, if self.correction { Key::SubmitCorrection } else { Key::Submit });
        let form_to = FormTo { action: &submit, ..FormTo::default() };
        let parts = PageParts { back: Some((t(lang, Key::Back), &back)), place: t(lang, Key::Title), ..PageParts::default() };
        to.page_with(t(lang, Key::PreviewTitle), parts, html! {
            h1 { (t(lang, Key::PreviewTitle)) }
            p { (t(lang, Key::PreviewNote)) }
            @for paper in &self.documents { (document::document(paper)) }
            (form(form_to, html! {
                (to.command_field())
                p { (t(lang, Key::SubmitNote)) }
                p { (Verb::submit(words).primary()) " " (Verb::go(t(lang, Key::Back), &back)) }
            }))
        })
    }
}
