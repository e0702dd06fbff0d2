//! Taking staged papers into the file (入卷): a paper whose pages were arranged is put together first, from the files
//! as they were received, and enters as one file that is tied to them.

use xiezhi_domain::{
    access::{self, Act},
    case::CaseState,
    command::CaseCommand,
    ids::{CaseId, CommandId, MaterialId},
    material::{FileRef, Leaf, Material, MaterialCommand, Place, Rendition, received_file},
    people::Actor,
};

use crate::{App, AppError, cases::Decided, ports::ComposedLeaf};

impl App {
    /// Takes staged papers into the file in one act. Nothing is put together for someone who may not take them in.
    pub async fn take_into_file(
        &self,
        id: CaseId,
        actor: &Actor,
        command_id: CommandId,
        materials: Vec<MaterialId>,
    ) -> Result<Decided, AppError> {
        let (case, reader) = self.view(id, actor).await?;
        access::may(&reader, Act::KeepFile, case.stage).map_err(AppError::Denied)?;
        let mut rendered = vec![];
        for material in &materials {
            // One that entered already was put together before: the repeat of the act is the same act.
            let was_or_will_be = |paper: &&Material| paper.place == Place::Staged || !paper.originals.is_empty();
            let paper = case.materials.get(material).filter(was_or_will_be);
            if let Some(paper) = paper.filter(|paper| paper.needs_rendition() && !paper.leaves().is_empty()) {
                rendered.push(self.put_together(&case, paper).await?);
            }
        }
        let command = MaterialCommand::Enter { materials, rendered };
        self.decide(id, actor, command_id, CaseCommand::Material(command)).await
    }

    /// The pages of a paper as one file.
    async fn put_together(&self, case: &CaseState, paper: &Material) -> Result<Rendition, AppError> {
        let leaves = paper.leaves();
        let name = format!("{}.pdf", paper.title);
        let file = self.composed(&leaves, name, |sha256| received_file(case, sha256).cloned()).await?;
        Ok(Rendition { material: paper.id, file, leaves })
    }

    /// Pages of files as received, put together as one file and kept.
    pub(crate) async fn composed(
        &self,
        leaves: &[Leaf],
        name: String,
        received: impl Fn(&str) -> Option<FileRef>,
    ) -> Result<FileRef, AppError> {
        let mut sources: Vec<&str> = vec![];
        let mut asked = vec![];
        for leaf in leaves {
            let sha256 = leaf.file_sha256.as_str();
            let source = sources.iter().position(|known| *known == sha256).unwrap_or_else(|| {
                sources.push(sha256);
                sources.len() - 1
            });
            asked.push(ComposedLeaf { source, page: leaf.page, turn: leaf.turn, skew_tenths: leaf.skew_tenths });
        }
        let mut files = vec![];
        for sha256 in sources {
            files.push(self.opened(&received(sha256).ok_or(AppError::NotFound)?.sha256).await?);
        }
        let pages = u32::try_from(leaves.len()).unwrap_or(u32::MAX);
        let pdf = self.ports().reading.compose(&files, &asked).await?;
        self.keep(pdf, "application/pdf", name, pages).await
    }
}
