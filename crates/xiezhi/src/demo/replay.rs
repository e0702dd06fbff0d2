//! A case lived again through the commands that people use (重放), on the days it is told.

use std::sync::Arc;

use anyhow::{Context, bail};
use jiff::civil::{Date, Time};
use xiezhi_app::{App, AppError, moment::DemonstrationClock};
use xiezhi_documents::structure::{Block, Document, Layout};
use xiezhi_domain::{
    appeal::AppealCommand,
    approval::{ApprovalCommand, Matter},
    archive::ArchiveCommand,
    assignment::{AssignmentCommand, Tribunal},
    case::CaseState,
    command::CaseCommand,
    consent::{Consent, ConsentCommand, Step},
    deliberation::{DeliberationCommand, Position, Question},
    drafting::DraftingCommand,
    evidence::{Answer, Attribute, CourtView, EvidenceCommand, Opinion},
    fees::FeeCommand,
    filing::{EvidenceInput, FilingCommand},
    hearing::{Appearance, HearingCommand, HearingPart, Mode},
    ids::{CaseId, CommandId, DocumentId, HearingId, MaterialId},
    issuing::{self, IssuingCommand},
    law::{money::Fen, retention::RetentionClass},
    material::{FileRef, MaterialCommand, Place},
    mediation::{Agreement, MediationCommand},
    moment::instant,
    paper::PaperKind,
    parties::PartiesCommand,
    people::{Actor, Post},
    pronouncing::PronouncingCommand,
    review::{Conditions, CorrectionItem, ReviewCommand},
    scheduling::SchedulingCommand,
    service::{Channel, Receipt, ServiceCommand, ServiceStatus},
    stage::Stage,
    tasks,
};

use super::{example::Example, people};

/// A case being lived again.
pub struct Replay<'a> {
    app: &'a App,
    clock: &'a Arc<DemonstrationClock>,
    /// What is told of it.
    pub told: Example,
    /// The case.
    pub case: CaseId,
    step: u32,
    today: Date,
    present: Date,
}

impl<'a> Replay<'a> {
    /// A case that nobody submitted yet; its life ends before the `present` day.
    pub fn new(app: &'a App, clock: &'a Arc<DemonstrationClock>, told: Example, present: Date) -> Self {
        let case = told.case();
        Self { app, clock, told, case, step: 0, today: present, present }
    }

    /// It becomes `day`, half past nine; what the clock and the outbox owe is done first. False if that day
    /// is yet to come: then nothing of it has happened.
    pub async fn on(&mut self, day: Date) -> anyhow::Result<bool> {
        if day >= self.present {
            return Ok(false);
        }
        self.today = day;
        self.clock.set(Some(instant(day, 9, 30)));
        self.app.keep_draw_keys(day).await?;
        self.app.run_clock(day).await?;
        self.app.run_outbox().await?;
        Ok(true)
    }

    /// The case as it stands.
    pub async fn state(&self) -> anyhow::Result<Arc<CaseState>> {
        Ok(self.app.load(self.case).await?)
    }

    /// Gives a command.
    pub async fn act(&mut self, actor: &Actor, command: impl Into<CaseCommand>) -> anyhow::Result<Arc<CaseState>> {
        self.step += 1;
        let command = command.into();
        let id = CommandId(people::named(&format!("{} step {}", self.told.name, self.step)));
        let said = format!("{}, step {}: {:?}", self.told.name, self.step, command.act());
        match self.app.decide(self.case, actor, id, command).await {
            Ok(decided) => Ok(decided.case),
            Err(AppError::Refused(refusal)) => bail!("{said}: {refusal:?}"),
            Err(fault) => Err(fault).context(said),
        }
    }

    fn account(&self, place: usize) -> Actor {
        Actor::Person { id: self.told.account(place).id, post: Post::Party, token: None }
    }

    fn defendants(&self) -> Vec<usize> {
        (0..self.told.parties()).filter(|place| !self.told.is_plaintiff(*place)).collect()
    }

