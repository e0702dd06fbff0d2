//! The six example cases as far as their papers go.

use xiezhi_domain::{
    appeal::AppealCommand,
    approval::Matter,
    archive::ArchiveCommand,
    deliberation::{DeliberationCommand, Position, Question},
    drafting::DraftContent,
    evidence::{Attribute, CourtView, EvidenceCommand, Opinion},
    hearing::Mode,
    law::trial_period::ExclusionKind,
    material::MaterialCommand,
    mediation::{Agreement, MediationCommand},
    paper::PaperKind,
    parties::PartiesCommand,
    party::PartyRole,
    service::Channel,
};

use super::{
    court::{Court, day, file_of},
    example::{Example, account, exhibit, party},
    steps::{actor, content},
};

/// Every example with its name.
pub fn all() -> Vec<(&'static str, Court)> {
    vec![
        ("a loan", loan()),
        ("a sale, appealed", sale()),
        ("a divorce, mediated", divorce(false)),
        ("an accident, one side absent", accident()),
        ("a labour dispute", labour()),
        ("a small claim, pronounced in court", small_claim()),
    ]
}

fn disclose(court: &mut Court) {
    let papers = court.case().evidence.iter().map(|item| item.material).collect();
    court.act(&court.clerk(), MaterialCommand::Disclose { materials: papers }).expect("evidence is exchanged");
}

/// The defendant disputes one item, the judge takes it in part.
fn dispute(court: &mut Court, place: usize) {
    let accepted = Opinion {
        party: party(place),
        authenticity: Attribute::Accepted,
        legality: Attribute::Accepted,
        relevance: Attribute::Accepted,
        reasons: String::new(),
    };
    let disputed =
        Opinion { relevance: Attribute::Disputed, reasons: "与本案借款无关。".to_owned(), ..accepted.clone() };
    for (at, opinion) in [(0, accepted), (1, disputed)] {
        let give = EvidenceCommand::GiveOpinion { material: exhibit(at), opinion };
        court.act(&account(place), give).expect("the other side speaks to the evidence");
    }
    let reasons = "与转账记录相互印证".to_owned();
    let judge = EvidenceCommand::Judge { material: exhibit(1), view: CourtView::PartlyAdmitted, reasons };
    court.act(&court.judge(), judge).expect("the court gives its view");
}

/// A loan: one defendant on line, the other by post; judged, in force, handed to the archive.
pub fn loan() -> Court {
    let (mut court, told) = Court::filed(1, "2026-02-27");
    court.on("2026-03-03");
    court.pay();
    court.on("2026-03-04");
    court.link(1, &told);
    let posted = court.send(2, Channel::Postal);
    court.on("2026-03-06");
    court.serve_online(1);
    court.receipt(posted, day("2026-03-06"));
    court.answer(1, told.text("answer.易欠款"));
    court.answer_on_paper(2, told.text("answer.保连带"));
    court.enter_all();
    disclose(&mut court);
    dispute(&mut court, 1);
    let hearing = court.schedule("2026-03-27", Mode::InPerson);
    court.serve_online(1);
    court.on("2026-03-27");
    court.hear(hearing, &[0, 1, 2]);
    court.on("2026-04-03");
    let words = DraftContent { refund_prepayment: true, ..content(&told) };
    let document = court.put_forward(PaperKind::Judgment, words);
    court.issue(document);
    court.pronounce(document, false);
    court.on("2026-04-10");
    court.serve_online(0);
    court.serve_online(1);
    let posted = court.send(2, Channel::Postal);
    court.on("2026-04-15");
    court.receipt(posted, day("2026-04-15"));
    court.on("2026-05-20");
    court.refund();
    court.act(&court.clerk(), ArchiveCommand::Submit).expect("the file is handed over");
    court
}

impl Court {
    /// The clerk enters an answer that came on paper.
    fn answer_on_paper(&mut self, place: usize, words: &str) {
        let answer = xiezhi_domain::evidence::Answer {
            party: party(place),
            words: words.to_owned(),
            elements: Default::default(),
            counterclaims: vec![],
        };
        self.act(&self.clerk(), EvidenceCommand::Answer { answer }).expect("an answer on paper is taken");
    }
}

/// A sale before a panel, appealed and sent up.
pub fn sale() -> Court {
    let (mut court, told) = Court::filed(2, "2026-01-08");
    court.pay();
    court.on("2026-01-14");
    court.link(1, &told);
    court.serve_online(1);
    let parties: Vec<_> = court.case().parties_in_order().cloned().collect();
    let agent = told.told_agents(&parties, PartyRole::Defendant).remove(0);
    court.act(&account(1), PartiesCommand::AppointAgent { agent }).expect("the defendant appoints an agent");
    court.answer(1, told.text("answer.烟台假想机械有限公司"));
    court.on("2026-04-01");
    court.approve(Matter::ExcludePeriod {
        kind: ExclusionKind::Appraisal,
        from_on: told.day("appraisal.entrusted"),
        to_on: told.day("appraisal.report_received"),
    });
    court.enter_all();
    let hearing = court.schedule("2026-04-21", Mode::InPerson);
    court.serve_online(0);
    court.serve_online(1);
    court.on("2026-04-21");
    court.hear(hearing, &[0, 1]);
    court.on("2026-04-24");
    deliberate(&mut court);
    court.on("2026-04-29");
    court.judge_as(&told, false);
    court.on("2026-05-06");
    court.serve_online(0);
    court.serve_online(1);
    appeal(&mut court, &told);
    court
}

