//! Service, scheduling, hearing, mediation.

use xiezhi_domain::{
    consent::{Consent, Step},
    evidence::EvidenceCommand,
    hearing::{Appearance, Attendee, HearingCommand, HearingPart, HearingRefusal, Manner, Mode, TranscriptCorrection},
    ids::{HearingId, ServiceId},
    mediation::{Agreement, MediationCommand, MediationRefusal},
    moment::instant,
    paper::PaperKind,
    party::AddressConfirmation,
    people::{Actor, Post},
    periods::PeriodKind,
    register::{Booking, Register, RegisterEvent},
    scheduling::{SchedulingCommand, SchedulingRefusal, SimpleMeans},
    service::{Channel, Means, Publication, Receipt, ServiceCommand, ServiceRefusal, Taking, Try},
    stage::StageRefusal,
};

use super::{CLOSED, Row, nobody, row};
use crate::{
    cast::staff,
    court::{Court, day},
    example::{account, example, exhibit, party},
    steps::{at, scheduling},
    stories::{
        ex1_private_lending as ex1, ex2_sale_contract as ex2, ex3_divorce as ex3, ex4_traffic_accident as ex4,
        ex6_property_service as ex6,
    },
};

pub fn rows() -> Vec<Row> {
    [dispatch(), outcome(), on_paper(), tried(), scheduling_rows(), hearing(), mediation()]
        .into_iter()
        .flatten()
        .collect()
}

fn send(court: &Court, kind: PaperKind, to: usize, channel: Channel) -> ServiceCommand {
    let paper = court.case().last_paper(kind).expect("the paper is in the file").id;
    ServiceCommand::Dispatch { materials: vec![paper], to: party(to), channel }
}

fn dispatch() -> Vec<Row> {
    use ServiceRefusal::*;
    let (filed, _) = Court::filed(1, "2026-02-27");
    let (ordinary, _) = Court::filed(2, "2026-01-08");
    let clerk = filed.clerk();
    let (mut deliberated, _) = ex2::heard();
    ex2::deliberate(&mut deliberated);
    let (mut agreed, _) = ex3::agreed(false);
    ex3::sign(&mut agreed, 0);
    ex3::sign(&mut agreed, 1);
    agreed.issue_statement();
    let mut nowhere = filed.clone();
    nowhere.bend(|case| case.parties.get_mut(&party(2)).expect("a defendant").address = None);
    // It ticked service among the steps on line, and said no in its confirmation of the address.
    let mut told = filed.clone();
    told.bend(|case| {
        case.consents.insert((party(0), Step::Service), Consent::Chosen);
        let postal = "某路1号".to_owned();
        let phone = "12000000001".to_owned();
        let (electronic, electronic_address, recipient, hand) = (false, None, None, None);
        let of = party(0);
        case.addresses.push(AddressConfirmation {
            party: of,
            postal,
            phone,
            electronic,
            electronic_address,
            recipient,
            hand,
        });
    });
    let plain = |materials, to| ServiceCommand::Dispatch { materials, to, channel: Channel::Postal };
    let complaint = |channel| send(&filed, PaperKind::Complaint, 2, channel);
    let minutes = send(&deliberated, PaperKind::DeliberationMinutes, 1, Channel::Postal);
    let statement = send(&agreed, PaperKind::MediationStatement, 1, Channel::Announcement);
    vec![
        row(&filed, &clerk, plain(vec![], nobody()), UnknownParty),
        row(&filed, &clerk, plain(vec![], party(2)), NothingChosen),
        row(&filed, &clerk, plain(vec![exhibit(0)], party(2)), NotInFile { material: exhibit(0) }),
        row(&deliberated, &clerk, minutes, SecondaryVolume),
        row(&filed, &clerk, complaint(Channel::Electronic), NoConsent),
        row(&told, &clerk, send(&told, PaperKind::Complaint, 0, Channel::Electronic), NoConsent),
        row(&nowhere, &clerk, complaint(Channel::Postal), NoAddress),
        row(&agreed, &clerk, statement, MediationStatementInPerson),
        row(&filed, &clerk, complaint(Channel::Announcement), AnnouncementNeedsOrdinary),
        row(&ordinary, &clerk, send(&ordinary, PaperKind::Complaint, 1, Channel::Announcement), AnnouncementTooEarly),
    ]
}

