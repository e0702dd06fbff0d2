//! Papers shared for a time with somebody outside the court (限时共享): an appraiser, another court. They read those
//! papers on the court's pages with a code, under their name, until the term ends or the court takes it back.

use std::collections::BTreeSet;

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    decision::{Context, Decision, Promise},
    ids::{MaterialId, PersonId, ShareId},
    material::Place,
    moment::Recorded,
    paper::Volume,
    refusal::refusals,
    stage::Stage,
};

/// The longest term, in days: a safeguard of the platform, not a period of the law.
pub const LONGEST_DAYS: i64 = 90;
/// Wrong tries after which a code is void.
pub const CODE_TRIES: usize = 5;
/// Most papers of one share.
pub const MOST_PAPERS: usize = 200;

/// Somebody outside the court (共享对象).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Outsider {
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Telephone or mail address, to which the code goes.
    pub reach: String,
}

/// What is to be shared, with whom, for what, until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Terms {
    /// With whom.
    pub with: Outsider,
    /// For what.
    pub purpose: String,
    /// The papers, as they were listed.
    pub materials: Vec<MaterialId>,
    /// Last day.
    pub until_on: Date,
}

/// A share (共享).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Identifier.
    pub id: ShareId,
    /// What, with whom, for what, until when.
    pub terms: Terms,
    /// Eight digits, known to the outsider.
    pub code: String,
    /// Wrong codes: the same one again tells a guesser nothing and does not count.
    pub tried: BTreeSet<String>,
    /// When it began.
    pub granted_on: Date,
    /// Who asked for it.
    pub granted_by: Option<PersonId>,
    /// When it was taken back, and why.
    pub revoked: Option<(Date, String)>,
}

impl Share {
    /// Whether it still opens anything on `today`.
    pub fn is_open(&self, case: &CaseState, today: Date) -> bool {
        let is_void = self.tried.len() >= CODE_TRIES;
        self.revoked.is_none() && today <= self.terms.until_on && !is_void && case.stage != Stage::Archived
    }
}

/// Facts of sharing. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum SharingEvent {
    /// Papers were shared with somebody outside the court (限时共享).
    #[serde(rename = "sharing.granted.v1")]
    Granted {
        /// Identifier.
        share: ShareId,
        /// What, with whom, for what, until when.
        terms: Terms,
        /// The code.
        code: String,
        /// Who asked for it.
        by: Option<PersonId>,
    },
    /// A wrong code was given (验证码错误).
    #[serde(rename = "sharing.mistyped.v1")]
    Mistyped {
        /// Which share.
        share: ShareId,
        /// What was given.
        code: String,
    },
    /// The court took it back (撤回共享).
    #[serde(rename = "sharing.revoked.v1")]
    Revoked {
        /// Which share.
        share: ShareId,
        /// Why.
        reason: String,
    },
}

/// Commands of sharing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum SharingCommand {
    /// Shares papers.
    Grant {
        /// What, with whom, for what, until when.
        terms: Terms,
    },
    /// Takes a share back.
    Revoke {
        /// Which.
        share: ShareId,
        /// Why.
        reason: String,
    },
    /// Somebody gives a code.
    Try {
        /// Of which share.
        share: ShareId,
        /// The code.
        code: String,
    },
}

refusals! {
    /// Why an act of sharing is refused.
    SharingRefusal = "sharing" {
        /// There is no such share, or it is over.
        Unknown,
        /// A name and an organisation are needed.
        NotNamed,
        /// A telephone number or a mail address is needed.
        NotReachable,
        /// For what has to be said.
        NoPurpose,
        /// The term ends after today, within the longest term.
        WrongTerm,
        /// Nothing was chosen, or too much.
        NothingChosen,
        /// A paper is not in the file.
        NotInFile,
        /// Papers of the secondary volume are never shared.
        SecondaryVolume,
        /// In this court a share is asked for and approved.
        NeedsApproval,
        /// A reason is needed.
        NoReason,
        /// The code is wrong, or there is nothing to open.
        WrongCode,
    }
}

