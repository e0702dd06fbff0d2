//! The memory store keeps what every store promises.

use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use xiezhi_store::conformance::Premises;
use xiezhi_store::{MemoryLock, MemoryStore, Schema, Store, StoreError, Transfer, lock_conformance, store_conformance};

/// A piece of memory: what was opened first is opened again.
#[derive(Default)]
struct Memory(OnceLock<MemoryStore>);

#[async_trait]
impl Premises for Memory {
    async fn open(&self, schema: Schema) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(self.0.get_or_init(|| MemoryStore::new(schema)).reopened(schema)))
    }

    async fn carried(&self) -> Result<Arc<dyn Transfer>, StoreError> {
        Ok(Arc::new(self.0.get().expect("it was opened before").clone()))
    }
}

store_conformance!(Memory::default());

mod lock {
    use super::*;
    lock_conformance!((MemoryLock::default(), ()));
}
