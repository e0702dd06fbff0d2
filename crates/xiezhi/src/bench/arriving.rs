//! What comes in while others read: a file that a party sends is seen by the clerk whose list is open; a scan is searched
//! soon after its turn came; and neither keeps the readers of a thick file waiting.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use tokio::sync::mpsc;
use xiezhi_app::moment;
use xiezhi_domain::ids::{CaseId, PersonId};
use xiezhi_reading::{Limits, Reader as Confined, Recogniser};

use super::{
    http::Connection,
    readers::{self, Paper, Thick},
    served::{Reader, Served},
    upload,
    verdict::{Line, median, percentile},
};
use crate::compose;

/// Files that are sent, and how far apart.
const SENT: usize = 40;
const APART: Duration = Duration::from_millis(250);
/// What the page's script waits for more hints before it asks again (`ui/src/live.ts`).
const SCRIPT_WAITS: Duration = Duration::from_millis(20);
/// Longer than this, and it does not come at all.
const PATIENCE: Duration = Duration::from_secs(60);
/// A recogniser goes behind everything else: on a machine with other work it takes long, which is then the figure.
const SCAN_PATIENCE: Duration = Duration::from_secs(600);
/// How often it is asked whether a scan can be searched.
const ASKED_EACH: Duration = Duration::from_millis(200);
/// Pages that each reader turns in a round, and rounds with a recogniser at work; as many are without one.
const TURNS: usize = 8;
const ROUNDS: usize = 2;
/// A scan is drawn so wide: about 240 dots an inch.
const SCAN_PX: u32 = 2_000;
/// Letters that are looked for on a scan.
const WORDS: usize = 4;

/// Measures a fresh court under `folder`.
pub async fn measure(folder: &Path) -> anyhow::Result<Vec<Line>> {
    let Thick { case, papers, beside: (under_way, party, clerk) } = readers::thick(folder).await?;
    let served = Served::start(folder).await?;
    let (party, clerk) = (by_id(&served, party).await?, by_id(&served, clerk).await?);
    let mut shown = seen(&served, (&party, &clerk), under_way).await?;
    let half = median(&mut shown);
    let why = format!("{SENT} files; half are seen within {half:.0} ms, of which a party takes the act of handing in");
    let mut lines = vec![Line::at_most(
        "an upload acknowledged is on the clerk's open list, p95",
        percentile(&mut shown, 0.95),
        1_000.0,
        "ms",
        why,
    )];
    let program = std::env::current_exe().context("this program can't find itself")?;
    let models = compose::recogniser(None);
    match Confined::new(program, Limits::default()).with_recogniser(models.as_deref()).recogniser() {
        Some(Recogniser::Networks(_)) => {
            let thick = (case, &papers);
            lines.extend(beside_readers(&served, thick, (&party, &clerk), under_way).await?);
        }
        _ => println!("./setup.sh ocr has brought nothing that recognises text: scans are not measured"),
    }
    served.stop().await?;
    Ok(lines)
}

async fn by_id(served: &Served, person: PersonId) -> anyhow::Result<Reader> {
    let known = served.people().await?.into_iter().find(|known| known.person == person);
    served.sign_in(&known.context("the entrance lists them")?).await
}

