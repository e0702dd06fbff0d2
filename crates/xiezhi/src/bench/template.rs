//! A lived case as a text with holes: everything that is one case's own (identifiers, people, days, number,
//! names) is a hole, so that the same course of events can be lived by many others.

use std::collections::BTreeMap;

use jiff::civil::Date;
use uuid::Uuid;
use xiezhi_app::{App, codec};
use xiezhi_domain::{
    case::CaseState,
    ids::{CaseId, PersonId},
};
use xiezhi_store::{LogId, StoredEvent};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Plain(String),
    Id(usize),
    Person(usize),
    Day(usize),
    Name(usize),
    Number,
}

/// A text with holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(Vec<Piece>);

/// What fills the holes of one case.
#[derive(Clone, Debug, Default)]
pub struct Filling {
    /// By the places of [`Template::ids`].
    pub ids: Vec<String>,
    /// By the places of [`Template::people`].
    pub people: Vec<String>,
    /// By the places of [`Template::days`].
    pub days: Vec<String>,
    /// By the places of [`Template::names`].
    pub names: Vec<String>,
    /// The case number.
    pub number: String,
}

impl Text {
    /// The text with its holes filled.
    pub fn fill(&self, with: &Filling) -> String {
        let filled = |piece: &Piece| match piece {
            Piece::Plain(text) => text.clone(),
            Piece::Id(place) => with.ids[*place].clone(),
            Piece::Person(place) => with.people[*place].clone(),
            Piece::Day(place) => with.days[*place].clone(),
            Piece::Name(place) => with.names[*place].clone(),
            Piece::Number => with.number.clone(),
        };
        self.0.iter().map(filled).collect()
    }
}

/// An event of a template.
#[derive(Clone, Debug)]
pub struct Happened {
    /// Stored name.
    pub name: String,
    /// Body.
    pub body: Text,
}

/// One act: what one command brought about.
#[derive(Clone, Debug)]
pub struct Act {
    /// Who acted.
    pub actor: Text,
    /// When, microseconds.
    pub at_us: i64,
    /// Its events.
    pub events: Vec<Happened>,
}

/// A lived case.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// What the demonstration calls it.
    pub name: String,
    /// Its acts, in order.
    pub acts: Vec<Act>,
    /// Identifiers of the case's own; the first is the case.
    pub ids: Vec<Uuid>,
    /// People in it.
    pub people: Vec<PersonId>,
    /// Days in it.
    pub days: Vec<Date>,
    /// Names of its parties.
    pub names: Vec<String>,
    /// Its number, and its type.
    pub number: Option<(String, String)>,
    /// The day it was put before the court.
    pub submitted_on: Date,
    /// The day it was filed.
    pub filed_on: Option<Date>,
}

impl Template {
    /// The template of a case of `app`.
    pub async fn of(app: &App, id: CaseId, name: &str) -> anyhow::Result<Self> {
        let case = app.load(id).await?;
        let events = app.ports().store.read_stream(LogId::RECORD, &codec::case_stream(id), 0).await?;
        let people = app.directory().await?;
        let mut making = Making::of(&case, name);
        making.known = people.all().map(|person| (person.id.0, person.id)).collect();
        for event in &events {
            making.take(event);
        }
        Ok(making.template)
    }

    /// How many events it has.
    pub fn events(&self) -> usize {
        self.acts.iter().map(|act| act.events.len()).sum()
    }
}

/// A template in the making.
struct Making {
    template: Template,
    known: BTreeMap<Uuid, PersonId>,
    last_command: Option<Uuid>,
}

