//! Reads the worked example cases (示例案件) into case facts, without losing anything they tell.

mod course;
mod ending;
mod matter;

use jiff::civil::{Date, DateTime, Time};
use serde_json::{Map, Value};

use super::*;
use crate::amount::parse_yuan;
use course::read_course;
use ending::{one_amount, read_end};
use matter::read_matter;

/// Why a text is not an example case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAnExample {
    /// It is not a JSON object.
    NotAnObject {
        /// What the reader of JSON says.
        reason: String,
    },
    /// A field holds what its name does not promise.
    BadField {
        /// The field.
        field: String,
        /// What stands there.
        value: String,
    },
}

impl NotAnExample {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnObject { .. } => "example_not_an_object",
            Self::BadField { .. } => "example_bad_field",
        }
    }
}

impl std::fmt::Display for NotAnExample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAnObject { reason } => write!(f, "it is not a JSON object: {reason}"),
            Self::BadField { field, value } => write!(f, "{field} can't be \"{value}\""),
        }
    }
}

/// Top-level keys that some fact holds; all others go to [`CaseFacts::more`] as they stand.
const TAKEN: [&str; 31] = [
    "court",
    "case_no",
    "cause",
    "cause_code",
    "procedure",
    "filed_date",
    "tribunal",
    "parties",
    "agents",
    "claims",
    "claim_items",
    "amount_in_dispute",
    "facts_and_reasons",
    "pre_procedure",
    "answer",
    "evidence",
    "hearing",
    "issues",
    "found_facts",
    "reasoning",
    "legal_basis",
    "deliberation",
    "outcome",
    "service",
    "effective_date",
    "effective_note",
    "timeline",
    "preservation",
    "appraisal",
    "fee",
    "appeal",
];

impl CaseFacts {
    /// Reads an example case.
    ///
    /// # Errors
    /// [`NotAnExample`] when it is not an object, or a date or amount can't be read.
    pub fn from_example(json: &str) -> Result<Self, NotAnExample> {
        let parsed = serde_json::from_str::<Map<String, Value>>(json);
        let map = parsed.map_err(|fault| NotAnExample::NotAnObject { reason: fault.to_string() })?;
        let example = Part(&map);
        let mut facts = Self::default();
        read_frame(&mut facts, &example)?;
        read_people(&mut facts, &example)?;
        read_matter(&mut facts, &example)?;
        read_course(&mut facts, &example)?;
        read_end(&mut facts, &example)?;
        let rest = map.iter().filter(|(key, _)| !TAKEN.contains(&key.as_str()));
        facts.more.extend(rest.map(|(key, value)| (key.clone(), value.clone())));
        Ok(facts)
    }
}

/// An object of the example with typed ways to read a field.
struct Part<'a>(&'a Map<String, Value>);

impl<'a> Part<'a> {
    fn text(&self, key: &str) -> Option<String> {
        self.0.get(key)?.as_str().map(str::to_owned)
    }

    fn flag(&self, key: &str) -> Option<bool> {
        self.0.get(key)?.as_bool()
    }

    fn number(&self, key: &str) -> Option<u64> {
        self.0.get(key)?.as_u64()
    }

    fn read<T>(&self, key: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, NotAnExample> {
        let Some(text) = self.text(key) else {
            return Ok(None);
        };
        let bad = || NotAnExample::BadField { field: key.to_owned(), value: text.clone() };
        read(&text).map(Some).ok_or_else(bad)
    }

    fn date(&self, key: &str) -> Result<Option<Date>, NotAnExample> {
        self.read(key, |text| text.parse().ok())
    }

    fn moment(&self, key: &str) -> Result<Option<DateTime>, NotAnExample> {
        self.read(key, |text| text.parse().ok())
    }

    fn time(&self, key: &str) -> Result<Option<Time>, NotAnExample> {
        self.read(key, |text| text.parse().ok())
    }

    fn fen(&self, key: &str) -> Result<Option<i64>, NotAnExample> {
        self.read(key, parse_yuan)
    }

    fn part(&self, key: &str) -> Option<Part<'a>> {
        self.0.get(key)?.as_object().map(Part)
    }

