//! Many cases made of few: the event streams of lived cases, replayed with fresh identifiers, people, days,
//! numbers and names, sealed anew, with the rows that follow from them. What the commands brought about once
//! is recorded many times; nothing is invented.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Span, civil::Date};
use sha2::{Digest, Sha256};
use tokio::task::JoinHandle;
use uuid::Uuid;
use xiezhi_app::{App, codec, moment, rows};
use xiezhi_domain::{
    ids::{CaseId, PersonId},
    people::{Directory, Person, Post},
    register::{Register, RegisterEvent},
};
use xiezhi_store::{CommandKey, Commit, LogId, NewEvent, Store, StoredEvent, Stream};

use super::template::{Act, Filling, Template};
use crate::demo::people;

/// Cases made at a time: while some are being written, the next are computed.
const CHUNK: usize = 64;
const DAY_US: i64 = 86_400_000_000;

/// A case to be made.
#[derive(Clone, Copy, Debug)]
pub struct Copy {
    /// Which template, by its place.
    pub template: usize,
    /// How much earlier everything happened.
    pub days_back: i32,
    /// The group of judge, assistant and clerk that has it.
    pub group: usize,
}

/// Everything that copying needs.
pub struct Copier {
    store: Arc<dyn Store>,
    shared: Arc<Shared>,
    /// Last serial and revision of each register of numbers.
    numbers: BTreeMap<Register, u32>,
    made: u64,
}

struct Shared {
    templates: Vec<Template>,
    directory: Arc<Directory>,
    staff: BTreeMap<Post, Vec<PersonId>>,
    outside: Vec<PersonId>,
}

/// Cases with their acts, ready to be committed.
type Made = Vec<(CaseId, Vec<Commit>)>;

/// A copy with all that had to be settled in order.
struct Settled {
    copy: Copy,
    seq: u64,
    number: Option<(Register, u32)>,
}

/// More people for a larger court: `groups` of judge, assistant, clerk and assessor, and `outside` accounts.
pub fn people_for(groups: usize, outside: usize) -> Vec<Person> {
    let posts = [Post::Judge, Post::JudgeAssistant, Post::CourtClerk, Post::Assessor];
    let inside = posts.into_iter().flat_map(|post| {
        let known = people::staff().iter().filter(|person| person.post == post).count();
        (known..groups).map(move |at| Person {
            division: Some("民事审判庭".to_owned()),
            takes_cases: post == Post::Judge,
            ..person(&format!("{post:?} {at}"), at, post)
        })
    });
    let accounts = (0..outside).map(|at| person(&format!("account {at}"), at, Post::Party));
    inside.chain(accounts).collect()
}

fn person(what: &str, at: usize, post: Post) -> Person {
    let id = PersonId(people::named(&format!("bench {what}")));
    Person { id, name: name_of(at as u64), ..people::outside(what, post) }
}

const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜";
const GIVEN: &str = "一二三四五六七八九十百千万里山川河海云雨雪风春夏秋冬东南西北";

/// An invented name.
fn name_of(at: u64) -> String {
    let pick = |from: &str, at: u64| from.chars().nth(at as usize % from.chars().count()).expect("it has that many");
    [pick(SURNAMES, at), pick(GIVEN, at / 32), pick(GIVEN, at / 1024 + at / 32 * 7)].iter().collect()
}

impl Copier {
    /// A copier into the court of `app`.
    pub async fn new(app: &App, templates: Vec<Template>) -> anyhow::Result<Self> {
        let directory = app.refresh_directory().await?;
        let on = |post: Post| {
            let first = people::staff().into_iter().filter(|person| person.post == post).map(|person| person.id);
            let first: Vec<PersonId> = first.collect();
            let more = directory.on(post).map(|person| person.id).filter(|id| !first.contains(id));
            let more: Vec<PersonId> = more.collect();
            [first, more].concat()
        };
        let posts = [Post::Judge, Post::JudgeAssistant, Post::CourtClerk, Post::Assessor];
        let shared = Shared {
            staff: posts.into_iter().map(|post| (post, on(post))).collect(),
            outside: directory.on(Post::Party).map(|person| person.id).collect(),
            directory: Arc::clone(&directory),
            templates,
        };
        let store = Arc::clone(&app.ports().store);
        Ok(Self { store, shared: Arc::new(shared), numbers: BTreeMap::new(), made: 0 })
    }