fn deliberate(court: &mut Court) {
    let presiding = actor(court.tribunal().presiding.expect("a panel"));
    let question =
        Question {
            text: "应扣减货款的数额".to_owned(), proposal: "按鉴定意见扣减".to_owned(), opinions: vec![]
        };
    court.act(&presiding, DeliberationCommand::Open { questions: vec![question] }).expect("the panel meets");
    let order = court.case().deliberation.round.order.clone();
    for (place, member) in order.iter().enumerate() {
        let (position, reasons) = match place {
            0 => (Position::Against, "扣减过多"),
            _ => (Position::For, "鉴定意见客观"),
        };
        let opinion = DeliberationCommand::GiveOpinion { question: 0, position, reasons: reasons.to_owned() };
        court.act(&actor(*member), opinion).expect("each speaks in turn");
    }
    let conclusion = "按多数意见扣减".to_owned();
    court.act(&presiding, DeliberationCommand::Conclude { conclusion }).expect("everyone has spoken");
}

fn appeal(court: &mut Court, told: &Example) {
    court.on("2026-05-20");
    let petition = told.text("appeal.claims.0").to_owned();
    let file = AppealCommand::File { party: party(1), petition, came_on: None };
    court.act(&account(1), file).expect("the petition is taken");
    court.on("2026-05-22");
    court.serve_online(0);
    court.on("2026-06-10");
    court.act(&court.clerk(), AppealCommand::Transfer).expect("the file goes up");
}

/// A divorce, mediated after the hearing.
pub fn divorce(effective_on_signature: bool) -> Court {
    let (mut court, told) = Court::filed(3, "2026-04-10");
    court.pay();
    court.on("2026-04-15");
    court.link(1, &told);
    court.serve_online(1);
    court.answer(1, told.text("answer.石不语"));
    court.enter_all();
    let hearing = court.schedule("2026-05-11", Mode::InPerson);
    court.serve_online(0);
    court.serve_online(1);
    court.on("2026-05-11");
    court.hear(hearing, &[0, 1]);
    settle(&mut court, &told, effective_on_signature);
    if !effective_on_signature {
        court.serve_directly(0);
        court.serve_directly(1);
        court.act(&court.clerk(), ArchiveCommand::Submit).expect("the file is handed over");
    }
    court
}

/// Both sides agree on the terms told and sign them.
pub fn settle(court: &mut Court, told: &Example, effective_on_signature: bool) {
    let terms = told.0["outcome"]["agreement"].as_array().expect("terms");
    let agreement = Agreement {
        terms: terms.iter().map(|term| term.as_str().unwrap_or_default().to_owned()).collect(),
        costs: told.text("outcome.cost").to_owned(),
        effective_on_signature,
    };
    let agreement_sha256 = agreement.sha256();
    court.act(&court.judge(), MediationCommand::Open).expect("mediation begins");
    court.act(&court.judge(), MediationCommand::Agree { agreement }).expect("terms are put to both");
    for (place, hand) in [(0, Some(file_of("签名"))), (1, None)] {
        let sign = MediationCommand::Sign { party: party(place), agreement_sha256: agreement_sha256.clone(), hand };
        court.act(&account(place), sign).expect("a party signs");
    }
    court.issue_statement();
}

/// An accident: the driver neither answers nor comes, and is judged by default.
pub fn accident() -> Court {
    let (mut court, told) = Court::filed(4, "2026-05-12");
    court.pay();
    court.on("2026-05-20");
    for place in [1, 2] {
        court.link(place, &told);
        court.serve_online(place);
    }
    court.answer(2, told.text("answer.虚构财产保险股份有限公司烟台中心支公司"));
    court.enter_all();
    let hearing = court.schedule("2026-06-17", Mode::InPerson);
    for place in 0..3 {
        court.serve_online(place);
    }
    court.on("2026-06-17");
    court.hear(hearing, &[0, 2]);
    court.judge_as(&told, true);
    for place in 0..3 {
        court.serve_online(place);
    }
    court
}

/// A labour dispute, judged and served on the spot.
pub fn labour() -> Court {
    let (mut court, told) = Court::filed(5, "2026-01-16");
    court.pay();
    court.on("2026-01-22");
    court.link(1, &told);
    court.serve_online(1);
    court.answer(1, told.text("answer.烟台架空电子有限公司"));
    court.enter_all();
    let hearing = court.schedule("2026-02-09", Mode::InPerson);
    court.serve_online(0);
    court.serve_online(1);
    court.on("2026-02-09");
    court.hear(hearing, &[0, 1]);
    court.on("2026-02-12");
    court.judge_as(&told, false);
    court.serve_directly(0);
    court.serve_online(1);
    court
}

/// A small claim, heard on line and pronounced in court.
pub fn small_claim() -> Court {
    let (mut court, told) = Court::filed(6, "2026-04-03");
    court.pay();
    court.on("2026-04-10");
    court.link(1, &told);
    court.serve_online(1);
    court.consent(1);
    court.enter_all();
    court.answer(1, told.text("answer.业未交"));
    court.act(&account(1), EvidenceCommand::WaivePeriods { party: party(1) }).expect("the defendant waives");
    let hearing = court.schedule("2026-04-22", Mode::Online);
    court.serve_online(0);
    court.serve_online(1);
    court.on("2026-04-22");
    court.hear(hearing, &[0, 1]);
    court.judge_as(&told, true);
    court.serve_online(0);
    court.serve_online(1);
    court
}
