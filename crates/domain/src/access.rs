//! Who may do and see what (权限): one pure function over post, relation, stage and volume. Unknown and
//! forbidden look alike from outside.

mod grants;
mod past;
mod searching;
mod sharing;
mod told;

pub use past::{is_open_moment, may_look_back, seen_then, versions_shown};
pub use searching::{Depth, is_restricted, may_open, may_open_times, may_search_traces};
pub use sharing::may_see_shared;
pub use told::{may_be_told, may_hear, may_hear_of_request};

use serde::{Deserialize, Serialize};

use crate::{
    annotation::{Annotation, Circle},
    case::CaseState,
    command::CaseCommand,
    drafting::Draft,
    ids::{CaseId, MaterialId, PartyId},
    material::{Material, Place, Submitter},
    paper::Volume,
    parties::PartiesCommand,
    party::SpecialAuthority,
    people::{Actor, Post},
    refusal::refusals,
    stage::Stage,
};

use grants::{
    GRANTS,
    Who::{Side, Team},
};

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// An act, as far as the right to it goes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Act { $($(#[$doc])* $name),* }
        impl Act {
            /// Every act.
            pub const ALL: &'static [Act] = &[$(Act::$name),*];
        }
    };
}

acts! {
    /// See that the case exists, its number, stage and dates.
    ViewCase,
    /// See papers of the main volume.
    ViewMain,
    /// See papers of the secondary volume.
    ViewSecondary,
    /// See the deliberation.
    ViewDeliberation,
    /// Read and write annotations of the court's team (办案团队批注).
    TeamNotes,
    /// Read and write annotations of the panel (合议庭批注).
    PanelNotes,
    /// See drafts that are not issued.
    ViewDrafts,
    /// See a restricted case without saying why.
    ViewRestricted,
    /// See the trace of acts.
    ViewTrace,
    /// Put an application before the court.
    Submit,
    /// Hand in a corrected application.
    Correct,
    /// Review an application.
    Review,
    /// Find that a suit laid before the judge as not acceptable is acceptable.
    AcceptSuit,
    /// Change the tribunal.
    ChangeTribunal,
    /// Pay, or report a payment.
    Pay,
    /// Pay a refund out.
    Refund,
    /// Link a party to an account.
    Link,
    /// Compare a person with their papers and link them to a party.
    CheckIdentity,
    /// Speak for a party: address, consent, answer, evidence, opinion, agreement, withdrawal, appeal.
    SpeakForParty,
    /// Ask for consent to a step on line, or switch the step off line.
    SwitchStep,
    /// Hand a paper in.
    SubmitPaper,
    /// Take papers at the counter for a party, and give receipts for them.
    TakeAtCounter,
    /// Send scanned pages to the staging of the case they belong to.
    RouteScan,
    /// Put staged papers right and take them into the file.
    KeepFile,
    /// Make copies of papers that show less than their originals.
    RedactPaper,
    /// Share papers with somebody outside the court for a time, and take that back.
    ShareOut,
    /// See papers that were shared so.
    ViewShared,
    /// Give the code of a share.
    OpenShare,
    /// Disclose papers to the parties.
    Disclose,
    /// Release papers for service.
    Serve,
    /// Enter the outcome of service on paper.
    RecordService,
    /// Report the arrival of an electronic message.
    ReportArrival,
    /// Open and sign for what was served.
    ReceiveService,
    /// Judge evidence, fix the issues.
    JudgeEvidence,
    /// Schedule and adjourn hearings.
    Schedule,
    /// Open, record and close a hearing.
    RunHearing,
    /// Sign a transcript.
    SignTranscript,
    /// Lead mediation.
    Mediate,
    /// Deliberate.
    Deliberate,
    /// Ask that the case be laid before the adjudication committee, or that it think again.
    ReferToCommittee,
    /// See what the adjudication committee says of the case.
    ViewCommittee,
    /// Preside over the adjudication committee.
    RunCommittee,
    /// Speak in the adjudication committee and sign its minutes.
    SpeakInCommittee,
    /// Draft documents.
    Draft,
    /// Comment on a draft and suggest changes in it.
    CommentDraft,
    /// Put a draft forward for signing.
    PutForward,
    /// Return a draft.
    ReturnDraft,
    /// Sign a document.
    SignDocument,
    /// Read a signed document along, before the seal.
    ReadDocument,
    /// Mark a case as one of the four kinds that are supervised.
    MarkCase,
    /// Take that mark off.
    UnmarkCase,
    /// Seal and issue a document.
    Issue,
    /// Pronounce a decision.
    Pronounce,
    /// Ask for approval.
    AskApproval,
    /// Answer a request for approval.
    AnswerApproval,
    /// Resume or convert proceedings.
    SteerProcedure,
    /// Send the file up and enter the result.
    TransferFile,
    /// Hand the file to the archive.
    SubmitArchive,
    /// Accept, return, lend.
    KeepArchive,
    /// Ask to borrow the archived file.
    AskBorrowing,
    /// Take the whole archived file out as a package.
    TakeOutArchive,
    /// Take out what a party may see of its closed case, with proofs.
    TakeOutExtract,
    /// Carry out the end of a period.
    Tick,
}

