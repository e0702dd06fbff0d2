//! The page of a step: one small thing to answer, where one is on the way, and what is wrong at its field.

mod fields;
mod parts;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use xiezhi_domain::{
    case::Procedure,
    fees,
    ids::CaseId,
    law::{fee::FeeWorking, money::Fen},
};

use super::{
    choose,
    correction::Mark,
    draft::{Draft, Refused},
    fault::{Fault, Weight},
    place::{Place, Side},
    question::{Both, Question},
    step::Step,
};
use crate::{
    frame::{page::Island, prelude::*},
    http::{
        prelude::{Showing, View},
        showing::PageParts,
    },
    messages::{
        Lang, clock_of, faults,
        filing::{self as words, Key},
        frame, t,
    },
};

/// The id of the form of a step.
pub const FORM: &str = "filing";

/// A stop on the way.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Stop {
    /// The step.
    pub step: Step,
    /// What it is called.
    #[schema(value_type = Vec<String>)]
    pub name: Both,
    /// Whether something is answered there.
    pub answered: bool,
    /// Whether something there wants mending.
    pub wanting: bool,
}

/// What the claims come to and what the court will charge for them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Estimate {
    /// The amount in dispute.
    pub amount: Option<Fen>,
    /// The fee by procedure, the usual one first.
    pub fees: Vec<(Procedure, FeeWorking)>,
}

/// A step of the form.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StepView {
    /// The draft.
    pub id: String,
    /// The step.
    pub step: Step,
    /// What it asks.
    pub questions: Vec<Question>,
    /// The way, with this step on it.
    pub way: Vec<Stop>,
    /// What is wrong here.
    pub faults: Vec<Fault>,
    /// What the court asked to be corrected, here or without a place of its own.
    pub marks: Vec<Mark>,
    /// What the claims come to.
    pub estimate: Option<Estimate>,
    /// Empty rows under each table.
    pub blank_rows: usize,
    /// What was typed so far.
    pub draft: Draft,
}

impl StepView {
    /// A step of `draft`; `all` tells what is missing too.
    pub fn of(id: &str, draft: Draft, step: Step, today: Date, all: bool) -> Self {
        let case = draft.case_id(id);
        let faults = draft.faults_at(step, case, today, all);
        let here = |mark: &Mark| step == Step::Correction || mark.step == Some(step) || mark.step.is_none();
        Self {
            id: id.to_owned(),
            step,
            questions: draft.questions(step),
            way: way(&draft, case, today),
            marks: draft.marks().into_iter().filter(here).collect(),
            faults,
            estimate: (step == Step::Claims).then(|| estimate(&draft, case)),
            blank_rows: 1,
            draft,
        }
    }

    /// The file that was refused, where files are handed in.
    fn refused(&self) -> Option<&Refused> {
        self.draft.refused.as_ref().filter(|_| self.step == Step::Evidence)
    }
}

/// The way with what is answered and what wants mending.
pub fn way(draft: &Draft, case: CaseId, today: Date) -> Vec<Stop> {
    let faults = draft.faults(case, today);
    let marks = draft.marks();
    let stop = |step: Step| {
        let marked = marks.iter().any(|mark| mark.step == Some(step));
        let wrong = |fault: &Fault| fault.step == step && fault.weight == Weight::Wrong;
        Stop {
            step,
            name: Lang::ALL.map(|lang| name(lang, draft, step)),
            answered: is_answered(draft, step, &faults),
            wanting: marked || faults.iter().any(wrong),
        }
    };
    draft.steps().into_iter().map(stop).collect()
}

/// Something stands there and nothing that the submission needs is missing.
fn is_answered(draft: &Draft, step: Step, faults: &[Fault]) -> bool {
    let missing = faults.iter().any(|fault| fault.step == step && fault.holds_up());
    let typed =
        |question: &Question| !question.name.ends_with("_kind") && draft.fields.keys().any(|name| question.takes(name));
    let there = match step {
        Step::Evidence => !draft.evidence.is_empty(),
        step => draft.questions(step).iter().any(typed),
    };
    there && !missing
}

fn estimate(draft: &Draft, case: CaseId) -> Estimate {
    let application = draft.application(case);
    let fee = |procedure| (procedure, fees::estimate(&application, procedure));
    Estimate { amount: application.amount, fees: vec![fee(Procedure::Summary), fee(Procedure::Ordinary)] }
}

