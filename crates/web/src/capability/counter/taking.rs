//! Taking papers at the counter: one form, a row for each paper, its scan with it if it was made at once. A row without a
//! name is no paper. Works without a script.

use xiezhi_domain::{
    counter::{CounterCommand, Handed, HandedIn, ShownOriginal},
    ids::{CaseId, CommandId, IntakeId, MaterialId},
    paper::PaperKind,
};

use crate::{
    capability::prelude_of_cases::{Acted, act, derived, needed_day, route},
    http::{me::Me, prelude::*},
    messages::{counter::Key, t},
};

/// Rows of the form.
pub(super) const ROWS: usize = 6;

/// The field of a row.
pub(super) fn field(name: &str, row: usize) -> String {
    format!("{name}{row}")
}

fn fault(name: &str, row: usize, code: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(field(name, row), code)])
}

/// A number that was typed, or `otherwise` where nothing was.
fn number(sent: &FilesForm, name: &str, row: usize, otherwise: u32) -> Result<u32, Problem> {
    match sent.field(&field(name, row)) {
        "" => Ok(otherwise),
        typed => typed.parse().map_err(|_| fault(name, row, "input.not_a_number")),
    }
}

/// What became of the original: `copy` where none was shown, `returned` or `kept`.
fn original(me: &Me, sent: &FilesForm, row: usize) -> Result<Option<ShownOriginal>, Problem> {
    let kept_at = sent.field(&field("kept_at", row));
    match sent.field(&field("original", row)) {
        "" | "copy" => Ok(None),
        "returned" => {
            let at = if kept_at.is_empty() { t(me.showing.lang(), Key::ReturnedAtOnce) } else { kept_at };
            Ok(Some(ShownOriginal { returned: true, kept_at: at.to_owned() }))
        }
        "kept" => Ok(Some(ShownOriginal { returned: false, kept_at: kept_at.to_owned() })),
        _ => Err(fault("original", row, "input.unknown_choice")),
    }
}

/// The paper of a row; nothing where it is empty.
fn paper(me: &Me, sent: &FilesForm, command: CommandId, row: usize) -> Result<Option<HandedIn>, Problem> {
    let (name, file) = (sent.field(&field("name", row)), sent.file_of(&field("file", row)).cloned());
    if name.is_empty() && file.is_none() {
        return Ok(None);
    }
    let kind = serde_json::from_value::<PaperKind>(sent.field(&field("kind", row)).into());
    let kind = kind.map_err(|_| fault("kind", row, "input.unknown_choice"))?;
    let copies = number(sent, "copies", row, 1)?;
    let handed = Handed {
        name: name.to_owned(),
        kind,
        pages: number(sent, "pages", row, file.as_ref().map_or(0, |file| file.pages))?,
        copies: copies.try_into().map_err(|_| fault("copies", row, "input.not_a_number"))?,
        original: original(me, sent, row)?,
        material: file.as_ref().map(|_| MaterialId(derived(command, &format!("counter.{row}")).0)),
    };
    Ok(Some(HandedIn { handed, purpose: sent.field(&field("purpose", row)).to_owned(), file }))
}

pub(super) async fn take(
    State(web): State<Web>,
    me: Me,
    Path(case): Path<CaseId>,
    sent: FilesForm,
) -> Acted {
    if let Some(refused) = &sent.refused {
        return Err(Problem::invalid(vec![refused.clone()]));
    }
    let wrong = |field: &str, code: &str| Problem::invalid(vec![FieldError::new(field, code)]);
    let command = sent.command().unwrap_or_else(|| xiezhi_app::issuing::command_id(&web.app));
    let came_on = needed_day("came_on", sent.field("came_on"))?;
    let mut items = vec![];
    for row in 0..ROWS {
        items.extend(paper(&me, &sent, command, row)?);
    }
    let intake = IntakeId(derived(command, "counter").0);
    let take = CounterCommand::Take {
        intake,
        party: sent.field("party").parse().map_err(|_| wrong("party", "input.required"))?,
        brought_by: sent.field("brought_by").to_owned(),
        came_on,
        items,
    };
    act(&web, &me, case, command, take, &route(case, &format!("/counter#intake-{intake}"))).await
}
