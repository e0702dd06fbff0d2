//! Steps of a case in the words of the court, each given as the command people give.

use std::sync::Arc;

use jiff::civil::{Date, Time};
use uuid::Uuid;
use xiezhi_app::AppError;
use xiezhi_domain::{
    archive::ArchiveCommand,
    assignment::Tribunal,
    case::{CaseState, Procedure},
    drafting::{DraftContent, DraftingCommand},
    evidence::{Answer, EvidenceCommand},
    fees::FeeCommand,
    filing::{Application, FilingCommand},
    hearing::{Appearance, HearingCommand, HearingPart, Mode},
    ids::{CaseId, CommandId, DocumentId, HearingId, MaterialId, PersonId, ServiceId},
    issuing::{self, IssuingCommand},
    law::{money::Fen, retention::RetentionClass},
    material::{MaterialCommand, Place},
    paper::PaperKind,
    parties::PartiesCommand,
    people::{Actor, Post},
    pronouncing::PronouncingCommand,
    review::{Conditions, ReviewCommand},
    scheduling::SchedulingCommand,
    service::{Channel, Receipt, ServiceCommand},
    tasks,
};

use crate::{
    cast::{member, staff},
    court::Court,
    example::{Example, account, example, party},
};

/// Every condition of a suit is met.
pub const MET: Conditions = Conditions { interest: true, defendant: true, claims: true, jurisdiction: true };

/// A case before a court.
pub struct Suit {
    pub court: Court,
    pub id: CaseId,
    pub told: Example,
}

/// The application of an example, its exhibits named for this case alone.
pub fn application(told: &Example, number: u128) -> Application {
    let mut application = told.application();
    for (place, input) in (0..).zip(&mut application.evidence) {
        input.material = exhibit(number, place);
    }
    application
}

/// An exhibit of case `number`.
pub fn exhibit(number: u128, place: u128) -> MaterialId {
    MaterialId(Uuid::from_u128(number * 1_000 + 400 + place))
}

/// The case with this number.
pub fn case(number: u128) -> CaseId {
    CaseId(Uuid::from_u128(0xca5e_0000 + number))
}

/// The command that files a case.
pub fn file(procedure: Procedure) -> ReviewCommand {
    ReviewCommand::File { procedure, conditions: MET }
}

/// Submits case `number` as example 1 tells it.
pub async fn submit(court: &mut Court, told: &Example, number: u128) -> Arc<CaseState> {
    let application = application(told, number);
    for input in &application.evidence {
        court.keep(&input.name).await;
    }
    let command = FilingCommand::Submit { application: Box::new(application) };
    court.act(case(number), &account(0), command).await.expect("the application is in order")
}

impl Suit {
    /// Example 1, submitted and filed on one day.
    pub async fn filed(court: Court) -> Self {
        Self::filed_under(court, example(1).procedure()).await
    }

    /// The same under a procedure of one's own.
    pub async fn filed_under(mut court: Court, procedure: Procedure) -> Self {
        let told = example(1);
        court.admit(&told).await;
        submit(&mut court, &told, 0).await;
        let mut suit = Self { court, id: case(0), told };
        suit.does(&staff(Post::FilingClerk), file(procedure)).await;
        suit
    }

    /// Gives a command that is carried out.
    pub async fn does(
        &mut self,
        actor: &Actor,
        command: impl Into<xiezhi_domain::command::CaseCommand>,
    ) -> Arc<CaseState> {
        let command = command.into();
        let said = format!("{command:?}");
        let done: Result<_, AppError> = self.court.act(self.id, actor, command).await;
        done.unwrap_or_else(|fault| panic!("{said}: {fault:?}"))
    }

    /// The case as it stands.
    pub async fn state(&self) -> Arc<CaseState> {
        self.court.app.load(self.id).await.expect("the case is there")
    }

    pub async fn tribunal(&self) -> Tribunal {
        self.state().await.tribunal.clone().expect("a tribunal was drawn")
    }