    /// Makes the cases, in order; tells how many are done. Returns their identifiers.
    pub async fn make(&mut self, copies: &[Copy], progress: &mut dyn FnMut(usize)) -> anyhow::Result<Vec<CaseId>> {
        let mut ids = vec![];
        let mut chunks = copies.chunks(CHUNK);
        let mut next = match chunks.next() {
            Some(chunk) => Some(self.begin(chunk).await?),
            None => None,
        };
        while let Some(computing) = next {
            let made = computing.await?;
            next = match chunks.next() {
                Some(chunk) => Some(self.begin(chunk).await?),
                None => None,
            };
            let (cases, commits): (Vec<_>, Vec<_>) = made.into_iter().unzip();
            ids.extend(cases);
            let answers = self.store.commit(&commits.into_iter().flatten().collect::<Vec<_>>()).await?;
            answers.into_iter().collect::<Result<Vec<_>, _>>()?;
            progress(ids.len());
        }
        Ok(ids)
    }

    /// Settles what depends on order, and begins to compute the rest on other threads.
    async fn begin(&mut self, chunk: &[Copy]) -> anyhow::Result<JoinHandle<Made>> {
        let mut settled = vec![];
        for copy in chunk {
            let number = self.number(copy).await?;
            self.made += 1;
            settled.push(Settled { copy: *copy, seq: self.made, number });
        }
        let shared = Arc::clone(&self.shared);
        Ok(tokio::task::spawn_blocking(move || {
            let half = settled.len() / 2;
            std::thread::scope(|scope| {
                let (left, right) = settled.split_at(half);
                let other = scope.spawn(|| left.iter().map(|one| shared.commits(one)).collect::<Vec<_>>());
                let own: Vec<_> = right.iter().map(|one| shared.commits(one)).collect();
                other.join().expect("a copy can be made").into_iter().chain(own).collect()
            })
        }))
    }

    /// The next number of the year in which the copy was filed.
    async fn number(&mut self, copy: &Copy) -> anyhow::Result<Option<(Register, u32)>> {
        let template = &self.shared.templates[copy.template];
        let (Some((_, type_code)), Some(filed_on)) = (&template.number, template.filed_on) else { return Ok(None) };
        let year = back(filed_on, copy.days_back).year();
        let register = Register::Numbers { year, type_code: type_code.clone() };
        if !self.numbers.contains_key(&register) {
            let (kind, key) = register.stream();
            let given = self.store.read_stream(LogId::RECORD, &Stream::new(kind, key), 0).await?;
            self.numbers.insert(register.clone(), given.len() as u32);
        }
        let last = self.numbers.get_mut(&register).expect("it was just put there");
        *last += 1;
        Ok(Some((register, *last)))
    }
}

fn back(day: Date, days: i32) -> Date {
    day.checked_sub(Span::new().days(days)).expect("within the calendar")
}

impl Shared {
    /// The acts of one copy, each as it is committed; the rows come with the last.
    fn commits(&self, settled: &Settled) -> (CaseId, Vec<Commit>) {
        let template = &self.templates[settled.copy.template];
        let filling = self.filling(template, settled);
        let case = CaseId(filling.ids[0].parse().expect("an identifier was made"));
        let stream = codec::case_stream(case);
        // Copies of one day begin a little later each.
        let shift_us = i64::from(settled.copy.days_back) * DAY_US - (settled.seq % 10_000) as i64 * 1_000_000;
        let mut stored: Vec<StoredEvent> = vec![];
        let mut commits = vec![];
        for act in &template.acts {
            commits.push(commit(act, &filling, act.at_us - shift_us, &stream, &mut stored));
        }
        let last = commits.last_mut().expect("a case has acts");
        let state =
            codec::fold(case, None, &stored).expect("a copy reads as its template").expect("a case was submitted");
        last.rows = rows::all(&state, &self.directory);
        if let Some((register, serial)) = &settled.number {
            let (kind, key) = register.stream();
            let stream = Stream::new(kind, key);
            let allocated = RegisterEvent::NumberAllocated { case, serial: *serial };
            let inscription = codec::Inscription::new(&last.actor, last.at_us, &stream);
            let entry = codec::seal_plain(moment::new_id(instant(last.at_us)), &allocated, &inscription);
            last.read.push((stream.clone(), u64::from(*serial - 1)));
            last.write.push((stream, vec![entry]));
        }
        (case, commits)
    }

