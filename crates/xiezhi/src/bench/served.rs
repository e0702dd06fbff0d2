//! A court served by a process of its own, as in earnest: this program, started as anyone starts it.

use std::{
    collections::BTreeMap,
    fs,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use serde::Deserialize;
use xiezhi_domain::{ids::PersonId, people::Post};

use super::{http::Connection, processor};

/// How long a court may take to open, in tenths of a second.
const PATIENCE: u32 = 3_000;

/// A running court; it is killed when dropped.
pub struct Served {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Someone of the demonstration list.
#[derive(Clone, Debug, Deserialize)]
pub struct Known {
    /// Identifier.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Post.
    pub post: Post,
}

/// Someone who is signed in.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Who.
    pub known: Known,
    /// The token of the session.
    pub token: String,
}

impl Served {
    /// Serves the court in `folder` and waits until it answers.
    pub async fn start(folder: &Path) -> anyhow::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let log = fs::File::create(folder.with_extension("log"))?;
        let child = Command::new(std::env::current_exe()?)
            .args(["demo", "--no-open", "--listen", &address.to_string(), "--data"])
            .arg(folder)
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("the court can't be started")?;
        let mut served = Self { child, address };
        served.wait_until_open().await.with_context(|| format!("see {}", folder.with_extension("log").display()))?;
        Ok(served)
    }

    async fn wait_until_open(&mut self) -> anyhow::Result<()> {
        for _ in 0..PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                bail!("the court ended: {status}");
            }
            if let Ok(mut connection) = Connection::open(self.address).await
                && connection.data("/health", "").await.is_ok_and(|answer| answer.status == 200)
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("the court did not open")
    }

    /// The most memory that it held so far, in megabytes.
    pub fn peak_mb(&self) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("the kernel tells of memory")?;
        let kib: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
        Ok(kib / 1024.0)
    }

    /// Processor time that it took so far, with that of its workers that ended.
    pub fn processor_seconds(&self) -> anyhow::Result<f64> {
        processor::seconds_of(self.child.id())
    }

    /// Ends it as a power cut would: no word, no time to finish.
    pub fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Ends it as an administrator does.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM)?;
        let status = tokio::task::block_in_place(|| self.child.wait())?;
        ensure!(status.success(), "the court ended with {status}");
        Ok(())
    }

    /// Everyone one may sign in as.
    pub async fn people(&self) -> anyhow::Result<Vec<Known>> {
        let listed = Connection::open(self.address).await?.data("/sign-in", "").await?.json()?;
        let people = listed["people"].as_array().context("the entrance lists its people")?;
        Ok(people.iter().map(|one| serde_json::from_value(one.clone())).collect::<Result<_, _>>()?)
    }

    /// Signs someone in.
    pub async fn sign_in(&self, known: &Known) -> anyhow::Result<Reader> {
        let asked = serde_json::json!({ "person": known.person });
        let answer = Connection::open(self.address).await?.act("/sign-in", "", "", &asked).await?.json()?;
        let token = answer["token"].as_str().context("a program is given a token")?.to_owned();
        Ok(Reader { known: known.clone(), token })
    }

    /// Signs in whoever has this name and post.
    pub async fn sign_in_as(&self, name: &str, post: Post) -> anyhow::Result<Reader> {
        let people = self.people().await?;
        let known = people.iter().find(|known| known.name == name && known.post == post);
        self.sign_in(known.with_context(|| format!("{name} is not of this court"))?).await
    }

    /// Cases at a stage that a reader finds among the newest.
    pub async fn cases_at(&self, reader: &Reader, stage: &str) -> anyhow::Result<Vec<String>> {
        let mut connection = Connection::open(self.address).await?;
        let mut found = vec![];
        for page in 1..=3 {
            let list = connection.data(&format!("/cases?page={page}"), &reader.token).await?.json()?;
            let rows = list["rows"].as_array().context("a list has rows")?;
            let there = rows.iter().filter(|row| row["stage"] == stage);
            found.extend(there.filter_map(|row| row["case_id"].as_str()).map(str::to_owned));
        }
        Ok(found)
    }

    /// Signs people in by name.
    pub async fn sign_in_all(&self, names: &[&str]) -> anyhow::Result<Vec<Reader>> {
        let people = self.people().await?;
        let by_name: BTreeMap<&str, &Known> = people.iter().map(|known| (known.name.as_str(), known)).collect();
        let mut readers = vec![];
        for name in names {
            let known = by_name.get(name).with_context(|| format!("{name} is not of this court"))?;
            readers.push(self.sign_in(known).await?);
        }
        Ok(readers)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // One that has ended already can't be killed again.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
