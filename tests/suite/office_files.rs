//! Files as offices keep them: lists, bills and sheets of invented people go in, untouched or with one pasted line.

use super::support::{Desk, Outcome, words};

/// A school of two cohorts, the first with its calendar.
fn school() -> Desk {
    let desk = Desk::new().on("2024-06-30");
    desk.run("init fil.db").ends(0);
    desk.file("c.csv", "cohort,start,end,places\nP1,2024-01-08,2024-03-29,12\nP2,2024-04-08,2024-06-28,12\n");
    desk.run("import c.csv -q").ends(0);
    desk
}

/// Imports a text, and once more with the flags of the last line when it was refused.
#[track_caller]
fn goes_in(desk: &Desk, name: &str, text: &str, flags: &str) -> Outcome {
    desk.file(name, text);
    let line = format!("import {name} {flags}");
    let first = desk.run(&line);
    if first.code == 0 {
        return first;
    }
    let ready = first.stderr.lines().last().unwrap_or("").trim();
    assert!(ready.starts_with("--"), "no line of flags: {}", first.stderr);
    let mut all = words(&line);
    all.extend(words(ready));
    desk.run_words(&all).ends(0)
}

#[track_caller]
fn list(text: &str, flags: &str, rows: &[&str]) {
    let desk = school();
    goes_in(&desk, "liste.csv", text, flags);
    let out = desk.run("export trainees -f csv").ends(0).stdout;
    for row in rows {
        assert!(out.lines().any(|line| line.contains(row)), "no {row} in:\n{out}");
    }
    assert_eq!(out.lines().count(), rows.len() + 1, "{out}");
}

const NOIR: &str = "noir-lea,Noir,Léa,2001-02-01,F";
const ROUX: &str = "roux-paul,Roux,Paul,2001-02-02,M";

#[test]
fn lists_of_everyday_headers_and_words_go_in() {
    for head in [
        "Nom;Prénom;Date de naissance;Sexe;Promotion",
        "Nom de famille;Prénom(s);Né(e) le;Civilité;Groupe",
        "NOM *;PRÉNOM *;Date naissance;H/F;Session",
        "Nom d'usage;Prénom usuel;DDN;Genre;Promo",
        "Surname;First name;Date of birth;Gender;Group",
    ] {
        for (f, m) in [("F", "M"), ("Mme", "M."), ("Madame", "Monsieur"), ("Femme", "Homme"), ("Mlle", "H")] {
            let text = format!("{head}\nNoir;Léa;01/02/2001;{f};P1\nRoux;Paul;02/02/2001;{m};P1\n");
            list(&text, "--as trainees", &[NOIR, ROUX]);
        }
    }
}

#[test]
fn a_header_is_found_below_titles_and_rows_of_totals_are_left_out() {
    let head = "Nom;Prénom;Date de naissance;Sexe;Promotion\n";
    let rows = "Noir;Léa;01/02/2001;F;P1\nRoux;Paul;02/02/2001;M;P1\n";
    for before in
        ["", "sep=;\n", "Liste des inscrits;;;;\n;;;;\n", "Mission Locale, liste du 7 mai\n\nÉdité par;A. B.\n"]
    {
        for after in ["", "TOTAL;2\n", ";;;;\nEffectif : 2;;;;\n", "2;;;;\n"] {
            list(&format!("{before}{head}{rows}{after}"), "--as trainees", &[NOIR, ROUX]);
        }
    }
    let desk = school();
    desk.file("l.csv", format!("Liste;\n{head}{rows}Total;2\n"));
    desk.run("import l.csv --as trainees").ends(0).tells("header on line 2").tells("rows of totals left out: 5");
}

#[test]
fn two_lines_of_header_are_one() {
    let text =
        "Identité;;;;Date;\nNom;Prénom;Né(e) le;Civilité;d'entrée;de sortie\nNoir;Léa;01/02/2001;Mme;08/01/2024;\n";
    list(text, "--as trainees -c P1", &[",P1,,,admitted,,,2024-01-08,,"]);
}

