//! Papers, evidence, archive.

use xiezhi_domain::{
    Refusal,
    access::{self, Denial, Reader},
    annotation::Area,
    archive::{ArchiveCommand, ArchiveRefusal, Missing, Visit},
    destruction::{self, DestructionCommand, DestructionList, DestructionRefusal, Listed},
    evidence::{Answer, Attribute, EvidenceCommand, EvidenceRefusal, Opinion},
    filing::EvidenceInput,
    ids::{MaterialId, PartyId},
    law::retention::RetentionClass,
    material::{
        FileRef, Hidden, HidingGround, MaterialCommand, MaterialRefusal, OriginalCheck, PageAct, PageAt, Redaction,
        check_copy,
    },
    paper::{PaperKind, Volume},
    party::Claim,
    people::{Actor, Post},
    scanning::{self, Batch, ScanRefusal, SeenPage},
    stage::{self, StageRefusal},
    together::{self, TogetherRefusal},
    unusual::{self, Examined, FindingKey, Kind, UnusualRefusal},
};

use super::{CLOSED, Row, denied, no_paper, nobody, row, told};
use crate::{
    cast::{person, staff},
    court::{Court, day, file_of},
    example::{account, exhibit, input, party},
    stories::{ex1_private_lending as ex1, ex2_sale_contract as ex2},
};

pub fn rows() -> Vec<Row> {
    [material(), copies(), pages(), scans(), evidence(), archive(), destruction(), examination(), restricted()]
        .into_iter()
        .flatten()
        .collect()
}

fn submit(material: MaterialId, kind: PaperKind, title: &str, file: FileRef) -> MaterialCommand {
    MaterialCommand::Submit { material, kind, title: title.to_owned(), file, from: None, original: None }
}

fn material() -> Vec<Row> {
    use MaterialRefusal::*;
    let (filed, _) = Court::filed(1, "2026-02-27");
    let clerk = filed.clerk();
    let closed = ex1::told_to_effect();
    let (mut deliberated, _) = ex2::heard();
    ex2::deliberate(&mut deliberated);
    let minutes = deliberated.case().last_paper(PaperKind::DeliberationMinutes).expect("minutes").id;
    let complaint = filed.case().last_paper(PaperKind::Complaint).expect("a complaint").id;
    let retitle = |material| MaterialCommand::Retitle { material, kind: PaperKind::Other, title: "材料".to_owned() };
    let untitled = MaterialCommand::Retitle { material: exhibit(0), kind: PaperKind::Other, title: " ".to_owned() };
    let disclose = |material| MaterialCommand::Disclose { materials: vec![material] };
    let new = |kind| submit(no_paper(), kind, "材料", file_of("新"));
    let differs = OriginalCheck {
        happened_on: filed.today(),
        compared_by: person(21),
        agrees: false,
        kept_at: "卷宗".to_owned(),
    };
    let compared = MaterialCommand::Submit {
        material: no_paper(),
        kind: PaperKind::Other,
        title: "材料".to_owned(),
        file: file_of("新"),
        from: Some(party(2)),
        original: Some(differs),
    };
    let stranger = MaterialCommand::Submit {
        material: no_paper(),
        kind: PaperKind::Other,
        title: "材料".to_owned(),
        file: file_of("新"),
        from: Some(nobody()),
        original: None,
    };
    let empty = FileRef { size_bytes: 0, ..file_of("空") };
    let throw = MaterialCommand::Discard { material: exhibit(0), reason: " ".to_owned() };
    let mut archived = closed.clone();
    archived.refund();
    archived.archive();
    vec![
        row(&filed, &clerk, retitle(no_paper()), Unknown),
        row(&filed, &clerk, retitle(complaint), InFileAlready),
        row(&filed, &clerk, disclose(exhibit(0)), NotInFile),
        row(&filed, &account(0), submit(no_paper(), PaperKind::Other, "材料", empty), EmptyFile),
        row(&filed, &clerk, untitled, NoTitle),
        row(&filed, &clerk, throw, NoReason),
        row(&filed, &clerk, compared, OriginalDiffers),
        row(&deliberated, &clerk, disclose(minutes), SecondaryVolume),
        row(&closed, &account(0), new(PaperKind::Evidence), NotAddableAfterClosing),
        row(&filed, &clerk, MaterialCommand::Enter { materials: vec![], rendered: vec![] }, NothingChosen),
        row(&filed, &clerk, stranger, UnknownParty),
        row(&filed, &account(0), new(PaperKind::Judgment), CourtPaper),
        row(&filed, &account(0), submit(complaint, PaperKind::Other, "材料", file_of("新")), IdentifierTaken),
        row(&archived, &clerk, new(PaperKind::Other), StageRefusal::Sealed),
    ]
}

