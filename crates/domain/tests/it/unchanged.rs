//! Papers of the file are changed by an approval and by nothing else (卷宗材料不得擅自变动): every command that anybody
//! ever gives is turned upon the papers of a case at every stage, whoever may give it, and what it would leave behind is
//! compared with what stood there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use xiezhi_domain::{
    approval::{ApprovalCommand, ApprovalStatus, Matter},
    case::CaseState,
    command::{self, CaseCommand},
    decision::Decision,
    event::CaseEvent,
    flow,
    ids::{ApprovalId, MaterialId, PersonId},
    material::{FileRef, Material, MaterialEvent, Place, Submitter},
    moment::Recorded,
    paper::Volume,
    people::{Actor, Post},
};

use crate::{
    cast::staff,
    court::{Court, file_of, written},
    tales,
};

/// Commands of one kind that are tried: tales share most of their steps.
const ALIKE: usize = 4;

fn is_in_file(paper: &Material) -> bool {
    matches!(paper.place, Place::InFile | Place::Struck)
}

/// What of a paper nothing may touch without an approval. That it was shown to more, compared with its original, or
/// covered by the closing seal is told beside it.
fn kept(paper: &Material) -> Material {
    Material { disclosed_to: BTreeSet::new(), original: None, sealed: false, ..paper.clone() }
}

/// The paper as the events say that an approval left it; nothing where none that everyone granted names it.
fn approved(after: &CaseState, before: &Material, events: &[CaseEvent]) -> Option<Material> {
    let granted = |approval: &ApprovalId, matter: Matter| {
        let known = after.approvals.get(approval);
        known.is_some_and(|known| known.status == ApprovalStatus::Granted && known.matter == matter)
    };
    let mut paper = before.clone();
    let mut touched = false;
    for event in events {
        let CaseEvent::Material(event) = event else { continue };
        match event.clone() {
            MaterialEvent::Replaced { material, file, approval } if material == paper.id => {
                touched = granted(&approval, Matter::ReplaceMaterial { material, file: file.clone() });
                paper.earlier.push(std::mem::replace(&mut paper.file, file));
            }
            MaterialEvent::Struck { material, approval } if material == paper.id => {
                touched = granted(&approval, Matter::StrikeMaterial { material });
                paper.place = Place::Struck;
            }
            MaterialEvent::Erased { material, approval, .. } if material == paper.id => {
                touched = granted(&approval, Matter::EraseMaterial { material });
                paper.erased_on = after.materials.get(&material).and_then(|paper| paper.erased_on);
            }
            _ => {}
        }
    }
    touched.then_some(paper)
}

/// A paper that the court wrote itself, written anew before the closing seal: its earlier version stays behind it.
fn written_anew(before: &Material, after: &Material) -> bool {
    let (own, open) = (before.by == Submitter::Court && before.about.is_some(), !before.sealed);
    let versions = |paper: &Material| -> Vec<FileRef> { paper.earlier.iter().chain([&paper.file]).cloned().collect() };
    let as_before = Material { file: before.file.clone(), earlier: before.earlier.clone(), ..kept(after) };
    own && open && versions(after).starts_with(&versions(before)) && kept(&as_before) == kept(before)
}

/// Papers of the file that changed otherwise than they may, and whether an approval changed any.
fn wronged(before: &CaseState, after: &CaseState, events: &[CaseEvent]) -> (Vec<MaterialId>, bool) {
    let mut by_approval = false;
    let wronged = before.materials.values().filter(|paper| is_in_file(paper)).filter(|paper| {
        let Some(now) = after.materials.get(&paper.id) else { return true };
        let shown_to_fewer = !paper.disclosed_to.is_subset(&now.disclosed_to) || paper.sealed && !now.sealed;
        let is_kept = kept(now) == kept(paper) || written_anew(paper, now);
        let is_approved = approved(after, paper, events).is_some_and(|approved| kept(&approved) == kept(now));
        by_approval |= is_approved;
        shown_to_fewer || !is_kept && !is_approved
    });
    let wronged: Vec<MaterialId> = wronged.map(|paper| paper.id).collect();
    (wronged, by_approval)
}

