//! A court in memory: decides commands exactly as the shell does, keeps what was recorded, and lets time
//! pass a day at a time, with the clock at work.

use jiff::civil::Date;
use uuid::Uuid;
use xiezhi_domain::{
    Refusal,
    access::{self, Reader},
    archive::ArchiveEvent,
    case::CaseState,
    clock,
    command::{self, CaseCommand},
    decision::{Context, Decision, PaperOrder, Promise},
    event::CaseEvent,
    filing::{self, FilingCommand},
    flow,
    ids::{CaseId, CommandId, IdSource},
    law::four_properties::{Item, Outcome, Tested},
    material::{FileRef, MaterialEvent},
    moment::{Moment, Recorded, instant},
    people::{Actor, Directory},
    register::{Register, RegisterEvent, RegisterState, Registers},
    rules::{DayKey, Rules},
};

use super::cast;

/// A command that was carried out, with all that is needed to decide it again.
#[derive(Clone, Debug)]
pub struct Carried {
    pub actor: Actor,
    pub id: CommandId,
    pub moment: Moment,
    pub command: CaseCommand,
    /// How many events stood in the log after it.
    pub logged: usize,
    /// The registers after it.
    pub registers: Registers,
}

/// The court with one case before it.
#[derive(Clone, Debug)]
pub struct Court {
    pub rules: Rules,
    pub people: Directory,
    pub registers: Registers,
    pub id: CaseId,
    case: Option<CaseState>,
    today: Date,
    minute: i64,
    made: u128,
    pub log: Vec<(CaseEvent, Recorded)>,
    pub carried: Vec<Carried>,
    pub promises: Vec<Promise>,
}

/// A day, as written in the examples.
pub fn day(text: &str) -> Date {
    text.parse().expect("a day of the story")
}

/// What a four-property test found.
fn tested() -> Vec<Tested> {
    let passed =
        |item: &Item| Tested { property: item.property(), item: *item, outcome: Outcome::Passed, about: vec![] };
    Item::ALL.iter().map(passed).collect()
}

