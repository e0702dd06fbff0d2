//! Answers to element-type forms (要素填写): read from what was typed, checked against the field.

use serde::{Deserialize, Serialize};

use super::element_form::{Answer, Answers, Field, FieldKind, Form, Paper, Part};
use super::money::MoneyProblem;

/// What a form sends for "I don't know" (不知道).
pub const UNKNOWN: &str = "不知道";

/// Longest answer in characters; a longer text belongs in a paper of its own.
pub const TEXT_LIMIT: usize = 4_000;
/// Most rows of a table.
pub const ROWS_LIMIT: usize = 200;

/// Why an answer does not fit its field (填写有误).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum FieldProblem {
    /// The field asks for something and nothing is there.
    Missing,
    /// "I don't know" is no answer here.
    MayNotBeUnknown,
    /// An answer of another kind.
    WrongKind,
    /// The amount does not read.
    BadMoney {
        /// Why.
        because: MoneyProblem,
    },
    /// The number does not read.
    BadNumber,
    /// The day does not read.
    BadDate,
    /// Neither yes nor no.
    BadYesNo,
    /// Not one of the options.
    NotAnOption,
    /// Several options where one is asked for.
    OneOptionOnly,
    /// A row with more or fewer cells than columns.
    WrongColumns {
        /// The row, from 1.
        row: u32,
    },
    /// Longer than [`TEXT_LIMIT`] characters or [`ROWS_LIMIT`] rows.
    TooLong,
}

impl FieldProblem {
    /// The stable code of this problem.
    pub fn code(&self) -> &'static str {
        match self {
            FieldProblem::Missing => "field.missing",
            FieldProblem::MayNotBeUnknown => "field.may_not_be_unknown",
            FieldProblem::WrongKind => "field.wrong_kind",
            FieldProblem::BadMoney { because } => because.code(),
            FieldProblem::BadNumber => "field.bad_number",
            FieldProblem::BadDate => "field.bad_date",
            FieldProblem::BadYesNo => "field.bad_yes_no",
            FieldProblem::NotAnOption => "field.not_an_option",
            FieldProblem::OneOptionOnly => "field.one_option_only",
            FieldProblem::WrongColumns { .. } => "field.wrong_columns",
            FieldProblem::TooLong => "field.too_long",
        }
    }
}

/// Reads what was typed or chosen into an answer; nothing typed is no answer.
///
/// Rows of a table are not typed into one box: build [`Answer::Table`] and [`validate`] it.
///
/// # Errors
/// The [`FieldProblem`] to show at the field.
pub fn read(field: &Field, typed: &[&str]) -> Result<Option<Answer>, FieldProblem> {
    let typed: Vec<&str> = typed.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    let Some(first) = typed.first().copied() else {
        return Ok(None);
    };
    let answer = if first == UNKNOWN && field.unknown_ok { Answer::Unknown } else { of_kind(field, first, &typed)? };
    validate(field, &answer)?;
    Ok(Some(answer))
}

/// Checks an answer against its field.
///
/// # Errors
/// The [`FieldProblem`] to show at the field.
pub fn validate(field: &Field, answer: &Answer) -> Result<(), FieldProblem> {
    match (field.kind, answer) {
        (_, Answer::Unknown) => require(field.unknown_ok, FieldProblem::MayNotBeUnknown),
        (FieldKind::Text, Answer::Text(text)) => require(text.chars().count() <= TEXT_LIMIT, FieldProblem::TooLong),
        (FieldKind::Number, Answer::Number(number)) => require(is_number(number), FieldProblem::BadNumber),
        (FieldKind::Choice, Answer::Choice(chosen)) => validate_choice(field, chosen),
        (FieldKind::Table, Answer::Table(rows)) => validate_table(field, rows),
        (FieldKind::Money, Answer::Money(_))
        | (FieldKind::Date, Answer::Date(_))
        | (FieldKind::YesNo, Answer::YesNo(_)) => Ok(()),
        _ => Err(FieldProblem::WrongKind),
    }
}

/// The fields of a form whose answers do not fit, each with its problem; missing required ones included.
///
/// Fields of parties are left out: parties are kept as parties, not as answers.
pub fn problems(form: &'static Form, paper: Paper, answers: &Answers) -> Vec<(&'static Field, FieldProblem)> {
    let own = form.fields_for(paper).filter(|field| field.part != Part::Party);
    own.filter_map(|field| problem(field, answers).map(|problem| (field, problem))).collect()
}

fn problem(field: &Field, answers: &Answers) -> Option<FieldProblem> {
    match answers.get(&field.id) {
        None => field.required.then_some(FieldProblem::Missing),
        Some(answer) => validate(field, answer).err(),
    }
}

fn of_kind(field: &Field, first: &str, typed: &[&str]) -> Result<Answer, FieldProblem> {
    match field.kind {
        FieldKind::Text => Ok(Answer::Text(first.to_owned())),
        FieldKind::Money => first.parse().map(Answer::Money).map_err(|because| FieldProblem::BadMoney { because }),
        FieldKind::Number => Ok(Answer::Number(first.to_owned())),
        FieldKind::Date => first.parse().map(Answer::Date).map_err(|_| FieldProblem::BadDate),
        FieldKind::Choice => Ok(Answer::Choice(in_order(field, typed))),
        FieldKind::YesNo => yes_or_no(first).map(Answer::YesNo).ok_or(FieldProblem::BadYesNo),
        FieldKind::Table => Err(FieldProblem::WrongKind),
    }
}

