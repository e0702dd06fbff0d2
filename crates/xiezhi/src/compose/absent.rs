//! What an installation does not have: nobody vouches, no bank opens a payment, no carrier takes a message.
//! Each says so at once, so that people take the way on paper; none of them pretends.

use std::io;

use async_trait::async_trait;
use xiezhi_connect::{
    Claim, Delivery, Identity, IdentityError, ListedPerson, Message, MessageError, Messages, Notice, OpenedPayment,
    PaymentError, PaymentOutcome, Payments, VerifiedPerson,
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

/// No carrier of messages.
pub struct NoMessages;

fn no_carrier() -> Delivery {
    Delivery::Failed { reason: "this installation has no carrier of messages".to_owned() }
}

#[async_trait]
impl Messages for NoMessages {
    fn is_demonstration(&self) -> bool {
        false
    }

    async fn send(&self, _: &Message) -> Result<Delivery, MessageError> {
        Ok(no_carrier())
    }

    async fn outcome(&self, _: &str) -> Result<Delivery, MessageError> {
        Ok(no_carrier())
    }
}
