//! Papers of the file are changed by an approval and by nothing else, also where many act at once; and nothing writes to
//! the record, or erases bytes, but what is known here.

use std::{collections::BTreeSet, fs, path::Path};

use futures::future::join_all;
use xiezhi_app::AppError;
use xiezhi_domain::{
    approval::{ApprovalCommand, Matter},
    case::CaseState,
    command::CaseCommand,
    ids::{ApprovalId, CommandId, MaterialId},
    material::{Material, MaterialCommand, PageAct, PageAt, Place},
    paper::PaperKind,
    people::{Actor, Post},
};

use crate::{
    cast::staff,
    court::{Court, file_of},
    steps::{Suit, exhibit},
};

over_each_store!(
    what_enters_the_file_while_others_put_it_right_stands_there_as_it_entered,
    of_approvals_that_are_granted_at_once_each_changes_what_still_stands_there,
);

async fn staged(suit: &mut Suit, place: u128) -> MaterialId {
    let bytes = format!("scan {place}").into_bytes();
    let file = suit.court.app.keep(bytes, "application/pdf", "扫描件.pdf".to_owned(), 3).await.expect("it is kept");
    let (clerk, material) = (suit.clerk().await, exhibit(0, place));
    let (kind, title) = (PaperKind::Other, "扫描件".to_owned());
    suit.does(&clerk, MaterialCommand::Submit { material, kind, title, file, from: None, original: None }).await;
    material
}

/// All at once; whatever was refused is told.
async fn at_once(suit: &mut Suit, acts: Vec<(Actor, CaseCommand)>) -> Vec<Result<u64, AppError>> {
    let ids: Vec<CommandId> = acts.iter().map(|_| CommandId(suit.court.fresh())).collect();
    let (app, case) = (suit.court.app.clone(), suit.id);
    let acting = acts.into_iter().zip(ids).map(|((who, command), id)| {
        let app = app.clone();
        tokio::spawn(async move { app.decide(case, &who, id, command).await.map(|decided| decided.pos) })
    });
    join_all(acting).await.into_iter().map(|done| done.expect("nobody panics")).collect()
}

fn kept(paper: &Material) -> Material {
    Material { disclosed_to: BTreeSet::new(), original: None, ..paper.clone() }
}

async fn what_enters_the_file_while_others_put_it_right_stands_there_as_it_entered(court: Court) {
    let mut suit = Suit::filed(court).await;
    let clerk = suit.clerk().await;
    for round in 0..4 {
        let material = staged(&mut suit, 60 + round).await;
        let before = suit.state().await.materials[&material].clone();
        let page = |page| PageAt { material, file_sha256: before.file.sha256.clone(), page };
        let acts: Vec<CaseCommand> = vec![
            MaterialCommand::Enter { materials: vec![material], rendered: vec![] }.into(),
            MaterialCommand::Discard { material, reason: "重复".to_owned() }.into(),
            MaterialCommand::Retitle { material, kind: PaperKind::Request, title: "申请书".to_owned() }.into(),
            MaterialCommand::Arrange { pages: vec![page(1)], how: PageAct::LayAside }.into(),
            MaterialCommand::Arrange { pages: vec![page(2)], how: PageAct::Turn { to: vec![90] } }.into(),
            MaterialCommand::Attribute { material, from: Some(crate::example::party(0)) }.into(),
        ];
        at_once(&mut suit, acts.into_iter().map(|act| (clerk.clone(), act)).collect()).await;
        let then = suit.state().await.materials[&material].clone();
        match then.place {
            // It went in before the pages were arranged, or not at all.
            Place::InFile => assert!(!then.needs_rendition() && then.file == before.file, "{then:?}"),
            Place::Staged | Place::Discarded => continue,
            Place::Struck => panic!("nobody asked for that"),
        }
        let page = |page| PageAt { material, file_sha256: before.file.sha256.clone(), page };
        let late: Vec<CaseCommand> = vec![
            MaterialCommand::Discard { material, reason: "重复".to_owned() }.into(),
            MaterialCommand::Retitle { material, kind: PaperKind::Other, title: "别的".to_owned() }.into(),
            MaterialCommand::Arrange { pages: vec![page(1)], how: PageAct::LayAside }.into(),
            MaterialCommand::Attribute { material, from: None }.into(),
        ];
        let late = at_once(&mut suit, late.into_iter().map(|act| (clerk.clone(), act)).collect()).await;
        assert!(late.iter().all(Result::is_err), "{late:?}");
        assert_eq!(kept(&suit.state().await.materials[&material]), kept(&then));
    }
}

