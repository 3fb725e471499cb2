//! The header of a file: found below titles, logos and a `sep=` line, on one line or on two.

/// Rows that are looked at: a header lies no deeper.
pub const LOOKED_AT: usize = 40;

/// Where the header is and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The place of its last line among the rows that were looked at.
    pub last: usize,
    /// Whether it takes two lines.
    pub two_lines: bool,
    /// Its cells.
    pub cells: Vec<String>,
}

/// What headers are worth: how many of these are known, taken together.
pub type Weigh<'a> = &'a dyn Fn(&[String]) -> usize;

/// The header among the first rows that hold anything; `None` when there is no row.
pub fn find(rows: &[Vec<String>], weigh: Weigh<'_>) -> Option<Heading> {
    let first = rows.first()?;
    let one = |at: usize| Heading { last: at, two_lines: false, cells: rows[at].clone() };
    if first.len() >= 2 && filled(first) == first.len() && weigh(first) == first.len() {
        return Some(one(0));
    }
    let weights: Vec<usize> = rows.iter().map(|row| weigh(row)).collect();
    let best = weights.iter().copied().max().unwrap_or(0);
    let pairs = rows.windows(2).enumerate().map(|(at, pair)| (at + 1, joined(&pair[0], &pair[1], weigh)));
    let pair = pairs.map(|(at, cells)| (weigh(&cells), std::cmp::Reverse(at), cells)).max();
    if let Some((weight, std::cmp::Reverse(last), cells)) = pair
        && weight > best
        && weight >= 2
    {
        return Some(Heading { last, two_lines: true, cells });
    }
    let wide = rows.iter().position(|row| filled(row) >= 2).unwrap_or(0);
    // One known word may be a value: it takes two to overrule the first row that looks like a header.
    let enough = if filled(first) >= 2 { 2 } else { 1 };
    let known = (0..rows.len()).filter(|at| weights[*at] == best && best >= enough);
    let chosen = known.min_by_key(|at| (filled(&rows[*at]) < 2, *at));
    Some(one(chosen.unwrap_or(wide)))
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.is_empty()).count()
}

/// Two lines of a header as one: a cell above several stands for each of them; where the lower one is known by itself, the
/// upper one is a title.
fn joined(upper: &[String], lower: &[String], weigh: Weigh<'_>) -> Vec<String> {
    let mut above = "";
    let known = |text: &str| weigh(&[text.to_owned()]) > 0;
    (0..upper.len().max(lower.len()))
        .map(|at| {
            let cell = |row: &'_ [String]| row.get(at).cloned().unwrap_or_default();
            let (up, low) = (cell(upper), cell(lower));
            if !up.is_empty() {
                above = upper.get(at).map_or("", String::as_str);
            }
            match (up.is_empty(), low.is_empty()) {
                (_, true) => {
                    above = "";
                    up
                }
                _ if above.is_empty() => low,
                _ => {
                    let both = format!("{above} {low}");
                    if !known(&both) && known(&low) { low } else { both }
                }
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (usize, bool, String) {
        let rows: Vec<Vec<String>> = text.lines().map(|l| l.split(';').map(str::to_owned).collect()).collect();
        let known = ["nom", "prénom", "date entrée", "date sortie", "sortie", "l7 m", "l7 a"];
        let weigh = |cells: &[String]| cells.iter().filter(|c| known.contains(&c.to_lowercase().as_str())).count();
        let heading = find(&rows, &weigh).unwrap();
        (heading.last, heading.two_lines, heading.cells.join(";"))
    }

    #[track_caller]
    fn check(text: &str, last: usize, two_lines: bool, cells: &str) {
        assert_eq!(found(text), (last, two_lines, cells.to_owned()), "{text}");
    }

    #[test]
    fn a_header_is_found_below_titles() {
        check("Nom;Prénom\nPetit;Emma", 0, false, "Nom;Prénom");
        check("Liste des inscrits;\nÉdité le;7 mai\nNom;Prénom\nPetit;Emma", 2, false, "Nom;Prénom");
        check("sep=;\nNom;Prénom\nPetit;Emma", 1, false, "Nom;Prénom");
    }

    #[test]
    fn two_lines_are_joined_unless_the_upper_one_is_a_title() {
        check("Nom;Date;\n;entrée;sortie\nPetit;1;2", 1, true, "Nom;Date entrée;Date sortie");
        check("Nom;L7;\n;m;a\nPetit;P;P", 1, true, "Nom;L7 m;L7 a");
        check("Identité;;Parcours\nNom;Prénom;Sortie\nPetit;Emma;1", 1, false, "Nom;Prénom;Sortie");
    }

    #[test]
    fn a_header_nobody_knows_is_the_first_row_with_two_cells() {
        check("a;b\nnom;1", 0, false, "a;b");
        check("Titre\na;b\n1;2", 1, false, "a;b");
    }
}
