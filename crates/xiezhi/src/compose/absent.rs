//! What an installation does not have: nobody vouches, no bank opens a payment.
//! Each says so at once, so that people take the way on paper; none of them pretends.

use std::io;

use async_trait::async_trait;
use xiezhi_connect::{
    Claim, Identity, IdentityError, ListedPerson, Notice, OpenedPayment, PaymentError, PaymentOutcome, Payments,
    VerifiedPerson,
};

/// No provider of identity: nobody signs in.
pub struct NoIdentity;

#[async_trait]
impl Identity for NoIdentity {
    fn provider(&self) -> &str {
        "none"
    }

    fn is_demonstration(&self) -> bool {
        false
    }

    fn people(&self) -> &[ListedPerson] {
        &[]
    }

    async fn verify(&self, _: &Claim) -> Result<VerifiedPerson, IdentityError> {
        Err(IdentityError::NotVouchedFor)
    }
}

/// No bank.
pub struct NoPayments;

fn no_bank() -> PaymentError {
    PaymentError::Unreachable(io::Error::other("this installation has no bank"))
}

#[async_trait]
impl Payments for NoPayments {
    fn is_demonstration(&self) -> bool {
        false
    }

    async fn open(&self, _: &Notice) -> Result<OpenedPayment, PaymentError> {
        Err(no_bank())
    }

    async fn outcome(&self, _: &str) -> Result<PaymentOutcome, PaymentError> {
        Err(no_bank())
    }
}
