//! A case of the four kinds: commented on while it is written, signed by the panel, read along by those who lead. They
//! may doubt, and change nothing.

use uuid::Uuid;
use xiezhi_domain::{
    access::{self, Act, Denial, Reader},
    deliberation::DeliberationCommand,
    drafting::{CommentCommand, DraftingCommand, DraftingEvent, DraftingRefusal, Passage},
    event::CaseEvent,
    ids::{CommentId, DocumentId, MaterialId},
    issuing::{self, Form, IssuingCommand, IssuingRefusal, ReadingRule},
    paper::{PaperKind, Volume},
    people::{Actor, Post},
    refusal::Refusal,
    register::Register,
    stage::Stage,
    supervision::{Deed, Ground, SupervisionCommand, SupervisionRefusal},
    tasks::{self, Assignee, TaskKind},
};

use crate::{
    cast::staff,
    court::{Court, file_of},
    example::account,
    refusals::{CLOSED, Row, row},
    steps::{actor, content},
    stories::{ex1_private_lending as ex1, ex2_sale_contract as ex2},
};

fn head() -> Actor {
    staff(Post::DivisionHead)
}

fn vice() -> Actor {
    staff(Post::VicePresident)
}

fn mark() -> SupervisionCommand {
    SupervisionCommand::Mark { grounds: vec![Ground::Mass], reason: "涉及二百余名购房人".to_owned() }
}

fn lift() -> SupervisionCommand {
    SupervisionCommand::Lift { reason: "已另案处理".to_owned() }
}

/// Example 2, heard and marked.
fn marked() -> Court {
    let (mut court, _) = ex2::heard();
    court.act(&head(), mark()).expect("a head marks the case");
    court.on("2026-04-24");
    ex2::deliberate(&mut court);
    court
}

/// The judgment saved, and who wrote it.
fn written() -> (Court, DocumentId) {
    let mut court = marked();
    let document = DocumentId(court.fresh());
    let (kind, judge) = (PaperKind::Judgment, court.judge());
    let content = content(&crate::example::example(2));
    court.act(&judge, DraftingCommand::Save { document, kind, content, based_on: 0 }).expect("a draft is saved");
    (court, document)
}

fn comment(document: DocumentId, comment: CommentCommand) -> DraftingCommand {
    DraftingCommand::Comment { document, comment }
}

/// The first words of the reasoning.
fn passage(court: &Court, document: DocumentId) -> Passage {
    let reasoning = &court.case().drafts[&document].content.reasoning;
    let line = reasoning.lines().next().expect("the judge wrote reasons");
    Passage { part: "reasoning".to_owned(), line: 0, quote: line.chars().take(8).collect() }
}

fn suggest(court: &Court, document: DocumentId, instead: &str) -> DraftingCommand {
    let passage = passage(court, document);
    let words = "这里说得重了".to_owned();
    comment(document, CommentCommand::Write { passage, words, suggestion: Some(instead.to_owned()) })
}

fn last_comment(court: &Court, document: DocumentId) -> CommentId {
    court.case().drafts[&document].comments.last().expect("a comment").id
}

fn assessor(court: &Court) -> Actor {
    let tribunal = court.tribunal();
    let found = tribunal.members.iter().map(|id| actor(*id));
    found.into_iter().find(|one| matches!(one, Actor::Person { post: Post::Assessor, .. })).expect("an assessor sits")
}

fn sign_all(court: &mut Court, document: DocumentId) {
    let original_sha256 = court.original_of(document);
    for signer in issuing::signers(court.case(), &court.case().drafts[&document]) {
        let sign = IssuingCommand::Sign { document, original_sha256: original_sha256.clone() };
        court.act(&actor(signer), sign).expect("who signs it signs");
    }
}

/// The judgment put forward and signed by the panel.
fn signed() -> (Court, DocumentId) {
    let (mut court, document) = written();
    court.act(&court.judge(), DraftingCommand::PutForward { document }).expect("the draft is whole");
    sign_all(&mut court, document);
    (court, document)
}

