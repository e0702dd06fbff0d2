//! Who a person is, vouched for by someone outside.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// A person whom an identity provider vouches for (实名认证).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedPerson {
    /// Stable name of the provider.
    pub provider: String,
    /// What the provider calls the person, for ever.
    pub subject: String,
    /// Name as on the identity document.
    pub name: String,
    /// Number of the identity card (居民身份证号码), where the provider tells it.
    pub id_number: Option<String>,
}

/// A person a provider offers to be, on a page where one chooses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPerson {
    /// What the provider calls the person.
    pub subject: String,
    /// Name.
    pub name: String,
    /// The heading under which the person is listed, such as a role.
    pub group: String,
    /// Number of the identity card (居民身份证号码), if the person has one.
    pub id_number: Option<String>,
}

/// What a browser brings back from a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The code, ticket or (in a demonstration) the subject itself.
    pub proof: String,
}

/// Why a person was not vouched for.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The provider does not know the proof, or it has been used.
    #[error("the provider does not vouch for this proof")]
    NotVouchedFor,
    /// The provider cannot be reached; nothing is known.
    #[error("the identity provider cannot be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl IdentityError {
    /// Returns the stable name of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotVouchedFor => "identity.not-vouched-for",
            Self::Unreachable(_) => "identity.unreachable",
        }
    }
}

/// Someone outside who knows who people are.
#[async_trait]
pub trait Identity: Send + Sync {
    /// Stable name of the provider.
    fn provider(&self) -> &str;

    /// Tells whether this provider takes everyone at their word.
    fn is_demonstration(&self) -> bool;

    /// Lists whom one may choose to be. A real provider lists nobody.
    fn people(&self) -> &[ListedPerson];

    /// Asks the provider who brought this claim.
    ///
    /// # Errors
    /// [`IdentityError`].
    async fn verify(&self, claim: &Claim) -> Result<VerifiedPerson, IdentityError>;
}

/// A provider that believes whoever chooses a person from its list.
pub struct DemonstrationIdentity {
    people: Vec<ListedPerson>,
}

impl DemonstrationIdentity {
    /// Lists these people and no others.
    pub fn new(people: Vec<ListedPerson>) -> Self {
        Self { people }
    }
}

#[async_trait]
impl Identity for DemonstrationIdentity {
    fn provider(&self) -> &str {
        "demonstration"
    }

    fn is_demonstration(&self) -> bool {
        true
    }

    fn people(&self) -> &[ListedPerson] {
        &self.people
    }

    async fn verify(&self, claim: &Claim) -> Result<VerifiedPerson, IdentityError> {
        let person = self.people.iter().find(|person| person.subject == claim.proof);
        let person = person.ok_or(IdentityError::NotVouchedFor)?;
        Ok(VerifiedPerson {
            provider: self.provider().into(),
            subject: person.subject.clone(),
            name: person.name.clone(),
            id_number: person.id_number.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> DemonstrationIdentity {
        DemonstrationIdentity::new(vec![ListedPerson {
            subject: "judge-1".into(),
            name: "林法官".into(),
            group: "judge".into(),
            id_number: None,
        }])
    }

    #[tokio::test]
    async fn a_listed_person_is_vouched_for() {
        let person = identity().verify(&Claim { proof: "judge-1".into() }).await.expect("listed");
        assert_eq!((person.provider.as_str(), person.name.as_str()), ("demonstration", "林法官"));
        assert!(identity().is_demonstration());
    }

    #[tokio::test]
    async fn nobody_else_is_vouched_for() {
        let refused = identity().verify(&Claim { proof: "judge-2".into() }).await.expect_err("unknown");
        assert_eq!(refused.code(), "identity.not-vouched-for");
    }
}