/// Where the case stands, and how it would stand after the command and the papers it orders.
fn after(court: &mut Court, actor: &Actor, command: &CaseCommand) -> Option<(CaseState, Vec<CaseEvent>)> {
    let moment = court.moment();
    let decided = court.with(actor, moment, command, |ctx, case| {
        let decision = command::decide(case, ctx, command.clone()).ok()?;
        Some(flow::complete(case, ctx, decision))
    });
    let (Decision { mut events, papers, .. }, mut after) = decided?;
    for order in &papers {
        let event = written(order);
        after.apply(&event, &Recorded { moment, rev: after.rev + 1 });
        events.push(event);
    }
    Some((after, events))
}

/// A command as a tale gives it, with the identifiers that its case has of each kind.
struct Given {
    actor: Actor,
    command: Value,
    kinds: BTreeMap<String, Kind>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paper,
    Draft,
    Service,
    Hearing,
    Approval,
}

/// Identifiers of a case by what they name.
fn named(case: &CaseState) -> BTreeMap<String, Kind> {
    let papers = case.materials.keys().map(|id| (id.to_string(), Kind::Paper));
    let drafts = case.drafts.keys().map(|id| (id.to_string(), Kind::Draft));
    let services = case.services.keys().map(|id| (id.to_string(), Kind::Service));
    let hearings = case.hearings.keys().map(|id| (id.to_string(), Kind::Hearing));
    let approvals = case.approvals.keys().map(|id| (id.to_string(), Kind::Approval));
    papers.chain(drafts).chain(services).chain(hearings).chain(approvals).collect()
}

/// Every kind of command that any tale gives, some of each.
fn every_command() -> Vec<Given> {
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = vec![];
    for (_, court) in tales::all() {
        let kinds = named(court.case());
        for act in &court.carried {
            let command = serde_json::to_value(&act.command).expect("plain data");
            let shape = shape(&command);
            let count = alike.entry(shape).or_default();
            *count += 1;
            if *count <= ALIKE {
                all.push(Given { actor: act.actor.clone(), command, kinds: kinds.clone() });
            }
        }
    }
    all
}

/// The capability and the act, with the names of whatever is said.
fn shape(command: &Value) -> String {
    match command {
        Value::Object(fields) => {
            let told = |(name, value): (&String, &Value)| match (name.as_str(), value) {
                ("capability" | "act" | "matter" | "do" | "kind", Value::String(word)) => format!("{name}={word}"),
                _ => format!("{name}:{}", shape(value)),
            };
            format!("{{{}}}", fields.iter().map(told).collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.first().map(shape).unwrap_or_default()),
        _ => String::new(),
    }
}

/// The same command, turned upon `paper` and what else the case has.
fn turned(given: &Given, case: &CaseState, paper: MaterialId) -> CaseCommand {
    let last = |kind| match kind {
        Kind::Paper => Some(paper.to_string()),
        Kind::Draft => case.drafts.keys().next_back().map(ToString::to_string),
        Kind::Service => case.services.keys().next_back().map(ToString::to_string),
        Kind::Hearing => case.hearings.keys().next_back().map(ToString::to_string),
        Kind::Approval => case.approvals.values().find(|it| it.next().is_some()).map(|it| it.id.to_string()),
    };
    let mut command = given.command.clone();
    replace(&mut command, &|text: &str| given.kinds.get(text).copied().and_then(last));
    serde_json::from_value(command).expect("the same command")
}

fn replace(value: &mut Value, with: &impl Fn(&str) -> Option<String>) {
    match value {
        Value::String(text) => {
            if let Some(other) = with(text) {
                *text = other;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, with)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, with)),
        _ => {}
    }
}