fn read(court: &Court, document: DocumentId) -> IssuingCommand {
    IssuingCommand::Read { document, opinion: "无异议".to_owned(), original_sha256: court.original_of(document) }
}

fn doubt(court: &Court, document: DocumentId, reason: &str) -> IssuingCommand {
    IssuingCommand::Doubt { document, reason: reason.to_owned(), original_sha256: court.original_of(document) }
}

fn issue(court: &Court, document: DocumentId) -> IssuingCommand {
    IssuingCommand::Issue {
        document,
        material: MaterialId(Uuid::from_u128(0xbeef)),
        file: file_of("sealed"),
        original_sha256: court.original_of(document),
    }
}

/// Marked, lifted, marked; commented on; doubted, deliberated anew; read along, issued, pronounced.
pub fn told() -> Court {
    let (mut court, _) = ex2::heard();
    court.act(&court.judge(), mark()).expect("the judge marks the case");
    court.act(&vice(), lift()).expect("a vice president takes the mark off");
    court.act(&head(), mark()).expect("a head marks it again");
    court.on("2026-04-24");
    ex2::deliberate(&mut court);
    let document = DocumentId(court.fresh());
    let (kind, judge) = (PaperKind::Judgment, court.judge());
    let written = content(&crate::example::example(2));
    let save = DraftingCommand::Save { document, kind, content: written, based_on: 0 };
    court.act(&judge, save).expect("a draft is saved");
    let member = assessor(&court);
    court.act(&member, suggest(&court, document, "经审理，本院认为")).expect("a member suggests other words");
    let known = last_comment(&court, document);
    let answer = CommentCommand::Reply { comment: known, words: "同意这样改".to_owned() };
    court.act(&judge, comment(document, answer)).expect("the judge answers");
    court.act(&judge, comment(document, CommentCommand::Accept { comment: known })).expect("and takes it over");
    let (passage, words) = (passage(&court, document), "引用的合同条款请再核对".to_owned());
    let write = CommentCommand::Write { passage, words, suggestion: None };
    court.act(&head(), comment(document, write)).expect("whoever reads along comments too");
    let known = last_comment(&court, document);
    court.act(&judge, comment(document, CommentCommand::Settle { comment: known })).expect("it is settled");
    court.act(&judge, DraftingCommand::PutForward { document }).expect("the draft is whole");
    sign_all(&mut court, document);
    court.act(&head(), doubt(&court, document, "违约金的调整与类案不一致，请复议")).expect("the head doubts");
    ex2::deliberate(&mut court);
    court.act(&judge, DraftingCommand::PutForward { document }).expect("the panel keeps to it");
    sign_all(&mut court, document);
    court.act(&head(), read(&court, document)).expect("the head lets it pass");
    court.act(&vice(), read(&court, document)).expect("so does the vice president");
    court.act(&court.clerk(), issue(&court, document)).expect("it is sealed");
    court.pronounce(document, false);
    court
}

#[test]
fn a_supervised_case_is_read_by_those_who_lead_before_the_seal() {
    let (mut court, document) = signed();
    assert_eq!(court.case().drafts[&document].readers, [Post::DivisionHead, Post::VicePresident]);
    let waits = |court: &Court, post| {
        let all = tasks::tasks(court.case());
        all.iter().any(|task| task.kind == TaskKind::ReadDocument && task.assignee == Assignee::Post(post))
    };
    assert!(waits(&court, Post::DivisionHead) && !waits(&court, Post::VicePresident));
    court.act(&head(), read(&court, document)).expect("the head reads");
    assert_eq!(court.act(&head(), read(&court, document)), Ok(vec![]), "once is enough");
    assert!(waits(&court, Post::VicePresident));
    court.act(&vice(), read(&court, document)).expect("the vice president reads");
    court.act(&court.clerk(), issue(&court, document)).expect("now it is sealed");
    assert_eq!(court.registers.get(&Register::Seal).seal_uses, 1);
}

