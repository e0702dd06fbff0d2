//! What the machine itself can do: how often a second a small write becomes durable (R), how fast it hashes (H).

use std::{fs, hint::black_box, io, os::unix::fs::FileExt, path::Path, time::Instant};

use sha2::{Digest, Sha256};

/// As much as a small act makes durable.
const WRITE_BYTES: usize = 8 * 1024;
/// The place that is written over and over, as a write-ahead log is.
const FILE_BYTES: u64 = 4 * 1024 * 1024;
/// How long one probe takes.
const SECONDS: f64 = 1.0;

/// What is hashed at once.
const HASHED_BYTES: usize = 64 * 1024 * 1024;

/// Megabytes a second of SHA-256, in memory.
pub fn hashed_mb_per_second() -> f64 {
    let bytes = vec![7; HASHED_BYTES];
    let begun = Instant::now();
    black_box(Sha256::digest(black_box(&bytes)));
    HASHED_BYTES as f64 / 1e6 / begun.elapsed().as_secs_f64()
}

/// Calls of fdatasync a second, each after a small write into a file of `folder`.
pub async fn syncs_per_second(folder: &Path) -> anyhow::Result<f64> {
    let path = folder.join("probe");
    Ok(tokio::task::spawn_blocking(move || probe(&path)).await??)
}

fn probe(path: &Path) -> io::Result<f64> {
    let file = fs::File::create(path)?;
    file.write_all_at(&vec![1; FILE_BYTES as usize], 0)?;
    file.sync_all()?;
    let begun = Instant::now();
    let mut count = 0;
    while begun.elapsed().as_secs_f64() < SECONDS {
        let at = count * WRITE_BYTES as u64 % FILE_BYTES;
        file.write_all_at(&[count as u8; WRITE_BYTES], at)?;
        file.sync_data()?;
        count += 1;
    }
    let rate = count as f64 / begun.elapsed().as_secs_f64();
    fs::remove_file(path)?;
    Ok(rate)
}
