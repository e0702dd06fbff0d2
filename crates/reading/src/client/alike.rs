//! What pages look like, and which are scans of one sheet: in slices, so that a thick file keeps no scan waiting.

use std::path::{Path, absolute};

use super::{Reader, ReadingError};
use crate::{
    Look,
    ask::{Answer, Task},
};

/// So many pages are looked at in one go; between two slices whoever waits for the scanning seat gets it.
const PAGES_IN_TURN: u32 = 8;
/// For each pair two pages are drawn.
const PAIRS_IN_TURN: usize = PAGES_IN_TURN as usize / 2;

impl Reader {
    /// What each page looks like, as far as it can be compared with others; nothing of a blank page. Fewer where the file
    /// ends a worker.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn looks(&self, file: &Path) -> Result<Vec<Option<Look>>, ReadingError> {
        let mut looks = vec![];
        loop {
            let from = u32::try_from(looks.len()).unwrap_or(u32::MAX);
            match self.some_looks(file, from).await {
                Ok(some) => looks.extend(some),
                Err(ReadingError::Problem(_)) if !looks.is_empty() => return Ok(looks),
                Err(fault) => return Err(fault),
            }
            // A slice that is not full was the last.
            if looks.len() % PAGES_IN_TURN as usize != 0 {
                return Ok(looks);
            }
        }
    }

    /// The looks of the next pages, while the scanning seat is held: a thick file lets others in between.
    async fn some_looks(&self, file: &Path, from: u32) -> Result<Vec<Option<Look>>, ReadingError> {
        let task = Task::Looks { from, count: PAGES_IN_TURN };
        let ended = self.ask_within(file, task, self.limits.of_a_copy()).await?;
        ended.told_of_each(|answer| match answer {
            Answer::Look(look) => Some(look),
            _ => None,
        })
    }

    /// Whether pages of two files (counted from zero, in pairs) are scans of one sheet.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn same(&self, file: &Path, other: &Path, pages: &[(u32, u32)]) -> Result<Vec<bool>, ReadingError> {
        let other = absolute(other).map_err(ReadingError::Worker)?;
        let mut same = vec![];
        for some in pages.chunks(PAIRS_IN_TURN) {
            match self.some_same(file, &other, some).await {
                Ok(found) => same.extend(found),
                Err(ReadingError::Problem(_)) if !same.is_empty() => same.extend(some.iter().map(|_| false)),
                Err(fault) => return Err(fault),
            }
        }
        Ok(same)
    }

    /// The same for a few pairs, while the scanning seat is held.
    async fn some_same(&self, file: &Path, other: &Path, pages: &[(u32, u32)]) -> Result<Vec<bool>, ReadingError> {
        let task = Task::Compare { other: other.to_owned(), pages: pages.to_vec() };
        let ended = self.ask_within(file, task, self.limits.of_a_copy()).await?;
        let mut same = ended.told_of_each(|answer| match answer {
            Answer::Same(is_same) => Some(is_same),
            _ => None,
        })?;
        same.resize(pages.len(), false);
        Ok(same)
    }
}
