//! One question as fields, with what stands in it, what is wrong and what the court asked.

use xiezhi_domain::{
    law::{element_answer::UNKNOWN, money::Fen},
    party::PartyKind,
};

use super::super::{
    asked::TICKED,
    question::{Ask, Both, Pick, Question, cell_name},
    step::Step,
};
use super::StepView;
use crate::{
    frame::prelude::*,
    http::prelude::Showing,
    messages::{
        Lang, faults,
        filing::{self as words, Key},
        t,
    },
};

fn said(lang: Lang, both: &Both) -> &str {
    lang.pick(&both[0], &both[1])
}

fn choices(lang: Lang, picks: &[Pick]) -> Vec<Choice<'_>> {
    picks.iter().map(|pick| Choice::new(&pick.value, said(lang, &pick.words))).collect()
}

impl StepView {
    /// What is wrong at a field, in words.
    pub(super) fn error(&self, lang: Lang, field: &str) -> Option<String> {
        let fault = self.faults.iter().find(|fault| fault.field == field)?;
        Some(faults::words(lang, fault.code))
    }

    /// What the court asked to be corrected at a field.
    pub(super) fn asked(&self, lang: Lang, field: &str) -> Option<String> {
        let asked: Vec<&str> =
            self.marks.iter().filter(|mark| mark.field == field).map(|mark| mark.what.as_str()).collect();
        (!asked.is_empty()).then(|| words::asked(lang, &asked.join("；")))
    }

    /// Some questions; those that few need stand folded, unless something in them is answered or wrong.
    pub(super) fn asking(&self, to: &Showing, questions: &[Question]) -> Markup {
        let (folded, shown): (Vec<&Question>, Vec<&Question>) = questions.iter().partition(|question| question.folded);
        let wanted = |question: &&Question| {
            self.faults.iter().any(|fault| question.takes(&fault.field))
                || self.marks.iter().any(|mark| question.takes(&mark.field))
        };
        let open = folded.iter().any(wanted);
        html! {
            @for question in shown { (self.of_kind(to, question)) }
            @if !folded.is_empty() {
                (unfold_open(t(to.lang(), Key::More), html! {
                    div.questions { @for question in folded { (self.of_kind(to, question)) } }
                }, open))
            }
        }
    }

    fn of_kind(&self, to: &Showing, question: &Question) -> Markup {
        let field = self.field(to, question);
        match question.only {
            None => field,
            Some(PartyKind::Natural) => html! { div.natural-only { (field) } },
            Some(PartyKind::Legal) => html! { div.legal-only { (field) } },
        }
    }

    /// One question.
    pub(super) fn field(&self, to: &Showing, question: &Question) -> Markup {
        let lang = to.lang();
        let name = question.name.as_str();
        let values = self.draft.shown(name);
        let value = values.iter().map(String::as_str).find(|value| *value != UNKNOWN).unwrap_or_default();
        let (error, asked) = (self.error(lang, name), self.asked(lang, name));
        let label = said(lang, &question.label);
        let field = Field::new(name, label)
            .value(value)
            .help(said(lang, &question.help))
            .error(error.as_deref())
            .asked(asked.as_deref());
        let field = if question.optional { field.optional(lang) } else { field };
        let field = if question.fixed { field.readonly() } else { field };
        let chosen: Vec<&str> = values.iter().map(String::as_str).collect();
        let body = match &question.ask {
            Ask::Line { keyboard: "" } => field.text(),
            Ask::Line { keyboard } => field.keyboard(keyboard).text(),
            Ask::Lines { lines } => field.textarea(*lines),
            Ask::Date => field.date(),
            Ask::Money => field.money(lang, &in_capitals(value)),
            Ask::Number { unit } => field.number(unit),
            Ask::One { picks } => return self.one(lang, question, &field, picks, chosen.first().copied()),
            Ask::List { picks } => field.select(lang, &choices(lang, picks)),
            Ask::Several { picks } => field.several(&choices(lang, picks), &chosen),
            Ask::Tick => return checkbox(name, html! { (label) }, chosen.contains(&TICKED), error.as_deref()),
            Ask::Table { columns } => return self.table(to, question, columns),
        };
        html! { div { (body) @if question.unknown_ok { (dont_know(lang, name, chosen.contains(&UNKNOWN))) } } }
    }

    /// One of few. Of a party's kind the first is meant until another is ticked.
    fn one(&self, lang: Lang, question: &Question, field: &Field<'_>, picks: &[Pick], chosen: Option<&str>) -> Markup {
        let mut offered = choices(lang, picks);
        if question.unknown_ok {
            offered.push(Choice::new(UNKNOWN, t(lang, Key::DontKnow)));
        }
        if question.optional && chosen.is_some() {
            offered.push(Choice::new("", t(lang, Key::LeaveOut)));
        }
        let first = picks.first().map_or("", |pick| pick.value.as_str());
        let must = ["kind", "came"].iter().any(|part| question.name.split('_').next_back() == Some(part))
            && !question.optional;
        let value = chosen.unwrap_or(if must { first } else { "" });
        let field = field.clone().value(value);
        if offered.len() <= 3 { field.choice_across(&offered) } else { field.choice(&offered) }
    }

    /// The rows of a table, each a small form, with empty ones below.
    fn table(&self, to: &Showing, question: &Question, columns: &[Both]) -> Markup {
        let lang = to.lang();
        let filled = self.draft.rows(&question.name, columns.len()).len();
        let is_claims = self.step == Step::Claims;
        html! {
            @if let Some(error) = self.error(lang, &question.name) { p.error { (Icon::Alert) span { (error) } } }
            p.help { (if is_claims { said(lang, &question.help) } else { t(lang, Key::TableHelp) }) }
            @for row in 0..filled + self.blank_rows {
                fieldset.row-cells {
                    legend {
                        (words::row(lang, row + 1))
                        @if row < filled {
                            span.push { (Verb::submit_as(t(lang, Key::EmptyRow), "then", &format!("empty:{}_{row}", question.name)).quiet()) }
                        }
                    }
                    div class=(if is_claims { "claim-cells" } else { "pair" }) {
                        @for (column, label) in columns.iter().enumerate() { (self.cell(to, &question.name, row, column, said(lang, label))) }
                    }
                }
            }
            p { (Verb::submit_as(t(lang, Key::AddRow), "then", "more").icon(Icon::Plus)) }
        }
    }

    fn cell(&self, to: &Showing, table: &str, row: usize, column: usize, label: &str) -> Markup {
        let lang = to.lang();
        let name = cell_name(table, row, column);
        let value = self.draft.value(&name).to_owned();
        let (error, asked) = (self.error(lang, &name), self.asked(lang, &name));
        let field = Field::new(&name, label).value(&value).error(error.as_deref()).asked(asked.as_deref());
        match (self.step, column) {
            (Step::Claims, 0) => field.textarea(2),
            (Step::Claims, _) => field.optional(lang).money(lang, ""),
            _ => field.text(),
        }
    }
}

/// An amount again in capitals, as it stands in papers.
fn in_capitals(value: &str) -> String {
    value.parse::<Fen>().map(Fen::capitals).unwrap_or_default()
}

fn dont_know(lang: Lang, name: &str, ticked: bool) -> Markup {
    html! {
        label.dont-know { input.check type="checkbox" name=(name) value=(UNKNOWN) checked[ticked]; span { (t(lang, Key::DontKnow)) } }
    }
}
