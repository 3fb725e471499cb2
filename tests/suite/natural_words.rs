//! Lines as people type them: values in their natural order, verbs without their noun, numbers and codes as printed.

use super::example_school::romans;
use super::support::Desk;

#[test]
fn values_may_follow_as_bare_words() {
    let desk = romans();
    for (line, told) in [
        ("p retard amara-nassim 20 --le 2018-12-05 --demi matin -n --lang fr", "20 min de retard"),
        ("p retard amara-nassim --minutes 20 --le 2018-12-05 --demi matin -n --lang fr", "20 min de retard"),
        ("p entretien amara-nassim tutorat 45 --le 2019-08-01 -n --lang fr", "45 min"),
        ("p permis amara-nassim leçon 2h -n --le 2019-08-01 --lang fr", "leçon"),
        ("p permis amara-nassim code prévu 2019-09-25 -n --lang fr", "25/09/2019"),
        ("c module a M9 Sécurité --stream technical -c ROM-2018-11 -n", "M9"),
        ("financeur add ARS 'Agence de santé' --level public -n", "ARS"),
    ] {
        desk.run(line).ends(0).tells(told);
    }
    desk.run("p permis amara-nassim leçon 2h --le 2019-08-01").ends(0);
    desk.run("export licence -f csv").shows("amara-nassim,lesson,2019-08-01,,2,");
}

#[test]
fn a_value_given_twice_is_refused() {
    let desk = romans();
    for line in [
        "p retard amara-nassim 20 --minutes 30 --demi matin",
        "p entretien amara-nassim tutorat 45 --minutes 30",
        "p permis amara-nassim leçon 2h --hours 3",
        "c module a M9 Sécurité --title Autre -c ROM-2018-11",
    ] {
        desk.run(line).ends(2);
    }
    desk.run("p retard amara-nassim --demi matin").ends(2);
}

#[test]
fn a_verb_without_its_noun_is_understood_as_a_whole_line() {
    let desk = romans();
    desk.run("absent amé --lang fr").ends(2).tells("Essayez : fil progress absent amé");
    desk.run("enrol amara-nassim -c P2").ends(2).tells("Try: fil trainee enrol amara-nassim -c P2");
    // A verb of several nouns is not guessed.
    let ran = desk.run("add amé").ends(2);
    assert!(!ran.stderr.contains("Try: fil trainee add"), "{}", ran.stderr);
}

#[test]
fn quotes_are_advised_only_where_a_name_may_go_on() {
    let desk = romans();
    desk.run("t s ferré amélie extra").ends(2).tells("\"Ferré Amélie\"");
    let ran = desk.run("t s amara-nassim 20").ends(2);
    assert!(!ran.stderr.contains("\"Ferré Amélie\""), "{}", ran.stderr);
}

#[test]
fn numbers_codes_and_names_are_read_as_they_are_printed() {
    let desk = Desk::new().on("2018-12-05");
    desk.run("init fil.db").ends(0);
    desk.run("cohort add P1 --start 2018-11-05 --end 2019-02-01 --places 12").ends(0);
    desk.run("trainee add \"N'Diaye\" Awa --entry 2018-11-05 -c P1").ends(0);
    desk.run("funder add BP 'Break Poverty' --level aggregate").ends(0);
    desk.run("t s ndiaye").ends(0).shows("Awa");
    desk.run("t s n°1").ends(0).shows("Awa");
    desk.run("r s monthly --funder bp -p 2018-11").ends(0);
    desk.run("t -c p1").ends(0).shows("Awa");
}
