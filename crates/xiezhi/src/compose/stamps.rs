//! Who stamps this court's checkpoints: an authority on the network, as the configuration says; or for a
//! demonstration one of its own, in this process. That one shows how it works and proves nothing, and its name says so.

use std::{fs, sync::Arc};

use anyhow::{Context, bail};
use async_trait::async_trait;
use jiff::SignedDuration;
use xiezhi_app::{
    moment::{self, Clock},
    stamping::Stamping,
};
use xiezhi_connect::{AuthorityUnreachable, HttpTimeStamps, TimeStamps};
use xiezhi_signing::{
    Signer, TrustRoot,
    authority::{Authority, Subject, Term},
    stamp,
};

use super::secret;
use crate::config::{self, Config, Provider};

/// A demonstration is stamped this often.
const DEMONSTRATION_HOURS: i64 = 1;

/// The certificates that count, for the policy; and where stamps are asked for.
pub fn open(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<(Vec<TrustRoot>, Stamping)> {
    match &config.time_stamps {
        Some(set) => on_the_network(set),
        None if config.identity == Provider::Demonstration => demonstration(config, clock),
        None => Ok((vec![], Stamping { authority: None, every: SignedDuration::from_hours(24) })),
    }
}

fn on_the_network(set: &config::TimeStamps) -> anyhow::Result<(Vec<TrustRoot>, Stamping)> {
    if set.every_hours == 0 {
        bail!("`every_hours` of `time_stamps` is 0: a stamp is asked for every hour at most");
    }
    let path = set.certificates.display();
    let pem = fs::read_to_string(&set.certificates)
        .with_context(|| format!("the certificates of the time-stamp authority {path} can't be read"))?;
    let roots = TrustRoot::all_from_pem(&pem).with_context(|| format!("{path} holds no certificates"))?;
    let authority = set.url.as_deref().map(HttpTimeStamps::new).transpose()?;
    let authority = authority.map(|authority| Arc::new(authority) as Arc<dyn TimeStamps>);
    Ok((roots, Stamping { authority, every: SignedDuration::from_hours(set.every_hours.into()) }))
}

/// It has a key of its own outside the data, as if it were somewhere else.
fn demonstration(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<(Vec<TrustRoot>, Stamping)> {
    let folder = config.checkpoint_lock.join("time-stamps");
    fs::create_dir_all(&folder).context("a demonstration's time-stamp authority can't be set up")?;
    let root = Authority::new(&secret(&folder.join("key"))?, "獬豸演示时间戳根证书（不具证明力）", term());
    let subject = Subject { name: "獬豸演示时间戳（不具证明力）", organisation: "", id: "time stamps" };
    let own = OwnAuthority { signer: root.issue_for_stamps(subject, term()), clock };
    let every = SignedDuration::from_hours(DEMONSTRATION_HOURS);
    Ok((vec![root.trust_root()], Stamping { authority: Some(Arc::new(own)), every }))
}

fn term() -> Term {
    let at = |text: &str| text.parse().expect("a moment");
    Term { from_at: at("2020-01-01T00:00:00+08:00"), until_at: at("2046-01-01T00:00:00+08:00") }
}

/// An authority in this process; the demonstration's calendar is its clock.
struct OwnAuthority {
    signer: Signer,
    clock: Arc<dyn Clock>,
}

#[async_trait]
impl TimeStamps for OwnAuthority {
    fn is_demonstration(&self) -> bool {
        true
    }

    async fn ask(&self, question: Vec<u8>) -> Result<Vec<u8>, AuthorityUnreachable> {
        let mut number = [0; 16];
        moment::fill_random(&mut number);
        Ok(stamp::answer(&self.signer, &question, self.clock.now(), number))
    }
}
