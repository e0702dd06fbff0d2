//! Steps of a story in the words of the court: each is one or a few commands by whoever gives them in life.

use jiff::civil::{Date, Time};
use xiezhi_domain::{
    approval::{ApprovalCommand, Matter},
    archive::ArchiveCommand,
    assignment::Tribunal,
    case::Procedure,
    consent::{Consent, ConsentCommand, Step},
    drafting::{DraftContent, DraftingCommand},
    event::CaseEvent,
    evidence::{Answer, EvidenceCommand},
    fees::FeeCommand,
    filing::FilingCommand,
    hearing::{Appearance, HearingCommand, HearingPart, Mode},
    ids::{ApprovalId, DocumentId, HearingId, MaterialId, PersonId, ServiceId},
    issuing::{self, IssuingCommand},
    law::{money::Fen, retention::RetentionClass},
    material::{MaterialCommand, Place},
    moment::instant,
    paper::PaperKind,
    parties::PartiesCommand,
    people::{Actor, Post},
    periods::PeriodKind,
    pronouncing::PronouncingCommand,
    register::{Register, RegisterEvent},
    review::{Conditions, ReviewCommand, number_register},
    scheduling::{SchedulingCommand, SchedulingEvent},
    service::{Channel, Means, Publication, Receipt, ServiceCommand, ServiceEvent},
    tasks,
};

use super::{
    cast::{member, staff},
    court::{Court, day, file_of},
    example::{Example, account, example, party},
};

/// Every condition of a suit is met.
pub const MET: Conditions = Conditions { interest: true, defendant: true, claims: true, jurisdiction: true };

/// Everyone of the cast of an example may be named in a hearing; this many parties at most.
const PLACES: std::ops::Range<usize> = 0..4;

impl Court {
    /// The application of example `number`, submitted on `on` by the plaintiff.
    pub fn submitted(number: usize, on: &str) -> (Court, Example) {
        let told = example(number);
        let mut court = Court::on_day(on);
        told.register(&mut court.people);
        let application = Box::new(told.application());
        court.act(&account(0), FilingCommand::Submit { application }).expect("the application is in order");
        (court, told)
    }

    /// Example `number`, filed on its own day under its own number.
    pub fn filed(number: usize, submitted_on: &str) -> (Court, Example) {
        let (mut court, told) = Court::submitted(number, submitted_on);
        court.on(told.text("filed_date"));
        court.count_up_to(&told);
        court.file(told.procedure()).expect("the case is filed");
        (court, told)
    }

    /// Other cases took the serials before this one's.
    pub fn count_up_to(&mut self, told: &Example) {
        let digits: String = told.text("case_no").chars().rev().skip(1).take_while(char::is_ascii_digit).collect();
        let serial: u32 = digits.chars().rev().collect::<String>().parse().expect("a number ends in its serial");
        let register = number_register(self.today().year());
        self.enter(register, &RegisterEvent::NumberAllocated { case: self.id, serial: serial - 1 });
    }

    /// The last serial given this year.
    pub fn last_serial(&self) -> u32 {
        self.registers.0.get(&number_register(self.today().year())).map_or(0, |register| register.last_serial)
    }

    /// The filing clerk files the case.
    pub fn file(&mut self, procedure: Procedure) -> Result<Vec<CaseEvent>, xiezhi_domain::Refusal> {
        self.act(&staff(Post::FilingClerk), ReviewCommand::File { procedure, conditions: MET })
    }

    /// The tribunal.
    pub fn tribunal(&self) -> Tribunal {
        self.case().tribunal.clone().expect("a tribunal was drawn")
    }

    /// The judge in charge.
    pub fn judge(&self) -> Actor {
        actor(self.tribunal().judge)
    }

    /// The clerk of the case.
    pub fn clerk(&self) -> Actor {
        actor(self.tribunal().clerk.expect("the case has a clerk"))
    }

    /// The plaintiff pays what is due.
    pub fn pay(&mut self) {
        let amount = Fen(self.case().fees.due.0 - self.case().fees.paid.0);
        let receipt_no = format!("R{}", self.log.len());
        let pay = FeeCommand::Pay { amount, channel: "bank".to_owned(), receipt_no };
        self.act(&account(0), pay).expect("the amount due is taken");
    }

    /// The party links its account and confirms its address as told.
    pub fn link(&mut self, place: usize, told: &Example) {
        let who = account(place);
        let person = who.person().expect("an account");
        let link = PartiesCommand::Link { party: party(place), person, verified_by: "face".to_owned() };
        self.act(&who, link).expect("the party is who it says");
        self.act(&who, PartiesCommand::ConfirmAddress { address: told.address(place) }).expect("the address is whole");
    }

