//! The outbox at work: deliveries and short texts, claimed before the call, never lost.

use sha2::{Digest, Sha256};
use xiezhi_connect::{Channel, Delivery, Message};
use xiezhi_domain::{
    case::CaseState,
    command::CaseCommand,
    decision::Promise,
    ids::{CommandId, PartyId, PersonId, ServiceId},
    people::Actor,
    service::{Means, ServiceCommand},
};
use xiezhi_store::{Claimed, Outcome};

use crate::{
    App, AppError,
    cases::{DISPATCHES, Dispatch},
    notifying, rows,
};

/// A claim lasts this long: longer than any channel takes to answer.
const CLAIM_US: i64 = 120_000_000;
/// Waits double from here, up to an hour.
const FIRST_WAIT_US: i64 = 5_000_000;
const LAST_WAIT_US: i64 = 3_600_000_000;
/// After so many tries a person must look.
const TRIES: u32 = 20;
/// So often a channel is asked what became of a message; then a person decides.
const ASKED_AGAIN: u32 = 8;
/// What may be with a channel already.
const HANDED_OVER: &str = "handed-over";
const HANDED_OVER_DAYS: i64 = 90;

impl App {
    /// Carries what is due; returns how many dispatches were taken.
    pub async fn run_outbox(&self) -> Result<usize, AppError> {
        let now = self.now_us();
        let claimed = self.ports().store.claim(DISPATCHES, now, now + CLAIM_US, 50).await?;
        let count = claimed.len();
        for dispatch in claimed {
            let outcome = self.carry(&dispatch).await.unwrap_or_else(|fault| self.later(&dispatch, fault.to_string()));
            self.ports().store.finish(dispatch.id, outcome).await?;
        }
        Ok(count)
    }

    fn later(&self, dispatch: &Claimed, why: String) -> Outcome {
        if dispatch.attempts >= TRIES {
            return Outcome::Failed { why };
        }
        let wait = FIRST_WAIT_US.saturating_mul(1 << dispatch.attempts.min(20)).min(LAST_WAIT_US);
        Outcome::Retry { at_us: self.now_us() + wait, why }
    }

    async fn carry(&self, claimed: &Claimed) -> Result<Outcome, AppError> {
        let dispatch: Dispatch =
            serde_json::from_slice(&claimed.body).map_err(|fault| AppError::Unreadable(fault.to_string()))?;
        let case = self.load(dispatch.case).await?;
        match dispatch.promise {
            Promise::Deliver { service } => self.deliver(claimed, &case, service).await,
            Promise::Tell { party, text } => self.tell(claimed, &case, party, &text).await,
        }
    }

    /// A party with an account has the paper in its own pages at once; others are reached at the address
    /// they confirmed. What the system sent successfully has arrived on that day. Each way tried is a row.
    ///
    /// Source: 《民诉法解释》第一百三十五条.
    async fn deliver(&self, claimed: &Claimed, case: &CaseState, id: ServiceId) -> Result<Outcome, AppError> {
        let Some(service) = case.services.get(&id) else { return Ok(Outcome::Done) };
        if !rows::accounts_of(case, service.to).is_empty() {
            let words = "已送入当事人在诉讼平台的页面".to_owned();
            return self.report(claimed, case, id, Means::Platform, Ok(words)).await;
        }
        let message = notifying::of_service(&self.ports().settings, case, service, &claimed.id.to_string());
        let means = if message.channel == Channel::Mail { Means::Mail } else { Means::ShortMessage };
        let outcome = match self.send(claimed, message).await? {
            Delivery::Accepted { reference } => Ok(format!("发送成功，受理号{reference}")),
            Delivery::Failed { reason } => Err(format!("发送失败：{reason}")),
            Delivery::Unknown if claimed.attempts < ASKED_AGAIN => {
                return Ok(self.later(claimed, "the channel does not know yet".to_owned()));
            }
            Delivery::Unknown => Err("发送结果不明，多次查询无果；请人工核实或者改用其他方式".to_owned()),
        };
        self.report(claimed, case, id, means, outcome).await
    }

    /// Hands a message over. Where a channel knows no message again, it is noted beforehand that it may have had
    /// it: after a crash in between it is asked, never sent twice.
    async fn send(&self, claimed: &Claimed, message: Message) -> Result<Delivery, AppError> {
        let messages = &self.ports().messages;
        let failed = |fault| AppError::failed("messages", fault);
        if messages.takes_a_key(message.channel) {
            return messages.send(&message).await.map_err(failed);
        }
        let id = claimed.id.to_string();
        if self.note::<bool>(HANDED_OVER, &id).await?.is_some() {
            return messages.outcome(&message.key).await.map_err(failed);
        }
        let nobody = PersonId(uuid::Uuid::nil());
        self.keep_note(HANDED_OVER, &id, nobody, &true, HANDED_OVER_DAYS).await?;
        let sent = messages.send(&message).await;
        if sent.is_err() {
            self.ports().store.change_working(vec![self.note_ending(HANDED_OVER, &id)]).await?;
        }
        sent.map_err(failed)
    }

    /// Reports what became of a delivery; a refusal means that the record knows better already.
    async fn report(
        &self,
        claimed: &Claimed,
        case: &CaseState,
        service: ServiceId,
        means: Means,
        outcome: Result<String, String>,
    ) -> Result<Outcome, AppError> {
        let digest: [u8; 32] = Sha256::digest(format!("dispatch {}", claimed.id)).into();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        let id = CommandId(uuid::Builder::from_custom_bytes(bytes).into_uuid());
        let (at, reached) = (self.ports().clock.now(), outcome.is_ok());
        let outcome = outcome.unwrap_or_else(|failure| failure);
        let command = ServiceCommand::ReportDelivery { service, means, at, reached, outcome };
        match self.decide(case.id, &Actor::System, id, CaseCommand::Service(command)).await {
            Ok(_) | Err(AppError::CommandReused) => Ok(Outcome::Done),
            Err(AppError::Refused(refusal)) => Ok(Outcome::Failed { why: refusal.code().to_owned() }),
            Err(fault) => Err(fault),
        }
    }

    async fn tell(&self, claimed: &Claimed, case: &CaseState, party: PartyId, text: &str) -> Result<Outcome, AppError> {
        let phone = case.address(party).map(|address| address.phone.clone());
        let phone = phone.or_else(|| case.parties.get(&party).and_then(|party| party.phone.clone()));
        let Some(phone) = phone else { return Ok(Outcome::Failed { why: "no telephone".to_owned() }) };
        match self.send(claimed, notifying::of_text(&phone, text, &claimed.id.to_string())).await? {
            Delivery::Accepted { .. } => Ok(Outcome::Done),
            Delivery::Failed { reason } => Ok(Outcome::Failed { why: reason }),
            Delivery::Unknown => Ok(self.later(claimed, "the channel does not know yet".to_owned())),
        }
    }
}
