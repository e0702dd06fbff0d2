//! Identifiers. Each is its own type, so that a party can't be taken for a paper.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(out)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    )*};
}

ids! {
    /// A case (案件), from the submission of its application.
    CaseId,
    /// A party to a case (当事人).
    PartyId,
    /// A person known to the court: staff, party, lawyer.
    PersonId,
    /// A paper or other item in the e-file (卷宗材料), or waiting to enter it (待入卷).
    MaterialId,
    /// An annotation on a paper (批注).
    AnnotationId,
    /// A document the court drafts and issues (文书).
    DocumentId,
    /// A comment on a document in the making (文书批注).
    CommentId,
    /// A set of like cases (系列案).
    SeriesId,
    /// A hearing (庭审).
    HearingId,
    /// A request for approval (审批).
    ApprovalId,
    /// One attempt to serve one paper on one party (送达).
    ServiceId,
    /// A list of files to destroy (销毁清册).
    DestructionListId,
    /// A batch of scanned pages (扫描批次).
    ScanId,
    /// Papers shared with somebody outside the court (限时共享).
    ShareId,
    /// A cover sheet before papers on a scanner (扫描分隔页).
    SheetId,
    /// Papers taken at the counter at one time (一次收件).
    IntakeId,
    /// A token by which a program acts for a person (程序令牌).
    TokenId,
    /// A command; also the key under which its repeat is recognised.
    CommandId,
}

/// Makes the identifiers that a decision needs, from the command alone: deciding the same command
/// again, on a newer state or after a crash, names the same things.
#[derive(Debug)]
pub struct IdSource {
    command: CommandId,
    made: std::sync::Arc<std::sync::atomic::AtomicU32>,
}

impl IdSource {
    /// Identifiers of what `command` brings about.
    pub fn of(command: CommandId) -> Self {
        Self { command, made: std::sync::Arc::default() }
    }

    /// The same source: whoever holds either goes on where the other stopped.
    pub fn share(&self) -> Self {
        Self { command: self.command, made: std::sync::Arc::clone(&self.made) }
    }

    /// The next identifier.
    pub fn next(&self) -> Uuid {
        let count = self.made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut hash = Sha256::new();
        hash.update(self.command.0.as_bytes());
        hash.update(count.to_be_bytes());
        let digest: [u8; 32] = hash.finalize().into();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_command_names_the_same_things() {
        let command = CommandId(Uuid::from_u128(7));
        let (first, again) = (IdSource::of(command), IdSource::of(command));
        assert_eq!((first.next(), first.next()), (again.next(), again.next()));
        assert_ne!(first.next(), IdSource::of(CommandId(Uuid::from_u128(8))).next());
    }
}
