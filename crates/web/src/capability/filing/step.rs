//! The steps of the form, one small thing a screen. Which there are follows from the draft: from who stands
//! on it and from the element-type form of its cause.

use serde::{Serialize, Serializer};
use xiezhi_domain::law::element_form::{self, Field, FieldKind, Form, Paper, Part};

use super::{
    asked::{self, ELSEWHERE},
    draft::Draft,
    place::{Place, Side},
    question::{Both, Question, both},
};
use crate::messages::filing::Key;

/// A step. It has an address: `/filings/{draft}/{step}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// What the court asked to be corrected.
    Correction,
    /// How the application came, where a clerk enters it.
    Intake,
    /// Somebody: a party or an agent.
    Person(Place),
    /// A section of the element-type form, from 0.
    Elements(usize),
    /// The claims with their amounts, and what the fee will be.
    Claims,
    /// What happened and why.
    Facts,
    /// Evidence and other papers.
    Evidence,
    /// Where papers reach the plaintiffs.
    Service,
    /// The steps to take on line.
    Online,
    /// The papers, read before they are submitted.
    Preview,
}

impl Step {
    /// Its part of the address.
    pub fn code(self) -> String {
        match self {
            Step::Correction => "correction".to_owned(),
            Step::Intake => "intake".to_owned(),
            Step::Person(place) => place.to_string(),
            Step::Elements(at) => format!("q{}", at + 1),
            Step::Claims => "claims".to_owned(),
            Step::Facts => "facts".to_owned(),
            Step::Evidence => "evidence".to_owned(),
            Step::Service => "service".to_owned(),
            Step::Online => "online".to_owned(),
            Step::Preview => "preview".to_owned(),
        }
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&self.code())
    }
}

/// A section of an element-type form: what fits a screen.
#[derive(Clone, Debug)]
pub struct Section {
    /// What it is about.
    pub title: Both,
    /// Its fields.
    pub fields: Vec<&'static Field>,
}

/// Most questions on one screen.
const QUESTIONS: usize = 6;