    /// Prints an item of evidence as a simple paper, so that there is something to read.
    async fn exhibit(&self, input: EvidenceInput) -> anyhow::Result<EvidenceInput> {
        let mut paper = Document::new("evidence", Layout::Notice, "", &input.name);
        paper.watermark = Some("演示".to_owned());
        paper.blocks = vec![
            Block::text(format!("证据种类：{}", input.kind)),
            Block::text(format!("提交人：{}", input.source)),
            Block::text(format!("证明目的：{}", input.purpose)),
            Block::text("本页是演示法庭为示例案件制作的证据样张，内容均为虚构。"),
        ];
        paper.blocks.extend((1..=self.told.exhibit_lines).map(|line| Block::text(format!("演示正文第{line}行。"))));
        let printed = self.app.ports().press.print(&paper)?;
        let name = format!("{}.pdf", input.name);
        let file: FileRef = self.app.keep(printed.pdf, "application/pdf", name, printed.pages).await?;
        Ok(EvidenceInput { file, ..input })
    }

    /// The plaintiff submits the application.
    pub async fn submit(&mut self) -> anyhow::Result<()> {
        let mut evidence = vec![];
        for (input, _) in self.told.evidence(true) {
            evidence.push(self.exhibit(input).await?);
        }
        let application = Box::new(self.told.application(evidence));
        let filer = self.account(0);
        self.act(&filer, FilingCommand::Submit { application }).await?;
        Ok(())
    }

    /// The filing clerk files the case; where the example names another judge than the one drawn, the
    /// division head assigns that one, with this reason on record.
    pub async fn file(&mut self) -> anyhow::Result<()> {
        let procedure = self.told.procedure();
        let conditions = Conditions { interest: true, defendant: true, claims: true, jurisdiction: true };
        let case = self.act(&people::on(Post::FilingClerk), ReviewCommand::File { procedure, conditions }).await?;
        let wanted = self.tribunal();
        if case.tribunal.as_ref() != Some(&wanted) {
            let reason = "演示案例，按示例中的审判组织指定".to_owned();
            self.act(&people::on(Post::DivisionHead), AssignmentCommand::Change { tribunal: wanted, reason }).await?;
        }
        Ok(())
    }

    fn tribunal(&self) -> Tribunal {
        let named = |path: &str| people::id_of(self.told.text(path));
        let members: Vec<_> = self
            .told
            .texts("tribunal.members")
            .iter()
            .map(|name| people::id_of(name.trim_start_matches("人民陪审员").trim()))
            .collect();
        Tribunal {
            judge: named("tribunal.judge"),
            presiding: (!members.is_empty()).then(|| named("tribunal.presiding_judge")),
            members,
            assistant: Some(named("tribunal.judge_assistant")),
            clerk: Some(named("tribunal.clerk")),
        }
    }

    fn judge(&self) -> Actor {
        people::member(self.tribunal().judge)
    }

    fn clerk(&self) -> Actor {
        people::member(self.tribunal().clerk.expect("an example names its clerk"))
    }

    /// The plaintiff pays by the bank.
    pub async fn pay(&mut self) -> anyhow::Result<()> {
        let case = self.state().await?;
        let amount = Fen(case.fees.due.0 - case.fees.paid.0);
        let receipt_no = format!("演示{}", &self.case.to_string()[..8]);
        self.act(&Actor::System, FeeCommand::Pay { amount, channel: "bank".to_owned(), receipt_no }).await?;
        Ok(())
    }

    /// Defendants who take papers on line link the case, confirm their address and agree to on-line steps.
    pub async fn link(&mut self) -> anyhow::Result<()> {
        for place in self.defendants().into_iter().filter(|place| self.told.is_online(*place)).collect::<Vec<_>>() {
            let who = self.account(place);
            let (party, person) = (self.told.party(place), self.told.account(place).id);
            self.act(&who, PartiesCommand::Link { party, person, verified_by: "演示身份".to_owned() }).await?;
            self.act(&who, PartiesCommand::ConfirmAddress { address: self.told.address(place) }).await?;
            let agreed = ConsentCommand::Record {
                party,
                steps: Step::ALL.to_vec(),
                consent: Consent::Agreed,
                how: "platform".to_owned(),
            };
            self.act(&who, agreed).await?;
        }
        for agent in self.told.agents(false) {
            let place = (0..self.told.parties()).find(|place| self.told.party(*place) == agent.party).unwrap_or(0);
            if self.told.is_online(place) {
                self.act(&self.account(place), PartiesCommand::AppointAgent { agent }).await?;
            }
        }
        Ok(())
    }

