//! The package that a case came in, less what was found infected since (改装): what is left is as it came, byte for byte;
//! catalogue and manifests are written anew, and the list of what is withheld. What the court it came from proved still
//! holds, for its log and its seal speak of hashes.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use xiezhi_package::{
    Bag, DocumentRow, Item, Seal, Withheld,
    bag::{BAG_INFO, BAGIT, MANIFESTS, TAG_MANIFESTS},
    layout::{ATTACHMENTS, CATALOGUE, DOCUMENTS, RENDITIONS, SEAL, WITHHELD},
};

use super::{Packed, json, withholds};
use crate::{App, AppError};

/// What follows from the rest of a bag.
fn is_made_anew(path: &str) -> bool {
    let own = [BAGIT, BAG_INFO, SEAL, CATALOGUE, WITHHELD];
    own.contains(&path) || MANIFESTS.contains(&path) || TAG_MANIFESTS.contains(&path)
}

/// A package that was kept: its files by their paths, each with its hash.
struct Kept<'a> {
    app: &'a App,
    files: BTreeMap<&'a str, &'a str>,
}

impl Kept<'_> {
    async fn text(&self, path: &str) -> Result<String, AppError> {
        let Some(sha256) = self.files.get(path) else { return Ok(String::new()) };
        let bytes = self.app.bytes(sha256).await?;
        String::from_utf8(bytes).map_err(|_| AppError::Unreadable(format!("{path} is no text")))
    }

    async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, AppError> {
        let text = self.text(path).await?;
        serde_json::from_str(&text).map_err(|fault| AppError::Unreadable(format!("{path}: {fault}")))
    }
}

impl App {
    /// The package with these files, without the bytes of those that are infected.
    ///
    /// # Errors
    /// [`AppError::Invalid`] where something is infected that no event names: without it the package is none.
    pub(super) async fn repacked(
        &self,
        name: &str,
        listed: &[(&str, &str)],
        infected: &BTreeMap<String, String>,
    ) -> Result<Packed, AppError> {
        let kept = Kept { app: self, files: listed.iter().map(|(sha256, path)| (*path, *sha256)).collect() };
        let found = |path: &str| kept.files.get(path).and_then(|sha256| infected.get(*sha256));
        let is_named = |path: &str| path.starts_with(DOCUMENTS) || path.starts_with(ATTACHMENTS);
        let is_apart = |path: &str| is_named(path) || path.starts_with(RENDITIONS);
        if listed.iter().any(|(_, path)| found(path).is_some() && !is_apart(path)) {
            return Err(AppError::Invalid(vec![("file".to_owned(), "package.infected".to_owned())]));
        }
        let seal: Seal = kept.read(SEAL).await?;
        let mut papers: Vec<DocumentRow> = kept.read(CATALOGUE).await?;
        let mut gone: BTreeSet<String> = BTreeSet::new();
        for paper in &mut papers {
            let is_infected = infected.contains_key(&paper.sha256);
            let (left, pages) = std::mem::take(&mut paper.renditions)
                .into_iter()
                .partition(|page| !is_infected && found(page).is_none());
            (paper.renditions, paper.path) = (left, paper.path.take().filter(|_| !is_infected));
            gone.extend::<Vec<String>>(pages);
        }
        let before: Vec<Withheld> = if kept.files.contains_key(WITHHELD) { kept.read(WITHHELD).await? } else { vec![] };
        let mut withheld: BTreeMap<String, Withheld> =
            before.into_iter().map(|file| (file.sha256.clone(), file)).collect();
        let mut bag = Bag::default();
        for (label, value) in kept.text(BAG_INFO).await?.lines().filter_map(|line| line.split_once(": ")) {
            if label != "Payload-Oxum" {
                bag.info(label, value);
            }
        }
        for (sha256, path) in listed.iter().filter(|(_, path)| !is_made_anew(path) && !gone.contains(*path)) {
            match found(path) {
                Some(virus) => {
                    let paper = papers.iter().find(|paper| paper.sha256 == *sha256);
                    let media = paper.map(|paper| paper.media.clone()).unwrap_or_default();
                    let (sha256, found) = ((*sha256).to_owned(), virus.clone());
                    withheld.insert(sha256.clone(), Withheld { sha256, media, found });
                }
                None => bag.add(self.file((*path).to_owned(), sha256).await?),
            }
        }
        bag.add(Item::of(CATALOGUE, json(&papers)));
        withholds(&mut bag, &withheld.into_values().collect::<Vec<_>>());
        Ok(Packed { name: name.to_owned(), items: bag.close(seal) })
    }
}