/// The sections of a form: its own questions by their place in the paper, then the groups it shares.
pub fn sections(form: &'static Form) -> Vec<Section> {
    let own = |part: Part, key: Key| (both(key), form.fields.iter().filter(move |field| field.part == part).collect());
    let mut parts: Vec<(Both, Vec<&'static Field>)> =
        vec![own(Part::Claim, Key::ElementClaims), own(Part::Fact, Key::ElementFacts)];
    let others = form.fields.iter().filter(|field| !matches!(field.part, Part::Claim | Part::Fact)).collect();
    parts.push((both(Key::ElementOthers), others));
    let groups = form.groups.iter().filter_map(|id| element_form::group(id));
    parts.extend(groups.map(|group| {
        let asked = |field: &&Field| {
            let path = format!("{}.{}", group.id, field.id);
            field.part != Part::Party && !ELSEWHERE.iter().any(|(known, _)| *known == path)
        };
        ([group.name_zh.clone(), group.name_en.clone()], group.fields.iter().filter(asked).collect::<Vec<_>>())
    }));
    parts.into_iter().flat_map(|(title, fields)| screens(&title, fields)).collect()
}

/// The questions of one theme, as many screens as it takes; a table has a screen for itself.
fn screens(title: &Both, fields: Vec<&'static Field>) -> Vec<Section> {
    let asked = fields.into_iter().filter(|field| field.used_for.contains(&Paper::Complaint));
    let (tables, questions): (Vec<_>, Vec<_>) = asked.partition(|field| field.kind == FieldKind::Table);
    let screens = questions.len().div_ceil(QUESTIONS).max(1);
    let each = questions.len().div_ceil(screens).max(1);
    let of_table = |table: &'static Field| Section {
        title: [table.label_zh.clone(), table.label_en.clone()],
        fields: vec![table],
    };
    let of_questions = |fields: &[&'static Field]| Section { title: title.clone(), fields: fields.to_vec() };
    questions.chunks(each).map(of_questions).chain(tables.into_iter().map(of_table)).collect()
}

impl Draft {
    /// The element-type form of its cause.
    pub fn form(&self) -> Option<&'static Form> {
        element_form::form_for(self.value("cause"))
    }

    /// The sections of its element-type form.
    pub fn sections(&self) -> Vec<Section> {
        self.form().map(sections).unwrap_or_default()
    }

    /// Its steps, in order; the last is reading it through.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = vec![];
        if !self.correction.is_empty() {
            steps.push(Step::Correction);
        }
        if self.clerk.is_some() {
            steps.push(Step::Intake);
        }
        steps.extend(Side::ALL.into_iter().flat_map(|side| self.places(side)).map(Step::Person));
        steps.extend((0..self.sections().len()).map(Step::Elements));
        steps.extend([Step::Claims, Step::Facts, Step::Evidence, Step::Service, Step::Online, Step::Preview]);
        steps
    }

    /// The step of this address, if the draft has it.
    pub fn step(&self, code: &str) -> Option<Step> {
        self.steps().into_iter().find(|step| step.code() == code)
    }

    /// The step after this one.
    pub fn next(&self, step: Step) -> Step {
        let mut after = self.steps().into_iter().skip_while(|known| *known != step).skip(1);
        after.next().unwrap_or(Step::Preview)
    }

    /// The step before this one.
    pub fn before(&self, step: Step) -> Option<Step> {
        self.steps().into_iter().take_while(|known| *known != step).last()
    }

    /// What a step asks.
    pub fn questions(&self, step: Step) -> Vec<Question> {
        match step {
            Step::Correction | Step::Preview => vec![],
            Step::Intake => asked::intake(),
            Step::Person(place) if place.side == Side::Agent => asked::of_agent(self, place),
            Step::Person(place) => asked::of_party(place, self.is_own(place)),
            Step::Elements(at) => {
                let section = self.sections().into_iter().nth(at);
                section.into_iter().flat_map(|section| section.fields).map(Question::of_element).collect()
            }
            Step::Claims => vec![asked::claims()],
            Step::Facts => vec![asked::facts()],
            Step::Evidence => self.evidence.iter().flat_map(asked::of_evidence).collect(),
            Step::Service => self.places(Side::Plaintiff).flat_map(asked::of_service).collect(),
            Step::Online => vec![asked::online()],
        }
    }

    /// The step that a field is on.
    pub fn step_of(&self, field: &str) -> Option<Step> {
        let asks = |step: &Step| self.questions(*step).iter().any(|question| question.takes(field));
        self.steps().into_iter().find(asks)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::capability::filing::asked::PARTY_PARTS;

    /// Every path `group.field` or `form.field` of a form that stands on a complaint.
    fn paths(form: &'static Form) -> Vec<(String, &'static Field)> {
        let own = form.fields.iter().map(|field| (form.id.clone(), field));
        let groups = form.groups.iter().filter_map(|id| element_form::group(id));
        let shared = groups.flat_map(|group| group.fields.iter().map(|field| (group.id.clone(), field)));
        let all = own.chain(shared).filter(|(_, field)| field.used_for.contains(&Paper::Complaint));
        all.map(|(of, field)| (format!("{of}.{}", field.id), field)).collect()
    }

    #[test]
    fn every_form_can_be_filled_wholly_and_asks_nothing_twice() {
        for form in element_form::all() {
            let mut asked: BTreeMap<*const Field, usize> = BTreeMap::new();
            for field in sections(form).into_iter().flat_map(|section| section.fields) {
                *asked.entry(std::ptr::from_ref(field)).or_default() += 1;
            }
            for (path, field) in paths(form) {
                let elsewhere = ELSEWHERE.iter().any(|(known, _)| *known == path)
                    || PARTY_PARTS.iter().any(|(_, paths)| paths.contains(&path.as_str()));
                let times = asked.get(&std::ptr::from_ref(field)).copied().unwrap_or_default();
                assert_eq!(times, usize::from(!elsewhere), "{}: {path}", form.id);
            }
        }
    }

    #[test]
    fn what_the_official_groups_ask_of_a_party_is_asked() {
        let place = Place::new(Side::Defendant, 0);
        let questions = asked::of_party(place, false);
        for (part, paths) in PARTY_PARTS {
            assert!(questions.iter().any(|question| question.name == place.field(part)), "{part}");
            for path in *paths {
                let (group, id) = path.split_once('.').expect("a path");
                let fields = &element_form::group(group).expect("a group").fields;
                assert!(fields.iter().any(|field| field.id == id), "{path}");
            }
        }
        for group in ["natural_person", "organisation"] {
            for field in &element_form::group(group).expect("a group").fields {
                let path = format!("{group}.{}", field.id);
                assert!(PARTY_PARTS.iter().any(|(_, paths)| paths.contains(&path.as_str())), "{path}");
            }
        }
    }

    #[test]
    fn a_screen_asks_few_things_and_a_table_alone() {
        for section in element_form::all().iter().flat_map(sections) {
            let tables = section.fields.iter().filter(|field| field.kind == FieldKind::Table).count();
            assert!(section.fields.len() <= if tables > 0 { 1 } else { QUESTIONS }, "{:?}", section.title);
            assert!(!section.fields.is_empty() && !section.title[1].is_empty(), "{:?}", section.title);
        }
    }
}