    /// The clerk sends everything that waits; on line it arrives at once, on paper it is received today.
    pub async fn serve_all(&mut self) -> anyhow::Result<()> {
        for place in 0..self.told.parties() {
            let party = self.told.party(place);
            let case = self.state().await?;
            let waiting = tasks::to_serve(&case).into_iter().filter(|(_, to)| *to == party);
            let materials: Vec<MaterialId> = waiting.map(|(paper, _)| paper).collect();
            if materials.is_empty() {
                continue;
            }
            let online = case.address(party).is_some_and(|address| address.electronic);
            let channel = if online { Channel::Electronic } else { Channel::Postal };
            self.act(&self.clerk(), ServiceCommand::Dispatch { materials, to: party, channel }).await?;
            self.app.run_outbox().await?;
            self.receive(party, place).await?;
        }
        Ok(())
    }

    /// The clerk sends somebody to the door of the first defendant: a visit that waits for the service agent.
    pub async fn send_by_hand(&mut self) -> anyhow::Result<()> {
        let case = self.state().await?;
        let place = self.defendants().into_iter().next().context("an example has a defendant")?;
        let party = self.told.party(place);
        let waiting = tasks::to_serve(&case).into_iter().filter(|(_, to)| *to == party);
        let materials: Vec<MaterialId> = waiting.map(|(paper, _)| paper).collect();
        self.act(&self.clerk(), ServiceCommand::Dispatch { materials, to: party, channel: Channel::Direct }).await?;
        Ok(())
    }

    async fn receive(&mut self, party: xiezhi_domain::ids::PartyId, place: usize) -> anyhow::Result<()> {
        let case = self.state().await?;
        let on_its_way = case
            .services_in_order()
            .filter(|service| service.to == party && service.status == ServiceStatus::Dispatched)
            .map(|service| service.id);
        for service in on_its_way.collect::<Vec<_>>() {
            let receipt = Receipt::signed(self.today, "本人");
            let receipt = ServiceCommand::RecordReceipt { service, receipt, shown_by: vec![] };
            self.act(&self.clerk(), receipt).await.with_context(|| format!("the papers of party {place}"))?;
        }
        Ok(())
    }

    /// Defendants answer and hand in evidence; the clerk takes it into the file and discloses it; the other
    /// side gives its opinion.
    pub async fn answer(&mut self) -> anyhow::Result<()> {
        let answering: Vec<usize> =
            self.defendants().into_iter().filter(|place| self.told.answer(*place).is_some()).collect();
        for place in &answering {
            let words = self.told.answer(*place).unwrap_or_default();
            let party = self.told.party(*place);
            let who = if self.told.is_online(*place) { self.account(*place) } else { self.clerk() };
            let answer = Answer { party, words, elements: Default::default(), counterclaims: vec![] };
            self.act(&who, EvidenceCommand::Answer { answer }).await?;
        }
        if let Some(place) = answering.first().copied().filter(|place| self.told.is_online(*place)) {
            let mut items = vec![];
            for (input, _) in self.told.evidence(false) {
                items.push(self.exhibit(input).await?);
            }
            if !items.is_empty() {
                let submit = EvidenceCommand::Submit { party: self.told.party(place), items, original: None };
                self.act(&self.account(place), submit).await?;
            }
        }
        Ok(())
    }

