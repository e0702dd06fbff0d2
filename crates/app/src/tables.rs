//! The read model: plain tables that a statistician could query. Days are `YYYY-MM-DD`, amounts fen.

use xiezhi_store::{Column, ColumnKind, Row, Schema, Table, Value};

/// A typed row of a table.
pub trait TableRow: Sized + Clone {
    /// The table.
    const TABLE: Table;
    /// As the store keeps it.
    fn into_row(self) -> Row;
    /// As the program reads it.
    fn from_row(row: Row) -> Self;
}

/// A type that a column can hold.
trait Held: Sized {
    const KIND: ColumnKind;
    const NULLABLE: bool;
    fn put(self) -> Value;
    fn take(value: Value) -> Self;
}

impl Held for String {
    const KIND: ColumnKind = ColumnKind::Text;
    const NULLABLE: bool = false;
    fn put(self) -> Value {
        Value::Text(self)
    }
    fn take(value: Value) -> Self {
        match value {
            Value::Text(text) => text,
            Value::Int(number) => number.to_string(),
            Value::Null => String::new(),
        }
    }
}
impl Held for i64 {
    const KIND: ColumnKind = ColumnKind::Int;
    const NULLABLE: bool = false;
    fn put(self) -> Value {
        Value::Int(self)
    }
    fn take(value: Value) -> Self {
        match value {
            Value::Int(number) => number,
            Value::Text(_) | Value::Null => 0,
        }
    }
}
impl<T: Held> Held for Option<T> {
    const KIND: ColumnKind = T::KIND;
    const NULLABLE: bool = true;
    fn put(self) -> Value {
        self.map_or(Value::Null, Held::put)
    }
    fn take(value: Value) -> Self {
        (value != Value::Null).then(|| T::take(value))
    }
}

