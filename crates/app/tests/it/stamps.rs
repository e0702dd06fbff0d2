//! An authority of the tests: a real one that stamps by the court's clock, and can be told to be down or to lie.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use xiezhi_app::moment::{Clock, SetClock};
use xiezhi_connect::{AuthorityUnreachable, TimeStamps};
use xiezhi_signing::{
    Signer, StampQuestion, TrustRoot,
    authority::{Authority, Subject, Term},
    stamp,
};

/// What the authority does when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temper {
    /// As the protocol says.
    Honest,
    /// It does not answer, or not in time.
    Down,
    /// It stamps another hash than it was asked for.
    OtherHash,
    /// It answers a question that was asked before.
    OldAnswer,
    /// It signs with a key for which nobody who is trusted vouches.
    Stranger,
    /// Its certificate has run out.
    Expired,
    /// Its clock stands a day back.
    Yesterday,
    /// One byte of its answer is changed on the way.
    Garbled,
    /// It says no.
    Refuses,
    /// It answers a page of words.
    Talks,
}

/// An authority, and how often it was asked.
pub struct Stamper {
    temper: Mutex<Temper>,
    asked: Mutex<usize>,
    clock: Mutex<Option<Arc<SetClock>>>,
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn term(until: &str) -> Term {
    Term { from_at: at("2020-01-01T00:00:00Z"), until_at: at(until) }
}

fn root(seed: u8) -> Authority {
    Authority::new(&[seed; 32], "时间戳根", term("2040-01-01T00:00:00Z"))
}

fn signer(seed: u8, until: &str) -> Signer {
    root(seed).issue_for_stamps(Subject { name: "国家时间", organisation: "", id: "stamps" }, term(until))
}

impl Stamper {
    /// An honest one.
    pub fn honest() -> Arc<Self> {
        Arc::new(Self { temper: Mutex::new(Temper::Honest), asked: Mutex::new(0), clock: Mutex::default() })
    }

    /// Whom readers trust.
    pub fn root() -> TrustRoot {
        root(41).trust_root()
    }

    /// It goes by this clock.
    pub fn by(&self, clock: &Arc<SetClock>) {
        *self.clock.lock().expect("nobody panics here") = Some(clock.clone());
    }

    /// From now on, so.
    pub fn turns(&self, temper: Temper) {
        *self.temper.lock().expect("nobody panics here") = temper;
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        *self.asked.lock().expect("nobody panics here")
    }

    fn now(&self) -> Timestamp {
        self.clock.lock().expect("nobody panics here").as_ref().expect("it has a clock").now()
    }
}

#[async_trait]
impl TimeStamps for Stamper {
    fn is_demonstration(&self) -> bool {
        false
    }

    async fn ask(&self, question: Vec<u8>) -> Result<Vec<u8>, AuthorityUnreachable> {
        *self.asked.lock().expect("nobody panics here") += 1;
        let (temper, now) = (*self.temper.lock().expect("nobody panics here"), self.now());
        let good = signer(41, "2040-01-01T00:00:00Z");
        let other = |bytes: &[u8]| StampQuestion::over(bytes, [1; 16]).to_der();
        Ok(match temper {
            Temper::Honest => stamp::answer(&good, &question, now, [2; 16]),
            Temper::Down => return Err(AuthorityUnreachable("down".into())),
            Temper::OtherHash => stamp::answer(&good, &other(b"something else"), now, [2; 16]),
            Temper::OldAnswer => {
                // The question's last bytes are its number and the wish for certificates.
                let mut earlier = question;
                let number = earlier.len() - 8;
                earlier[number] ^= 1;
                stamp::answer(&good, &earlier, now, [2; 16])
            }
            Temper::Stranger => stamp::answer(&signer(42, "2040-01-01T00:00:00Z"), &question, now, [2; 16]),
            Temper::Expired => stamp::answer(&signer(41, "2026-01-01T00:00:00Z"), &question, now, [2; 16]),
            Temper::Yesterday => stamp::answer(&good, &question, now - SignedDuration::from_hours(24), [2; 16]),
            Temper::Garbled => {
                let mut answer = stamp::answer(&good, &question, now, [2; 16]);
                let last = answer.len() - 1;
                answer[last] ^= 1;
                answer
            }
            Temper::Refuses => stamp::answer(&good, b"no question", now, [2; 16]),
            Temper::Talks => b"<html>busy".to_vec(),
        })
    }
}