/// Bytes that exist only by their hash.
pub fn file_of(name: &str) -> FileRef {
    use sha2::{Digest, Sha256};
    let sha256 = Sha256::digest(name.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    FileRef {
        sha256,
        size_bytes: 1_024,
        media: "application/pdf".to_owned(),
        name: format!("{name}.pdf"),
        pages: 1,
        spots: vec![],
    }
}

impl Court {
    /// An empty court on `today`.
    pub fn on_day(today: &str) -> Self {
        let mut court = Self {
            rules: Rules::demonstration(),
            people: cast::directory(),
            registers: Registers::default(),
            id: CaseId(Uuid::from_u128(0xca5e)),
            case: None,
            today: day(today),
            minute: 0,
            made: 0x1000,
            log: vec![],
            carried: vec![],
            promises: vec![],
        };
        court.fix_draw_key();
        court
    }

    /// Today.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The case before the court.
    pub fn case(&self) -> &CaseState {
        self.case.as_ref().expect("a case was submitted")
    }

    /// A fresh identifier.
    pub fn fresh(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made)
    }

    /// Lets time pass to `until`, the clock acting each morning.
    pub fn on(&mut self, until: &str) {
        let until = day(until);
        assert!(until >= self.today, "time runs forward: {} to {until}", self.today);
        while self.today < until {
            self.jump(self.today.tomorrow().expect("within the calendar"));
            self.tick();
        }
    }

    /// Lets time pass with the clock standing still: an outage.
    pub fn jump(&mut self, to: Date) {
        self.today = to;
        self.minute = 0;
        self.fix_draw_key();
    }

    /// Carries out what is due, the earliest last day first, until nothing is.
    pub fn tick(&mut self) {
        while let Some(rule) = self.due_now() {
            let logged = self.log.len();
            self.act(&Actor::Clock, CaseCommand::Clock(rule)).expect("the clock is never refused");
            assert!(self.log.len() > logged, "a rule that is due brings something about: {rule:?}");
        }
    }

    fn due_now(&self) -> Option<clock::ClockRule> {
        let case = self.case.as_ref()?;
        let over = clock::due(case).into_iter().filter(|(_, last_on)| *last_on < self.today);
        over.min_by_key(|(rule, last_on)| (*last_on, *rule)).map(|(rule, _)| rule)
    }

    fn fix_draw_key(&mut self) {
        let day = self.today;
        self.rules.draw_key = Some(DayKey { day, key: [day.day().unsigned_abs(); 32] });
    }

    /// The moment of the next act: minutes pass between acts.
    pub fn moment(&mut self) -> Moment {
        self.minute += 1;
        let at = instant(self.today, 8, 0).saturating_add(jiff::Span::new().minutes(self.minute));
        Moment::of(at.expect("minutes only"))
    }

    /// The court as it stood after one of the commands it carried out.
    pub fn after(&self, step: usize) -> Court {
        let carried = &self.carried[step];
        let mut court = self.clone();
        court.log.truncate(carried.logged);
        court.case = CaseState::fold(self.id, court.log.iter().map(|(event, recorded)| (event, *recorded)));
        court.registers = carried.registers.clone();
        court.carried.truncate(step + 1);
        court.jump(carried.moment.today);
        court
    }

    /// Carries a command out, or tells why not. Nothing changes when it is refused.
    pub fn act(&mut self, actor: &Actor, command: impl Into<CaseCommand>) -> Result<Vec<CaseEvent>, Refusal> {
        let command = command.into();
        let id = CommandId(self.fresh());
        let moment = self.moment();
        let decided = self.decide(actor, id, moment, &command)?;
        let from = self.log.len();
        for event in &decided.events {
            self.record(event.clone(), moment);
        }
        for order in &decided.papers {
            self.record(written(order), moment);
        }
        if let Some(occasion) = decided.test {
            self.record(ArchiveEvent::Tested { occasion, results: tested() }.into(), moment);
        }
        for (register, event) in &decided.registers {
            self.registers.0.entry(register.clone()).or_default().apply(event);
        }
        self.promises.extend(decided.promises);
        let (logged, registers) = (self.log.len(), self.registers.clone());
        self.carried.push(Carried { actor: actor.clone(), id, moment, command, logged, registers });
        Ok(self.log[from..].iter().map(|(event, _)| event.clone()).collect())
    }

    /// Decides without carrying out: access, the rules, what follows.
    pub fn decide(
        &self,
        actor: &Actor,
        id: CommandId,
        moment: Moment,
        command: &CaseCommand,
    ) -> Result<Decision, Refusal> {
        let registers = self.loaded(command.registers(self.case.as_ref(), moment));
        let ids = IdSource::of(id);
        let ctx = Context {
            rules: &self.rules,
            people: &self.people,
            registers: &registers,
            actor,
            moment,
            ids,
            came_on: None,
        };
        let Some(before) = &self.case else { return open(self.id, &ctx, command) };
        access::may_command(&Reader::of(actor, before), before, command)?;
        let decision = command::decide(before, &ctx, command.clone())?;
        let (decision, after) = flow::complete(before, &ctx, decision);
        self.check_fold(&decision, moment, &after);
        Ok(decision)
    }

    /// Decides past the rules of access: for refusals that stand behind them.
    pub fn rule(&mut self, actor: &Actor, command: impl Into<CaseCommand>) -> Result<Decision, Refusal> {
        let command = command.into();
        let moment = self.moment();
        self.with(actor, moment, &command, |ctx, case| command::decide(case, ctx, command.clone()))
    }

    /// Asks a rule with everything a decision is given.
    pub fn with<T>(
        &mut self,
        actor: &Actor,
        moment: Moment,
        command: &CaseCommand,
        ask: impl FnOnce(&Context, &CaseState) -> T,
    ) -> T {
        let ids = IdSource::of(CommandId(self.fresh()));
        let registers = self.loaded(command.registers(self.case.as_ref(), moment));
        let ctx = Context {
            rules: &self.rules,
            people: &self.people,
            registers: &registers,
            actor,
            moment,
            ids,
            came_on: None,
        };
        ask(&ctx, self.case())
    }

    /// Bends the state: for states that only a fault could lead to.
    pub fn bend(&mut self, change: impl FnOnce(&mut CaseState)) {
        change(self.case.as_mut().expect("a case was submitted"));
    }

    /// What `complete` promises: the state it returns is the fold of the events it returns.
    fn check_fold(&self, decision: &Decision, moment: Moment, after: &CaseState) {
        let mut folded = self.case().clone();
        for event in &decision.events {
            folded.apply(event, &Recorded { moment, rev: folded.rev + 1 });
        }
        assert_eq!(&folded, after, "the state after a decision is the fold of its events");
    }

    fn loaded(&self, needed: Vec<Register>) -> Registers {
        let known = |register: &Register| self.registers.0.get(register).cloned().unwrap_or_default();
        Registers(needed.into_iter().map(|register| (register.clone(), known(&register))).collect())
    }

    fn record(&mut self, event: CaseEvent, moment: Moment) {
        let rev = self.log.len() as u64 + 1;
        let recorded = Recorded { moment, rev };
        self.log.push((event, recorded));
        match &mut self.case {
            Some(case) => {
                let (event, recorded) = self.log.last().expect("just pushed");
                case.apply(event, recorded);
            }
            None => self.case = CaseState::fold(self.id, self.log.iter().map(|(event, recorded)| (event, *recorded))),
        }
    }

    /// The register, as it stands.
    pub fn register(&self, register: &Register) -> RegisterState {
        self.registers.0.get(register).cloned().unwrap_or_default()
    }

    /// Puts an entry into a register, as another case would.
    pub fn enter(&mut self, register: Register, event: &RegisterEvent) {
        self.registers.0.entry(register).or_default().apply(event);
    }
}

/// The first command of a case is its submission.
fn open(id: CaseId, ctx: &Context, command: &CaseCommand) -> Result<Decision, Refusal> {
    let CaseCommand::Filing(command @ FilingCommand::Submit { application }) = command else {
        panic!("the first command submits: {command:?}");
    };
    let decision = filing::decide(ctx, command.clone())?;
    let empty = CaseState::opened(id, (**application).clone(), ctx.actor.person(), ctx.moment.today);
    Ok(flow::complete(&empty, ctx, decision).0)
}

/// The paper as the shell adds it in the same act.
pub fn written(order: &PaperOrder) -> CaseEvent {
    MaterialEvent::Written {
        material: order.material,
        kind: order.kind,
        title: order.kind.name_zh().to_owned(),
        about: order.about.clone(),
        file: file_of(&order.material.to_string()),
    }
    .into()
}
