//! A draft of an application: what was typed, as it was typed. Working data of the filer alone.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use xiezhi_domain::{
    filing::{Application, EvidenceInput},
    ids::{CaseId, MaterialId, PersonId},
    law::{
        element_answer::{ROWS_LIMIT, UNKNOWN},
        element_form::{self, Answers},
        money::Fen,
    },
    people::{Person, Post},
    review::CorrectionItem,
};

use super::{
    asked::{LEGAL, NATURAL, TICKED},
    place::{Place, Seat, Side},
    question::{self, Ask, Question, cell_name, cell_of},
    step::Step,
};

/// The kind of working data.
pub const KIND: &str = "filing-draft";
/// Most people on one form; larger suits come as linked applications.
pub const SEATS_LIMIT: usize = 100;
/// Longest text in bytes that a field keeps.
const TEXT_LIMIT_BYTES: usize = 200_000;

/// A file that was refused, and what was typed beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Refused {
    /// Stable code.
    pub code: String,
    /// What was typed, by field.
    pub typed: Vec<(String, String)>,
}

/// A draft.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Draft {
    /// What was typed, by field; a field with several boxes has several values.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Who stands on the form, in order.
    pub seats: Vec<Seat>,
    /// Evidence and papers handed in so far.
    pub evidence: Vec<EvidenceInput>,
    /// The case, where an application is corrected.
    pub case: Option<CaseId>,
    /// The application that is corrected: what the form does not ask stays as it was.
    pub origin: Option<Box<Application>>,
    /// What the court asked to be corrected.
    pub correction: Vec<CorrectionItem>,
    /// By when.
    pub due_on: Option<Date>,
    /// The clerk who enters what came on paper or was told orally.
    pub clerk: Option<PersonId>,
    /// The step at which the filer left off.
    pub at: Option<String>,
    /// The file that was refused last, with what was typed beside it.
    pub refused: Option<Refused>,
    /// When it was kept last.
    pub saved_at: Option<Timestamp>,
}

impl Draft {
    /// A new draft; what the court knows of the filer is filled in. Consents are never ticked beforehand.
    pub fn begun(person: &Person, cause: &str, today: Date) -> Draft {
        let (plaintiff, defendant) = (Place::new(Side::Plaintiff, 0), Place::new(Side::Defendant, 0));
        let mut draft = Draft { seats: vec![Seat::new(plaintiff), Seat::new(defendant)], ..Draft::default() };
        draft.put("cause", cause);
        match person.post {
            Post::Party => draft.begun_by_party(person, plaintiff),
            Post::Lawyer => draft.begun_by_lawyer(person),
            Post::FilingClerk => {
                draft.clerk = Some(person.id);
                draft.put("came_on", &today.to_string());
            }
            _ => {}
        }
        draft
    }

    fn begun_by_party(&mut self, person: &Person, place: Place) {
        self.seats[0].person = Some(person.id);
        self.put(&place.field("kind"), if person.unit.is_some() { LEGAL } else { NATURAL });
        self.put(&place.field("name"), person.unit.as_ref().unwrap_or(&person.name));
        // The number of a representative is not the number of the company.
        let number = person.id_no.as_deref().filter(|_| person.unit.is_none());
        self.put(&place.field("id_no"), number.unwrap_or_default());
        self.put(&place.field("phone"), person.phone.as_deref().unwrap_or_default());
        let representative = person.unit.is_some().then_some(person.name.as_str());
        self.put(&place.field("representative"), representative.unwrap_or_default());
    }

    /// The lawyer who files stands in the application as the plaintiff's agent.
    ///
    /// Source: 《民事诉讼法》第六十一条、第六十二条.
    fn begun_by_lawyer(&mut self, person: &Person) {
        let place = Place::new(Side::Agent, 0);
        self.seats.push(Seat { person: Some(person.id), ..Seat::new(place) });
        self.put(&place.field("name"), &person.name);
        self.put(&place.field("firm"), person.unit.as_deref().unwrap_or_default());
        self.put(&place.field("phone"), person.phone.as_deref().unwrap_or_default());
    }

    /// The places of one side, in the order they were taken.
    pub fn places(&self, side: Side) -> impl Iterator<Item = Place> {
        self.seats.iter().map(|seat| seat.place).filter(move |place| place.side == side)
    }

    /// Whether it is the filer, who stands here for himself.
    pub fn is_own(&self, place: Place) -> bool {
        place.side == Side::Plaintiff && self.seats.iter().any(|seat| seat.place == place && seat.person.is_some())
    }

