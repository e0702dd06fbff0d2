//! Who may do and see what.

use std::collections::BTreeSet;

use proptest::prelude::*;
use xiezhi_domain::{
    access::{self, Act, Denial, Reader, Relation},
    appeal::AppealCommand,
    archive::ArchiveCommand,
    closing::ClosingCommand,
    command::CaseCommand,
    evidence::{Answer, EvidenceCommand},
    ids::{MaterialId, PartyId},
    material::{Material, Place, Submitter},
    mediation::MediationCommand,
    paper::PaperKind,
    parties::PartiesCommand,
    party::{Claim, SpecialAuthority},
    people::{Actor, Post},
    stage::Stage,
};

use crate::{
    cast::{person, staff},
    court::{Court, file_of},
    example::{account, agent, party},
    stories::{ex1_private_lending as ex1, ex2_sale_contract as ex2},
};

/// What only the court may see.
const INNER: [Act; 5] = [Act::ViewSecondary, Act::ViewDeliberation, Act::ViewDrafts, Act::TeamNotes, Act::PanelNotes];

fn reader(post: Post, relation: Relation) -> Reader {
    Reader {
        actor: Actor::Person { id: person(999), post, token: None },
        post: Some(post),
        relations: vec![relation],
        party: None,
    }
}

#[test]
fn the_published_table() {
    insta::assert_snapshot!("who_may_do_what", access::table());
}

#[test]
fn no_outsider_ever_sees_what_only_the_court_may_see() {
    for post in Post::ALL.into_iter().filter(|post| post.is_outside()) {
        for relation in Relation::ALL {
            for (act, stage) in INNER.iter().flat_map(|act| Stage::ALL.map(|stage| (act, stage))) {
                let granted = access::may(&reader(post, relation), *act, stage);
                assert!(granted.is_err(), "{post:?} as {relation:?} at {stage:?}: {act:?} by {granted:?}");
            }
        }
    }
    for relation in
        [Relation::None, Relation::Filer, Relation::Party, Relation::Agent, Relation::Borrower, Relation::Guest]
    {
        for (act, stage) in INNER.iter().flat_map(|act| Stage::ALL.map(|stage| (act, stage))) {
            for post in Post::ALL.into_iter().filter(|post| *post != Post::Archivist) {
                assert!(access::may(&reader(post, relation), *act, stage).is_err(), "{post:?} {relation:?} {act:?}");
            }
        }
    }
}

#[test]
fn the_archivist_keeps_the_secondary_volume_but_never_reads_a_deliberation() {
    for stage in Stage::ALL {
        let keeper = reader(Post::Archivist, Relation::None);
        assert_eq!(access::may(&keeper, Act::ViewSecondary, stage).is_ok(), stage >= Stage::Archiving, "{stage:?}");
        assert!(access::may(&keeper, Act::ViewDeliberation, stage).is_err());
    }
}

#[test]
fn administrators_are_granted_nothing_whatever_they_are_to_a_case() {
    for post in Post::ALL.into_iter().filter(|post| post.is_administrator()) {
        for relation in Relation::ALL {
            for (act, stage) in Act::ALL.iter().flat_map(|act| Stage::ALL.map(|stage| (act, stage))) {
                assert!(access::may(&reader(post, relation), *act, stage).is_err(), "{post:?} {relation:?} {act:?}");
            }
        }
    }
}

#[test]
fn leaders_and_the_office_never_see_a_deliberation() {
    for post in [Post::DivisionHead, Post::VicePresident, Post::President, Post::TrialManagement] {
        for (act, stage) in INNER.iter().flat_map(|act| Stage::ALL.map(|stage| (act, stage))) {
            assert!(access::may(&reader(post, Relation::None), *act, stage).is_err(), "{post:?} {act:?}");
        }
    }
}

#[test]
fn every_act_is_granted_to_someone() {
    let table = access::table();
    for act in Act::ALL.iter().filter(|act| !matches!(act, Act::Tick | Act::ReportArrival | Act::OpenShare)) {
        assert!(table.contains(&format!("{act:?} |")), "{act:?} is for nobody");
    }
    let (case, _) = Court::filed(1, "2026-02-27");
    for (actor, act) in
        [(Actor::Clock, Act::Tick), (Actor::System, Act::ReportArrival), (Actor::System, Act::OpenShare)]
    {
        assert!(access::may(&Reader::of(&actor, case.case()), act, Stage::Serving).is_ok());
    }
}

