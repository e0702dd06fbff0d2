//! What a decision is given, and what it brings about.

use jiff::civil::Date;

use crate::{
    archive::Occasion,
    event::CaseEvent,
    ids::{DocumentId, HearingId, IdSource, MaterialId, PartyId, ServiceId, ShareId},
    moment::Moment,
    paper::PaperKind,
    people::{Actor, Directory},
    register::{Register, RegisterEvent, Registers},
    rules::Rules,
};

/// Everything a decision may know beside the state of the case.
#[derive(Debug)]
pub struct Context<'a> {
    /// Law data and settings of the court.
    pub rules: &'a Rules,
    /// People of the court.
    pub people: &'a Directory,
    /// Registers the command asked for.
    pub registers: &'a Registers,
    /// Who acts.
    pub actor: &'a Actor,
    /// When.
    pub moment: Moment,
    /// Names for what is brought about.
    pub ids: IdSource,
    /// Day the act came, of an act on paper that is entered later.
    pub came_on: Option<Date>,
}

impl Context<'_> {
    /// The day the act counts from: the day it came on paper, or today.
    pub fn act_on(&self) -> Date {
        self.came_on.unwrap_or(self.moment.today)
    }

    /// The same, for an act that came on `day`. Identifiers go on where they stood.
    pub fn that_came(&self, day: Date) -> Context<'_> {
        Context { came_on: Some(day), ids: self.ids.share(), ..*self }
    }
}

/// What a paper is about: the part of the case it is filled from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The case as a whole.
    Case,
    /// One party.
    Party(PartyId),
    /// A hearing, for one party or for the file.
    Hearing {
        /// The hearing.
        hearing: HearingId,
        /// The party addressed.
        party: Option<PartyId>,
    },
    /// A service.
    Service(ServiceId),
    /// A document of the court.
    Document(DocumentId),
    /// Words given with the act: reasons, items, terms.
    Words {
        /// The party addressed or speaking, if any.
        party: Option<PartyId>,
        /// The words.
        words: String,
    },
}

/// An order to write a paper from the case as it stands after the decision. The shell writes it and adds
/// it to the file in the same act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperOrder {
    /// Identifier the paper will have.
    pub material: MaterialId,
    /// Kind.
    pub kind: PaperKind,
    /// What it is about.
    pub about: About,
}

/// A promise to the outside world, kept by the outbox.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "promise")]
pub enum Promise {
    /// Deliver a served paper to the party's electronic address.
    Deliver {
        /// The service.
        service: ServiceId,
    },
    /// Send somebody outside the court the code of what is shared with them.
    Invite {
        /// The share.
        share: ShareId,
    },
    /// Tell a party by a short text from the fixed list (service_texts.toml).
    Tell {
        /// The party.
        party: PartyId,
        /// Which text.
        text: String,
    },
}

/// What a command brings about: all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Events of the case, in order.
    pub events: Vec<CaseEvent>,
    /// Papers to write.
    pub papers: Vec<PaperOrder>,
    /// Entries in registers.
    pub registers: Vec<(Register, RegisterEvent)>,
    /// Promises.
    pub promises: Vec<Promise>,
    /// The four-property test of the file that is ordered: the shell makes it and adds what came of it.
    pub test: Option<Occasion>,
}

impl Decision {
    /// Nothing: the command had been carried out already.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// One event.
    pub fn of(event: impl Into<CaseEvent>) -> Self {
        Self { events: vec![event.into()], ..Self::default() }
    }

    /// Adds an event.
    pub fn push(&mut self, event: impl Into<CaseEvent>) {
        self.events.push(event.into());
    }

    /// Adds an event, as a chain.
    pub fn with(mut self, event: impl Into<CaseEvent>) -> Self {
        self.push(event);
        self
    }

    /// Orders a four-property test, as a chain.
    pub fn tested(mut self, occasion: Occasion) -> Self {
        self.test = Some(occasion);
        self
    }

    /// Orders a paper about the case; returns its identifier.
    pub fn write(&mut self, ctx: &Context, kind: PaperKind) -> MaterialId {
        self.write_about(ctx, kind, About::Case)
    }

    /// Orders a paper addressed to one party.
    pub fn write_to(&mut self, ctx: &Context, kind: PaperKind, party: PartyId) -> MaterialId {
        self.write_about(ctx, kind, About::Party(party))
    }

    /// Orders a paper about a part of the case.
    pub fn write_about(&mut self, ctx: &Context, kind: PaperKind, about: About) -> MaterialId {
        let material = MaterialId(ctx.ids.next());
        self.papers.push(PaperOrder { material, kind, about });
        material
    }

    /// Orders a paper of the file to be written anew from the case as it then stands: a new version of the
    /// same paper. One that the closing seal covers stays as it is.
    pub fn rewrite(&mut self, paper: &crate::material::Material) {
        let Some(about) = paper.about.clone().filter(|_| !paper.sealed) else { return };
        self.papers.push(PaperOrder { material: paper.id, kind: paper.kind, about });
    }

    /// Adds another decision after this one.
    pub fn extend(&mut self, other: Decision) {
        self.events.extend(other.events);
        self.papers.extend(other.papers);
        self.registers.extend(other.registers);
        self.promises.extend(other.promises);
        self.test = self.test.or(other.test);
    }
}

/// The calendar register of a day.
pub fn calendar_of(day: Date) -> Register {
    Register::Calendar { day }
}
