//! Destruction of archived files (档案销毁): lists on the record, and what the last signature brings about. Bodies,
//! salts and files go; positions, entries and every proof stay, and so does the list.

use serde::Serialize;
use xiezhi_domain::{
    Refusal,
    case::CaseState,
    destruction::{self, DestructionCommand, DestructionEvent, DestructionList, Listed},
    ids::{CaseId, CommandId, DestructionListId},
    people::Actor,
    stage::Stage,
};
use xiezhi_store::{CommandKey, Commit, CommitRefusal, LogId, RowChange, Stream, writer::WriteError};

use crate::{
    App, AppError, codec, court,
    lists::CaseFilter,
    moment,
    rows::{self, Rows},
    sweeping,
};

/// A list under its identifier.
#[derive(Clone, Debug)]
pub struct KnownList {
    /// Identifier.
    pub id: DestructionListId,
    /// How it stands.
    pub list: DestructionList,
}

/// The register of lists: one entry for each, so that they are found.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
#[serde(tag = "event")]
enum RegisterEvent {
    /// A list was begun (销毁清册登记).
    #[serde(rename = "court.destruction_list_begun.v1")]
    Begun {
        /// Identifier.
        list: DestructionListId,
    },
}

fn register() -> Stream {
    Stream("destruction".to_owned())
}

fn stream(list: DestructionListId) -> Stream {
    Stream::new("destruction", list)
}

/// Commits an act on a list; whoever else acted on it meanwhile makes it be asked again.
struct Act {
    list: DestructionListId,
    rev: u64,
    event: DestructionEvent,
}

impl App {
    /// Every list, the newest last.
    pub async fn destruction_lists(&self) -> Result<Vec<KnownList>, AppError> {
        let mut lists = vec![];
        for (_, RegisterEvent::Begun { list }) in court::read_plain(self, &register(), 0).await? {
            lists.push(KnownList { id: list, list: self.destruction_list(list).await?.0 });
        }
        Ok(lists)
    }

    async fn destruction_list(&self, id: DestructionListId) -> Result<(DestructionList, u64), AppError> {
        let mut list = DestructionList::default();
        let mut at = 0;
        for (rev, event) in court::read_plain::<DestructionEvent>(self, &stream(id), 0).await? {
            list.apply(&event);
            at = rev;
        }
        Ok((list, at))
    }

    /// Archived files whose retention is over, and which no open list names.
    pub async fn destructible(&self, actor: &Actor) -> Result<Vec<Listed>, AppError> {
        let today = self.ports().clock.moment().today;
        let lists = self.destruction_lists().await?;
        let open = lists.iter().filter(|known| known.list.refused.is_none()).flat_map(|known| &known.list.listed);
        let named: Vec<CaseId> = open.map(|file| file.case).collect();
        let mut found = vec![];
        let mut filter = CaseFilter { stage: Some(Stage::Archived), page: 1, size: 200, ..CaseFilter::default() };
        loop {
            let page = self.cases(actor, &filter).await?.rows;
            let last = (page.len() as u64) < filter.size;
            for id in page.iter().filter_map(|row| row.case_id.parse::<CaseId>().ok()) {
                let case = self.load(id).await?;
                found.extend(destruction::listed(&case, today).filter(|file| !named.contains(&file.case)));
            }
            if last {
                return Ok(found);
            }
            filter.page += 1;
        }
    }

    /// Draws up a list of all files whose retention is over; gives its identifier.
    pub async fn draw_destruction_list(
        &self,
        actor: &Actor,
        command: CommandId,
    ) -> Result<DestructionListId, AppError> {
        let id = DestructionListId(command.0);
        if self.destruction_list(id).await?.1 > 0 {
            return Ok(id);
        }
        let listed = self.destructible(actor).await?;
        self.act_on_list(id, actor, command, DestructionCommand::Draw { listed }).await?;
        Ok(id)
    }