/// Copies that hide something, of a complaint of two pages.
fn copies() -> Vec<Row> {
    use MaterialRefusal::*;
    let (court, complaint) = crate::redaction::filed();
    let clerk = court.clerk();
    let made = |made| crate::redaction::redact(complaint, made);
    let good = crate::redaction::made(&court, complaint);
    let off = |page, w| Hidden { page, area: Area { x: 9_000, y: 100, w, h: 100 }, ground: HidingGround::Phone };
    let with = |hidden| made(Redaction { hidden, ..good.clone() });
    let (mut deliberated, _) = ex2::heard();
    ex2::deliberate(&mut deliberated);
    let minutes = deliberated.case().last_paper(PaperKind::DeliberationMinutes).expect("minutes").id;
    let secondary = crate::redaction::made(&deliberated, minutes);
    vec![
        row(&court, &clerk, made(Redaction { from: no_paper(), ..good.clone() }), Unknown),
        row(&court, &clerk, made(Redaction { from: exhibit(0), ..good.clone() }), NotInFile),
        row(&deliberated, &clerk, crate::redaction::redact(minutes, secondary), SecondaryVolume),
        row(&court, &clerk, made(Redaction { from_sha256: "00".to_owned(), ..good.clone() }), ChangedMeanwhile),
        row(&court, &clerk, with(vec![]), NothingHidden),
        row(&court, &clerk, with(vec![off(1, 1_001)]), NoSuchPlace),
        row(&court, &clerk, with(vec![off(1, 0)]), NoSuchPlace),
        row(&court, &clerk, with(vec![off(99, 100)]), NoSuchPlace),
        row(&court, &clerk, made(Redaction { title: " ".to_owned(), ..good.clone() }), NoTitle),
        told(check_copy(&[7, 3]).err().map(Into::into), StillSaysIt { page: 3 }),
        denied(&court, &account(0), made(good.clone()), Denial::NotAllowed { act: access::Act::RedactPaper }),
    ]
}

/// Pages of staged papers: two of a scan, two of what a party handed in.
fn pages() -> Vec<Row> {
    use MaterialRefusal::*;
    let (mut filed, _) = Court::filed(1, "2026-02-27");
    let clerk = filed.clerk();
    let scan = |name: &str| FileRef { pages: 2, ..file_of(name) };
    filed.act(&clerk, submit(exhibit(60), PaperKind::Other, "扫描件", scan("扫描件"))).expect("it came");
    filed.act(&clerk, submit(exhibit(61), PaperKind::Other, "重扫", scan("扫描件"))).expect("it came again");
    filed.act(&account(0), submit(exhibit(62), PaperKind::Other, "上传", scan("上传"))).expect("it came");
    let at = |place, page| PageAt { material: exhibit(place), file_sha256: file_of("扫描件").sha256, page };
    let arrange = |pages, how| MaterialCommand::Arrange { pages, how };
    let move_to = |place| PageAct::Move { to: exhibit(place), before: None };
    let enter = MaterialCommand::Enter { materials: vec![exhibit(60)], rendered: vec![] };
    let mut turned = filed.clone();
    turned.act(&clerk, arrange(vec![at(60, 1)], PageAct::Turn { to: vec![90] })).expect("it is turned");
    let mut emptied = filed.clone();
    emptied.act(&clerk, arrange(vec![at(60, 1), at(60, 2)], PageAct::LayAside)).expect("they are laid aside");
    let known = MaterialCommand::Attribute { material: exhibit(62), from: Some(party(1)) };
    let today = filed.today();
    let compare = |happened_on, by, kept_at: &str| MaterialCommand::Compare {
        material: exhibit(62),
        check: OriginalCheck { happened_on, compared_by: by, agrees: true, kept_at: kept_at.to_owned() },
    };
    let outsider = account(0).person().expect("an account");
    vec![
        row(&filed, &clerk, arrange(vec![at(60, 3)], PageAct::LayAside), PageMoved),
        row(&filed, &clerk, arrange(vec![at(60, 1)], move_to(61)), PageTwice),
        row(&filed, &clerk, arrange(vec![at(60, 1)], move_to(62)), OfAnotherSide),
        row(&filed, &clerk, arrange(vec![at(60, 1)], PageAct::Turn { to: vec![45] }), NoSuchTurn),
        row(&emptied, &clerk, enter.clone(), NoPages),
        row(&turned, &clerk, enter, ArrangedMeanwhile),
        row(&filed, &clerk, known, SenderKnown),
        row(&filed, &clerk, compare(today.tomorrow().expect("a day"), person(21), "已退还"), ComparedInFuture),
        row(&filed, &clerk, compare(today, outsider, "已退还"), ComparedByOutsider),
        row(&filed, &clerk, compare(today, person(21), " "), NoPlaceKept),
    ]
}

