//! An exact sum of fractions of any size, for printing.

use num_integer::Integer;

/// A whole number, lowest limb first.
#[derive(Clone, Default)]
struct Natural(Vec<u64>);

impl Natural {
    fn times(&mut self, factor: u64) {
        let mut carry = 0_u128;
        for limb in &mut self.0 {
            carry += u128::from(*limb) * u128::from(factor);
            *limb = carry as u64;
            carry >>= 64;
        }
        if carry > 0 {
            self.0.push(carry as u64);
        }
        self.trim();
    }

    /// Divides and gives the remainder.
    fn over(&mut self, divisor: u64) -> u64 {
        let mut rest = 0_u128;
        for limb in self.0.iter_mut().rev() {
            let here = (rest << 64) | u128::from(*limb);
            *limb = (here / u128::from(divisor)) as u64;
            rest = here % u128::from(divisor);
        }
        self.trim();
        rest as u64
    }

    fn modulo(&self, divisor: u64) -> u64 {
        let step =
            |rest: u128, limb: &u64| ((rest << 64) | u128::from(*limb)) % u128::from(divisor);
        self.0.iter().rev().fold(0, step) as u64
    }

    fn plus(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()) + 1, 0);
        let mut carry = 0_u128;
        for (limb, more) in self.0.iter_mut().zip(other.0.iter().chain(std::iter::repeat(&0))) {
            carry += u128::from(*limb) + u128::from(*more);
            *limb = carry as u64;
            carry >>= 64;
        }
        self.trim();
    }

    fn minus(&mut self, other: &Self) {
        let mut borrow = false;
        for (limb, less) in self.0.iter_mut().zip(other.0.iter().chain(std::iter::repeat(&0))) {
            let (value, one) = limb.overflowing_sub(*less);
            let (value, two) = value.overflowing_sub(u64::from(borrow));
            (*limb, borrow) = (value, one || two);
        }
        self.trim();
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn less_than(&self, other: &Self) -> bool {
        let limbs = self.0.iter().rev();
        self.0.len().cmp(&other.0.len()).then_with(|| limbs.cmp(other.0.iter().rev())).is_lt()
    }
}

impl std::fmt::Display for Natural {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut rest = self.clone();
        let mut parts = Vec::new();
        while !rest.0.is_empty() {
            parts.push(rest.over(10_u64.pow(19)));
        }
        match parts.pop() {
            None => formatter.write_str("0"),
            Some(first) => {
                write!(formatter, "{first}")?;
                parts.iter().rev().try_for_each(|part| write!(formatter, "{part:019}"))
            }
        }
    }
}

/// A sum of fractions: what is above zero and what is below it, over one denominator.
#[derive(Clone)]
pub struct Sum {
    plus: Natural,
    minus: Natural,
    below: Natural,
    /// Factors of the denominator.
    factors: Vec<u64>,
}

impl Sum {
    pub fn zero() -> Self {
        let one = Natural(vec![1]);
        Self {
            plus: Natural::default(),
            minus: Natural::default(),
            below: one,
            factors: Vec::new(),
        }
    }

    /// Adds a product of whole numbers over another product; below zero if `negative`.
    pub fn add(&mut self, above: &[u64], below: &[u64], negative: bool) {
        // What the denominator lacks of the new one.
        let mut have = self.below.clone();
        let mut missing = Vec::new();
        for &factor in below {
            let common = have.modulo(factor).gcd(&factor);
            have.over(common);
            let lack = factor / common;
            if lack > 1 {
                missing.push(lack);
            }
        }
        for &lack in &missing {
            self.plus.times(lack);
            self.minus.times(lack);
            self.below.times(lack);
            self.factors.push(lack);
        }
        let mut term = self.below.clone();
        for &factor in below {
            term.over(factor);
        }
        for &factor in above {
            term.times(factor);
        }
        if negative { self.minus.plus(&term) } else { self.plus.plus(&term) }
    }

    /// Multiplies by a fraction, zero or more.
    pub fn times(&mut self, above: u64, below: u64) {
        self.plus.times(above);
        self.minus.times(above);
        self.below.times(below);
        self.factors.push(below);
    }
}

impl std::fmt::Display for Sum {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let negative = self.plus.less_than(&self.minus);
        let (mut above, less) = if negative {
            (self.minus.clone(), &self.plus)
        } else {
            (self.plus.clone(), &self.minus)
        };
        above.minus(less);
        let mut below = self.below.clone();
        for &factor in &self.factors {
            loop {
                let common =
                    above.modulo(factor).gcd(&factor).gcd(&below.modulo(factor).gcd(&factor));
                if common <= 1 {
                    break;
                }
                above.over(common);
                below.over(common);
            }
        }
        let sign = if negative { "-" } else { "" };
        let whole = below.0.as_slice() == [1];
        if whole {
            write!(formatter, "{sign}{above}")
        } else {
            write!(formatter, "{sign}{above}/{below}")
        }
    }
}
