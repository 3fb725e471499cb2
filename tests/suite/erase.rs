//! Somebody erased: gone from every byte, for ever, while every figure of every report stays as it was.

use super::example_school::romans;
use super::support::{Desk, Outcome};
use fil::store::{Access, Store};

fn dump(desk: &Desk) -> String {
    Store::open(&desk.path("fil.db"), Access::Read).unwrap().dump().unwrap()
}

#[track_caller]
fn import(desk: &Desk, kind: &str, rows: &str) -> Outcome {
    desk.file("rows.csv", rows);
    let outcome = desk.run(&format!("import rows.csv --as {kind} --accept identity")).ends(0);
    std::fs::remove_file(desk.path("rows.csv")).unwrap();
    outcome
}

/// Everybody's slug and number.
fn numbers(desk: &Desk) -> Vec<(String, String)> {
    let list = desk.run("export trainees -f csv").ends(0).stdout;
    let mut reader = csv::Reader::from_reader(list.as_bytes());
    let at = |name: &str, headers: &csv::StringRecord| headers.iter().position(|h| h == name).unwrap();
    let headers = reader.headers().unwrap().clone();
    let (slug, id) = (at("trainee", &headers), at("id", &headers));
    reader.records().map(|row| row.unwrap()).map(|row| (row[slug].to_owned(), row[id].to_owned())).collect()
}

const SECTIONS: [&str; 10] =
    ["monthly", "indicators", "exits", "attendance", "people", "placements", "esf", "bpf", "financial", "followups"];

/// Every figure: each section, at several days, as known now and earlier, for the school and for a funder. Rows stand
/// in the order of names, so they are compared as a set.
fn figures(desk: &Desk, operations: &[i64]) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for section in SECTIONS {
        let scopes = ["", "--funder break-poverty"];
        for scope in scopes {
            let mut lines = ["--as-of 2018-11-30", "-p 2018-12", ""].map(str::to_owned).to_vec();
            lines.extend(operations.iter().map(|op| format!("--known-on {op}")));
            for line in lines {
                let line = format!("report show {section} {scope} {line} -f csv");
                let shown = desk.run(&line);
                if shown.code == 0 {
                    let mut rows: Vec<String> = shown.stdout.lines().map(str::to_owned).collect();
                    rows.sort();
                    all.push((line, rows));
                }
            }
        }
    }
    assert!(all.len() > 70, "only {} tables", all.len());
    all
}

#[test]
fn every_figure_of_every_report_is_the_same_before_and_after() {
    let desk = romans();
    // A past to look back at: changes, a removal, a merge.
    import(
        &desk,
        "trainees",
        "trainee,last_name,first_name,cohort,birth_date\namara-nassim,Amara,Nassim,ROM-2018-11,1999-03-04\n",
    );
    import(
        &desk,
        "placements",
        "cohort,trainee,type,company,start\nROM-2018-11,cherifi-morel-ines,CREATION,Inès Fibre,2019-06-03\n",
    );
    import(&desk, "trainees", "last_name,first_name,cohort,entry\nAmara,Nacim,ROM-2018-11,2018-11-05\n");
    desk.run("trainee merge amara-nassim amara-nacim -y").ends(0);
    desk.run("placement add diakite-mamadou cdi \"Diakité Télécoms\" --from 2019-08-05").ends(0);
    let newest = Store::open(&desk.path("fil.db"), Access::Read).unwrap().newest_operation().unwrap().number();
    let operations: Vec<i64> = vec![8, 12, newest - 3, newest];
    let before = figures(&desk, &operations);
    let numbers: Vec<(String, String)> = numbers(&desk);
    for (slug, _) in &numbers {
        desk.run(&format!("trainee erase {slug} -y")).ends(0);
    }
    let after = figures(&desk, &operations);
    assert_eq!(before.len(), after.len());
    for ((line, before), (_, after)) in before.into_iter().zip(after) {
        // Sections that are no funder's name people by their slugs.
        let renamed = |row: &String| {
            let cells = row.split(',').map(|cell| {
                let other = numbers.iter().find(|(slug, _)| slug == cell);
                other.map_or_else(|| cell.to_owned(), |(_, number)| format!("erased-{number}"))
            });
            cells.collect::<Vec<String>>().join(",")
        };
        let mut before: Vec<String> = before.iter().map(renamed).collect();
        before.sort();
        assert_eq!(before, after, "{line}");
    }
    desk.run("doctor").ends(0);
}

