//! The four-property test of an electronic file (四性检测): what is looked at, property by property.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::data;

const FILE: &str = "retention.toml";
static TEST: LazyLock<File> = LazyLock::new(|| {
    data::document(FILE, include_str!("../../../../law/retention.toml"))
        .expect("the embedded test reads; a test proves it")
});

#[derive(Deserialize)]
struct File {
    four_property_test: Table,
}

#[derive(Deserialize)]
struct Table {
    authenticity: Vec<String>,
    integrity: Vec<String>,
    usability: Vec<String>,
    security: Vec<String>,
}

/// One of the four properties (四性).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    /// Authenticity (真实性).
    Authenticity,
    /// Integrity (完整性).
    Integrity,
    /// Usability (可用性).
    Usability,
    /// Security (安全性).
    Security,
}

impl Property {
    /// All four, in their order.
    pub const ALL: [Property; 4] =
        [Property::Authenticity, Property::Integrity, Property::Usability, Property::Security];

    /// The items of the law's table, as it words them.
    fn worded(self) -> &'static [String] {
        let table = &TEST.four_property_test;
        match self {
            Property::Authenticity => &table.authenticity,
            Property::Integrity => &table.integrity,
            Property::Usability => &table.usability,
            Property::Security => &table.security,
        }
    }
}

macro_rules! items {
    ($($(#[$doc:meta])* $name:ident = $property:ident, $place:literal;)*) => {
        /// An item of the test (检测项目).
        ///
        /// Source: DA/T 70-2018《文书类电子档案检测一般要求》.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Item { $($(#[$doc])* $name),* }

        impl Item {
            /// Every item, in the order of the table.
            pub const ALL: &'static [Item] = &[$(Item::$name),*];

            /// The property it belongs to.
            pub fn property(self) -> Property { match self { $(Item::$name => Property::$property),* } }

            /// As the law's table words it.
            pub fn worded(self) -> &'static str {
                match self { $(Item::$name => &self.property().worded()[$place]),* }
            }
        }
    };
}

items! {
    /// Where it comes from and who worked on it (来源与经办).
    SourceRecorded = Authenticity, 0;
    /// Signatures and seals hold (签名签章有效).
    SignaturesValid = Authenticity, 1;
    /// Bytes are those that entered the file (哈希一致).
    HashesKept = Authenticity, 2;
    /// What is said of the case fits together (元数据一致).
    MetadataFits = Authenticity, 3;
    /// Papers that every file has (必备材料齐全).
    RequiredPresent = Integrity, 0;
    /// Pages are as many as the contents say (页数一致).
    PagesFit = Integrity, 1;
    /// No act is missing (过程无断号).
    NoGap = Integrity, 2;
    /// Attachments and recordings are there (附件齐全).
    AttachmentsPresent = Integrity, 3;
    /// Files open (可以打开).
    Opens = Usability, 0;
    /// Formats are those that last (格式合规).
    FormatLasts = Usability, 1;
    /// Text can be read (文字层可读).
    TextReadable = Usability, 2;
    /// Recordings play (音视频可播放).
    MediaPlays = Usability, 3;
    /// No virus (无病毒).
    NoVirus = Security, 0;
    /// Who may see what is set (密级权限已定).
    AccessSet = Security, 1;
    /// The secondary volume is apart (副卷分离).
    SecondaryApart = Security, 2;
    /// Nothing in it acts or leads away (无活动内容).
    NothingActive = Security, 3;
}

/// What came of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TestOutcome)]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// There is nothing to test.
    NothingToTest,
    /// This court has no means to test it: a person does.
    NotTested,
}

/// An item with what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Tested {
    /// Which property.
    pub property: Property,
    /// Which item.
    pub item: Item,
    /// What came of it.
    pub outcome: Outcome,
    /// What it came of: papers that failed, or how many passed.
    pub about: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_an_item_and_stands_in_its_place() {
        for property in Property::ALL {
            let items: Vec<&str> =
                Item::ALL.iter().filter(|item| item.property() == property).map(|item| item.worded()).collect();
            assert_eq!(items, property.worded().iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}
