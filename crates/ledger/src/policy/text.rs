//! The text of a policy: one definition a line, each name defined before it is used.

use std::fmt;
use std::str::FromStr;

use super::{Group, Log, Member, Policy, Witness};
use crate::encoding::{from_base64, from_decimal, to_base64};
use crate::key::{Algorithm, KeyError, VerifierKey};
use crate::note::Keyring;

/// The longest policy that is read at all.
const MAX_LENGTH_BYTES: usize = 1 << 20;
/// The name that stands for no quorum.
const NONE: &str = "none";

/// A line of a policy that can't be accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the policy: {fault}")]
pub struct PolicySyntaxError {
    /// Counted from 1; for what is missing, the line after the last.
    pub line: usize,
    /// What is wrong with it.
    pub fault: PolicyFault,
}

/// What is wrong with a line of a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// More text than any policy needs.
    #[error("the policy is too long")]
    TooLong,
    /// A control character other than a tab.
    #[error("it has a control character")]
    ControlCharacter,
    /// The first word is none of `log`, `witness`, `group` and `quorum`.
    #[error("it defines nothing that is known")]
    UnknownKeyword,
    /// A part is missing, or there is one too many.
    #[error("it has too few or too many parts")]
    WrongParts,
    /// The key can't be read.
    #[error("{0}")]
    Key(KeyError),
    /// A witness's key for a log, or a log's key for a witness.
    #[error("the key is not of the type that is needed here")]
    WrongKeyType,
    /// The same key twice, under whatever name: one operator would count as two.
    #[error("the key is already used")]
    DuplicateKey,
    /// A name that is defined already, or `none`.
    #[error("the name is already used")]
    DuplicateName,
    /// A name that is not defined before.
    #[error("the name {0} is not defined before")]
    UnknownName(String),
    /// A member of two groups would count twice.
    #[error("{0} is already a member")]
    RepeatedMember(String),
    /// Neither `any`, nor `all`, nor a number from 1 to the number of members.
    #[error("the threshold is not between 1 and the number of members")]
    BadThreshold,
    /// A second quorum.
    #[error("the quorum is already defined")]
    SecondQuorum,
    /// No quorum at all: trust must be stated, even where it asks for nobody.
    #[error("the quorum is not defined")]
    NoQuorum,
    /// A certificate that is not base64, or a size that is no number.
    #[error("it can't be read")]
    Unreadable,
}

impl FromStr for Policy {
    type Err = PolicySyntaxError;

    fn from_str(text: &str) -> Result<Self, PolicySyntaxError> {
        if text.len() > MAX_LENGTH_BYTES {
            return Err(PolicySyntaxError { line: 1, fault: PolicyFault::TooLong });
        }
        let mut draft = Draft::default();
        for (at, line) in text.split_terminator('\n').enumerate() {
            draft.read(line).map_err(|fault| PolicySyntaxError { line: at + 1, fault })?;
        }
        let end = text.split_terminator('\n').count() + 1;
        draft.finish().map_err(|fault| PolicySyntaxError { line: end, fault })
    }
}

/// A policy while it is read.
#[derive(Default)]
struct Draft {
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    quorum: Option<Option<Member>>,
    stamp_authorities: Vec<Vec<u8>>,
}

impl Draft {
    fn read(&mut self, line: &str) -> Result<(), PolicyFault> {
        if line.contains(|char: char| char.is_ascii_control() && char != '\t') {
            return Err(PolicyFault::ControlCharacter);
        }
        let parts: Vec<_> = line.split([' ', '\t']).filter(|part| !part.is_empty()).collect();
        match parts[..] {
            [] => Ok(()),
            ["#log-until", size, key] => self.log_until(size, key),
            ["#stamp-authority", certificate] => self.stamp_authority(certificate),
            [word, ..] if word.starts_with('#') => Ok(()),
            ["log", key, ref url @ ..] => self.log(key, url),
            ["witness", name, key, ref url @ ..] => self.witness(name, key, url),
            ["group", name, threshold, ref members @ ..] => self.group(name, threshold, members),
            ["quorum", name] => self.quorum(name),
            ["log" | "witness" | "group" | "quorum", ..] => Err(PolicyFault::WrongParts),
            _ => Err(PolicyFault::UnknownKeyword),
        }
    }

    fn log(&mut self, key: &str, url: &[&str]) -> Result<(), PolicyFault> {
        let key = self.new_key(key, |algorithm| algorithm == Algorithm::Ed25519)?;
        self.logs.push(Log { key, url: optional(url)?, until: None });
        Ok(())
    }

    fn log_until(&mut self, size: &str, key: &str) -> Result<(), PolicyFault> {
        let size = from_decimal(size).ok_or(PolicyFault::Unreadable)?;
        let key: VerifierKey = key.parse().map_err(PolicyFault::Key)?;
        let log = self.logs.iter_mut().find(|log| log.key == key);
        let log = log.ok_or_else(|| PolicyFault::UnknownName(key.name().to_string()))?;
        // Whoever adds a second line can only narrow what the first one says.
        log.until = Some(log.until.map_or(size, |until| until.min(size)));
        Ok(())
    }

