//! Cases: load → decide → commit. The only way to change one.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use xiezhi_domain::{
    Refusal,
    access::{self, Reader},
    case::CaseState,
    command::{self, CaseCommand},
    decision::{About, Context, Decision, Promise},
    drafting::DraftingRefusal,
    event::CaseEvent,
    filing::FilingCommand,
    flow,
    ids::{CaseId, CommandId, IdSource},
    moment::{Moment, Recorded},
    paper::PaperKind,
    people::{Actor, Directory, Post},
    register::{Register, RegisterEvent, RegisterState, Registers},
    rules::Rules,
};
use xiezhi_store::{
    CommandKey, Commit, CommitRefusal, LogId, NewDispatch, NewEvent, RowChange, Stream, WorkingChange,
    writer::WriteError,
};

use crate::{
    App, AppError, codec, court,
    live::Hint,
    moment, papers,
    rows::{self, Rows},
    scans, sweeping,
};

/// How often a decision is made anew because others acted on the same thing meanwhile.
const ATTEMPTS: usize = 4;

/// What came of a command.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The case after it.
    pub case: Arc<CaseState>,
    /// Position of its first event in the record.
    pub pos: u64,
    /// True if the same command had been carried out before.
    pub replayed: bool,
}

/// What a decision is made on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Upon {
    /// The case as this node has it in memory. Where another acted meanwhile the commit says so.
    Memory,
    /// The case caught up with the record.
    Record,
}

/// A decision ready to be committed.
struct Prepared {
    after: CaseState,
    shown: Arc<Rows>,
    read: Vec<(Stream, u64)>,
    write: Vec<(Stream, Vec<NewEvent>)>,
    rows: Vec<RowChange>,
    outbox: Vec<NewDispatch>,
    working: Vec<WorkingChange>,
}

impl App {
    /// The case as it stands, caught up with the record. `NotFound` for one nobody submitted.
    pub async fn load(&self, id: CaseId) -> Result<Arc<CaseState>, AppError> {
        self.find(id).await?.ok_or(AppError::NotFound)
    }

    /// The case at `rev` or later: from memory where it is that new, so that a hint heard by hundreds asks the
    /// store for nothing.
    pub async fn load_at(&self, id: CaseId, rev: u64) -> Result<Arc<CaseState>, AppError> {
        match self.kept_case(id) {
            Some(case) if case.rev >= rev => Ok(case),
            _ => self.load(id).await,
        }
    }