/// What a step is called.
pub fn name(lang: Lang, draft: &Draft, step: Step) -> String {
    let say = |key: Key| t(lang, key).to_owned();
    match step {
        Step::Correction => say(Key::CorrectionTitle),
        Step::Intake => say(Key::IntakeTitle),
        Step::Person(place) => person_name(lang, draft, place),
        Step::Elements(at) => element_name(lang, draft, at),
        Step::Claims => say(Key::ClaimsTitle),
        Step::Facts => say(Key::FactsTitle),
        Step::Evidence => say(Key::EvidenceTitle),
        Step::Service => say(Key::ServiceTitle),
        Step::Online => say(Key::OnlineTitle),
        Step::Preview => say(Key::PreviewShort),
    }
}

fn person_name(lang: Lang, draft: &Draft, place: Place) -> String {
    let no = draft.places(place.side).position(|known| known == place).unwrap_or_default() + 1;
    words::person(lang, place.side.role(), draft.is_own(place), no)
}

/// A theme that takes several screens is numbered.
fn element_name(lang: Lang, draft: &Draft, at: usize) -> String {
    let sections = draft.sections();
    let Some(section) = sections.get(at) else { return String::new() };
    let title = lang.pick(&section.title[0], &section.title[1]);
    let same = |other: &&super::step::Section| other.title == section.title;
    match sections.iter().filter(same).count() {
        0 | 1 => title.clone(),
        _ => words::numbered(lang, title, sections[..at].iter().filter(same).count() + 1),
    }
}

impl View for StepView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = name(lang, &self.draft, self.step);
        let content = html! {
            (bar(to, &self.draft, &self.way, self.step))
            h1 { (title) }
            (self.lead(to))
            (self.told_marks(to))
            (self.summary(to))
            (self.form(to))
        };
        framed(to, &self.id, &self.draft, &self.way, self.step, &title, content)
    }
}

impl StepView {
    fn lead(&self, to: &Showing) -> Markup {
        let key = match self.step {
            Step::Person(place) => match place.side {
                Side::Plaintiff => Key::OwnLead,
                Side::Defendant => Key::ThemLead,
                Side::ThirdParty => Key::ThirdPartyLead,
                Side::Agent => Key::AgentLead,
            },
            Step::Elements(_) => Key::ElementLead,
            Step::Evidence => Key::EvidenceLead,
            Step::Service => Key::ServiceLead,
            _ => return html! {},
        };
        html! { p.muted { (t(to.lang(), key)) } }
    }

    /// What the court asked that has no field of its own.
    fn told_marks(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let fielded = |mark: &&Mark| self.questions.iter().any(|question| question.takes(&mark.field));
        let told: Vec<&Mark> = self.marks.iter().filter(|mark| !fielded(mark)).collect();
        html! {
            @if self.step != Step::Correction && !told.is_empty() {
                (note_of(Standing::Soon, html! { @for mark in told { p lang="zh-CN" { (words::asked(lang, &mark.what)) } } }))
            }
        }
    }

    fn summary(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let said: Vec<(&str, String)> = self
            .faults
            .iter()
            .filter(|fault| fault.holds_up())
            .map(|fault| (fault.field.as_str(), faults::words(lang, fault.code)))
            .collect();
        let mut errors: Vec<(&str, &str)> = said.iter().map(|(field, words)| (*field, words.as_str())).collect();
        let refused = self.refused().map(|refused| faults::words(lang, &refused.code));
        errors.extend(refused.iter().map(|words| ("file", words.as_str())));
        error_summary(lang, &errors)
    }

    fn form(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let (action, kept) =
            (format!("/filings/{}/{}", self.id, self.step.code()), format!("/filings/{}/draft", self.id));
        let files = self.step == Step::Evidence;
        let to_form = FormTo { id: Some(FORM), action: &action, draft: Some(&kept), files, ..FormTo::default() };
        form(
            to_form,
            html! {
                (verb_of_enter())
                (to.command_field())
                input type="hidden" name="step" value=(self.step.code());
                (self.body(to))
                @if files { (self.upload(to)) }
                div.acts {
                    @if !to.is_outside() { (Verb::submit(t(lang, Key::Next)).primary()) }
                    @if self.draft.before(self.step).is_some() { (Verb::submit_as(t(lang, Key::BackStep), "then", "back")) }
                    (Verb::submit_as(t(lang, Key::Save), "then", "save").quiet())
                }
            },
        )
    }
}

