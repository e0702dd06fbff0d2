//! What holds of every case.

use std::sync::LazyLock;

use proptest::prelude::*;
use xiezhi_domain::{archive, case::CaseState, clock, event::CaseEvent, moment::Recorded, tasks};

use crate::{court::Court, tales};

static TALES: LazyLock<Vec<(&'static str, Court)>> = LazyLock::new(tales::all);

fn bodies(court: &Court, from: usize) -> Vec<String> {
    let encoded = court.log[from..].iter().map(|(event, _)| event.encode().1);
    encoded.map(|body| String::from_utf8(body).expect("an event is text")).collect()
}

#[test]
fn a_retry_decides_nothing() {
    for (name, court) in TALES.iter() {
        for (step, carried) in court.carried.iter().enumerate() {
            let mut after = court.after(step);
            after.rules.draw_key = court.rules.draw_key.clone();
            match after.decide(&carried.actor, carried.id, carried.moment, &carried.command) {
                Err(_) => {}
                Ok(again) => {
                    let silent = again.events.is_empty() && again.papers.is_empty() && again.registers.is_empty();
                    assert!(silent && again.promises.is_empty(), "{name}: {:?} again gave {again:?}", carried.command);
                }
            }
        }
    }
}

#[test]
fn replay_is_deterministic_and_gives_the_state_that_was_decided_upon() {
    for (name, court) in TALES.iter() {
        let replayed = CaseState::fold(court.id, court.log.iter().map(|(event, recorded)| (event, *recorded)));
        assert_eq!(replayed.as_ref(), Some(court.case()), "{name}");
    }
}

#[test]
fn every_event_is_read_as_it_was_written() {
    for (name, court) in TALES.iter() {
        for (event, _) in &court.log {
            let (stored, body) = event.encode();
            assert_eq!(CaseEvent::decode(&body).as_ref(), Ok(event), "{name}: {stored}");
        }
    }
}

#[test]
fn an_event_of_a_later_release_is_named_not_guessed() {
    let unread = CaseEvent::decode(br#"{"event":"moonlight.seen.v1"}"#).expect_err("unknown");
    assert_eq!(unread.name, "moonlight.seen.v1");
    let later = CaseEvent::decode(br#"{"event":"service.effected.v9"}"#).expect_err("unknown");
    assert_eq!(later.name, "service.effected.v9");
}

/// What pages derive from any state there can be.
fn derive(case: &CaseState) -> usize {
    let (todo, missing) = (tasks::tasks(case).len(), archive::missing(case).len());
    todo + missing + clock::due(case).len() + case.short_title().len() + tasks::to_serve(case).len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn fold_is_total(
        tale in 0..TALES.len(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 1..80),
        opened in any::<bool>(),
    ) {
        let log = &TALES[tale].1.log;
        let picked: Vec<&CaseEvent> = order.iter().map(|index| &log[index.index(log.len())].0).collect();
        let first = opened.then_some(&log[0].0);
        let recorded = |rev: usize| Recorded { moment: log[0].1.moment, rev: rev as u64 + 1 };
        let events = first.into_iter().chain(picked).enumerate().map(|(rev, event)| (event, recorded(rev)));
        if let Some(case) = CaseState::fold(TALES[tale].1.id, events) {
            derive(&case);
        }
    }

    #[test]
    fn a_subsequence_folds_in_the_order_it_was_recorded(tale in 0..TALES.len(), keep in prop::collection::vec(any::<bool>(), 400)) {
        let court = &TALES[tale].1;
        let kept = court.log.iter().zip(keep.iter().cycle()).enumerate();
        let events = kept.filter(|(rev, (_, keep))| *rev == 0 || **keep).map(|(_, ((event, recorded), _))| (event, *recorded));
        let case = CaseState::fold(court.id, events).expect("the first event opens the case");
        derive(&case);
    }

    #[test]
    fn catching_up_after_an_outage_gives_the_same_record(
        tale in 0..TALES.len(),
        step in any::<prop::sample::Index>(),
        days in 1i64..45,
    ) {
        let told = &TALES[tale].1;
        let court = told.after(step.index(told.carried.len()));
        let until = court.today().saturating_add(jiff::Span::new().days(days));
        let from = court.log.len();
        let (mut punctual, mut late) = (court.clone(), court);
        punctual.on(&until.to_string());
        late.jump(until);
        late.tick();
        prop_assert_eq!(bodies(&punctual, from), bodies(&late, from));
    }
}

#[test]
fn what_a_case_means_never_contradicts_its_stage() {
    for (name, court) in TALES.iter() {
        for step in 0..court.carried.len() {
            let after = court.after(step);
            let case = after.case();
            assert_eq!(case.number.is_some(), !case.stage.is_before_filing(), "{name}, step {step}");
            assert_eq!(case.closing.is_some(), case.stage.is_closed(), "{name}, step {step}");
            let effective = [
                xiezhi_domain::stage::Stage::Effective,
                xiezhi_domain::stage::Stage::Archiving,
                xiezhi_domain::stage::Stage::Archived,
            ];
            assert_eq!(case.effective_on.is_some(), effective.contains(&case.stage), "{name}, step {step}");
            let in_order = [case.filed_on, case.closing.as_ref().map(|closing| closing.on), case.effective_on];
            let days: Vec<_> = in_order.into_iter().flatten().collect();
            assert!(days.is_sorted(), "{name}, step {step}: filed ≤ closed ≤ effective, got {days:?}");
        }
    }
}
