//! Slips in a judgment are put right by a ruling, a corrected copy is a document of its own, and a notice that was sent
//! by mistake is revoked. Nothing that was issued is changed by any of it.

use std::collections::BTreeSet;

use uuid::Uuid;
use xiezhi_domain::{
    access::{self, Reader},
    approval::{ApprovalCommand, ApprovalRefusal, Matter},
    correcting::{CorrectingCommand, CorrectingRefusal, ELSEWHERE, Slip},
    drafting::{DraftingCommand, DraftingRefusal},
    event::CaseEvent,
    ids::{DocumentId, MaterialId},
    paper::PaperKind,
    people::Post,
    service::{Channel, ServiceCommand},
    stage::{Stage, StageRefusal},
    tasks,
    verify::{self, Followed},
};

use crate::{
    court::Court,
    example::{account, party},
    refusals::{Row, row},
    steps::content,
    stories::{ex1_private_lending as ex1, ex2_sale_contract as ex2},
};

fn slip(part: &str, wrong: &str, right: &str) -> Slip {
    Slip { part: part.to_owned(), wrong: wrong.to_owned(), right: right.to_owned() }
}

fn judgment(court: &Court) -> DocumentId {
    let drafts = court.case().drafts.values();
    drafts.filter(|draft| draft.kind == PaperKind::Judgment).map(|draft| draft.id).next().expect("a judgment")
}

fn paper(court: &Court, document: DocumentId) -> MaterialId {
    court.case().drafts[&document].issued.expect("it was issued")
}

fn marking(document: DocumentId, of: DocumentId, slips: Vec<Slip>) -> CorrectingCommand {
    CorrectingCommand::MarkSlips { document, of, slips }
}

/// A slip in the orders, and one in what the case filled in.
fn slips() -> Vec<Slip> {
    vec![slip("orders", "本判决生效之日起", "本判决生效次日起"), slip(ELSEWHERE, "民间借贷纠纷", "民间借贷合同纠纷")]
}

/// The loan case in force, its judgment put right by a ruling that was issued.
fn corrected() -> (Court, DocumentId, DocumentId) {
    let mut court = ex1::told_to_effect();
    let (of, ruling) = (judgment(&court), DocumentId(court.fresh()));
    let judge = court.judge();
    court.act(&judge, marking(ruling, of, slips())).expect("slips are marked");
    court.act(&judge, DraftingCommand::PutForward { document: ruling }).expect("nothing is missing in it");
    court.issue(ruling);
    (court, of, ruling)
}

/// Corrected, issued anew; and a notice revoked.
pub fn told() -> Court {
    let (mut court, of, _) = corrected();
    let copy = DocumentId(court.fresh());
    let judge = court.judge();
    court.act(&judge, CorrectingCommand::BeginCopy { document: copy, replaces: of }).expect("a copy is begun");
    court.act(&judge, DraftingCommand::PutForward { document: copy }).expect("nothing is missing in it");
    court.issue(copy);
    let material = notice(&court);
    court.approve(Matter::RevokePaper { material });
    court
}

/// The loan case in the archive, its judgment opened by approval for slips to be put right; and the judgment.
pub fn archived() -> (Court, DocumentId) {
    let mut court = ex1::told_to_effect();
    court.refund();
    court.archive();
    let document = judgment(&court);
    court.approve(Matter::CorrectArchived { document });
    (court, document)
}

#[test]
fn a_slip_found_after_archiving_is_put_right_by_approval_beside_what_is_sealed() {
    let mut sealed = ex1::told_to_effect();
    sealed.refund();
    sealed.archive();
    let of = judgment(&sealed);
    let ruling = DocumentId(sealed.fresh());
    let early = sealed.clone().act(&sealed.judge(), marking(ruling, of, slips()));
    assert_eq!(early, Err(StageRefusal::Sealed.into()), "without approval nothing is marked");
    let list = |court: &Court| -> BTreeSet<String> {
        xiezhi_domain::closing::seal_list(court.case()).lines().map(str::to_owned).collect()
    };
    let before = list(&sealed);

    let mut court = sealed;
    let approval = court.approve(Matter::CorrectArchived { document: of });
    let chain = court.case().approvals[&approval].chain.clone();
    assert_eq!(chain, [Post::DivisionHead, Post::Archivist], "whoever asks is passed over, the archivist is last");
    let judge = court.judge();
    court.act(&judge, marking(ruling, of, slips())).expect("slips are marked");
    court.act(&judge, DraftingCommand::PutForward { document: ruling }).expect("nothing is missing in it");
    let issued = court.issue(ruling);
    let copy = DocumentId(court.fresh());
    court.act(&judge, CorrectingCommand::BeginCopy { document: copy, replaces: of }).expect("a copy is begun");
    court.act(&judge, DraftingCommand::PutForward { document: copy }).expect("nothing is missing in it");
    let copied = court.issue(copy);
    let waiting: BTreeSet<MaterialId> = tasks::to_serve(court.case()).iter().map(|(paper, _)| *paper).collect();
    assert_eq!(waiting, BTreeSet::from([issued, copied]), "what was added waits to be served, and nothing else");
    for place in 0..3 {
        let service = court.send_papers(vec![issued], place, Channel::Direct);
        court.receipt(service, court.today());
    }
    let case = court.case();
    assert_eq!(case.stage, Stage::Archived);
    assert!(case.party_order.iter().all(|party| case.served_on(issued, *party).is_some()), "everyone has the ruling");
    assert!(list(&court).is_superset(&before), "what was sealed stands as it stood");
    let followed = verify::followed(case, &case.materials[&paper(&court, of)]);
    assert_eq!(followed.iter().map(|told| told.0).collect::<Vec<_>>(), [Followed::Corrected, Followed::Replaced]);
    let other = court.case().last_paper(PaperKind::FeeNotice).expect("a notice").id;
    let sent = ServiceCommand::Dispatch { materials: vec![issued, other], to: party(0), channel: Channel::Direct };
    let refused = court.clone().act(&court.clerk(), sent);
    assert_eq!(refused, Err(StageRefusal::Sealed.into()), "nothing else leaves an archived file");
}