#[test]
fn a_list_that_names_no_group_goes_in_with_one_pasted_line() {
    list("Nom;Prénom;Né(e) le;Sexe\nNoir;Léa;01/02/2001;F\n", "", &[NOIR]);
    list("Nom;Prénom;Né(e) le;Sexe\nNoir;Léa;01/02/2001;F\n", "--set promotion=P2", &[",P2,"]);
    let desk = school();
    desk.file("l.csv", "Nom;Prénom;Promotion\nNoir;Léa;P2\n");
    desk.run("import l.csv -c P1").ends(4).tells("line 2").tells("cohort=P1");
    desk.run("import l.csv --set zone=3").ends(2).tells("no field “zone”");
}

#[test]
fn all_unknown_columns_are_told_at_once_with_the_flags_that_mend_them() {
    let desk = school();
    let text = "id;Nom;Prénon;Promotion;Zone de mobilité;Prime activité;Droits ARE\n7;Noir;Léa;P1;30;Non;Oui\n";
    desk.file("l.csv", text);
    let refused = desk.run("import l.csv --as trainees -q").ends(4);
    for name in
        ["“id”: maybe ref", "“Prénon”: maybe first_name", "“Zone de mobilité”: no field", "“Droits ARE”: no field"]
    {
        assert!(refused.stderr.contains(name), "{name}: {}", refused.stderr);
    }
    goes_in(&desk, "l.csv", text, "--as trainees");
    desk.run("export trainees -f csv").shows("7,noir-lea,Noir,Léa");
    // Without a kind the nearest one is proposed.
    let desk = school();
    goes_in(&desk, "l.csv", "Nom;Prénom;Né(e) le;Zone\nNoir;Léa;01/02/2001;3\n", "");
}

#[test]
fn words_that_no_list_knows_are_told_with_their_flags() {
    list(
        "Nom;Prénom;Promotion;Sexe\nNoir;Léa;P1;Fille?\nRoux;Paul;P1;??\n",
        "--value sex:??=M",
        &["Noir,Léa,,F", "Roux,Paul,,M"],
    );
    list("Nom;Prénom;Promotion;Sexe\nNoir;Léa;P1;Zork\n", "", &["Noir,Léa,,,"]);
}

#[test]
fn both_names_in_one_column_are_told_apart_and_never_guessed() {
    for header in ["Bénéficiaire", "NOM Prénom", "Stagiaire"] {
        let text = format!("{header};Né(e) le\nNOIR Léa;01/02/2001\n\"Roux, Paul\";02/02/2001\n");
        list(&text, "--as trainees -c P1", &["NOIR,Léa", "Roux,Paul"]);
    }
    let desk = school();
    desk.file("l.csv", "Bénéficiaire;Né(e) le\nNoir Léa;01/02/2001\n");
    desk.run("import l.csv --as trainees -c P1").ends(4).tells("where does the last name end?");
    goes_in(&desk, "l.csv", "Bénéficiaire;Né(e) le\nNoir Léa;01/02/2001\n", "--as trainees -c P1");
    desk.run("export trainees -f csv").shows("Noir,Léa");
}

#[test]
fn addresses_are_joined_and_of_two_phones_the_mobile_is_kept() {
    let text = "Nom;Prénom;Adresse;Adresse (suite);Tél.;Portable\nNoir;Léa;7 quai Neuf;Bât. B;0475000000;0611111111\n";
    list(text, "--as trainees -c P1", &["0611111111,,7 quai Neuf Bât. B"]);
    let desk = school();
    desk.file("l.csv", "Nom;Prénom;Tél.\nNoir;Léa;06 11 11 11 11 / 06 22 22 22 22\n");
    desk.run("import l.csv --as trainees -c P1").ends(4).tells("two numbers in one cell");
}

#[test]
fn lost_zeros_are_put_back_and_said_and_other_postal_codes_refused() {
    let text = "Nom;Prénom;Tél.;CP;Ville\nNoir;Léa;611111111;1000;Bourg\n";
    let desk = school();
    goes_in(&desk, "l.csv", text, "--as trainees -c P1").tells("“CP”: leading zero put back").tells("“Tél.”");
    desk.run("export trainees -f csv").shows("0611111111,,,01000,Bourg");
    desk.file("l.csv", "Nom;Prénom;CP\nNoir;Léa;ABC\n");
    desk.run("import l.csv --as trainees -c P1").ends(4).tells("no postal code");
}

