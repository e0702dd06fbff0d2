//! Who signs and who reads a document before it is sealed (签发环节): settings of the court, in data.

use serde::{Deserialize, Serialize};

use crate::{case::CaseState, paper::PaperKind, people::Post, rules::Settings};

/// Form of the tribunal (审判组织形式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Sole judge (独任).
    Sole,
    /// Panel (合议庭).
    Panel,
}

impl Form {
    /// The form of the tribunal of `case`.
    pub fn of(case: &CaseState) -> Form {
        let panel = case.tribunal.as_ref().is_some_and(|tribunal| tribunal.is_panel());
        if panel { Form::Panel } else { Form::Sole }
    }
}

/// Which documents are read by whom before they are sealed (审阅规则). Readers see what was decided and may ask the
/// tribunal to think again; they change nothing in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingRule {
    /// Kinds of documents; none means every kind.
    #[serde(default)]
    pub kinds: Vec<PaperKind>,
    /// Form of the tribunal; none means either.
    #[serde(default)]
    pub form: Option<Form>,
    /// Whether it holds in supervised cases alone (四类案件).
    #[serde(default)]
    pub supervised: bool,
    /// Whether it holds alone in cases that the adjudication committee decided (审委会讨论案件).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub committee: bool,
    /// Who reads, one after another.
    pub readers: Vec<Post>,
}

/// How documents are signed and read before the seal (文书签发环节).
///
/// Source: handbook of the project §7 (each step a setting of the court).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// Whether the presiding judge signs after the members (《关于人民法院合议庭工作的若干规定》第十五条).
    pub presiding_last: bool,
    /// Who reads what. Every rule that fits counts; nobody reads twice.
    pub readings: Vec<ReadingRule>,
}

impl Default for Chain {
    /// A supervised case, and one that the adjudication committee decided, is read by the division head and a vice
    /// president, any other by nobody beside those who decide it.
    ///
    /// Source: 《关于人民法院合议庭工作的若干规定》第十六条、第十七条;法发〔2021〕30号.
    fn default() -> Self {
        let readers = vec![Post::DivisionHead, Post::VicePresident];
        let rule = |supervised, committee| ReadingRule {
            kinds: vec![],
            form: None,
            supervised,
            committee,
            readers: readers.clone(),
        };
        Self { presiding_last: true, readings: vec![rule(true, false), rule(false, true)] }
    }
}

impl Chain {
    /// Whether it is the one that courts start with.
    pub fn is_default(&self) -> bool {
        *self == Chain::default()
    }
}

/// The posts that read a document of `kind` once those who decide `case` have signed it, in their order.
pub fn readers(case: &CaseState, settings: &Settings, kind: PaperKind) -> Vec<Post> {
    let form = Form::of(case);
    let fits = |rule: &&ReadingRule| {
        (rule.kinds.is_empty() || rule.kinds.contains(&kind))
            && rule.form.is_none_or(|wanted| wanted == form)
            && (!rule.supervised || case.supervision.is_some())
            && (!rule.committee || case.committee.binds())
    };
    let of_sole = form == Form::Sole && kind == PaperKind::Judgment && settings.sole_judge_needs_head;
    let head = of_sole.then_some(Post::DivisionHead);
    let named = settings.chain.readings.iter().filter(fits).flat_map(|rule| rule.readers.iter().copied());
    let mut readers = vec![];
    for post in head.into_iter().chain(named) {
        if !readers.contains(&post) {
            readers.push(post);
        }
    }
    readers
}