// What is chosen is kept in the order of the form, so that the same choice is the same answer.
fn in_order(field: &Field, typed: &[&str]) -> Vec<String> {
    let known = field.options.iter().filter(|option| typed.contains(&option.as_str())).cloned();
    let unknown =
        typed.iter().filter(|text| !field.options.iter().any(|option| option == **text)).map(|text| (*text).to_owned());
    known.chain(unknown).collect()
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "true" | "yes" | "是" => Some(true),
        "false" | "no" | "否" => Some(false),
        _ => None,
    }
}

fn validate_choice(field: &Field, chosen: &[String]) -> Result<(), FieldProblem> {
    require(chosen.iter().all(|option| field.options.contains(option)), FieldProblem::NotAnOption)?;
    require(field.multi || chosen.len() <= 1, FieldProblem::OneOptionOnly)
}

fn validate_table(field: &Field, rows: &[Vec<String>]) -> Result<(), FieldProblem> {
    let cells_fit = rows.iter().flatten().all(|cell| cell.chars().count() <= TEXT_LIMIT);
    require(rows.len() <= ROWS_LIMIT && cells_fit, FieldProblem::TooLong)?;
    match rows.iter().position(|row| row.len() != field.columns.len()) {
        Some(at) => Err(FieldProblem::WrongColumns { row: at as u32 + 1 }),
        None => Ok(()),
    }
}

fn is_number(text: &str) -> bool {
    let digits = |part: &str| (1..=12).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').map_or(digits(text), |(whole, decimals)| digits(whole) && digits(decimals))
}

fn require(fine: bool, problem: FieldProblem) -> Result<(), FieldProblem> {
    if fine { Ok(()) } else { Err(problem) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::element_form::form;
    use crate::law::money::Fen;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn lending() -> &'static Form {
        form("private_lending").expect("the form exists")
    }

    fn field(id: &str) -> &'static Field {
        lending().field(id).expect("the field exists")
    }

    #[test]
    fn what_is_typed_becomes_an_answer_of_the_fields_kind() {
        assert_eq!(read(field("principal_due"), &["150,000.00"]), Ok(Some(Answer::Money(Fen(15_000_000)))));
        assert_eq!(read(field("given_date"), &["2024-06-01"]), Ok(Some(Answer::Date(date(2024, 6, 1)))));
        assert_eq!(read(field("rate"), &["12.5"]), Ok(Some(Answer::Number("12.5".to_owned()))));
        assert_eq!(
            read(field("given_way"), &["转账", "现金"]),
            Ok(Some(Answer::Choice(vec!["现金".to_owned(), "转账".to_owned()])))
        );
        assert_eq!(read(field("interest_until_paid"), &["是"]), Ok(Some(Answer::YesNo(true))));
        assert_eq!(read(field("lender"), &["  "]), Ok(None));
        assert_eq!(read(field("lender"), &[]), Ok(None));
    }

    #[test]
    fn what_does_not_fit_has_a_problem() {
        use FieldProblem::*;
        assert_eq!(read(field("principal_due"), &["1.234"]), Err(BadMoney { because: MoneyProblem::TooManyDecimals }));
        assert_eq!(read(field("given_date"), &["2024-02-30"]), Err(BadDate));
        assert_eq!(read(field("rate"), &["twelve"]), Err(BadNumber));
        assert_eq!(read(field("given_way"), &["黄金"]), Err(NotAnOption));
        assert_eq!(read(field("rate_period"), &["年", "月"]), Err(OneOptionOnly));
        assert_eq!(read(field("interest_until_paid"), &["maybe"]), Err(BadYesNo));
        assert_eq!(read(field("lender"), &["长".repeat(TEXT_LIMIT + 1).as_str()]), Err(TooLong));
        assert_eq!(validate(field("lender"), &Answer::Unknown), Err(MayNotBeUnknown));
        assert_eq!(validate(field("lender"), &Answer::YesNo(true)), Err(WrongKind));
    }

    #[test]
    fn not_knowing_is_an_answer_where_the_form_says_so() {
        let known = crate::law::element_form::group("natural_person").expect("the group exists");
        let birth = known.fields.iter().find(|field| field.id == "birth_date").expect("the field exists");
        assert_eq!(read(birth, &[UNKNOWN]), Ok(Some(Answer::Unknown)));
    }

    #[test]
    fn a_row_has_as_many_cells_as_the_table_has_columns() {
        let row = |cells: usize| vec!["x".to_owned(); cells];
        let table = Answer::Table(vec![row(4), row(3)]);
        assert_eq!(validate(field("repayments"), &table), Err(FieldProblem::WrongColumns { row: 2 }));
        assert_eq!(validate(field("repayments"), &Answer::Table(vec![row(4)])), Ok(()));
    }

    #[test]
    fn an_empty_form_names_every_required_field() {
        let missing = problems(lending(), Paper::Complaint, &Answers::new());
        assert!(missing.iter().any(|(field, problem)| field.id == "lender" && *problem == FieldProblem::Missing));
        assert!(missing.iter().all(|(field, _)| field.required));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,30}") {
            for field in lending().fields_for(Paper::Answer) {
                let _ = read(field, &[&text, &text]);
            }
        }
    }
}
