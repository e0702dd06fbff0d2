//! What the papers of a case are filled from (案件事实): plain data, no rules, no wording.
//!
//! Everything is optional in the sense that a missing fact is told, never guessed: a paper that needs it
//! shows a gap. [`CaseFacts::sources`] says where a fact stands, by path, so that a span can lead there.

mod course;
mod examples;
mod matter;
mod people;

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::structure::{Source, Span};

pub use course::*;
pub use examples::NotAnExample;
pub use matter::*;
pub use people::*;

/// The JSON Schema of facts as [`CaseFacts::from_example`] reads them.
pub const SCHEMA: &str = include_str!("facts/facts.schema.json");

/// All that the papers of one case are filled from (案件事实).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseFacts {
    /// The court of the case.
    pub court: Court,
    /// The case number (案号); none before filing.
    pub number: Option<String>,
    /// The cause (案由).
    pub cause: Option<String>,
    /// Its code in the list of causes.
    pub cause_code: Option<String>,
    /// The procedure (审理程序) in force.
    pub procedure: Option<Procedure>,
    /// Changes of procedure (程序转换), oldest first.
    pub conversions: Vec<Conversion>,
    /// The days and moments on which the case moved.
    pub dates: Dates,
    /// Who tries the case (审判组织).
    pub tribunal: Tribunal,
    /// The parties (当事人), in the order of the papers.
    pub parties: Vec<Party>,
    /// Those who act for them (诉讼代理人).
    pub agents: Vec<Agent>,
    /// The plaintiff's claims (诉讼请求).
    pub claims: Vec<Claim>,
    /// The items a claim of damages is made of.
    pub claim_items: Vec<ClaimItem>,
    /// The amount in dispute (标的额), in fen.
    pub amount_in_dispute_fen: Option<i64>,
    /// The plaintiff's facts and reasons (事实与理由).
    pub facts_and_reasons: Option<String>,
    /// Answers given in the element-type form (要素式).
    pub elements: Vec<ElementAnswer>,
    /// What was tried before the suit, such as labour arbitration (前置程序).
    pub pre_procedure: Option<PreProcedure>,
    /// What each other side answers (答辩意见).
    pub answers: Vec<Answer>,
    /// The counterclaim (反诉), if one was taken in.
    pub counterclaim: Option<Counterclaim>,
    /// The items of evidence (证据), in their order.
    pub evidence: Vec<Evidence>,
    /// The hearings (庭审), oldest first.
    pub hearings: Vec<Hearing>,
    /// The issues (争议焦点) the court settled.
    pub issues: Vec<String>,
    /// The facts found (认定事实), as the judge wrote them.
    pub found_facts: Option<String>,
    /// The reasoning (本院认为), as the judge wrote it. Nothing else ever fills it.
    pub reasoning: Option<String>,
    /// The closing sentence before the law (综上所述), where the judge wrote one.
    pub summary: Option<String>,
    /// The articles relied on (裁判依据), each with the name of the instrument.
    pub legal_basis: Vec<String>,
    /// The orders (判项).
    pub orders: Vec<OrderText>,
    /// Who bears the costs (诉讼费用负担), as decided.
    pub cost: Option<String>,
    /// The court fee with its working (诉讼费).
    pub fee: Option<Fee>,
    /// The mediation (调解), if there was one.
    pub mediation: Option<Mediation>,
    /// The deliberations of the panel (合议庭评议); secondary volume only.
    pub deliberations: Vec<Deliberation>,
    /// Confirmed addresses for service (送达地址确认).
    pub addresses: Vec<AddressConfirmation>,
    /// Each attempt of service (送达).
    pub service: Vec<ServiceRow>,
    /// Preservation of property (财产保全).
    pub preservation: Option<Preservation>,
    /// The appraisal (鉴定).
    pub appraisal: Option<Appraisal>,
    /// The appeal (上诉).
    pub appeal: Option<Appeal>,
    /// How the case ended (结案方式).
    pub outcome: Outcome,
    /// What happened on which day, for the cover and the closing report.
    pub timeline: Vec<TimelineEntry>,
    /// Choices of the court about its papers.
    pub style: PaperStyle,
    /// Where facts stand: path such as `claims.0` or `parties.1.name`, and its source. A longer path wins.
    pub sources: BTreeMap<String, Source>,
    /// What a source told that no paper uses.
    pub more: BTreeMap<String, serde_json::Value>,
}