/// Every command an agent needs special authority for, with the authority.
fn special() -> Vec<(CaseCommand, SpecialAuthority)> {
    let claim = Claim { text: "反诉".to_owned(), amount: None };
    let answer =
        Answer {
            party: party(1), words: "反诉".to_owned(), elements: Default::default(), counterclaims: vec![claim]
        };
    vec![
        (
            MediationCommand::Sign { party: party(1), agreement_sha256: "0".to_owned(), hand: None }.into(),
            SpecialAuthority::Settle,
        ),
        (EvidenceCommand::Answer { answer }.into(), SpecialAuthority::Counterclaim),
        (ClosingCommand::AskWithdrawal { party: party(1), reason: "撤诉".to_owned() }.into(), SpecialAuthority::Waive),
        (
            AppealCommand::File { party: party(1), petition: "不服".to_owned(), came_on: None }.into(),
            SpecialAuthority::Appeal,
        ),
    ]
}

#[test]
fn an_agent_without_special_authority_cannot_settle_counterclaim_withdraw_or_appeal() {
    let (court, _) = ex2::heard();
    for (command, authority) in special() {
        let case = court.case();
        let general = access::may_command(&Reader::of(&agent(1), case), case, &command);
        assert_eq!(general, Err(Denial::NoSpecialAuthority { authority }));
        assert!(access::may_command(&Reader::of(&account(1), case), case, &command).is_ok(), "the client himself may");
        let mut empowered = case.clone();
        let held = empowered.agents.iter_mut().find(|known| known.party == party(1)).expect("an agent");
        held.special = vec![authority];
        assert!(access::may_command(&Reader::of(&agent(1), &empowered), &empowered, &command).is_ok());
    }
}

#[test]
fn nobody_links_a_party_to_an_account_but_its_holder_or_the_clerk() {
    let (court, _) = Court::filed(1, "2026-02-27");
    let link = |who: usize| -> CaseCommand {
        let person = account(who).person().expect("an account");
        PartiesCommand::Link { party: party(2), person, verified_by: "face".to_owned() }.into()
    };
    let case = court.case();
    assert!(access::may_command(&Reader::of(&account(2), case), case, &link(2)).is_ok());
    assert!(access::may_command(&Reader::of(&court.clerk(), case), case, &link(2)).is_ok());
    assert_eq!(access::may_command(&Reader::of(&account(1), case), case, &link(2)), Err(Denial::NotThisParty));
    assert_eq!(access::may_command(&Reader::of(&agent(0), case), case, &link(2)), Err(Denial::NotThisParty));
}

#[test]
fn an_agent_who_was_dismissed_has_no_way_in_though_he_submitted_the_application() {
    use xiezhi_domain::filing::FilingCommand;
    let told = crate::example::example(1);
    let mut court = Court::on_day("2026-02-27");
    told.register(&mut court.people);
    let submit = FilingCommand::Submit { application: Box::new(told.application()) };
    court.act(&agent(0), submit).expect("his lawyer submits");
    court.file(told.procedure()).expect("filed");
    let sees =
        |court: &Court| access::may(&Reader::of(&agent(0), court.case()), Act::ViewMain, court.case().stage).is_ok();
    assert!(sees(&court));
    let dismiss = PartiesCommand::DismissAgent { party: party(0), name: "律一方".to_owned() };
    court.act(&account(0), dismiss).expect("the client dismisses him");
    assert!(!sees(&court));
}

#[test]
fn a_borrower_sees_the_main_volume_until_the_loan_ends() {
    let mut court = ex1::told_to_effect();
    court.refund();
    court.archive();
    let other = (1..=4).map(person).find(|judge| !court.tribunal().votes(*judge)).expect("a judge of another case");
    let borrower = crate::steps::actor(other);
    let may = |court: &Court, act| access::may(&Reader::of(&borrower, court.case()), act, court.case().stage).is_ok();
    assert!(!may(&court, Act::ViewMain));
    let lend = ArchiveCommand::Lend { to: other, purpose: "研究".to_owned(), days: 3 };
    court.act(&staff(Post::Archivist), lend).expect("lent");
    assert!(may(&court, Act::ViewMain) && !may(&court, Act::ViewSecondary));
    court.act(&staff(Post::Archivist), ArchiveCommand::EndLoan { to: other }).expect("returned");
    assert!(!may(&court, Act::ViewMain));
}

#[test]
fn leaders_who_do_not_try_it_say_why_before_they_see_a_restricted_case_and_whoever_works_on_it_does_not() {
    let (_, restricted) =
        crate::tales::all().into_iter().find(|(name, _)| name.contains("divorce")).expect("it is told");
    let (open, _) = ex2::heard();
    let asked =
        |actor: &Actor, court: &Court| access::may_open(&Reader::of(actor, court.case()), court.case()).is_err();
    assert!(access::is_restricted(restricted.case()) && !access::is_restricted(open.case()));
    for post in [Post::DivisionHead, Post::VicePresident, Post::President, Post::TrialManagement] {
        assert!(asked(&staff(post), &restricted), "{post:?}");
        assert!(!asked(&staff(post), &open), "{post:?}");
    }
    for actor in [restricted.judge(), restricted.clerk(), account(0), account(1), staff(Post::Archivist)] {
        assert!(!asked(&actor, &restricted), "{actor:?}");
    }
}