/// Words that nothing else in the example says.
const MARKER: &str = "Zyxlaf";

/// Somebody who is named everywhere a person can be named, now and in the past of the file.
fn with_marker() -> Desk {
    let desk = romans();
    import(
        &desk,
        "trainees",
        "ref,trainee,last_name,first_name,birth_date,sex,phone,email,address,postal_code,commune,cohort,entry,exit,exit_reason,referrer\n\
         ZR-900,,Zyxlaf,Élodie,2000-02-29,F,0677889900,elodie@zyxlaf.example,\"3 rue Zyxlaf\",26100,Romans,ROM-2018-11,2018-11-05,2019-02-01,completed,Mme Zyxlaf mère\n\
         ZR-901,,Zyxlav,Élodie,2000-02-29,F,0677889911,,,,,ROM-2018-11,2018-11-05,,,\n",
    );
    desk.run("trainee merge zyxlaf-elodie zyxlav-elodie -y").ends(0);
    desk.run("trainee edit zyxlaf-elodie --phone 0677889922").ends(0);
    desk.run("trainee note zyxlaf-elodie \"Zyxlaf a trouvé une voiture\"").ends(0);
    desk.run("trainee note amara-nassim \"vient avec Élodie Zyxlaf, 0677889922\"").ends(0);
    import(
        &desk,
        "interviews",
        "cohort,trainee,date,kind,minutes,note\nROM-2018-11,zyxlaf-elodie,2018-12-03,follow_up,30,Zyxlaf veut un CDI\n",
    );
    import(
        &desk,
        "followups",
        "cohort,trainee,point,date,channel,reached,note\nROM-2018-11,zyxlaf-elodie,3m,2019-05-02,phone,false,la mère Zyxlaf répond\n",
    );
    import(
        &desk,
        "placements",
        "cohort,trainee,type,company,start,job,end_reason,actual_end\n\
         ROM-2018-11,zyxlaf-elodie,CREATION,Zyxlaf Fibre,2019-03-04,gérante de Zyxlaf Fibre,,\n\
         ROM-2018-11,zyxlaf-elodie,CDI,Réseaux du Vercors,2019-04-01,,fâchée avec Zyxlaf père,2019-05-01\n",
    );
    import(&desk, "licence", "trainee,step,date,financed_by\nzyxlaf-elodie,registered,2018-11-20,\"l'oncle Zyxlaf\"\n");
    let placement = desk.run("placement list -c all -f csv").ends(0).stdout;
    assert!(placement.contains("Zyxlaf Fibre"), "{placement}");
    desk
}