    pub async fn judge(&self) -> Actor {
        actor(self.tribunal().await.judge)
    }

    pub async fn clerk(&self) -> Actor {
        actor(self.tribunal().await.clerk.expect("the case has a clerk"))
    }

    /// The plaintiff pays what is due.
    pub async fn pay(&mut self) {
        let fees = self.state().await.fees.clone();
        let amount = Fen(fees.due.0 - fees.paid.0);
        let pay = FeeCommand::Pay { amount, channel: "bank".to_owned(), receipt_no: format!("R{}", fees.paid.0) };
        self.does(&account(0), pay).await;
    }

    /// The party links its account and confirms its address.
    pub async fn link(&mut self, place: usize) {
        let who = account(place);
        let person = who.person().expect("an account");
        self.does(&who, PartiesCommand::Link { party: party(place), person, verified_by: "face".to_owned() }).await;
        let address = self.told.address(place);
        self.does(&who, PartiesCommand::ConfirmAddress { address }).await;
    }

    /// The clerk sends everything that waits for the party; what goes electronically is carried at once.
    pub async fn send(&mut self, place: usize, channel: Channel) -> ServiceId {
        let waiting = tasks::to_serve(&*self.state().await).into_iter();
        let materials = waiting.filter(|(_, to)| *to == party(place)).map(|(paper, _)| paper).collect();
        let clerk = self.clerk().await;
        let case = self.does(&clerk, ServiceCommand::Dispatch { materials, to: party(place), channel }).await;
        let service = case.services_in_order().last().expect("a service was dispatched").id;
        if channel == Channel::Electronic {
            self.court.app.run_outbox().await.expect("the outbox runs");
        }
        service
    }

    /// The clerk enters a receipt.
    pub async fn receipt(&mut self, service: ServiceId, on: Date) {
        let clerk = self.clerk().await;
        let receipt = Receipt::signed(on, "本人");
        self.does(&clerk, ServiceCommand::RecordReceipt { service, receipt, shown_by: vec![] }).await;
    }

    /// The party answers; of one without an account the clerk enters what came on paper.
    pub async fn answer(&mut self, place: usize, words: &str) {
        let answer = Answer {
            party: party(place),
            words: words.to_owned(),
            elements: Default::default(),
            counterclaims: vec![],
        };
        let linked = self.state().await.parties[&party(place)].person.is_some();
        let who = if linked { account(place) } else { self.clerk().await };
        self.does(&who, EvidenceCommand::Answer { answer }).await;
    }

    /// The clerk takes everything staged into the file.
    pub async fn enter_all(&mut self) {
        let state = self.state().await;
        let staged = state.materials_in_order().filter(|paper| paper.place == Place::Staged);
        let materials = staged.map(|paper| paper.id).collect();
        let clerk = self.clerk().await;
        self.does(&clerk, MaterialCommand::Enter { materials, rendered: vec![] }).await;
    }

    /// The clerk schedules a hearing at nine.
    pub async fn schedule(&mut self, on: Date) -> HearingId {
        let clerk = self.clerk().await;
        let command = SchedulingCommand::Schedule {
            on,
            from: Time::constant(9, 0, 0, 0),
            to: Time::constant(10, 30, 0, 0),
            mode: Mode::InPerson,
            room: Some("第三法庭".to_owned()),
            open: true,
            closed_because: None,
        };
        let case = self.does(&clerk, command).await;
        case.hearings_in_order().last().expect("a hearing was scheduled").id
    }

    /// The hearing is held with everyone there, and its record is closed.
    pub async fn sit(&mut self, hearing: HearingId) -> Arc<CaseState> {
        let (judge, clerk) = (self.judge().await, self.clerk().await);
        let parties: Vec<_> = self.state().await.parties_in_order().cloned().collect();
        let appearances = parties.iter().map(|party| Appearance::told(party.id, true, "本人")).collect();
        self.does(&judge, HearingCommand::Open { hearing, appearances, late_because: None }).await;
        for part in [HearingPart::Investigation, HearingPart::Debate, HearingPart::FinalStatements] {
            self.does(&judge, HearingCommand::EnterPart { hearing, part }).await;
        }
        let text = "审判长：现在开庭。".to_owned();
        self.does(&clerk, HearingCommand::SaveTranscript { hearing, text, based_on: None }).await;
        self.does(&clerk, HearingCommand::Close { hearing, skipped_because: None }).await
    }

