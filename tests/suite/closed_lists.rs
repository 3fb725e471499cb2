//! Every value of every closed list comes in from a file by its code and by its label in both languages, however it is
//! written, and goes out by its code.

use super::example_school::romans;
use fil::domain::closed_list::ClosedList;
use fil::domain::{Lang, cohort, funder, placement, progress, trainee};

/// A field of a kind of record whose values are those of a list.
struct Field {
    kind: &'static str,
    field: &'static str,
    /// The other columns; `{n}` is a number and `{day}` a day that no other row has.
    columns: &'static str,
    row: &'static str,
    /// Code, French label, English label.
    words: Vec<[&'static str; 3]>,
}

fn field<T: ClosedList>(kind: &'static str, field: &'static str, columns: &'static str, row: &'static str) -> Field {
    let words = T::ALL.iter().map(|value| [value.code(), value.label(Lang::Fr), value.label(Lang::En)]);
    Field { kind, field, columns, row, words: words.collect() }
}

/// The columns of a trainee of the example cohort, and a row of them.
const TRAINEE: [&str; 2] = ["trainee,last_name,first_name,cohort,entry", "zola-{n},Zola,N{n},ROM-2018-11,2018-11-05"];
const STAY: [&str; 2] = ["cohort,trainee,date", "ROM-2018-11,grimonet-theo,{day}"];

fn fields() -> Vec<Field> {
    let [person, someone] = TRAINEE;
    let [stay, of_stay] = STAY;
    vec![
        field::<trainee::Sex>("trainees", "sex", person, someone),
        field::<trainee::Decision>(
            "trainees",
            "decision",
            "trainee,last_name,first_name,cohort",
            "zola-{n},Z,N{n},ROM-2018-11",
        ),
        field::<trainee::ReferrerKind>("trainees", "referrer_kind", person, someone),
        field::<trainee::ExitReason>(
            "trainees",
            "exit_reason",
            "trainee,last_name,first_name,cohort,entry,exit",
            "zola-{n},Zola,N{n},ROM-2018-11,2018-11-05,2019-01-11",
        ),
        field::<trainee::EntryStatus>("trainees", "status_at_entry", person, someone),
        field::<trainee::YesNo>("trainees", "disability", person, someone),
        field::<trainee::YesNo>("trainees", "in_education", person, someone),
        field::<trainee::YesNo>("trainees", "homeless", person, someone),
        field::<trainee::LicenceAtEntry>("trainees", "licence_at_entry", person, someone),
        field::<cohort::TrainingStatus>(
            "cohorts",
            "training_status",
            "cohort,start,end,places",
            "C{n},2019-03-04,2019-05-31,9",
        ),
        field::<cohort::Stream>("modules", "stream", "cohort,module", "ROM-2018-11,M{n}"),
        field::<cohort::SlotKind>("slots", "kind", "cohort,half,date", "ROM-2018-11,am,{day}"),
        field::<cohort::Half>("slots", "half", "cohort,kind,date", "ROM-2018-11,centre,{day}"),
        field::<progress::ModuleOutcome>(
            "results",
            "outcome",
            "module,cohort,trainee,date",
            "NUM,ROM-2018-11,grimonet-theo,{day}",
        ),
        field::<progress::CertificateOutcome>(
            "certificates",
            "outcome",
            "certificate,cohort,trainee,date",
            "SST,ROM-2018-11,grimonet-theo,{day}",
        ),
        field::<progress::Registry>("catalogue", "registry", "certificate,label", "Z{n},Titre {n}"),
        field::<progress::LicenceStep>("licence", "step", "trainee,date", "grimonet-theo,{day}"),
        field::<progress::LicenceOutcome>("licence", "outcome", "step,trainee,date", "code_exam,grimonet-theo,{day}"),
        field::<progress::InterviewKind>("interviews", "kind", stay, of_stay),
        field::<placement::SituationType>(
            "placements",
            "type",
            "cohort,trainee,start,company,planned_end",
            "ROM-2018-11,lopes-vallon-tiago,{day},F{n},{end}",
        ),
        field::<placement::Evidence>(
            "placements",
            "evidence",
            "type,cohort,trainee,start,company,planned_end",
            "CDD,ROM-2018-11,lopes-vallon-tiago,{day},F{n},{day}",
        ),
        field::<placement::Channel>(
            "followups",
            "channel",
            "point,reached,cohort,trainee,date",
            "3m,true,ROM-2018-11,grimonet-theo,{day}",
        ),
        field::<placement::Point>(
            "followups",
            "point",
            "reached,cohort,trainee,date",
            "true,ROM-2018-11,grimonet-theo,{day}",
        ),
        field::<funder::Level>("funders", "level", "funder,name", "f-{n},F"),
        field::<funder::Dialect>("funders", "dialect", "level,funder,name", "public,f-{n},F"),
        field::<funder::FunderLang>("funders", "lang", "level,funder,name", "public,f-{n},F"),
        field::<funder::People>("funders", "people", "level,funder,name", "contract,f-{n},F"),
        field::<funder::Side>("budget", "side", "cohort,class,label,planned", "ROM-2018-11,60,L{n},10"),
    ]
}

/// Types of situation without a planned end.
const OPEN_ENDED: [&str; 5] = ["CDI", "CDI_INTERIM", "FONCTION_PUBLIQUE", "CREATION", "IAE_CDI_INCLUSION"];

/// A word as people write it too: in capitals, and without its accents.
fn spellings(word: &str) -> [String; 3] {
    let plain = word.chars().map(|c| match c {
        'é' | 'è' | 'ê' => 'e',
        'à' | 'â' => 'a',
        'ç' => 'c',
        c => c,
    });
    [word.to_owned(), word.to_uppercase(), plain.collect()]
}

fn row(field: &Field, n: usize, code: &str) -> String {
    // Days from 4 March 2019 on: after every stay and before today.
    let day = fil::domain::Date::parse_iso("2019-03-04").unwrap().plus_days(i32::try_from(n).unwrap());
    let end = if OPEN_ENDED.contains(&code) { String::new() } else { day.to_string() };
    field.row.replace("{n}", &n.to_string()).replace("{day}", &day.to_string()).replace("{end}", &end)
}

#[test]
fn every_value_of_every_list_is_read_by_its_code_and_by_both_its_labels() {
    for field in fields() {
        let desk = romans();
        let before = desk.run(&format!("export {} -f csv", field.kind)).ends(0).stdout;
        let (mut file, mut wanted) = (format!("{},{}\n", field.columns, field.field), Vec::new());
        for words in &field.words {
            for spelled in words.iter().flat_map(|word| spellings(word)) {
                file += &format!("{},\"{spelled}\"\n", row(&field, wanted.len(), words[0]));
                wanted.push(words[0]);
            }
        }
        desk.file("list.csv", &file);
        let ran = desk.run(&format!("import list.csv --as {}", field.kind));
        assert_eq!(ran.code, 0, "{} of {}: {}\n{file}", field.field, field.kind, ran.stderr);
        let after = desk.run(&format!("export {} -f csv", field.kind)).ends(0).stdout;
        let mut reader = csv::Reader::from_reader(after.as_bytes());
        let at = reader.headers().unwrap().iter().position(|name| name == field.field).unwrap();
        let known: Vec<&str> = before.lines().collect();
        let mut codes: Vec<String> = reader
            .records()
            .map(Result::unwrap)
            .zip(after.lines().skip(1))
            .filter(|(_, line)| !known.contains(line))
            .map(|(record, _)| record[at].to_owned())
            .collect();
        codes.sort();
        wanted.sort_unstable();
        assert_eq!(codes, wanted, "{} of {}", field.field, field.kind);
    }
}

#[test]
fn what_is_in_no_list_is_refused_with_the_codes_of_the_list() {
    let desk = romans();
    for field in fields() {
        desk.file("list.csv", format!("{},{}\n{},nonsense\n", field.columns, field.field, row(&field, 0, "")));
        let codes: Vec<&str> = field.words.iter().map(|words| words[0]).collect();
        let ran = desk.run(&format!("import list.csv --as {} -n", field.kind)).ends(4);
        let told = format!("“nonsense” is not in the list — one of: {}", codes.join(", "));
        assert!(ran.stderr.contains(&told), "{} of {}: {}", field.field, field.kind, ran.stderr);
    }
}