    /// Carries out an act on a list. With the last supervisor's signature the files on it are destroyed.
    pub async fn act_on_list(
        &self,
        id: DestructionListId,
        actor: &Actor,
        command: CommandId,
        act: DestructionCommand,
    ) -> Result<(), AppError> {
        let (list, rev) = self.destruction_list(id).await?;
        if rev == 0 && !matches!(act, DestructionCommand::Draw { .. }) {
            return Err(AppError::NotFound);
        }
        let today = self.ports().clock.moment().today;
        let decided = destruction::decide(&list, actor, today, act);
        let event = match decided {
            Ok(event) => event,
            Err(_) if self.ports().store.committed(LogId::RECORD, command.0).await?.is_some() => return Ok(()),
            Err(refused) => return Err(Refusal::from(refused).into()),
        };
        let mut after = list;
        after.apply(&event);
        self.commit_act(Act { list: id, rev, event }, actor, command, &after).await?;
        if after.is_carried_out() { self.destroy_listed(&after).await.map(drop) } else { Ok(()) }
    }

    /// The act, and with the last signature everything of the files but their record: rows, and a mark on each file's
    /// bytes, in one transaction.
    async fn commit_act(
        &self,
        act: Act,
        actor: &Actor,
        command: CommandId,
        after: &DestructionList,
    ) -> Result<(), AppError> {
        let now = self.ports().clock.now();
        let (mut gone, mut marks, mut read) = (vec![], vec![], vec![(stream(act.list), act.rev)]);
        if after.is_carried_out() {
            for file in &after.listed {
                let Ok(case) = self.load(file.case).await else { continue };
                self.is_still_listed(&case, file)?;
                read.push((codec::case_stream(case.id), case.rev));
                gone.extend(self.rows_gone(&case).await?);
                marks.extend(sweeping::marks_of_case(&case, now.as_microsecond()));
            }
        }
        let (by, at_us) = (actor.label(), now.as_microsecond());
        let inscribed = |stream: &Stream| codec::Inscription::new(&by, at_us, stream);
        let event = codec::seal_plain(moment::new_id(now), &act.event, &inscribed(&stream(act.list)));
        let mut write = vec![(stream(act.list), vec![event])];
        if act.rev == 0 {
            let begun = RegisterEvent::Begun { list: act.list };
            let known = court::read_plain::<RegisterEvent>(self, &register(), 0).await?.len() as u64;
            read.push((register(), known));
            write.push((register(), vec![codec::seal_plain(moment::new_id(now), &begun, &inscribed(&register()))]));
        }
        let commit = Commit {
            log: LogId::RECORD,
            command: CommandKey { id: command.0, hash: [0; 32] },
            actor: by,
            at_us,
            read,
            write,
            rows: gone,
            outbox: vec![],
            working: marks,
        };
        match self.writer().commit(commit).await {
            Ok(_) => Ok(()),
            Err(WriteError::Refused(CommitRefusal::Conflict { .. })) => Err(AppError::Busy),
            Err(failed) => Err(failed.into()),
        }
    }

    /// What was done with the file since the list was drawn up counts: one that was lent or reclassified stays.
    fn is_still_listed(&self, case: &CaseState, file: &Listed) -> Result<(), AppError> {
        let today = self.ports().clock.moment().today;
        if destruction::listed(case, today).is_some_and(|now| now.retention == file.retention) {
            return Ok(());
        }
        let archive_no = file.archive_no.clone();
        Err(Refusal::from(destruction::DestructionRefusal::StillKept { archive_no }).into())
    }

    async fn rows_gone(&self, case: &CaseState) -> Result<Vec<RowChange>, AppError> {
        let people = self.directory().await?;
        Ok(rows::difference(&rows::of(case, &people), &Rows::default()))
    }

    /// Bodies and salts of the files of a list that was carried out. Harmless to repeat.
    async fn destroy_listed(&self, list: &DestructionList) -> Result<u64, AppError> {
        let mut destroyed = 0;
        for file in &list.listed {
            destroyed += self.ports().store.destroy_stream(LogId::RECORD, &codec::case_stream(file.case)).await?;
            self.forget_search(file.case).await?;
            self.forget_case(file.case);
        }
        Ok(destroyed)
    }

    /// Finishes what a crash between the last signature and the destruction left undone.
    pub(crate) async fn finish_destruction(&self) -> Result<(), AppError> {
        for known in self.destruction_lists().await? {
            if known.list.is_carried_out() {
                self.destroy_listed(&known.list).await?;
            }
        }
        Ok(())
    }
}