#[test]
fn dates_as_offices_write_them_are_read_or_refused() {
    for born in ["01/02/01", "2001-02-01 00:00:00.0", "01/02/2001 14:30", "1.2.2001"] {
        list(&format!("Nom;Prénom;Sexe;Né(e) le\nNoir;Léa;F;{born}\n"), "--as trainees -c P1", &[NOIR]);
    }
    let desk = school();
    desk.file("l.csv", "Nom;Prénom;Né(e) le\nNoir;Léa;01/02/01\nRoux;Paul;01/02/20\n");
    desk.run("import l.csv --as trainees -c P1").ends(4).tells("year in 4 digits");
}

#[test]
fn words_for_nothing_are_nothing() {
    for nothing in ["NULL", "N/A", "néant", "-", "NC"] {
        let text = format!("Nom;Prénom;Né(e) le;Sexe;Tél.;RQTH\nNoir;Léa;{nothing};{nothing};{nothing};{nothing}\n");
        list(&text, "--as trainees -c P1", &["Noir,Léa,,,,"]);
    }
    list("Nom;Prénom\nMononyme;-\n", "--as trainees -c P1", &["Mononyme,-"]);
}

/// A cohort of four days with both halves planned, and two people in it.
fn with_calendar() -> Desk {
    let desk = school();
    desk.file("l.csv", "Nom;Prénom;Entrée\nPetit;Emma;2024-01-08\nRoux;Paul;2024-01-08\n");
    desk.run("import l.csv --as trainees -c P1 -q").ends(0);
    desk.run("cohort plan P1 --halves am,pm -q").ends(0);
    desk
}

#[track_caller]
fn grid(text: &str, flags: &str, marks: &[&str]) {
    let desk = with_calendar();
    goes_in(&desk, "feuille.csv", text, flags);
    let out = desk.run("export attendance -f csv").ends(0).stdout;
    let mut told: Vec<String> =
        out.lines().skip(1).map(|l| l.split(',').skip(1).take(5).collect::<Vec<_>>().join(",")).collect();
    told.sort();
    assert_eq!(told, marks, "{text}");
}

#[test]
fn attendance_sheets_of_every_usual_form_go_in() {
    let whole = [
        "petit-emma,2024-01-08,am,present,210",
        "petit-emma,2024-01-08,pm,present,210",
        "petit-emma,2024-01-09,am,unexcused,",
        "petit-emma,2024-01-09,pm,unexcused,",
    ];
    for text in [
        "Stagiaire;08/01/2024;09/01/2024\npetit-emma;P;ABS\n",
        "NOM Prénom;08/01/2024;;09/01/2024;\nPETIT Emma;P;X;A;a\n",
        "Nom;Prénom;lun. 08/01;mar. 09/01\nPetit;Emma;1;U\n",
        "Nom;Prénom;L8 m;L8 a;M9 m;M9 a\nPETIT;EMMA;p;p;a;a\n",
        "Nom;Prénom;L8;;M9;\n;;M;AM;M;AM\nPetit;Emma;P;P;A;A\n",
        "Feuille de présence;;\nNom et prénom;lundi 8 janvier;mardi 9 janvier\nPetit Emma;P;A\nEffectif;1;0\n",
        "Nom;Prénom;8 janvier 2024 matin;8 janvier 2024 après-midi;9 janv. 2024 matin;9 janv. 2024 apm\nPetit;Emma;P;P;A;A\n",
    ] {
        grid(text, "--as attendance -c P1", &whole);
    }
    for part in ["2,5", "2h30", "2:30"] {
        let text = format!("Stagiaire;08/01/2024 matin\npetit-emma;{part}\n");
        grid(&text, "--as attendance -c P1", &["petit-emma,2024-01-08,am,present,150"]);
    }
}

#[test]
fn a_sheet_that_could_mean_two_things_is_refused() {
    let desk = with_calendar();
    for (text, told) in [
        ("Stagiaire;08/01/2024 matin\npetit-emma;R\n", "how long"),
        ("Stagiaire;08/01/2024\npetit-emma;2h30\n", "which half of it?"),
        ("Stagiaire;L8;L9\npetit-emma;;P\n", "so called"),
        ("Nom;Prénom;08/01/2024\nPetti;Emma;P\n", "Petti Emma"),
    ] {
        desk.file("f.csv", text);
        desk.run("import f.csv --as attendance -c P1").ends(4).tells(told);
    }
}
