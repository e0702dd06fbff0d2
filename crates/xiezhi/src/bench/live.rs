//! How soon an act is seen: two hundred people listen for hints, one acts, and another whose page of the case is
//! open hears of it, waits as the page's script does, asks for the page again and finds the act on it.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use tokio::{sync::mpsc, task::JoinSet};
use xiezhi_app::moment;
use xiezhi_domain::people::Post;

use super::{
    http::Connection,
    served::{Reader, Served},
    verdict::{Line, median, percentile},
};

/// People who are connected.
const LISTENERS: usize = 200;
/// Acts, and how far apart.
const ACTS: usize = 100;
const APART: Duration = Duration::from_millis(100);
/// What the page's script waits for more hints before it asks again (`ui/src/live.ts`).
const SCRIPT_WAITS: Duration = Duration::from_millis(20);
/// Longer than this, and the act is not seen at all.
const PATIENCE: Duration = Duration::from_secs(10);

/// Measures the court in `folder`.
pub async fn measure(folder: &Path) -> anyhow::Result<Vec<Line>> {
    let served = Served::start(folder).await?;
    let judge = served.sign_in_as("甄明理", Post::Judge).await?;
    let (case, clerk) = case_and_clerk(&served, &judge).await?;
    let _listening = crowd(&served).await?;
    let mut times = seen(&served, &judge, &clerk, &case).await?;
    let heard_in = median(&mut times);
    served.stop().await?;
    let why = format!("{ACTS} acts, {LISTENERS} people connected; half are seen within {heard_in:.1} ms");
    Ok(vec![Line::at_most("an act is on another's open page: p99", percentile(&mut times, 0.99), 200.0, "ms", why)])
}

/// An open case of the judge in which issues can be fixed, and its clerk.
async fn case_and_clerk(served: &Served, judge: &Reader) -> anyhow::Result<(String, Reader)> {
    let case = served.cases_at(judge, "pretrial").await?.pop().context("the judge has no case to work on")?;
    let view = Connection::open(served.address).await?.data(&format!("/cases/{case}"), &judge.token).await?.json()?;
    let seats = view["tribunal"].as_array().context("a case tells who tries it")?;
    let clerk = seats.iter().find(|seat| seat["seat"] == "clerk").and_then(|seat| seat["name"].as_str());
    let clerk = served.sign_in_as(clerk.context("the case has a clerk")?, Post::CourtClerk).await?;
    Ok((case, clerk))
}

/// Everyone else listens too; what they hear is read and left.
async fn crowd(served: &Served) -> anyhow::Result<JoinSet<()>> {
    let people = served.people().await?;
    let some = people.iter().filter(|known| known.post != Post::Finance).take(LISTENERS);
    let mut listening = JoinSet::new();
    for known in some {
        let reader = served.sign_in(known).await?;
        let mut connection = Connection::open(served.address).await?;
        connection.listen(&reader.token).await?;
        listening.spawn(async move { while connection.line().await.is_ok() {} });
    }
    ensure!(listening.len() == LISTENERS, "only {} people to listen", listening.len());
    Ok(listening)
}

/// How long each act took from being sent to being seen, in milliseconds.
async fn seen(served: &Served, judge: &Reader, clerk: &Reader, case: &str) -> anyhow::Result<Vec<f64>> {
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
    let (mut acting, mut page) = (Connection::open(served.address).await?, Connection::open(served.address).await?);
    let mut times = vec![];
    for no in 0..ACTS {
        let words = format!("争议焦点第{no}次归纳 {}", moment::secret()[0]);
        let key = uuid::Uuid::from_bytes(moment::secret()[..16].try_into().expect("sixteen bytes")).to_string();
        let body = serde_json::json!({ "issues": words });
        let sent = Instant::now();
        let route = format!("/cases/{case}/evidence/issues");
        let act = async {
            let answer = acting.act(&route, &judge.token, &key, &body).await?;
            ensure!(answer.status < 300, "the act was refused: {}", String::from_utf8_lossy(&answer.body));
            Ok(())
        };
        let see = async {
            tokio::time::timeout(PATIENCE, hints.recv())
                .await
                .context("nobody heard of the act")?
                .context("the stream ended")?;
            tokio::time::sleep(SCRIPT_WAITS).await;
            look(&mut page, case, clerk, &words).await
        };
        let ((), ()) = tokio::try_join!(act, see)?;
        times.push(sent.elapsed().as_secs_f64() * 1_000.0);
        while hints.try_recv().is_ok() {}
        tokio::time::sleep(APART).await;
    }
    listening.abort();
    Ok(times)
}

/// The page of the case is asked for again and holds the new words.
async fn look(page: &mut Connection, case: &str, reader: &Reader, words: &str) -> anyhow::Result<()> {
    let answer = page.plain(&format!("/cases/{case}"), &reader.token).await?;
    let html = String::from_utf8_lossy(&answer.body).into_owned();
    match answer.status == 200 && html.contains(words) {
        true => Ok(()),
        false => bail!("the page does not show the act it was told of (status {})", answer.status),
    }
}
