//! The answer: field by field where the complaint has elements, then in one's own words, with or without a
//! counterclaim. What is typed is kept as a draft.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use xiezhi_app::App;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    evidence::{Answer, EvidenceCommand},
    ids::{CaseId, PartyId},
    law::element_form::{self, Answer as Element, Answers, Field as ElementField},
    party::{Claim, PartyRole},
    periods::PeriodKind,
};

use super::speaks_for;
use crate::{
    capability::{
        case_frame::{CaseTab, case_page, part_title},
        on_paper::{act_of_party, came_fields, comparers},
        prelude_of_cases::{Acted, route, typed_amount},
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{Lang, amount, day_spoken, evidence::Key, roles, t},
};

/// What was typed, by field.
type Typed = BTreeMap<String, String>;

/// Drafts are kept for three months.
const DRAFT_DAYS: i64 = 92;

/// The form of an answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AnswerView {
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
    /// Points of the complaint: field, question, what they say.
    pub points: Vec<Point>,
    /// What was typed so far.
    #[schema(value_type = BTreeMap<String, String>)]
    pub typed: Typed,
    /// For whom one may answer: more than one for a clerk.
    pub parties: Vec<(PartyId, String)>,
    /// Last day.
    pub until: Option<Date>,
    /// Whether a counterclaim is possible: for defendants.
    pub may_counterclaim: bool,
}

/// A point of the complaint that is put to the defendant.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Point {
    /// Name of the field for agreed or disputed.
    pub dispute: String,
    /// Name of the field for the reply.
    pub reply: String,
    /// The question.
    pub label: String,
    /// What the complaint says.
    pub said: String,
}

fn draft_id(case: CaseId, me: &Me) -> String {
    format!("{case}.{}", me.person.id)
}

/// Shows the form with what was typed before.
pub(super) async fn show_answer(State(app): State<App>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<AnswerView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    access::may(&reader, Act::SpeakForParty, case.stage).map_err(|_| Problem::not_found())?;
    let draft: Option<Typed> = app.note_of("answer-draft", &draft_id(id, &me), me.person.id).await?;
    let view = AnswerView::of(&case, &reader, me.showing.lang(), draft);
    Ok(show(&me.showing, &view))
}

/// Keeps what was typed.
pub(super) async fn keep_draft(
    State(app): State<App>,
    me: Me,
    Path(id): Path<CaseId>,
    form: Input<Typed>,
) -> Result<NoContent, Problem> {
    app.view(id, &me.actor).await?;
    app.keep_note("answer-draft", &draft_id(id, &me), me.person.id, &form.value, DRAFT_DAYS).await?;
    Ok(NoContent)
}

/// Puts the answer before the court.
pub(super) async fn send(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<CaseId>,
    form: Input<Typed>,
) -> Acted {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let typed = &form.value;
    web.app.keep_note("answer-draft", &draft_id(id, &me), me.person.id, typed, DRAFT_DAYS).await?;
    let party = speaks_for(&reader, &case, typed.get("party").and_then(|party| party.parse().ok()))?;
    let answer = read(&case, party, typed)?;
    act_of_party(&web, &me, id, &form, EvidenceCommand::Answer { answer }, &route(id, "/evidence")).await
}

fn read(case: &CaseState, party: PartyId, typed: &Typed) -> Result<Answer, Problem> {
    let text = |name: &str| typed.get(name).map(|words| words.trim().to_owned()).unwrap_or_default();
    let elements = elements(case, &text);
    let claims: Vec<String> = text("counterclaim").lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let sum = text("counterclaim_amount");
    let sum = if sum.is_empty() { None } else { Some(typed_amount("counterclaim_amount", &sum)?) };
    let claim = |(at, text): (usize, String)| Claim { text, amount: sum.filter(|_| at == 0) };
    let counterclaims = claims.into_iter().enumerate().map(claim).collect();
    Ok(Answer { party, words: text("words"), elements, counterclaims })
}

/// Agreed or disputed, and why, by field of the form.
fn elements(case: &CaseState, text: &dyn Fn(&str) -> String) -> Answers {
    let mut answers = Answers::new();
    for (field, _) in disputable(case) {
        let (dispute, reply) = (field.dispute_id(), field.reply_id());
        let said = text(&dispute);
        if !said.is_empty() {
            answers.insert(dispute, Element::Choice(vec![said]));
        }
        let words = text(&reply);
        if !words.is_empty() {
            answers.insert(reply, Element::Text(words));
        }
    }
    answers
}

/// The points of the complaint that were answered there.
fn disputable(case: &CaseState) -> Vec<(&'static ElementField, &Element)> {
    let Some(form) = element_form::form_for(&case.application.cause) else { return vec![] };
    form.disputable().filter_map(|field| Some((field, case.application.elements.get(&field.id)?))).collect()
}

fn said(lang: Lang, answer: &Element) -> String {
    match answer {
        Element::Text(text) | Element::Number(text) => text.clone(),
        Element::Money(sum) => amount(lang, sum.0),
        Element::Date(on) => day_spoken(lang, *on),
        Element::Choice(chosen) => chosen.join("、"),
        Element::YesNo(yes) => t(lang, if *yes { Key::Yes } else { Key::No }).to_owned(),
        Element::Table(rows) => rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join("；"),
        Element::Unknown => t(lang, Key::Unknown).to_owned(),
    }
}