/// A PDF of one page with these words: nothing in it is to be recognised.
fn pdf(words: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 50 780 Td ({words}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let (mut pdf, mut offsets) = ("%PDF-1.7\n".to_owned(), vec![]);
    for (number, object) in (1..).zip(&objects) {
        offsets.push(pdf.len());
        pdf += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let (table, size) = (pdf.len(), offsets.len() + 1);
    pdf += &format!("xref\n0 {size}\n0000000000 65535 f \n");
    for offset in &offsets {
        pdf += &format!("{offset:010} 00000 n \n");
    }
    pdf += &format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    pdf.into_bytes()
}

/// Hands a file in that was sent before.
async fn hand_in(
    connection: &mut Connection,
    party: &Reader,
    case: CaseId,
    upload: &str,
    name: &str,
) -> anyhow::Result<()> {
    let fields = [("upload", upload), ("name", name), ("kind", "书证"), ("source", "自留"), ("purpose", "证明还款")];
    let answer = connection.form(&format!("/cases/{case}/evidence"), &party.token, &fields).await?;
    ensure!(answer.status < 300, "it was not taken: {}", String::from_utf8_lossy(&answer.body));
    Ok(())
}

/// How long each file took from its acknowledgement to being on the clerk's list, in milliseconds.
async fn seen(served: &Served, (party, clerk): (&Reader, &Reader), case: CaseId) -> anyhow::Result<Vec<f64>> {
    let (told, mut hints) = mpsc::unbounded_channel();
    let mut stream = Connection::open(served.address).await?;
    stream.listen(&clerk.token).await?;
    let topic = format!("case:{case}");
    let listening = tokio::spawn(async move {
        while let Ok(line) = stream.line().await {
            if line.contains(&topic) && told.send(()).is_err() {
                return;
            }
        }
    });
    let (mut sending, mut list) = (Connection::open(served.address).await?, Connection::open(served.address).await?);
    let mut times = vec![];
    for no in 0..SENT {
        let name = format!("还款凭证{no}");
        let words = format!("receipt {no} {:x}", u64::from(moment::secret()[0]));
        let upload = upload::send(&mut sending, party, &format!("{name}.pdf"), &pdf(&words)).await?;
        let acknowledged = Instant::now();
        let act = hand_in(&mut sending, party, case, &upload, &name);
        let see = async {
            loop {
                let heard = tokio::time::timeout(PATIENCE, hints.recv()).await.context("nobody heard of it")?;
                heard.context("the stream ended")?;
                tokio::time::sleep(SCRIPT_WAITS).await;
                let page = list.plain(&format!("/cases/{case}/file"), &clerk.token).await?;
                if String::from_utf8_lossy(&page.body).contains(&name) {
                    return anyhow::Ok(());
                }
            }
        };
        tokio::try_join!(act, see)?;
        times.push(acknowledged.elapsed().as_secs_f64() * 1_000.0);
        while hints.try_recv().is_ok() {}
        tokio::time::sleep(APART).await;
    }
    listening.abort();
    Ok(times)
}

/// Readers turn pages, by turns without and with a recogniser at work beside them.
async fn beside_readers(
    served: &Served,
    (thick, papers): (CaseId, &Arc<Vec<Paper>>),
    (party, clerk): (&Reader, &Reader),
    case: CaseId,
) -> anyhow::Result<Vec<Line>> {
    let people = readers::overseers(served).await?;
    let scans =
        Scans { thick, paper: papers[0], reader: people[0].clone(), party: party.clone(), clerk: clerk.clone(), case };
    // The first round draws the pages; it counts for nothing.
    readers::all_read(served, &people, (thick, papers), TURNS).await?;
    // So does the first scan: before it the court reads what still waits.
    scans.one(&mut Connection::open(served.address).await?, 1).await?;
    let (mut without, mut with, mut soon) = (vec![], vec![], vec![]);
    for round in 0..ROUNDS {
        without.extend(readers::all_read(served, &people, (thick, papers), TURNS).await?);
        let over = AtomicBool::new(false);
        let reading = async {
            let read = readers::all_read(served, &people, (thick, papers), TURNS).await;
            over.store(true, Ordering::Relaxed);
            read
        };
        let (read, found) = tokio::try_join!(reading, scans.searched(served, round, &over))?;
        with.extend(read);
        soon.extend(found);
    }
    let (alone, beside) = (percentile(&mut without, 0.95), percentile(&mut with, 0.95));
    let count = soon.len();
    let half = median(&mut soon);
    Ok(vec![
        Line::at_most(
            "a scanned page can be searched so soon after its turn came, p95",
            percentile(&mut soon, 0.95),
            8.0,
            "s",
            format!("{count} pages, half within {half:.1} s, fifty people reading beside"),
        ),
        Line::at_most(
            "a page turn while scans are recognised, p95",
            beside,
            alone * 1.1,
            "ms",
            format!("1.1 × {alone:.1} ms without"),
        ),
    ])
}

/// Scans that a party hands in, drawn from pages of the thick file.
struct Scans {
    thick: CaseId,
    paper: Paper,
    reader: Reader,
    party: Reader,
    clerk: Reader,
    case: CaseId,
}

impl Scans {
    /// One scan after another until the readers are done; how long each took, in seconds.
    async fn searched(&self, served: &Served, round: usize, over: &AtomicBool) -> anyhow::Result<Vec<f64>> {
        let mut connection = Connection::open(served.address).await?;
        let (mut times, mut page) = (vec![], 1 + round as u32 * 40);
        while !over.load(Ordering::Relaxed) {
            page += 1;
            times.push(self.one(&mut connection, page).await?);
        }
        Ok(times)
    }

    async fn one(&self, connection: &mut Connection, page: u32) -> anyhow::Result<f64> {
        let own = format!("/cases/{}/file/{}", self.thick, self.paper.id);
        let image = connection.page(&format!("{own}/pages/{page}.jpg?w={SCAN_PX}"), &self.reader.token).await?;
        ensure!(image.status == 200, "page {page} is drawn: {}", image.status);
        let leaf = connection.data(&format!("{own}/leaves/{page}"), &self.reader.token).await?.json()?;
        let words = words(&leaf).context("the page says something")?;
        let name = format!("扫描件{page}");
        let upload = upload::send(connection, &self.party, &format!("{name}.jpg"), &image.body).await?;
        // Nothing else waits: its turn has come.
        let turn = Instant::now();
        hand_in(connection, &self.party, self.case, &upload, &name).await?;
        let listed = connection.data(&format!("/cases/{}/file", self.case), &self.clerk.token).await?.json()?;
        let staged = listed["staged"].as_array().context("the clerk keeps the file")?;
        let id = staged.iter().find(|paper| paper["title"] == name.as_str()).and_then(|paper| paper["id"].as_str());
        let paper = format!("/cases/{}/file/{}", self.case, id.context("it lies in staging")?);
        while turn.elapsed() < SCAN_PATIENCE {
            let leaf = connection.data(&format!("{paper}/leaves/1"), &self.clerk.token).await?.json()?;
            if leaf["source"] == "recognised" {
                let took = turn.elapsed().as_secs_f64();
                let read: String = texts(&leaf).collect();
                ensure!(words.iter().any(|words| read.contains(words)), "none of {words:?} was read: {read}");
                return Ok(took);
            }
            tokio::time::sleep(ASKED_EACH).await;
        }
        bail!("the scan {name} can't be searched after {} s", SCAN_PATIENCE.as_secs())
    }
}

fn texts(leaf: &serde_json::Value) -> impl Iterator<Item = &str> {
    leaf["runs"].as_array().into_iter().flatten().filter_map(|run| run["text"].as_str())
}

/// Some words of a page, each from a line of its own.
fn words(leaf: &serde_json::Value) -> Option<Vec<String>> {
    let chinese = |letter: &char| ('\u{4e00}'..='\u{9fff}').contains(letter);
    let lines = texts(leaf).map(|text| text.chars().filter(chinese).collect::<Vec<char>>());
    let words: Vec<String> =
        lines.filter(|line| line.len() >= WORDS).map(|line| line[..WORDS].iter().collect()).take(8).collect();
    (!words.is_empty()).then_some(words)
}