    async fn find(&self, id: CaseId) -> Result<Option<Arc<CaseState>>, AppError> {
        let kept = self.kept_case(id);
        let after = kept.as_ref().map_or(0, |case| case.rev);
        let fresh = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(id), after).await?;
        if fresh.is_empty() {
            return Ok(kept);
        }
        let state = codec::fold(id, kept.map(|case| (*case).clone()), &fresh)?.map(Arc::new);
        if let Some(state) = &state {
            self.keep_case(Arc::clone(state));
        }
        Ok(state)
    }

    /// The case for a reader who may know of it; unknown and forbidden look alike. A restricted one is shown to who
    /// oversees it once they said why.
    pub async fn view(&self, id: CaseId, actor: &Actor) -> Result<(Arc<CaseState>, Reader), AppError> {
        let (case, reader) = self.known_to(id, actor).await?;
        if let Err(denial) = access::may_open(&reader, &case)
            && self.opening(actor, id).await?.is_none()
        {
            return Err(AppError::Denied(denial));
        }
        Ok((case, reader))
    }

    /// The case for a reader who may know of it, to tell them that it is there and what moved in it.
    pub(crate) async fn known_to(&self, id: CaseId, actor: &Actor) -> Result<(Arc<CaseState>, Reader), AppError> {
        let case = self.load(id).await?;
        let reader = Reader::of(actor, &case);
        access::may(&reader, access::Act::ViewCase, case.stage).map_err(|_| AppError::NotFound)?;
        Ok((case, reader))
    }

    /// Carries a command out, once. Repeating it answers with what it brought about the first time.
    pub async fn decide(
        &self,
        id: CaseId,
        actor: &Actor,
        command_id: CommandId,
        command: CaseCommand,
    ) -> Result<Decided, AppError> {
        self.decide_with(id, actor, command_id, command, vec![]).await
    }

    /// Carries a command out together with changes of working data, such as the draft it grew from.
    pub async fn decide_with(
        &self,
        id: CaseId,
        actor: &Actor,
        command_id: CommandId,
        command: CaseCommand,
        working: Vec<WorkingChange>,
    ) -> Result<Decided, AppError> {
        let key = CommandKey { id: command_id.0, hash: command_hash(id, actor, &command) };
        let moment = self.ports().clock.moment();
        // What is refused upon memory alone is decided anew upon the record.
        for upon in [Upon::Memory].into_iter().chain([Upon::Record; ATTEMPTS]) {
            let prepared = match self.prepare(id, actor, command_id, &command, moment, upon).await {
                Ok(prepared) => prepared,
                Err(_) if upon == Upon::Memory => continue,
                Err(refused) => return self.replay_or(id, key, refused).await,
            };
            let after = Arc::new(prepared.after);
            let commit = Commit {
                log: LogId::RECORD,
                command: key,
                actor: actor.label(),
                at_us: moment.at.as_microsecond(),
                read: prepared.read,
                write: prepared.write,
                rows: prepared.rows,
                outbox: prepared.outbox,
                working: working.iter().cloned().chain(prepared.working).collect(),
            };
            match self.writer().commit(commit).await {
                Ok(done) if done.replayed => {
                    return Ok(Decided { case: self.load(id).await?, pos: done.first, replayed: true });
                }
                Ok(done) => {
                    self.keep_case(Arc::clone(&after));
                    self.keep_rows(id, after.rev, prepared.shown);
                    rows::concerned(&after).into_iter().for_each(|person| self.forget_news(person));
                    self.hub().tell(Hint::Changed { case: id, pos: done.first + done.count, rev: after.rev });
                    return Ok(Decided { case: after, pos: done.first, replayed: false });
                }
                Err(WriteError::Refused(CommitRefusal::Conflict { .. })) => {}
                Err(failed) => return Err(failed.into()),
            }
        }
        Err(AppError::Busy)
    }

    /// A command that is refused now may be the repeat of one that was carried out: then that counts.
    async fn replay_or(&self, id: CaseId, key: CommandKey, refused: AppError) -> Result<Decided, AppError> {
        match self.ports().store.committed(LogId::RECORD, key.id).await? {
            Some((hash, done)) if hash == key.hash => {
                Ok(Decided { case: self.load(id).await?, pos: done.first, replayed: true })
            }
            Some(_) => Err(AppError::CommandReused),
            None => Err(refused),
        }
    }

    async fn prepare(
        &self,
        id: CaseId,
        actor: &Actor,
        command_id: CommandId,
        command: &CaseCommand,
        moment: Moment,
        upon: Upon,
    ) -> Result<Prepared, AppError> {
        let kept = self.kept_case(id).filter(|_| upon == Upon::Memory);
        let known = match kept {
            Some(case) => Some(case),
            None => self.find(id).await?,
        };
        let directory = self.directory().await?;
        let rules = self.rules(moment.today);
        let mut read = vec![(codec::case_stream(id), known.as_ref().map_or(0, |case| case.rev))];
        let registers = self.registers(command.registers(known.as_deref(), moment), &mut read).await?;
        let ids = IdSource::of(command_id);
        let ctx =
            Context { rules: &rules, people: &directory, registers: &registers, actor, moment, ids, came_on: None };
        let (decision, mut after) = decide(id, known.as_deref(), &ctx, command)?;
        let mut events = decision.events.clone();
        self.seal_record(id, &mut events).await?;
        self.write_papers(&decision, &mut after, &mut events, &ctx).await?;
        self.write_test(&decision, &mut after, &mut events, &ctx).await?;
        let before = known.as_deref().map(|case| self.rows_of(case, &directory)).unwrap_or_default();
        let shown = Arc::new(rows::of(&after, &directory));
        let now_us = moment.at.as_microsecond();
        let rows = rows::difference(&before, &shown);
        let scans = scans::wanted_of(&rows, &after, now_us);
        Ok(Prepared {
            rows,
            write: sealed(id, &events, &decision, actor, moment),
            outbox: promised(id, &decision, moment),
            working: sweeping::marks_of(&events, now_us).into_iter().chain(scans).collect(),
            after,
            shown,
            read,
        })
    }

    /// The rows that stand in the read model for a case as it is known.
    fn rows_of(&self, case: &CaseState, people: &Directory) -> Arc<Rows> {
        self.kept_rows(case.id, case.rev).unwrap_or_else(|| Arc::new(rows::of(case, people)))
    }

    pub(crate) async fn registers(
        &self,
        needed: Vec<Register>,
        read: &mut Vec<(Stream, u64)>,
    ) -> Result<Registers, AppError> {
        let mut registers = Registers::default();
        for register in needed {
            let (kind, id) = register.stream();
            let stream = Stream::new(kind, id);
            let (state, rev) = self.register_state(&register, &stream).await?;
            read.push((stream, rev));
            registers.0.insert(register, state);
        }
        Ok(registers)
    }

    /// A register as it stands: kept in memory and caught up, for a year of numbers is long.
    async fn register_state(&self, register: &Register, stream: &Stream) -> Result<(RegisterState, u64), AppError> {
        let (mut state, mut rev) = self.kept_register(register);
        for (at, event) in court::read_plain::<RegisterEvent>(self, stream, rev).await? {
            state.apply(&event);
            rev = at;
        }
        self.keep_register(register, &state, rev);
        Ok((state, rev))
    }

    /// Writes the papers a decision orders: their bytes are durable before any event names them.
    async fn write_papers(
        &self,
        decision: &Decision,
        after: &mut CaseState,
        events: &mut Vec<CaseEvent>,
        ctx: &Context<'_>,
    ) -> Result<(), AppError> {
        for order in &decision.papers {
            let mut document = papers::document(after, ctx.people, ctx.rules, order, ctx.moment);
            if let About::Document(id) = &order.about
                && let Some(draft) = after.drafts.get(id).filter(|_| order.kind == PaperKind::Original)
            {
                papers::annex(&mut document, &draft.content, &self.ports().statutes.library(), ctx.moment.today);
            }
            if order.kind == PaperKind::Original {
                document
                    .require_complete()
                    .map_err(|incomplete| DraftingRefusal::Incomplete { what: incomplete.gaps })
                    .map_err(Refusal::from)?;
            }
            let file = self.print(document, papers::title(after, order)).await?;
            let written: CaseEvent = xiezhi_domain::material::MaterialEvent::Written {
                material: order.material,
                kind: order.kind,
                title: papers::title(after, order),
                about: order.about.clone(),
                file,
            }
            .into();
            after.apply(&written, &Recorded { moment: ctx.moment, rev: after.rev + 1 });
            events.push(written);
        }
        Ok(())
    }
}