    /// The clerk takes what is staged into the file and discloses the evidence; defendants give opinions.
    pub async fn exchange(&mut self) -> anyhow::Result<()> {
        let case = self.state().await?;
        let staged: Vec<MaterialId> =
            case.materials_in_order().filter(|paper| paper.place == Place::Staged).map(|paper| paper.id).collect();
        if !staged.is_empty() {
            self.act(&self.clerk(), MaterialCommand::Enter { materials: staged.clone(), rendered: vec![] }).await?;
            self.act(&self.clerk(), MaterialCommand::Disclose { materials: staged }).await?;
        }
        let issues = self.told.texts("issues");
        if !issues.is_empty() {
            self.act(&self.judge(), EvidenceCommand::FixIssues { issues }).await?;
        }
        let Some(place) = self.defendants().into_iter().find(|place| self.told.is_online(*place)) else {
            return Ok(());
        };
        for (input, opinion) in self.told.evidence(true) {
            let disputed = !opinion.contains("无异议") && !opinion.is_empty();
            let word = if disputed { Attribute::Disputed } else { Attribute::Accepted };
            let opinion = Opinion {
                party: self.told.party(place),
                authenticity: Attribute::Accepted,
                legality: Attribute::Accepted,
                relevance: word,
                reasons: if opinion.is_empty() { "无异议".to_owned() } else { opinion },
            };
            let give = EvidenceCommand::GiveOpinion { material: input.material, opinion };
            self.act(&self.account(place), give).await?;
        }
        Ok(())
    }

    /// The clerk schedules the hearing: in the examples' courtroom, or on line where they say so.
    pub async fn schedule(&mut self, on: Date, from: i8) -> anyhow::Result<HearingId> {
        let room = self.told.text("hearing.place");
        let rooms = &self.app.ports().settings.courtrooms;
        let room = rooms.iter().find(|known| known.as_str() == room).or(rooms.first()).cloned();
        let open = self.told.text("cause") != "离婚纠纷";
        let command = SchedulingCommand::Schedule {
            on,
            from: Time::constant(from, 0, 0, 0),
            to: Time::constant(from + 1, 25, 0, 0),
            mode: Mode::InPerson,
            room,
            open,
            closed_because: (!open).then(|| "涉及个人隐私，当事人申请不公开审理".to_owned()),
        };
        let case = self.act(&self.clerk(), command).await?;
        Ok(case.last_hearing().context("a hearing was scheduled")?.id)
    }

    /// The hearing is held with everyone present; everyone signs.
    pub async fn hear(&mut self) -> anyhow::Result<()> {
        let case = self.state().await?;
        let hearing = case.last_hearing().context("a hearing was scheduled")?.id;
        let appearances = case.parties_in_order().map(|party| Appearance::told(party.id, true, &party.name)).collect();
        self.act(&self.judge(), HearingCommand::Open { hearing, appearances, late_because: None }).await?;
        for part in [HearingPart::Investigation, HearingPart::Debate, HearingPart::FinalStatements] {
            self.act(&self.judge(), HearingCommand::EnterPart { hearing, part }).await?;
        }
        let text = self.told.transcript();
        self.act(&self.clerk(), HearingCommand::SaveTranscript { hearing, text, based_on: None }).await?;
        let case = self.act(&self.clerk(), HearingCommand::Close { hearing, skipped_because: None }).await?;
        let transcript_sha256 = case.hearings[&hearing].transcript_sha256();
        for place in 0..self.told.parties() {
            let party = self.told.party(place);
            if case.parties[&party].person.is_some() {
                let sign = HearingCommand::Sign { hearing, transcript_sha256: transcript_sha256.clone(), hand: None };
                self.act(&self.account(place), sign).await?;
            } else {
                let name = case.parties[&party].name.clone();
                let noted = HearingCommand::NoteSignature { hearing, name, party: Some(party), refused_because: None };
                self.act(&self.clerk(), noted).await?;
            }
        }
        for id in case.hearings[&hearing].sat.clone() {
            let sign = HearingCommand::Sign { hearing, transcript_sha256: transcript_sha256.clone(), hand: None };
            self.act(&people::member(id), sign).await?;
        }
        Ok(())
    }

    /// The presiding judge opens the deliberation.
    pub async fn open_deliberation(&mut self) -> anyhow::Result<()> {
        let questions = self
            .told
            .texts("issues")
            .into_iter()
            .map(|text| Question { text, proposal: "按承办人汇报的意见处理".to_owned(), opinions: vec![] })
            .collect();
        self.act(&self.judge(), DeliberationCommand::Open { questions }).await?;
        Ok(())
    }

