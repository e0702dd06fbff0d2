//! The index of pages in SQL. With SQLite it is a file of its own, beside the record's; it may be deleted.

use std::collections::BTreeMap;

use async_trait::async_trait;
use xiezhi_store::pages::{BLOCK, IndexedPaper, Marks, PageFound, PageIndex, PagesAsked, Term};
use xiezhi_store::{Pos, StoreError};

use crate::db::{Db, Tx, repeating};
use crate::statement::{Cell, Dialect, Found, Kind, Sheet, Statement, as_int};

/// Of tables in another shape nothing is kept.
const SHAPE: i64 = 1;
/// Blocks that are asked at once, where the newest had not enough.
const BLOCKS_AT_ONCE: u64 = 8;
const TABLES: [&str; 4] = ["search_state", "search_paper", "search_page", "search_term"];

/// The index of pages in SQLite or PostgreSQL.
#[derive(Clone, Debug)]
pub struct SqlPages {
    db: Db,
}

/// Where each term stands in a block, by block and term.
type Marked = BTreeMap<(u64, Term), Marks>;

impl SqlPages {
    /// Opens `sqlite://path` or `postgres://…`. What is there in another shape is thrown away.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let pages = Self { db: Db::open(url).await? };
        pages.create().await?;
        let found = pages.db.read(Statement::new("SELECT shape FROM search_state")).await?.pop();
        if found.map(|mut found| found.int(0)).transpose()? != Some(SHAPE) {
            pages.clear().await?;
        }
        Ok(pages)
    }

    /// Closes all connections. Call it last.
    pub async fn close(&self) {
        self.db.close().await;
    }

    async fn create(&self) -> Result<(), StoreError> {
        let (bytes, text, strict, keyed) = match self.db.dialect() {
            Dialect::Lite => ("BLOB", "TEXT", " STRICT", " STRICT, WITHOUT ROWID"),
            Dialect::Pg => ("bytea", "text COLLATE \"C\"", "", ""),
        };
        let int = if self.db.dialect() == Dialect::Lite { "INTEGER" } else { "bigint" };
        let not_null = "NOT NULL";
        let tables = [
            format!(
                "search_state (one {int} PRIMARY KEY, shape {int} {not_null}, next_no {int} {not_null}, upto {int} {not_null}){strict}"
            ),
            format!(
                "search_paper (first_no {int} PRIMARY KEY, pages {int} {not_null}, paper {text} {not_null} UNIQUE, part_of {text} {not_null}, edition {text} {not_null}){strict}"
            ),
            format!("search_page (no {int} PRIMARY KEY, first_no {int} {not_null}, sealed {bytes} {not_null}){strict}"),
            format!(
                "search_term (block {int}, term {int}, pages {bytes} {not_null}, PRIMARY KEY (block, term)){keyed}"
            ),
        ];
        for table in tables {
            self.db.write(Statement::new(format!("CREATE TABLE IF NOT EXISTS {table}"))).await?;
        }
        let index = "CREATE INDEX IF NOT EXISTS search_paper_of ON search_paper (part_of)";
        self.db.write(Statement::new(index)).await?;
        let state = Statement::new("INSERT INTO search_state VALUES (1, $1, 0, 0) ON CONFLICT DO NOTHING");
        self.db.write(state.bind(SHAPE)).await.map(drop)
    }

    async fn try_put(&self, papers: Vec<IndexedPaper>) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        let lock = tx.dialect().for_update();
        let found = tx.run(Statement::new(format!("SELECT next_no FROM search_state{lock}"))).await?.pop();
        let next = found.ok_or_else(|| StoreError::Damaged("no state of the index".into()))?.count(0)?;
        let (mut places, mut paper_rows, mut page_rows) = (vec![], vec![], vec![]);
        let mut no = next;
        for paper in papers {
            let first = as_int(no)?;
            let pages = as_int(paper.pages.len() as u64)?;
            paper_rows.push(vec![
                first.into(),
                pages.into(),
                paper.key.into(),
                paper.part_of.into(),
                paper.edition.into(),
            ]);
            for page in paper.pages {
                places.extend(page.terms.into_iter().map(|term| (no / BLOCK, term, (no % BLOCK) as u16)));
                page_rows.push(vec![as_int(no)?.into(), first.into(), page.text.into()]);
                no += 1;
            }
        }
        let kinds = [Kind::Int, Kind::Int, Kind::Text, Kind::Text, Kind::Text];
        tx.run_sheet(Sheet::new(&kinds, paper_rows), |source| {
            format!("INSERT INTO search_paper (first_no, pages, paper, part_of, edition) {source}")
        })
        .await?;
        tx.run_sheet(Sheet::new(&[Kind::Int, Kind::Int, Kind::Bytes], page_rows), |source| {
            format!("INSERT INTO search_page (no, first_no, sealed) {source}")
        })
        .await?;
        add(&mut tx, places, next).await?;
        tx.run(Statement::new("UPDATE search_state SET next_no = $1").bind(as_int(no)?)).await?;
        tx.commit().await
    }

    async fn try_take_out(&self, key: &str, pages: &[(u64, Vec<Term>)]) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        let lock = tx.dialect().for_update();
        tx.run(Statement::new(format!("SELECT next_no FROM search_state{lock}"))).await?;
        let mut places: Vec<(u64, Term)> =
            pages.iter().flat_map(|(no, terms)| terms.iter().map(move |term| (no / BLOCK, *term))).collect();
        places.sort_unstable();
        places.dedup();
        let mut marked = marked(tx.run_sheet(places_sheet(&places)?, asked_places).await?)?;
        for (no, terms) in pages {
            for term in terms {
                if let Some(marks) = marked.get_mut(&(no / BLOCK, *term)) {
                    marks.unmark(no % BLOCK);
                }
            }
        }
        let (empty, left): (Marked, Marked) = marked.into_iter().partition(|(_, marks)| marks.is_none());
        let empty: Vec<(u64, Term)> = empty.into_keys().collect();
        tx.run_sheet(places_sheet(&empty)?, |source| {
            format!("DELETE FROM search_term WHERE (block, term) IN ({source})")
        })
        .await?;
        write(&mut tx, left).await?;
        let nos = pages.iter().map(|(no, _)| Ok(vec![as_int(*no)?.into()])).collect::<Result<_, StoreError>>()?;
        tx.run_sheet(Sheet::new(&[Kind::Int], nos), |source| format!("DELETE FROM search_page WHERE no IN ({source})"))
            .await?;
        tx.run(Statement::new("DELETE FROM search_paper WHERE paper = $1").bind(key)).await?;
        tx.commit().await
    }

    /// The ranges of numbers that the papers of some wholes have.
    async fn ranges(&self, wholes: &[String]) -> Result<Vec<(u64, u64)>, StoreError> {
        let rows = wholes.iter().map(|whole| vec![whole.as_str().into()]).collect();
        let statements = Sheet::new(&[Kind::Text], rows).statements(self.db.dialect(), |source| {
            format!("SELECT first_no, pages FROM search_paper WHERE part_of IN ({source})")
        });
        let mut ranges = vec![];
        for statement in statements {
            for mut found in self.db.read(statement).await? {
                let first = found.count(0)?;
                ranges.push((first, first + found.count(1)?));
            }
        }
        Ok(ranges)
    }

    /// The pages of some blocks that hold all terms, the newest first.
    async fn holding(
        &self,
        blocks: &[u64],
        asked: &PagesAsked,
        ranges: Option<&[(u64, u64)]>,
    ) -> Result<Vec<u64>, StoreError> {
        let places: Vec<(u64, Term)> =
            blocks.iter().flat_map(|block| asked.terms.iter().map(|term| (*block, *term))).collect();
        let mut found = vec![];
        for statement in places_sheet(&places)?.statements(self.db.dialect(), asked_places) {
            found.append(&mut self.db.read(statement).await?);
        }
        let mut marked = marked(found)?;
        let mut numbers = vec![];
        for block in blocks {
            let of: Option<Vec<Marks>> = asked.terms.iter().map(|term| marked.remove(&(*block, *term))).collect();
            let Some(mut all) = of.map(Vec::into_iter) else { continue };
            let Some(mut held) = all.next() else { continue };
            all.for_each(|marks| held.keep(&marks));
            if let Some(ranges) = ranges {
                held.keep(&Marks::within(*block, ranges));
            }
            numbers.extend(held.newest_first().map(|place| block * BLOCK + place).filter(|no| *no < asked.before));
        }
        Ok(numbers)
    }

    async fn told(&self, numbers: &[u64]) -> Result<Vec<PageFound>, StoreError> {
        let rows = numbers.iter().map(|no| Ok(vec![as_int(*no)?.into()])).collect::<Result<_, StoreError>>()?;
        let statements = Sheet::new(&[Kind::Int], rows).statements(self.db.dialect(), |source| {
            format!(
                "WITH sought(no) AS ({source})
                 SELECT p.no, w.first_no, w.paper, w.part_of, p.sealed
                 FROM sought s CROSS JOIN search_page p CROSS JOIN search_paper w
                 WHERE p.no = s.no AND w.first_no = p.first_no"
            )
        });
        let mut told = vec![];
        for statement in statements {
            for mut found in self.db.read(statement).await? {
                let (no, first) = (found.count(0)?, found.count(1)?);
                let (key, part_of) = (found.text(2)?, found.text(3)?);
                told.push(PageFound { no, key, part_of, page: no - first + 1, text: found.bytes(4)? });
            }
        }
        told.sort_unstable_by_key(|page| std::cmp::Reverse(page.no));
        Ok(told)
    }
}

