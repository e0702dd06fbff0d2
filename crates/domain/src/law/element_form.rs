//! Element-type forms (要素式起诉状、答辩状): fields, answers, and the lines they fill.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::cause;
use super::data::{self, DataFault};
use super::money::Fen;

const FILE: &str = "element_forms.toml";
static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    read(include_str!("../../../../law/element_forms.toml")).expect("the embedded forms read; a test proves it")
});

/// An element-type form (要素式表格) of a cause. Source: 法〔2025〕82号.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Form {
    /// Stable id.
    pub id: String,
    /// Name of the cause.
    pub cause_zh: String,
    /// Code of the cause.
    pub cause_code: String,
    /// English identifier of the cause.
    pub cause_en: String,
    /// Whether it is one of the 67 official kinds.
    pub official: bool,
    /// Remarks.
    #[serde(default)]
    pub note: String,
    /// Ids of the groups of fields that it shares with other forms.
    pub groups: Vec<String>,
    /// Patterns of the claims (诉讼请求).
    pub claim_lines: Vec<String>,
    /// Patterns of the facts (事实与理由).
    pub fact_lines: Vec<String>,
    /// Its own fields.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

/// A group of fields that forms share (共用栏目).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Group {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// Remarks.
    #[serde(default)]
    pub note: String,
    /// Its fields.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

/// One question of a form (要素).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Field {
    /// Id, unique within a form and its groups of claims and facts.
    pub id: String,
    /// Chinese label.
    pub label_zh: String,
    /// English label.
    pub label_en: String,
    /// What an answer looks like.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// Where it stands.
    pub part: Part,
    /// Whether the screen asks for it; a rule of the project, not of law.
    pub required: bool,
    /// Whether "I don't know" is an answer.
    #[serde(default)]
    pub unknown_ok: bool,
    /// Help in our own words; may be empty.
    #[serde(default)]
    pub help: String,
    /// Options of a choice.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether several options may be chosen.
    #[serde(default)]
    pub multi: bool,
    /// Columns of a table.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Height of a text field in lines; zero means one.
    #[serde(default)]
    pub lines: u8,
    /// Unit of a number.
    #[serde(default)]
    pub unit: String,
    /// On which papers it stands.
    pub used_for: Vec<Paper>,
    /// Official or ours.
    pub origin: Origin,
}

/// What an answer looks like (栏目类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// 文字.
    Text,
    /// 金额.
    Money,
    /// 数字.
    Number,
    /// 日期.
    Date,
    /// 选项.
    Choice,
    /// 是否.
    YesNo,
    /// 表格.
    Table,
}

/// Where a field stands in the paper (栏目位置).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 当事人信息.
    Party,
    /// 诉讼请求.
    Claim,
    /// 约定管辖和诉前保全.
    Venue,
    /// 事实与理由.
    Fact,
    /// 答辩独有.
    Defence,
    /// 纠纷解决意愿.
    Wish,
    /// 签署.
    Close,
}

/// A paper that a form makes (文书).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 民事起诉状.
    Complaint,
    /// 民事答辩状.
    Answer,
}

/// Who made a field (来源).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It stands in the official form.
    Official,
    /// It is ours.
    Project,
}

/// One of the 67 official kinds of forms (示范文本种类).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FormKind {
    /// Number in the notice.
    pub no: u8,
    /// Area, as an identifier.
    pub area: String,
    /// Area in Chinese.
    pub area_zh: String,
    /// Name of the kind.
    pub name_zh: String,
}

/// An answer to a field (填写内容).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Answer {
    /// Words.
    Text(String),
    /// An amount.
    Money(Fen),
    /// A number as written: digits with an optional point.
    Number(String),
    /// A day.
    Date(Date),
    /// What was chosen, in the order of the options.
    Choice(Vec<String>),
    /// Yes or no.
    YesNo(bool),
    /// Rows of cells, one cell a column.
    Table(Vec<Vec<String>>),
    /// 不知道.
    Unknown,
}

/// Answers by field id (填写内容一览).
pub type Answers = BTreeMap<String, Answer>;

#[derive(Deserialize)]
struct Forms {
    kind: Vec<FormKind>,
    group: Vec<Group>,
    form: Vec<Form>,
}