    /// Whether somebody may be taken off the form: never the filer, never the last that a suit needs.
    pub fn may_remove(&self, place: Place) -> bool {
        let own = |seat: &Seat| seat.person.is_some() && (place.side != Side::Agent || self.case.is_none());
        let last = place.side.is_needed() && self.places(place.side).count() < 2;
        self.seats.iter().any(|seat| seat.place == place && !own(seat)) && !last
    }

    /// A place for one more; nothing past the limit.
    pub fn add(&mut self, side: Side) -> Option<Place> {
        let known = self.seats.iter().filter(|seat| seat.place.side == side).map(|seat| seat.place.no);
        let typed = self.fields.keys().filter_map(|name| name.split('_').next()?.parse::<Place>().ok());
        let no = known.chain(typed.filter(|place| place.side == side).map(|place| place.no)).max();
        let place = Place::new(side, no.map_or(0, |no| no.saturating_add(1)));
        (self.seats.len() < SEATS_LIMIT).then(|| {
            self.seats.push(Seat::new(place));
            place
        })
    }

    /// Takes somebody off the form.
    pub fn remove(&mut self, place: Place) {
        if self.may_remove(place) {
            self.seats.retain(|seat| seat.place != place);
            let before = format!("{place}_");
            self.fields.retain(|name, _| !name.starts_with(&before));
        }
    }

    /// Takes an item of evidence off.
    pub fn drop_evidence(&mut self, material: MaterialId) {
        self.evidence.retain(|item| item.material != material);
    }

    /// Whether a box is ticked.
    pub fn is_ticked(&self, field: &str) -> bool {
        self.values(field).iter().any(|value| value == TICKED)
    }

    /// Whether "I don't know" is the answer.
    pub fn is_unknown(&self, field: &str) -> bool {
        self.values(field).iter().any(|value| value == UNKNOWN) && self.value(field).is_empty()
    }

    /// Puts one value into a field.
    pub fn put(&mut self, field: &str, value: &str) {
        self.put_all(field, vec![value.to_owned()]);
    }

    /// Puts values into a field; nothing but blanks empties it.
    pub fn put_all(&mut self, field: &str, values: Vec<String>) {
        let values: Vec<String> = values.into_iter().filter(|value| !value.trim().is_empty()).collect();
        if values.is_empty() {
            self.fields.remove(field);
        } else {
            self.fields.insert(field.to_owned(), values);
        }
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.values(name).iter().map(String::as_str).find(|value| *value != UNKNOWN).unwrap_or_default()
    }

