//! What sort of figure something is, which decides what a funder under a threshold may see of it. It is declared with
//! each indicator, column and line in code; what has no class does not compile.

use crate::closed_list;

closed_list! {
    /// The class of a figure, from what a masked funder may always see to what it may never be promised.
    FigureClass {
        Frame = "frame", "cadre", "frame";
        Outcome = "outcome", "résultat ou profil", "outcome or profile";
        Sensitive = "sensitive", "sensible", "sensitive";
    }
}

impl FigureClass {
    /// The class of a figure of this class split by a figure of another one: the stricter of both, and never frame.
    pub fn split_by(self, other: FigureClass) -> FigureClass {
        self.max(other).max(FigureClass::Outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::FigureClass::{Frame, Outcome, Sensitive};

    #[test]
    fn a_split_figure_is_at_least_an_outcome_and_as_sensitive_as_what_splits_it() {
        assert_eq!(Frame.split_by(Frame), Outcome);
        assert_eq!(Frame.split_by(Outcome), Outcome);
        assert_eq!(Outcome.split_by(Sensitive), Sensitive);
        assert_eq!(Sensitive.split_by(Outcome), Sensitive);
    }
}