/// A court at each stage that any tale comes to with papers in the file.
fn each_stage() -> Vec<Court> {
    let mut courts: BTreeMap<String, Court> = BTreeMap::new();
    for (_, court) in tales::all() {
        for step in 0..court.carried.len() {
            let stage = |court: &Court| court.case().stage.code().to_owned();
            let logged = court.carried[step].logged;
            let advances = step == 0 || court.log[court.carried[step - 1].logged..logged].len() > 1;
            if !advances {
                continue;
            }
            let then = court.after(step);
            let papers = |court: &Court| court.case().materials.values().filter(|paper| is_in_file(paper)).count();
            let known = courts.get(&stage(&then)).map_or(0, papers);
            if papers(&then) > known {
                courts.insert(stage(&then), then);
            }
        }
    }
    courts.into_values().collect()
}

/// One paper of each sort: whose it is, of which volume, whether the court wrote it from the case, whether it is sealed.
fn each_sort(case: &CaseState) -> Vec<MaterialId> {
    let mut sorts = BTreeMap::new();
    for paper in case.materials.values().filter(|paper| is_in_file(paper)) {
        let sort = (
            paper.by == Submitter::Court,
            paper.about.is_some(),
            paper.volume == Volume::Main,
            paper.sealed,
            paper.place == Place::Struck,
        );
        sorts.entry(sort).or_insert(paper.id);
    }
    sorts.into_values().collect()
}

#[test]
fn no_command_of_anybody_at_any_stage_changes_a_paper_of_the_file_without_an_approval() {
    let (commands, courts) = (every_command(), each_stage());
    let (mut tried, mut decided) = (0, 0);
    assert!(courts.len() > 12, "the tales come to {} stages with papers", courts.len());
    for mut court in courts {
        let before = court.case().clone();
        for paper in each_sort(&before) {
            for given in &commands {
                let command = turned(given, &before, paper);
                tried += 1;
                let Some((after, events)) = after(&mut court, &given.actor, &command) else { continue };
                decided += 1;
                let (wronged, _) = wronged(&before, &after, &events);
                assert_eq!(wronged, [], "{:?} of {:?} at {}", command, given.actor, before.stage.code());
            }
        }
    }
    assert!(tried > 5_000 && decided > 200, "{decided} of {tried} were decided");
}

/// What each of three asks for a paper.
fn matters(material: MaterialId) -> [Matter; 3] {
    let file = file_of("另一份");
    [
        Matter::ReplaceMaterial { material, file },
        Matter::StrikeMaterial { material },
        Matter::EraseMaterial { material },
    ]
}

#[test]
fn the_last_yes_of_the_chain_changes_the_paper_that_was_asked_about_and_no_other_word_does() {
    let (_, court) = tales::all()
        .into_iter()
        .find(|(name, _)| *name == "papers handled in staging and in the file")
        .expect("it is told");
    let paper =
        court.case().materials.values().find(|paper| paper.place == Place::InFile && paper.by != Submitter::Court);
    let paper = paper.expect("a paper of a party").id;
    for matter in matters(paper) {
        let mut court = court.clone();
        let approval = court.ask(matter.clone());
        while let Some(turn) = court.case().approvals[&approval].next() {
            let before = court.case().clone();
            let (chain, seen_words) =
                (before.approvals[&approval].chain.len(), before.approvals[&approval].words.len());
            let yes = ApprovalCommand::Answer { approval, grant: true, opinion: String::new(), seen_words };
            let whose = if turn == Post::Judge { court.judge() } else { staff(turn) };
            let person = whose.person().expect("a person");
            for post in Post::ALL.into_iter().filter(|post| *post != turn) {
                let other = Actor::Person { id: PersonId(uuid::Uuid::from_u128(77)), post, token: None };
                let answer = after(&mut court, &other, &yes.clone().into());
                assert!(answer.is_none_or(|(after, _)| after == before), "{post:?} has no word in {matter:?}");
            }
            assert!(court.people.person(person).is_some_and(|person| person.post == turn));
            let (then, events) = after(&mut court, &whose, &yes.into()).expect("it is their turn");
            let (wronged, changed) = wronged(&before, &then, &events);
            assert_eq!((wronged, changed), (vec![], seen_words + 1 == chain), "{matter:?}");
            court.say(approval, true).expect("they agree");
        }
    }
}