/// Scans that wait on the desk.
fn scans() -> Vec<Row> {
    use ScanRefusal::*;
    let page =
        SeenPage {
            file_sha256: file_of("扫描件").sha256, page: 1, blank: false, turn: 0, skew_tenths: 0, sheet: None
        };
    let batch = Batch { pages: vec![page], ..Batch::default() };
    let choose = |post, pages: &[u32]| scanning::check_choice(&batch, Some(post), pages).err().map(Refusal::from);
    let unreasoned = scanning::put_away(&batch, (person(21), Post::CourtClerk), vec![1], " ");
    vec![
        told(choose(Post::Judge, &[1]), NotYourAct),
        told(choose(Post::CourtClerk, &[]), NothingChosen),
        told(choose(Post::CourtClerk, &[2]), NotWaiting),
        told(unreasoned.err().map(Refusal::from), NoReason),
        told(
            together::may_begin(Some(person(2)), person(1)).err().map(Refusal::from),
            TogetherRefusal::SomeonePresents,
        ),
        told(together::may_go_on(None, person(1)).err().map(Refusal::from), TogetherRefusal::NotPresenting),
        told(together::may_go_on(Some(person(2)), person(1)).err().map(Refusal::from), TogetherRefusal::NotPresenting),
        told(scanning::case_named(None).err().map(Refusal::from), NoSuchCase),
    ]
}

fn answering(of: PartyId, words: &str, counterclaims: Vec<Claim>) -> EvidenceCommand {
    EvidenceCommand::Answer {
        answer: Answer { party: of, words: words.to_owned(), elements: Default::default(), counterclaims },
    }
}

fn opinion(of: usize, authenticity: Attribute) -> Opinion {
    Opinion {
        party: party(of),
        authenticity,
        legality: Attribute::Accepted,
        relevance: Attribute::Accepted,
        reasons: String::new(),
    }
}

