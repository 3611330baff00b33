//! Long work in small steps. A calculation that may take long is written as an `async` function that
//! rests again and again; whoever asked for it goes on step by step, shows how far it is, or drops
//! it. Run without rests it is the same code and gives the same result.
//!
//! Knows no clock and no thread: a step is an amount of work. How many steps fit between two frames
//! is for the caller to say.

use std::cell::Cell;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// Where the work stands; handed down to everything that may take long.
#[derive(Debug, Default)]
pub struct Pace {
    done: Cell<u64>,
    of: Cell<u64>,
}

impl Pace {
    /// Says how much there is to do from here, in parts that only compare with each other.
    pub fn ahead(&self, of: u64) {
        self.done.set(0);
        self.of.set(of);
    }

    /// Says that so much is done.
    pub fn did(&self, parts: u64) {
        self.done.set(self.done.get().saturating_add(parts).min(self.of.get()));
    }

    /// Lets the caller decide whether to go on: the end of a step.
    pub async fn rest(&self) {
        let mut rested = false;
        poll_fn(|_| {
            if rested {
                return Poll::Ready(());
            }
            rested = true;
            Poll::Pending
        })
        .await;
    }
}

/// Work that was begun. Dropping it stops it.
pub struct Steps<T> {
    pace: Rc<Pace>,
    work: Pin<Box<dyn Future<Output = T>>>,
}

impl<T> fmt::Debug for Steps<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Steps").field("pace", &self.pace).finish_non_exhaustive()
    }
}

impl<T> Steps<T> {
    /// Begins; nothing is done before the first step.
    pub fn begin<F: Future<Output = T> + 'static>(work: impl FnOnce(Rc<Pace>) -> F) -> Self {
        let pace = Rc::new(Pace::default());
        let work = Box::pin(work(Rc::clone(&pace)));
        Self { pace, work }
    }

    /// Does one step; the result once it is the last one. Not to be called again after that.
    pub fn step(&mut self) -> Option<T> {
        match self.work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => Some(result),
            Poll::Pending => None,
        }
    }

    /// The part that is done, in hundredths; `None` before it can be told.
    pub fn hundredths(&self) -> Option<u64> {
        self.pace.done.get().saturating_mul(100).checked_div(self.pace.of.get())
    }
}

/// Does the work without a rest. It must wait for nothing but its own rests.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(result) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return result;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn sum(to: u64, pace: &Pace) -> u64 {
        pace.ahead(to);
        let mut sum = 0;
        for number in 1..=to {
            sum += number;
            pace.did(1);
            pace.rest().await;
        }
        sum
    }

    #[test]
    fn a_sum_in_steps_says_how_far_it_is_and_is_the_same_sum() {
        // 1 + 2 + 3 + 4 = 10, one number a step; the fifth step finds that nothing is left.
        let mut steps = Steps::begin(|pace| async move { sum(4, &pace).await });
        assert_eq!(steps.hundredths(), None);
        let mut seen = Vec::new();
        let result = loop {
            match steps.step() {
                Some(result) => break result,
                None => seen.push(steps.hundredths().unwrap()),
            }
        };
        assert_eq!((result, seen), (10, vec![25, 50, 75, 100]));
        assert_eq!(at_once(sum(4, &Pace::default())), 10);
    }
}
