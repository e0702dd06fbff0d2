//! Words looked for in a million pages: their texts are made of sentences of the court's own papers, with names, days
//! and amounts that differ, and stand in the papers of a court of a thousand cases, so that the rights are real. Every
//! answer is held against the texts themselves.

use std::{collections::HashSet, fs, path::Path, sync::Arc, time::Instant};

use anyhow::{Context, ensure};
use xiezhi_app::{
    App,
    moment::SystemClock,
    searching,
    tables::{CaseRow, TableRow as _},
    texts,
};
use xiezhi_domain::{
    access,
    case::CaseState,
    ids::{CaseId, MaterialId},
    people::{Actor, Person, Post},
};
use xiezhi_store::{
    Cond, Query,
    pages::{BLOCK, PageIndex},
};
use xiezhi_store_sql::SqlPages;

use super::verdict::{Line, percentile};
use crate::{compose, config::Config};

/// Letters of a page, about.
const LETTERS: usize = 500;
/// Papers whose sentences are used.
const PAPERS_READ: usize = 400;
/// Questions of each kind.
const QUESTIONS: usize = 60;
/// An index may take so much of the text.
const MOST_OF_TEXT: f64 = 1.5;
/// Letters that names are made of: few enough that each name is held by some pages, many enough that none by all.
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜";
const GIVEN: &str = "明理文静建国志远春兰秋菊嘉禾思源子墨雨桐晨曦浩然佳怡梓涵宇轩欣妍俊杰婉清博雅";

/// Numbers that follow from one.
struct Draw(u64);

impl Draw {
    fn next(&mut self, below: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % below.max(1) as u64) as usize
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.next(of.len())]
    }
}

/// Texts of pages, each the same however often it is asked for.
struct Texts {
    sentences: Vec<String>,
    surnames: Vec<char>,
    given: Vec<char>,
}

impl Texts {
    /// Sentences of the papers of a court.
    async fn of(app: &App, papers: &[Paper]) -> anyhow::Result<Self> {
        let (mut sentences, mut seen) = (HashSet::new(), HashSet::new());
        for paper in papers {
            let file = &paper.case.materials[&paper.id].file;
            if !seen.insert(file.sha256.clone()) || seen.len() > PAPERS_READ {
                continue;
            }
            for page in app.text_layer(file).await.iter() {
                let text = texts::written(&page.runs);
                let parts = text.split_inclusive(['。', '；', '：', '，']).map(str::to_owned);
                sentences.extend(parts.filter(|part| part.chars().count() > 3));
            }
        }
        let mut sentences: Vec<String> = sentences.into_iter().collect();
        sentences.sort();
        ensure!(sentences.len() > 100, "the court's papers have only {} sentences", sentences.len());
        Ok(Self { sentences, surnames: SURNAMES.chars().collect(), given: GIVEN.chars().collect() })
    }

    fn name(&self, draw: &mut Draw) -> String {
        [*draw.one(&self.surnames), *draw.one(&self.given), *draw.one(&self.given)].iter().collect()
    }

    fn page(&self, no: u64) -> String {
        let mut draw = Draw(no);
        let (mut text, mut letters) = (String::with_capacity(LETTERS * 3 + 60), 0);
        // Two pages of three name the court's usual parties.
        if draw.next(3) > 0 {
            text.push_str("原告诉称");
        }
        while letters < LETTERS {
            let part = match draw.next(6) {
                0 => format!("{}，", self.name(&mut draw)),
                1 => format!("{}年{}月{}日", 2010 + draw.next(16), 1 + draw.next(12), 1 + draw.next(28)),
                2 => format!("{}.{:02}元", draw.next(900_000), draw.next(100)),
                _ => draw.one(&self.sentences).clone(),
            };
            letters += part.chars().count();
            text.push_str(&part);
        }
        text
    }

    /// Words to look for: two letters out of a page, or a name.
    fn words(&self, draw: &mut Draw, pages: u64) -> String {
        let text: Vec<char> = self.page(draw.next(pages as usize) as u64).chars().collect();
        let at = draw.next(text.len() - 2);
        text[at..at + 2].iter().collect()
    }
}

/// A paper of the court, and which pages it has.
struct Paper {
    case: Arc<CaseState>,
    id: MaterialId,
}

/// Every paper of the court that is searched, in an order of no meaning.
async fn papers(app: &App) -> anyhow::Result<Vec<Paper>> {
    let mut papers = vec![];
    for row in app.rows::<CaseRow>(Query::of(CaseRow::TABLE.name, Cond::True)).await? {
        let case = app.load(row.case_id.parse::<CaseId>().ok().context("a case has an identifier")?).await?;
        let open = case.materials.values().filter(|paper| searching::is_open(paper) && paper.file.pages > 0);
        papers.extend(open.map(|paper| Paper { case: Arc::clone(&case), id: paper.id }));
    }
    papers.sort_by_key(|paper| Draw(paper.id.0.as_u128() as u64).next(usize::MAX));
    Ok(papers)
}

/// The first page of each paper; the last number is that of all pages.
fn shared_out(papers: usize, pages: u64) -> Vec<u64> {
    (0..=papers as u64).map(|at| at * pages / papers as u64).collect()
}