impl Making {
    fn of(case: &CaseState, name: &str) -> Self {
        let number = case.number.as_ref().map(|number| (number.to_string(), number.type_code.clone()));
        let mut names: Vec<String> = case.parties.values().map(|party| party.name.clone()).collect();
        // The longest first: a name may be part of another.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let template = Template {
            name: name.to_owned(),
            ids: vec![case.id.0],
            names,
            number,
            submitted_on: case.submitted_on,
            filed_on: case.filed_on,
            ..Template::default()
        };
        Self { template, known: BTreeMap::new(), last_command: None }
    }

    fn take(&mut self, event: &StoredEvent) {
        let body = String::from_utf8_lossy(event.body.as_deref().unwrap_or_default()).into_owned();
        let happened = Happened { name: event.name.clone(), body: self.text(&body) };
        if self.last_command == Some(event.command) {
            let act = self.template.acts.last_mut().expect("the command began an act");
            act.events.push(happened);
            return;
        }
        self.last_command = Some(event.command);
        let actor = self.text(&event.actor);
        self.template.acts.push(Act { actor, at_us: event.at_us, events: vec![happened] });
    }

    fn text(&mut self, text: &str) -> Text {
        let mut pieces = vec![Piece::Plain(text.to_owned())];
        if let Some((number, _)) = self.template.number.clone() {
            pieces = split(pieces, &number, &Piece::Number);
        }
        for (place, name) in self.template.names.clone().iter().enumerate() {
            pieces = split(pieces, name, &Piece::Name(place));
        }
        let holes = pieces.into_iter().flat_map(|piece| match piece {
            Piece::Plain(text) => self.holes(&text),
            hole => vec![hole],
        });
        Text(holes.collect())
    }

    /// Identifiers and days in a plain text.
    fn holes(&mut self, text: &str) -> Vec<Piece> {
        let (mut pieces, mut from, mut at) = (vec![], 0, 0);
        while at < text.len() {
            let found = text.get(at..).and_then(|rest| self.hole(rest));
            let Some((hole, length)) = found.filter(|_| starts_here(text, at)) else {
                at += 1;
                continue;
            };
            pieces.push(Piece::Plain(text[from..at].to_owned()));
            pieces.push(hole);
            at += length;
            from = at;
        }
        pieces.push(Piece::Plain(text[from..].to_owned()));
        pieces
    }

    fn hole(&mut self, rest: &str) -> Option<(Piece, usize)> {
        if let Some(id) = rest.get(..36).and_then(|text| text.parse::<Uuid>().ok()) {
            let hole = match self.known.get(&id) {
                Some(person) => Piece::Person(place_of(&mut self.template.people, *person)),
                None => Piece::Id(place_of(&mut self.template.ids, id)),
            };
            return Some((hole, 36));
        }
        let day = rest.get(..10).filter(|text| text.as_bytes()[4] == b'-')?.parse().ok()?;
        Some((Piece::Day(place_of(&mut self.template.days, day)), 10))
    }
}

/// Whether a letter or digit stands before this place: then nothing begins here.
fn starts_here(text: &str, at: usize) -> bool {
    at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric()
}

fn split(pieces: Vec<Piece>, what: &str, hole: &Piece) -> Vec<Piece> {
    let mut out = vec![];
    for piece in pieces {
        let Piece::Plain(text) = piece else {
            out.push(piece);
            continue;
        };
        for (place, part) in text.split(what).enumerate() {
            if place > 0 {
                out.push(hole.clone());
            }
            out.push(Piece::Plain(part.to_owned()));
        }
    }
    out
}

fn place_of<T: PartialEq>(all: &mut Vec<T>, one: T) -> usize {
    all.iter().position(|known| *known == one).unwrap_or_else(|| {
        all.push(one);
        all.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_one_cases_own_is_a_hole_and_can_be_filled_with_itself() {
        let person = Uuid::from_u128(7);
        let mut making = Making { template: Template::default(), known: BTreeMap::new(), last_command: None };
        making.known.insert(person, PersonId(person));
        making.template.number = Some(("（2026）鲁0691民初7号".to_owned(), "民初".to_owned()));
        making.template.names = vec!["贾借出".to_owned()];
        let own = Uuid::from_u128(u128::MAX / 3);
        let told =
            format!("{{\"{own}\":\"贾借出 2026-03-04T00\",\"by\":\"{person}\",\"no\":\"（2026）鲁0691民初7号\"}}");
        let text = making.text(&told);
        let days = making.template.days.iter().map(ToString::to_string).collect();
        let with = Filling {
            ids: vec![own.to_string()],
            people: vec![person.to_string()],
            days,
            names: vec!["贾借出".to_owned()],
            number: "（2026）鲁0691民初7号".to_owned(),
        };
        assert_eq!(text.fill(&with), told);
        let other = text.fill(&Filling { names: vec!["甄还款".to_owned()], ..with });
        assert!(other.contains("甄还款") && !other.contains("贾借出"));
    }
}
