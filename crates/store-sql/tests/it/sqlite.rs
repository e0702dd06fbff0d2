//! The suite on SQLite.

use std::sync::Arc;

use async_trait::async_trait;
use xiezhi_store::conformance::Premises;
use xiezhi_store::{Schema, Store, StoreError, store_conformance};
use xiezhi_store_sql::SqlStore;
use xiezhi_store_sql::testing::TempFolder;

/// A file in a folder of its own.
struct File(TempFolder);

#[async_trait]
impl Premises for File {
    async fn open(&self, schema: Schema) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(SqlStore::open(&self.0.sqlite_url("court.db"), schema).await?))
    }
}

store_conformance!(File(TempFolder::new("sqlite")));