    /// Everyone speaks in turn; the last member but one dissents on the last question.
    pub async fn deliberate(&mut self) -> anyhow::Result<()> {
        self.open_deliberation().await?;
        let case = self.state().await?;
        let order = case.deliberation.round.order.clone();
        let count = case.deliberation.round.questions.len();
        for question in 0..count {
            for (turn, member) in order.iter().enumerate() {
                let dissents = question + 1 == count && turn == 0;
                let (position, reasons) = match dissents {
                    true => (Position::Against, "认为应当按更低的标准调整。"),
                    false => (Position::For, "同意承办人意见，事实清楚，于法有据。"),
                };
                let opinion = DeliberationCommand::GiveOpinion { question, position, reasons: reasons.to_owned() };
                self.act(&people::member(*member), opinion).await?;
            }
        }
        let conclusion = "按多数意见制作判决书，少数意见记录在卷。".to_owned();
        self.act(&self.judge(), DeliberationCommand::Conclude { conclusion }).await?;
        for member in order {
            self.act(&people::member(member), DeliberationCommand::Sign).await?;
        }
        Ok(())
    }

    /// The presiding judge asks that the adjudication committee discuss what the panel was of two minds about.
    pub async fn ask_for_committee(&mut self) -> anyhow::Result<()> {
        let case = self.state().await?;
        let doubted = case.deliberation.round.questions.last().context("the panel put a question")?;
        let proposal = "合议庭多数意见：按承办人汇报的意见处理；少数意见：应当按更低的标准调整。".to_owned();
        let questions = vec![Question { text: doubted.text.clone(), proposal, opinions: vec![] }];
        let request = Matter::SubmitCommittee { questions };
        let reason = "合议庭意见有分歧，同类案件的裁判标准需要统一。".to_owned();
        self.act(&self.judge(), ApprovalCommand::Ask { request, reason }).await?;
        Ok(())
    }

    /// The judge gives the court's view of each item of evidence in the case.
    async fn judge_evidence(&mut self) -> anyhow::Result<()> {
        let case = self.state().await?;
        let views = [self.told.court_views(true), self.told.court_views(false)].concat();
        for (material, told) in views {
            if told.is_empty() || !case.evidence.iter().any(|item| item.material == material) {
                continue;
            }
            let view = match told.as_str() {
                text if text.starts_with("不予采信") => CourtView::Rejected,
                text if text.starts_with("部分") => CourtView::PartlyAdmitted,
                _ => CourtView::Admitted,
            };
            let reasons = told.split_once('：').map(|(_, reasons)| reasons.to_owned()).unwrap_or_default();
            self.act(&self.judge(), EvidenceCommand::Judge { material, view, reasons }).await?;
        }
        Ok(())
    }

    /// The judge saves a draft.
    pub async fn draft(&mut self) -> anyhow::Result<DocumentId> {
        self.judge_evidence().await?;
        let document = DocumentId(people::named(&format!("{} judgment", self.told.name)));
        let content = self.told.content();
        let save = DraftingCommand::Save { document, kind: PaperKind::Judgment, content, based_on: 0 };
        self.act(&self.judge(), save).await?;
        Ok(document)
    }

    /// The draft is put forward, signed by all who decide, sealed, and pronounced.
    pub async fn judge_case(&mut self) -> anyhow::Result<()> {
        let document = self.draft().await?;
        self.issue(document).await?;
        let record = "到庭当事人听取宣判，已告知上诉权利、上诉期限和上诉法院。".to_owned();
        self.act(&self.judge(), PronouncingCommand::Pronounce { document, in_court: false, record }).await?;
        Ok(())
    }

    /// The draft is put forward, signed by all who sign it, and sealed.
    async fn issue(&mut self, document: DocumentId) -> anyhow::Result<()> {
        let case = self.act(&self.judge(), DraftingCommand::PutForward { document }).await?;
        let draft = &case.drafts[&document];
        let original = draft.original.context("it was put forward")?;
        let original_sha256 = case.materials[&original].file.sha256.clone();
        for signer in issuing::signers(&case, draft) {
            let sign = IssuingCommand::Sign { document, original_sha256: original_sha256.clone() };
            self.act(&people::member(signer), sign).await?;
        }
        self.step += 1;
        let id = CommandId(people::named(&format!("{} step {}", self.told.name, self.step)));
        self.app.issue(self.case, &self.clerk(), id, document).await.context("the document is issued")?;
        Ok(())
    }

