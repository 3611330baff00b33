//! Whole numbers of any width, zero or more: just enough to compare sums of fractions whose
//! common denominator no machine word holds.

use std::cmp::Ordering;

/// A whole number in digits of 64 bits, the lowest first, without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wide(Vec<u64>);

impl Wide {
    /// Nought.
    pub(super) fn zero() -> Self {
        Self(Vec::new())
    }

    /// The product of the factors; one if there are none.
    pub(super) fn product(factors: impl Iterator<Item = u64>) -> Self {
        let mut digits = vec![1];
        for factor in factors {
            let mut carry = 0_u128;
            for digit in &mut digits {
                carry += u128::from(*digit) * u128::from(factor);
                *digit = carry as u64;
                carry >>= 64;
            }
            if carry > 0 {
                digits.push(carry as u64);
            }
        }
        Self(digits).trimmed()
    }

    /// Adds another number.
    pub(super) fn add(&mut self, other: &Self) {
        let length = self.0.len().max(other.0.len()) + 1;
        self.0.resize(length, 0);
        let mut carry = 0_u128;
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        for (digit, more) in self.0.iter_mut().zip(others) {
            carry += u128::from(*digit) + u128::from(more);
            *digit = carry as u64;
            carry >>= 64;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Compares two numbers.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let digits = self.0.iter().rev();
        self.0.len().cmp(&other.0.len()).then_with(|| digits.cmp(other.0.iter().rev()))
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_and_sums_compare_as_numbers_do() {
        // (2⁶⁴ − 1)² + 2·(2⁶⁴ − 1) + 1 = 2¹²⁸
        let most = u64::MAX;
        let mut square = Wide::product([most, most].into_iter());
        square.add(&Wide::product([2, most].into_iter()));
        assert_eq!(
            square.compare(&Wide::product([1 << 63, 2, 1 << 63, 2].into_iter())),
            Ordering::Less
        );
        square.add(&Wide::product(std::iter::empty()));
        assert_eq!(square, Wide::product([1 << 63, 2, 1 << 63, 2].into_iter()));
        assert_eq!(Wide::product([most, 0].into_iter()), Wide::zero());
    }
}
