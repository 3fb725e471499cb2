//! A funder's own layout: set, shown, taken away, undone; the three examples on the example school.

use super::example_school::romans;
use super::support::Desk;

const EXAMPLES: [(&str, &str); 3] = [
    ("fondation", include_str!("../../examples/funders/fondation.toml")),
    ("banque-regionale", include_str!("../../examples/funders/banque-regionale.toml")),
    ("fse-plus", include_str!("../../examples/funders/fse-plus.toml")),
];

const OWN: &str = "title = \"Suivi du fonds\"\ncohorts = \"all\"\n\n[[section]]\nkey = \"exits\"\n\
                   columns = [\"point\", \"scheme\", { key = \"cohort\", fr = \"Groupe\" }, \"durable\"]\n\n\
                   [[section]]\nkey = \"monthly\"\ntitle = \"Mois par mois\"\n";

fn headers(desk: &Desk, file: &str) -> Vec<String> {
    let text = desk.read(file);
    let first = text.lines().next().unwrap_or_default().trim_start_matches('\u{feff}').to_owned();
    first.split([';', ',']).map(str::to_owned).collect()
}

fn in_export(desk: &Desk, folder: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(desk.path(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn each_example_is_set_and_exports_the_example_school() {
    let desk = romans();
    let want: [(&[&str], &str, &str); 3] = [
        (&["LISEZMOI.txt", "exits.csv", "indicators.csv", "manifest.json", "monthly.csv"], "exits.csv", "Groupe"),
        (
            &["LISEZMOI.txt", "exits.csv", "financial.csv", "manifest.json", "monthly.csv"],
            "financial.csv",
            "Charges ou produits",
        ),
        (&["LISEZMOI.txt", "esf.csv", "exits.csv", "indicators.csv", "manifest.json"], "esf.csv", "indicator"),
    ];
    for ((name, text), (files, file, header)) in EXAMPLES.iter().zip(want) {
        desk.file("layout.toml", text);
        desk.run("funder template ca-solidarite --set layout.toml").ends(0).tells("Template of ca-solidarite saved");
        desk.run(&format!("report export 2019-01 --funder ca-solidarite -o {name}/")).ends(0);
        let folder = format!("{name}/2019-01_ca-solidarite");
        assert_eq!(in_export(&desk, &folder), files, "{name}");
        assert_eq!(headers(&desk, &format!("{folder}/{file}"))[0], header, "{name}");
        let manifest = desk.read(&format!("{folder}/manifest.json"));
        assert!(!manifest.contains("\"template\": null"), "{manifest}");
        assert!(manifest.contains("\"template\": \""), "{manifest}");
        desk.run("report show --funder ca-solidarite -p 2019-01").ends(0);
        let page = desk.run("report show --funder ca-solidarite -p 2019-01 -f html").ends(0).stdout;
        let title = ["Suivi de l", "Fonds régional", "Opération FSE+"].iter().any(|title| page.contains(title));
        assert!(title, "{page}");
        desk.run("report show --funder ca-solidarite -p 2019-01 -f json").ends(0).shows("\"exits\"");
    }
}

#[test]
fn the_fund_reads_its_report_in_english_when_its_profile_says_so() {
    let desk = romans();
    desk.file("layout.toml", EXAMPLES[2].1);
    desk.run("funder edit ca-solidarite --report-lang en").ends(0);
    desk.run("funder template ca-solidarite --set layout.toml").ends(0);
    desk.run("report export 2019-01 --funder ca-solidarite -o out/").ends(0);
    let note = desk.read("out/2019-01_ca-solidarite/README.txt");
    assert!(note.starts_with("ESF+ operation: participants and results —"), "{note}");
    assert!(
        note.contains("Common indicators of Regulation (EU) 2021/1057") && note.contains("EECO04 Inactive"),
        "{note}"
    );
}

#[test]
fn what_is_shown_can_be_set_back_and_changes_no_file() {
    let desk = romans();
    desk.run("report export 2019-01 --funder break-poverty -o plain/").ends(0);
    let shown = desk.run("funder template break-poverty --show").ends(0).tells("Built-in template");
    assert!(shown.stdout.contains("key = \"people\""), "{}", shown.stdout);
    desk.file("built-in.toml", &shown.stdout);
    desk.run("funder template break-poverty --set built-in.toml").ends(0);
    assert_eq!(desk.run("funder template break-poverty").ends(0).stdout, shown.stdout);
    desk.run("funder template break-poverty --set built-in.toml").ends(0).tells("Nothing to change");
    desk.run("report export 2019-01 --funder break-poverty -o set/").ends(0);
    for name in in_export(&desk, "plain/2019-01_break-poverty").iter().filter(|n| *n != "manifest.json") {
        let read = |folder: &str| desk.read(&format!("{folder}/2019-01_break-poverty/{name}"));
        assert!(read("plain") == read("set"), "{name}");
    }
    let manifest = desk.read("plain/2019-01_break-poverty/manifest.json");
    assert!(manifest.contains("\"template\": null"), "{manifest}");
}

#[test]
fn labels_are_for_people_and_machine_headers_stay() {
    let desk = romans();
    desk.file("own.toml", OWN);
    desk.run("funder template break-poverty --set own.toml").ends(0).tells("exits, monthly").tells("fil undo");
    desk.run("report show exits --funder break-poverty -f csv").ends(0).shows("point,scheme,cohort,durable\n");
    desk.run("report show exits --funder break-poverty -f csv-fr").ends(0).shows("Point;Grille;Groupe;Durable\r\n");
    desk.run("report show exits --funder break-poverty -f html").ends(0).shows(">Groupe</th>");
    let whole = desk.run("report show --funder break-poverty -p 2019-01").ends(0).tells("Suivi du fonds");
    assert!(whole.stdout.find("Exits by class") < whole.stdout.find("Mois par mois"), "{}", whole.stdout);
    // A section that the layout leaves out can still be looked at, whole.
    desk.run("report show indicators --funder break-poverty -f csv").ends(0).shows("indicator,label,cohort,num,");
}

#[test]
fn the_same_cells_are_masked_whatever_the_layout_shows_of_them() {
    let desk = romans();
    let whole = desk.run("report show exits --funder ca-solidarite -p 2019-01 -f csv").ends(0).stdout;
    desk.file("own.toml", OWN);
    desk.file("full.toml", desk.run("funder template ca-solidarite").ends(0).stdout);
    desk.run("funder template ca-solidarite --set full.toml").ends(0);
    let full = desk.run("report show exits --funder ca-solidarite -p 2019-01 -f csv").ends(0).stdout;
    assert_eq!(full, whole);
    assert!(full.contains(",c,"), "nothing is masked: {full}");
    // Only columns are taken away from a section: what is left is masked as in the whole section.
    let fewer = desk.read("full.toml").replace("  \"transition\",", "  # \"transition\",");
    desk.file("fewer.toml", &fewer);
    desk.run("funder template ca-solidarite --set fewer.toml").ends(0);
    let cut = desk.run("report show exits --funder ca-solidarite -p 2019-01 -f csv").ends(0).stdout;
    let without = |line: &str| {
        let cells: Vec<&str> = line.split(',').enumerate().filter(|(at, _)| *at != 7).map(|(_, cell)| cell).collect();
        cells.join(",")
    };
    assert_eq!(cut.lines().map(str::to_owned).collect::<Vec<_>>(), whole.lines().map(without).collect::<Vec<_>>());
}

#[test]
fn a_bad_layout_is_refused_with_the_place_and_nothing_is_written() {
    let desk = romans().french();
    desk.file("bad.toml", "[[section]]\nkey = \"exits\"\ncolumns = [\"cohort\", \"durables\"]\n");
    desk.run("financeur modele ca-solidarite --set bad.toml")
        .ends(4)
        .tells("bad.toml, ligne 3, colonne 22")
        .tells("« durables » n'existe pas ici")
        .tells("vouliez-vous dire durable ?");
    desk.file("people.toml", "[[section]]\nkey = \"people\"\n");
    desk.run("funder template ca-solidarite --set people.toml").ends(4).tells("--people pseudonymised");
    desk.run("funder edit ca-solidarite --people pseudonymised").ends(0);
    desk.run("funder template ca-solidarite --set people.toml").ends(4).tells("--level contract");
    desk.run("funder template break-poverty --set people.toml").ends(0);
    desk.file("quality.toml", "[[section]]\nkey = \"quality\"\n");
    desk.run("funder template break-poverty --set quality.toml").ends(4).tells("ne sort jamais de l'école");
    desk.file("latin.toml", b"title = \"\xe9\"\n");
    desk.run("funder template break-poverty --set latin.toml").ends(4).tells("UTF-8");
    desk.run("funder template break-poverty --set none.toml").ends(1).tells("none.toml");
    desk.run("funder template break-povety --show").ends(3).tells("break-poverty");
    desk.run("funder template break-poverty --show --reset").ends(2);
    desk.run("funder template break-poverty --show -n").ends(2);
    desk.run("funder template ca-solidarite --show").ends(0).tells("Modèle d'origine");
}

#[test]
fn lines_about_people_stop_when_the_profile_becomes_stricter() {
    let desk = romans();
    desk.file("people.toml", "[[section]]\nkey = \"people\"\n\n[[section]]\nkey = \"exits\"\n");
    desk.run("funder template break-poverty --set people.toml").ends(0);
    desk.run("funder edit break-poverty --people none").ends(0);
    desk.run("report export 2019-01 --funder break-poverty -o out/").ends(0);
    let files = in_export(&desk, "out/2019-01_break-poverty");
    assert_eq!(files, ["LISEZMOI.txt", "exits.csv", "manifest.json"]);
}

#[test]
fn setting_and_taking_away_can_be_tried_and_undone() {
    let desk = romans();
    let shown = |desk: &Desk| desk.run("funder template ca-solidarite").ends(0).stdout;
    let built_in = shown(&desk);
    desk.file("own.toml", OWN);
    desk.run("funder template ca-solidarite --set own.toml -n").ends(0).tells("Trial: nothing was written");
    assert_eq!(shown(&desk), built_in);
    desk.run("funder template ca-solidarite --set own.toml").ends(0);
    assert_eq!(shown(&desk), OWN);
    desk.run("log -S operation:desc -L 1").ends(0).shows("report template");
    desk.run("undo").ends(0).tells("Crédit Agricole");
    assert_eq!(shown(&desk), built_in);
    desk.run("redo").ends(0);
    assert_eq!(shown(&desk), OWN);
    desk.run("funder template ca-solidarite --reset").ends(2).tells("--yes");
    desk.run("funder template ca-solidarite --reset -n").ends(0).tells("Trial: nothing was written");
    assert_eq!(shown(&desk), OWN);
    desk.run("funder template ca-solidarite --reset --yes").ends(0);
    assert_eq!(shown(&desk), built_in);
    desk.run("funder template ca-solidarite --reset --yes").ends(0).tells("Nothing to change");
    desk.run("undo").ends(0);
    assert_eq!(shown(&desk), OWN);
}

#[test]
fn a_layout_comes_by_standard_input_and_counts_from_the_day_it_was_set() {
    let desk = romans().input(OWN);
    let before = desk.run("log -L 1 -f csv --columns operation -S operation:desc").ends(0).stdout;
    let before = before.lines().last().unwrap_or_default().to_owned();
    desk.run("funder template break-poverty --set -").ends(0);
    let now = desk.run("report show exits --funder break-poverty -f csv").ends(0).stdout;
    let then = desk.run(&format!("report show exits --funder break-poverty -f csv --known-on {before}")).ends(0).stdout;
    assert!(now.starts_with("point,") && then.starts_with("cohort,"), "{now}\n{then}");
    desk.run("doctor").ends(0);
}

#[test]
fn a_funder_leaves_with_its_layout_and_comes_back_with_it() {
    let desk = romans();
    desk.run("funder add ars --name ARS --level public").ends(0);
    desk.file("own.toml", OWN);
    desk.run("funder template ars --set own.toml").ends(0);
    desk.run("funder remove ars --yes").ends(0);
    desk.run("undo").ends(0);
    assert_eq!(desk.run("funder template ars").ends(0).stdout, OWN);
}

#[test]
fn definitions_are_written_in_markdown() {
    let desk = romans();
    desk.run("report indicators -o definitions.md").ends(0);
    let page = desk.read("definitions.md");
    assert!(page.starts_with("# Définitions des indicateurs\n\n| Indicateur | Libellé |"), "{page}");
    assert_eq!(desk.run("report indicators -f md").ends(0).stdout, page);
    desk.run("report indicators -f markdown --lang en").ends(0).shows("# Definitions of the indicators");
    desk.run("report show --funder break-poverty -p 2019-01 -f md").ends(0).shows("\n\n# Indicateurs\n\n|");
    desk.run("cohort list -f md").ends(0).shows("| ROM-2018-11 |");
}