    /// Mediation in court, agreed and signed by everyone; the statement upon it signed and sealed.
    pub async fn mediate(&mut self) -> anyhow::Result<()> {
        self.act(&self.judge(), MediationCommand::Open).await?;
        let agreement = Agreement {
            terms: self.told.texts("outcome.agreement"),
            costs: self.told.text("outcome.cost").to_owned(),
            effective_on_signature: false,
        };
        let agreement_sha256 = agreement.sha256();
        self.act(&self.judge(), MediationCommand::Agree { agreement }).await?;
        for place in 0..self.told.parties() {
            let sign = MediationCommand::Sign {
                party: self.told.party(place),
                agreement_sha256: agreement_sha256.clone(),
                hand: None,
            };
            self.act(&self.account(place), sign).await?;
        }
        let statement = self.state().await?.mediation.statement.context("all have signed")?;
        self.issue(statement).await
    }

    /// Parties sign for what they were served on line.
    pub async fn sign_for_all(&mut self) -> anyhow::Result<()> {
        for place in 0..self.told.parties() {
            let party = self.told.party(place);
            let case = self.state().await?;
            let waiting = case
                .services_in_order()
                .filter(|service| service.to == party && service.arrived_at.is_some() && service.signed_at.is_none())
                .map(|service| service.id);
            for service in waiting.collect::<Vec<_>>() {
                self.act(&self.account(place), ServiceCommand::SignFor { service }).await?;
            }
        }
        Ok(())
    }

    /// The clerk asks once for what is missing.
    pub async fn ask_for_correction(&mut self) -> anyhow::Result<()> {
        let items = vec![CorrectionItem {
            field: "facts_and_reasons".to_owned(),
            what: "请写明款项交付的时间、方式和经过，并附交付凭证".to_owned(),
        }];
        self.act(&people::on(Post::FilingClerk), ReviewCommand::RequestCorrection { items }).await?;
        Ok(())
    }

    /// The losing side appeals; the other side gets the petition; the file goes up on `sent_on`.
    pub async fn appeal(&mut self, sent_on: Date) -> anyhow::Result<()> {
        let day = |told: &Example, path: &str| {
            told.text(path).parse::<Date>().with_context(|| format!("{} tells no day of {path}", told.name))
        };
        let place = self.defendants().into_iter().next().context("an example has a defendant")?;
        if !self.on(day(&self.told, "appeal.petition_received")?).await? {
            return Ok(());
        }
        let petition = self.told.texts("appeal.claims").join("；");
        let appeal = AppealCommand::File { party: self.told.party(place), petition, came_on: None };
        self.act(&self.account(place), appeal).await?;
        if !self.on(day(&self.told, "appeal.copy_served")?).await? {
            return Ok(());
        }
        self.serve_all().await?;
        if !self.on(sent_on).await? {
            return Ok(());
        }
        self.act(&self.clerk(), AppealCommand::Transfer).await?;
        Ok(())
    }

    /// What is refundable is refunded, and the file handed over.
    pub async fn hand_over(&mut self) -> anyhow::Result<()> {
        let case = self.state().await?;
        if case.fees.refund_due > case.fees.refunded {
            let receipt_no = format!("退{}", &self.case.to_string()[..8]);
            self.act(&people::on(Post::Finance), FeeCommand::Refund { receipt_no }).await?;
        }
        let case = self.state().await?;
        let missing = xiezhi_domain::archive::missing(&case);
        if case.stage != Stage::Effective || !missing.is_empty() {
            bail!("{} is not ready for the archive: {missing:?}", self.told.name);
        }
        self.act(&self.clerk(), ArchiveCommand::Submit).await?;
        Ok(())
    }

    /// The archive takes the file.
    pub async fn accept(&mut self) -> anyhow::Result<()> {
        self.act(&people::on(Post::Archivist), ArchiveCommand::Accept { retention: RetentionClass::Short }).await?;
        Ok(())
    }
}
