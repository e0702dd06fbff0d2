//! The example cases as applications (示例案件).

use serde_json::Value;
use xiezhi_domain::{
    case::Procedure,
    consent::Step,
    drafting::DraftContent,
    filing::{Application, EvidenceInput, Intake},
    ids::{CaseId, MaterialId, PartyId},
    law::{element_form::Answers, money::Fen},
    party::{AddressConfirmation, Agent, Claim, Party, PartyKind, PartyRole, SpecialAuthority},
    people::{Person, Post},
};

use super::people;

/// An example, told once or again with other parties.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its name: identifiers grow from it.
    pub name: String,
    /// Lines that are printed into each piece of evidence, besides what it is.
    pub exhibit_lines: usize,
    told: Value,
}

/// Example `number`, from 1 to 6.
pub fn example(number: usize) -> Example {
    let text = [
        include_str!("../../../../examples/ex1_private_lending.json"),
        include_str!("../../../../examples/ex2_sale_contract.json"),
        include_str!("../../../../examples/ex3_divorce.json"),
        include_str!("../../../../examples/ex4_traffic_accident.json"),
        include_str!("../../../../examples/ex5_labour_dispute.json"),
        include_str!("../../../../examples/ex6_property_service.json"),
    ][number - 1];
    let told = serde_json::from_str(text).expect("an embedded example is JSON");
    Example { name: format!("ex{number}"), exhibit_lines: 0, told }
}

impl Example {
    /// The same matter between other people: `names` in the order of the parties, without agents.
    pub fn between(mut self, name: &str, names: &[(&str, &str, u32)]) -> Example {
        name.clone_into(&mut self.name);
        let text = self.told.to_string();
        let old: Vec<String> = self.list("parties").iter().map(|party| string(&party["name"])).collect();
        let renamed = old.iter().zip(names).fold(text, |text, (old, (new, ..))| text.replace(old.as_str(), new));
        self.told = serde_json::from_str(&renamed).expect("names hold no quotes");
        self.told["agents"] = Value::Array(vec![]);
        for (place, (_, birth, serial)) in names.iter().enumerate() {
            let party = &mut self.told["parties"][place];
            if party["kind"] == "natural" {
                // The seventeenth digit is odd for a man.
                let of_sex = serial * 2 + u32::from(party["sex"] == "男");
                party["id_no"] = Value::String(people::id_number(birth, of_sex));
                party["birth_date"] = Value::String(format!("{}-{}-{}", &birth[..4], &birth[4..6], &birth[6..]));
                party["phone"] = Value::String(format!("120{serial:08}"));
            } else {
                let business: String = string(&party["name"]).chars().skip(4).take(2).collect();
                party["representative"] = Value::String(format!("代{business}"));
            }
        }
        self
    }

    /// The same with some of it told otherwise.
    pub fn telling(mut self, otherwise: impl FnOnce(&mut Value)) -> Example {
        otherwise(&mut self.told);
        self
    }

    /// The same, told by a plaintiff who does not know the number of the party at this place.
    pub fn number_unknown(mut self, place: usize) -> Example {
        self.told["parties"][place]["number_unknown"] = Value::Bool(true);
        self
    }

    /// The case this example becomes.
    pub fn case(&self) -> CaseId {
        CaseId(people::named(&format!("{} case", self.name)))
    }

    /// The text under `path`, such as `outcome.date`.
    pub fn text(&self, path: &str) -> &str {
        self.at(path).as_str().unwrap_or_default()
    }

    /// The values under `path`.
    pub fn list(&self, path: &str) -> Vec<&Value> {
        self.at(path).as_array().map(|list| list.iter().collect()).unwrap_or_default()
    }

    /// The texts under `path`.
    pub fn texts(&self, path: &str) -> Vec<String> {
        self.list(path).into_iter().map(string).collect()
    }

    fn at(&self, path: &str) -> &Value {
        path.split('.').fold(&self.told, |value, key| match key.parse::<usize>() {
            Ok(index) => &value[index],
            Err(_) => &value[key],
        })
    }

    /// The procedure.
    pub fn procedure(&self) -> Procedure {
        match self.text("procedure") {
            "普通程序" => Procedure::Ordinary,
            "小额诉讼程序" => Procedure::SmallClaims,
            _ => Procedure::Summary,
        }
    }

    /// How many parties.
    pub fn parties(&self) -> usize {
        self.list("parties").len()
    }