    /// The party agrees to on-line hearings.
    pub fn consent(&mut self, place: usize) {
        let agreed = ConsentCommand::Record {
            party: party(place),
            steps: vec![Step::Hearing],
            consent: Consent::Agreed,
            how: "platform".to_owned(),
        };
        self.act(&account(place), agreed).expect("a party speaks for itself");
    }

    /// The clerk sends everything that waits for the party.
    pub fn send(&mut self, place: usize, channel: Channel) -> ServiceId {
        let waiting: Vec<MaterialId> = tasks::to_serve(self.case())
            .into_iter()
            .filter(|(_, to)| *to == party(place))
            .map(|(paper, _)| paper)
            .collect();
        self.send_papers(waiting, place, channel)
    }

    /// The clerk sends these papers.
    pub fn send_papers(&mut self, materials: Vec<MaterialId>, place: usize, channel: Channel) -> ServiceId {
        let dispatch = ServiceCommand::Dispatch { materials, to: party(place), channel };
        let events = self.act(&self.clerk(), dispatch).expect("the papers leave");
        let sent = events.iter().find_map(|event| match event {
            CaseEvent::Service(ServiceEvent::Dispatched { service, .. }) => Some(*service),
            _ => None,
        });
        sent.expect("a dispatch names its service")
    }

    /// The system tells that the message arrived today.
    pub fn arrive(&mut self, service: ServiceId) {
        let at = instant(self.today(), 15, 20);
        self.act(&Actor::System, delivery(service, at, true)).expect("it arrived");
    }

    /// The clerk enters a receipt.
    pub fn receipt(&mut self, service: ServiceId, on: Date) {
        let receipt = Receipt::signed(on, "本人");
        let receipt = ServiceCommand::RecordReceipt { service, receipt, shown_by: vec![] };
        self.act(&self.clerk(), receipt).expect("the receipt is taken");
    }

    /// The clerk enters that an announcement was published today.
    pub fn publish(&mut self, service: ServiceId) {
        let publication = Publication { medium: "人民法院报".to_owned(), on: self.today() };
        self.act(&self.clerk(), ServiceCommand::RecordPublication { service, publication }).expect("it was published");
    }

    /// Sends what waits and has it arrive the same day.
    pub fn serve_online(&mut self, place: usize) {
        let service = self.send(place, Channel::Electronic);
        self.arrive(service);
    }

    /// Sends what waits and hands it over the same day.
    pub fn serve_directly(&mut self, place: usize) {
        let service = self.send(place, Channel::Direct);
        self.receipt(service, self.today());
    }

    /// The party answers.
    pub fn answer(&mut self, place: usize, words: &str) {
        let answer = Answer {
            party: party(place),
            words: words.to_owned(),
            elements: Default::default(),
            counterclaims: vec![],
        };
        self.act(&account(place), EvidenceCommand::Answer { answer }).expect("an answer is taken");
    }

    /// The clerk takes everything staged into the file.
    pub fn enter_all(&mut self) {
        let staged: Vec<MaterialId> = self
            .case()
            .materials_in_order()
            .filter(|paper| paper.place == Place::Staged)
            .map(|paper| paper.id)
            .collect();
        self.act(&self.clerk(), MaterialCommand::Enter { materials: staged, rendered: vec![] })
            .expect("staged papers enter the file");
    }

    /// The clerk schedules a hearing from nine to half past ten.
    pub fn schedule(&mut self, on: &str, mode: Mode) -> HearingId {
        let command = scheduling(on, mode);
        let events = self.act(&self.clerk(), command).expect("the hearing is scheduled");
        hearing_in(&events)
    }

    /// Opens the hearing with these parties present.
    pub fn open(&mut self, hearing: HearingId, present: &[usize]) -> Result<Vec<CaseEvent>, xiezhi_domain::Refusal> {
        let appearances = self.appearances(present);
        self.act(&self.judge(), HearingCommand::Open { hearing, appearances, late_because: None })
    }

    /// Who came.
    pub fn appearances(&self, present: &[usize]) -> Vec<Appearance> {
        let places = PLACES.filter(|place| self.case().parties.contains_key(&party(*place)));
        places.map(|place| Appearance::told(party(place), present.contains(&place), "本人")).collect()
    }