macro_rules! tables {
    ($($(#[$doc:meta])* $row:ident = $name:literal, key $key:literal, indexes $indexes:expr, {
        $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)?
    })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
            pub struct $row { $($(#[$fdoc])* pub $field: $ty),* }
            impl TableRow for $row {
                const TABLE: Table = Table {
                    name: $name,
                    columns: &[$(Column {
                        name: stringify!($field),
                        kind: <$ty as Held>::KIND,
                        nullable: <$ty as Held>::NULLABLE,
                    }),*],
                    key_len: $key,
                    indexes: $indexes,
                };
                fn into_row(self) -> Row {
                    vec![$(Held::put(self.$field)),*]
                }
                fn from_row(row: Row) -> Self {
                    let mut values = row.into_iter();
                    Self { $($field: Held::take(values.next().unwrap_or(Value::Null))),* }
                }
            }
        )*
        /// The schema of the read model.
        pub const SCHEMA: Schema = Schema(&[$($row::TABLE),*]);
    };
}

tables! {
    /// A case (案件).
    CaseRow = "cases", key 1, indexes &[
        &["changed_rank"],
        &["phase", "changed_rank"],
        &["stage_rank", "changed_rank"],
        &["judge", "changed_rank"],
        &["filing_clerk", "changed_rank"],
        &["filed_on"],
        &["due_on"],
        &["number"],
    ], {
        /// Identifier.
        case_id: String,
        /// Case number, once filed.
        number: Option<String>,
        /// Serial within year and type, for order.
        serial: i64,
        /// Parties, short.
        title: String,
        /// Code of the cause.
        cause_code: String,
        /// Name of the cause.
        cause: String,
        /// Procedure.
        procedure: String,
        /// Stage.
        stage: String,
        /// Its place in the order of stages.
        stage_rank: i64,
        /// Part of the life of the case: `before_filing`, `trial`, `closed`, `archived`.
        phase: String,
        /// 1 if stayed.
        stayed: i64,
        /// How far the papers have reached each party, as `serving::Reached` in JSON.
        reached: String,
        /// Day of receipt.
        submitted_on: String,
        /// Day of filing.
        filed_on: Option<String>,
        /// Amount in dispute, fen.
        amount_fen: Option<i64>,
        /// Judge in charge.
        judge: Option<String>,
        /// Their name.
        judge_name: Option<String>,
        /// Court clerk.
        clerk: Option<String>,
        /// Their name.
        clerk_name: Option<String>,
        /// Filing clerk.
        filing_clerk: Option<String>,
        /// Last day of the trial period, while it runs.
        due_on: Option<String>,
        /// Closing day.
        closed_on: Option<String>,
        /// Manner of closing.
        manner: Option<String>,
        /// Day of effect.
        effective_on: Option<String>,
        /// Day of archiving.
        archived_on: Option<String>,
        /// Fee status.
        fee_status: String,
        /// Fee charged, fen.
        fee_fen: i64,
        /// Number, parties, cause, for search.
        search: String,
        /// Day of the last act, as a number that grows with time.
        changed_rank: i64,
        /// Revision of the case.
        rev: i64,
    }
    /// A person whose part in a case lets them know of it. What a list of one's own cases is ordered by stands
    /// here too, so that its page is read from an index, however many cases there are.
    CasePersonRow = "case_people", key 3, indexes &[&["person", "side", "changed_rank"], &["person", "open"]], {
        /// The case.
        case_id: String,
        /// The person.
        person: String,
        /// Under which posts: `inside` the court or `outside`.
        side: String,
        /// 1 for who serves its papers: clerk and assistant.
        serves: i64,
        /// 1 until the case is archived.
        open: i64,
        /// Day of the last act, as in the row of the case.
        changed_rank: i64,
    }
    /// A party by name and number, for finding the same person or the same suit again.
    PartyRow = "parties", key 2, indexes &[&["name"], &["id_no"]], {
        /// The case.
        case_id: String,
        /// The party.
        party: String,
        /// Role.
        role: String,
        /// Name.
        name: String,
        /// Number, if told.
        id_no: Option<String>,
        /// Code of the cause.
        cause_code: String,
    }
    /// A task (待办).
    TaskRow = "tasks", key 4, indexes &[&["person", "pile"], &["post", "pile"], &["due_on"]], {
        /// The case.
        case_id: String,
        /// Kind.
        kind: String,
        /// Whose: `person:ID`, `post:NAME` or `party:ID`.
        assignee: String,
        /// What it is about within the case.
        subject: String,
        /// Person, where it is one person's.
        person: Option<String>,
        /// Post, where it is a post's.
        post: Option<String>,
        /// Pile of the workbench.
        pile: String,
        /// Until.
        due_on: Option<String>,
        /// Case number.
        number: Option<String>,
        /// Parties, short.
        title: String,
        /// Name of the cause.
        cause: String,
        /// Stage.
        stage: String,
    }
    /// A running period (期限).
    DeadlineRow = "deadlines", key 3, indexes &[&["last_on"], &["judge", "last_on"]], {
        /// The case.
        case_id: String,
        /// Kind.
        kind: String,
        /// Party, or empty.
        party: String,
        /// Start.
        starts_on: String,
        /// Last day.
        last_on: String,
        /// Source in law.
        source: String,
        /// Judge in charge.
        judge: Option<String>,
        /// Case number.
        number: Option<String>,
        /// Parties, short.
        title: String,
    }
    /// What the clock will do when a period has run out.
    ClockRow = "clock", key 2, indexes &[&["last_on"]], {
        /// The case.
        case_id: String,
        /// Key of the rule.
        rule: String,
        /// Last day of the period.
        last_on: String,
        /// The rule, as JSON.
        body: String,
    }
    /// A hearing (开庭).
    HearingRow = "hearings", key 1, indexes &[&["on_day"], &["case_id"]], {
        /// Identifier.
        hearing_id: String,
        /// The case.
        case_id: String,
        /// Day.
        on_day: String,
        /// From, `HH:MM`.
        starts: String,
        /// To.
        ends: String,
        /// Courtroom.
        room: Option<String>,
        /// Mode.
        mode: String,
        /// Status.
        status: String,
        /// Case number.
        number: Option<String>,
        /// Parties, short.
        title: String,
        /// Name of the cause.
        cause: String,
    }
    /// An attempt to serve (送达).
    ServiceRow = "services", key 1, indexes &[&["case_id"], &["status"], &["tracking"]], {
        /// Identifier.
        service_id: String,
        /// The case.
        case_id: String,
        /// Party served.
        party: String,
        /// Its name.
        party_name: String,
        /// Channel.
        channel: String,
        /// Status.
        status: String,
        /// Titles of the papers.
        papers: String,
        /// Day it left.
        dispatched_on: String,
        /// Day it counts from.
        effected_on: Option<String>,
        /// Court clerk.
        clerk: Option<String>,
        /// Case number.
        number: Option<String>,
        /// The carrier's number, of service by post.
        tracking: Option<String>,
    }
    /// A paper that waits to be served (待送).
    ToServeRow = "to_serve", key 3, indexes &[&["clerk"]], {
        /// The case.
        case_id: String,
        /// The paper.
        material: String,
        /// The party.
        party: String,
        /// Title of the paper.
        paper: String,
        /// Name of the party.
        party_name: String,
        /// What the choice of a way rests on, as JSON: the order is a setting.
        prospect: String,
        /// Until.
        due_on: Option<String>,
        /// Court clerk.
        clerk: Option<String>,
        /// Case number.
        number: Option<String>,
        /// Parties, short.
        title: String,
    }
    /// A paper of the e-file (卷宗材料).
    MaterialRow = "materials", key 1, indexes &[&["case_id", "place"], &["sha256"], &["place", "received_on", "case_id"]], {
        /// Identifier.
        material_id: String,
        /// The case.
        case_id: String,
        /// Kind.
        kind: String,
        /// Title.
        title: String,
        /// Volume.
        volume: String,
        /// Place: staged, in the file, discarded, struck.
        place: String,
        /// Hash of its bytes.
        sha256: String,
        /// Pages.
        pages: i64,
        /// Day it came.
        received_on: String,
        /// Day it entered the file.
        entered_on: Option<String>,
    }
    /// A file that events of a case name.
    FileRow = "files", key 2, indexes &[&["case_id"]], {
        /// Hash of its bytes.
        sha256: String,
        /// The case.
        case_id: String,
    }
    /// A version of a paper that anyone who holds it may ask about (真伪查验). Whatever may not be asked about has
    /// no row, so that asking for it finds what asking for nothing finds.
    CheckableRow = "checkable", key 2, indexes &[&["case_id"], &["material_id"], &["code"]], {
        /// Hash of its bytes.
        sha256: String,
        /// The paper.
        material_id: String,
        /// The case.
        case_id: String,
        /// The code that the paper carries.
        code: String,
    }
    /// A request for approval (审批).
    ApprovalRow = "approvals", key 1, indexes &[&["next_post"], &["case_id"]], {
        /// Identifier.
        approval_id: String,
        /// The case.
        case_id: String,
        /// Matter.
        matter: String,
        /// Post whose word is awaited.
        next_post: Option<String>,
        /// Status.
        status: String,
        /// Day it was asked.
        asked_on: String,
        /// Reason.
        reason: String,
        /// Case number.
        number: Option<String>,
        /// Parties, short.
        title: String,
    }
    /// A request to borrow an archived file (借阅申请), the newest of each person.
    BorrowingRow = "borrowings", key 2, indexes &[&["person", "asked_on"], &["status", "asked_on"]], {
        /// The case.
        case_id: String,
        /// Who asks.
        person: String,
        /// For what.
        purpose: String,
        /// Until when.
        until_on: String,
        /// Day it was asked.
        asked_on: String,
        /// Waiting, granted, refused.
        status: String,
        /// Why it was refused.
        reason: String,
        /// Case number.
        number: Option<String>,
        /// Parties, short.
        title: String,
    }
}