    /// The party at this place.
    pub fn party(&self, place: usize) -> PartyId {
        PartyId(people::named(&format!("{} party {place}", self.name)))
    }

    /// Whether the party at this place takes papers on line.
    pub fn is_online(&self, place: usize) -> bool {
        self.at(&format!("parties.{place}"))["e_service_consent"] == true
    }

    /// Whether the party at this place is a plaintiff.
    pub fn is_plaintiff(&self, place: usize) -> bool {
        self.at(&format!("parties.{place}"))["role"] == "原告"
    }

    /// The account behind the party at this place: the person, or who represents the company.
    pub fn account(&self, place: usize) -> Person {
        let told = self.at(&format!("parties.{place}"));
        let natural = told["kind"] == "natural";
        let name = string(if natural { &told["name"] } else { &told["representative"] });
        Person {
            id_no: natural.then(|| string(&told["id_no"])),
            unit: (!natural).then(|| string(&told["name"])),
            phone: Some(string(&told["phone"])).filter(|phone| !phone.is_empty()),
            ..people::outside(&name, Post::Party)
        }
    }

    /// The accounts of agents.
    pub fn agent_accounts(&self) -> Vec<Person> {
        let account = |told: &Value| Person {
            unit: Some(string(&told["firm"])),
            phone: Some(string(&told["phone"])),
            ..people::outside(&string(&told["name"]), Post::Lawyer)
        };
        self.list("agents").into_iter().map(account).collect()
    }

    /// The agents of one side.
    pub fn agents(&self, plaintiffs: bool) -> Vec<Agent> {
        let places: Vec<usize> = (0..self.parties()).filter(|place| self.is_plaintiff(*place) == plaintiffs).collect();
        let of = |told: &Value| places.iter().find(|place| self.at(&format!("parties.{place}"))["name"] == told["for"]);
        let agent = |told: &Value| {
            Some(Agent {
                party: self.party(*of(told)?),
                name: string(&told["name"]),
                firm: Some(string(&told["firm"])),
                phone: Some(string(&told["phone"])),
                post: None,
                special: if told["special_authority"] == true { SpecialAuthority::ALL.to_vec() } else { vec![] },
                receives_papers: false,
                person: Some(people::id_of(&string(&told["name"]))),
            })
        };
        self.list("agents").into_iter().filter_map(agent).collect()
    }

    /// The address the party at this place confirms.
    pub fn address(&self, place: usize) -> AddressConfirmation {
        let told = self.at(&format!("parties.{place}"));
        let electronic = self.is_online(place);
        let phone =
            Some(string(&told["phone"])).filter(|phone| !phone.is_empty()).unwrap_or_else(|| "12000000000".to_owned());
        AddressConfirmation {
            party: self.party(place),
            postal: string(&told["address"]),
            electronic_address: electronic.then(|| phone.clone()),
            phone,
            electronic,
            recipient: None,
            hand: None,
        }
    }

    fn told_party(&self, place: usize) -> Party {
        let told = self.at(&format!("parties.{place}"));
        let natural = told["kind"] == "natural";
        let some = |value: &Value| Some(string(value)).filter(|text| !text.is_empty());
        let numbered = told["number_unknown"] != true;
        Party {
            id: self.party(place),
            role: if self.is_plaintiff(place) { PartyRole::Plaintiff } else { PartyRole::Defendant },
            kind: if natural { PartyKind::Natural } else { PartyKind::Legal },
            name: string(&told["name"]),
            sex: some(&told["sex"]),
            birth_on: told["birth_date"].as_str().filter(|_| numbered).and_then(|day| day.parse().ok()),
            ethnicity: some(&told["ethnicity"]),
            id_no: some(if natural { &told["id_no"] } else { &told["uscc"] }).filter(|_| numbered),
            occupation: some(&told["occupation"]),
            address: some(&told["address"]),
            phone: some(&told["phone"]),
            representative: some(&told["representative"]),
            representative_post: some(&told["representative_post"]),
            particulars: Default::default(),
            person: self.is_plaintiff(place).then(|| self.account(place).id),
        }
    }