    /// All values of a field.
    pub fn values(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    /// What stands in a field, if anything.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.value(name).trim()).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The rows of a table that say anything, without blanks between them.
    pub fn rows(&self, table: &str, columns: usize) -> Vec<Vec<String>> {
        let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for name in self.fields.keys() {
            if let Some((row, column)) = cell_of(table, name).filter(|(_, column)| *column < columns) {
                let cells = rows.entry(row).or_insert_with(|| vec![String::new(); columns]);
                self.value(name).trim().clone_into(&mut cells[column]);
            }
        }
        rows.into_values().filter(|cells| cells.iter().any(|cell| !cell.is_empty())).collect()
    }

    /// Puts rows into a table in place of those that stood there.
    pub fn put_rows(&mut self, table: &str, rows: &[Vec<String>]) {
        self.fields.retain(|name, _| cell_of(table, name).is_none());
        for (row, cells) in rows.iter().take(ROWS_LIMIT).enumerate() {
            for (column, text) in cells.iter().enumerate() {
                self.put(&cell_name(table, row, column), text);
            }
        }
    }

    /// Takes a row off a table, named as `table_row`.
    pub fn empty_row(&mut self, row: &str) {
        let tables: Vec<(String, usize)> =
            self.steps().into_iter().flat_map(|step| self.questions(step)).filter_map(columns).collect();
        let Some((table, row)) = row.rsplit_once('_') else { return };
        let (Some((table, columns)), Ok(row)) = (tables.iter().find(|(name, _)| name == table), row.parse::<usize>())
        else {
            return;
        };
        let mut rows = self.rows(table, *columns);
        if row < rows.len() {
            rows.remove(row);
            self.put_rows(table, &rows);
        }
    }

    /// Takes over what was typed at one step, whole: a box that is not sent is not ticked. Without a step,
    /// as programs may send, each field that is sent is replaced and the others stay.
    pub fn take(&mut self, step: Option<Step>, typed: Vec<(String, String)>) {
        let steps = step.map_or_else(|| self.steps(), |step| vec![step]);
        let asked: Vec<Question> = steps.into_iter().flat_map(|step| self.questions(step)).collect();
        let asked: Vec<&Question> = asked.iter().filter(|question| !question.fixed).collect();
        let mut sent: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in typed {
            if asked.iter().any(|question| question.takes(&name)) && value.len() <= TEXT_LIMIT_BYTES {
                sent.entry(name).or_default().push(value.replace("\r\n", "\n"));
            }
        }
        if step.is_some() {
            self.fields.retain(|name, _| !asked.iter().any(|question| question.takes(name)));
        }
        for (name, values) in sent {
            self.put_all(&name, values);
        }
        for question in asked {
            if let Ask::Table { columns } = &question.ask {
                self.put_rows(&question.name, &self.rows(&question.name, columns.len()));
            }
        }
        self.take_evidence();
    }

    /// What was typed of the evidence stands with the evidence, not with the fields.
    fn take_evidence(&mut self) {
        let mut items = std::mem::take(&mut self.evidence);
        for item in &mut items {
            let field = |part: &str| super::asked::evidence_field(item, part);
            let names = ["name", "kind", "purpose", "source", "original"].map(field);
            if names.iter().any(|name| self.fields.contains_key(name)) {
                let [name, kind, purpose, source, original] = &names;
                item.name = self.some(name).unwrap_or_else(|| item.file.name.clone());
                item.kind = self.some(kind).unwrap_or_else(|| item.kind.clone());
                item.purpose = self.some(purpose).unwrap_or_default();
                item.source = self.some(source).unwrap_or_default();
                item.has_original = self.is_ticked(original);
            }
            for name in &names {
                self.fields.remove(name);
            }
        }
        self.evidence = items;
    }

    /// What stands in a field of the page: evidence answers from its own place.
    pub fn shown(&self, field: &str) -> Vec<String> {
        let of = |item: &EvidenceInput| {
            let part = field.strip_prefix(&super::asked::evidence_field(item, ""))?;
            Some(match part {
                "name" => item.name.clone(),
                "kind" => item.kind.clone(),
                "purpose" => item.purpose.clone(),
                "source" => item.source.clone(),
                _ => if item.has_original { TICKED } else { "" }.to_owned(),
            })
        };
        match self.evidence.iter().find_map(of) {
            Some(value) => vec![value],
            None => self.values(field).to_vec(),
        }
    }

    /// The answers to the element-type form that can be read; those that can't are faults.
    pub fn answers(&self) -> Answers {
        let fields = self.sections().into_iter().flat_map(|section| section.fields);
        fields.filter_map(|field| Some((field.id.clone(), question::answer(self, field).ok().flatten()?))).collect()
    }

    /// Writes claims from the answers, below what stands there already; nothing is invented.
    pub fn fill_claims(&mut self) {
        let Some(form) = self.form() else { return };
        let mut rows = self.rows("claims", 2);
        for (text, amount) in element_form::claims(form, &self.answers()) {
            if !rows.iter().any(|row| row[0] == text) {
                rows.push(vec![text, amount.map(Fen::plain).unwrap_or_default()]);
            }
        }
        self.put_rows("claims", &rows);
    }

    /// Writes the facts from the answers, below what stands there already; nothing is invented.
    pub fn fill_facts(&mut self) {
        let Some(form) = self.form() else { return };
        let mut text = self.value("facts").trim_end().to_owned();
        for line in element_form::fact_lines(form, &self.answers()) {
            if !text.contains(&line) {
                text.push_str(if text.is_empty() { "" } else { "\n" });
                text.push_str(&line);
            }
        }
        self.put("facts", &text);
    }

    /// The case the application will open, or the one it corrects.
    pub fn case_id(&self, id: &str) -> CaseId {
        self.case.unwrap_or_else(|| CaseId(id.parse().unwrap_or(Uuid::nil())))
    }
}

/// The name of a table and how many columns it has.
fn columns(question: Question) -> Option<(String, usize)> {
    match question.ask {
        Ask::Table { columns } => Some((question.name, columns.len())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capability::filing::samples::{clerk, lawyer, party, typed};

    const LENDING: &str = "04.10.108.03";

    fn begun() -> Draft {
        Draft::begun(&party(), LENDING, jiff::civil::date(2026, 3, 2))
    }

    fn place(text: &str) -> Place {
        text.parse().expect("a place")
    }

    #[test]
    fn what_the_court_knows_of_the_filer_is_filled_in() {
        let draft = begun();
        assert_eq!(draft.value("p0_name"), party().name);
        assert!(draft.is_own(place("p0")) && !draft.may_remove(place("p0")));
        assert_eq!(draft.step("p0"), Some(Step::Person(place("p0"))));
    }

    #[test]
    fn somebody_taken_off_leaves_the_others_where_they_are() {
        let mut draft = begun();
        assert_eq!(draft.add(Side::Defendant), Some(place("d1")));
        assert_eq!(draft.add(Side::Defendant), Some(place("d2")));
        draft.take(Some(Step::Person(place("d1"))), typed(&[("d1_name", "钱二")]));
        draft.take(Some(Step::Person(place("d2"))), typed(&[("d2_name", "孙三")]));
        draft.remove(place("d1"));
        assert_eq!(draft.places(Side::Defendant).collect::<Vec<_>>(), [place("d0"), place("d2")]);
        assert_eq!((draft.value("d1_name"), draft.value("d2_name")), ("", "孙三"));
        assert_eq!(draft.add(Side::Defendant), Some(place("d3")), "a place is never given twice");
        draft.remove(place("d0"));
        draft.remove(place("d2"));
        draft.remove(place("d3"));
        assert_eq!(draft.places(Side::Defendant).count(), 1, "a suit needs a defendant");
    }

    #[test]
    fn a_step_is_taken_whole_and_touches_no_other() {
        let mut draft = begun();
        draft.take(Some(Step::Online), typed(&[("online", "hearing"), ("online", "service"), ("facts", "x")]));
        assert_eq!(draft.values("online"), ["hearing", "service"]);
        assert_eq!(draft.value("facts"), "", "a field of another step is not taken");
        draft.take(Some(Step::Facts), typed(&[("facts", "借了没还")]));
        assert_eq!(draft.values("online").len(), 2);
        draft.take(Some(Step::Online), vec![]);
        assert!(draft.values("online").is_empty(), "a tick taken away is gone");
        draft.take(None, typed(&[("d0_name", "钱有余"), ("d0_phone", "12000000002")]));
        assert_eq!((draft.value("d0_name"), draft.value("facts")), ("钱有余", "借了没还"));
    }

    #[test]
    fn rows_close_up_where_one_was_emptied() {
        let mut draft = begun();
        let sent = [("claims_0_0", "甲"), ("claims_0_1", "1"), ("claims_1_0", " "), ("claims_2_0", "乙")];
        draft.take(Some(Step::Claims), typed(&sent));
        assert_eq!(draft.rows("claims", 2), [["甲", "1"], ["乙", ""]]);
        assert_eq!(draft.value("claims_1_0"), "乙");
        draft.take(Some(Step::Claims), typed(&[("claims_9999_0", "x"), ("claims_0_2", "y"), ("claims_00_0", "z")]));
        assert!(draft.rows("claims", 2).is_empty(), "only cells of the table are taken");
    }

    #[test]
    fn not_knowing_is_kept_and_yields_to_what_is_typed() {
        let mut draft = begun();
        draft.take(Some(Step::Person(place("d0"))), typed(&[("d0_id_no", ""), ("d0_id_no", UNKNOWN)]));
        assert!(draft.is_unknown("d0_id_no") && draft.some("d0_id_no").is_none());
        draft.take(Some(Step::Person(place("d0"))), typed(&[("d0_id_no", "370691"), ("d0_id_no", UNKNOWN)]));
        assert!(!draft.is_unknown("d0_id_no"));
        assert_eq!(draft.value("d0_id_no"), "370691");
    }

    #[test]
    fn claims_are_written_from_answers_with_their_amounts_and_once_only() {
        let mut draft = begun();
        draft.put("e_principal_due", "150000");
        draft.put("e_principal_asof", "2026-02-28");
        draft.put("e_claim_costs", "是");
        draft.fill_claims();
        draft.fill_claims();
        let expected = [
            ["判令被告偿还原告借款本金150000元（计算至2026年2月28日）。", "150000.00"],
            ["本案诉讼费用由被告承担。", ""],
        ];
        assert_eq!(draft.rows("claims", 2), expected);
    }

    #[test]
    fn a_lawyer_is_the_agent_by_name_and_a_clerk_says_how_it_came() {
        let mut draft = Draft::begun(&lawyer(), LENDING, jiff::civil::date(2026, 3, 2));
        let agent = Step::Person(place("a0"));
        draft.take(Some(agent), typed(&[("a0_name", "别人"), ("a0_special", "settle")]));
        assert_eq!(draft.value("a0_name"), lawyer().name);
        let draft = Draft::begun(&clerk(), LENDING, jiff::civil::date(2026, 3, 2));
        assert_eq!(draft.steps()[0], Step::Intake);
        assert_eq!(draft.value("came_on"), "2026-03-02");
    }
}