/// Decides: access first, then the rules, then what follows. Gives the state after it, too.
fn decide(
    id: CaseId,
    known: Option<&CaseState>,
    ctx: &Context<'_>,
    command: &CaseCommand,
) -> Result<(Decision, CaseState), AppError> {
    let Some(before) = known else { return open(id, ctx, command) };
    let reader = Reader::of(ctx.actor, before);
    if let Err(denial) = access::may_command(&reader, before, command) {
        let known = access::may(&reader, access::Act::ViewCase, before.stage).is_ok();
        return Err(if known { AppError::Denied(denial) } else { AppError::NotFound });
    }
    let decision = command::decide(before, ctx, command.clone())?;
    Ok(flow::complete(before, ctx, decision))
}

/// The first command of a case is its submission.
fn open(id: CaseId, ctx: &Context<'_>, command: &CaseCommand) -> Result<(Decision, CaseState), AppError> {
    let CaseCommand::Filing(command) = command else { return Err(AppError::NotFound) };
    let allowed = match ctx.actor {
        Actor::Person { post, .. } => matches!(post, Post::Party | Post::Lawyer | Post::FilingClerk),
        Actor::Clock | Actor::System => false,
    };
    if !allowed {
        return Err(AppError::NotFound);
    }
    let FilingCommand::Submit { application } = command.clone();
    let decision = xiezhi_domain::filing::decide(ctx, command.clone()).map_err(Refusal::from)?;
    let empty = CaseState::opened(id, *application, ctx.actor.person(), ctx.moment.today);
    Ok(flow::complete(&empty, ctx, decision))
}

/// Streams to write: the case, then the registers.
fn sealed(
    id: CaseId,
    events: &[CaseEvent],
    decision: &Decision,
    actor: &Actor,
    moment: Moment,
) -> Vec<(Stream, Vec<NewEvent>)> {
    let (actor, at_us) = (actor.label(), moment.at.as_microsecond());
    let mut write = vec![];
    if !events.is_empty() {
        let stream = codec::case_stream(id);
        let inscription = codec::Inscription::new(&actor, at_us, &stream);
        let sealed = events.iter().map(|event| {
            let (name, body) = event.encode();
            codec::seal(moment::new_id(moment.at), name, body, &inscription)
        });
        let sealed = sealed.collect();
        write.push((stream, sealed));
    }
    for (register, event) in &decision.registers {
        let (kind, key) = register.stream();
        let stream = Stream::new(kind, key);
        let inscription = codec::Inscription::new(&actor, at_us, &stream);
        let sealed = codec::seal_plain(moment::new_id(moment.at), event, &inscription);
        write.push((stream, vec![sealed]));
    }
    write
}

/// A promise with the case it concerns, as the outbox carries it.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Dispatch {
    /// The case.
    pub case: CaseId,
    /// The promise.
    pub promise: Promise,
}

/// The channel of the outbox that carries promises of cases.
pub const DISPATCHES: &str = "case";

fn promised(case: CaseId, decision: &Decision, moment: Moment) -> Vec<NewDispatch> {
    let dispatch = |promise: &Promise| NewDispatch {
        id: moment::new_id(moment.at),
        channel: DISPATCHES.to_owned(),
        body: serde_json::to_vec(&Dispatch { case, promise: promise.clone() }).expect("a promise is plain data"),
        due_us: moment.at.as_microsecond(),
    };
    decision.promises.iter().map(dispatch).collect()
}

/// Hash of who commands what on which case.
fn command_hash(case: CaseId, actor: &Actor, command: &CaseCommand) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(case.0.as_bytes());
    hash.update(actor.label().as_bytes());
    hash.update(serde_json::to_vec(command).expect("a command is plain data"));
    hash.finalize().into()
}

/// The rules of today, for pages that show what they say.
pub fn rules_today(app: &App) -> Rules {
    app.rules(app.ports().clock.moment().today)
}
