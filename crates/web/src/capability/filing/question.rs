//! A question of the form: what it asks, how it is answered, and which fields carry the answer. One list of
//! questions makes the page, reads what was typed, and finds what is wrong.

use serde::Serialize;
use utoipa::ToSchema;
use xiezhi_domain::{
    law::{
        element_answer::{self, FieldProblem, ROWS_LIMIT},
        element_form::{Answer, Field, FieldKind},
    },
    party::PartyKind,
};

use super::draft::Draft;
use crate::messages::{Message, filing::Key};

/// Words in Chinese and English.
pub type Both = [String; 2];

/// The words of a message in both languages.
pub fn both(key: Key) -> Both {
    [key.zh().to_owned(), key.en().to_owned()]
}

/// One answer to choose.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Pick {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub words: Both,
}

impl Pick {
    /// An answer whose words are ours.
    pub fn new(value: &str, key: Key) -> Self {
        Self { value: value.to_owned(), words: both(key) }
    }

    /// An answer of the official forms, which stays Chinese.
    pub fn official(words: &str) -> Self {
        Self { value: words.to_owned(), words: [words.to_owned(), words.to_owned()] }
    }
}

/// How a question is answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "ask")]
pub enum Ask {
    /// One line.
    Line {
        /// Which keyboard a phone shows.
        keyboard: &'static str,
    },
    /// Several lines.
    Lines {
        /// How many are shown.
        lines: usize,
    },
    /// A day.
    Date,
    /// An amount.
    Money,
    /// A number.
    Number {
        /// Its unit.
        unit: &'static str,
    },
    /// One of few, all in sight.
    One {
        /// The answers.
        picks: Vec<Pick>,
    },
    /// One of many, in a list.
    List {
        /// The answers.
        picks: Vec<Pick>,
    },
    /// Any of several.
    Several {
        /// The answers.
        picks: Vec<Pick>,
    },
    /// Rows of cells, in fields `name_row_column`.
    Table {
        /// What the columns are called.
        columns: Vec<Both>,
    },
    /// A sentence to tick.
    Tick,
}

/// A question.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Question {
    /// Name of the field.
    pub name: String,
    /// What it asks.
    pub label: Both,
    /// Help, with an example.
    pub help: Both,
    /// How it is answered.
    #[serde(flatten)]
    pub ask: Ask,
    /// Whether it may be left out, and says so.
    pub optional: bool,
    /// Whether "I don't know" is an answer.
    pub unknown_ok: bool,
    /// Whether it stands folded, among what few need.
    pub folded: bool,
    /// Whether it is shown and not to be changed.
    pub fixed: bool,
    /// Whether it is asked of people or of organisations only.
    pub only: Option<PartyKind>,
}

impl Question {
    /// A question in our own words.
    pub fn new(name: String, key: Key, ask: Ask) -> Self {
        let help = Default::default();
        let label = both(key);
        Self { name, label, help, ask, optional: false, unknown_ok: false, folded: false, fixed: false, only: None }
    }

    /// One line.
    pub fn line(name: String, key: Key) -> Self {
        Self::new(name, key, Ask::Line { keyboard: "" })
    }

    /// Help, with an example.
    pub fn help(mut self, key: Key) -> Self {
        self.help = both(key);
        self
    }

    /// It may be left out.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// "I don't know" is an answer.
    pub fn unknown_ok(mut self) -> Self {
        self.unknown_ok = true;
        self
    }

    /// It stands folded.
    pub fn folded(mut self) -> Self {
        self.folded = true;
        self.optional = true;
        self
    }

    /// It is shown, not to be changed.
    pub fn fixed(mut self, fixed: bool) -> Self {
        self.fixed = fixed;
        self
    }

    /// It is asked of `kind` only.
    pub fn only(mut self, kind: PartyKind) -> Self {
        self.only = Some(kind);
        self
    }