impl AnswerView {
    /// The form of an answer to `case` for `reader`, filled with a draft or with the answer as it stands.
    pub fn of(case: &Arc<CaseState>, reader: &Reader, lang: Lang, draft: Option<Typed>) -> Self {
        let points = disputable(case).into_iter().map(|(field, answer)| Point {
            dispute: field.dispute_id(),
            reply: field.reply_id(),
            label: lang.pick(&field.label_zh, &field.label_en).clone(),
            said: said(lang, answer),
        });
        let others = case.parties_in_order().filter(|party| party.role != PartyRole::Plaintiff);
        let parties: Vec<(PartyId, String)> = others
            .filter(|party| reader.party.is_none_or(|own| own == party.id))
            .map(|party| (party.id, roles::called(lang, party.role, &party.name)))
            .collect();
        let own = reader.party.and_then(|id| case.answers.iter().find(|answer| answer.party == id));
        Self {
            case: Arc::clone(case),
            reader: reader.clone(),
            points: points.collect(),
            typed: draft.or_else(|| own.map(typed_of)).unwrap_or_default(),
            parties,
            until: reader.party.and_then(|id| case.running(PeriodKind::Answer, Some(id))).map(|period| period.last_on),
            may_counterclaim: reader.party.is_none_or(|id| case.parties.get(&id).is_some_and(|party| party.role == PartyRole::Defendant)),
        }
    }

    fn value(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

/// An answer that stands, as it would be typed again.
fn typed_of(answer: &Answer) -> Typed {
    let mut typed: Typed = answer
        .elements
        .iter()
        .filter_map(|(name, element)| match element {
            Element::Choice(chosen) => Some((name.clone(), chosen.join("、"))),
            Element::Text(text) => Some((name.clone(), text.clone())),
            _ => None,
        })
        .collect();
    typed.insert("words".to_owned(), answer.words.clone());
    let claims: Vec<&str> = answer.counterclaims.iter().map(|claim| claim.text.as_str()).collect();
    typed.insert("counterclaim".to_owned(), claims.join("\n"));
    let sum = answer.counterclaims.iter().filter_map(|claim| claim.amount).map(|sum| sum.0).sum::<i64>();
    if sum > 0 {
        typed.insert("counterclaim_amount".to_owned(), xiezhi_domain::law::money::Fen(sum).plain());
    }
    typed
}

impl View for AnswerView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case.id, "/evidence/answer");
        let draft = route(self.case.id, "/evidence/answer/draft");
        let verb = Some(Verb::submit_form(t(lang, Key::SendAnswer), "answer"));
        let up = route(self.case.id, "/evidence");
        let back = to.is_outside().then_some((t(lang, crate::messages::case::Key::Back), up.as_str()));
        let body = stack(html! {
            (part_title(to, t(lang, Key::AnswerTitle)))
            @if let Some(on) = self.until { p { (t(lang, Key::AnswerUntil)) " " b { (day_spoken(lang, on)) } " " (Due::new(on, to.today).tag(lang)) } }
            (form(FormTo { id: Some("answer"), action: &action, draft: Some(&draft), ..FormTo::default() }, html! {
                (to.command_field())
                (draft_mark(lang, None))
                @if self.parties.len() > 1 { (self.for_whom(to)) }
                @else if let Some((party, _)) = self.parties.first() { input type="hidden" name="party" value=(party); }
                @if !self.points.is_empty() { p { (t(lang, Key::AnswerLead)) } }
                @for point in &self.points { (self.point(to, point)) }
                (Field::new("words", t(lang, Key::Words)).help(t(lang, Key::WordsHelp)).value(self.value("words")).textarea(8))
                @if self.may_counterclaim {
                    (Field::new("counterclaim", t(lang, Key::Counterclaim)).help(t(lang, Key::CounterclaimHelp)).value(self.value("counterclaim")).optional(lang).textarea(3))
                    (Field::new("counterclaim_amount", t(lang, Key::CounterclaimAmount)).value(self.value("counterclaim_amount")).optional(lang).money(lang, ""))
                }
                (came_fields(to, &comparers(&self.case, to), "answer"))
                @if !to.is_outside() { (Verb::submit(t(lang, Key::SendAnswer)).primary()) }
            }))
        });
        let parts = PageParts { verb: verb.filter(|_| to.is_outside()), back, place: t(lang, Key::AnswerTitle), ..PageParts::default() };
        case_page(to, &self.case, &self.reader, CaseTab::File, parts, body)
    }
}

impl AnswerView {
    fn for_whom(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let ids: Vec<String> = self.parties.iter().map(|(id, _)| id.to_string()).collect();
        let choices: Vec<Choice<'_>> = ids.iter().zip(&self.parties).map(|(id, (_, name))| Choice::new(id, name)).collect();
        Field::new("party", t(lang, Key::AnswerFor)).value(self.value("party")).select(lang, &choices)
    }

    fn point(&self, to: &Showing, point: &Point) -> Markup {
        let lang = to.lang();
        // What is stored is the word of the official form, in both languages of the page.
        let choices = [Choice::new("无异议", t(lang, Key::Agree)), Choice::new("有异议", t(lang, Key::Dispute))];
        let help = format!("{}{}{}", t(lang, Key::TheySay), lang.pick("：", ": "), point.said);
        let reply_label = format!("{}{}{}", point.label, lang.pick("：", ": "), t(lang, Key::Reply));
        html! {
            (Field::new(&point.dispute, &point.label).help(&help).value(self.value(&point.dispute)).choice_across(&choices))
            (Field::new(&point.reply, &reply_label).value(self.value(&point.reply)).optional(lang).textarea(2))
        }
    }
}