    /// The hearing is held with everyone there, and everyone signs.
    pub async fn hear(&mut self, hearing: HearingId) {
        let case = self.sit(hearing).await;
        let clerk = self.clerk().await;
        let parties: Vec<_> = case.parties_in_order().cloned().collect();
        let transcript_sha256 = case.hearings[&hearing].transcript_sha256();
        for id in case.hearings[&hearing].sat.clone() {
            let sign = HearingCommand::Sign { hearing, transcript_sha256: transcript_sha256.clone(), hand: None };
            self.does(&actor(id), sign).await;
        }
        for party in parties {
            match party.person {
                Some(id) => {
                    let who = Actor::Person { id, post: Post::Party, token: None };
                    let sign =
                        HearingCommand::Sign { hearing, transcript_sha256: transcript_sha256.clone(), hand: None };
                    self.does(&who, sign).await;
                }
                None => {
                    let (name, party) = (party.name, Some(party.id));
                    let noted = HearingCommand::NoteSignature { hearing, name, party, refused_because: None };
                    self.does(&clerk, noted).await;
                }
            }
        }
    }

    /// The judge drafts and puts forward; those who decide sign; the clerk issues it under seal.
    pub async fn issue(&mut self, kind: PaperKind, content: DraftContent) -> DocumentId {
        let document = DocumentId(self.court.fresh());
        let judge = self.judge().await;
        self.does(&judge, DraftingCommand::Save { document, kind, content, based_on: 0 }).await;
        self.issue_draft(document).await;
        document
    }

    /// The draft is put forward, everyone signs who signs it, the clerk issues it under seal.
    pub async fn issue_draft(&mut self, document: DocumentId) {
        let judge = self.judge().await;
        let case = self.does(&judge, DraftingCommand::PutForward { document }).await;
        let draft = &case.drafts[&document];
        let original = draft.original.expect("it was put forward");
        let original_sha256 = case.materials[&original].file.sha256.clone();
        for signer in issuing::signers(&case, draft) {
            let sign = IssuingCommand::Sign { document, original_sha256: original_sha256.clone() };
            self.does(&actor(signer), sign).await;
        }
        let (clerk, command) = (self.clerk().await, CommandId(self.court.fresh()));
        self.court.app.issue(self.id, &clerk, command, document).await.expect("a signed document is issued");
    }

    /// The judge pronounces.
    pub async fn pronounce(&mut self, document: DocumentId) {
        let judge = self.judge().await;
        let record = "到庭当事人：原告、被告。已告知上诉权利、期限和法院。".to_owned();
        self.does(&judge, PronouncingCommand::Pronounce { document, in_court: false, record }).await;
    }

    /// Nothing is missing: the clerk hands the file over and the archivist takes it.
    pub async fn archive(&mut self) -> Arc<CaseState> {
        assert_eq!(xiezhi_domain::archive::missing(&*self.state().await), vec![], "the file is ready");
        let clerk = self.clerk().await;
        self.does(&clerk, ArchiveCommand::Submit).await;
        self.does(&staff(Post::Archivist), ArchiveCommand::Accept { retention: RetentionClass::Short }).await
    }

    /// Finance pays out what is to be refunded.
    pub async fn refund(&mut self) {
        self.does(&staff(Post::Finance), FeeCommand::Refund { receipt_no: "B1".to_owned() }).await;
    }
}

/// The member of staff with this id, acting under their post.
pub fn actor(id: PersonId) -> Actor {
    member(id.0.as_u128())
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
        refund_prepayment: true,
        annex_law: false,
        sums: vec![],
    }
}