#[test]
fn a_case_that_is_not_marked_needs_nobody_but_the_panel() {
    let (mut court, told) = ex2::heard();
    ex2::deliberate(&mut court);
    let document = court.put_forward(PaperKind::Judgment, content(&told));
    assert!(court.case().drafts[&document].readers.is_empty());
    let reader = Reader::of(&head(), court.case());
    assert!(access::may(&reader, Act::ViewDrafts, court.case().stage).is_err(), "a head reads no draft unasked");
    court.issue(document);
}

#[test]
fn whoever_reads_along_changes_nothing_in_what_a_panel_decided() {
    let (mut court, document) = signed();
    let other = content(&crate::example::example(1));
    let original_sha256 = court.original_of(document);
    let denied: Vec<xiezhi_domain::command::CaseCommand> = vec![
        DraftingCommand::Save { document, kind: PaperKind::Judgment, content: other, based_on: 1 }.into(),
        DraftingCommand::PutForward { document }.into(),
        DeliberationCommand::Conclude { conclusion: "改判".to_owned() }.into(),
        IssuingCommand::Sign { document, original_sha256 }.into(),
        issue(&court, document).into(),
    ];
    for command in denied {
        let act = command.act();
        assert_eq!(court.act(&head(), command), Err(Refusal::Access(Denial::NotAllowed { act })));
    }
    let concluded = court.case().deliberation.conclusion.clone();
    court.act(&head(), doubt(&court, document, "请复议")).expect("a doubt is all there is");
    assert_eq!(court.case().deliberation.conclusion, concluded, "what was concluded stands on record");
    let asked = court.act(&court.judge(), DraftingCommand::PutForward { document });
    assert_eq!(asked, Err(DraftingRefusal::NotDeliberated.into()), "the panel decides anew");
    ex2::deliberate(&mut court);
    court.act(&court.judge(), DraftingCommand::PutForward { document }).expect("and keeps to it");
    sign_all(&mut court, document);
    let again = court.act(&head(), doubt(&court, document, "仍有异议"));
    assert_eq!(again, Err(IssuingRefusal::DoubtedAlready.into()));
    court.act(&head(), read(&court, document)).expect("it passes with the head's words");
}

#[test]
fn whoever_reads_along_sees_the_original_and_nothing_else_of_the_secondary_volume() {
    let (court, document) = signed();
    let original = court.case().drafts[&document].original.expect("it was put forward");
    let seen = |who: &Actor| {
        let reader = Reader::of(who, court.case());
        let secondary = court.case().materials_in_order().filter(|paper| paper.volume == Volume::Secondary);
        secondary
            .filter(|paper| access::may_see(&reader, court.case(), paper))
            .map(|paper| paper.id)
            .collect::<Vec<_>>()
    };
    assert_eq!((seen(&head()), seen(&vice())), (vec![original], vec![original]));
    assert!(seen(&staff(Post::President)).is_empty() && seen(&account(0)).is_empty());
    assert!(seen(&court.judge()).len() > 1, "the minutes of the panel lie there too");
}

#[test]
fn a_court_sets_its_own_chain() {
    let mut court = Court::filed(1, "2026-02-27").0;
    court.rules.settings.chain.readings = vec![
        ReadingRule {
            kinds: vec![PaperKind::Judgment],
            form: Some(Form::Sole),
            supervised: false,
            committee: false,
            readers: vec![Post::DivisionHead],
        },
        ReadingRule {
            kinds: vec![],
            form: None,
            supervised: false,
            committee: false,
            readers: vec![Post::DivisionHead, Post::President],
        },
    ];
    let readers = |kind| xiezhi_domain::issuing::readers(court.case(), &court.rules.settings, kind);
    assert_eq!(readers(PaperKind::Judgment), [Post::DivisionHead, Post::President], "nobody reads twice");
    court.rules.settings.chain.readings.clear();
    court.rules.settings.sole_judge_needs_head = true;
    let readers = |kind| xiezhi_domain::issuing::readers(court.case(), &court.rules.settings, kind);
    assert_eq!(readers(PaperKind::Judgment), [Post::DivisionHead]);
    assert_eq!(readers(PaperKind::WithdrawalRuling), Vec::<Post>::new());
}

