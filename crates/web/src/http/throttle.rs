//! Slowing down whoever asks too fast: a bucket for each session or address, on this node.

use std::{collections::HashMap, net::IpAddr, sync::Mutex};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};

use xiezhi_domain::people::Actor;

use super::{me::Sender, problem::Problem, proxies};
use crate::Web;

/// Most buckets kept; then those that are full by now, which limit nobody, are forgotten.
const BUCKETS_KEPT: usize = 100_000;
const MINUTE_US: f64 = 60_000_000.0;

/// Buckets that fill at a steady rate; a request takes one token.
pub struct Throttle {
    per_minute: u32,
    buckets: Mutex<HashMap<String, Bucket>>,
}

struct Bucket {
    tokens: f64,
    at_us: i64,
}

impl Throttle {
    /// At most `per_minute` requests a minute, or as many at once. 0 limits nobody.
    pub fn new(per_minute: u32) -> Self {
        Self { per_minute, buckets: Mutex::default() }
    }

    /// Takes `count` tokens of `who` at `now_us`; how many seconds to wait if there are fewer.
    pub fn take(&self, who: &str, count: u32, now_us: i64) -> Result<(), u64> {
        if self.per_minute == 0 {
            return Ok(());
        }
        let most = f64::from(self.per_minute);
        let mut buckets = self.buckets.lock().expect("nobody panics while counting");
        if buckets.len() >= BUCKETS_KEPT && !buckets.contains_key(who) {
            buckets.retain(|_, bucket| bucket.filled(most, now_us) < most);
        }
        // Whoever comes from ever new addresses is not counted any more, and fills no memory either.
        if buckets.len() >= BUCKETS_KEPT && !buckets.contains_key(who) {
            buckets.clear();
        }
        let bucket = buckets.entry(who.to_owned()).or_insert(Bucket { tokens: most, at_us: now_us });
        bucket.tokens = bucket.filled(most, now_us);
        bucket.at_us = now_us;
        let wanted = f64::from(count).min(most);
        if bucket.tokens >= wanted {
            bucket.tokens -= wanted;
            return Ok(());
        }
        Err(((wanted - bucket.tokens) / most * 60.0).ceil() as u64)
    }
}

impl Bucket {
    /// What is in it by now.
    fn filled(&self, most: f64, now_us: i64) -> f64 {
        let elapsed_minutes = (now_us - self.at_us).max(0) as f64 / MINUTE_US;
        (self.tokens + elapsed_minutes * most).min(most)
    }
}

/// The address by which somebody is counted: who has a net of the new kind has all addresses of it.
fn counted(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let [one, two, three, four, ..] = six.segments();
            format!("{one:x}:{two:x}:{three:x}:{four:x}::/64")
        }
        four => four.to_string(),
    }
}

/// What a request counts: the check page answers strangers about any paper, so it is asked slowly.
fn weight(path: &str) -> u32 {
    if path == "/verify" || path.starts_with("/verify/") { 10 } else { 1 }
}

/// Lets a request pass if whoever sent it has not asked too often: a person or their program, else an
/// address, whatever it shows. Assets don't count.
pub async fn limit(State(web): State<Web>, sender: Result<Sender, Problem>, request: Request, next: Next) -> Response {
    let known = sender.as_ref().ok().and_then(|Sender(actor)| actor.as_ref().map(Actor::label));
    let who = known.unwrap_or_else(|| {
        let address = proxies::asking(request.extensions(), request.headers(), &web.config.proxies);
        address.map_or_else(|| "unknown".to_owned(), counted)
    });
    if let Err(seconds) = web.throttle.take(&who, weight(request.uri().path()), web.app.now_us()) {
        return Problem::too_many(seconds).into_response();
    }
    match sender {
        Ok(_) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let throttle = Throttle::new(60);
        for _ in 0..60 {
            assert_eq!(throttle.take("a", 1, 0), Ok(()));
        }
        assert_eq!(throttle.take("a", 1, 0), Err(1));
        assert_eq!(throttle.take("b", 1, 0), Ok(()));
        assert_eq!(throttle.take("a", 1, 1_000_000), Ok(()));
    }

    #[test]
    fn buckets_that_are_full_again_are_forgotten_and_there_are_never_more_than_are_kept() {
        let throttle = Throttle::new(60);
        let many = |from: usize, now_us| {
            for who in from..from + BUCKETS_KEPT {
                assert_eq!(throttle.take(&who.to_string(), 1, now_us), Ok(()));
            }
        };
        let kept = || throttle.buckets.lock().expect("nobody panics").len();
        many(0, 0);
        many(BUCKETS_KEPT, 60_000_000);
        assert!(kept() <= BUCKETS_KEPT, "{}", kept());
        many(2 * BUCKETS_KEPT, 60_000_000);
        assert!(kept() <= BUCKETS_KEPT, "nor where all came at once: {}", kept());
    }

    #[test]
    fn a_net_of_addresses_is_one_that_asks() {
        let counted = |text: &str| counted(text.parse().expect("an address"));
        assert_eq!(counted("2001:db8:0:1::1"), counted("2001:db8:0:1:ffff::2"));
        assert_ne!(counted("2001:db8:0:1::1"), counted("2001:db8:0:2::1"));
        assert_eq!(
            (counted("192.0.2.1"), counted("::ffff:192.0.2.1")),
            ("192.0.2.1".to_owned(), "192.0.2.1".to_owned())
        );
    }

    #[test]
    fn whoever_checks_papers_is_slowed_down_ten_times_sooner() {
        let throttle = Throttle::new(60);
        for path in ["/verify", "/verify/0198c0de-0000-7000-8000-000000000001"] {
            for _ in 0..3 {
                assert_eq!(throttle.take("a", weight(path), 0), Ok(()));
            }
        }
        assert_eq!(throttle.take("a", weight("/verify"), 0), Err(10));
        assert_eq!(weight("/verification"), 1);
    }
}
