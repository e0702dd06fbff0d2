//! Working data in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::plan::{Net, net};
use crate::transfer::KeptWork;
use crate::{StoreError, WorkingChange, WorkingItem, WorkingKey};

#[derive(Debug, Default)]
pub(super) struct Working(BTreeMap<WorkingKey, WorkingItem>);

fn is_alive(item: &WorkingItem, now_us: i64) -> bool {
    item.expires_us.is_none_or(|expires_us| expires_us > now_us)
}

impl Working {
    pub(super) fn get(&self, key: &WorkingKey, now_us: i64) -> Option<&WorkingItem> {
        self.0.get(key).filter(|item| is_alive(item, now_us))
    }

    pub(super) fn of(&self, kind: &str, owner: Option<&str>, now_us: i64) -> Vec<WorkingItem> {
        let wanted = |item: &&WorkingItem| {
            item.key.kind == kind && owner.is_none_or(|owner| item.owner == owner) && is_alive(item, now_us)
        };
        let mut found: Vec<_> = self.0.values().filter(wanted).cloned().collect();
        found.sort_by_key(|item| std::cmp::Reverse(item.updated_us));
        found
    }

    pub(super) fn apply(&mut self, changes: BTreeMap<WorkingKey, Net>) {
        for (key, net) in changes {
            self.apply_one(key, net);
        }
    }

    fn apply_one(&mut self, key: WorkingKey, net: Net) {
        if net.erased {
            self.0.remove(&key);
        }
        let Some(last) = net.last else { return };
        let before = self.get(&key, last.updated_us).map_or(0, |item| item.rev);
        let item = WorkingItem {
            key: key.clone(),
            owner: last.owner,
            rev: before + net.writes,
            value: last.value,
            updated_us: last.updated_us,
            expires_us: last.expires_us,
        };
        self.0.insert(key, item);
    }

    pub(super) fn swap(&mut self, change: WorkingChange, expected: u64, now_us: i64) -> Result<bool, StoreError> {
        let WorkingChange::Put { key, .. } = &change else {
            return Err(StoreError::Malformed("a swap writes; it does not delete".to_owned()));
        };
        let found = self.get(key, now_us).map_or(0, |item| item.rev);
        if found != expected {
            return Ok(false);
        }
        if found == 0 {
            self.0.remove(key);
        }
        self.apply(net([change]));
        Ok(true)
    }

    pub(super) fn kept(&self) -> Vec<KeptWork> {
        let kept = |item: &WorkingItem| KeptWork {
            kind: item.key.kind.to_owned(),
            id: item.key.id.clone(),
            owner: item.owner.clone(),
            rev: item.rev,
            value: item.value.clone(),
            updated_us: item.updated_us,
            expires_us: item.expires_us,
        };
        self.0.values().map(kept).collect()
    }

    pub(super) fn take(&mut self, works: Vec<KeptWork>) {
        for KeptWork { kind, id, owner, rev, value, updated_us, expires_us } in works {
            let key = WorkingKey::new(named(kind), id);
            let item = WorkingItem { key: key.clone(), owner, rev, value, updated_us, expires_us };
            self.0.insert(key, item);
        }
    }

    pub(super) fn sweep(&mut self, now_us: i64) -> u64 {
        let before = self.0.len();
        self.0.retain(|_, item| is_alive(item, now_us));
        (before - self.0.len()) as u64
    }
}

/// A kind of working data that came from elsewhere, as one of this program. There are few, and each is kept once.
fn named(kind: String) -> &'static str {
    static KINDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kinds = KINDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kinds.get(&*kind) {
        return known;
    }
    let known: &'static str = kind.leak();
    kinds.insert(known);
    known
}
