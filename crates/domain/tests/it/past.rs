//! A case as it stood at an earlier moment: what is shown of it, and to whom.

use std::sync::LazyLock;

use xiezhi_domain::{
    access::{self, Reader},
    case::CaseState,
    committee::Committee,
    deliberation::Deliberation,
    event::CaseEvent,
    ids::ApprovalId,
    material::{MaterialEvent, Place},
    moment::Recorded,
    paper::Volume,
    people::{Actor, Post},
};

use crate::{
    cast::staff,
    court::{Court, file_of},
    example::{account, agent, exhibit},
    stories::ex2_sale_contract as ex2,
    tales,
};

static TALES: LazyLock<Vec<(&'static str, Court)>> = LazyLock::new(tales::all);

/// The case after each act, folded from the events up to it.
fn moments(court: &Court) -> impl Iterator<Item = CaseState> {
    court.carried.iter().map(|carried| {
        let events = court.log[..carried.logged].iter().map(|(event, recorded)| (event, *recorded));
        CaseState::fold(court.id, events).expect("the first act submits")
    })
}

/// Everybody who might ask.
fn everybody(court: &Court) -> Vec<Actor> {
    let outside = (0..4).flat_map(|place| [account(place), agent(place)]);
    let inside = Post::ALL.into_iter().filter(|post| !post.is_outside()).map(staff);
    let tribunal = court.case().tribunal.iter().flat_map(|court| {
        [Some(court.judge), court.clerk, court.assistant].into_iter().flatten().chain(court.members.clone())
    });
    outside.chain(inside).chain(tribunal.map(crate::steps::actor)).collect()
}

fn is_outsider(reader: &Reader) -> bool {
    !reader.is_inside()
}

#[test]
fn for_the_judge_in_charge_looking_back_is_folding() {
    for (name, court) in TALES.iter().filter(|(_, court)| court.case().tribunal.is_some()) {
        let today = court.case();
        let reader = Reader::of(&court.judge(), today);
        for mut then in moments(court) {
            // What was lawfully erased since can't be opened at any moment.
            for paper in then.materials.values_mut() {
                paper.erased_on = today.materials[&paper.id].erased_on;
            }
            assert_eq!(access::seen_then(&reader, today, &then), then, "{name} at revision {}", then.rev);
        }
    }
}

#[test]
fn as_it_stands_now_the_judge_sees_what_there_is() {
    for (name, court) in TALES.iter().filter(|(_, court)| court.case().tribunal.is_some()) {
        let reader = Reader::of(&court.judge(), court.case());
        assert_eq!(&access::seen_then(&reader, court.case(), court.case()), court.case(), "{name}");
    }
}

#[test]
fn no_paper_is_shown_of_then_that_is_not_shown_today() {
    for (name, court) in TALES.iter() {
        let today = court.case();
        for actor in everybody(court) {
            let reader = Reader::of(&actor, today);
            for then in moments(court) {
                let seen = access::seen_then(&reader, today, &then);
                for (id, paper) in &seen.materials {
                    let known = &today.materials[id];
                    assert!(access::may_see(&reader, today, known), "{name}: {actor:?} sees {}", paper.title);
                    assert_eq!(paper.erased_on, known.erased_on, "{name}");
                }
            }
        }
    }
}

#[test]
fn nobody_outside_the_court_looks_back_into_it() {
    let mut looked = 0;
    for (name, court) in TALES.iter() {
        let today = court.case();
        let readers = everybody(court).into_iter().map(|actor| Reader::of(&actor, today));
        for reader in readers.filter(is_outsider) {
            for then in moments(court) {
                let seen = access::seen_then(&reader, today, &then);
                looked += 1;
                let inner = seen.drafts.len() + seen.approvals.len() + seen.mediation.confidences.len();
                assert_eq!(inner + seen.addresses.len() + seen.evidence.len() + seen.answers.len(), 0, "{name}");
                assert_eq!(seen.deliberation, Deliberation::default(), "{name}");
                assert_eq!(seen.stage, seen.stage.told_outside(), "{name}");
                assert!(seen.materials.values().all(|paper| paper.volume == Volume::Main), "{name}");
                assert!(seen.materials.values().all(|paper| paper.place != Place::Discarded), "{name}");
                assert!(seen.hearings.values().all(|hearing| hearing.transcript.is_empty()), "{name}");
                let told = |party: &xiezhi_domain::party::Party| party.id_no.is_some() || party.phone.is_some();
                assert!(!seen.parties.values().chain(&seen.application.parties).any(told), "{name}");
            }
        }
    }
    assert!(looked > 500, "{looked} looks are no test");
}

#[test]
fn who_may_not_deliberate_looks_back_at_no_deliberation() {
    let (court, _) = ex2::appealed();
    let today = court.case();
    for post in [Post::DivisionHead, Post::VicePresident, Post::President, Post::TrialManagement, Post::Archivist] {
        let reader = Reader::of(&staff(post), today);
        for then in moments(&court) {
            let seen = access::seen_then(&reader, today, &then);
            assert_eq!(seen.deliberation, Deliberation::default(), "{post:?}");
            assert!(seen.drafts.is_empty() && seen.mediation.confidences.is_empty(), "{post:?}");
        }
    }
    let spoken = moments(&court).filter(|then| !then.deliberation.round.questions.is_empty()).count();
    assert!(spoken > 0, "the panel deliberated");
}

#[test]
fn who_hears_nothing_of_the_committee_looks_back_at_none_of_it() {
    let court = crate::stories::committee::told();
    let today = court.case();
    let mut beside: Vec<Actor> =
        [Post::FilingClerk, Post::TrialManagement, Post::Archivist, Post::JudgeAssistant].map(staff).to_vec();
    beside.push(account(0));
    for actor in beside {
        let reader = Reader::of(&actor, today);
        for then in moments(&court) {
            let seen = access::seen_then(&reader, today, &then);
            assert_eq!(seen.committee, Committee::default(), "{actor:?}");
            assert!(!seen.approvals.values().any(|asked| asked.matter.concerns_committee()), "{actor:?}");
        }
    }
    assert!(moments(&court).any(|then| then.committee.open), "the committee met");
}

#[test]
fn what_was_moved_to_the_secondary_volume_since_is_shown_of_no_earlier_day() {
    let (court, _) = ex2::heard();
    let (then, paper) = (court.case(), exhibit(0));
    let mut today = then.clone();
    today.materials.get_mut(&paper).expect("an exhibit").volume = Volume::Secondary;
    for actor in [account(0), account(1), agent(0), staff(Post::President), staff(Post::TrialManagement)] {
        let before = access::seen_then(&Reader::of(&actor, then), then, then);
        assert!(before.materials.contains_key(&paper), "{actor:?} sees it while it lies in the main volume");
        let seen = access::seen_then(&Reader::of(&actor, &today), &today, then);
        assert!(!seen.materials.contains_key(&paper) && !seen.material_order.contains(&paper), "{actor:?}");
    }
    let judge = Reader::of(&court.judge(), &today);
    assert!(access::seen_then(&judge, &today, then).materials.contains_key(&paper));
}

#[test]
fn what_lay_in_the_secondary_volume_then_is_not_shown_because_it_lies_in_the_main_one_now() {
    let (court, _) = ex2::heard();
    let (today, paper) = (court.case(), exhibit(0));
    let mut then = today.clone();
    then.materials.get_mut(&paper).expect("an exhibit").volume = Volume::Secondary;
    for actor in [account(0), account(1), agent(0), staff(Post::President)] {
        assert!(
            !access::seen_then(&Reader::of(&actor, today), today, &then).materials.contains_key(&paper),
            "{actor:?}"
        );
    }
}

#[test]
fn a_party_sees_of_an_earlier_day_only_what_had_reached_it_by_then() {
    let (court, _) = ex2::heard();
    let reader = Reader::of(&account(1), court.case());
    let today = access::seen_then(&reader, court.case(), court.case());
    assert!(today.materials.contains_key(&exhibit(0)), "it was disclosed");
    let first = moments(&court).next().expect("a first act");
    assert!(first.materials.contains_key(&exhibit(0)));
    assert!(!access::seen_then(&reader, court.case(), &first).materials.contains_key(&exhibit(0)));
}

#[test]
fn the_title_a_clerk_put_right_is_the_only_one_a_party_reads() {
    let (court, _) = ex2::heard();
    let (today, paper) = (court.case(), exhibit(0));
    let mut then = today.clone();
    then.materials.get_mut(&paper).expect("an exhibit").title = "合议庭的便条".to_owned();
    let shown = |actor: &Actor| {
        let seen = access::seen_then(&Reader::of(actor, today), today, &then);
        seen.materials[&paper].title.clone()
    };
    assert_eq!(shown(&account(1)), today.materials[&paper].title);
    assert_eq!(shown(&court.clerk()), "合议庭的便条");
}

#[test]
fn before_filing_is_between_the_court_and_whoever_submitted() {
    let (court, _) = ex2::heard();
    let today = court.case();
    let open = |actor: &Actor, filed| access::is_open_moment(&Reader::of(actor, today), today, filed);
    for actor in [account(0), agent(0), court.judge(), staff(Post::President)] {
        assert!(open(&actor, false), "{actor:?}");
    }
    for actor in [account(1), agent(1)] {
        assert!(!open(&actor, false) && open(&actor, true), "{actor:?}");
    }
}

#[test]
fn the_rights_of_today_decide_who_looks_back() {
    let (court, _) = ex2::heard();
    let today = court.case();
    let may = |actor: &Actor| access::may_look_back(&Reader::of(actor, today), today).is_ok();
    for actor in [account(0), agent(1), court.judge(), court.clerk(), staff(Post::President)] {
        assert!(may(&actor), "{actor:?}");
    }
    // The filing clerk saw it before it was filed, the archivist will once it is archived.
    let strangers =
        [Post::FilingClerk, Post::Archivist, Post::Finance, Post::SystemAdmin, Post::SecurityAdmin, Post::AuditAdmin];
    for actor in strangers.map(staff).into_iter().chain([account(3), agent(3)]) {
        assert!(!may(&actor), "{actor:?}");
    }
}

/// Whether the party at this place sees the exhibit once these events are folded.
fn reached(court: &Court, place: usize, events: &[(CaseEvent, Recorded)]) -> bool {
    let told = events.iter().map(|(event, recorded)| (event, *recorded));
    let then = CaseState::fold(court.id, told).expect("a case");
    let reader = Reader::of(&account(place), court.case());
    then.materials.get(&exhibit(0)).is_some_and(|paper| access::may_see(&reader, court.case(), paper))
}

#[test]
fn a_version_that_was_replaced_before_the_paper_reached_a_party_is_none_of_theirs() {
    let (court, _) = ex2::heard();
    let first = (1..court.log.len()).find(|upto| reached(&court, 1, &court.log[..*upto])).expect("it was disclosed");
    let replaced = MaterialEvent::Replaced {
        material: exhibit(0),
        file: file_of("重新扫描"),
        approval: ApprovalId(uuid::Uuid::from_u128(9)),
    };
    let with_replacement = |at: usize| {
        let mut log = court.log.clone();
        let recorded = log[at - 1].1;
        log.insert(at, (replaced.clone().into(), recorded));
        log
    };
    let shown = |place: usize, log: &[(CaseEvent, Recorded)]| -> Vec<usize> {
        let told = || log.iter().map(|(event, recorded)| (event, *recorded));
        let today = CaseState::fold(court.id, told()).expect("a case");
        let reader = Reader::of(&account(place), &today);
        access::versions_shown(&reader, &today, exhibit(0), told()).into_iter().collect()
    };
    let before = with_replacement(first - 1);
    assert_eq!(shown(0, &before), [1, 2], "whoever handed it in knows what");
    assert_eq!(shown(1, &before), [2]);
    let after = with_replacement(first);
    assert_eq!(shown(1, &after), [1, 2], "what reached a party it has seen");
}
