//! A court of the tests: the application over one of the stores, with a clock that is set by hand.

use std::{path::PathBuf, sync::Arc};

use jiff::{SignedDuration, civil::Date};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use xiezhi_app::{
    App, AppError,
    court::Keys,
    issuing,
    log_keys::RetiredKey,
    moment::{Clock, SetClock},
    ports::Ports,
    screening::Screening,
    stamping::Stamping,
    tables, witnessing,
};
use xiezhi_connect::{
    BankBook, DemonstrationBank, DemonstrationIdentity, DemonstrationMessages, Messages, Outbox, TimeStamps, in_memory,
};
use xiezhi_domain::{
    case::CaseState,
    command::CaseCommand,
    ids::{CaseId, CommandId},
    material::FileRef,
    moment::instant,
    people::{Actor, Person, Post},
    rules::Settings,
};
use xiezhi_signing::{Face, authority::Term};
use xiezhi_store::{
    CheckpointLock, MemoryLock, MemoryStore, Store,
    pages::{MemoryPages, PageIndex},
};
use xiezhi_store_sql::{
    SqlPages, SqlStore,
    testing::{Postgres, TempFolder},
};

use crate::{
    cast,
    cast::person,
    example::Example,
    ports::{FragileBlobs, Glass, PlainPress, Shelf, Tray},
    stamps::Stamper,
    witnesses::Bench,
};

/// An address nobody reads messages at.
pub const NOWHERE: &str = "13900000000";

/// A court. What outlives the application is held apart, so that it can be opened again.
pub struct Court {
    pub app: App,
    pub clock: Arc<SetClock>,
    pub today: Date,
    pub store: Arc<dyn Store>,
    pub blobs: Arc<FragileBlobs>,
    pub glass: Arc<Glass>,
    pub shelf: Arc<Shelf>,
    pub lock: Arc<dyn CheckpointLock>,
    pub messages: Arc<DemonstrationMessages>,
    pub tray: Arc<Tray>,
    made: u128,
    /// Goes away after everything that lies in it.
    _folder: Option<TempFolder>,
}

/// What a court is opened over: what outlives it.
#[derive(Clone)]
pub struct Opening {
    pub store: Arc<dyn Store>,
    pub blobs: Arc<FragileBlobs>,
    pub shelf: Arc<Shelf>,
    pub lock: Arc<dyn CheckpointLock>,
    pub witnesses: Arc<Bench>,
    pub stamps: Option<Arc<Stamper>>,
    pub origin: String,
    /// The keys: one, or the new one with the one before.
    pub seeds: ([u8; 32], Option<[u8; 32]>),
    /// The keys that the record says are retired.
    pub retired: Vec<RetiredKey>,
    /// Whether the record has a shadow in SM3.
    pub shadow: bool,
    /// Who carries messages, if not the demonstration.
    pub carriers: Option<Arc<dyn Messages>>,
    /// The index of pages.
    pub pages: Arc<dyn PageIndex>,
    /// Who looks for viruses.
    pub screening: Screening,
    /// From when to when certificates of signers hold.
    pub certificates: Term,
    /// What scanners laid down.
    pub tray: Arc<Tray>,
}

impl Default for Opening {
    /// Everything in memory and empty; no witnesses.
    fn default() -> Self {
        Self {
            store: Arc::new(MemoryStore::new(tables::SCHEMA)),
            blobs: Arc::default(),
            shelf: Arc::default(),
            lock: Arc::new(MemoryLock::default()),
            witnesses: Bench::empty(),
            stamps: None,
            origin: keys().origin,
            seeds: (keys().log_seed, None),
            retired: vec![],
            shadow: false,
            carriers: None,
            screening: Screening::default(),
            pages: Arc::new(MemoryPages::default()),
            certificates: issuing::term(),
            tray: Arc::default(),
        }
    }
}

/// A day, as written in the examples.
pub fn day(text: &str) -> Date {
    text.parse().expect("a day of the story")
}