/// What a person is to one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Nothing.
    None,
    /// Submitted the application.
    Filer,
    /// Is a party.
    Party,
    /// Acts for a party.
    Agent,
    /// Is in charge (承办法官).
    JudgeInCharge,
    /// Presides (审判长).
    Presiding,
    /// Votes in the panel.
    Member,
    /// Assists the judge.
    Assistant,
    /// Is its clerk (书记员).
    Clerk,
    /// Leads the court and reads along in this case (院庭长审阅).
    Overseer,
    /// Sits in the adjudication committee on this case (审判委员会委员).
    CommitteeMember,
    /// Borrowed the archived file.
    Borrower,
    /// Was given some of its papers to read for a time (限时共享).
    Guest,
}

impl Relation {
    /// All relations.
    pub const ALL: [Relation; 13] = [
        Relation::None,
        Relation::Filer,
        Relation::Party,
        Relation::Agent,
        Relation::JudgeInCharge,
        Relation::Presiding,
        Relation::Member,
        Relation::Assistant,
        Relation::Clerk,
        Relation::Overseer,
        Relation::CommitteeMember,
        Relation::Borrower,
        Relation::Guest,
    ];
}

impl Relation {
    /// Whether only someone of the court can stand so to a case: an outside post never does, whatever a
    /// record says.
    pub fn is_of_the_court(self) -> bool {
        use Relation::{Assistant, Clerk, CommitteeMember, JudgeInCharge, Member, Overseer, Presiding};
        matches!(self, JudgeInCharge | Presiding | Member | Assistant | Clerk | Overseer | CommitteeMember)
    }
}

refusals! {
    /// The right to an act is missing.
    Denial = "access" {
        /// The act is not for this person in this case now.
        NotAllowed {
            /// Which act.
            act: Act,
        },
        /// The case is restricted: whoever looks in from outside it says why first.
        ReasonNeeded {
            /// Which case.
            case: CaseId,
        },
        /// The act speaks for another party.
        NotThisParty,
        /// The agent's authority does not reach that far: the client signs himself.
        NoSpecialAuthority {
            /// Which authority is missing.
            authority: SpecialAuthority,
        },
    }
}

/// A person as they stand to one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub actor: Actor,
    /// Post, of a person.
    pub post: Option<Post>,
    /// Relations to the case.
    pub relations: Vec<Relation>,
    /// The party they are or act for.
    pub party: Option<PartyId>,
}

impl Reader {
    /// How `actor` stands to `case`.
    pub fn of(actor: &Actor, case: &CaseState) -> Reader {
        let Actor::Person { id, post, .. } = actor else {
            return Reader { actor: actor.clone(), post: None, relations: vec![Relation::None], party: None };
        };
        let party = case.party_of(*id).map(|party| party.id);
        let tribunal = case.tribunal.as_ref();
        let is = |holds: bool, relation| holds.then_some(relation);
        let own = case.parties.values().any(|party| party.person == Some(*id));
        let found = [
            is(case.submitted_by == Some(*id) && post.is_outside(), Relation::Filer),
            is(own, Relation::Party),
            is(case.agent(*id).is_some(), Relation::Agent),
            is(tribunal.is_some_and(|court| court.judge == *id), Relation::JudgeInCharge),
            is(tribunal.is_some_and(|court| court.presiding == Some(*id)), Relation::Presiding),
            is(tribunal.is_some_and(|court| court.votes(*id)), Relation::Member),
            is(tribunal.is_some_and(|court| court.assistant == Some(*id)), Relation::Assistant),
            is(tribunal.is_some_and(|court| court.clerk == Some(*id)), Relation::Clerk),
            is(reads_along(case, *post), Relation::Overseer),
            is(case.committee.sat.contains(id), Relation::CommitteeMember),
            is(case.archive.loans.iter().any(|loan| loan.to == *id), Relation::Borrower),
        ];
        let mut relations: Vec<Relation> = found.into_iter().flatten().collect();
        if relations.is_empty() {
            relations.push(Relation::None);
        }
        Reader { actor: actor.clone(), post: Some(*post), relations, party }
    }