/// Checks what is to be shared.
///
/// # Errors
/// A [`SharingRefusal`] when it is not said with whom, for what or until when, or a paper can't be shared.
pub fn check(case: &CaseState, terms: &Terms, today: Date) -> Result<(), SharingRefusal> {
    let Outsider { name, organisation, reach } = &terms.with;
    if name.trim().is_empty() || organisation.trim().is_empty() {
        return Err(SharingRefusal::NotNamed);
    }
    if !is_reach(reach) {
        return Err(SharingRefusal::NotReachable);
    }
    if terms.purpose.trim().is_empty() {
        return Err(SharingRefusal::NoPurpose);
    }
    let last = today.checked_add(Span::new().days(LONGEST_DAYS)).expect("within the calendar");
    if terms.until_on < today || terms.until_on > last {
        return Err(SharingRefusal::WrongTerm);
    }
    if terms.materials.is_empty() || terms.materials.len() > MOST_PAPERS {
        return Err(SharingRefusal::NothingChosen);
    }
    for id in &terms.materials {
        let there = |place: Place, erased: bool| place == Place::InFile && !erased;
        match case.materials.get(id) {
            Some(paper) if paper.volume == Volume::Secondary => return Err(SharingRefusal::SecondaryVolume),
            Some(paper) if there(paper.place, paper.erased_on.is_some()) => {}
            _ => return Err(SharingRefusal::NotInFile),
        }
    }
    Ok(())
}

/// A mobile number, or something that looks like a mail address.
fn is_reach(reach: &str) -> bool {
    let is_mobile = reach.len() == 11 && reach.starts_with('1') && reach.bytes().all(|byte| byte.is_ascii_digit());
    let is_mail = reach.split_once('@').is_some_and(|(name, host)| {
        let plain = |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_graphic());
        plain(name) && plain(host) && host.contains('.') && !host.contains('@')
    });
    is_mobile || is_mail
}

/// The share begins: its code goes to the outsider.
pub(crate) fn granted(ctx: &Context, terms: Terms, by: Option<PersonId>) -> Decision {
    let share = ShareId(ctx.ids.next());
    let code = format!("{:08}", ctx.ids.next().as_u128() % 100_000_000);
    let mut decision = Decision::of(SharingEvent::Granted { share, terms, code, by });
    decision.promises.push(Promise::Invite { share });
    decision
}

/// Decides an act of sharing.
///
/// # Errors
/// A [`SharingRefusal`].
pub fn decide(case: &CaseState, ctx: &Context, command: SharingCommand) -> Result<Decision, SharingRefusal> {
    match command {
        SharingCommand::Grant { terms } => {
            check(case, &terms, ctx.moment.today)?;
            if ctx.rules.settings.shares_need_approval {
                return Err(SharingRefusal::NeedsApproval);
            }
            let decision = granted(ctx, terms, ctx.actor.person());
            let known = decision.events.iter().any(|event| matches!(event, crate::event::CaseEvent::Sharing(SharingEvent::Granted { share, .. }) if case.shares.contains_key(share)));
            Ok(if known { Decision::nothing() } else { decision })
        }
        SharingCommand::Revoke { share, reason } => {
            let known = case.shares.get(&share).ok_or(SharingRefusal::Unknown)?;
            if reason.trim().is_empty() {
                return Err(SharingRefusal::NoReason);
            }
            if known.revoked.is_some() {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(SharingEvent::Revoked { share, reason }))
        }
        SharingCommand::Try { share, code } => {
            let today = ctx.moment.today;
            let known = case.shares.get(&share).filter(|known| known.is_open(case, today));
            let known = known.ok_or(SharingRefusal::WrongCode)?;
            if known.code == code {
                return Ok(Decision::nothing());
            }
            if known.tried.contains(&code) {
                return Err(SharingRefusal::WrongCode);
            }
            Ok(Decision::of(SharingEvent::Mistyped { share, code }))
        }
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &SharingEvent, recorded: &Recorded) {
    let today = recorded.moment.today;
    match event {
        SharingEvent::Granted { share, terms, code, by } => {
            let new = Share {
                id: *share,
                terms: terms.clone(),
                code: code.clone(),
                tried: BTreeSet::new(),
                granted_on: today,
                granted_by: *by,
                revoked: None,
            };
            case.shares.insert(*share, new);
        }
        SharingEvent::Mistyped { share, code } => {
            if let Some(share) = case.shares.get_mut(share) {
                share.tried.insert(code.clone());
            }
        }
        SharingEvent::Revoked { share, reason } => {
            if let Some(share) = case.shares.get_mut(share) {
                share.revoked = Some((today, reason.clone()));
            }
        }
    }
}