fn evidence() -> Vec<Row> {
    use EvidenceRefusal::*;
    let (filed, _) = Court::filed(1, "2026-02-27");
    let (heard, _) = ex2::heard();
    let closed = ex1::told_to_effect();
    let counterclaim = vec![Claim { text: "反诉".to_owned(), amount: None }];
    let submit = |of, items| EvidenceCommand::Submit { party: of, items, original: None };
    let empty = EvidenceInput { file: FileRef { size_bytes: 0, ..file_of("空") }, ..input(no_paper(), "空") };
    let say = |material, opinion| EvidenceCommand::GiveOpinion { material, opinion };
    let mut disclosed = filed.clone();
    disclosed.enter_all();
    let all = MaterialCommand::Disclose { materials: vec![exhibit(0)] };
    disclosed.act(&disclosed.clerk(), all).expect("disclosed");
    let waive = |place| EvidenceCommand::WaivePeriods { party: party(place) };
    let judge = filed.judge();
    vec![
        row(&filed, &account(0), answering(nobody(), "答辩", vec![]), UnknownParty),
        row(&filed, &account(1), say(no_paper(), opinion(1, Attribute::Accepted)), UnknownItem),
        row(&filed, &account(1), answering(party(1), " ", vec![]), NoWords),
        row(&filed, &account(0), answering(party(0), "反诉", counterclaim.clone()), CounterclaimByDefendantOnly),
        row(&heard, &account(1), answering(party(1), "反诉", counterclaim), DebateOver),
        row(&filed, &account(1), submit(party(1), vec![]), Nothing),
        row(&filed, &account(1), submit(party(1), vec![empty]), EmptyFile),
        row(&filed, &account(0), say(exhibit(0), opinion(0, Attribute::Accepted)), OwnEvidence),
        row(&disclosed, &account(1), say(exhibit(0), opinion(1, Attribute::Disputed)), NoReasons),
        row(&filed, &account(1), say(exhibit(0), opinion(1, Attribute::Accepted)), NotDisclosed),
        row(&heard, &account(1), waive(1), NotSummary),
        row(&filed, &judge, EvidenceCommand::FixIssues { issues: vec![" ".to_owned()] }, NoIssue),
        row(&closed, &account(1), waive(1), Stage { fault: CLOSED }),
    ]
}

fn archive() -> Vec<Row> {
    use ArchiveRefusal::*;
    let effective = ex1::told_to_effect();
    let (clerk, archivist) = (effective.clerk(), staff(Post::Archivist));
    let mut handed = effective.clone();
    handed.refund();
    handed.act(&clerk, ArchiveCommand::Submit).expect("handed over");
    let mut archived = handed.clone();
    let accept = ArchiveCommand::Accept { retention: RetentionClass::Short };
    archived.act(&archivist, accept.clone()).expect("taken");
    let lend = |purpose: &str, days| ArchiveCommand::Lend { to: person(1), purpose: purpose.to_owned(), days };
    let mut lent = archived.clone();
    lent.act(&archivist, lend("再审审查", 3)).expect("lent");
    let wrong = StageRefusal::WrongStage { now: stage::Stage::Effective, needed: vec![stage::Stage::Archiving] };
    let reading = |name: &str, purpose: &str, copied| {
        let (name, purpose) = (name.to_owned(), purpose.to_owned());
        ArchiveCommand::GrantAccess { visit: Visit { name, unit: None, paper: "所函".to_owned(), purpose, copied } }
    };
    let today = archived.today();
    let after = |days: i64| today.saturating_add(jiff::Span::new().days(days)).to_string();
    let ask = |purpose: &str, until_on: &str, volume| ArchiveCommand::AskBorrowing {
        purpose: purpose.to_owned(),
        until_on: day(until_on),
        volume,
    };
    let mut asked = archived.clone();
    asked.act(&account(0), ask("申请执行", &after(10), Volume::Main)).expect("it is asked");
    let by = |actor: &Actor| actor.person().expect("a person");
    let no = |actor: &Actor, reason: &str| ArchiveCommand::RefuseBorrowing { by: by(actor), reason: reason.to_owned() };
    let again = ArchiveCommand::Reclassify { retention: RetentionClass::Long, reason: " ".to_owned() };
    vec![
        row(&effective, &clerk, ArchiveCommand::Submit, NotReady { missing: vec![Missing::RefundDue] }),
        row(&handed, &archivist, ArchiveCommand::Return { marks: vec![" ".to_owned()] }, NoMarks),
        row(&archived, &archivist, lend(" ", 3), NoPurpose),
        row(&archived, &archivist, lend("再审审查", 0), WrongLength),
        row(&lent, &archivist, lend("再审审查", 3), LentAlready),
        row(&archived, &archivist, ArchiveCommand::EndLoan { to: person(1) }, NotLent),
        row(&archived, &account(0), ask(" ", &after(10), Volume::Main), NoPurpose),
        row(&archived, &account(0), ask("申请执行", &after(0), Volume::Main), WrongLength),
        row(&archived, &account(0), ask("申请执行", &after(91), Volume::Main), WrongLength),
        row(&archived, &effective.judge(), ask("研究", &after(10), Volume::Secondary), SecondaryNotLent),
        row(&asked, &account(0), ask("申请执行", &after(10), Volume::Main), AskedAlready),
        row(&asked, &archivist, no(&account(0), " "), NoReason),
        row(&archived, &archivist, ArchiveCommand::GrantBorrowing { by: by(&account(0)) }, NotAsked),
        row(&archived, &archivist, reading("", "代理执行", vec![]), NotIdentified),
        row(&archived, &archivist, reading("言必信", " ", vec![]), NoPurpose),
        row(&archived, &archivist, reading("言必信", "代理执行", vec![no_paper()]), NotInMainVolume),
        row(&archived, &archivist, again, NoReason),
        row(
            &archived,
            &archivist,
            ArchiveCommand::Link { case: archived.id, reason: "再审".to_owned() },
            LinkedAlready,
        ),
        row(&effective, &archivist, accept.clone(), Stage { fault: wrong }),
        row(&archived, &archivist, accept, Stage { fault: StageRefusal::Sealed }),
    ]
}

