//! Tales that go through everything a case can meet: what the properties hold of, and where the golden
//! events come from.

use xiezhi_domain::{
    appeal::AppealCommand,
    approval::Matter,
    archive::{ArchiveCommand, Visit},
    assignment::{AssignmentCommand, Tribunal},
    case::Procedure,
    closing::ClosingCommand,
    command::CaseCommand,
    consent::{Consent, ConsentCommand, Step},
    drafting::DraftingCommand,
    evidence::{Attribute, CourtView, EvidenceCommand, Opinion},
    fees::FeeAid,
    hearing::{Appearance, Attendee, HearingCommand, HearingPart, Manner, Mode, TranscriptCorrection},
    ids::{CaseId, HearingId, MaterialId},
    law::{money::Fen, retention::RetentionClass},
    material::MaterialCommand,
    mediation::MediationCommand,
    on_paper::{Came, OnPaperCommand, Way},
    paper::{PaperKind, Volume},
    parties::PartiesCommand,
    people::{Actor, Post},
    procedure::ProcedureCommand,
    review::{CorrectionItem, ReviewCommand},
    scheduling::{SchedulingCommand, SimpleMeans},
    service::{Channel, Means, ServiceCommand, Try},
};

use crate::{
    cast::{person, staff},
    court::{Court, file_of},
    example::{account, example, exhibit, input, party},
    steps::{MET, closing, ruling},
    stories::{
        ex1_private_lending as ex1, ex2_sale_contract as ex2, ex3_divorce as ex3, ex4_traffic_accident as ex4,
        ex6_property_service as ex6,
    },
};

/// The tale of a file that is kept in the archive.
pub const KEPT: &str = "a loan, kept in the archive";

/// Every tale with its name.
pub fn all() -> Vec<(&'static str, Court)> {
    vec![
        ("a loan, to the archive and lent", loan_to_archive()),
        (KEPT, kept_in_the_archive()),
        ("a sale, appealed and returned", sale_to_return()),
        ("a divorce, mediated", divorce()),
        ("an accident, put off and judged by default", accident()),
        ("a mediation extended by consent, and over", mediation_over()),
        ("a small claim, final at once", small_claim()),
        ("papers corrected, a suit withdrawn", corrected_and_withdrawn()),
        ("papers never corrected", turned_away()),
        ("a suit for another organ", redirected()),
        ("a suit laid before a judge, who accepts it", accepted()),
        ("a stay, a change of procedure, another panel", stayed_and_converted()),
        ("an unpaid fee", unpaid()),
        ("a defendant nobody finds", announced()),
        ("papers that came back after they had gone", brought_back()),
        ("papers handled in staging and in the file", papers()),
        ("papers put in order in staging", crate::staging::arranged()),
        ("a copy made that hides something", crate::redaction::told()),
        ("papers shared with an appraiser", crate::sharing::told()),
        ("papers annotated by a panel", crate::annotation::annotated()),
        ("one of many like cases, its draft applied and taken out", crate::stories::series::told()),
        ("a case before the adjudication committee", crate::stories::committee::told()),
        ("a judgment put right, made anew, a notice revoked", crate::stories::correcting::told()),
        ("a supervised case, commented on and read along", crate::stories::supervision::told()),
        ("papers taken at the counter", crate::stories::counter::taken()),
        ("parties, agents and consents", people()),
        ("fees deferred, reduced, refused", aided()),
    ]
}

impl Court {
    /// Carries a command out that the tale needs.
    fn does(&mut self, who: &Actor, command: impl Into<CaseCommand>) {
        self.act(who, command).expect("the tale goes on");
    }
}

fn loan_to_archive() -> Court {
    let mut court = ex1::told_to_effect();
    let archivist = staff(Post::Archivist);
    court.refund();
    court.does(&court.clerk(), ArchiveCommand::Submit);
    court.does(&archivist, ArchiveCommand::Return { marks: vec!["第3页模糊".to_owned()] });
    court.does(&court.clerk(), ArchiveCommand::Submit);
    court.does(&archivist, ArchiveCommand::Accept { retention: RetentionClass::Short });
    let lend = ArchiveCommand::Lend { to: person(1), purpose: "再审审查".to_owned(), days: 3 };
    court.does(&archivist, lend);
    court.does(&archivist, ArchiveCommand::EndLoan { to: person(1) });
    court
}

