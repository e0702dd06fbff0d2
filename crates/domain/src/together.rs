//! Reading together (共同阅卷): one of the court's people presents a file, others who choose to follow are led to the
//! same page. None of it is an act, and none of it crosses to a side: whom it reaches is said by
//! [`access::may_join`](crate::access::may_join), for each thing that is told.

use crate::{ids::PersonId, refusal::refusals};

refusals! {
    /// Why presenting is refused.
    TogetherRefusal = "together" {
        /// Someone else presents to this circle.
        SomeonePresents,
        /// It ended meanwhile, or somebody else presents now.
        NotPresenting,
    }
}

/// Whether `person` may begin to present to a circle to which `presenter` presents now.
///
/// # Errors
/// [`TogetherRefusal::SomeonePresents`] where another does.
pub fn may_begin(presenter: Option<PersonId>, person: PersonId) -> Result<(), TogetherRefusal> {
    if presenter.is_some_and(|presenter| presenter != person) { Err(TogetherRefusal::SomeonePresents) } else { Ok(()) }
}

/// Whether `person` may go on, point or show anything to a circle to which `presenter` presents now.
///
/// # Errors
/// [`TogetherRefusal::NotPresenting`] where they do not.
pub fn may_go_on(presenter: Option<PersonId>, person: PersonId) -> Result<(), TogetherRefusal> {
    if presenter == Some(person) { Ok(()) } else { Err(TogetherRefusal::NotPresenting) }
}
