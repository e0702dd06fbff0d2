//! What pages weigh: every page that people of each post come to by following links.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    path::Path,
};

use anyhow::Context;

use super::{
    http::Connection,
    served::{Reader, Served},
    verdict::Line,
};

/// Pages looked at for each reader.
const PAGES_EACH: usize = 60;
/// The scripts that only some pages carry.
const ISLANDS: [&str; 3] = ["upload", "signature-pad", "transcript"];
/// One of each kind of reader, and the page they begin on.
const READERS: [(&str, &str); 8] = [
    ("甄明理", "/workbench"),
    ("纪真", "/workbench"),
    ("庭之长", "/workbench"),
    ("收立案", "/review"),
    ("藏卷宗", "/archive"),
    ("财清楚", "/money"),
    ("贾借出", "/home"),
    ("系统员", "/people"),
];

/// A page as it comes over the wire, in bytes.
#[derive(Clone, Debug, Default)]
struct Weighed {
    path: String,
    page: usize,
    styles: usize,
    scripts: usize,
    has_island: bool,
}

/// Weighs the pages of the court in `folder`.
pub async fn measure(folder: &Path) -> anyhow::Result<Vec<Line>> {
    let served = Served::start(folder).await?;
    let readers = served.sign_in_all(&READERS.map(|(name, _)| name)).await?;
    let mut weighed = vec![];
    for (reader, (_, first)) in readers.iter().zip(READERS) {
        weighed.extend(pages_of(&served, reader, first).await?);
    }
    served.stop().await?;
    let most = |weight: fn(&Weighed) -> usize, among: fn(&Weighed) -> bool| {
        weighed.iter().filter(|page| among(page)).max_by_key(|page| weight(page)).cloned().unwrap_or_default()
    };
    let heaviest = most(|page| page.page + page.styles, |_| true);
    let scripted = most(|page| page.scripts, |page| !page.has_island);
    let why = |page: &Weighed| format!("heaviest of {} pages: {}", weighed.len(), page.path);
    let kilobytes = |bytes: usize| bytes as f64 / 1_000.0;
    Ok(vec![
        Line::at_most(
            "page: HTML and styles, compressed",
            kilobytes(heaviest.page + heaviest.styles),
            60.0,
            "kB",
            why(&heaviest),
        ),
        Line::at_most("page without an island: scripts", kilobytes(scripted.scripts), 70.0, "kB", why(&scripted)),
    ])
}

/// The pages one reader comes to.
async fn pages_of(served: &Served, reader: &Reader, first: &str) -> anyhow::Result<Vec<Weighed>> {
    let mut connection = Connection::open(served.address).await?;
    let mut waiting = VecDeque::from([first.to_owned()]);
    let mut kinds = BTreeMap::<String, usize>::new();
    let (mut known, mut weighed) = (BTreeSet::from([first.to_owned()]), vec![]);
    while let Some(path) = waiting.pop_front() {
        if weighed.len() >= PAGES_EACH {
            break;
        }
        let plain = connection.plain(&path, &reader.token).await?;
        if plain.status != 200 || !plain.is_html {
            continue;
        }
        let html = String::from_utf8(plain.body).context("a page is UTF-8")?;
        for link in attributes(&html, "href=\"/").filter(|link| is_page(link)) {
            // A few pages of each kind: hundreds of rows lead to the same one.
            let seen = kinds.entry(kind_of(link)).or_default();
            if *seen < 3 && known.insert(link.to_owned()) {
                *seen += 1;
                waiting.push_back(link.to_owned());
            }
        }
        weighed.push(weigh(&mut connection, reader, path, &html).await?);
    }
    Ok(weighed)
}

async fn weigh(connection: &mut Connection, reader: &Reader, path: String, html: &str) -> anyhow::Result<Weighed> {
    let mut one = Weighed { page: connection.page(&path, &reader.token).await?.body.len(), path, ..Weighed::default() };
    let assets: Vec<String> = ["href=\"/assets/", "src=\"/assets/"]
        .iter()
        .flat_map(|begin| attributes(html, begin))
        .map(str::to_owned)
        .collect();
    for asset in assets {
        let bytes = connection.page(&asset, "").await?.body.len();
        if asset.ends_with(".css") {
            one.styles += bytes;
        } else if asset.ends_with(".js") {
            one.scripts += bytes;
            one.has_island |= ISLANDS.iter().any(|island| asset.contains(island));
        }
    }
    Ok(one)
}

/// Values of an attribute, from its first slash on.
fn attributes<'h>(html: &'h str, begin: &'h str) -> impl Iterator<Item = &'h str> {
    let name = begin.split_once('"').map_or(0, |(name, _)| name.len() + 1);
    html.match_indices(begin).filter_map(move |(at, _)| html[at + name..].split('"').next())
}

/// Whether following the link only looks.
fn is_page(link: &str) -> bool {
    let file = link.rsplit('/').next().unwrap_or_default();
    !link.starts_with("/assets/") && !link.contains('#') && !file.contains('.') && !link.contains("download")
}

/// The path with its identifiers left out.
fn kind_of(link: &str) -> String {
    let path = link.split('?').next().unwrap_or_default();
    path.split('/').map(|part| if part.len() == 36 { "*" } else { part }).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_told_from_assets_and_files() {
        let html = r#"<a href="/cases?page=2">2</a><link href="/assets/app.css"><a href="/cases.xlsx">x</a>"#;
        let links: Vec<&str> = attributes(html, "href=\"/").filter(|link| is_page(link)).collect();
        assert_eq!(links, ["/cases?page=2"]);
        assert_eq!(kind_of("/cases/00000000-0000-0000-0000-000000000000/file?x=1"), "/cases/*/file");
    }
}