/// A term is a number of 48 bits, which databases keep as they keep others.
fn places_sheet(places: &[(u64, Term)]) -> Result<Sheet, StoreError> {
    let row = |(block, term): &(u64, Term)| Ok(vec![as_int(*block)?.into(), as_int(*term)?.into()]);
    Ok(Sheet::new(&[Kind::Int, Kind::Int], places.iter().map(row).collect::<Result<_, StoreError>>()?))
}

/// The join goes from what is sought, whatever the database thinks of it.
fn asked_places(source: &str) -> String {
    format!(
        "WITH sought(block, term) AS ({source}) SELECT t.block, t.term, t.pages
         FROM sought s CROSS JOIN search_term t WHERE t.block = s.block AND t.term = s.term"
    )
}

fn marked(found: Vec<Found>) -> Result<Marked, StoreError> {
    let read = |mut found: Found| {
        let place = (found.count(0)?, found.count(1)?);
        let marks = Marks::read(&found.bytes(2)?);
        Ok((place, marks.ok_or_else(|| StoreError::Damaged("pages of a term are not whole".into()))?))
    };
    found.into_iter().map(read).collect()
}

/// Adds pages to their terms. Of a block that begins here nothing is known yet.
async fn add(tx: &mut Tx, mut places: Vec<(u64, Term, u16)>, next: u64) -> Result<(), StoreError> {
    places.sort_unstable();
    let mut sought: Vec<(u64, Term)> = vec![];
    let mut marks = Marked::new();
    for of_term in places.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let (block, term, _) = of_term[0];
        let mut new = Marks::none();
        of_term.iter().for_each(|(_, _, place)| new.mark(u64::from(*place)));
        if block * BLOCK < next {
            sought.push((block, term));
        }
        marks.insert((block, term), new);
        // As many as fit into memory well; the rest goes on after.
        if marks.len() == TERMS_AT_ONCE {
            merge(tx, std::mem::take(&mut sought), std::mem::take(&mut marks)).await?;
        }
    }
    merge(tx, sought, marks).await
}