fn outcome() -> Vec<Row> {
    use ServiceRefusal::*;
    let (mut sent, told) = Court::filed(2, "2026-01-08");
    sent.link(1, &told);
    let online = sent.send(1, Channel::Electronic);
    let mut posted = Court::filed(2, "2026-01-08").0;
    let paper = posted.send(1, Channel::Postal);
    let mut announced = posted.clone();
    let gone = ServiceCommand::RecordFailure { service: paper, reason: "查无此人".to_owned() };
    announced.act(&announced.clerk(), gone).expect("failed");
    let announcement = announced.send(1, Channel::Announcement);
    let mut received = posted.clone();
    received.receipt(paper, day("2026-01-12"));
    let (mut agreed, _) = ex3::agreed(false);
    ex3::sign(&mut agreed, 0);
    ex3::sign(&mut agreed, 1);
    agreed.issue_statement();
    let statement = agreed.send(1, Channel::Direct);
    let clerk = posted.clerk();
    let receipt = |service, on: &str, by: &str| ServiceCommand::RecordReceipt {
        service,
        receipt: Receipt::signed(day(on), by),
        shown_by: vec![],
    };
    let arrival = |service, on: &str| crate::steps::delivery(service, instant(day(on), 9, 0), true);
    let early = ArrivedBeforeDispatch { dispatched_on: day("2026-01-12"), arrived_on: day("2026-01-11") };
    let unknown = ServiceId(uuid::Uuid::nil());
    let silent = ServiceCommand::RecordFailure { service: paper, reason: " ".to_owned() };
    vec![
        row(&sent, &account(1), ServiceCommand::Open { service: unknown }, Unknown),
        row(&posted, &Actor::System, arrival(paper, "2026-01-12"), NotElectronic),
        row(&sent, &clerk, receipt(online, "2026-01-12", "本人"), NotOnPaper),
        row(&posted, &clerk, receipt(paper, "2026-01-11", "本人"), early.clone()),
        row(&sent, &Actor::System, arrival(online, "2026-01-11"), early),
        row(&posted, &clerk, receipt(paper, "2026-01-13", "本人"), InFuture),
        row(&sent, &Actor::System, arrival(online, "2026-01-13"), InFuture),
        row(&announced, &clerk, receipt(announcement, "2026-01-12", "本人"), AnnouncementRunning),
        row(&agreed, &clerk, receipt(statement, "2026-05-11", " "), NoRecipient),
        row(&sent, &account(0), ServiceCommand::SignFor { service: online }, NotAddressee),
        row(&posted, &clerk, silent, NoReason),
        row(&received, &clerk, receipt(paper, "2026-01-11", "本人"), EffectedAlready { on: day("2026-01-12") }),
    ]
}

/// What a receipt lacks or tells wrongly, by the way the papers went.
fn on_paper() -> Vec<Row> {
    use ServiceRefusal::*;
    let sent = |channel| {
        let (mut court, _) = Court::filed(2, "2026-01-08");
        let service = court.send(1, channel);
        (court, service)
    };
    let (direct, handed) = sent(Channel::Direct);
    let (postal, posted) = sent(Channel::Postal);
    let clerk = direct.clerk();
    let enter = |service, name: &str, taking| ServiceCommand::RecordReceipt {
        service,
        receipt: Receipt { on: day("2026-01-12"), name: name.to_owned(), taking, noted: None },
        shown_by: vec![],
    };
    let family = Taking::Family { relation: "父亲".to_owned() };
    let unit = Taking::Unit { post: String::new() };
    let left = Taking::Left { reason: "拒收".to_owned(), witnesses: vec![] };
    let back = || Taking::Returned { reason: "查无此人".to_owned() };
    let name = || "章某".to_owned();
    let other = direct.case().parties[&party(0)].name.clone();
    vec![
        row(&direct, &clerk, enter(handed, "", back()), NotInThisWay),
        row(&direct, &clerk, enter(handed, "", Taking::Addressee), NoName),
        row(&direct, &clerk, enter(handed, "章某", unit), NoRelation),
        row(&direct, &clerk, enter(handed, "章某", family), NotOfThisParty),
        row(&direct, &clerk, enter(handed, "章某", Taking::Agent), NotAnAgent { name: name() }),
        row(&direct, &clerk, enter(handed, "章某", Taking::Nominated), NotNominated { name: name() }),
        row(&direct, &clerk, enter(handed, &other, Taking::Addressee), TakenByOtherSide { name: other.clone() }),
        row(&direct, &clerk, enter(handed, "", left), LeavingNotShown),
        row(&postal, &clerk, enter(posted, "", back()), ReturnedFromUnconfirmed),
    ]
}

