//! Whether the others of the panel have opened a paper (是否阅卷). It informs the panel, and holds nothing back.

use std::collections::{BTreeMap, BTreeSet};

use xiezhi_domain::{
    access::{self, Reader},
    annotation::Circle,
    case::CaseState,
    ids::{MaterialId, PersonId},
};

use crate::http::{me::Me, prelude::*};

/// What others of the panel have read, by name.
pub type PanelRead = Vec<(String, BTreeMap<MaterialId, BTreeSet<u32>>)>;

/// Whether another of the panel has opened a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpenedView {
    /// Who.
    pub name: String,
    /// How many of its pages they have read.
    pub read: usize,
}

/// What the others of the panel have read of the file, told to whoever decides with them and to nobody else.
pub(super) async fn panel_read(app: &App, me: &Me, case: &CaseState, reader: &Reader) -> Result<PanelRead, Problem> {
    let tribunal = case.tribunal.as_ref().filter(|_| access::is_in(reader, case, Circle::Panel));
    let seats = tribunal.into_iter().flat_map(|it| it.presiding.into_iter().chain([it.judge]).chain(it.members.clone()));
    let others: BTreeSet<PersonId> = seats.filter(|person| *person != me.person.id).collect();
    let mut panel = vec![];
    for person in others {
        panel.push((me.showing.name(person).to_owned(), app.pages_read(person, case.id).await?));
    }
    Ok(panel)
}

/// Who of them has opened a paper, and how far.
pub(super) fn by_panel(panel: &PanelRead, paper: MaterialId) -> Vec<OpenedView> {
    let view = |(name, read): &(String, BTreeMap<MaterialId, BTreeSet<u32>>)| OpenedView {
        name: name.clone(),
        read: read.get(&paper).map_or(0, BTreeSet::len),
    };
    panel.iter().map(view).collect()
}
