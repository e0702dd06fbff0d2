//! A list of cases as a spreadsheet: numbers of cases as text, amounts as amounts.

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use xiezhi_app::tables::CaseRow;
use xiezhi_domain::{case::Procedure, stage::Stage};

use crate::messages::{Lang, case as case_words, cases::Key, t};

/// The spreadsheet of these rows.
///
/// # Errors
/// Whatever keeps the file from being written.
pub fn workbook(lang: Lang, rows: &[CaseRow]) -> Result<Vec<u8>, XlsxError> {
    let heads = [
        Key::Number,
        Key::Parties,
        Key::Cause,
        Key::Procedure,
        Key::Amount,
        Key::Judge,
        Key::Filed,
        Key::Due,
        Key::Stage,
    ];
    let mut book = Workbook::new();
    let (bold, text, money) = (Format::new().set_bold(), Format::new().set_num_format("@"), Format::new().set_num_format("#,##0.00"));
    let sheet = book.add_worksheet();
    sheet.set_name(t(lang, Key::ExportName))?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, head) in (0..).zip(heads) {
        sheet.write_string_with_format(0, column, t(lang, head), &bold)?;
        sheet.set_column_width(column, if column < 3 { 32.0 } else { 16.0 })?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells(lang, row)) {
            sheet.write_string_with_format(line, column, cell, &text)?;
        }
        if let Some(fen) = row.amount_fen {
            sheet.write_number_with_format(line, 4, fen as f64 / 100.0, &money)?;
        }
    }
    book.save_to_buffer()
}

fn cells(lang: Lang, row: &CaseRow) -> [String; 9] {
    let procedure = Procedure::ALL.into_iter().find(|procedure| xiezhi_app::rows::code_of(procedure) == row.procedure);
    let stage = Stage::of_code(&row.stage);
    let told = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        told(&row.number),
        row.title.clone(),
        row.cause.clone(),
        procedure.map(|procedure| t(lang, case_words::procedure(procedure)).to_owned()).unwrap_or_default(),
        String::new(),
        told(&row.judge_name),
        told(&row.filed_on),
        told(&row.due_on),
        stage.map(|stage| t(lang, case_words::stage(stage)).to_owned()).unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_without_rows_is_still_a_spreadsheet() {
        let bytes = workbook(Lang::Zh, &[]).expect("an empty list is written");
        assert_eq!(&bytes[..2], b"PK");
    }
}