/// Every file under a folder that holds one of some words, in any letter case and in two encodings.
fn holding(desk: &Desk, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![desk.path(".")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
            let wide = |word: &str| word.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
            let holds = |word: &Vec<u8>| bytes.windows(word.len()).any(|w| w == word.as_slice());
            if words.iter().map(|w| w.to_lowercase()).any(|w| holds(&w.as_bytes().to_vec()) || holds(&wide(&w))) {
                found.push(path.strip_prefix(desk.path(".")).unwrap().display().to_string());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn p131_nothing_of_an_erased_person_is_left_in_any_byte_but_in_the_files_that_are_named() {
    let desk = with_marker();
    desk.run("export trainees -f csv -o list.csv").ends(0);
    desk.run("t -c all -o people.xlsx").ends(0);
    let wide: Vec<u8> = "\u{feff}Zyxlaf\tElodie".encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::create_dir(desk.path("exports")).unwrap();
    desk.file("exports/wide.txt", wide);
    desk.run("backup -o elsewhere/").ends(0);
    let words = [MARKER, "zyxlav", "ZR-900", "ZR-901", "677889900", "677889911", "677889922"];
    let held = holding(&desk, &words);
    assert!(held.contains(&"fil.db".to_owned()) && held.len() == 4, "{held:?}");
    let said = desk.run("trainee erase zyxlaf-elodie --search elsewhere -y").ends(0);
    let said = said.tells("final").tells("the copy made just before is gone");
    for file in ["list.csv", "exports/wide.txt", "people.xlsx", "elsewhere/fil-2019-09-02"] {
        assert!(said.stderr.contains(&format!("!  {file}")), "{file}: {}", said.stderr);
    }
    assert!(
        !said.stderr.contains("still in the database") && !said.stderr.contains("bytes of the database"),
        "{}",
        said.stderr
    );
    let held = holding(&desk, &words);
    assert!(!held.contains(&"fil.db".to_owned()) && held.len() == 3, "{held:?}");
    assert_eq!(std::fs::read_dir(desk.path("backups")).unwrap().count(), 0);
    desk.run("doctor").ends(0);
    // Nor is any version of the past left to be read.
    for op in 17..25 {
        for kind in ["trainees", "notes", "interviews", "placements", "licence", "followups"] {
            let past = desk.run(&format!("export {kind} -f csv --known-on {op}"));
            assert!(!past.stdout.to_lowercase().contains("zyxla"), "{op} {kind}: {}", past.stdout);
        }
    }
    let note = desk.run("export notes -f csv").ends(0).stdout;
    assert!(note.contains("amara-nassim,2019-09-02,\"vient avec erased-"), "{note}");
}

#[test]
fn the_file_is_the_same_after_a_round_trip_of_its_export() {
    let desk = with_marker();
    desk.run("trainee erase zyxlaf-elodie -y").ends(0);
    desk.run("export all -f csv -o out/").ends(0);
    let before = dump(&desk);
    for kind in super::example_school::KINDS {
        desk.run(&format!("import out/{kind}.csv --as {kind}")).ends(0);
    }
    assert_eq!(dump(&desk), before);
}

#[test]
fn l042_an_erasure_and_what_it_covers_cannot_be_undone() {
    let desk = with_marker();
    let number =
        |desk: &Desk| Store::open(&desk.path("fil.db"), Access::Read).unwrap().newest_operation().unwrap().number();
    desk.run("trainee add Martin Rose -c ROM-2018-11 --entry 2018-11-05").ends(0);
    let added = number(&desk);
    desk.run("trainee edit martin-rose --phone 0611223344").ends(0);
    let edited = number(&desk);
    desk.run("trainee note martin-rose \"à rappeler\"").ends(0);
    desk.run("undo").ends(0);
    let undone = number(&desk);
    desk.run("trainee note amara-nassim \"fait la route avec Rose Martin\"").ends(0);
    let elsewhere = number(&desk);
    desk.run("trainee erase martin-rose -y").ends(0);
    let erased = number(&desk);
    let before = dump(&desk);
    desk.run(&format!("undo {erased}")).ends(4).tells("cannot be undone");
    for op in [added, edited, undone, elsewhere] {
        desk.run(&format!("undo {op}")).ends(4).tells(&format!("somebody was erased since (operation {erased})"));
    }
    desk.run("redo").ends(4);
    assert_eq!(dump(&desk), before);
    let log = desk.run("log -f csv").ends(0).stdout;
    let line = log.lines().find(|l| l.starts_with(&format!("{erased},"))).unwrap();
    assert!(line.contains(",erase,trainees,") && !line.contains("Rose"), "{line}");
    // What came before and was not about them still goes back.
    desk.run("trainee note amara-nassim \"autre chose\"").ends(0);
    desk.run("undo").ends(0);
    // The slug is free again.
    desk.run("trainee add Martin Rose -c ROM-2018-11").ends(0);
    desk.run("t show martin-rose").ends(0);
}

#[test]
fn nothing_is_erased_without_a_yes_or_on_trial() {
    let desk = with_marker();
    let bytes = std::fs::read(desk.path("fil.db")).unwrap();
    desk.run("trainee erase zyxlaf-elodie").ends(2).tells("--yes");
    desk.run("trainee erase zyxlaf-elodie -n")
        .ends(0)
        .tells("Would be erased: Élodie Zyxlaf")
        .tells("nothing was written");
    desk.run("trainee erase zyxlaf -y").ends(3);
    desk.run("trainee erase zyxlaf-elodie --search nowhere -y").ends(2).tells("not a folder");
    let desk = desk.typed("n\n");
    desk.run("trainee erase zyx").ends(0).tells("Erase Élodie Zyxlaf (zyxlaf-elodie, no. ").tells("Nothing changed.");
    assert!(std::fs::read(desk.path("fil.db")).unwrap() == bytes);
    let desk = desk.typed("o\n").french();
    desk.run("t effacer zyx").ends(0).tells("pour toujours").tells("définitive");
    let (slug, _) = numbers(&desk).into_iter().find(|(slug, _)| slug.starts_with("erased-")).unwrap();
    desk.run(&format!("t effacer {slug} -y")).ends(4).tells("déjà effacé");
}

#[test]
fn a_first_name_that_is_a_common_word_is_not_taken_for_the_person() {
    let desk = romans();
    desk.run("trainee add Durand Rose -c ROM-2018-11 --entry 2018-11-05").ends(0);
    desk.run("trainee note amara-nassim \"a vu la vie en rose ; Durand passe demain\"").ends(0);
    // Told, because it may be the person's; left, because it may not.
    desk.run("trainee erase durand-rose -y").ends(0).tells("first name alone, to be looked at (1): note ");
    assert!(desk.run("export notes -f csv").stdout.contains("a vu la vie en rose ; Durand passe demain"));
}

#[test]
fn a_homonym_keeps_the_name_and_a_shared_firm_its_own() {
    let desk = romans();
    for born in ["2000-01-01", "2001-05-05"] {
        desk.run(&format!("trainee add Martin Luc -c ROM-2018-11 --entry 2018-11-05 --born {born}")).ends(0);
    }
    desk.run("trainee note amara-nassim \"covoiturage avec Luc Martin\"").ends(0);
    desk.run("placement add martin-luc cdi \"Martin Réseaux\" --from 2019-03-04").ends(0);
    desk.run("placement add amara-nassim cdi \"Martin Réseaux\" --from 2019-03-04").ends(0);
    desk.run("placement add martin-luc cdi \"Luc Martin EI\" --from 2019-08-05").ends(0);
    desk.run("trainee erase martin-luc -y").ends(0).tells("somebody else has the same");
    let notes = desk.run("export notes -f csv").stdout;
    assert!(notes.contains("covoiturage avec Luc Martin"), "{notes}");
    let placements = desk.run("export placements -f csv").stdout;
    assert_eq!(placements.matches("Martin Réseaux").count(), 2, "{placements}");
    assert!(!placements.contains("Luc Martin EI"), "{placements}");
    desk.run("t show martin-luc-2").ends(0).shows("Luc Martin");
}

#[test]
fn a_merge_taken_back_leaves_the_other_person_whole() {
    let desk = romans();
    desk.run("trainee add Martin Luc -c ROM-2018-11 --entry 2018-11-05 --phone 0611111111").ends(0);
    desk.run("trainee add Martin Lucas -c ROM-2018-11 --entry 2018-11-05 --phone 0622222222").ends(0);
    desk.run("trainee note martin-lucas \"aime la soudure et la mesure optique\"").ends(0);
    desk.run("placement add martin-lucas cdi \"Chez Martin Lucas\" --from 2019-03-04").ends(0);
    desk.run("trainee merge martin-luc martin-lucas -y").ends(0);
    desk.run("undo").ends(0);
    let kept = |desk: &Desk| {
        let lines = ["trainees", "notes", "placements"].map(|kind| desk.run(&format!("export {kind} -f csv")).stdout);
        let of = |text: &String| text.lines().filter(|l| l.contains("lucas")).map(str::to_owned).collect::<Vec<_>>();
        lines.iter().flat_map(of).collect::<Vec<String>>()
    };
    let before = kept(&desk);
    assert_eq!(before.len(), 3);
    desk.run("trainee erase martin-luc -y").ends(0);
    assert_eq!(kept(&desk), before);
    desk.run("t show martin-lucas").ends(0);
}

#[test]
fn an_erased_person_is_asked_nothing_any_more() {
    let desk = romans().on("2022-01-10");
    let due = desk.run("due -f csv").ends(0).stdout;
    assert!(due.contains("amara-nassim"), "{due}");
    assert!(desk.run("check -f csv").stdout.contains("fil trainee erase amara-nassim"));
    for (slug, _) in numbers(&desk) {
        desk.run(&format!("trainee erase {slug} -y")).ends(0);
    }
    assert!(!desk.run("due -f csv").ends(0).stdout.contains("erased"));
    let check = desk.run("check -f csv").stdout;
    assert!(!check.contains("erased"), "{check}");
    desk.run("status").ends(0);
    desk.run("t -c all").ends(0).shows("erased-1");
}

#[test]
fn a_closed_report_keeps_its_bytes_and_explains_nothing_by_an_erasure_that_changed_nothing() {
    let desk = romans();
    desk.run("report close 2018-11 --funder break-poverty -f csv").ends(0);
    desk.run("report export 2018-11 --funder break-poverty -o first/").ends(0);
    desk.run("trainee erase amara-nassim -y").ends(0);
    desk.run("trainee erase faurie-jordan -y").ends(0);
    desk.run("report export 2018-11 --funder break-poverty -o second/").ends(0);
    for name in std::fs::read_dir(desk.path("first/2018-11_break-poverty")).unwrap() {
        let name = name.unwrap().file_name();
        let read = |folder| std::fs::read(desk.path(folder).join("2018-11_break-poverty").join(&name)).unwrap();
        assert!(read("first") == read("second"), "{name:?}");
    }
    assert_eq!(desk.run("report diff 2018-11 --funder break-poverty -f json").ends(0).stdout.trim(), "[]");
    desk.run("report verify second/2018-11_break-poverty").ends(0);
}

#[test]
fn a_name_alone_is_told_where_it_may_be_theirs_and_left_to_a_person() {
    use std::io::Write as _;
    let desk = romans();
    desk.run("cohort slot 2018-11-06 am --set trainer=Viallet -c ROM-2018-11").ends(0);
    desk.run("placement add amara-nassim cdi \"Viallet et fils\" --from 2019-08-05").ends(0);
    desk.run("trainee note amara-nassim \"vu avec MATHIS au stand\"").ends(0);
    desk.run("report close 2018-11 --funder break-poverty --force --why \"demandé par Mme Viallet\" -q");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all("liste;Viallet Mathis;absent".as_bytes()).unwrap();
    std::fs::write(desk.path("liste.csv.gz"), packed.finish().unwrap()).unwrap();
    desk.file("planning.txt", "lundi : Mathis\n");
    let told = desk.run("trainee erase viallet-mathis -y").ends(0).stderr;
    for words in [
        "family name alone",
        "first name alone",
        "slot ",
        "placement ",
        "note ",
        "liste.csv.gz still holds: full name",
        "planning.txt",
    ] {
        assert!(told.contains(words), "no “{words}” in: {told}");
    }
    assert!(!told.contains("nothing is left anywhere"), "{told}");
}