/// What is told of tries, consignments and publications.
fn tried() -> Vec<Row> {
    use ServiceRefusal::*;
    let (mut court, _) = Court::filed(2, "2026-01-08");
    let posted = court.send(1, Channel::Postal);
    let clerk = court.clerk();
    let call = |on: &str, outcome: &str| ServiceCommand::RecordTry {
        tried: Try {
            to: party(1),
            service: Some(posted),
            means: Means::Telephone,
            at_address: "13800000001".to_owned(),
            at: instant(day(on), 8, 0),
            reached: false,
            outcome: outcome.to_owned(),
            noted: None,
        },
    };
    let mut by_itself = call("2026-01-12", "已送达");
    if let ServiceCommand::RecordTry { tried } = &mut by_itself {
        tried.means = Means::Platform;
    }
    let number = |service, text: &str| ServiceCommand::RecordTracking { service, tracking: text.to_owned() };
    let published = |service| ServiceCommand::RecordPublication {
        service,
        publication: Publication { medium: "人民法院报".to_owned(), on: day("2026-01-12") },
    };
    let mut announced = court.clone();
    let gone = ServiceCommand::RecordFailure { service: posted, reason: "查无此人".to_owned() };
    announced.act(&clerk, gone).expect("failed");
    let announcement = announced.send(1, Channel::Announcement);
    let mut counted = announced.clone();
    counted.publish(announcement);
    counted.on("2026-02-12");
    let again = ServiceCommand::RecordPublication {
        service: announcement,
        publication: Publication { medium: "法院公告栏".to_owned(), on: day("2026-02-12") },
    };
    let found = |service| ServiceCommand::Find { service, arrived: false, reason: "电话核实".to_owned() };
    let mut sent = Court::filed(1, "2026-02-27").0;
    sent.link(1, &example(1));
    let online = sent.send(1, Channel::Electronic);
    sent.arrive(online);
    let mut read = sent.clone();
    read.act(&account(1), ServiceCommand::Open { service: online }).expect("opened");
    let mut binding = sent.clone();
    binding.bend(|case| case.effective_on = Some(day("2026-03-01")));
    let mut answered = sent.clone();
    answered.answer(1, "不同意原告的请求");
    let mut undone = sent.clone();
    undone.act(&undone.clerk(), found(online)).expect("found");
    vec![
        row(&read, &read.clerk(), found(online), OpenedByParty),
        row(&binding, &binding.clerk(), found(online), InForce),
        row(&undone, &undone.clerk(), found(online), NotServed),
        row(&undone, &account(1), ServiceCommand::SignFor { service: online }, NotServed),
        row(&answered, &answered.clerk(), found(online), Overtaken),
        row(&court, &clerk, call("2026-01-13", "无人接听"), TriedInFuture),
        row(&court, &clerk, call("2026-01-12", " "), NoOutcome),
        row(&court, &clerk, by_itself, NotByHand),
        row(&court, &clerk, number(posted, "12"), TrackingMalformed),
        row(&announced, &clerk, number(announcement, "1091234567890"), NotPosted),
        row(&court, &clerk, published(posted), NotAnnounced),
        row(&counted, &clerk, again, AnnouncedAlready),
    ]
}

/// A court whose defendant was found not to have the complaint.
fn undone() -> Court {
    let mut court = Court::filed(1, "2026-02-27").0;
    court.link(1, &example(1));
    let service = court.send(1, Channel::Electronic);
    court.arrive(service);
    let reason = "电话核实".to_owned();
    court.act(&court.clerk(), ServiceCommand::Find { service, arrived: false, reason }).expect("found");
    court
}

