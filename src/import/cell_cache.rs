//! Cells already read: a column repeats its words without end, so that each word is read once.

use std::collections::HashMap;

/// Words compared one by one before any is looked up: most columns of a list have fewer.
const FEW: usize = 6;
/// Words remembered of a column; free text must not fill the memory.
const MOST: usize = 50_000;

/// The words of a column and what each of them means; `None` = nothing.
pub struct Memo<T> {
    few: Vec<(String, Option<T>)>,
    more: HashMap<String, Option<T>>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Memo { few: Vec::with_capacity(FEW), more: HashMap::new() }
    }
}

impl<T: Copy> Memo<T> {
    /// What a word means, when it was read before.
    pub fn get(&self, word: &str) -> Option<Option<T>> {
        let known = self.few.iter().find(|(known, _)| known == word);
        match known {
            Some((_, meaning)) => Some(*meaning),
            None if self.more.is_empty() => None,
            None => self.more.get(word).copied(),
        }
    }

    /// Remembers what a word means.
    pub fn keep(&mut self, word: &str, meaning: Option<T>) {
        if self.few.len() < FEW {
            self.few.push((word.to_owned(), meaning));
        } else if self.more.len() < MOST {
            self.more.insert(word.to_owned(), meaning);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_remembered_up_to_a_bound() {
        let mut memo = Memo::default();
        for number in 0..FEW + MOST + 1 {
            let word = number.to_string();
            assert_eq!(memo.get(&word), None);
            memo.keep(&word, (number > 0).then_some(number));
        }
        assert_eq!(memo.get("0"), Some(None));
        let last = FEW + MOST - 1;
        assert_eq!(memo.get(&last.to_string()), Some(Some(last)));
        assert_eq!(memo.get(&(last + 1).to_string()), None);
    }
}