impl Form {
    /// The shared groups of this form, in its order.
    pub fn shared(&self) -> impl Iterator<Item = &'static Group> {
        self.groups.iter().map(|id| group(id).expect("a form names only groups that exist; reading checks it"))
    }

    /// Every field of this form for one paper: its own first, then those of its groups.
    pub fn fields_for(&'static self, paper: Paper) -> impl Iterator<Item = &'static Field> {
        self.every_field().filter(move |field| field.used_for.contains(&paper))
    }

    /// The field of this id: the form's own, else the first of its groups that has it.
    pub fn field(&'static self, id: &str) -> Option<&'static Field> {
        self.every_field().find(|field| field.id == id)
    }

    /// The claims and facts that are put to the defendant, each as agreed or disputed with a reply.
    pub fn disputable(&'static self) -> impl Iterator<Item = &'static Field> {
        let put = |field: &&Field| matches!(field.part, Part::Claim | Part::Fact);
        self.fields_for(Paper::Answer).filter(put)
    }

    fn every_field(&'static self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().chain(self.shared().flat_map(|group| &group.fields))
    }
}

impl Field {
    /// Id under which the defendant says whether this is disputed (无异议、有异议).
    pub fn dispute_id(&self) -> String {
        format!("{}_dispute", self.id)
    }

    /// Id under which the defendant replies to this (事实和理由).
    pub fn reply_id(&self) -> String {
        format!("{}_reply", self.id)
    }
}

/// The form of this id.
pub fn form(id: &str) -> Option<&'static Form> {
    FORMS.form.iter().find(|form| form.id == id)
}

/// Every form.
pub fn all() -> &'static [Form] {
    &FORMS.form
}

/// The official kinds of forms.
pub fn kinds() -> &'static [FormKind] {
    &FORMS.kind
}

/// The shared group of this id.
pub fn group(id: &str) -> Option<&'static Group> {
    FORMS.group.iter().find(|group| group.id == id)
}

/// The forms of a cause: its own, or those of the nearest cause above that has any.
pub fn forms_for(cause_code: &str) -> Vec<&'static Form> {
    let of = |code: &str| all().iter().filter(|form| form.cause_code == code).collect::<Vec<_>>();
    let upwards = cause::path(cause_code).into_iter().rev();
    upwards.map(|cause| of(&cause.code)).find(|forms| !forms.is_empty()).unwrap_or_default()
}

/// The first form of a cause.
pub fn form_for(cause_code: &str) -> Option<&'static Form> {
    forms_for(cause_code).into_iter().next()
}

/// Writes the claims and then the facts of a form from its answers: see [`filled`].
pub fn fill_lines(form: &Form, answers: &Answers) -> Vec<String> {
    [claim_lines(form, answers), fact_lines(form, answers)].concat()
}

/// The claims (诉讼请求) that the answers fill.
pub fn claim_lines(form: &Form, answers: &Answers) -> Vec<String> {
    form.claim_lines.iter().filter_map(|pattern| filled(pattern, answers)).collect()
}

/// The claims with the amount each asks for: what stands in the slot for money, where there is just one.
pub fn claims(form: &'static Form, answers: &Answers) -> Vec<(String, Option<Fen>)> {
    let claim = |pattern: &String| Some((filled(pattern, answers)?, amount_in(pattern, answers)));
    form.claim_lines.iter().filter_map(claim).collect()
}

fn amount_in(pattern: &str, answers: &Answers) -> Option<Fen> {
    let slots = pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let amounts: Vec<Fen> = slots
        .filter_map(|(slot, _)| match answers.get(slot) {
            Some(Answer::Money(amount)) => Some(*amount),
            _ => None,
        })
        .collect();
    if let [amount] = amounts.as_slice() { Some(*amount) } else { None }
}

/// The facts (事实与理由) that the answers fill.
pub fn fact_lines(form: &Form, answers: &Answers) -> Vec<String> {
    form.fact_lines.iter().filter_map(|pattern| filled(pattern, answers)).collect()
}

/// One line from its pattern; none unless every slot in it is filled. Nothing is invented.
///
/// A yes fills its slot with no words and a no leaves it empty; so do a table with rows and one without.
pub fn filled(pattern: &str, answers: &Answers) -> Option<String> {
    let mut line = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, tail) = after.split_once('}')?;
        line.push_str(before);
        line.push_str(&in_words(answers.get(slot)?)?);
        rest = tail;
    }
    Some(line + rest)
}

fn in_words(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Answer::Money(amount) => Some(amount.in_document()),
        Answer::Number(number) => Some(number.clone()),
        Answer::Date(day) => Some(format!("{}年{}月{}日", day.year(), day.month(), day.day())),
        Answer::Choice(chosen) => Some(chosen.join("、")).filter(|text| !text.is_empty()),
        Answer::YesNo(yes) => yes.then(String::new),
        Answer::Table(rows) => (!rows.is_empty()).then(String::new),
        Answer::Unknown => None,
    }
}

fn read(text: &str) -> Result<Forms, DataFault> {
    let forms: Forms = data::document(FILE, text)?;
    let known = |id: &String| forms.group.iter().any(|group| group.id == *id);
    let stray = forms.form.iter().flat_map(|form| &form.groups).find(|id| !known(id));
    match stray {
        Some(id) => Err(DataFault::new(FILE, format!("{id} is no group"))),
        None => Ok(forms),
    }
}

#[cfg(test)]
#[path = "element_form_tests.rs"]
mod tests;
