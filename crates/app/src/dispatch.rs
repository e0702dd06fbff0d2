//! The outbox at work: deliveries and short texts, claimed before the call, never lost.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use xiezhi_connect::{Channel, Delivery, Message};
use xiezhi_domain::{
    case::CaseState,
    command::CaseCommand,
    decision::Promise,
    ids::{CaseId, CommandId, PartyId, PersonId, ServiceId, ShareId},
    people::Actor,
    service::{Means, Service, ServiceCommand},
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
/// A carrier is asked this often whether a message reached the device, and this long.
const REPORT_WAIT_US: i64 = 600_000_000;
const SILENCE_HOURS: i64 = 72;
/// What came back is asked for this often.
pub(crate) const BOUNCES: std::time::Duration = std::time::Duration::from_secs(30);

/// What a message was about, kept beside it: a carrier may bring it back days later.
#[derive(Serialize, Deserialize)]
struct HandedOver {
    case: CaseId,
    service: Option<ServiceId>,
    at: Timestamp,
}

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
            Promise::Invite { share } => self.invite(claimed, &case, share).await,
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
        if service.effected_on().is_some() {
            return self.await_report(claimed, service, case.id, &message, means).await;
        }
        let about = HandedOver { case: case.id, service: Some(id), at: self.ports().clock.now() };
        let reports = self.ports().messages.reports(message.channel);
        let outcome = match self.send(claimed, message, &about).await? {
            Delivery::Accepted { reference } => Ok(format!("发送成功，受理号{reference}")),
            Delivery::Delivered => Ok("发送成功，已到达终端".to_owned()),
            Delivery::Failed { reason } => Err(format!("发送失败：{reason}")),
            Delivery::Unknown if claimed.attempts < ASKED_AGAIN => {
                return Ok(self.later(claimed, "the channel does not know yet".to_owned()));
            }
            Delivery::Unknown => Err("发送结果不明，多次查询无果；请人工核实或者改用其他方式".to_owned()),
        };
        let reached = outcome.is_ok();
        match self.report(claimed, case, id, means, outcome).await? {
            Outcome::Done if reached && reports => Ok(self.ask_later()),
            done => Ok(done),
        }
    }

    fn ask_later(&self) -> Outcome {
        Outcome::Retry { at_us: self.now_us() + REPORT_WAIT_US, why: "the carrier's report is awaited".to_owned() }
    }

    /// What a carrier took on it may not have brought to the device; one that tells is asked until it does. Failure and
    /// silence are a question to the clerk.
    async fn await_report(
        &self,
        claimed: &Claimed,
        service: &Service,
        case: CaseId,
        message: &Message,
        means: Means,
    ) -> Result<Outcome, AppError> {
        let (messages, now) = (&self.ports().messages, self.ports().clock.now());
        let note: Option<HandedOver> = self.note(HANDED_OVER, &claimed.id.to_string()).await?;
        let Some(note) = note.filter(|_| messages.reports(message.channel) && !service.is_in_hand()) else {
            return Ok(Outcome::Done);
        };
        let silent = now.duration_since(note.at).as_hours() >= SILENCE_HOURS;
        let reason = match messages.outcome(message, note.at).await {
            Ok(Delivery::Delivered) => return Ok(Outcome::Done),
            Ok(Delivery::Failed { reason }) => format!("发送后未到达终端：{reason}"),
            _ if silent => format!("发送后{SILENCE_HOURS}小时没有状态报告"),
            _ => return Ok(self.ask_later()),
        };
        self.report_bounce(case, service.id, &message.key, means, now, reason).await?;
        Ok(Outcome::Done)
    }

    /// Hands a message over. Where a channel knows no message again, it is noted beforehand that it may have had
    /// it: after a crash in between it is asked, never sent twice.
    async fn send(&self, claimed: &Claimed, message: Message, about: &HandedOver) -> Result<Delivery, AppError> {
        let messages = &self.ports().messages;
        let failed = |fault| AppError::failed("messages", fault);
        if messages.takes_a_key(message.channel) {
            return messages.send(&message).await.map_err(failed);
        }
        let id = claimed.id.to_string();
        if let Some(note) = self.note::<HandedOver>(HANDED_OVER, &id).await? {
            return messages.outcome(&message, note.at).await.map_err(failed);
        }
        let nobody = PersonId(uuid::Uuid::nil());
        self.keep_note(HANDED_OVER, &id, nobody, about, HANDED_OVER_DAYS).await?;
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
        let id = command_of(&format!("dispatch {}", claimed.id));
        let (at, reached) = (self.ports().clock.now(), outcome.is_ok());
        let outcome = outcome.unwrap_or_else(|failure| failure);
        let command = ServiceCommand::ReportDelivery { service, means, at, reached, outcome };
        match self.decide(case.id, &Actor::System, id, CaseCommand::Service(command)).await {
            Ok(_) | Err(AppError::CommandReused) => Ok(Outcome::Done),
            Err(AppError::Refused(refusal)) => Ok(Outcome::Failed { why: refusal.code().to_owned() }),
            Err(fault) => Err(fault),
        }
    }

    /// Takes into the record what came back after a carrier had taken it on; returns how many notices were read. What
    /// is about nothing known here is put away.
    ///
    /// # Errors
    /// [`AppError`]; a notice that was not taken in is told again.
    pub async fn take_bounces(&self) -> Result<usize, AppError> {
        let messages = &self.ports().messages;
        let failed = |fault| AppError::failed("messages", fault);
        let notices = messages.came_back().await.map_err(failed)?;
        let count = notices.len();
        for notice in notices {
            if let Some(HandedOver { case, service: Some(service), .. }) = self.note(HANDED_OVER, &notice.key).await? {
                // A clock of another house may be ahead of ours.
                let at = notice.at.min(self.ports().clock.now());
                let reason = format!("退信：{}", notice.reason);
                self.report_bounce(case, service, &notice.key, Means::Mail, at, reason).await?;
            }
            messages.put_away(&notice.notice).await.map_err(failed)?;
        }
        Ok(count)
    }

    async fn report_bounce(
        &self,
        case: CaseId,
        service: ServiceId,
        key: &str,
        means: Means,
        at: Timestamp,
        outcome: String,
    ) -> Result<(), AppError> {
        let command = ServiceCommand::ReportBounce { service, means, at, outcome };
        let id = command_of(&format!("bounce {key}"));
        match self.decide(case, &Actor::System, id, CaseCommand::Service(command)).await {
            Ok(_) | Err(AppError::CommandReused | AppError::Refused(_)) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    /// A share that is over before its code went out needs none.
    async fn invite(&self, claimed: &Claimed, case: &CaseState, share: ShareId) -> Result<Outcome, AppError> {
        let today = self.ports().clock.moment().today;
        let open = case.shares.get(&share).filter(|share| share.is_open(case, today));
        let Some(share) = open else { return Ok(Outcome::Done) };
        let message = notifying::of_share(&self.ports().settings, case, share, &claimed.id.to_string());
        let about = HandedOver { case: case.id, service: None, at: self.ports().clock.now() };
        match self.send(claimed, message, &about).await? {
            Delivery::Accepted { .. } | Delivery::Delivered => Ok(Outcome::Done),
            Delivery::Failed { reason } => Ok(Outcome::Failed { why: reason }),
            Delivery::Unknown => Ok(self.later(claimed, "the channel does not know yet".to_owned())),
        }
    }

    async fn tell(&self, claimed: &Claimed, case: &CaseState, party: PartyId, text: &str) -> Result<Outcome, AppError> {
        let phone = case.address(party).map(|address| address.phone.clone());
        let phone = phone.or_else(|| case.parties.get(&party).and_then(|party| party.phone.clone()));
        let Some(phone) = phone else { return Ok(Outcome::Failed { why: "no telephone".to_owned() }) };
        let about = HandedOver { case: case.id, service: None, at: self.ports().clock.now() };
        match self.send(claimed, notifying::of_text(&phone, text, &claimed.id.to_string()), &about).await? {
            Delivery::Accepted { .. } | Delivery::Delivered => Ok(Outcome::Done),
            Delivery::Failed { reason } => Ok(Outcome::Failed { why: reason }),
            Delivery::Unknown => Ok(self.later(claimed, "the channel does not know yet".to_owned())),
        }
    }
}

/// The command that this cause leads to: the same cause again is the same command.
fn command_of(cause: &str) -> CommandId {
    let digest: [u8; 32] = Sha256::digest(cause).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    CommandId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