fn scheduling_rows() -> Vec<Row> {
    use SchedulingRefusal::*;
    let (filed, _) = Court::filed(1, "2026-02-27");
    let (ordinary, _) = Court::filed(2, "2026-01-08");
    let (small, _) = ex6::pretrial();
    let (mut online, _) = ex4::pretrial();
    online.consent(1);
    let mut silent = filed.clone();
    silent.bend(|case| case.consents.clear());
    let mut no_tribunal = filed.clone();
    no_tribunal.bend(|case| case.tribunal = None);
    let clerk = filed.clerk();
    let mut scheduled = filed.clone();
    let first = scheduled.schedule("2026-03-27", Mode::InPerson);
    let adjourn = |hearing, reason: &str| SchedulingCommand::Adjourn { hearing, reason: reason.to_owned() };
    let mut again = scheduled.clone();
    again.act(&clerk, adjourn(first, "延期")).expect("once");
    let second = again.schedule("2026-04-10", Mode::InPerson);
    let (from, to) = (at(9, 0), at(10, 0));
    let judge = filed.judge().person().expect("a judge");
    let booked = |room: &str, people| {
        let mut court = filed.clone();
        let booking = Booking {
            hearing: first,
            case: court.id,
            room: Some(room.to_owned()),
            from,
            to,
            people,
            identities: vec![],
        };
        court.enter(Register::Calendar { day: day("2026-03-27") }, &RegisterEvent::Booked { booking });
        court
    };
    let changed = |change: fn(&mut SchedulingCommand)| {
        let mut command = scheduling("2026-03-27", Mode::InPerson);
        change(&mut command);
        command
    };
    let backwards = changed(|command| {
        if let SchedulingCommand::Schedule { to, .. } = command {
            *to = at(8, 0)
        }
    });
    let roomless = changed(|command| {
        if let SchedulingCommand::Schedule { room, .. } = command {
            *room = None
        }
    });
    let elsewhere = changed(|command| {
        if let SchedulingCommand::Schedule { room, .. } = command {
            *room = Some("第九法庭".to_owned());
        }
    });
    let shut = changed(|command| {
        if let SchedulingCommand::Schedule { open, .. } = command {
            *open = false
        }
    });
    let mut asked = small.clone();
    asked.serve_online(0);
    let waive = EvidenceCommand::WaivePeriods { party: party(1) };
    asked.act(&account(1), waive).expect("the defendant waives, the plaintiff does not");
    let asked_until = asked.last_day(PeriodKind::Evidence, 0);
    let in_person = |on: &str| scheduling(on, Mode::InPerson);
    let unknown = HearingId(uuid::Uuid::nil());
    let mut elsewhere_called =
        scheduled.registers.get(&Register::Calendar { day: day("2026-03-27") }).bookings[0].clone();
    (elsewhere_called.people, elsewhere_called.room) = (vec![], None);
    let name = filed.case().parties_in_order().find(|party| party.id_no.is_some()).expect("a number").name.clone();
    let (called_from, called_to) = (elsewhere_called.from, elsewhere_called.to);
    let mut called = filed.clone();
    called.enter(Register::Calendar { day: day("2026-03-27") }, &RegisterEvent::Booked { booking: elsewhere_called });
    let clash = NamedTaken { name, from: called_from, to: called_to };
    let told = |party, words: &str| SchedulingCommand::Notify {
        hearing: first,
        party,
        means: SimpleMeans::Telephone,
        words: words.to_owned(),
    };
    let proof = SchedulingCommand::ProveNotice { hearing: first, party: party(1), words: "录音".to_owned() };
    vec![
        row(&called, &clerk, in_person("2026-03-27"), clash),
        row(&scheduled, &clerk, told(nobody(), "致电"), UnknownParty),
        row(&scheduled, &clerk, told(party(1), " "), NoWords),
        row(&scheduled, &clerk, proof, NotNotified),
        row(&filed, &clerk, in_person("2026-03-01"), InPast),
        row(&filed, &clerk, backwards, EndsBeforeItBegins),
        row(&filed, &clerk, in_person("2026-03-07"), RestDay),
        row(&ordinary, &clerk, in_person("2026-01-14"), NoticeTooShort { earliest_on: day("2026-01-15") }),
        row(&undone(), &clerk, in_person("2026-04-22"), ComplaintNotServed { party: party(1) }),
        row(&small, &clerk, in_person("2026-04-22"), AnswerPeriodRunning { last_on: day("2026-04-27") }),
        row(&asked, &clerk, in_person("2026-04-15"), EvidencePeriodRunning { last_on: asked_until }),
        row(&booked("第三法庭", vec![]), &clerk, in_person("2026-03-27"), RoomTaken { from, to }),
        row(&booked("第一法庭", vec![judge]), &clerk, in_person("2026-03-27"), PersonTaken { person: judge, from, to }),
        row(&filed, &clerk, roomless, NoRoom),
        row(&filed, &clerk, elsewhere, UnknownRoom),
        row(&silent, &clerk, scheduling("2026-03-27", Mode::Online), NobodyConsents),
        row(&online, &clerk, scheduling("2026-06-10", Mode::Online), NotEveryoneConsents { party: party(2) }),
        row(&filed, &clerk, shut, NoReason),
        row(&scheduled, &clerk, in_person("2026-03-30"), ScheduledAlready),
        row(&scheduled, &clerk, adjourn(unknown, "延期"), NotScheduled),
        row(&again, &clerk, adjourn(second, "延期"), TooManyAdjournments),
        row(&no_tribunal, &clerk, in_person("2026-03-27"), NoTribunal),
        row(&ex1::told_to_effect(), &clerk, in_person("2026-05-11"), Stage { fault: CLOSED }),
    ]
}

