//! The steps of the form, one small thing a screen. Which there are follows from the draft: from who stands
//! on it and from the element-type form of its cause.

use serde::{Serialize, Serializer};
use xiezhi_domain::law::element_form::{self, Answer, Field, FieldKind, Form, Group, Paper, Part};

use super::{
    asked::{self, ELSEWHERE},
    draft::Draft,
    place::{Place, Side},
    question::{self, Both, Question, both, capital},
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

/// A part of the form: a few steps about one thing, so that the way is short to look at and anything is near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chapter {
    /// What the court asked, or how a clerk took the application.
    Beginning,
    /// Who sues whom.
    People,
    /// What the cause asks.
    Details,
    /// The claims and their reasons.
    Claims,
    /// Evidence.
    Evidence,
    /// Where papers go, and what is done on line.
    Reach,
    /// Reading and submitting.
    Submission,
}

impl Chapter {
    /// What it is called.
    pub const fn name(self) -> Key {
        match self {
            Chapter::Beginning => Key::ChapterBeginning,
            Chapter::People => Key::ChapterPeople,
            Chapter::Details => Key::ChapterDetails,
            Chapter::Claims => Key::ChapterClaims,
            Chapter::Evidence => Key::EvidenceTitle,
            Chapter::Reach => Key::ChapterReach,
            Chapter::Submission => Key::PreviewShort,
        }
    }
}

impl Step {
    /// The part of the form that it belongs to.
    pub const fn chapter(self) -> Chapter {
        match self {
            Step::Correction | Step::Intake => Chapter::Beginning,
            Step::Person(_) => Chapter::People,
            Step::Elements(_) => Chapter::Details,
            Step::Claims | Step::Facts => Chapter::Claims,
            Step::Evidence => Chapter::Evidence,
            Step::Service | Step::Online => Chapter::Reach,
            Step::Preview => Chapter::Submission,
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
    /// The question on an earlier screen that makes this one needless where it was answered no.
    pub gate: Option<&'static Field>,
}

/// Most questions on one screen.
const QUESTIONS: usize = 6;

/// The sections of a form: its own questions by their place in the paper, then the groups it shares.
pub fn sections(form: &'static Form) -> Vec<Section> {
    let part = |part: Option<Part>, key: Key| {
        let known = |field: &Field| matches!(field.part, Part::Claim | Part::Fact).then_some(field.part);
        screens(&both(key), form.fields.iter().filter(|field| known(field) == part).collect(), None)
    };
    let own =
        [(Some(Part::Claim), Key::ElementClaims), (Some(Part::Fact), Key::ElementFacts), (None, Key::ElementOthers)];
    let own = own.into_iter().flat_map(|(of, key)| part(of, key));
    own.chain(form.groups.iter().filter_map(|id| element_form::group(id)).flat_map(of_group)).collect()
}

/// The questions of a group that are asked here. Where the first asks whether there is such a thing at all,
/// it is the gate of the screens after it.
fn of_group(group: &'static Group) -> Vec<Section> {
    let asked = |field: &&'static Field| {
        let path = format!("{}.{}", group.id, field.id);
        field.part != Part::Party && !ELSEWHERE.iter().any(|(known, _)| *known == path)
    };
    let fields: Vec<&'static Field> = group.fields.iter().filter(asked).collect();
    let gate = fields.first().copied().filter(|field| field.kind == FieldKind::YesNo);
    let title = [group.name_zh.clone(), capital(&group.name_en)];
    let mut screens = screens(&title, fields, gate);
    for table in screens.iter_mut().filter(|screen| screen.title != title) {
        table.title = [format!("{}：{}", title[0], table.title[0]), format!("{}: {}", title[1], table.title[1])];
    }
    screens
}

/// The questions of one theme, as many screens as it takes; a table has a screen for itself.
fn screens(title: &Both, fields: Vec<&'static Field>, gate: Option<&'static Field>) -> Vec<Section> {
    let asked = fields.into_iter().filter(|field| field.used_for.contains(&Paper::Complaint));
    let (tables, questions): (Vec<_>, Vec<_>) = asked.partition(|field| field.kind == FieldKind::Table);
    let screens = questions.len().div_ceil(QUESTIONS).max(1);
    let each = questions.len().div_ceil(screens).max(1);
    let section = |title: Both, fields: Vec<&'static Field>| {
        let gate = gate.filter(|gate| !fields.iter().any(|field| std::ptr::eq(*field, *gate)));
        Section { title, fields, gate }
    };
    let of_table = |table: &'static Field| section([table.label_zh.clone(), capital(&table.label_en)], vec![table]);
    let of_questions = |fields: &[&'static Field]| section(title.clone(), fields.to_vec());
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

    /// The step after this one; what a gate has shut is passed over, and stays on the way for whoever wants it.
    pub fn next(&self, step: Step) -> Step {
        let after = self.steps().into_iter().skip_while(|known| *known != step).skip(1);
        after.into_iter().find(|step| !self.is_shut(*step)).unwrap_or(Step::Preview)
    }

    /// A screen about something of which an earlier one says that there is none.
    fn is_shut(&self, step: Step) -> bool {
        let Step::Elements(at) = step else { return false };
        let sections = self.sections();
        let Some(section) = sections.get(at) else { return false };
        let answer = |field: &'static Field| question::answer(self, field).ok().flatten();
        let no = section.gate.is_some_and(|gate| answer(gate) == Some(Answer::YesNo(false)));
        no && section.fields.iter().all(|field| answer(field).is_none())
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

crate::http::ask::written_as_text!(Step, "FilingStep");

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The parts of a party with the fields of the official groups that they answer.
    const PARTY_PARTS: &[(&str, &[&str])] = &[
        ("name", &["natural_person.name", "organisation.name"]),
        ("id_no", &["natural_person.id_number", "organisation.uscc"]),
        ("phone", &["natural_person.phone", "organisation.phone"]),
        ("address", &["natural_person.household_address", "organisation.domicile"]),
        ("id_kind", &["natural_person.id_kind"]),
        ("sex", &["natural_person.sex"]),
        ("birth_on", &["natural_person.birth_date"]),
        ("ethnicity", &["natural_person.ethnicity"]),
        ("work_unit", &["natural_person.work_unit"]),
        ("occupation", &["natural_person.post"]),
        ("habitual_address", &["natural_person.habitual_address"]),
        ("registered_in", &["organisation.registered_place"]),
        ("representative", &["organisation.representative"]),
        ("representative_post", &["organisation.representative_post"]),
        ("organisation_kind", &["organisation.org_kind"]),
        ("ownership", &["organisation.ownership"]),
    ];

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
    fn a_no_passes_over_the_screens_it_makes_needless() {
        let mut draft = crate::capability::filing::samples::begun();
        let (gate, behind) = (draft.step_of("e_claim_security"), draft.step_of("e_has_surety"));
        let (gate, behind) = (gate.expect("asked"), behind.expect("asked"));
        let first = draft.next(gate);
        draft.put("e_claim_security", "否");
        assert_ne!(draft.next(gate), first);
        assert!(draft.steps().contains(&behind), "it can still be gone to");
        draft.put("e_has_surety", "是");
        assert_eq!(draft.next(gate), behind, "what was answered is shown");
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
