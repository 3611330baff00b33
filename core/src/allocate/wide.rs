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

    /// One.
    pub(super) fn one() -> Self {
        Self(vec![1])
    }

    /// The product of the factors; one if there are none.
    pub(super) fn product(factors: &[u64]) -> Self {
        let mut product = Self::one();
        for &factor in factors {
            product.multiply(factor);
        }
        product
    }

    /// Multiplies by a number.
    pub(super) fn multiply(&mut self, factor: u64) {
        let mut carry = 0_u128;
        for digit in &mut self.0 {
            carry += u128::from(*digit) * u128::from(factor);
            *digit = carry as u64;
            carry >>= 64;
        }
        if carry > 0 {
            self.0.push(carry as u64);
        }
        self.trim();
    }

    /// The product with another number.
    pub(super) fn times(&self, other: &Self) -> Self {
        let mut product = Self::zero();
        for &digit in other.0.iter().rev() {
            if !product.0.is_empty() {
                product.0.insert(0, 0);
            }
            let mut part = self.clone();
            part.multiply(digit);
            product.add(&part);
        }
        product
    }

    /// What is left over by a divisor that is not zero.
    pub(super) fn remainder(&self, divisor: u64) -> u64 {
        let divisor = u128::from(divisor);
        let left =
            |left: u128, &digit: &u64| ((left << 64) | u128::from(digit)).checked_rem(divisor);
        self.0.iter().rev().try_fold(0, left).unwrap_or(0) as u64
    }

    /// Divides by a number that is not zero, rounded down.
    pub(super) fn divide(&mut self, divisor: u64) {
        if divisor == 1 {
            return;
        }
        let divisor = u128::from(divisor);
        let mut left = 0_u128;
        for digit in self.0.iter_mut().rev() {
            let whole = (left << 64) | u128::from(*digit);
            *digit = whole.checked_div(divisor).unwrap_or(0) as u64;
            left = whole.checked_rem(divisor).unwrap_or(0);
        }
        self.trim();
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
        self.trim();
    }

    /// Compares two numbers.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let digits = self.0.iter().rev();
        self.0.len().cmp(&other.0.len()).then_with(|| digits.cmp(other.0.iter().rev()))
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_and_sums_compare_as_numbers_do() {
        // (2⁶⁴ − 1)² + 2·(2⁶⁴ − 1) + 1 = 2¹²⁸
        let most = u64::MAX;
        let mut square = Wide::product(&[most, most]);
        square.add(&Wide::product(&[2, most]));
        assert_eq!(square.compare(&Wide::product(&[1 << 63, 2, 1 << 63, 2])), Ordering::Less);
        square.add(&Wide::one());
        assert_eq!(square, Wide::product(&[1 << 63, 2, 1 << 63, 2]));
        assert_eq!(Wide::product(&[most, 0]), Wide::zero());
    }

    #[test]
    fn a_product_divided_by_its_factors_is_one() {
        let factors = [u64::MAX, 97, 1 << 40, u64::MAX - 2, 3];
        let [left, right] = [factors.split_at(2).0, factors.split_at(2).1].map(Wide::product);
        let mut number = left.times(&right);
        assert_eq!(number, Wide::product(&factors));
        number.add(&Wide::one());
        for factor in factors {
            // What is left over of the one that was added.
            assert_eq!(number.remainder(factor), 1);
        }
        for factor in factors {
            number.divide(factor);
        }
        assert_eq!(number, Wide::one());
        assert_eq!(Wide::zero().times(&left), Wide::zero());
    }
}
