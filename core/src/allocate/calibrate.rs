//! Goal seek: which figure per class, per student or per whatever is counted can a total afford?
//!
//! Each line has a quantity (classes); at a figure f it is entitled to quantity × f, rounded to
//! whole posts. The sum only ever rises with f, one post at a time, so that the largest f that the
//! total affords is found exactly, as a fraction, without trying values.

use num_rational::Ratio;

use super::greedy;
use super::line::{Bounds, Line, Problem, Rule};
use super::rank::Row;
use crate::fraction::Fraction;

/// How an entitlement becomes whole posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Up: the next whole post from any part of one.
    Up,
    /// Half and more up.
    HalfUp,
    /// Down.
    Down,
}

impl Rounding {
    /// Every way of rounding.
    pub const ALL: [Self; 3] = [Self::Up, Self::HalfUp, Self::Down];

    /// The rule that gives posts in the order in which they begin as the figure grows: post `k + 1`
    /// begins at an entitlement of k when rounding up, of k + ½, or of k + 1.
    fn rule(self) -> Rule {
        match self {
            Self::Up => Rule::WorstFirst,
            Self::HalfUp => Rule::Balanced,
            Self::Down => Rule::NeverOverfill,
        }
    }

    /// Whole posts of an entitlement; `open` if it is only just below.
    fn whole(self, quantity: &Fraction, figure: &Ratio<i128>, open: bool) -> u64 {
        let exact =
            Ratio::new(i128::from(*quantity.numer()), i128::from(*quantity.denom())) * figure;
        let (twice, whole) = (exact * 2, exact.floor().to_integer());
        let is_whole = exact.is_integer();
        let posts = match self {
            Self::Down if open && is_whole => whole - 1,
            Self::Down => whole,
            Self::Up => exact.ceil().to_integer(),
            Self::HalfUp => {
                let odd = twice.is_integer() && twice.to_integer() % 2 != 0;
                let up = (twice + 1) / 2;
                up.floor().to_integer() - i128::from(open && odd)
            }
        };
        u64::try_from(posts.max(0)).unwrap_or(u64::MAX)
    }
}

/// What a total affords.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affordable {
    /// Every figure below this one is affordable (under [`Rounding::Up`] this one as well), and
    /// none above.
    pub most: Fraction,
    /// Whether `most` itself is affordable.
    pub included: bool,
    /// Posts that it takes at the end of that range, at most the total.
    pub posts: u64,
    /// Posts of each line then.
    pub lines: Vec<u64>,
}

impl Affordable {
    /// The largest decimal with `places` digits that is affordable, as numerator over 10^places.
    pub fn decimal(&self, places: u32) -> Option<Fraction> {
        let scale = 10_i64.checked_pow(places)?;
        let scaled = Ratio::new(
            i128::from(*self.most.numer()).checked_mul(scale.into())?,
            i128::from(*self.most.denom()),
        );
        let whole = scaled.floor().to_integer();
        let whole = if scaled.is_integer() && !self.included { whole - 1 } else { whole };
        (whole >= 0).then_some(Fraction::new(i64::try_from(whole).ok()?, scale))
    }
}

/// The largest figure that `total` posts afford for lines with these quantities (zero or more).
/// `None` if no line has a quantity, so that any figure is affordable, or if quantities (numerator
/// or denominator from 2³¹) or the posts of one line (from 2³²) are beyond anything counted.
pub fn afford(quantities: &[Fraction], total: u64, rounding: Rounding) -> Option<Affordable> {
    let counted = |quantity: &&Fraction| *quantity.numer() > 0;
    let wide = |quantity: &Fraction| {
        quantity.numer().unsigned_abs() >= 1 << 31 || quantity.denom().unsigned_abs() >= 1 << 31
    };
    if quantities.iter().any(wide) {
        return None;
    }
    // The figure at which a line's next post begins is one over its key: sharing the total out by
    // that rule gives the posts in the order in which they begin, and the best post left out begins
    // where the total is no longer enough.
    let lines = quantities.iter().filter(counted).map(|quantity| Line {
        id: "".into(),
        need: *quantity,
        now: 0,
        bounds: Bounds::free(),
        entitled: 0,
    });
    let rule = rounding.rule();
    let problem = Problem { lines: lines.collect(), total, rule, limit: None, groups: Vec::new() };
    let rows = Row::of_problem(&problem, None);
    let posts = greedy::optimum(&rows, rule, total);
    let best = rows.iter().zip(&posts).filter_map(|(row, &held)| greedy::next(row, held)).max()?;
    let key = best.key();
    let most = match rounding {
        // The first post of a line begins just above nought.
        _ if key.is_infinite() => Fraction::from_integer(0),
        Rounding::HalfUp => {
            let key = key.value()?;
            Fraction::new(*key.denom(), key.numer().checked_mul(2)?)
        }
        Rounding::Up | Rounding::Down => key.value()?.recip(),
    };
    // Posts that begin at `most` itself cannot be kept; rounding up, a post begins only above it.
    let included = rounding == Rounding::Up;
    let figure = Ratio::new(i128::from(*most.numer()), i128::from(*most.denom()));
    let whole = |quantity: &Fraction| rounding.whole(quantity, &figure, !included);
    let lines: Vec<u64> = quantities.iter().map(whole).collect();
    let posts = lines.iter().copied().fold(0, u64::saturating_add);
    Some(Affordable { most, included, posts, lines })
}