#[test]
fn a_suggestion_is_taken_over_in_one_act_and_what_was_said_stays() {
    let (mut court, document) = written();
    let before = court.case().drafts[&document].clone();
    court.act(&assessor(&court), suggest(&court, document, "合议庭认为")).expect("a member suggests");
    let known = last_comment(&court, document);
    let events = court.act(&court.judge(), comment(document, CommentCommand::Accept { comment: known }));
    let events = events.expect("the judge takes it over");
    assert!(matches!(events[0], CaseEvent::Drafting(DraftingEvent::Saved { .. })), "{events:?}");
    let draft = &court.case().drafts[&document];
    assert_eq!((draft.version, draft.comments.len()), (before.version + 1, 1));
    assert!(draft.content.reasoning.starts_with("合议庭认为"), "{}", draft.content.reasoning);
    assert!(draft.comments[0].settled.as_ref().is_some_and(|settled| settled.accepted));
}

#[test]
fn what_is_said_of_a_draft_and_of_a_mark_never_leaves_the_court() {
    let court = told();
    let inner = |event: &CaseEvent| {
        event.is_between_judges()
            || event.name().starts_with("issuing.read")
            || event.name().starts_with("issuing.doubted")
    };
    let party = Reader::of(&account(0), court.case());
    let told: Vec<String> =
        court.log.iter().map(|(event, _)| event).filter(|event| inner(event)).map(CaseEvent::name).collect();
    assert!(told.len() > 8, "{told:?}");
    for (event, _) in court.log.iter().filter(|(event, _)| inner(event)) {
        assert!(!access::may_be_told(&party, court.case(), event), "{}", event.name());
    }
}

#[test]
fn what_was_done_in_supervision_becomes_a_paper_of_the_secondary_volume_and_of_no_other() {
    let court = told();
    let case = court.case();
    let deeds: Vec<Deed> = case.supervised.iter().map(|act| act.deed).collect();
    use Deed::{Asked, Doubted, Lifted, Marked, PutForwardAnew, Read};
    assert_eq!(deeds, [Marked, Lifted, Marked, Asked, Doubted, PutForwardAnew, Read, Read]);
    let records: Vec<_> =
        case.materials_in_order().filter(|paper| paper.kind == PaperKind::SupervisionRecord).collect();
    assert_eq!(records.len(), 1, "it is written when the case closes");
    assert_eq!(records[0].volume, Volume::Secondary);
    let (party, team) = (Reader::of(&account(0), case), Reader::of(&court.clerk(), case));
    assert!(!access::may_see(&party, case, records[0]) && access::may_see(&team, case, records[0]));
    let plain = ex1::told_to_effect();
    assert!(plain.case().materials_in_order().all(|paper| paper.kind != PaperKind::SupervisionRecord));
}

#[test]
fn a_comment_moves_nothing_that_others_can_count() {
    let (mut court, document) = written();
    let before = court.case().told_rev;
    court.act(&assessor(&court), suggest(&court, document, "合议庭认为")).expect("a member suggests");
    assert_eq!((court.case().told_rev, court.case().stage), (before, Stage::Drafting));
}

/// Every refusal of supervision, of readings and of comments.
pub fn rows() -> Vec<Row> {
    [of_marks(), of_readings(), of_comments()].into_iter().flatten().collect()
}