    fn is_any(&self, relations: &[Relation]) -> bool {
        self.relations.iter().any(|relation| relations.contains(relation))
    }

    /// Whether the reader is on a party's side.
    pub fn is_side(&self) -> bool {
        Side.is(self)
    }

    /// Whether the reader stands within the court: on the case, or in an office of it that is on no party's side. Whoever
    /// borrows a file from outside does not.
    pub fn is_inside(&self) -> bool {
        self.is_team() || !self.is_side() && !self.post.is_some_and(Post::is_outside)
    }

    /// Whether the reader works on the case for the court.
    pub fn is_team(&self) -> bool {
        Team.is(self)
    }
}

/// Whether whoever holds `post` reads documents of this case before the seal, or all along because it is supervised.
///
/// Source: handbook of the project §7;法发〔2021〕30号 第十条.
fn reads_along(case: &CaseState, post: Post) -> bool {
    let supervises = case.supervision.as_ref().is_some_and(|supervision| supervision.readers.contains(&post));
    supervises || case.drafts.values().any(|draft| draft.readers.contains(&post))
}

/// Whether `reader` may do `act` while the case stands at `stage`; the id of the rule that grants it.
/// Administrators of the platform are granted nothing in any case (三员).
pub fn may(reader: &Reader, act: Act, stage: Stage) -> Result<&'static str, Denial> {
    let administrator = reader.post.is_some_and(Post::is_administrator);
    let granted = GRANTS
        .iter()
        .find(|grant| grant.act == act && grant.when.holds(stage) && grant.who.iter().any(|who| who.is(reader)));
    match granted {
        Some(grant) if !administrator => Ok(grant.rule),
        _ => Err(Denial::NotAllowed { act }),
    }
}

/// Whether `reader` may give `command` in `case`: the act, and the party it speaks for, and how far an
/// agent's authority reaches.
pub fn may_command(reader: &Reader, case: &CaseState, command: &CaseCommand) -> Result<&'static str, Denial> {
    let rule = may(reader, command.act(), case.stage)?;
    if matches!(command, CaseCommand::OnPaper(_)) && reader.is_side() {
        return Err(Denial::NotAllowed { act: command.act() });
    }
    if let CaseCommand::Parties(PartiesCommand::Link { person, .. } | PartiesCommand::LinkByCode { person, .. }) =
        command
    {
        let own = reader.actor.person() == Some(*person);
        return if own || !reader.actor.is_outside() { Ok(rule) } else { Err(Denial::NotThisParty) };
    }
    if !reader.is_side() {
        return Ok(rule);
    }
    if command.speaks_for().is_some_and(|party| reader.party != Some(party)) {
        return Err(Denial::NotThisParty);
    }
    if let (Some(authority), Some(person)) = (command.needs_authority_in(case), reader.actor.person()) {
        let own = case.parties.values().any(|party| party.person == Some(person));
        let held = case.agent(person).is_some_and(|agent| agent.special.contains(&authority));
        if !own && !held {
            return Err(Denial::NoSpecialAuthority { authority });
        }
    }
    Ok(rule)
}

/// Whether `reader` may see `material` of `case`. A party sees its own papers and what was disclosed to
/// it, on a loan from the archive the main volume, never the secondary volume, never staging of the other side.
pub fn may_see(reader: &Reader, case: &CaseState, material: &Material) -> bool {
    let act = match material.volume {
        Volume::Main => Act::ViewMain,
        Volume::Secondary => Act::ViewSecondary,
    };
    if may(reader, act, case.stage).is_err() && !is_read_along(reader, case, material) {
        return false;
    }
    if !reader.is_side() || reader.is_team() {
        return true;
    }
    if material.volume == Volume::Secondary {
        return false;
    }
    let party = reader.party.or_else(|| {
        let filed = reader.relations.contains(&Relation::Filer);
        filed.then(|| case.application.plaintiffs().next().map(|party| party.id)).flatten()
    });
    let Some(party) = party else { return false };
    match material.place {
        Place::Discarded => false,
        // What came without a sender may hold pages of others until it entered the file on its own.
        Place::Staged => material.by == Submitter::Party { party } && !material.unnamed,
        // Whoever borrowed the file reads the main volume whole.
        Place::InFile if case.stage == Stage::Archived && reader.relations.contains(&Relation::Borrower) => true,
        Place::InFile | Place::Struck => material.disclosed_to.contains(&party),
    }
}

