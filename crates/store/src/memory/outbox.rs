//! The outbox in memory.

use std::collections::{BTreeMap, BTreeSet};

use crate::transfer::KeptPromise;
use crate::{Claimed, DispatchId, NewDispatch, Outcome, StoreError};

#[derive(Debug)]
struct Promise {
    dispatch: NewDispatch,
    attempts: u32,
    claimed_until_us: Option<i64>,
    failed: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Outbox(BTreeMap<DispatchId, Promise>);

impl Outbox {
    pub(super) fn check(&self, dispatches: &[NewDispatch]) -> Result<(), StoreError> {
        let mut fresh = BTreeSet::new();
        match dispatches.iter().find(|one| self.0.contains_key(&one.id) || !fresh.insert(one.id)) {
            Some(one) => Err(StoreError::Malformed(format!("the dispatch id {} again", one.id))),
            None => Ok(()),
        }
    }

    pub(super) fn promise(&mut self, dispatches: Vec<NewDispatch>) {
        for dispatch in dispatches {
            let id = dispatch.id;
            let promise = Promise { dispatch, attempts: 0, claimed_until_us: None, failed: None };
            self.0.insert(id, promise);
        }
    }

    pub(super) fn claim(&mut self, channel: &str, now_us: i64, until_us: i64, limit: u64) -> Vec<Claimed> {
        let is_due = |promise: &&mut Promise| {
            promise.dispatch.channel == channel
                && promise.failed.is_none()
                && promise.dispatch.due_us <= now_us
                && promise.claimed_until_us.is_none_or(|until_us| until_us <= now_us)
        };
        let mut due: Vec<_> = self.0.values_mut().filter(is_due).collect();
        due.sort_by_key(|promise| (promise.dispatch.due_us, promise.dispatch.id));
        due.into_iter().take(limit as usize).map(|promise| promise.claim(until_us)).collect()
    }

    pub(super) fn finish(&mut self, id: DispatchId, outcome: Outcome) {
        let Some(promise) = self.0.get_mut(&id) else { return };
        promise.claimed_until_us = None;
        match outcome {
            Outcome::Done => drop(self.0.remove(&id)),
            Outcome::Retry { at_us, .. } => promise.dispatch.due_us = at_us,
            Outcome::Failed { why } => promise.failed = Some(why),
        }
    }

    pub(super) fn kept(&self) -> Vec<KeptPromise> {
        let kept = |one: &Promise| KeptPromise {
            dispatch: one.dispatch.clone(),
            attempts: one.attempts,
            claimed_until_us: one.claimed_until_us,
            failed: one.failed.clone(),
        };
        self.0.values().map(kept).collect()
    }

    pub(super) fn take(&mut self, promises: Vec<KeptPromise>) {
        for KeptPromise { dispatch, attempts, claimed_until_us, failed } in promises {
            self.0.insert(dispatch.id, Promise { dispatch, attempts, claimed_until_us, failed });
        }
    }

    pub(super) fn failed(&self) -> Vec<(Claimed, String)> {
        let mut failed: Vec<_> = self.0.values().filter_map(|one| Some((one, one.failed.clone()?))).collect();
        failed.sort_by_key(|(one, _)| (one.dispatch.due_us, one.dispatch.id));
        failed.into_iter().map(|(one, why)| (one.as_claimed(), why)).collect()
    }
}

impl Promise {
    fn claim(&mut self, until_us: i64) -> Claimed {
        let claimed = self.as_claimed();
        self.attempts += 1;
        self.claimed_until_us = Some(until_us);
        claimed
    }

    fn as_claimed(&self) -> Claimed {
        Claimed {
            id: self.dispatch.id,
            channel: self.dispatch.channel.clone(),
            body: self.dispatch.body.clone(),
            attempts: self.attempts,
        }
    }
}