    /// The question of an element of the official form. Its help and its answers stay Chinese.
    pub fn of_element(field: &'static Field) -> Self {
        Self {
            name: element_name(field),
            label: [field.label_zh.clone(), capital(&field.label_en)],
            help: [field.help.clone(), field.help.clone()],
            ask: ask_of(field),
            optional: !field.required,
            unknown_ok: field.unknown_ok,
            folded: false,
            fixed: false,
            only: None,
        }
    }

    /// Whether a field of this name carries an answer, or a cell of it.
    pub fn takes(&self, name: &str) -> bool {
        match &self.ask {
            Ask::Table { columns } => cell_of(&self.name, name).is_some_and(|(_, column)| column < columns.len()),
            _ => self.name == name,
        }
    }
}

/// English labels of the forms are terms; as questions they begin with a capital.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The field of an element.
pub fn element_name(field: &Field) -> String {
    format!("e_{}", field.id)
}

/// The field of a cell.
pub fn cell_name(table: &str, row: usize, column: usize) -> String {
    format!("{table}_{row}_{column}")
}

/// Row and column of a cell's field, if it belongs to `table`.
pub fn cell_of(table: &str, name: &str) -> Option<(usize, usize)> {
    let (row, column) = name.strip_prefix(table)?.strip_prefix('_')?.split_once('_')?;
    let (row, column) = (row.parse().ok()?, column.parse().ok()?);
    (row < ROWS_LIMIT && cell_name(table, row, column) == name).then_some((row, column))
}

fn ask_of(field: &'static Field) -> Ask {
    let picks = || field.options.iter().map(|option| Pick::official(option)).collect::<Vec<_>>();
    match field.kind {
        FieldKind::Text if field.lines > 1 => Ask::Lines { lines: usize::from(field.lines) },
        FieldKind::Text => Ask::Line { keyboard: "" },
        FieldKind::Money => Ask::Money,
        FieldKind::Number => Ask::Number { unit: &field.unit },
        FieldKind::Date => Ask::Date,
        FieldKind::Choice if field.multi => Ask::Several { picks: picks() },
        FieldKind::Choice if field.options.len() > 6 => Ask::List { picks: picks() },
        FieldKind::Choice => Ask::One { picks: picks() },
        FieldKind::YesNo => Ask::One { picks: vec![Pick::new("是", Key::Yes), Pick::new("否", Key::No)] },
        FieldKind::Table => {
            Ask::Table { columns: field.columns.iter().map(|column| [column.clone(), column.clone()]).collect() }
        }
    }
}

/// The answer to an element, as far as what was typed makes one.
pub fn answer(draft: &Draft, field: &'static Field) -> Result<Option<Answer>, FieldProblem> {
    let name = element_name(field);
    if field.kind != FieldKind::Table {
        let typed: Vec<&str> = draft.values(&name).iter().map(String::as_str).collect();
        return element_answer::read(field, &typed);
    }
    let rows = draft.rows(&name, field.columns.len());
    if rows.is_empty() {
        return Ok(None);
    }
    let answer = Answer::Table(rows);
    element_answer::validate(field, &answer)?;
    Ok(Some(answer))
}

/// What an answer looks like in the fields of the form.
pub fn typed(field: &Field, answer: &Answer) -> Vec<(String, Vec<String>)> {
    let name = element_name(field);
    let one = |text: String| vec![(name.clone(), vec![text])];
    match answer {
        Answer::Text(text) | Answer::Number(text) => one(text.clone()),
        Answer::Money(amount) => one(amount.plain()),
        Answer::Date(day) => one(day.to_string()),
        Answer::YesNo(yes) => one(if *yes { "是" } else { "否" }.to_owned()),
        Answer::Unknown => one(element_answer::UNKNOWN.to_owned()),
        Answer::Choice(chosen) => vec![(name, chosen.clone())],
        Answer::Table(rows) => {
            let cells = |(row, cells): (usize, &Vec<String>)| {
                let cell = |(column, text): (usize, &String)| (cell_name(&name, row, column), vec![text.clone()]);
                cells.iter().enumerate().map(cell).collect::<Vec<_>>()
            };
            rows.iter().enumerate().flat_map(cells).collect()
        }
    }
}
