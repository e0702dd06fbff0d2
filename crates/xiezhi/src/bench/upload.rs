//! Uploads: a gigabyte in a hundred files, held against hashing and synchronising the same bytes with the tools of the
//! machine; and what a large file does to the memory of the court.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, ensure};
use tokio::task::JoinSet;
use xiezhi_domain::people::Post;

use super::{
    http::Connection,
    served::{Reader, Served},
    verdict::Line,
};

/// A gigabyte in all.
const FILES: usize = 100;
const FILE_BYTES: usize = 1024 * 1024 * 1024 / FILES;
/// Files that a browser sends at once.
const AT_ONCE: usize = 4;
/// A file much larger than what a part of it takes.
const LARGE_BYTES: usize = 400 * 1024 * 1024;
/// What the court's memory may grow by while such a file comes in.
const GROWTH_MB: f64 = 100.0;

/// Bytes that no two files share and that nothing makes smaller.
fn bytes(no: usize, size: usize) -> Vec<u8> {
    let mut state = no as u64 + 1;
    let mut bytes = Vec::with_capacity(size + 8);
    while bytes.len() < size {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(size);
    bytes
}

/// Measures the court in `court`; files lie in `folder` meanwhile.
pub async fn measure(court: &Path, folder: &Path) -> anyhow::Result<Vec<Line>> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder)?;
    for no in 0..FILES {
        let mut file = fs::File::create(folder.join(format!("{no}.bin")))?;
        file.write_all(&bytes(no, FILE_BYTES))?;
        file.sync_all()?;
    }
    let tools = with_tools(folder)?;
    let served = Served::start(court).await?;
    let sender = served.sign_in_as("甄明理", Post::Judge).await?;
    let begun = Instant::now();
    let mut sending = JoinSet::new();
    for first in 0..AT_ONCE {
        let (address, sender, folder) = (served.address, sender.clone(), folder.to_owned());
        sending.spawn(async move {
            let mut connection = Connection::open(address).await?;
            for no in (first..FILES).step_by(AT_ONCE) {
                let bytes = tokio::fs::read(folder.join(format!("{no}.bin"))).await?;
                send(&mut connection, &sender, &format!("证据{no}.bin"), &bytes).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(sent) = sending.join_next().await {
        sent??;
    }
    let ours = begun.elapsed().as_secs_f64();
    let before = served.peak_mb()?;
    let large = bytes(FILES, LARGE_BYTES);
    send(&mut Connection::open(served.address).await?, &sender, "录像.bin", &large).await?;
    let grown = served.peak_mb()? - before;
    served.stop().await?;
    fs::remove_dir_all(folder)?;
    Ok(vec![
        Line::at_most("1 GiB uploaded in 100 files", ours, tools * 1.5, "s", "1.5 × sha256sum and dd conv=fsync"),
        Line::at_most(
            "the court's memory while a file of 400 MB comes in",
            grown.max(1.0),
            GROWTH_MB,
            "MB",
            "parts alone",
        ),
    ])
}

/// How long the tools of the machine take to hash the files and to write them durably, one after another.
fn with_tools(folder: &Path) -> anyhow::Result<f64> {
    let begun = Instant::now();
    for no in 0..FILES {
        let file = folder.join(format!("{no}.bin"));
        let hashed = Command::new("sha256sum").arg(&file).stdout(Stdio::null()).status().context("sha256sum")?;
        let copy = folder.join(format!("{no}.copy"));
        let mut dd = Command::new("dd");
        dd.arg(format!("if={}", file.display())).arg(format!("of={}", copy.display())).args(["bs=1M", "conv=fsync"]);
        let written = dd.stderr(Stdio::null()).status().context("dd")?;
        ensure!(hashed.success() && written.success(), "the tools failed");
    }
    let took = begun.elapsed().as_secs_f64();
    for no in 0..FILES {
        fs::remove_file(folder.join(format!("{no}.copy")))?;
    }
    Ok(took)
}

/// Sends a file as the script of the page does; gives the identifier of its upload.
pub(super) async fn send(
    connection: &mut Connection,
    sender: &Reader,
    name: &str,
    bytes: &[u8],
) -> anyhow::Result<String> {
    let token = &sender.token;
    let asked = serde_json::json!({ "name": name, "size_bytes": bytes.len() });
    let begun = connection.act("/uploads", token, "", &asked).await?.json()?;
    let id = begun["id"].as_str().context("an upload has an identifier")?.to_owned();
    let part_bytes = begun["part_bytes"].as_u64().context("an upload has parts")? as usize;
    for (no, part) in bytes.chunks(part_bytes).enumerate() {
        let answer = connection.put(&format!("/uploads/{id}/parts/{no}"), token, part).await?;
        ensure!(answer.status < 300, "a part was refused: {}", String::from_utf8_lossy(&answer.body));
    }
    let done = connection.act(&format!("/uploads/{id}/complete"), token, "", &serde_json::json!({})).await?.json()?;
    ensure!(done["size_bytes"].as_u64() == Some(bytes.len() as u64), "the file came in whole: {done}");
    Ok(id)
}