fn notice(court: &Court) -> MaterialId {
    court.case().last_paper(PaperKind::FeeNotice).expect("a notice was sent").id
}

#[test]
fn a_ruling_puts_slips_right_and_moves_nothing_in_the_case() {
    let before = ex1::told_to_effect();
    let (court, of, ruling) = corrected();
    let (was, is) = (before.case(), court.case());
    assert_eq!((is.stage, &is.closing, &is.drafts[&of]), (was.stage, &was.closing, &was.drafts[&of]));
    let issued = &is.materials[&paper(&court, ruling)];
    assert_eq!((issued.kind, issued.title.as_str()), (PaperKind::CorrectionRuling, "民事裁定书（补正）"));
    assert_eq!(is.final_paper().map(|paper| paper.id), Some(paper(&court, of)), "the judgment is still what decides");
    let wanted = tasks::to_serve(is).into_iter().filter(|(id, _)| *id == issued.id).count();
    assert_eq!(wanted, is.addressees().count(), "it goes to everyone");
    assert_eq!(
        verify::followed(is, &is.materials[&paper(&court, of)]),
        [(Followed::Corrected, court.today(), Some(issued.id))]
    );
}

#[test]
fn a_corrected_copy_is_a_document_of_its_own() {
    let court = told();
    let case = court.case();
    let of = judgment(&court);
    let (copy, replaced) = case.correcting.copies.iter().next().expect("a copy");
    assert_eq!(*replaced, of);
    let (old, new) = (&case.drafts[&of], &case.drafts[copy]);
    assert_ne!((old.id, old.original, old.issued), (new.id, new.original, new.issued));
    assert!(new.content.orders[0].contains("生效次日") && old.content.orders[0].contains("生效之日"));
    let told: Vec<Followed> =
        verify::followed(case, &case.materials[&paper(&court, of)]).into_iter().map(|(what, ..)| what).collect();
    assert_eq!(told, [Followed::Corrected, Followed::Replaced]);
    assert_eq!(case.materials[&paper(&court, *copy)].title, "民事判决书（补正后重新出具）");
    assert_eq!(case.stage, ex1::told_to_effect().case().stage);
}

#[test]
fn a_notice_is_revoked_with_approval_stays_in_the_file_and_is_sent_to_nobody_any_more() {
    let court = told();
    let case = court.case();
    let material = notice(&court);
    assert_eq!(
        case.materials[&material],
        ex1::told_to_effect().case().materials[&material],
        "nothing issued is changed"
    );
    assert_eq!(verify::followed(case, &case.materials[&material]), [(Followed::Revoked, court.today(), None)]);
    assert!(tasks::to_serve(case).iter().all(|(id, _)| *id != material));
}

#[test]
fn parties_hear_of_a_correction_only_once_it_reaches_them() {
    let (court, ..) = corrected();
    let party = Reader::of(&account(0), court.case());
    let inner = court.log.iter().filter(|(event, _)| {
        matches!(event, CaseEvent::Correcting(_))
            || matches!(event, CaseEvent::Issuing(_) if event.name() == "issuing.issued.v1")
    });
    let told: Vec<String> = inner
        .filter(|(event, _)| access::may_be_told(&party, court.case(), event))
        .map(|(event, _)| event.name())
        .collect();
    assert_eq!(told, ["issuing.issued.v1"], "of the judgment, and of nothing else");
}

#[test]
fn a_second_ruling_goes_on_from_what_the_first_put_right() {
    let (mut court, of, _) = corrected();
    let (ruling, judge) = (DocumentId(court.fresh()), court.judge());
    let stale = vec![slip("orders", "本判决生效之日起", "本判决生效后")];
    assert_eq!(
        court.act(&judge, marking(ruling, of, stale)),
        Err(CorrectingRefusal::NotThere { slip: 1 }.into()),
        "it reads otherwise since the first"
    );
    let further = vec![slip("orders", "本判决生效次日起", "本判决生效后")];
    court.act(&judge, marking(ruling, of, further)).expect("so it reads now");
    court.act(&judge, DraftingCommand::PutForward { document: ruling }).expect("nothing is missing in it");
    court.issue(ruling);
    let copy = DocumentId(court.fresh());
    court.act(&judge, CorrectingCommand::BeginCopy { document: copy, replaces: of }).expect("a copy is begun");
    let orders = court.case().drafts[&copy].content.orders.join("");
    assert!(orders.contains("本判决生效后") && !orders.contains("次日起"), "{orders}");
}

