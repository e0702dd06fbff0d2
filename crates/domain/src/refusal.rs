//! Refusals: expected answers, comparable, each with a stable code. Words for readers are in `web`.

/// Declares the refusals of a capability: an enum with a stable code for each.
macro_rules! refusals {
    ($(#[$doc:meta])* $name:ident = $prefix:literal {
        $($(#[$vdoc:meta])* $variant:ident $({ $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? })?),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
        #[serde(tag = "reason")]
        pub enum $name {
            $($(#[$vdoc])* $variant $({ $($(#[$fdoc])* $field : $ty),* })?),*
        }
        impl $name {
            /// The stable code of this refusal.
            pub fn code(&self) -> &'static str {
                match self {
                    $($name::$variant { .. } => concat!($prefix, ".", stringify!($variant))),*
                }
            }
            /// Every code of this capability, for the help pages.
            pub const CODES: &'static [&'static str] =
                &[$(concat!($prefix, ".", stringify!($variant))),*];
        }
    };
}
pub(crate) use refusals;

macro_rules! all_refusals {
    ($($variant:ident($path:path)),* $(,)?) => {
        /// Why an act was refused. Nothing happened; the reader is told what can be done.
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
        #[serde(untagged)]
        pub enum Refusal {
            $(#[doc = concat!("A refusal of ", stringify!($variant), ".")] $variant($path)),*
        }
        $(impl From<$path> for Refusal {
            fn from(refusal: $path) -> Self {
                Refusal::$variant(refusal)
            }
        })*
        impl Refusal {
            /// The stable code.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Refusal::$variant(refusal) => refusal.code()),*
                }
            }
        }
        /// Every stable code there is.
        pub fn all_codes() -> Vec<&'static str> {
            [$(<$path>::CODES),*].concat()
        }
    };
}

all_refusals! {
    Stage(crate::stage::StageRefusal),
    Filing(crate::filing::FilingRefusal),
    Review(crate::review::ReviewRefusal),
    Assignment(crate::assignment::AssignmentRefusal),
    Fees(crate::fees::FeeRefusal),
    Parties(crate::parties::PartiesRefusal),
    Consent(crate::consent::ConsentRefusal),
    Material(crate::material::MaterialRefusal),
    Service(crate::service::ServiceRefusal),
    Evidence(crate::evidence::EvidenceRefusal),
    Scheduling(crate::scheduling::SchedulingRefusal),
    Hearing(crate::hearing::HearingRefusal),
    Mediation(crate::mediation::MediationRefusal),
    Deliberation(crate::deliberation::DeliberationRefusal),
    Drafting(crate::drafting::DraftingRefusal),
    Issuing(crate::issuing::IssuingRefusal),
    Pronouncing(crate::pronouncing::PronouncingRefusal),
    Approval(crate::approval::ApprovalRefusal),
    Procedure(crate::procedure::ProcedureRefusal),
    Closing(crate::closing::ClosingRefusal),
    Appeal(crate::appeal::AppealRefusal),
    Archive(crate::archive::ArchiveRefusal),
    OnPaper(crate::on_paper::OnPaperRefusal),
    Access(crate::access::Denial),
}