fn kept_in_the_archive() -> Court {
    let mut court = ex1::told_to_effect();
    let archivist = staff(Post::Archivist);
    court.refund();
    court.archive();
    let visit = Visit {
        name: "言必信".to_owned(),
        unit: Some("演示律师事务所".to_owned()),
        paper: "律师执业证13706202010000001、所函〔2026〕1号".to_owned(),
        purpose: "代理执行".to_owned(),
        copied: vec![court.case().final_paper().expect("a judgment").id],
    };
    court.does(&archivist, ArchiveCommand::GrantAccess { visit });
    let reason = "有查考价值".to_owned();
    court.does(&archivist, ArchiveCommand::Reclassify { retention: RetentionClass::Long, reason });
    let retrial = CaseId(uuid::Uuid::from_u128(0xca5f));
    court.does(&archivist, ArchiveCommand::Link { case: retrial, reason: "再审".to_owned() });
    let file = file_of("执行和解协议");
    court.approve(Matter::SupplementArchive { kind: PaperKind::Other, title: "执行和解协议".to_owned(), file });
    court.approve(Matter::EraseMaterial { material: exhibit(1) });
    let document = *court.case().drafts.keys().next().expect("a judgment");
    court.approve(Matter::CorrectArchived { document });
    let material = court.case().last_paper(PaperKind::FeeNotice).expect("a notice").id;
    court.approve(Matter::RevokePaper { material });
    court.does(&archivist, ArchiveCommand::Lend { to: person(1), purpose: "再审审查".to_owned(), days: 3 });
    let until_on = court.today().saturating_add(jiff::Span::new().days(4));
    let ask =
        |purpose: &str| ArchiveCommand::AskBorrowing { purpose: purpose.to_owned(), until_on, volume: Volume::Main };
    let by = |actor: &Actor| actor.person().expect("a person");
    court.does(&account(0), ask("申请执行"));
    court.does(&archivist, ArchiveCommand::GrantBorrowing { by: by(&account(0)) });
    court.does(&account(1), ask("看看"));
    let reason = "用途不明，请写明".to_owned();
    court.does(&archivist, ArchiveCommand::RefuseBorrowing { by: by(&account(1)), reason });
    court.does(&archivist, ArchiveCommand::Test);
    let later = court.today().saturating_add(jiff::Span::new().days(5));
    court.on(&later.to_string());
    court
}

fn sale_to_return() -> Court {
    let (mut court, told) = ex2::appealed();
    court.on("2026-05-22");
    court.serve_online(0);
    court.on("2026-06-10");
    court.does(&court.clerk(), AppealCommand::Transfer);
    court.on("2026-07-28");
    let result = told.text("appeal.second_result").to_owned();
    let back = AppealCommand::EnterReturn { result, effective_on: told.day("effective_date") };
    court.does(&court.clerk(), back);
    court.archive();
    court
}

fn divorce() -> Court {
    let (mut court, told) = ex3::heard();
    let judge = court.judge();
    court.does(&account(1), MediationCommand::Ask { party: party(1) });
    court.does(&judge, MediationCommand::Open);
    court.does(&account(0), MediationCommand::Confide { party: party(0), words: "抚养费可以少要".to_owned() });
    court.does(&account(0), MediationCommand::Release { confidence: 0, party: party(0) });
    let refused = MediationCommand::Answer { offer: 0, party: party(1), accepts: false, words: String::new() };
    court.does(&account(1), refused);
    court.does(&account(1), MediationCommand::Counter { offer: 0, by: party(1), terms: "共同抚养".to_owned() });
    court.does(&judge, MediationCommand::Fail { reason: "差距较大".to_owned() });
    court.does(&judge, MediationCommand::Open);
    let agreement = ex3::agreement(&told, false);
    court.does(&judge, MediationCommand::Agree { agreement });
    ex3::sign(&mut court, 0);
    ex3::sign(&mut court, 1);
    court.issue_statement();
    court.serve_directly(0);
    let service = court.send(1, Channel::Electronic);
    court.arrive(service);
    court.does(&account(1), ServiceCommand::Open { service });
    court.does(&account(1), ServiceCommand::SignFor { service });
    court.archive();
    court
}