/// Where one is on the way, and when the draft was kept.
pub fn bar(to: &Showing, draft: &Draft, way: &[Stop], step: Step) -> Markup {
    let lang = to.lang();
    let at = way.iter().position(|stop| stop.step == step).unwrap_or_default();
    let parts = chapters(way);
    let part = parts.iter().position(|part| part.iter().any(|stop| stop.step == step)).unwrap_or_default();
    let stops = parts.get(part).copied().unwrap_or_default();
    let page = stops.iter().position(|stop| stop.step == step).unwrap_or_default();
    let counted = frame::step_of(lang, part + 1, parts.len());
    let name = t(lang, step.chapter().name());
    let counted = words::part_of(lang, &counted, name, page + 1, stops.len());
    let saved = draft.saved_at.map(clock_of);
    parts_bar(&counted, (at + 1, way.len()), WAY, draft_mark_for(lang, FORM, saved.as_deref()))
}

/// The way, part by part.
fn chapters(way: &[Stop]) -> Vec<&[Stop]> {
    way.chunk_by(|one, next| one.step.chapter() == next.step.chapter()).collect()
}

/// Where the whole way stands on the page.
const WAY: &str = "#way";

/// The page around a step: the way beside it, one verb on.
pub fn framed(to: &Showing, id: &str, draft: &Draft, way: &[Stop], step: Step, title: &str, content: Markup) -> Markup {
    let lang = to.lang();
    let aside = aside(to, id, way, step);
    let before = draft.before(step).map(|step| format!("/filings/{id}/{}", step.code()));
    let back = before.as_deref().map_or((t(lang, Key::Leave), "/home"), |before| (t(lang, Key::BackStep), before));
    let place = choose::place(to, draft);
    let islands = if step == Step::Evidence { vec![Island::Upload] } else { vec![] };
    if !to.is_outside() {
        let parts = PageParts { islands, ..PageParts::default() };
        return to.page_with(title, parts, columns(content, aside));
    }
    let verb = match step {
        Step::Preview => None,
        _ => Some(Verb::submit_form(t(lang, Key::Next), FORM)),
    };
    let parts =
        PageParts { back: Some(back), place: &place, verb, aside: Some(aside), islands, ..PageParts::default() };
    to.page_with(title, parts, content)
}

fn name_of(lang: Lang, stop: &Stop) -> &str {
    lang.pick(stop.name[0].as_str(), stop.name[1].as_str())
}

fn aside<'a>(to: &Showing, id: &str, way: &'a [Stop], step: Step) -> Markup {
    let lang = to.lang();
    let state = |stop: &Stop| match (stop.wanting, stop.answered) {
        (true, _) => Some(Standing::Soon),
        (false, true) => Some(Standing::Done),
        _ => None,
    };
    let sent = |stop: &'a Stop| WaySent { name: name_of(lang, stop), value: format!("go:{}", stop.step.code()), state: state(stop) };
    // The part one is in lies open, and any in which something wants mending.
    let part = |stops: &'a [Stop]| {
        let at = stops.iter().position(|stop| stop.step == step);
        let answered = stops.iter().filter(|stop| stop.answered).count();
        let sent: Vec<WaySent<'a>> = stops.iter().map(sent).collect();
        let open = at.is_some() || stops.iter().any(|stop| stop.wanting);
        html! {
            details.chapter open[open] {
                summary { b { (t(lang, stops[0].step.chapter().name())) } span.faint.small { (answered) "/" (stops.len()) } (unfolds()) }
                (way_sent(FORM, &sent, at.unwrap_or(usize::MAX)))
            }
        }
    };
    let cause = format!("/filings/{id}/cause");
    html! {
        (Sheet::new(t(lang, Key::Where)).id(&WAY[1..]).body(html! {
            @for stops in chapters(way) { (part(stops)) }
            p { a href=(cause) { (t(lang, Key::ChangeCause)) } }
        }))
        @if to.is_outside() {
            (note(Icon::Microphone, html! { p { (t(lang, Key::Speak)) } p { (t(lang, Key::Slow)) } }))
        }
    }
}