    fn filling(&self, template: &Template, settled: &Settled) -> Filling {
        let Copy { days_back, group, .. } = settled.copy;
        let seed = Sha256::digest(format!("{} {}", template.name, settled.seq));
        let submitted_on = back(template.submitted_on, days_back);
        let millis = xiezhi_domain::moment::instant(submitted_on, 9, 30).as_millisecond();
        let millis = u64::try_from(millis).unwrap_or_default() + settled.seq % 10_000;
        let fresh = |place: usize| {
            let mut random: [u8; 10] = seed[..10].try_into().expect("a digest is longer");
            random[8..].copy_from_slice(&(place as u16).to_be_bytes());
            uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string()
        };
        Filling {
            ids: (0..template.ids.len()).map(fresh).collect(),
            people: self.people(template, group, settled.seq),
            days: template.days.iter().map(|day| back(*day, days_back).to_string()).collect(),
            names: (0..template.names.len()).map(|at| self.name(template, at, settled.seq)).collect(),
            number: settled.number.as_ref().zip(template.number.as_ref()).map(numbered).unwrap_or_default(),
        }
    }

    /// The people of a copy: another tribunal, other accounts; whoever serves the whole court stays.
    fn people(&self, template: &Template, group: usize, seq: u64) -> Vec<String> {
        let mut met = BTreeMap::<Post, usize>::new();
        let other = |person: &PersonId| {
            let post = self.directory.person(*person).map_or(Post::Party, |person| person.post);
            let nth = met.entry(post).or_default();
            *nth += 1;
            let pool = if post == Post::Party { Some(&self.outside) } else { self.staff.get(&post) };
            let start = if post == Post::Party { seq as usize * 7 } else { group };
            pool.map_or(*person, |pool| pool[(start + *nth - 1) % pool.len()]).to_string()
        };
        template.people.iter().map(other).collect()
    }

    fn name(&self, template: &Template, at: usize, seq: u64) -> String {
        let invented = name_of(seq * 3 + at as u64);
        if template.names[at].ends_with("公司") { format!("烟台{invented}有限公司") } else { invented }
    }
}

/// The number of the template with another year and serial.
fn numbered(((register, serial), (number, type_code)): (&(Register, u32), &(String, String))) -> String {
    let Register::Numbers { year, .. } = register else { return number.clone() };
    let court =
        number.split(['）', ')']).nth(1).and_then(|rest| rest.split(type_code.as_str()).next()).unwrap_or_default();
    format!("（{year}）{court}{type_code}{serial}号")
}

fn instant(at_us: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(at_us).expect("within the calendar")
}

fn commit(act: &Act, filling: &Filling, at_us: i64, stream: &Stream, stored: &mut Vec<StoredEvent>) -> Commit {
    let at = instant(at_us);
    let command = moment::new_id(at);
    let actor = act.actor.fill(filling);
    let before = stored.len() as u64;
    let inscription = codec::Inscription::new(&actor, at_us, stream);
    let mut events: Vec<NewEvent> = vec![];
    for happened in &act.events {
        let body = happened.body.fill(filling).into_bytes();
        let event = codec::seal(moment::new_id(at), happened.name.clone(), body, &inscription);
        stored.push(as_stored(&event, stream, stored.len() as u64 + 1, at_us, &actor, command));
        events.push(event);
    }
    Commit {
        log: LogId::RECORD,
        command: CommandKey { id: command, hash: [0; 32] },
        actor,
        at_us,
        read: vec![(stream.clone(), before)],
        write: vec![(stream.clone(), events)],
        rows: vec![],
        outbox: vec![],
        working: vec![],
    }
}

fn as_stored(event: &NewEvent, stream: &Stream, rev: u64, at_us: i64, actor: &str, command: Uuid) -> StoredEvent {
    StoredEvent {
        pos: 0,
        id: event.id,
        stream: stream.clone(),
        rev,
        name: event.name.clone(),
        at_us,
        actor: actor.to_owned(),
        command,
        body: Some(event.body.clone()),
        salt: Some(event.salt),
        entry: event.entry.clone(),
        leaf: event.leaf,
    }
}