/// Terms whose pages are written at once: 4 KiB each.
const TERMS_AT_ONCE: usize = 8_192;

async fn merge(tx: &mut Tx, sought: Vec<(u64, Term)>, mut marks: Marked) -> Result<(), StoreError> {
    for (place, known) in marked(tx.run_sheet(places_sheet(&sought)?, asked_places).await?)? {
        if let Some(new) = marks.get_mut(&place) {
            new.add(&known);
        }
    }
    write(tx, marks).await
}

async fn write(tx: &mut Tx, marks: Marked) -> Result<(), StoreError> {
    let row = |((block, term), marks): ((u64, Term), Marks)| -> Result<Vec<Cell>, StoreError> {
        Ok(vec![as_int(block)?.into(), as_int(term)?.into(), marks.written().into()])
    };
    let rows = marks.into_iter().map(row).collect::<Result<_, _>>()?;
    tx.run_sheet(Sheet::new(&[Kind::Int, Kind::Int, Kind::Bytes], rows), |source| {
        // Without a condition SQLite takes ON for that of a join.
        format!(
            "WITH new(block, term, pages) AS ({source}) INSERT INTO search_term SELECT block, term, pages FROM new
             WHERE true ON CONFLICT (block, term) DO UPDATE SET pages = excluded.pages"
        )
    })
    .await
    .map(drop)
}

#[async_trait]
impl PageIndex for SqlPages {
    async fn put(&self, papers: Vec<IndexedPaper>) -> Result<(), StoreError> {
        repeating!(self.try_put(papers.clone()).await)
    }

    async fn papers(&self, part_of: &str) -> Result<Vec<(String, String)>, StoreError> {
        let question = Statement::new("SELECT paper, edition FROM search_paper WHERE part_of = $1 ORDER BY paper");
        let found = self.db.read(question.bind(part_of)).await?;
        found.into_iter().map(|mut found| Ok((found.text(0)?, found.text(1)?))).collect()
    }

