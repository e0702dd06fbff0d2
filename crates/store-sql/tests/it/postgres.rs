//! The suite on PostgreSQL.

use std::sync::Arc;

use async_trait::async_trait;
use xiezhi_store::conformance::Premises;
use xiezhi_store::{Schema, Store, StoreError, Transfer, store_conformance};
use xiezhi_store_sql::testing::Postgres;
use xiezhi_store_sql::{SqlStore, SqlTransfer};

/// A database of its own, by URL.
struct Database(String);

#[async_trait]
impl Premises for Database {
    async fn open(&self, schema: Schema) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(SqlStore::open(&self.0, schema).await?))
    }

    async fn carried(&self) -> Result<Arc<dyn Transfer>, StoreError> {
        Ok(Arc::new(SqlTransfer::open(&self.0).await?))
    }
}

store_conformance!(Database(Postgres::serving().fresh_database().await));