    /// Writes the transcript and closes the hearing; everyone who came signs.
    pub fn hear(&mut self, hearing: HearingId, present: &[usize]) {
        self.open(hearing, present).expect("the hearing opens");
        for part in [HearingPart::Investigation, HearingPart::Debate, HearingPart::FinalStatements] {
            self.act(&self.judge(), HearingCommand::EnterPart { hearing, part }).expect("the hearing goes on");
        }
        let text = "审判长：现在开庭。".to_owned();
        self.act(&self.clerk(), HearingCommand::SaveTranscript { hearing, text, based_on: None })
            .expect("the transcript is saved");
        self.act(&self.clerk(), HearingCommand::Close { hearing, skipped_because: None }).expect("the hearing closes");
        for place in present {
            self.sign_transcript(hearing, *place);
        }
        self.sign_for_court(hearing);
    }

    /// Those who decide sign the transcript, and the clerk.
    pub fn sign_for_court(&mut self, hearing: HearingId) {
        let transcript_sha256 = self.case().hearings[&hearing].transcript_sha256();
        for id in self.case().hearings[&hearing].sat.clone() {
            let sign = HearingCommand::Sign { hearing, transcript_sha256: transcript_sha256.clone(), hand: None };
            self.act(&actor(id), sign).expect("the court signs");
        }
    }

    /// The party signs, on line if it has an account here, else on paper.
    pub fn sign_transcript(&mut self, hearing: HearingId, place: usize) {
        let transcript_sha256 = self.case().hearings[&hearing].transcript_sha256();
        let linked = self.case().parties[&party(place)].person.is_some();
        if linked {
            self.act(&account(place), HearingCommand::Sign { hearing, transcript_sha256, hand: None })
                .expect("a party signs");
            return;
        }
        let name = self.case().parties[&party(place)].name.clone();
        let noted = HearingCommand::NoteSignature { hearing, name, party: Some(party(place)), refused_because: None };
        self.act(&self.clerk(), noted).expect("a signature on paper is noted");
    }

    /// Saves a draft and puts it forward.
    pub fn put_forward(&mut self, kind: PaperKind, content: DraftContent) -> DocumentId {
        let document = DocumentId(self.fresh());
        let judge = self.judge();
        self.act(&judge, DraftingCommand::Save { document, kind, content, based_on: 0 }).expect("a draft is saved");
        self.act(&judge, DraftingCommand::PutForward { document }).expect("the draft is whole");
        document
    }

    /// Hash of the original put forward.
    pub fn original_of(&self, document: DocumentId) -> String {
        let original = self.case().drafts[&document].original.expect("it was put forward");
        self.case().materials[&original].file.sha256.clone()
    }

    /// Everyone who decides signs, then the clerk, and the document is issued under seal.
    pub fn issue(&mut self, document: DocumentId) -> MaterialId {
        let original_sha256 = self.original_of(document);
        for signer in issuing::signers(self.case(), &self.case().drafts[&document]) {
            let sign = IssuingCommand::Sign { document, original_sha256: original_sha256.clone() };
            self.act(&actor(signer), sign).expect("who signs it signs");
        }
        let material = MaterialId(self.fresh());
        let file = file_of("sealed");
        let issue = IssuingCommand::Issue { document, material, file, original_sha256 };
        self.act(&self.clerk(), issue).expect("a signed document is issued");
        material
    }

    /// The statement upon the agreement is put forward, signed by judges and clerk, and issued under seal.
    pub fn issue_statement(&mut self) -> MaterialId {
        let document = self.case().mediation.statement.expect("all have signed the agreement");
        self.act(&self.judge(), DraftingCommand::PutForward { document }).expect("the statement is whole");
        self.issue(document)
    }

    /// Pronounces the document: the case is closed.
    pub fn pronounce(&mut self, document: DocumentId, in_court: bool) {
        let record = "到庭当事人：原告、被告。已告知上诉权利、期限和法院。".to_owned();
        let pronounce = PronouncingCommand::Pronounce { document, in_court, record };
        self.act(&self.judge(), pronounce).expect("an issued document is pronounced");
    }

    /// Drafts, signs, seals and pronounces the judgment of the example.
    pub fn judge_as(&mut self, told: &Example, in_court: bool) -> MaterialId {
        let document = self.put_forward(PaperKind::Judgment, content(told));
        let paper = self.issue(document);
        self.pronounce(document, in_court);
        paper
    }

    /// Asks for approval as the judge in charge.
    pub fn ask(&mut self, request: Matter) -> ApprovalId {
        let ask = ApprovalCommand::Ask { request, reason: "案件需要".to_owned() };
        self.act(&self.judge(), ask).expect("the request is in order");
        let last = self.case().approvals.values().find(|approval| approval.next().is_some());
        last.expect("the request is pending").id
    }