/// Fills the index; returns the bytes of text.
async fn fill(app: &App, texts: &Texts, papers: &[Paper], firsts: &[u64]) -> anyhow::Result<u64> {
    let begun = Instant::now();
    let mut terms = app.terms();
    let (mut batch, mut waiting, mut bytes) = (vec![], 0, 0);
    for (at, paper) in papers.iter().enumerate() {
        let pages: Vec<String> = (firsts[at]..firsts[at + 1]).map(|no| texts.page(no)).collect();
        bytes += pages.iter().map(|page| page.len() as u64).sum::<u64>();
        waiting += pages.len() as u64;
        if !pages.is_empty() {
            batch.push(app.indexed(paper.case.id, &paper.case.materials[&paper.id], &pages, &mut terms));
        }
        if waiting >= BLOCK || at + 1 == papers.len() {
            app.ports().pages.put(std::mem::take(&mut batch)).await?;
            waiting = 0;
            eprint!("\r{} pages, {} s ", firsts[at + 1], begun.elapsed().as_secs());
        }
    }
    eprintln!();
    Ok(bytes)
}

/// Whoever looks for words, and which papers they may see.
struct Looker {
    actor: Actor,
    sees: Vec<bool>,
    who: &'static str,
}

async fn looker(app: &App, person: &Person, who: &'static str, papers: &[Paper]) -> Looker {
    let actor = Actor::Person { id: person.id, post: person.post, token: None };
    let mut sees = vec![];
    for paper in papers {
        let seen = app.view(paper.case.id, &actor).await.ok();
        sees.push(seen.is_some_and(|(case, reader)| access::may_see(&reader, &case, &case.materials[&paper.id])));
    }
    Looker { actor, sees, who }
}

/// The newest pages with the words that someone may see, by the texts alone.
fn expected(texts: &Texts, papers: &[Paper], firsts: &[u64], looker: &Looker, words: &str) -> Vec<(MaterialId, u64)> {
    let mut found = vec![];
    for (at, paper) in papers.iter().enumerate().rev().filter(|(at, _)| looker.sees[*at]) {
        for no in (firsts[at]..firsts[at + 1]).rev() {
            if texts.page(no).contains(words) {
                found.push((paper.id, no - firsts[at] + 1));
                if found.len() == searching::SHOWN {
                    return found;
                }
            }
        }
    }
    found
}

/// Measures the court in `court`, its index in `folder` or in PostgreSQL.
pub async fn measure(court: &Path, folder: &Path, url: Option<&str>, pages: u64) -> anyhow::Result<Vec<Line>> {
    let own = format!("sqlite://{}", folder.join("pages.db").display());
    if url.is_none() {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder)?;
    }
    let index = Arc::new(SqlPages::open(url.unwrap_or(&own)).await?);
    index.clear().await?;
    let config = Config::demonstration(court, "127.0.0.1:0");
    let opened = compose::open_with(&config, Arc::new(SystemClock), index.clone()).await?;
    let app = &opened.app;
    let papers = papers(app).await?;
    let firsts = shared_out(papers.len(), pages);
    let texts = Texts::of(app, &papers).await?;
    let text_bytes = fill(app, &texts, &papers, &firsts).await?;
    let index_bytes = index.size_bytes().await?;
    let people = app.directory().await?;
    let one = |post| people.on(post).next().context("the court has people on every post");
    let lookers = [
        looker(app, one(Post::President)?, "the president", &papers).await,
        looker(app, one(Post::Judge)?, "a judge", &papers).await,
    ];
    let name = if url.is_some() { "PostgreSQL" } else { "SQLite" };
    let mut lines = vec![];
    for looker in &lookers {
        let mut draw = Draw(7);
        // What stands on most pages, on some, and on hardly any.
        let mut asked: Vec<String> = ["原告", "告诉", "诉称"].map(str::to_owned).to_vec();
        asked.extend((0..QUESTIONS).map(|_| texts.words(&mut draw, pages)));
        asked.extend((0..QUESTIONS).map(|_| texts.name(&mut draw).chars().take(2).collect()));
        asked.push("鑫龘".to_owned());
        let mut times = vec![];
        for (at, words) in asked.iter().enumerate() {
            let begun = Instant::now();
            let found = app.search(&looker.actor, words, None).await?;
            times.push(begun.elapsed().as_secs_f64() * 1_000.0);
            // Every tenth is held against the texts: that takes longer than all the questions.
            if at < 3 || at % 10 == 0 {
                let told: Vec<(MaterialId, u64)> = found.hits.iter().map(|hit| (hit.material, hit.page)).collect();
                let right = expected(&texts, &papers, &firsts, looker, words);
                ensure!(told == right, "{words} for {}: {told:?} is not {right:?}", looker.who);
            }
        }
        let seen = looker.sees.iter().filter(|sees| **sees).count();
        let why = format!("{} questions, {seen} of {} papers seen", times.len(), papers.len());
        let what = format!("{name}: two letters in {pages} pages, the newest 20 for {}, p95", looker.who);
        lines.push(Line::at_most(what, percentile(&mut times, 0.95), 100.0, "ms", why));
    }
    let share = index_bytes as f64 / text_bytes as f64;
    let why = format!("{:.2} GB of text", text_bytes as f64 / 1e9);
    lines.push(Line::at_most(
        format!("{name}: the index, texts sealed in it, of the text"),
        share,
        MOST_OF_TEXT,
        "×",
        why,
    ));
    index.clear().await?;
    app.close().await;
    Ok(lines)
}