    fn stamp_authority(&mut self, certificate: &str) -> Result<(), PolicyFault> {
        let certificate = from_base64(certificate).ok_or(PolicyFault::Unreadable)?;
        self.stamp_authorities.push(certificate);
        Ok(())
    }

    fn witness(&mut self, name: &str, key: &str, url: &[&str]) -> Result<(), PolicyFault> {
        let name = self.new_name(name)?;
        let key = self.new_key(key, Algorithm::is_cosignature)?;
        self.witnesses.push(Witness { name, key, url: optional(url)? });
        Ok(())
    }

    fn group(&mut self, name: &str, threshold: &str, members: &[&str]) -> Result<(), PolicyFault> {
        let name = self.new_name(name)?;
        let mut found = Vec::new();
        for member in members {
            found.push(self.new_member(member, &found)?);
        }
        let threshold = match threshold {
            "any" => Some(1),
            "all" => Some(found.len()),
            number => from_decimal(number).and_then(|number| usize::try_from(number).ok()),
        };
        let possible = |threshold: &usize| (1..=found.len()).contains(threshold);
        let threshold = threshold.filter(possible).ok_or(PolicyFault::BadThreshold)?;
        self.groups.push(Group { name, threshold, members: found });
        Ok(())
    }

    fn quorum(&mut self, name: &str) -> Result<(), PolicyFault> {
        if self.quorum.is_some() {
            return Err(PolicyFault::SecondQuorum);
        }
        self.quorum = Some(if name == NONE { None } else { Some(self.member(name)?) });
        Ok(())
    }

    fn finish(self) -> Result<Policy, PolicyFault> {
        let Self { logs, witnesses, groups, quorum, stamp_authorities } = self;
        let quorum = quorum.ok_or(PolicyFault::NoQuorum)?;
        let keys = logs.iter().map(|log| &log.key).chain(witnesses.iter().map(|witness| &witness.key));
        let keyring = Keyring::new(keys.cloned()).map_err(|_| PolicyFault::DuplicateKey)?;
        Ok(Policy { logs, witnesses, groups, quorum, stamp_authorities, keyring })
    }

    /// The specification forbids a key twice among logs or among witnesses. Here a log can't be its
    /// own witness either.
    fn new_key(&self, text: &str, needed: impl Fn(Algorithm) -> bool) -> Result<VerifierKey, PolicyFault> {
        let key: VerifierKey = text.parse().map_err(PolicyFault::Key)?;
        if !needed(key.algorithm()) {
            return Err(PolicyFault::WrongKeyType);
        }
        let logs = self.logs.iter().map(|log| &log.key);
        let mut known = logs.chain(self.witnesses.iter().map(|witness| &witness.key));
        if known.any(|other| other.public_key() == key.public_key()) {
            return Err(PolicyFault::DuplicateKey);
        }
        Ok(key)
    }

    fn new_name(&self, name: &str) -> Result<String, PolicyFault> {
        if name == NONE || self.member(name).is_ok() {
            return Err(PolicyFault::DuplicateName);
        }
        Ok(name.to_owned())
    }

    fn new_member(&self, name: &str, beside: &[Member]) -> Result<Member, PolicyFault> {
        let member = self.member(name)?;
        let mut elsewhere = self.groups.iter().flat_map(|group| &group.members).chain(beside);
        if elsewhere.any(|other| *other == member) {
            return Err(PolicyFault::RepeatedMember(name.to_owned()));
        }
        Ok(member)
    }

    fn member(&self, name: &str) -> Result<Member, PolicyFault> {
        let witness = self.witnesses.iter().position(|witness| witness.name == name).map(Member::Witness);
        let group = || self.groups.iter().position(|group| group.name == name).map(Member::Group);
        witness.or_else(group).ok_or_else(|| PolicyFault::UnknownName(name.to_owned()))
    }
}

fn optional(url: &[&str]) -> Result<Option<String>, PolicyFault> {
    match url {
        [] => Ok(None),
        [url] => Ok(Some((*url).to_owned())),
        _ => Err(PolicyFault::WrongParts),
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Log { key, url, until } in &self.logs {
            writeln!(out, "log {key}{}", Url(url.as_deref()))?;
            until.map_or(Ok(()), |until| writeln!(out, "#log-until {until} {key}"))?;
        }
        for Witness { name, key, url } in &self.witnesses {
            writeln!(out, "witness {name} {key}{}", Url(url.as_deref()))?;
        }
        for Group { name, threshold, members } in &self.groups {
            let members: Vec<_> = members.iter().map(|member| self.name(*member)).collect();
            writeln!(out, "group {name} {threshold} {}", members.join(" "))?;
        }
        writeln!(out, "quorum {}", self.quorum.map_or(NONE, |quorum| self.name(quorum)))?;
        self.stamp_authorities
            .iter()
            .try_for_each(|certificate| writeln!(out, "#stamp-authority {}", to_base64(certificate)))
    }
}

impl Policy {
    fn name(&self, member: Member) -> &str {
        match member {
            Member::Witness(at) => &self.witnesses[at].name,
            Member::Group(at) => &self.groups[at].name,
        }
    }
}

/// A URL with the space before it, or nothing.
struct Url<'a>(Option<&'a str>);

impl fmt::Display for Url<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |url| write!(out, " {url}"))
    }
}
