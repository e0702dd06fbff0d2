//! The outbox at work: deliveries and short texts, claimed before the call, never lost.

use sha2::{Digest, Sha256};
use xiezhi_connect::{Channel, Delivery, Message};
use xiezhi_domain::{
    case::CaseState,
    command::CaseCommand,
    decision::Promise,
    ids::{CommandId, PartyId, ServiceId},
    people::Actor,
    service::ServiceCommand,
};
use xiezhi_store::{Claimed, Outcome};

use crate::{
    App, AppError,
    cases::{DISPATCHES, Dispatch},
    rows,
};

/// A claim lasts this long: longer than any channel takes to answer.
const CLAIM_US: i64 = 120_000_000;
/// Waits double from here, up to an hour.
const FIRST_WAIT_US: i64 = 5_000_000;
const LAST_WAIT_US: i64 = 3_600_000_000;
/// After so many tries a person must look.
const TRIES: u32 = 20;

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
    /// they confirmed. What the system sent successfully has arrived on that day.
    ///
    /// Source: 《民诉法解释》第一百三十五条.
    async fn deliver(&self, claimed: &Claimed, case: &CaseState, id: ServiceId) -> Result<Outcome, AppError> {
        let Some(service) = case.services.get(&id) else { return Ok(Outcome::Done) };
        if !rows::accounts_of(case, service.to).is_empty() {
            return self
                .report(
                    claimed,
                    case,
                    ServiceCommand::RecordArrival { service: id, arrived_at: self.ports().clock.now() },
                )
                .await;
        }
        let text = format!(
            "{}：有材料待您签收，请在官方诉讼平台查看。可拨{}核实。",
            self.ports().settings.court_name,
            self.ports().settings.hotline
        );
        match self.send(claimed, &service.address, text).await? {
            Delivery::Accepted { .. } => {
                let arrived_at = self.ports().clock.now();
                self.report(claimed, case, ServiceCommand::RecordArrival { service: id, arrived_at }).await
            }
            Delivery::Failed { reason } => {
                self.report(claimed, case, ServiceCommand::RecordFailure { service: id, reason }).await
            }
            Delivery::Unknown => Ok(self.later(claimed, "the channel does not know yet".to_owned())),
        }
    }

    async fn send(&self, claimed: &Claimed, to: &str, text: String) -> Result<Delivery, AppError> {
        let key = claimed.id.to_string();
        let channel = if to.contains('@') { Channel::Mail } else { Channel::Sms };
        let message = Message { key, channel, to: to.to_owned(), subject: String::new(), body: text };
        self.ports().messages.send(&message).await.map_err(|fault| AppError::failed("messages", fault))
    }

    /// Reports what became of a delivery; a refusal means that the record knows better already.
    async fn report(&self, claimed: &Claimed, case: &CaseState, command: ServiceCommand) -> Result<Outcome, AppError> {
        let digest: [u8; 32] = Sha256::digest(format!("dispatch {}", claimed.id)).into();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        let id = CommandId(uuid::Builder::from_custom_bytes(bytes).into_uuid());
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
        match self.send(claimed, &phone, text.to_owned()).await? {
            Delivery::Accepted { .. } => Ok(Outcome::Done),
            Delivery::Failed { reason } => Ok(Outcome::Failed { why: reason }),
            Delivery::Unknown => Ok(self.later(claimed, "the channel does not know yet".to_owned())),
        }
    }
}
