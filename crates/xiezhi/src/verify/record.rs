//! What the record says: proofs, checkpoints, and who vouches for them.

use xiezhi_ledger::{
    note::{Note, SignatureLine},
    policy::{Assessment, Cosigned, Policy},
    proof::{Broken, Proven, RecordProof},
};

use super::{Trust, Verdict};

/// How lines of signatures begin.
pub const COSIGNATURE_HEAD: &[u8] = "— ".as_bytes();

/// The policy, or that there is none.
pub fn policy(trust: &Trust) -> Result<&Policy, Verdict> {
    let needed =
        || Verdict::Unchecked("policy.none", "it is checked against a policy: name one with --policy".to_owned());
    trust.policy.as_ref().ok_or_else(needed)
}

/// A proof, with the text it is about if that is here.
pub fn check_proof(name: &str, bytes: &[u8], body: Option<&Vec<u8>>, trust: &Trust) -> Verdict {
    let policy = match policy(trust) {
        Ok(policy) => policy,
        Err(verdict) => return verdict,
    };
    let proven = RecordProof::parse(bytes).and_then(|proof| match (body, &proof.body) {
        (Some(body), _) => proof.verify(body, policy).map(|proven| (proven, true)),
        (None, Some(_)) => proof.verify_carried(policy).map(|(proven, _)| (proven, true)),
        (None, None) => proof.verify_entry(policy).map(|proven| (proven, false)),
    });
    match proven {
        Ok((proven, compared)) => {
            tell_proven(name, &proven);
            println!("{name}: {}", if compared { "the text is what was recorded" } else { "no text to compare with" });
            Verdict::Holds
        }
        Err(broken) => broken_proof(name, bytes, broken, policy),
    }
}

/// A broken proof, with what is known of its checkpoint all the same.
pub fn broken_proof(name: &str, bytes: &[u8], broken: Broken, policy: &Policy) -> Verdict {
    if let Ok(assessed) = RecordProof::parse(bytes).map(|proof| policy.assess(&proof.checkpoint)) {
        assessed.iter().for_each(|assessed| tell_standing(name, assessed));
    }
    Verdict::DoesNot(broken.code(), format!("{:#}", anyhow::Error::from(broken)))
}

/// A checkpoint by itself, as a court publishes it and a witness shows it.
pub fn check_checkpoint(name: &str, note: &Note, trust: &Trust) -> Verdict {
    let policy = match policy(trust) {
        Ok(policy) => policy,
        Err(verdict) => return verdict,
    };
    match policy.assess(note) {
        Ok(assessed) => {
            println!("{name}: the log {}", assessed.checkpoint.origin);
            tell_standing(name, &assessed);
            match assessed.accepted {
                true => Verdict::Holds,
                false => Verdict::DoesNot("checkpoint.quorum", "the policy asks for more witnesses".to_owned()),
            }
        }
        Err(broken) => Verdict::DoesNot("checkpoint.refused", format!("{:#}", anyhow::Error::from(broken))),
    }
}

/// The root of a log in SM3, under a key of SM2 that the policy names.
pub fn check_shadow(name: &str, note: &Note, trust: &Trust) -> Verdict {
    if let Err(verdict) = policy(trust) {
        return verdict;
    }
    let faults = trust.shadows.iter().map(|key| key.accept(note));
    let found = faults.reduce(|found, next| if found.is_ok() { found } else { next });
    match found {
        Some(Ok(found)) => {
            println!("{name}: the log {} had {} entries, by SM3, signed in SM2", found.log, found.size);
            Verdict::Holds
        }
        Some(Err(broken)) => Verdict::DoesNot("shadow.refused", broken.to_string()),
        None => Verdict::Unchecked("shadow.no_key", "the policy names no key of SM2".to_owned()),
    }
}

/// What a witness answered: its lines, put under the checkpoint that they are about.
pub fn check_cosignatures(name: &str, bytes: &[u8], trust: &Trust) -> Verdict {
    let Some(checkpoint) = &trust.checkpoint else {
        let why = "cosignatures are checked with their checkpoint: name it with --checkpoint";
        return Verdict::Unchecked("checkpoint.none", why.to_owned());
    };
    let malformed = |why: &str| Verdict::DoesNot("cosignature.format", why.to_owned());
    let Ok(mut note) = Note::parse(checkpoint) else {
        return Verdict::Unchecked("checkpoint.format", "what --checkpoint names is no checkpoint".to_owned());
    };
    let Ok(text) = std::str::from_utf8(bytes) else { return malformed("the lines are no text") };
    for line in text.lines() {
        let Ok(line) = line.parse::<SignatureLine>() else { return malformed("a line is no signature") };
        if !note.signatures().contains(&line) && note.add(line).is_err() {
            return malformed("these are more lines than a checkpoint holds");
        }
    }
    check_checkpoint(name, &note, trust)
}

/// Where the record has it, and who vouches for that.
pub fn tell_proven(name: &str, proven: &Proven) {
    let assessed = &proven.assessment;
    println!("{name}: entry {} of {}", proven.index, assessed.checkpoint.origin);
    tell_standing(name, assessed);
}

/// Who vouches for a checkpoint, and since when: the time is the witness's own.
pub fn tell_standing(name: &str, assessed: &Assessment) {
    println!("{name}: the checkpoint of size {} is {}", assessed.checkpoint.size, assessed.standing);
    for Cosigned { witness, at_seconds } in &assessed.cosigned {
        let at = i64::try_from(*at_seconds).ok().and_then(|at| jiff::Timestamp::from_second(at).ok());
        println!("{name}: {witness} saw it at {}", at.map_or("no time".to_owned(), |at| at.to_string()));
    }
    if !assessed.accepted {
        println!("{name}: the policy asks for more witnesses");
    }
}