/// Asks, and has everybody but the last agree.
async fn asked(suit: &mut Suit, request: Matter) -> ApprovalId {
    let (judge, known) = (suit.judge().await, suit.state().await.approvals.keys().copied().collect::<Vec<_>>());
    let case = suit.does(&judge, ApprovalCommand::Ask { request, reason: "误入".to_owned() }).await;
    let new = |case: &CaseState| case.approvals.keys().find(|id| !known.contains(id)).copied();
    let approval = new(&case).expect("it is asked");
    loop {
        let case = suit.state().await;
        let asked = &case.approvals[&approval];
        if asked.words.len() + 1 == asked.chain.len() {
            return approval;
        }
        let (who, yes) = word(&case, approval, &judge);
        suit.does(&who, yes).await;
    }
}

fn word(case: &CaseState, approval: ApprovalId, judge: &Actor) -> (Actor, CaseCommand) {
    let asked = &case.approvals[&approval];
    let turn = asked.next().expect("it is pending");
    let who = if turn == Post::Judge { judge.clone() } else { staff(turn) };
    let (grant, opinion, seen_words) = (true, String::new(), asked.words.len());
    (who, ApprovalCommand::Answer { approval, grant, opinion, seen_words }.into())
}

async fn of_approvals_that_are_granted_at_once_each_changes_what_still_stands_there(court: Court) {
    let mut suit = Suit::filed(court).await;
    let (clerk, judge) = (suit.clerk().await, suit.judge().await);
    let material = staged(&mut suit, 60).await;
    suit.does(&clerk, MaterialCommand::Enter { materials: vec![material], rendered: vec![] }).await;
    let before = suit.state().await.materials[&material].clone();
    let (one, other) = (file_of("另一份"), file_of("再一份"));
    let asked = [
        asked(&mut suit, Matter::ReplaceMaterial { material, file: one.clone() }).await,
        asked(&mut suit, Matter::ReplaceMaterial { material, file: other.clone() }).await,
        asked(&mut suit, Matter::StrikeMaterial { material }).await,
    ];
    let case = suit.state().await;
    let twice = asked.iter().chain(&asked).map(|approval| word(&case, *approval, &judge)).collect();
    let answers = at_once(&mut suit, twice).await;
    let then = suit.state().await;
    let paper = &then.materials[&material];
    assert_eq!(paper.place, Place::Struck, "nothing kept the strike from it: {answers:?}");
    let replaced: Vec<_> = paper.earlier.iter().chain([&paper.file]).cloned().collect();
    assert_eq!(replaced[0], before.file, "the first version is still the first");
    let granted = |id: &ApprovalId| then.approvals[id].next().is_none();
    let expected: BTreeSet<&str> = [(&asked[0], &one), (&asked[1], &other)]
        .into_iter()
        .filter(|(id, _)| granted(id))
        .map(|(_, file)| file.sha256.as_str())
        .collect();
    let versions: BTreeSet<&str> = replaced[1..].iter().map(|file| file.sha256.as_str()).collect();
    assert_eq!(versions, expected, "what was granted stands there once, and nothing else");
    assert_eq!(replaced.len(), expected.len() + 1);
}

/// What writes to the record, and why it changes no paper of a case otherwise than a command does.
const WRITERS: [(&str, &str); 5] = [
    ("cases.rs", "the one way to change a case: access, decision, commit"),
    ("court.rs", "people, settings, registers: other streams than those of cases"),
    ("destruction.rs", "the list of whole files that are destroyed at the end of their retention, approved"),
    ("package/import.rs", "a file of another court, into a stream that has no event yet"),
    ("scanning.rs", "batches of the scanning centre: streams of their own"),
];

/// What erases bytes, and why none of them are those of a paper that stands in a file.
const ERASERS: [(&str, &str); 6] = [
    ("backup.rs", "pieces of backups"),
    ("backup/restoring.rs", "a file that a restored backup brought and nothing names"),
    ("backup/taking.rs", "pieces of backups"),
    ("screening.rs", "an infected file that no case has"),
    ("sweeping.rs", "what nothing names any more, or what an approval erased"),
    ("uploads.rs", "parts of uploads, each with a secret of its own before its bytes"),
];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("it is read").path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
            let name = path.strip_prefix(root).expect("it lies there").to_string_lossy().into_owned();
            found.push((name, fs::read_to_string(&path).expect("it is text")));
        }
    }
}

#[test]
fn whatever_writes_to_the_record_or_erases_bytes_is_known() {
    let mut all = vec![];
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    let with = |sought: &[&str]| -> BTreeSet<String> {
        let holds = |text: &str| sought.iter().any(|words| text.contains(words));
        all.iter().filter(|(_, text)| holds(text)).map(|(name, _)| name.clone()).collect()
    };
    let known = |list: &[(&str, &str)]| list.iter().map(|(name, _)| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(with(&["log: LogId::RECORD,"]), known(&WRITERS));
    assert_eq!(with(&[".erase("]), known(&ERASERS));
}