/// Whether the paper is an original that waits for this reader's reading, or had it: of the secondary volume they see
/// that paper alone, never the deliberation.
fn is_read_along(reader: &Reader, case: &CaseState, material: &Material) -> bool {
    let asked = |post| {
        let of = |draft: &Draft| draft.original == Some(material.id) && draft.readers.contains(&post);
        case.drafts.values().any(of)
    };
    may(reader, Act::ReadDocument, case.stage).is_ok() && reader.post.is_some_and(asked)
}

/// Whether `reader` may read an annotation that was shared: its circle, and the paper it lies over. A party, its
/// agent, the heads of the court and a borrower are in no circle.
///
/// Source: handbook of the project §11 (secrecy of the deliberation), §17 (secondary volume);
/// 《关于人民法院合议庭工作的若干规定》第十条.
pub fn may_read_note(reader: &Reader, case: &CaseState, note: &Annotation) -> bool {
    may_join(reader, case, note.circle, note.material)
}

/// Whether `reader` is one of a circle of the court's people: hears what is said in it, and speaks in it.
pub fn is_in(reader: &Reader, case: &CaseState, circle: Circle) -> bool {
    let act = match circle {
        Circle::Team => Act::TeamNotes,
        Circle::Panel => Act::PanelNotes,
    };
    may(reader, act, case.stage).is_ok()
}

/// Whether `reader` may read a paper together with a circle (共同阅卷): the circle, and the paper that is shown to it.
pub fn may_join(reader: &Reader, case: &CaseState, circle: Circle, material: MaterialId) -> bool {
    is_in(reader, case, circle) && case.materials.get(&material).is_some_and(|paper| may_see(reader, case, paper))
}

/// Whether `reader` may take the bytes of `material` away. Whoever sees it by a loan alone reads it on the court's
/// pages, under their own name.
///
/// Source: handbook of the project §17.4 (lent with name and time, no download by default).
pub fn may_take_away(reader: &Reader, case: &CaseState, material: &Material) -> bool {
    let others = reader.relations.iter().copied().filter(|relation| *relation != Relation::Borrower);
    let without = Reader { relations: others.collect(), ..reader.clone() };
    may_see(&without, case, material)
}

/// Whether `reader` may have the files as they were received of which a paper was put together in staging. Other pages of
/// such a file may lie in the secondary volume: whoever does not see that volume, a head of the court as much as a
/// side, is content with the paper.
///
/// Source: handbook of the project §17 (secondary volume).
pub fn may_see_received(reader: &Reader, case: &CaseState, material: &Material) -> bool {
    may_take_away(reader, case, material) && may(reader, Act::ViewSecondary, case.stage).is_ok() && reader.is_inside()
}

/// The whole table, as text: for each act, whoever is granted it, by post and relation, and at which
/// stages. A relation is named only where it grants more than the post alone. The snapshot of it is the
/// published document of who may do what.
pub fn table() -> String {
    Act::ALL
        .iter()
        .flat_map(|act| Relation::ALL.map(|relation| lines(*act, relation)))
        .flatten()
        .collect::<Vec<_>>()
        .join("\n")
}

/// The lines of one act and relation: posts that are granted the same stand together.
fn lines(act: Act, relation: Relation) -> Vec<String> {
    let mut alike: Vec<(String, Vec<String>)> = vec![];
    for post in Post::ALL {
        let stages = granted(act, post, relation);
        let adds = relation == Relation::None || stages != granted(act, post, Relation::None);
        match alike.iter_mut().find(|(known, _)| *known == stages) {
            _ if stages.is_empty() || !adds => {}
            Some((_, posts)) => posts.push(format!("{post:?}")),
            None => alike.push((stages, vec![format!("{post:?}")])),
        }
    }
    alike
        .into_iter()
        .map(|(stages, posts)| format!("{act:?} | {relation:?} | {} | {stages}", posts.join(" ")))
        .collect()
}

fn granted(act: Act, post: Post, relation: Relation) -> String {
    let actor = Actor::Person { id: crate::ids::PersonId(uuid::Uuid::nil()), post, token: None };
    let reader = Reader { actor, post: Some(post), relations: vec![relation], party: None };
    let stages: Vec<&str> =
        Stage::ALL.into_iter().filter(|stage| may(&reader, act, *stage).is_ok()).map(Stage::code).collect();
    if stages.len() == Stage::ALL.len() { "always".to_owned() } else { stages.join(" ") }
}