fn of_marks() -> Vec<Row> {
    use SupervisionRefusal::*;
    let (plain, _) = ex2::heard();
    let marked = marked();
    let nothing = SupervisionCommand::Mark { grounds: vec![], reason: "理由".to_owned() };
    let silent = SupervisionCommand::Mark { grounds: vec![Ground::Complaint], reason: " ".to_owned() };
    vec![
        row(&plain, &head(), nothing, NoGround),
        row(&plain, &head(), silent, NoReason),
        row(&plain, &head(), lift(), NotSupervised),
        row(&marked, &head(), SupervisionCommand::Lift { reason: String::new() }, NoReason),
        row(&ex1::told_to_effect(), &head(), mark(), Stage { fault: CLOSED }),
    ]
}

fn of_readings() -> Vec<Row> {
    use IssuingRefusal::*;
    let (signed, document) = signed();
    let (mut forward, _) = written();
    forward.act(&forward.judge(), DraftingCommand::PutForward { document }).expect("the draft is whole");
    let presiding = actor(forward.tribunal().presiding.expect("a panel"));
    let sign = IssuingCommand::Sign { document, original_sha256: forward.original_of(document) };
    let missing = issuing::signers(forward.case(), &forward.case().drafts[&document]);
    let mut doubted = signed.clone();
    doubted.act(&head(), doubt(&signed, document, "请复议")).expect("a doubt");
    ex2::deliberate(&mut doubted);
    doubted.act(&doubted.judge(), DraftingCommand::PutForward { document }).expect("the panel keeps to it");
    sign_all(&mut doubted, document);
    vec![
        row(&forward, &presiding, sign, PresidingLast),
        row(&forward, &head(), read(&forward, document), SignaturesMissing { missing }),
        row(&signed, &vice(), read(&signed, document), NotYourTurn),
        row(&signed, &signed.clerk(), issue(&signed, document), ReadingMissing { turn: Post::DivisionHead }),
        row(&signed, &head(), doubt(&signed, document, " "), NoReason),
        row(&doubted, &head(), doubt(&doubted, document, "仍有异议"), DoubtedAlready),
    ]
}

fn of_comments() -> Vec<Row> {
    use DraftingRefusal::*;
    let (court, document) = written();
    let (judge, member) = (court.judge(), assessor(&court));
    let mut said = court.clone();
    said.act(&judge, suggest(&court, document, "合议庭认为")).expect("a suggestion");
    let known = last_comment(&said, document);
    let mut settled = said.clone();
    settled.act(&judge, comment(document, CommentCommand::Settle { comment: known })).expect("settled");
    let mut plain = court.clone();
    let quiet = passage(&court, document);
    let only = CommentCommand::Write { passage: quiet.clone(), words: "请核对".to_owned(), suggestion: None };
    plain.act(&judge, comment(document, only)).expect("a comment");
    let bare = last_comment(&plain, document);
    let nobody = CommentId(Uuid::from_u128(0xdead));
    let write = |passage: Passage, words: &str| {
        comment(document, CommentCommand::Write { passage, words: words.to_owned(), suggestion: None })
    };
    let gone = Passage { quote: "稿子里没有的话".to_owned(), ..quiet.clone() };
    let settle = |comment_id| comment(document, CommentCommand::Settle { comment: comment_id });
    let accept = |comment_id| comment(document, CommentCommand::Accept { comment: comment_id });
    let reply = |comment_id| comment(document, CommentCommand::Reply { comment: comment_id, words: "好".to_owned() });
    vec![
        row(&court, &judge, settle(nobody), NoSuchComment),
        row(&court, &judge, write(quiet.clone(), " "), NothingSaid),
        row(&court, &judge, write(quiet, &"长".repeat(4_001)), TooLong),
        row(&court, &judge, write(gone, "请核对"), PassageChanged),
        row(&plain, &judge, accept(bare), NothingSuggested),
        row(&settled, &judge, reply(known), CommentSettled),
        row(&said, &member, settle(known), NotYourComment),
    ]
}