    fn parts(&self, key: &str) -> impl Iterator<Item = Part<'a>> {
        self.0.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).map(Part)
    }

    fn texts(&self, key: &str) -> Vec<String> {
        let list = self.0.get(key).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

fn read_frame(facts: &mut CaseFacts, example: &Part) -> Result<(), NotAnExample> {
    if let Some(court) = example.part("court") {
        facts.court.name = court.text("name");
        facts.court.code = court.text("code");
        facts.court.higher_court = court.text("higher_court");
    }
    facts.number = example.text("case_no");
    facts.cause = example.text("cause");
    facts.cause_code = example.text("cause_code");
    facts.procedure = example.read("procedure", procedure)?;
    facts.amount_in_dispute_fen = example.fen("amount_in_dispute")?;
    facts.dates.filed_on = example.date("filed_date")?;
    facts.dates.effective_on = example.date("effective_date")?;
    facts.dates.effective_note = example.text("effective_note");
    for entry in example.parts("timeline") {
        let on = entry.date("date")?.ok_or(NotAnExample::BadField { field: "timeline".into(), value: "".into() })?;
        facts.timeline.push(TimelineEntry { on, event: entry.text("event").unwrap_or_default() });
    }
    let day = |word: &str| facts.timeline.iter().find(|entry| entry.event.contains(word)).map(|entry| entry.on);
    facts.dates.submitted_on = day("提交").or_else(|| day("立案申请"));
    facts.dates.archived_on = day("归档");
    Ok(())
}

fn procedure(text: &str) -> Option<Procedure> {
    [Procedure::Ordinary, Procedure::Summary, Procedure::SmallClaims].into_iter().find(|one| one.label() == text)
}

fn read_people(facts: &mut CaseFacts, example: &Part) -> Result<(), NotAnExample> {
    for party in example.parts("parties") {
        facts.parties.push(read_party(&party)?);
    }
    for agent in example.parts("agents") {
        facts.agents.push(Agent {
            name: agent.text("name").unwrap_or_default(),
            kind: agent.read("kind", agent_kind)?.unwrap_or_default(),
            firm: agent.text("firm"),
            clients: agent.text("for").into_iter().collect(),
            authority: agent.text("authority"),
            special_authority: agent.flag("special_authority").unwrap_or(false),
            phone: agent.text("phone"),
        });
    }
    if let Some(tribunal) = example.part("tribunal") {
        facts.tribunal = read_tribunal(&tribunal);
    }
    Ok(())
}

fn read_party(party: &Part) -> Result<Party, NotAnExample> {
    let role = |text: &str| Role::ALL.into_iter().find(|role| role.label() == text);
    let kind = |text: &str| match text {
        "natural" => Some(PartyKind::Natural),
        "legal" => Some(PartyKind::Legal),
        _ => None,
    };
    Ok(Party {
        role: party.read("role", role)?.unwrap_or_default(),
        kind: party.read("kind", kind)?.unwrap_or_default(),
        name: party.text("name"),
        sex: party.text("sex"),
        born_on: party.date("birth_date")?,
        ethnicity: party.text("ethnicity"),
        occupation: party.text("occupation"),
        work_unit: None,
        address: party.text("address"),
        id_number: party.text("id_no"),
        credit_code: party.text("uscc"),
        representative: party.text("representative"),
        representative_post: party.text("representative_post"),
        phone: party.text("phone"),
        e_service_consent: party.flag("e_service_consent"),
        unknown: Default::default(),
    })
}

fn agent_kind(text: &str) -> Option<AgentKind> {
    Some(match text {
        "lawyer" => AgentKind::Lawyer,
        "legal_aid_lawyer" => AgentKind::LegalAidLawyer,
        "legal_service_worker" => AgentKind::LegalServiceWorker,
        "near_relative" => AgentKind::NearRelative,
        "staff" => AgentKind::Staff,
        "recommended" => AgentKind::Recommended,
        "statutory" => AgentKind::Statutory,
        _ => return None,
    })
}

fn read_tribunal(tribunal: &Part) -> Tribunal {
    let form = match tribunal.text("form").as_deref() {
        Some("独任") => Some(TribunalForm::Sole),
        Some("合议庭") => Some(TribunalForm::Panel),
        _ => None,
    };
    let presiding = tribunal.text("presiding_judge").map(|name| Member { role: MemberRole::Presiding, name });
    let sole = tribunal.text("judge").filter(|_| form == Some(TribunalForm::Sole));
    let sole = sole.map(|name| Member { role: MemberRole::Judge, name });
    let others = tribunal.texts("members").into_iter().map(|text| match text.strip_prefix("人民陪审员") {
        Some(name) => Member { role: MemberRole::Assessor, name: name.trim().to_owned() },
        None => Member { role: MemberRole::Judge, name: text },
    });
    Tribunal {
        form,
        members: presiding.into_iter().chain(sole).chain(others).collect(),
        in_charge: tribunal.text("judge"),
        judge_assistant: tribunal.text("judge_assistant"),
        clerk: tribunal.text("clerk"),
        committee: tribunal.flag("committee").unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