/// A leader who does not try it looks into a restricted case.
fn restricted() -> Vec<Row> {
    let (divorce, _) = crate::stories::ex3_divorce::agreed(false);
    let case = divorce.case();
    let leader = Reader::of(&staff(Post::President), case);
    let refusal = Denial::ReasonNeeded { case: case.id };
    vec![told(access::may_open(&leader, case).err().map(Refusal::from), refusal)]
}

fn examination() -> Vec<Row> {
    let finding = FindingKey { day: day("2026-03-04"), person: person(21), kind: Kind::Downloads };
    let row = |by: u128, note: &str, refusal: UnusualRefusal| {
        told(unusual::examine(&Examined::default(), person(by), finding, note).err().map(Refusal::from), refusal)
    };
    vec![row(21, "正常", UnusualRefusal::OwnAccess), row(54, " ", UnusualRefusal::NoNote)]
}

fn destruction() -> Vec<Row> {
    use DestructionRefusal::*;
    let today = day("2057-01-01");
    let file = |kept_until: &str| Listed {
        case: xiezhi_domain::ids::CaseId(uuid::Uuid::from_u128(0xca5e)),
        number: None,
        archive_no: "民初-2026-D-1".to_owned(),
        retention: RetentionClass::Short,
        kept_until: day(kept_until),
    };
    let (archivist, deputy, president) = (staff(Post::Archivist), staff(Post::VicePresident), staff(Post::President));
    let mut drawn = DestructionList::default();
    let over = DestructionCommand::Draw { listed: vec![file("2056-12-31")] };
    drawn.apply(&destruction::decide(&drawn, &archivist, today, over).expect("its retention is over"));
    let mut approved = drawn.clone();
    let appraise = DestructionCommand::Appraise { opinion: "无继续保存价值".to_owned() };
    for (who, act) in [(&deputy, appraise), (&president, DestructionCommand::Approve)] {
        approved.apply(&destruction::decide(&approved, who, today, act).expect("its turn"));
    }
    let mut signed = approved.clone();
    let head = staff(Post::DivisionHead);
    signed.apply(&destruction::decide(&signed, &head, today, DestructionCommand::Supervise).expect("its turn"));
    let row = |list: &DestructionList, who: &Actor, act, refusal: DestructionRefusal| {
        told(destruction::decide(list, who, today, act).err().map(Refusal::from), refusal)
    };
    let empty = DestructionList::default();
    let early = DestructionCommand::Draw { listed: vec![file("2057-01-01")] };
    vec![
        row(&empty, &archivist, DestructionCommand::Draw { listed: vec![] }, NothingListed),
        row(&empty, &archivist, early, StillKept { archive_no: "民初-2026-D-1".to_owned() }),
        row(&drawn, &archivist, DestructionCommand::Approve, NotYourAct),
        row(&drawn, &president, DestructionCommand::Approve, NotItsTurn),
        row(&drawn, &president, DestructionCommand::Refuse { reason: " ".to_owned() }, NoWords),
        row(&signed, &head, DestructionCommand::Supervise, NotApart),
    ]
}