    /// The next in the chain says yes or no.
    pub fn say(&mut self, approval: ApprovalId, grant: bool) -> Result<Vec<CaseEvent>, xiezhi_domain::Refusal> {
        let known = &self.case().approvals[&approval];
        let post = known.next().expect("the request is pending");
        let seen_words = known.words.len();
        let who = if post == Post::Judge { self.judge() } else { staff(post) };
        self.act(&who, ApprovalCommand::Answer { approval, grant, opinion: "意见".to_owned(), seen_words })
    }

    /// Asks, and everyone in the chain agrees.
    pub fn approve(&mut self, request: Matter) -> ApprovalId {
        let approval = self.ask(request);
        while self.case().approvals[&approval].next().is_some() {
            self.say(approval, true).expect("the chain agrees");
        }
        approval
    }

    /// Nothing is missing: the clerk hands the file over and the archivist takes it.
    pub fn archive(&mut self) {
        let missing = xiezhi_domain::archive::missing(self.case());
        assert_eq!(missing, vec![], "the file is ready for the archive");
        self.act(&self.clerk(), ArchiveCommand::Submit).expect("the file is handed over");
        let accept = ArchiveCommand::Accept { retention: RetentionClass::Short };
        self.act(&staff(Post::Archivist), accept).expect("the file is taken");
    }

    /// Finance pays out what is to be refunded.
    pub fn refund(&mut self) {
        let receipt_no = format!("B{}", self.log.len());
        self.act(&staff(Post::Finance), FeeCommand::Refund { receipt_no }).expect("a refund is paid out");
    }

    /// Last day of a party's period of this kind.
    pub fn last_day(&self, kind: PeriodKind, place: usize) -> Date {
        self.case().period(kind, Some(party(place))).expect("the period began").last_on
    }

    /// Last day of a period of the case as a whole.
    pub fn due(&self, kind: PeriodKind) -> Date {
        self.case().period(kind, None).expect("the period began").last_on
    }

    /// The register of the day's bookings.
    pub fn bookings(&self, on: &str) -> usize {
        self.register(&Register::Calendar { day: day(on) }).bookings.len()
    }
}

/// The member of staff with this id, acting under their post.
pub fn actor(id: PersonId) -> Actor {
    member(id.0.as_u128())
}

/// A time of day.
pub fn at(hour: i8, minute: i8) -> Time {
    Time::constant(hour, minute, 0, 0)
}

/// The command that schedules a hearing from nine to half past ten.
pub fn scheduling(on: &str, mode: Mode) -> SchedulingCommand {
    SchedulingCommand::Schedule {
        on: day(on),
        from: at(9, 0),
        to: at(10, 30),
        mode,
        room: (mode != Mode::Online).then(|| "第三法庭".to_owned()),
        open: true,
        closed_because: None,
    }
}

/// The command that closes a hearing of which some part was not gone through.
pub fn closing(hearing: HearingId) -> HearingCommand {
    HearingCommand::Close { hearing, skipped_because: Some("事实清楚，调查、辩论合并进行".to_owned()) }
}

/// The hearing scheduled by these events.
pub fn hearing_in(events: &[CaseEvent]) -> HearingId {
    let found = events.iter().find_map(|event| match event {
        CaseEvent::Scheduling(SchedulingEvent::Scheduled { hearing, .. }) => Some(*hearing),
        _ => None,
    });
    found.expect("a hearing was scheduled")
}

/// What the judge of the example wrote.
pub fn content(told: &Example) -> DraftContent {
    let list = |path: &str| -> Vec<String> {
        let values = path.split('.').fold(&told.0, |value, key| &value[key]).as_array().cloned().unwrap_or_default();
        values.iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect()
    };
    DraftContent {
        found_facts: told.text("found_facts").to_owned(),
        reasoning: told.text("reasoning").to_owned(),
        legal_basis: list("legal_basis"),
        orders: list("outcome.orders"),
        costs: told.text("outcome.cost").to_owned(),
        refund_prepayment: false,
        annex_law: false,
        sums: vec![],
    }
}

/// A ruling with nothing but what a ruling needs.
pub fn ruling() -> DraftContent {
    DraftContent {
        reasoning: "符合法律规定".to_owned(),
        legal_basis: vec!["《中华人民共和国民事诉讼法》第一百四十八条".to_owned()],
        orders: vec!["准许原告撤回起诉。".to_owned()],
        costs: "案件受理费由原告负担。".to_owned(),
        ..DraftContent::default()
    }
}

/// What the platform reports of papers it sent.
pub fn delivery(service: ServiceId, at: jiff::Timestamp, reached: bool) -> ServiceCommand {
    ServiceCommand::ReportDelivery {
        service,
        means: Means::Platform,
        at,
        reached,
        outcome: "已送入诉讼平台".to_owned(),
    }
}