/// A hearing of example 4 whose summonses are served, with the answer periods still running.
fn early_hearing() -> (Court, HearingId) {
    let (mut court, told) = Court::filed(4, "2026-05-12");
    let hearing = court.schedule("2026-05-28", Mode::InPerson);
    court.on("2026-05-20");
    for place in [1, 2] {
        court.link(place, &told);
        court.serve_online(place);
    }
    court.on("2026-05-28");
    (court, hearing)
}

/// The same where the complaint was found not to have reached defendant 1, who then got the summons by hand.
fn hearing_without_complaint() -> (Court, HearingCommand) {
    let (mut court, hearing) = early_hearing();
    let complaint = court.case().last_paper(PaperKind::Complaint).expect("in the file").id;
    let service = court.case().counting(complaint, party(1)).expect("it was served").id;
    let find = ServiceCommand::Find { service, arrived: false, reason: "电话核实".to_owned() };
    court.act(&court.clerk(), find).expect("found");
    let summons = xiezhi_domain::flow::summons_of(court.case(), hearing, party(1)).expect("a summons");
    let handed = court.send_papers(vec![summons], 1, Channel::Direct);
    court.receipt(handed, day("2026-05-28"));
    let open = HearingCommand::Open { hearing, appearances: court.appearances(&[0, 2]), late_because: None };
    (court, open)
}

/// On the day: a hearing of which the defendant 1 was only called by telephone; one in the courtroom, and the
/// command that says a party is there on line.
fn attendances(scheduled: &Court, hearing: HearingId) -> (Court, Court, HearingCommand) {
    let mut unconfirmed = scheduled.clone();
    let told = SchedulingCommand::Notify {
        hearing,
        party: party(1),
        means: SimpleMeans::Telephone,
        words: "致电告知开庭时间".to_owned(),
    };
    unconfirmed.act(&scheduled.clerk(), told).expect("the call is noted");
    unconfirmed.on("2026-06-10");
    let mut remote = scheduled.clone();
    remote.on("2026-06-10");
    let online = Attendee { name: "某".to_owned(), person: None, manner: Manner::Online };
    let mut appearances = remote.appearances(&[0, 1, 2]);
    appearances[2] = Appearance::of(party(2), vec![online]);
    (unconfirmed, remote, HearingCommand::Open { hearing, appearances, late_because: None })
}

