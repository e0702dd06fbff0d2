//! A PostgreSQL server for tests: started once per test binary, one database per test.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, postgres::PgConnectOptions};

/// Names the server to use instead of starting one: a URL whose user may create databases.
const SERVER: &str = "XIEZHI_TEST_POSTGRES";

/// Waits for its input to end, which happens when the test process ends in whatever way; then it stops
/// the server and removes the folder. `$1` is the folder, the rest the server's command.
const WARDEN: &str = r#"
folder=$1; shift
"$@" & server=$!
cat >/dev/null
kill -INT $server; wait $server
rm -rf "$folder"
"#;

static SERVING: OnceLock<Postgres> = OnceLock::new();
static DATABASES: AtomicUsize = AtomicUsize::new(0);

/// A PostgreSQL server. `fsync` stays on: these tests are about what is durable.
#[derive(Debug)]
pub struct Postgres {
    /// With `{database}` where the name of a database goes.
    url: String,
    _warden: Option<Child>,
}

impl Postgres {
    /// The server of this test binary, started by the first who asks.
    ///
    /// # Panics
    /// If there is no PostgreSQL on this machine, or it does not start.
    pub fn serving() -> &'static Self {
        SERVING.get_or_init(|| match std::env::var(SERVER) {
            Ok(url) => Self { url: with_placeholder(&url), _warden: None },
            Err(_) => start(),
        })
    }

    /// Makes a fresh database and returns its URL.
    ///
    /// # Panics
    /// If the server refuses.
    pub async fn fresh_database(&self) -> String {
        let count = DATABASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("xiezhi_test_{}_{count}", std::process::id());
        self.run(&format!("DROP DATABASE IF EXISTS {name}")).await;
        self.run(&format!("CREATE DATABASE {name}")).await;
        self.url.replace("{database}", &name)
    }

    async fn run(&self, sql: &str) {
        let options: PgConnectOptions =
            self.url.replace("{database}", "postgres").parse().expect("the URL is one of ours");
        let mut connection = options.connect().await.expect("the test server answers");
        let done = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await;
        done.expect("the test server makes databases");
        connection.close().await.expect("a connection can be closed");
    }
}

/// Replaces the database of a URL.
fn with_placeholder(url: &str) -> String {
    let (before, query) = url.split_once('?').map_or((url, None), |(url, rest)| (url, Some(rest)));
    let server_at = before.find("://").map_or(0, |at| at + 3);
    let end = before[server_at..].find('/').map_or(before.len(), |at| server_at + at);
    let query = query.map_or(String::new(), |query| format!("?{query}"));
    format!("{}/{{database}}{query}", &before[..end])
}

fn start() -> Postgres {
    let programs = programs(&SERVER_PROGRAMS);
    let folder = empty_folder("pg");
    initialise(&programs, &folder, Owner::of_server());
    let warden = serve(&programs, &folder, Owner::of_server());
    wait_until_it_answers(&folder);
    Postgres { url: url_of(&folder), _warden: Some(warden) }
}

/// An empty folder of the server's own, named after this process.
pub(super) fn empty_folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("xiezhi-{name}-{}", std::process::id()));
    // Process ids come back; what an earlier process left is nobody's.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
    Owner::of_server().give(&folder);
    folder
}

/// The URL of the server whose socket lies in `folder`, with `{database}` where the name of a database goes.
pub(super) fn url_of(folder: &Path) -> String {
    format!("postgres://xiezhi@{}/{{database}}", folder.display().to_string().replace('/', "%2F"))
}

/// The programs of a server.
const SERVER_PROGRAMS: [&str; 2] = ["initdb", "postgres"];

/// The folder that holds all of these: on the path, of the system, or brought by setup.sh.
pub(super) fn programs(named: &[&str]) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let cache = std::env::var_os("XDG_CACHE_HOME").map_or(home.join(".cache"), PathBuf::from);
    let cache = std::env::var_os("XIEZHI_CACHE").map_or(cache.join("xiezhi"), PathBuf::from);
    let installed = versions(Path::new("/usr/lib/postgresql"));
    let brought = versions(&cache.join("postgres/usr/lib/postgresql"));
    let all = std::env::split_paths(&path).chain(installed).chain(brought);
    all.into_iter()
        .find(|folder| named.iter().all(|name| folder.join(name).exists()))
        .unwrap_or_else(|| panic!("PostgreSQL is missing: run `./setup.sh postgres`, or set {SERVER} to a URL"))
}

/// Newest first.
fn versions(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    let mut folders: Vec<_> = entries.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    folders
}

/// Who runs the server. PostgreSQL refuses root, so root becomes someone else for it.
#[derive(Clone, Copy)]
pub(super) struct Owner(Option<(u32, u32)>);

impl Owner {
    pub(super) fn of_server() -> Self {
        let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        let am_root = std::fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0);
        let of = |name: &str| {
            let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
            let mut ids = line.split(':').skip(2).map(|id| id.parse().ok());
            Some((ids.next()??, ids.next()??))
        };
        if !am_root {
            return Self(None);
        }
        let someone = of("postgres").or_else(|| of("nobody"));
        Self(Some(someone.expect("there is a user that is not root")))
    }

    fn give(self, path: &Path) {
        if let Some((user, group)) = self.0 {
            std::os::unix::fs::chown(path, Some(user), Some(group)).expect("root may give files away");
        }
    }

    pub(super) fn run(self, program: impl AsRef<std::ffi::OsStr>, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder).env_remove("PGDATA").env("LC_ALL", "C");
        if let Some((user, group)) = self.0 {
            command.uid(user).gid(group);
        }
        command
    }
}

pub(super) fn initialise(programs: &Path, folder: &Path, owner: Owner) {
    let done = owner
        .run(programs.join("initdb"), folder)
        .args(["--username=xiezhi", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"])
        .arg(folder.join("data"))
        .output()
        .expect("initdb can be run");
    assert!(done.status.success(), "initdb: {}", String::from_utf8_lossy(&done.stderr));
}

pub(super) fn serve(programs: &Path, folder: &Path, owner: Owner) -> Child {
    let log = std::fs::File::create(folder.join("log")).expect("the folder takes a log");
    owner
        .run("sh", folder)
        .args(["-c", WARDEN, "warden"])
        .arg(folder)
        .arg(programs.join("postgres"))
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder)
        .args(["-c", "listen_addresses=", "-c", "max_connections=200"])
        .stdin(Stdio::piped())
        .stdout(log.try_clone().expect("a file can be shared"))
        .stderr(log)
        // Not of our group: an interrupt from the keyboard is for the tests, the end of input for it.
        .process_group(0)
        .spawn()
        .expect("a shell can be run")
}

pub(super) fn wait_until_it_answers(folder: &Path) {
    let socket = folder.join(".s.PGSQL.5432");
    for _ in 0..600 {
        let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        if socket.exists() && log.contains("ready to accept connections") {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    let mut stderr = std::io::stderr();
    // The panic that follows says the same in short.
    let _ = writeln!(stderr, "{log}");
    panic!("PostgreSQL did not start within a minute; its log is above");
}