fn accident() -> Court {
    let (mut court, _) = ex4::pretrial();
    let clerk = court.clerk();
    let first = court.schedule("2026-06-10", Mode::InPerson);
    court.does(&clerk, SchedulingCommand::Adjourn { hearing: first, reason: "需要补充证据".to_owned() });
    let hearing = court.schedule("2026-06-17", Mode::InPerson);
    let told = SchedulingCommand::Notify {
        hearing,
        party: party(2),
        means: SimpleMeans::Telephone,
        words: "6月10日致电，告知6月17日9时开庭".to_owned(),
    };
    court.does(&clerk, told);
    court.does(&account(2), SchedulingCommand::ConfirmNotice { hearing, party: party(2) });
    for place in 0..3 {
        court.serve_online(place);
    }
    court.on("2026-06-17");
    hear_and_correct(&mut court, hearing);
    let correction =
        TranscriptCorrection { name: "法务甲".to_owned(), wish: "更正标准".to_owned(), granted: true };
    court.does(&clerk, HearingCommand::NoteCorrection { hearing, correction });
    let told = example(4);
    court.judge_as(&told, true);
    for place in 0..3 {
        court.serve_online(place);
    }
    court.on("2026-07-20");
    court
}

/// All agree to go on talking for ten days more, and come to nothing.
fn mediation_over() -> Court {
    let (mut court, _) = ex4::pretrial();
    court.does(&court.judge(), MediationCommand::Open);
    let offer = MediationCommand::Offer { by: Some(party(0)), terms: "赔偿十九万元".to_owned() };
    court.does(&account(0), offer);
    let last_on = court.case().mediation_until().expect("it goes on");
    let until_on = last_on.checked_add(jiff::Span::new().days(10)).expect("a day");
    court.does(&account(1), MediationCommand::ProposeExtension { by: Some(party(1)), until_on });
    for place in [0, 2] {
        court.does(&account(place), MediationCommand::AgreeToExtension { party: party(place), until_on });
    }
    court.on(&until_on.tomorrow().expect("a day").to_string());
    court
}

/// Somebody comes late, the record is typed on, a wish for a correction is asked and answered, all sign.
fn hear_and_correct(court: &mut Court, hearing: HearingId) {
    let (judge, clerk) = (court.judge(), court.clerk());
    court.open(hearing, &[0]).expect("it opens");
    let late = Attendee { name: "保险公司员工".to_owned(), person: None, manner: Manner::OnSite };
    let appearance = Appearance::of(party(2), vec![late]);
    court.does(&clerk, HearingCommand::NoteAttendance { hearing, appearance });
    court.does(&judge, HearingCommand::EnterPart { hearing, part: HearingPart::Investigation });
    for text in ["审判员：现在开庭。", "审判员：现在开庭。\n原告：左转。"] {
        let based_on = Some(court.case().hearings[&hearing].transcript_sha256());
        court.does(&clerk, HearingCommand::SaveTranscript { hearing, text: text.to_owned(), based_on });
    }
    court.does(&clerk, closing(hearing));
    court.does(&account(0), HearingCommand::AskCorrection { hearing, wish: "应为右转".to_owned() });
    let answer =
        HearingCommand::AnswerCorrection { hearing, no: 1, granted: false, words: "录音为左转".to_owned() };
    court.does(&clerk, answer);
    court.does(&account(0), HearingCommand::RefuseToSign { hearing, reason: "记录有误".to_owned() });
    for place in [0, 2] {
        court.sign_transcript(hearing, place);
    }
}

fn small_claim() -> Court {
    let (mut court, told) = ex6::heard();
    court.judge_as(&told, true);
    court.serve_online(0);
    court.serve_online(1);
    court.archive();
    court
}

fn defect() -> ReviewCommand {
    let item = CorrectionItem { field: "claims".to_owned(), what: "写明计算方式".to_owned() };
    ReviewCommand::RequestCorrection { items: vec![item] }
}

fn corrected_and_withdrawn() -> Court {
    let (mut court, told) = Court::submitted(2, "2026-01-08");
    let clerk = staff(Post::FilingClerk);
    court.does(&clerk, ReviewCommand::Take);
    court.does(&clerk, defect());
    let application = Box::new(told.application());
    court.does(&account(0), ReviewCommand::Correct { application });
    court.file(Procedure::Ordinary).expect("filed");
    court.pay();
    let hearing = court.schedule("2026-02-10", Mode::InPerson);
    let ask = ClosingCommand::AskWithdrawal { party: party(0), reason: "和解".to_owned() };
    court.does(&account(0), ask);
    let document = court.put_forward(PaperKind::WithdrawalRuling, ruling());
    court.does(&court.judge(), DraftingCommand::Return { document, reason: "费用写错".to_owned() });
    court.does(&court.judge(), DraftingCommand::PutForward { document });
    court.issue(document);
    court.pronounce(document, false);
    assert!(court.case().hearings.contains_key(&hearing));
    court.serve_online(0);
    court.serve_directly(1);
    court.refund();
    court
}

