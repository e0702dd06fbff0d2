//! The suite on SQLite.

use std::sync::Arc;

use async_trait::async_trait;
use xiezhi_store::conformance::Premises;
use xiezhi_store::{Schema, Store, StoreError, Transfer, store_conformance};
use xiezhi_store_sql::testing::TempFolder;
use xiezhi_store_sql::{SqlStore, SqlTransfer};

/// A file in a folder of its own.
struct File(TempFolder);

#[async_trait]
impl Premises for File {
    async fn open(&self, schema: Schema) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(SqlStore::open(&self.0.sqlite_url("court.db"), schema).await?))
    }

    async fn carried(&self) -> Result<Arc<dyn Transfer>, StoreError> {
        Ok(Arc::new(SqlTransfer::open(&self.0.sqlite_url("court.db")).await?))
    }
}

store_conformance!(File(TempFolder::new("sqlite")));