fn place() -> impl Strategy<Value = Place> {
    prop::sample::select(vec![Place::Staged, Place::InFile, Place::Discarded, Place::Struck])
}

#[test]
fn in_the_account_of_a_whole_case_the_parties_read_nothing_of_deliberating_and_drafting() {
    let (court, _) = ex2::appealed();
    let case = court.case();
    let inside = ["deliberation", "drafting", "writing"];
    let told = |actor: &Actor| -> Vec<String> {
        let reader = Reader::of(actor, case);
        let log = court.log.iter().filter(|(event, _)| access::may_be_told(&reader, case, event));
        log.map(|(event, _)| serde_json::to_string(event).unwrap()).collect()
    };
    let all: Vec<String> = court.log.iter().map(|(event, _)| serde_json::to_string(event).unwrap()).collect();
    for word in inside {
        assert!(all.iter().any(|event| event.contains(word)), "the case has no {word} to hide");
    }
    for actor in [account(0), agent(0), account(1), agent(1)] {
        let told = told(&actor);
        assert!(told.iter().any(|event| event.contains("pronounced")), "{actor:?} is told of the judgment");
        for word in inside {
            let leak = told.iter().find(|event| event.contains(word));
            assert!(leak.is_none(), "{actor:?} is told {word}: {leak:?}");
        }
    }
}

fn submitter() -> impl Strategy<Value = Submitter> {
    let parties = [0, 1].map(|place| Submitter::Party { party: party(place) });
    prop::sample::select([vec![Submitter::Court], parties.to_vec()].concat())
}

fn paper(kind: PaperKind, place: Place, by: Submitter, disclosed_to: BTreeSet<PartyId>) -> Material {
    Material {
        id: MaterialId(uuid::Uuid::from_u128(7)),
        kind,
        title: "材料".to_owned(),
        volume: kind.volume(),
        file: file_of("材料"),
        earlier: vec![],
        by,
        about: None,
        received_on: crate::court::day("2026-01-12"),
        entered_on: None,
        place,
        original: None,
        disclosed_to,
        sealed: false,
        erased_on: None,
        pages: None,
        originals: vec![],
        unnamed: false,
        derived: None,
    }
}

proptest! {
    #[test]
    fn a_side_sees_its_own_and_what_was_disclosed_and_nothing_else(
        kind in prop::sample::select(PaperKind::ALL),
        place in place(),
        by in submitter(),
        to in prop::collection::btree_set(prop::sample::select(vec![party(0), party(1)]), 0..=2),
        stage in prop::sample::select(Stage::ALL.to_vec()),
    ) {
        static CASE: std::sync::LazyLock<Court> = std::sync::LazyLock::new(|| ex2::heard().0);
        let mut case = CASE.case().clone();
        case.stage = stage;
        let paper = paper(kind, place, by, to);
        for (actor, own) in [(account(0), 0), (agent(0), 0), (account(1), 1), (agent(1), 1)] {
            let seen = access::may_see(&Reader::of(&actor, &case), &case, &paper);
            if seen {
                prop_assert_eq!(paper.volume, xiezhi_domain::paper::Volume::Main);
                prop_assert_ne!(place, Place::Discarded);
                let mine = by == Submitter::Party { party: party(own) };
                let disclosed = paper.disclosed_to.contains(&party(own));
                prop_assert!(mine || disclosed, "neither its own nor disclosed");
                prop_assert!(place != Place::Staged || mine, "staging of the other side");
            }
        }
    }

    #[test]
    fn a_stranger_sees_no_paper(kind in prop::sample::select(PaperKind::ALL), place in place(), post in prop::sample::select(vec![Post::Party, Post::Lawyer, Post::Judge, Post::CourtClerk, Post::Assessor, Post::ServiceAgent, Post::Finance])) {
        static CASE: std::sync::LazyLock<Court> = std::sync::LazyLock::new(|| ex2::heard().0);
        let everyone = BTreeSet::from([party(0), party(1)]);
        let paper = paper(kind, place, Submitter::Court, everyone);
        let stranger = Actor::Person { id: person(999), post, token: None };
        prop_assert!(!access::may_see(&Reader::of(&stranger, CASE.case()), CASE.case(), &paper));
    }
}