fn turned_away() -> Court {
    let (mut court, _) = Court::submitted(1, "2026-02-27");
    let clerk = staff(Post::FilingClerk);
    court.does(&clerk, defect());
    court.on("2026-03-20");
    court.does(&clerk, ReviewCommand::Return { reason: "逾期未补正".to_owned() });
    court.does(&clerk, ReviewCommand::NotAccept { reason: "坚持起诉".to_owned() });
    court
}

fn redirected() -> Court {
    let (mut court, _) = Court::submitted(5, "2026-01-16");
    let to = ReviewCommand::Redirect { to: "仲裁委员会".to_owned(), reason: "应先仲裁".to_owned() };
    court.does(&staff(Post::FilingClerk), to);
    court
}

fn accepted() -> Court {
    let (mut court, _) = Court::submitted(1, "2026-02-27");
    let reason = "不属于人民法院受理民事诉讼的范围".to_owned();
    court.does(&staff(Post::FilingClerk), ReviewCommand::NotAccept { reason });
    court.on("2026-03-02");
    let accept = ReviewCommand::Accept {
        procedure: Procedure::Summary,
        conditions: MET,
        reason: "属于平等主体之间的借款纠纷，四项起诉条件都具备".to_owned(),
    };
    court.does(&court.judge(), accept);
    court.pay();
    court
}

fn stayed_and_converted() -> Court {
    let (mut court, told) = ex6::pretrial();
    let judge = court.judge();
    court.approve(Matter::Stay { ground: "等待另案结果".to_owned() });
    court.on("2026-04-20");
    court.does(&judge, ProcedureCommand::Resume);
    court.does(&judge, ProcedureCommand::ConvertDown { reason: "案情复杂".to_owned() });
    court.approve(Matter::ChangeProcedure { to: Procedure::Ordinary });
    court.pay();
    let sole = court.tribunal();
    let other = (1..=4).map(person).find(|judge| *judge != sole.judge);
    let panel = Tribunal { presiding: other, members: vec![person(31)], ..sole };
    let change = AssignmentCommand::Change { tribunal: panel, reason: "转为合议庭".to_owned() };
    court.does(&staff(Post::DivisionHead), change);
    let refused = court.ask(Matter::ExtendTrial { months: 6 });
    court.say(refused, false).expect("the head does not agree");
    let hearing = court.schedule("2026-05-20", Mode::InPerson);
    court.serve_online(0);
    court.serve_online(1);
    court.on("2026-05-20");
    court.hear(hearing, &[0, 1]);
    ex2::deliberate(&mut court);
    court.judge_as(&told, false);
    court.serve_online(0);
    court.serve_online(1);
    court.on("2026-06-20");
    court
}

fn unpaid() -> Court {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.on("2026-03-10");
    let document = court.put_forward(PaperKind::DeemedWithdrawalRuling, ruling());
    court.issue(document);
    court.pronounce(document, false);
    court
}

fn announced() -> Court {
    let (mut court, _) = Court::filed(2, "2026-01-08");
    court.pay();
    let posted = court.send(1, Channel::Postal);
    let tracking = "1091234567890".to_owned();
    court.does(&court.clerk(), ServiceCommand::RecordTracking { service: posted, tracking });
    let tried = Try {
        to: party(1),
        service: Some(posted),
        means: Means::Telephone,
        at_address: "13800000000".to_owned(),
        at: xiezhi_domain::moment::instant(court.today(), 8, 0),
        reached: false,
        outcome: "无人接听".to_owned(),
        noted: None,
    };
    court.does(&court.clerk(), ServiceCommand::RecordTry { tried });
    let failure = ServiceCommand::RecordFailure { service: posted, reason: "查无此人".to_owned() };
    court.does(&court.clerk(), failure);
    let announced = court.send(1, Channel::Announcement);
    court.publish(announced);
    court.on("2026-04-20");
    court
}

