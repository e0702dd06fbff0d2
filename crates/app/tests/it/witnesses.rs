//! Witnesses of the tests: real ones, each with a memory on disk, that can be told to be down or to lie.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use xiezhi_app::{
    court::Keys,
    moment::{Clock, SetClock},
};
use xiezhi_connect::{WitnessAnswer, WitnessUnreachable, Witnesses};
use xiezhi_ledger::{AddCheckpoint, CosigningKey, KeyName, Keyring, SigningKey, witness};
use xiezhi_store::LogId;
use xiezhi_store_sql::testing::TempFolder;
use xiezhi_witness::{Fault, Memory, Witness};

/// What a witness does when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// As the protocol says.
    Honest,
    /// It does not answer.
    Down,
    /// It cosigns with a key that is not its own.
    OtherKey,
    /// It answers the cosignature of another checkpoint.
    OtherText,
    /// Its clock stands a day back.
    Yesterday,
    /// It says that it cosigned this many entries, and shows nothing.
    Claims(u64),
    /// It says no to everything.
    Sulks,
}

struct Seat {
    name: &'static str,
    witness: Witness,
    mood: Mutex<Mood>,
}

/// A bench of witnesses.
pub struct Bench {
    seats: Vec<Seat>,
    clock: Mutex<Option<Arc<SetClock>>>,
    _folder: Option<TempFolder>,
}

impl Bench {
    /// Nobody.
    pub fn empty() -> Arc<Self> {
        Arc::new(Self { seats: vec![], clock: Mutex::default(), _folder: None })
    }

    /// Two witnesses for the logs of these keys.
    pub fn of_two(keys: &[&Keys]) -> Arc<Self> {
        let folder = TempFolder::new("witnesses");
        let seat = |(name, seed): (&'static str, u8)| {
            let logs = keys.iter().flat_map(|keys| LogId::ALL.map(|log| keys.log_key(log).verifier().clone()));
            let memory = Memory::open(&folder.path().join(name)).expect("a folder of its own");
            let key = CosigningKey::from_seed(key_name(name), &[seed; 32]);
            let logs = Keyring::new(logs).expect("logs have different keys");
            Seat { name, witness: Witness::new(key, logs, memory), mood: Mutex::new(Mood::Honest) }
        };
        let seats = [("bar", 21), ("archive", 22)].map(seat).into();
        Arc::new(Self { seats, clock: Mutex::default(), _folder: Some(folder) })
    }

    /// The bench goes by this clock.
    pub fn by(&self, clock: &Arc<SetClock>) {
        *self.clock.lock().expect("nobody panics at the bench") = Some(clock.clone());
    }

    /// What the court's file of witnesses says: both must agree.
    pub fn lines(&self) -> String {
        if self.seats.is_empty() {
            return "quorum none\n".to_owned();
        }
        let line = |seat: &Seat| format!("witness {0} {1} {0}\n", seat.name, seat.witness.key().verifier());
        format!("{}group both all bar archive\nquorum both\n", self.seats.iter().map(line).collect::<String>())
    }

    /// From now on, so.
    pub fn turns(&self, name: &str, mood: Mood) {
        *self.seat(name).mood.lock().expect("nobody panics at the bench") = mood;
    }

    fn seat(&self, name: &str) -> &Seat {
        self.seats.iter().find(|seat| seat.name == name).expect("a witness of the bench")
    }

    fn now(&self) -> u64 {
        let clock = self.clock.lock().expect("nobody panics at the bench");
        u64::try_from(clock.as_ref().expect("the bench has a clock").now().as_second()).expect("after 1970")
    }
}

fn key_name(name: &str) -> KeyName {
    KeyName::new(format!("{name}.example/witness")).expect("a good name")
}

fn ok(body: String) -> Result<WitnessAnswer, WitnessUnreachable> {
    Ok(WitnessAnswer { status: 200, body })
}

fn no(status: u16, body: impl Into<String>) -> Result<WitnessAnswer, WitnessUnreachable> {
    Ok(WitnessAnswer { status, body: body.into() })
}

impl Seat {
    fn answers(&self, request: &str, at: u64) -> Result<WitnessAnswer, WitnessUnreachable> {
        match self.witness.add_checkpoint(request.as_bytes(), at) {
            Ok(lines) => ok(lines.iter().map(|line| format!("{line}\n")).collect()),
            Err(Fault::Refused(witness::Refusal::Conflict { size })) => no(409, format!("{size}\n")),
            Err(Fault::Refused(refusal)) => no(refusal.status(), refusal.to_string()),
            Err(Fault::Memory(fault)) => Err(WitnessUnreachable(Box::new(fault))),
        }
    }
}

#[async_trait]
impl Witnesses for Bench {
    fn is_demonstration(&self) -> bool {
        false
    }

    async fn post(&self, prefix: &str, path: &str, request: String) -> Result<WitnessAnswer, WitnessUnreachable> {
        assert_eq!(path, "add-checkpoint");
        let (seat, now) = (self.seat(prefix), self.now());
        let asked = AddCheckpoint::parse(request.as_bytes()).expect("a court asks as the protocol says");
        let mood = *seat.mood.lock().expect("nobody panics at the bench");
        match mood {
            Mood::Honest => seat.answers(&request, now),
            Mood::Yesterday => seat.answers(&request, now - 86_400),
            Mood::Down => Err(WitnessUnreachable("down".into())),
            Mood::OtherKey => {
                let key = CosigningKey::from_seed(key_name(prefix), &[99; 32]);
                ok(format!("{}\n", key.cosign(&asked.checkpoint, now).expect("a checkpoint")))
            }
            Mood::OtherText => {
                let key = SigningKey::from_seed(KeyName::new("other").expect("a name"), &[1; 32]);
                let other = xiezhi_ledger::Checkpoint {
                    origin: KeyName::new("other").expect("a name"),
                    size: 0,
                    root: xiezhi_ledger::Hash::empty(),
                };
                let other = other.sign(&key).expect("its own log");
                let seed = if prefix == "bar" { 21 } else { 22 };
                let own = CosigningKey::from_seed(key_name(prefix), &[seed; 32]);
                ok(format!("{}\n", own.cosign(&other, now).expect("a checkpoint")))
            }
            Mood::Claims(size) => no(409, format!("{size}\n")),
            Mood::Sulks => no(422, "no"),
        }
    }

    async fn get(&self, prefix: &str, path: &str) -> Result<WitnessAnswer, WitnessUnreachable> {
        let seat = self.seat(prefix);
        let mood = *seat.mood.lock().expect("nobody panics at the bench");
        if mood == Mood::Down {
            return Err(WitnessUnreachable("down".into()));
        }
        let origin = seat.witness.logs().find(|origin| witness::monitoring_path(origin) == path);
        let seen = origin.and_then(|origin| seat.witness.last(origin).expect("its memory is whole"));
        match seen {
            Some(note) if !matches!(mood, Mood::Claims(_)) => ok(note.to_string()),
            _ => no(404, ""),
        }
    }
}