fn hearing() -> Vec<Row> {
    use HearingRefusal::*;
    let (mut scheduled, _) = ex4::pretrial();
    let hearing = scheduled.schedule("2026-06-10", Mode::InPerson);
    let mut today = scheduled.clone();
    today.on("2026-06-10");
    let mut open = today.clone();
    open.open(hearing, &[0, 1, 2]).expect("it opens");
    let mut done = today.clone();
    done.hear(hearing, &[0, 1, 2]);
    let mut stayed = today.clone();
    stayed.approve(xiezhi_domain::approval::Matter::Stay { ground: "不可抗力".to_owned() });
    let (judge, clerk) = (today.judge(), today.clerk());
    let come = |court: &Court, present: &[usize]| HearingCommand::Open {
        hearing,
        appearances: court.appearances(present),
        late_because: None,
    };
    let (early, too_soon) = early_hearing();
    let robbed =
        HearingCommand::Open { hearing: too_soon, appearances: early.appearances(&[0, 2]), late_because: None };
    let (never, without) = hearing_without_complaint();
    let unknown = HearingCommand::Close { hearing: HearingId(uuid::Uuid::nil()), skipped_because: None };
    let part = HearingCommand::EnterPart { hearing, part: HearingPart::Debate };
    let note = |name: &str| HearingCommand::NoteSignature {
        hearing,
        name: name.to_owned(),
        party: Some(party(1)),
        refused_because: None,
    };
    let mut noted = done.clone();
    noted.act(&clerk, note("代理人")).expect("noted");
    let sign = |hash: String| HearingCommand::Sign { hearing, transcript_sha256: hash, hand: None };
    let right = done.case().hearings[&hearing].transcript_sha256();
    let wish = TranscriptCorrection { name: "某".to_owned(), wish: " ".to_owned(), granted: true };
    let rewrite = HearingCommand::SaveTranscript { hearing, text: "改".to_owned(), based_on: None };
    let (unconfirmed, remote, came) = attendances(&scheduled, hearing);
    let away = HearingCommand::NoteAttendance { hearing, appearance: Appearance::told(party(0), false, "") };
    let stranger = HearingCommand::NoteAttendance { hearing, appearance: Appearance::told(nobody(), true, "某") };
    let answer = |no| HearingCommand::AnswerCorrection { hearing, no, granted: true, words: "已改".to_owned() };
    let mut answered = done.clone();
    let ask = HearingCommand::AskCorrection { hearing, wish: "应为左转".to_owned() };
    answered.act(&account(0), ask).expect("it is asked");
    answered.act(&clerk, answer(1)).expect("it is answered");
    let again = HearingCommand::AnswerCorrection { hearing, no: 1, granted: false, words: "不改".to_owned() };
    let mut written = open.clone();
    let text = "审判员：现在开庭。".to_owned();
    written.act(&clerk, HearingCommand::SaveTranscript { hearing, text, based_on: None }).expect("it is written");
    let too_soon_to_sign = sign(written.case().hearings[&hearing].transcript_sha256());
    let mut late = scheduled.clone();
    late.on("2026-06-11");
    let reason = Some("前一日法庭停电".to_owned());
    let absent = HearingCommand::Open { hearing, appearances: late.appearances(&[0, 2]), late_because: reason };
    let all = HearingPart::NEEDED.to_vec();
    let blank = HearingCommand::Close { hearing, skipped_because: Some(" ".to_owned()) };
    vec![
        row(&late, &judge, come(&late, &[0, 1, 2]), DayPassed { on: day("2026-06-10") }),
        row(&late, &judge, absent, AbsentOnAnotherDay { party: party(1) }),
        row(&written, &clerk, blank, PartsSkipped { parts: all }),
        row(&unconfirmed, &judge, come(&unconfirmed, &[0, 2]), NoticeUnconfirmed { party: party(1) }),
        row(&remote, &judge, came, NotOnline { party: party(2) }),
        row(&open, &clerk, away, CameAlready { party: party(0) }),
        row(&open, &clerk, stranger, UnknownParty),
        row(&written, &account(0), too_soon_to_sign, StillOpen),
        row(&done, &clerk, answer(7), UnknownCorrection),
        row(&answered, &clerk, again, CorrectionAnswered),
        row(&today, &clerk, unknown, Unknown),
        row(&scheduled, &judge, come(&scheduled, &[0, 1, 2]), TooEarly),
        row(&today, &judge, part, NotOpen),
        row(&open, &judge, come(&open, &[0, 1, 2]), NotScheduled),
        row(&today, &judge, come(&today, &[]), NobodyCame),
        row(&today, &judge, come(&today, &[0, 1]), SummonsNotProven { party: party(2) }),
        row(&never, &judge, without, ComplaintNotServed { party: party(1) }),
        row(&early, &judge, robbed, AnswerPeriodRunning { party: party(1), last_on: day("2026-06-04") }),
        row(&open, &clerk, HearingCommand::Close { hearing, skipped_because: None }, NoTranscript),
        row(&done, &account(0), sign("0".repeat(64)), TranscriptChanged),
        row(&noted, &clerk, note("代理人"), SignedAlready),
        row(&done, &staff(Post::President), sign(right), NotAParticipant),
        row(&done, &clerk, HearingCommand::NoteCorrection { hearing, correction: wish }, NoWords),
        row(&done, &clerk, rewrite, SignaturesBegun),
        row(&stayed, &judge, come(&stayed, &[0, 1, 2]), Stage { fault: StageRefusal::Stayed }),
    ]
}

