//! Two PostgreSQL servers, the second of which has whatever the first acknowledges and can take its place.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::postgres::{Owner, empty_folder, initialise, programs, serve, url_of, wait_until_it_answers};

/// A server, its synchronous standby, and the address that leads to whichever of them serves.
#[derive(Debug)]
pub struct Pair {
    /// The folder that clients find the socket in: a link to that of one server or the other.
    address: PathBuf,
    first: PathBuf,
    second: PathBuf,
    _wardens: [Child; 2],
}

impl Pair {
    /// Starts both; nothing is acknowledged by the first any more that the second does not have on its disk.
    ///
    /// # Panics
    /// If there is no PostgreSQL on this machine, or it does not start.
    pub async fn start() -> Self {
        let (programs, owner) = (programs(&["initdb", "postgres", "pg_basebackup"]), Owner::of_server());
        let (first, second) = (empty_folder("pg-first"), empty_folder("pg-second"));
        let address = std::env::temp_dir().join(format!("xiezhi-pg-address-{}", std::process::id()));
        lead(&address, &first);
        initialise(&programs, &first, owner);
        let warden = serve(&programs, &first, owner);
        wait_until_it_answers(&first);
        let copied = owner
            .run(programs.join("pg_basebackup"), &second)
            .args(["--username=xiezhi", "--write-recovery-conf", "--checkpoint=fast", "--no-sync", "--host"])
            .arg(&first)
            .arg("--pgdata")
            .arg(second.join("data"))
            .output()
            .expect("pg_basebackup can be run");
        assert!(copied.status.success(), "pg_basebackup: {}", String::from_utf8_lossy(&copied.stderr));
        let standby = serve(&programs, &second, owner);
        let pair = Self { address, first, second, _wardens: [warden, standby] };
        // Of the running server alone: the standby waits for nobody once it serves.
        pair.ask_first("ALTER SYSTEM SET synchronous_standby_names = '*'").await;
        pair.ask_first("SELECT pg_reload_conf()").await;
        let in_step = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
        while pair.ask_first(in_step).await != Some(1) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        pair
    }

    /// The URL of a database, wherever it is served.
    pub fn url(&self) -> String {
        url_of(&self.address).replace("{database}", "postgres")
    }

    /// The first ends at once, as in a power cut; the second takes its place.
    ///
    /// # Panics
    /// If the second does not.
    pub async fn fail_over(&self) {
        let lock = std::fs::read_to_string(self.first.join("data/postmaster.pid")).expect("the first runs");
        let pid = lock.lines().next().expect("its lock names its process").to_owned();
        let quit = std::process::Command::new("kill").args(["-QUIT", &pid]).status();
        assert!(quit.is_ok_and(|status| status.success()), "the first ends");
        let second = url_of(&self.second).replace("{database}", "postgres");
        assert_eq!(ask(&second, "SELECT pg_promote()::int::bigint").await, Some(1), "the second takes its place");
        lead(&self.address, &self.second);
    }

    async fn ask_first(&self, sql: &str) -> Option<i64> {
        ask(&url_of(&self.first).replace("{database}", "postgres"), sql).await
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        // Whoever is left without it finds nothing there.
        let _ = std::fs::remove_file(&self.address);
    }
}

/// Makes `address` a link to `folder`, at once.
fn lead(address: &Path, folder: &Path) {
    let next = address.with_extension("next");
    let _ = std::fs::remove_file(&next);
    symlink(folder, &next).expect("a link can be made");
    std::fs::rename(next, address).expect("a link can be moved");
}

async fn ask(url: &str, sql: &str) -> Option<i64> {
    let mut connection = PgConnection::connect(url).await.expect("the server answers");
    let found = sqlx::query_as::<_, (i64,)>(AssertSqlSafe(sql.to_owned())).fetch_optional(&mut connection).await;
    // What returns no number returns nothing of interest.
    found.ok().flatten().map(|(number,)| number)
}
