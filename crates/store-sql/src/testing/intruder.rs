//! Someone with full access to a database, past the program and past its triggers.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection};

/// An administrator of the database who does as he likes.
#[derive(Clone, Debug)]
pub struct Intruder {
    url: String,
}

impl Intruder {
    /// At the database of this URL.
    pub fn at(url: &str) -> Self {
        Self { url: url.to_owned() }
    }

    fn is_lite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }

    /// Bytes as the database writes them.
    pub fn bytes(&self, bytes: &[u8]) -> String {
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        if self.is_lite() { format!("x'{digits}'") } else { format!("'\\x{digits}'::bytea") }
    }

    /// Runs statements. Triggers that stop accidents do not stop him.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn does(&self, sql: &str) {
        if self.is_lite() {
            let options: SqliteConnectOptions = self.url.parse().expect("the URL is one of ours");
            let mut past = options.connect().await.expect("the file can be opened");
            for trigger in ["changed", "deleted"] {
                let drop = format!("DROP TRIGGER IF EXISTS event_is_never_{trigger}");
                past.execute(AssertSqlSafe(drop)).await.expect("a trigger goes");
            }
            past.execute(AssertSqlSafe(sql.to_owned())).await.expect("the statement is good");
            past.close().await.expect("a connection can be closed");
        } else {
            let mut past = PgConnection::connect(&self.url).await.expect("the server answers");
            past.execute("SET session_replication_role = replica").await.expect("triggers sleep");
            past.execute(AssertSqlSafe(sql.to_owned())).await.expect("the statement is good");
            past.close().await.expect("a connection can be closed");
        }
    }
}