/// The file whose bytes are its name.
pub fn file_of(name: &str) -> FileRef {
    FileRef {
        sha256: Sha256::digest(name.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
        size_bytes: name.len() as u64,
        media: "application/pdf".to_owned(),
        name: format!("{name}.pdf"),
        pages: 1,
        spots: vec![],
    }
}

impl Court {
    /// A court over the store in memory.
    pub async fn in_memory(today: &str) -> Self {
        Self::over(Arc::new(MemoryStore::new(tables::SCHEMA)), Arc::new(MemoryPages::default()), None, today).await
    }

    /// A court over SQLite, in a folder of its own.
    pub async fn on_sqlite(today: &str) -> Self {
        let folder = TempFolder::new("app");
        let store = SqlStore::open(&folder.sqlite_url("court.db"), tables::SCHEMA).await.expect("SQLite opens");
        let pages = SqlPages::open(&folder.sqlite_url("court-search.db")).await.expect("SQLite opens");
        Self::over(Arc::new(store), Arc::new(pages), Some(folder), today).await
    }

    /// A court over PostgreSQL, in a database of its own.
    pub async fn on_postgres(today: &str) -> Self {
        let url = Postgres::serving().fresh_database().await;
        let store = SqlStore::open(&url, tables::SCHEMA).await.expect("PostgreSQL opens");
        let pages = SqlPages::open(&url).await.expect("PostgreSQL opens");
        Self::over(Arc::new(store), Arc::new(pages), None, today).await
    }

    async fn over(store: Arc<dyn Store>, pages: Arc<dyn PageIndex>, folder: Option<TempFolder>, today: &str) -> Self {
        let court = Self::founded(Opening { store, pages, ..Opening::default() }, today).await;
        Self { _folder: folder, ..court }
    }

    /// A court over these premises, with its settings and its staff.
    pub async fn founded(opening: Opening, today: &str) -> Self {
        let mut court = Self::open(opening, today);
        court.app.adopt_settings(&Settings::demonstration()).await.expect("settings are adopted");
        let people = cast::directory().all().cloned().collect();
        court.app.register(people, &Actor::System).await.expect("the staff is registered");
        court.on(today).await;
        court
    }

    /// A court over these stores, with nobody in it yet.
    pub fn opened(
        store: Arc<dyn Store>,
        shelf: Arc<Shelf>,
        lock: Arc<dyn CheckpointLock>,
        folder: Option<TempFolder>,
        today: &str,
    ) -> Self {
        let court = Self::open(Opening { store, shelf, lock, ..Opening::default() }, today);
        Self { _folder: folder, ..court }
    }

    /// A court over these premises.
    pub fn open(opening: Opening, today: &str) -> Self {
        let Opening {
            store,
            blobs,
            shelf,
            lock,
            witnesses,
            stamps,
            origin,
            seeds,
            retired,
            shadow,
            carriers,
            screening,
            pages,
            certificates,
            tray,
        } = opening;
        let clock = Arc::new(SetClock::at(instant(day(today), 8, 0)));
        let glass = Arc::<Glass>::default();
        witnesses.by(&clock);
        stamps.iter().for_each(|stamps| stamps.by(&clock));
        let unreachable = [NOWHERE.to_owned()].into();
        let messages = Arc::new(DemonstrationMessages::new(Outbox::default(), in_memory(), unreachable));
        let keys = Keys { origin, log_seed: seeds.0, former_log_seed: seeds.1, certificates, ..keys() };
        let app = App::start(Ports {
            store: Arc::clone(&store),
            blobs: blobs.clone(),
            pages,
            log_files: shelf.clone(),
            checkpoint_lock: lock.clone(),
            press: Arc::new(PlainPress),
            reading: glass.clone(),
            scanners: tray.clone(),
            statutes: Arc::new(Arc::<xiezhi_domain::law::instrument::Library>::default()),
            identity: Arc::new(DemonstrationIdentity::new(vec![])),
            payments: Arc::new(DemonstrationBank::new(BankBook::default(), in_memory())),
            messages: carriers.unwrap_or_else(|| messages.clone()),
            policy: stamps
                .iter()
                .fold(witnessing::policy(&keys, &retired, &witnesses.lines()).expect("a good policy"), |policy, _| {
                    policy.with_stamp_authority(Stamper::root().to_der())
                }),
            shadow,
            screening,
            stamping: Stamping {
                authority: stamps.map(|stamps| stamps as Arc<dyn TimeStamps>),
                every: SignedDuration::from_hours(24),
            },
            witnesses,
            clock: clock.clone(),
            keys,
            settings: Settings::demonstration(),
            node: "node-1".to_owned(),
        });
        let today = day(today);
        Self { app, clock, today, store, blobs, glass, shelf, lock, messages, tray, made: 0x1000, _folder: None }
    }

    /// The people of an example are known to the court.
    pub async fn admit(&self, told: &Example) {
        let mut directory = xiezhi_domain::people::Directory::default();
        told.register(&mut directory);
        let people = directory.all().cloned().collect();
        self.app.register(people, &Actor::System).await.expect("the people of the case are registered");
    }

    /// Lets time pass to `until`, the clock and the outbox at work each morning.
    pub async fn on(&mut self, until: &str) {
        let until = day(until);
        while self.today < until {
            self.jump(self.today.tomorrow().expect("within the calendar"));
            self.morning().await;
        }
        self.morning().await;
    }

    /// Lets time pass with everything standing still: an outage.
    pub fn jump(&mut self, to: Date) {
        self.today = to;
        self.clock.set(instant(to, 8, 0));
    }

    /// What runs beside the pages, once.
    pub async fn morning(&self) {
        self.app.keep_draw_keys(self.today).await.expect("draw keys are kept");
        self.app.run_clock(self.today).await.expect("the clock runs");
        self.app.run_outbox().await.expect("the outbox runs");
    }

    /// A fresh identifier, the same in every run.
    pub fn fresh(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made)
    }

    /// Gives a command in a case.
    pub async fn act(
        &mut self,
        case: CaseId,
        actor: &Actor,
        command: impl Into<CaseCommand>,
    ) -> Result<Arc<CaseState>, AppError> {
        let id = CommandId(self.fresh());
        self.app.decide(case, actor, id, command.into()).await.map(|decided| decided.case)
    }

    /// Keeps the bytes of a file.
    pub async fn keep(&self, name: &str) {
        let kept = self.app.keep(name.as_bytes().to_vec(), "application/pdf", name.to_owned(), 1).await;
        assert_eq!(kept.expect("bytes are kept").sha256, file_of(name).sha256);
    }

    /// The rules of today.
    pub fn rules(&self) -> xiezhi_domain::rules::Rules {
        xiezhi_app::cases::rules_today(&self.app)
    }

    /// The instant now.
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }
}

/// Keys of the tests' court.
pub fn keys() -> Keys {
    Keys {
        origin: "court.example/0691".to_owned(),
        log_seed: [7; 32],
        former_log_seed: None,
        log_token: None,
        draw_master: [8; 32],
        authority: issuing::authority(&[9; 32]),
        certificates: issuing::term(),
        face: face(),
    }
}

fn face() -> Face {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let home = || folder("HOME").expect("tests run for a user").join(".cache");
    let cache = || folder("XDG_CACHE_HOME").unwrap_or_else(home).join("xiezhi");
    let fonts = folder("XIEZHI_CACHE").unwrap_or_else(cache).join("fonts");
    let bytes = std::fs::read(fonts.join("FandolSong-Bold.otf")).expect("run ./setup.sh fonts first");
    Face::new(bytes).expect("Fandol is a font")
}

/// Registers one more clerk: an act that any court takes.
pub async fn clerk_named(court: &Court, number: u128) {
    let clerk = Person {
        id: person(900 + number),
        name: format!("书记员{number}"),
        post: Post::CourtClerk,
        division: None,
        id_no: None,
        phone: None,
        unit: None,
        takes_cases: false,
    };
    court.app.register(vec![clerk], &Actor::System).await.expect("a clerk is registered");
}
