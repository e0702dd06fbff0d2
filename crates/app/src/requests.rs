//! Requests of parties in their own words (申请书): printed, kept, handed in.

use xiezhi_domain::{
    access::{self, Reader},
    command::CaseCommand,
    decision::{About, PaperOrder},
    ids::{CaseId, CommandId, IdSource, MaterialId, PartyId},
    material::MaterialCommand,
    paper::PaperKind,
    people::Actor,
};

use crate::{App, AppError, cases::Decided, papers};

impl App {
    /// Prints a request from `words` and hands it in for `party`; the clerk finds it in staging.
    pub async fn hand_in_request(
        &self,
        id: CaseId,
        actor: &Actor,
        command_id: CommandId,
        party: PartyId,
        title: &str,
        words: String,
    ) -> Result<Decided, AppError> {
        let (case, reader) = self.view(id, actor).await?;
        let material = MaterialId(IdSource::of(command_id).next());
        let about = About::Words { party: Some(party), words };
        let order = PaperOrder { material, kind: PaperKind::Request, about };
        may_hand_in(&reader, access::Act::SubmitPaper, case.stage)?;
        let moment = self.ports().clock.moment();
        let directory = self.directory().await?;
        let document = papers::document(&case, &directory, &self.rules(moment.today), &order, moment);
        let file = self.print(document, title.to_owned()).await?;
        let command = MaterialCommand::Submit {
            material,
            kind: PaperKind::Request,
            title: title.to_owned(),
            file,
            from: Some(party),
            original: None,
        };
        self.decide(id, actor, command_id, CaseCommand::Material(command)).await
    }
}

/// Nothing is printed for someone who may not hand it in.
fn may_hand_in(reader: &Reader, act: access::Act, stage: xiezhi_domain::stage::Stage) -> Result<(), AppError> {
    access::may(reader, act, stage).map(|_| ()).map_err(AppError::Denied)
}