    /// Evidence of one side: the file is made by `print`.
    pub fn evidence(&self, of_plaintiff: bool) -> Vec<(EvidenceInput, String)> {
        let ours = |told: &&Value| string(&told["by"]).starts_with("原告") == of_plaintiff;
        let item = |(place, told): (usize, &Value)| {
            let input = EvidenceInput {
                material: MaterialId(people::named(&format!("{} evidence {of_plaintiff} {place}", self.name))),
                name: string(&told["name"]),
                kind: string(&told["kind"]),
                source: string(&told["by"]),
                has_original: true,
                purpose: string(&told["purpose"]),
                file: xiezhi_domain::material::FileRef {
                    sha256: String::new(),
                    size_bytes: 0,
                    media: String::new(),
                    name: String::new(),
                    pages: 0,
                    spots: vec![],
                },
            };
            (input, string(&told["opponent_opinion"]))
        };
        self.list("evidence").into_iter().filter(ours).enumerate().map(item).collect()
    }

    /// What the court made of the evidence of one side, item by item.
    pub fn court_views(&self, of_plaintiff: bool) -> Vec<(MaterialId, String)> {
        let ours = |told: &&Value| string(&told["by"]).starts_with("原告") == of_plaintiff;
        let told = self.list("evidence").into_iter().filter(ours).enumerate();
        let view = |(place, told): (usize, &Value)| {
            let material = MaterialId(people::named(&format!("{} evidence {of_plaintiff} {place}", self.name)));
            (material, string(&told["court_view"]))
        };
        told.map(view).collect()
    }

    /// The application as the filing side submits it.
    pub fn application(&self, evidence: Vec<EvidenceInput>) -> Application {
        Application {
            cause: self.text("cause_code").to_owned(),
            parties: (0..self.parties()).map(|place| self.told_party(place)).collect(),
            agents: self.agents(true),
            claims: self.texts("claims").into_iter().map(|text| Claim { text, amount: None }).collect(),
            amount: self.text("amount_in_dispute").parse::<Fen>().ok(),
            facts_and_reasons: self.text("facts_and_reasons").to_owned(),
            elements: self.elements(),
            evidence,
            addresses: (0..self.parties())
                .filter(|place| self.is_plaintiff(*place))
                .map(|place| self.address(place))
                .collect(),
            online: Step::ALL.into_iter().collect(),
            procedure_wish: Some(self.procedure()),
            intake: Intake::Online,
        }
    }

    /// What is told in the element-type form; most examples are told in words alone.
    fn elements(&self) -> Answers {
        match self.at("elements") {
            Value::Null => Answers::default(),
            told => serde_json::from_value(told.clone()).expect("elements are told as the form asks for them"),
        }
    }

    /// The answer of the party at this place, if it gave one.
    pub fn answer(&self, place: usize) -> Option<String> {
        let told = self.at("answer");
        let name = string(&self.at(&format!("parties.{place}"))["name"]);
        told.as_str().map(str::to_owned).or_else(|| told[&name].as_str().map(str::to_owned))
    }

    /// What the judge wrote.
    pub fn content(&self) -> DraftContent {
        let costs = self.text("outcome.cost").to_owned();
        DraftContent {
            found_facts: self.text("found_facts").to_owned(),
            reasoning: self.text("reasoning").to_owned(),
            legal_basis: self.texts("legal_basis"),
            orders: self.texts("outcome.orders"),
            refund_prepayment: costs.contains("被告") && !costs.contains("原告"),
            annex_law: false,
            sums: vec![],
            costs,
        }
    }

    /// The transcript of the hearing, put together from what the example tells of it.
    pub fn transcript(&self) -> String {
        let mut lines = vec![
            "书记员：现在核对到庭人员，宣布法庭纪律。".to_owned(),
            "审判员：现在开庭。告知当事人诉讼权利义务，是否申请回避？".to_owned(),
            "各方当事人：不申请。".to_owned(),
            "审判员：现在进行法庭调查。".to_owned(),
        ];
        lines.extend(self.texts("hearing.facts").into_iter().map(|fact| format!("审判员：当庭查明，{fact}")));
        lines.extend(self.texts("issues").into_iter().map(|issue| format!("审判员：归纳争议焦点：{issue}。")));
        lines.push("审判员：现在进行法庭辩论，各方充分发表意见。".to_owned());
        lines.push("各方当事人：坚持各自意见。".to_owned());
        let mediation = self.text("hearing.mediation");
        if !mediation.is_empty() {
            lines.push(format!("审判员：{mediation}"));
        }
        lines.push("审判员：现在闭庭，请各方阅看笔录并签名。".to_owned());
        lines.join("\n")
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
