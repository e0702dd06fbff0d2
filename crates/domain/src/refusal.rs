//! Refusals: expected answers, comparable, each with a stable code. Words for readers are in `web`.

use jiff::civil::{Date, Time};
use uuid::Uuid;

use crate::{
    access::Act,
    archive::Missing,
    hearing::HearingPart,
    ids::{CaseId, MaterialId, PartyId, PersonId},
    law::{identity::IdentityProblem, money::Fen},
    party::SpecialAuthority,
    people::Post,
    stage::Stage,
};

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
            /// One of each, for the pages that explain them; their facts are examples.
            pub fn examples() -> Vec<Self> {
                vec![$($name::$variant $({ $($field: $crate::refusal::Example::example()),* })?),*]
            }
        }
        impl $crate::refusal::Example for $name {
            fn example() -> Self {
                Self::examples().swap_remove(0)
            }
        }
    };
}
pub(crate) use refusals;

/// A fact that stands for any other of its kind, where a refusal is explained apart from a case.
pub(crate) trait Example {
    /// It.
    fn example() -> Self;
}

macro_rules! examples {
    ($($kind:ty = $value:expr;)*) => {
        $(impl Example for $kind {
            fn example() -> Self {
                $value
            }
        })*
    };
}

examples! {
    String = "…".to_owned();
    u32 = 2;
    Date = Date::constant(2026, 3, 2);
    Time = Time::constant(9, 30, 0, 0);
    Fen = Fen(500_000);
    CaseId = CaseId(Uuid::nil());
    PartyId = PartyId(Uuid::nil());
    PersonId = PersonId(Uuid::nil());
    MaterialId = MaterialId(Uuid::nil());
    Post = Post::Judge;
    Stage = Stage::Pretrial;
    Act = Act::ViewCase;
    HearingPart = HearingPart::Debate;
    SpecialAuthority = SpecialAuthority::Settle;
    IdentityProblem = IdentityProblem::WrongCheckDigit;
    Missing = Missing::RefundDue;
}

impl<T: Example> Example for Vec<T> {
    fn example() -> Self {
        vec![T::example()]
    }
}

impl<T: Example> Example for Box<T> {
    fn example() -> Self {
        Box::new(T::example())
    }
}

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
        impl Refusal {
            /// One of each, for the pages that explain them; their facts are examples.
            pub fn examples() -> Vec<Refusal> {
                let mut all = vec![];
                $(all.extend(<$path>::examples().into_iter().map(Refusal::$variant));)*
                all
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
    Annotation(crate::annotation::AnnotationRefusal),
    Service(crate::service::ServiceRefusal),
    Evidence(crate::evidence::EvidenceRefusal),
    Scheduling(crate::scheduling::SchedulingRefusal),
    Hearing(crate::hearing::HearingRefusal),
    Mediation(crate::mediation::MediationRefusal),
    Deliberation(crate::deliberation::DeliberationRefusal),
    Committee(crate::committee::CommitteeRefusal),
    Drafting(crate::drafting::DraftingRefusal),
    Issuing(crate::issuing::IssuingRefusal),
    Supervision(crate::supervision::SupervisionRefusal),
    Correcting(crate::correcting::CorrectingRefusal),
    Series(crate::series::SeriesRefusal),
    Sharing(crate::sharing::SharingRefusal),
    Pronouncing(crate::pronouncing::PronouncingRefusal),
    Approval(crate::approval::ApprovalRefusal),
    Procedure(crate::procedure::ProcedureRefusal),
    Closing(crate::closing::ClosingRefusal),
    Appeal(crate::appeal::AppealRefusal),
    Archive(crate::archive::ArchiveRefusal),
    Destruction(crate::destruction::DestructionRefusal),
    Unusual(crate::unusual::UnusualRefusal),
    Scanning(crate::scanning::ScanRefusal),
    OnPaper(crate::on_paper::OnPaperRefusal),
    Counter(crate::counter::CounterRefusal),
    Together(crate::together::TogetherRefusal),
    Access(crate::access::Denial),
}