fn mediation() -> Vec<Row> {
    use MediationRefusal::*;
    let (agreed, _) = ex3::agreed(true);
    let (filed, _) = Court::filed(1, "2026-02-27");
    let judge = filed.judge();
    let mut open = filed.clone();
    open.act(&judge, MediationCommand::Open).expect("open");
    let mut offered = open.clone();
    let own = MediationCommand::Offer { by: Some(party(0)), terms: "让步".to_owned() };
    offered.act(&account(0), own).expect("an offer");
    let offer = |terms: &str| MediationCommand::Offer { by: None, terms: terms.to_owned() };
    let counter = |offer| MediationCommand::Counter { offer, by: party(0), terms: "再让".to_owned() };
    let confide = MediationCommand::Confide { party: party(0), words: " ".to_owned() };
    let release = MediationCommand::Release { confidence: 0, party: party(0) };
    let sign = |of, hash: &str| MediationCommand::Sign { party: of, agreement_sha256: hash.to_owned(), hand: None };
    let hash = agreed.case().mediation.agreement.as_ref().expect("terms").sha256();
    let last_on = open.case().mediation_until().expect("it goes on");
    let longer = |until_on| MediationCommand::ProposeExtension { by: None, until_on };
    let agree = MediationCommand::AgreeToExtension { party: party(0), until_on: last_on };
    let later = last_on.tomorrow().expect("a day");
    let mut over = open.clone();
    over.bend(|case| case.mediation.agreement = Some(ex3::agreement(&example(3), true)));
    over.on(&later.to_string());
    let stranger = MediationCommand::ProposeExtension { by: Some(nobody()), until_on: later };
    let empty = Agreement { terms: vec![" ".to_owned()], ..ex3::agreement(&example(3), true) };
    vec![
        row(&filed, &judge, offer("让步"), NotOpen),
        row(&open, &judge, MediationCommand::Open, OpenAlready),
        row(&open, &account(0), MediationCommand::Ask { party: party(0) }, OpenAlready),
        row(&open, &judge, offer(" "), NoTerms),
        row(&open, &account(0), confide, NoTerms),
        row(&open, &account(0), release, UnknownOffer),
        row(&open, &account(0), counter(0), UnknownOffer),
        row(&offered, &account(0), counter(0), OwnOffer),
        row(&open, &judge, MediationCommand::Agree { agreement: empty }, NoTerms),
        row(&open, &account(0), sign(party(0), &hash), NoAgreement),
        row(&agreed, &account(0), sign(party(0), "0"), TermsChanged),
        row(&agreed, &account(0), sign(nobody(), &hash), UnknownParty),
        row(&over, &judge, longer(later.tomorrow().expect("a day")), DaysOver),
        row(&open, &judge, longer(last_on), NotLonger { last_on }),
        row(&open, &judge, stranger, UnknownParty),
        row(&open, &account(0), agree, OtherExtension),
        row(&open, &judge, MediationCommand::Fail { reason: " ".to_owned() }, NoReason),
        row(&ex1::told_to_effect(), &judge, MediationCommand::Open, Stage { fault: CLOSED }),
    ]
}
