//! Pieces of a backup as text, one thing a line: a person can read them without this program.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use xiezhi_store::{
    LogId, NewDispatch, Pos, StoredEvent, Stream,
    plan::Remembered,
    transfer::{KeptCommand, KeptPromise, KeptWork, LogPage, Still},
};

/// Lines of a piece that holds what changes in place.
const LINES: usize = 2_000;

/// Bytes: text as it stands, anything else in base64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Other { base64: String },
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes)
            .map(Content::Text)
            .unwrap_or_else(|other| Content::Other { base64: BASE64_STANDARD.encode(other.into_bytes()) })
    }
}

impl Content {
    fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Content::Text(text) => Some(text.into_bytes()),
            Content::Other { base64 } => BASE64_STANDARD.decode(base64).ok(),
        }
    }
}

fn hash_text(hash: &[u8; 32]) -> String {
    BASE64_STANDARD.encode(hash)
}

fn hash(text: &str) -> Option<[u8; 32]> {
    BASE64_STANDARD.decode(text).ok()?.try_into().ok()
}

/// A line of a piece.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Event(EventLine),
    Command(CommandLine),
    Working(WorkLine),
    Promise(PromiseLine),
    Checkpoint(CheckpointLine),
    Witnessed(CheckpointLine),
}

#[derive(Debug, Serialize, Deserialize)]
struct EventLine {
    pos: Pos,
    id: Uuid,
    stream: String,
    rev: u64,
    name: String,
    at_us: i64,
    actor: String,
    command: Uuid,
    body: Option<Content>,
    salt: Option<String>,
    entry: String,
    leaf: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct CommandLine {
    log: i64,
    id: Uuid,
    hash: String,
    first: Pos,
    count: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct WorkLine {
    kind: String,
    id: String,
    owner: String,
    rev: u64,
    value: Content,
    updated_us: i64,
    expires_us: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PromiseLine {
    id: Uuid,
    channel: String,
    body: Content,
    due_us: i64,
    attempts: u32,
    claimed_until_us: Option<i64>,
    failed: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct CheckpointLine {
    log: i64,
    size: Pos,
    note: String,
}

impl From<StoredEvent> for Line {
    fn from(event: StoredEvent) -> Self {
        Line::Event(EventLine {
            pos: event.pos,
            id: event.id,
            stream: event.stream.0,
            rev: event.rev,
            name: event.name,
            at_us: event.at_us,
            actor: event.actor,
            command: event.command,
            body: event.body.map(Content::from),
            salt: event.salt.as_ref().map(hash_text),
            entry: BASE64_STANDARD.encode(event.entry),
            leaf: hash_text(&event.leaf),
        })
    }
}

impl EventLine {
    fn event(self) -> Option<StoredEvent> {
        Some(StoredEvent {
            pos: self.pos,
            id: self.id,
            stream: Stream(self.stream),
            rev: self.rev,
            name: self.name,
            at_us: self.at_us,
            actor: self.actor,
            command: self.command,
            body: self.body.map(|body| body.bytes().ok_or(())).transpose().ok()?,
            salt: self.salt.map(|salt| hash(&salt).ok_or(())).transpose().ok()?,
            entry: BASE64_STANDARD.decode(self.entry).ok()?,
            leaf: hash(&self.leaf)?,
        })
    }
}

impl From<KeptCommand> for Line {
    fn from(KeptCommand { log, id, remembered }: KeptCommand) -> Self {
        let Remembered { hash, first, count } = remembered;
        Line::Command(CommandLine { log: log.0, id, hash: hash_text(&hash), first, count })
    }
}

impl CommandLine {
    fn command(self) -> Option<KeptCommand> {
        let remembered = Remembered { hash: hash(&self.hash)?, first: self.first, count: self.count };
        Some(KeptCommand { log: LogId(self.log), id: self.id, remembered })
    }
}

impl From<KeptWork> for Line {
    fn from(KeptWork { kind, id, owner, rev, value, updated_us, expires_us }: KeptWork) -> Self {
        Line::Working(WorkLine { kind, id, owner, rev, value: value.into(), updated_us, expires_us })
    }
}

impl WorkLine {
    fn work(self) -> Option<KeptWork> {
        let Self { kind, id, owner, rev, value, updated_us, expires_us } = self;
        Some(KeptWork { kind, id, owner, rev, value: value.bytes()?, updated_us, expires_us })
    }
}

impl From<KeptPromise> for Line {
    fn from(KeptPromise { dispatch, attempts, claimed_until_us, failed }: KeptPromise) -> Self {
        let NewDispatch { id, channel, body, due_us } = dispatch;
        let body = body.into();
        Line::Promise(PromiseLine { id, channel, body, due_us, attempts, claimed_until_us, failed })
    }
}

impl PromiseLine {
    fn promise(self) -> Option<KeptPromise> {
        let Self { id, channel, body, due_us, attempts, claimed_until_us, failed } = self;
        let dispatch = NewDispatch { id, channel, body: body.bytes()?, due_us };
        Some(KeptPromise { dispatch, attempts, claimed_until_us, failed })
    }
}

fn text(lines: impl IntoIterator<Item = Line>) -> Vec<u8> {
    let mut text = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut text, &line).expect("a line is plain data");
        text.push(b'\n');
    }
    text
}

/// Each line of a piece; nothing as soon as one is none.
fn lines(piece: &[u8]) -> impl Iterator<Item = Option<Line>> {
    piece.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(|line| serde_json::from_slice(line).ok())
}

/// A page of a log as a piece.
pub(super) fn of_page(page: LogPage) -> Vec<u8> {
    let commands = page.commands.into_iter().map(Line::from);
    text(page.events.into_iter().map(Line::from).chain(commands))
}

/// A page of a log from a piece.
pub(super) fn page_of(piece: &[u8]) -> Option<LogPage> {
    let mut page = LogPage::default();
    for line in lines(piece) {
        match line? {
            Line::Event(line) => page.events.push(line.event()?),
            Line::Command(line) => page.commands.push(line.command()?),
            _ => return None,
        }
    }
    Some(page)
}

/// What changes in place as pieces. The sizes of the logs stand in the manifest.
pub(super) fn of_still(still: Still) -> Vec<Vec<u8>> {
    let checkpoint = |(log, (size, note)): (LogId, (Pos, String))| CheckpointLine { log: log.0, size, note };
    let mut all = still.checkpoints.into_iter().map(checkpoint).map(Line::Checkpoint).collect::<Vec<_>>();
    all.extend(still.witnessed.into_iter().map(checkpoint).map(Line::Witnessed));
    all.extend(still.commands.into_iter().map(Line::from));
    all.extend(still.outbox.into_iter().map(Line::from));
    all.extend(still.working.into_iter().map(Line::from));
    let mut all = all.into_iter();
    let mut pieces = vec![];
    while all.len() > 0 {
        pieces.push(text(all.by_ref().take(LINES)));
    }
    pieces
}

/// Adds what a piece holds to what changes in place.
pub(super) fn add_to_still(still: &mut Still, piece: &[u8]) -> Option<()> {
    for line in lines(piece) {
        match line? {
            Line::Checkpoint(CheckpointLine { log, size, note }) => {
                still.checkpoints.insert(LogId(log), (size, note));
            }
            Line::Witnessed(CheckpointLine { log, size, note }) => {
                still.witnessed.insert(LogId(log), (size, note));
            }
            Line::Command(line) => still.commands.push(line.command()?),
            Line::Promise(line) => still.outbox.push(line.promise()?),
            Line::Working(line) => still.working.push(line.work()?),
            Line::Event(_) => return None,
        }
    }
    Some(())
}