#[test]
fn slips_are_marked_again_until_the_ruling_is_put_forward() {
    let mut court = ex1::told_to_effect();
    let (of, ruling, judge) = (judgment(&court), DocumentId(court.fresh()), court.judge());
    court.act(&judge, marking(ruling, of, slips())).expect("slips are marked");
    assert_eq!(court.act(&judge, marking(ruling, of, slips())), Ok(vec![]), "the same again is nothing");
    let one = vec![slips().swap_remove(0)];
    court.act(&judge, marking(ruling, of, one.clone())).expect("one was none");
    assert_eq!(court.case().correcting.rulings[&ruling].slips, one);
    let save = DraftingCommand::Save {
        document: ruling,
        kind: PaperKind::CorrectionRuling,
        content: content(&crate::example::example(1)),
        based_on: 2,
    };
    assert_eq!(
        court.act(&judge, save),
        Err(DraftingRefusal::NotDraftable.into()),
        "it says the slips and nothing else"
    );
}

/// Every refusal of corrections.
pub fn rows() -> Vec<Row> {
    use CorrectingRefusal::*;
    let (court, of, ruling) = corrected();
    let judge = court.judge();
    let fresh = DocumentId(Uuid::from_u128(0xfe));
    let mark = |slips: Vec<Slip>| marking(fresh, of, slips);
    let substance = |word: &str| Substance { slip: 1, word: word.to_owned() };
    let order = |wrong: &str, right: &str| mark(vec![slip("orders", wrong, right)]);
    let copy = |document, replaces| CorrectingCommand::BeginCopy { document, replaces };
    let mut begun = court.clone();
    begun.act(&judge, copy(fresh, of)).expect("a copy is begun");
    let mut drafted = ex2::heard().0;
    ex2::deliberate(&mut drafted);
    let forward = drafted.put_forward(PaperKind::Judgment, content(&crate::example::example(2)));
    let marked = |document| marking(fresh, document, vec![slip("orders", "日内", "日以内")]);
    let mut issued = drafted.clone();
    issued.issue(forward);
    let revoke =
        |material| ApprovalCommand::Ask { request: Matter::RevokePaper { material }, reason: "误发".to_owned() };
    let refused = |fault| ApprovalRefusal::Revocation { fault };
    let open_anew =
        |document| ApprovalCommand::Ask { request: Matter::CorrectArchived { document }, reason: "笔误".to_owned() };
    let opened = archived().0;
    let told = told();
    let revoked = notice(&told);
    vec![
        row(&court, &judge, marking(fresh, ruling, slips()), Unknown),
        row(&court, &judge, marking(of, of, slips()), Unknown),
        row(&drafted, &drafted.judge(), marked(forward), NotIssued),
        row(&issued, &issued.judge(), marked(forward), NotPronounced),
        row(&court, &judge, marking(ruling, of, slips()), PutForwardAlready),
        row(&court, &judge, mark(vec![]), NothingMarked),
        row(&court, &judge, order("十", &"长".repeat(301)), TooMuch),
        row(&court, &judge, mark(vec![slip("orders", "日", &"日".repeat(90)); 4]), TooMuch),
        row(&court, &judge, mark(vec![slip("orders", "本判决", "本裁判"); 2]), NotThere { slip: 2 }),
        row(&court, &judge, order("本判决", "本判决"), NothingChanged { slip: 1 }),
        row(&court, &judge, order("没有这些字", "有这些字"), NotThere { slip: 1 }),
        row(&court, &judge, mark(vec![slip("nowhere", "甲", "乙")]), NotThere { slip: 1 }),
        row(&court, &judge, copy(DocumentId(Uuid::from_u128(0xff)), ruling), Unknown),
        row(&ex1::told_to_effect(), &judge, copy(fresh, of), NothingCorrected),
        row(&begun, &judge, copy(DocumentId(Uuid::from_u128(0xff)), of), CopyBegun),
        row(&court, &judge, order("连带清偿责任", "清偿责任"), substance("连带")),
        row(&court, &judge, order("偿还原告贾借出借款", "偿还原告易欠款借款"), substance("易欠款")),
        row(&court, &judge, revoke(MaterialId(Uuid::from_u128(0xdead))), refused(Unknown)),
        row(&court, &judge, revoke(paper(&court, of)), refused(NotRevocable)),
        row(&told, &judge, revoke(revoked), refused(RevokedAlready)),
        row(&court, &judge, open_anew(of), refused(NotArchived)),
        row(&opened, &judge, open_anew(judgment(&opened)), refused(OpenedAlready)),
    ]
}
