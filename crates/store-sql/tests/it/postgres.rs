//! The suite on PostgreSQL.

use std::sync::Arc;

use async_trait::async_trait;
use xiezhi_store::conformance::Premises;
use xiezhi_store::{Schema, Store, StoreError, store_conformance};
use xiezhi_store_sql::SqlStore;
use xiezhi_store_sql::testing::Postgres;

/// A database of its own, by URL.
struct Database(String);

#[async_trait]
impl Premises for Database {
    async fn open(&self, schema: Schema) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(SqlStore::open(&self.0, schema).await?))
    }
}

store_conformance!(Database(Postgres::serving().fresh_database().await));