fn brought_back() -> Court {
    let (mut court, told) = Court::filed(1, "2026-02-27");
    court.link(1, &told);
    let service = court.send(1, Channel::Electronic);
    court.arrive(service);
    let at = xiezhi_domain::moment::instant(court.today(), 8, 0);
    let outcome = "退信：5.1.1 no such user".to_owned();
    court.does(&Actor::System, ServiceCommand::ReportBounce { service, means: Means::Mail, at, outcome });
    for (arrived, reason) in [(true, "电话核实本人已经收到"), (false, "接电话的不是本人，邮箱已经停用")]
    {
        court.does(&court.clerk(), ServiceCommand::Find { service, arrived, reason: reason.to_owned() });
    }
    court
}

fn papers() -> Court {
    let (mut court, told) = Court::filed(1, "2026-02-27");
    court.link(1, &told);
    let clerk = court.clerk();
    for (place, name) in [(50, "付息记录"), (51, "重复扫描")] {
        let submit = MaterialCommand::Submit {
            material: exhibit(place),
            kind: PaperKind::Other,
            title: name.to_owned(),
            file: file_of(name),
            from: None,
            original: None,
        };
        court.does(&account(1), submit);
    }
    let retitle =
        MaterialCommand::Retitle { material: exhibit(50), kind: PaperKind::Request, title: "申请书".to_owned() };
    court.does(&clerk, retitle);
    court.does(&clerk, MaterialCommand::Discard { material: exhibit(51), reason: "重复".to_owned() });
    let items = vec![input(exhibit(52), "记账本一页")];
    court.does(&account(1), EvidenceCommand::Submit { party: party(1), items, original: None });
    court.enter_all();
    let all: Vec<MaterialId> = vec![exhibit(0), exhibit(52)];
    court.does(&clerk, MaterialCommand::Disclose { materials: all });
    let opinion = Opinion {
        party: party(0),
        authenticity: Attribute::Disputed,
        legality: Attribute::Accepted,
        relevance: Attribute::Accepted,
        reasons: "单方制作".to_owned(),
    };
    court.does(&account(0), EvidenceCommand::GiveOpinion { material: exhibit(52), opinion });
    let judge = court.judge();
    let view =
        EvidenceCommand::Judge { material: exhibit(52), view: CourtView::Rejected, reasons: "无佐证".to_owned() };
    court.does(&judge, view);
    court.does(&judge, EvidenceCommand::FixIssues { issues: vec!["尚欠利息数额".to_owned()] });
    court.approve(Matter::ReplaceMaterial { material: exhibit(0), file: file_of("重新扫描") });
    court.approve(Matter::StrikeMaterial { material: exhibit(50) });
    court
}

fn people() -> Court {
    let (mut court, told) = Court::filed(4, "2026-05-12");
    let guess = PartiesCommand::LinkByCode {
        person: account(1).person().expect("an account"),
        code: "guess".to_owned(),
        verified_by: "face".to_owned(),
    };
    court.does(&account(1), guess);
    court.link(1, &told);
    court.consent(1);
    let withdraw = ConsentCommand::Withdraw { party: party(1), step: Step::Hearing, reason: "设备故障".to_owned() };
    court.does(&account(1), withdraw);
    let asked = ConsentCommand::Record {
        party: party(2),
        steps: vec![Step::Hearing],
        consent: Consent::Asked,
        how: "电话".to_owned(),
    };
    court.does(&court.clerk(), asked);
    let came = Came { way: Way::Phone, on: court.today(), compared_by: person(21) };
    let refused = ConsentCommand::Record {
        party: party(2),
        steps: vec![Step::Mediation],
        consent: Consent::Refused,
        how: "电话".to_owned(),
    };
    court.does(&court.clerk(), OnPaperCommand { came, command: Box::new(refused.into()) });
    court.link(2, &told);
    let parties: Vec<_> = court.case().parties_in_order().cloned().collect();
    let agent = told.told_agents(&parties, xiezhi_domain::party::PartyRole::Defendant).remove(0);
    let (of, name) = (agent.party, agent.name.clone());
    court.does(&account(2), PartiesCommand::AppointAgent { agent });
    court.does(&account(2), PartiesCommand::DismissAgent { party: of, name });
    court.on("2026-05-30");
    court
}

fn aided() -> Court {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    let refused = court.ask(Matter::FeeAid { aid: FeeAid::Waive, remaining: Fen(0) });
    court.say(refused, false).expect("the head does not agree");
    court.approve(Matter::FeeAid { aid: FeeAid::Reduce, remaining: Fen(100_000) });
    court.approve(Matter::FeeAid { aid: FeeAid::Defer, remaining: Fen(0) });
    court.on("2026-04-01");
    court.pay();
    court
}