    async fn pages(&self, key: &str) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let question = Statement::new(
            "SELECT p.no, p.sealed FROM search_paper w JOIN search_page p
             ON p.no >= w.first_no AND p.no < w.first_no + w.pages WHERE w.paper = $1 ORDER BY p.no",
        );
        let found = self.db.read(question.bind(key)).await?;
        found.into_iter().map(|mut found| Ok((found.count(0)?, found.bytes(1)?))).collect()
    }

    async fn take_out(&self, key: &str, pages: Vec<(u64, Vec<Term>)>) -> Result<(), StoreError> {
        repeating!(self.try_take_out(key, &pages).await)
    }

    async fn find(&self, asked: &PagesAsked) -> Result<Vec<PageFound>, StoreError> {
        if asked.terms.is_empty() {
            return Ok(vec![]);
        }
        let mut terms = asked.terms.clone();
        terms.sort_unstable();
        terms.dedup();
        let asked = PagesAsked { terms, ..asked.clone() };
        let ranges = match &asked.within {
            Some(wholes) => Some(self.ranges(wholes).await?),
            None => None,
        };
        let end = match &ranges {
            Some(ranges) => ranges.iter().map(|(_, until)| *until).max().unwrap_or(0),
            None => {
                let found = self.db.read(Statement::new("SELECT next_no FROM search_state")).await?.pop();
                found.ok_or_else(|| StoreError::Damaged("no state of the index".into()))?.count(0)?
            }
        };
        let mut left = end.min(asked.before).div_ceil(BLOCK);
        // What stands on many pages is found in the newest block alone.
        let mut at_once = 1;
        let mut numbers = vec![];
        while left > 0 && numbers.len() < asked.limit {
            let from = left.saturating_sub(at_once);
            let has_own = |block: &u64| match &ranges {
                Some(ranges) => {
                    ranges.iter().any(|(from, until)| *from < (block + 1) * BLOCK && *until > block * BLOCK)
                }
                None => true,
            };
            let blocks: Vec<u64> = (from..left).rev().filter(has_own).collect();
            numbers.append(&mut self.holding(&blocks, &asked, ranges.as_deref()).await?);
            (left, at_once) = (from, BLOCKS_AT_ONCE);
        }
        numbers.truncate(asked.limit);
        self.told(&numbers).await
    }

    async fn reached(&self) -> Result<Pos, StoreError> {
        let found = self.db.read(Statement::new("SELECT upto FROM search_state")).await?.pop();
        found.map_or(Ok(0), |mut found| found.count(0))
    }

    async fn reach(&self, upto: Pos) -> Result<(), StoreError> {
        self.db.write(Statement::new("UPDATE search_state SET upto = $1").bind(as_int(upto)?)).await.map(drop)
    }

    async fn size_bytes(&self) -> Result<u64, StoreError> {
        let question = match self.db.dialect() {
            Dialect::Lite => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()".to_owned(),
            Dialect::Pg => {
                let sizes = TABLES.map(|table| format!("pg_total_relation_size('{table}')"));
                format!("SELECT {}", sizes.join(" + "))
            }
        };
        self.db.read(Statement::new(question)).await?.pop().map_or(Ok(0), |mut found| found.count(0))
    }

    async fn clear(&self) -> Result<(), StoreError> {
        for table in TABLES {
            self.db.write(Statement::new(format!("DROP TABLE IF EXISTS {table}"))).await?;
        }
        self.create().await?;
        self.db.empty_journal().await
    }
}

/// The file of the index beside that of a record in SQLite; in PostgreSQL both stand in one database.
pub fn beside(url: &str) -> String {
    match url.strip_prefix("sqlite:") {
        None => url.to_owned(),
        Some(rest) => {
            let (path, asked) = rest.split_once('?').map_or((rest, None), |(path, asked)| (path, Some(asked)));
            let stem = path.strip_suffix(".db").or_else(|| path.strip_suffix(".sqlite")).unwrap_or(path);
            let asked = asked.map(|asked| format!("?{asked}")).unwrap_or_default();
            format!("sqlite:{stem}-search.db{asked}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_of_a_file_is_a_file_beside_it() {
        assert_eq!(beside("sqlite:///data/court.db"), "sqlite:///data/court-search.db");
        assert_eq!(beside("sqlite://court?cache=private"), "sqlite://court-search.db?cache=private");
        assert_eq!(beside("postgres://host/court"), "postgres://host/court");
    }
}
