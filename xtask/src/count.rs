//! Counts tests from what test programs print at their end. Never runs one.

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl Count {
    /// Adds the figures of a line such as `test result: ok. 5 passed; 1 failed; 0 ignored`; other lines add nothing.
    pub fn add_line(&mut self, line: &str) {
        let Some((_, figures)) = line.split_once("test result: ") else { return };
        for part in figures.split([';', '.']) {
            let mut words = part.split_whitespace();
            let number = words.next().and_then(|word| word.parse::<u64>().ok());
            match (number, words.next()) {
                (Some(number), Some("passed")) => self.passed += number,
                (Some(number), Some("failed")) => self.failed += number,
                _ => {}
            }
        }
    }

    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_add_up_and_others_do_not() {
        let mut count = Count::default();
        count
            .add_line("test result: ok. 5 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out");
        count.add_line("test result: FAILED. 3 passed; 1 failed; finished in 0.07s");
        count.add_line("running 7 tests: 7 passed; or so");
        assert_eq!(count, Count { passed: 8, failed: 1 });
        assert_eq!(count.to_string(), "8 passed, 1 failed");
    }
}