/// The court of a case (受理法院).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Court {
    /// Its full name.
    pub name: Option<String>,
    /// Its code in case numbers (法院代字).
    pub code: Option<String>,
    /// The court that hears appeals (上一级人民法院).
    pub higher_court: Option<String>,
    /// Where it stands.
    pub address: Option<String>,
    /// The telephone of its service desk.
    pub phone: Option<String>,
}

/// The days on which a case moved (日期).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dates {
    /// When the application arrived.
    pub submitted_at: Option<DateTime>,
    /// The day it was submitted.
    pub submitted_on: Option<Date>,
    /// The day of filing (立案).
    pub filed_on: Option<Date>,
    /// The day of assignment (分案).
    pub assigned_on: Option<Date>,
    /// The day of the document that ends the case; printed under it.
    pub decided_on: Option<Date>,
    /// The day of pronouncement (宣判).
    pub pronounced_on: Option<Date>,
    /// The day the case counts as closed (结案).
    pub closed_on: Option<Date>,
    /// The last day for closing (审限届满日), with exclusions and extensions.
    pub due_on: Option<Date>,
    /// The day of effect (生效).
    pub effective_on: Option<Date>,
    /// How the day of effect was found.
    pub effective_note: Option<String>,
    /// The day the archive took it in (归档).
    pub archived_on: Option<Date>,
}

/// How a case ended (结案情况).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// The closing manner (结案方式).
    pub manner: Option<String>,
    /// The document that ended it, as it is called.
    pub document: Option<String>,
    /// Whether it was pronounced in court (当庭宣判); `None` while unknown.
    pub pronounced_in_court: Option<bool>,
    /// Whether somebody appealed; `None` while unknown.
    pub appealed: Option<bool>,
}

/// Choices of the court about its papers (文书样式设置).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaperStyle {
    /// Print ID numbers and credit codes in judgments and rulings; the sample forms do not.
    pub ids_in_judgments: bool,
    /// Text across each page, such as the mark of a demonstration court.
    pub watermark: Option<String>,
}

/// A day and what happened on it (大事记).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// The day.
    pub on: Date,
    /// What happened.
    pub event: String,
}

impl CaseFacts {
    /// Where the fact at `path` stands: its own source, else that of the whole it belongs to.
    pub fn source_of(&self, path: &str) -> Option<&Source> {
        let mut path = path;
        loop {
            if let Some(source) = self.sources.get(path) {
                return Some(source);
            }
            path = path.rsplit_once('.')?.0;
        }
    }

    /// A span with the fact at `path`.
    pub fn span(&self, path: &str, text: impl Into<String>) -> Span {
        Span { source: self.source_of(path).cloned(), ..Span::text(text) }
    }

    /// A span with the fact at `path`, or a gap that names what is missing; blank text counts as missing.
    pub fn span_or_gap(&self, path: &str, text: Option<impl Into<String>>, what: &str) -> Span {
        match text.map(Into::into).filter(|text: &String| !text.trim().is_empty()) {
            Some(text) => self.span(path, text),
            None => Span::gap(what),
        }
    }

    /// The parties on one side, with their places in the list.
    pub fn on_side(&self, role: Role) -> impl Iterator<Item = (usize, &Party)> {
        self.parties.iter().enumerate().filter(move |(_, party)| party.role == role)
    }

    /// A party by name.
    pub fn party(&self, name: &str) -> Option<(usize, &Party)> {
        self.parties.iter().enumerate().find(|(_, party)| party.name.as_deref() == Some(name))
    }

    /// Those who act for a party.
    pub fn agents_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (usize, &'a Agent)> {
        self.agents.iter().enumerate().filter(move |(_, agent)| agent.clients.iter().any(|client| client == name))
    }

    /// The last hearing that was held.
    pub fn last_hearing(&self) -> Option<&Hearing> {
        self.hearings.last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_without_a_source_of_its_own_has_that_of_the_whole() {
        let field = Source::Field { form: "private_lending".into(), field: "principal_due".into() };
        let mut facts = CaseFacts::default();
        facts.sources.insert("claims".into(), Source::Event { position: 1 });
        facts.sources.insert("claims.0".into(), field.clone());
        assert_eq!(facts.source_of("claims.0.amount"), Some(&field));
        assert_eq!(facts.source_of("claims.1"), Some(&Source::Event { position: 1 }));
        assert_eq!(facts.source_of("orders.1"), None);
    }

    #[test]
    fn blank_text_is_a_missing_fact() {
        let span = CaseFacts::default().span_or_gap("cause", Some("  "), "案由");
        assert_eq!(span, Span::gap("案由"));
    }
}
