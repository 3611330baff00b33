//! The list of transfers that leads from the base to an answer: near before far, vacant posts
//! first. A post with a person in it moves with that person in the second batch, or in the third when
//! somebody has left.

use std::collections::HashMap;
use std::fmt::Write;

use super::row_name;
use crate::allocate::moves::{Nearness, Party, Way, transfers_in_steps};
use crate::county::{County, Holding, Part};
use crate::pace::{Pace, at_once};
use crate::scenario::Prepared;
use crate::text::{Lang, Message, reallocate as say};

/// One transfer, between lines by their place in the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    /// Who gives; `None` for posts that nobody held.
    pub from: Option<usize>,
    /// Who gets; `None` for posts that nobody keeps.
    pub to: Option<usize>,
    /// Posts.
    pub posts: u64,
    /// What has to happen before they can move.
    pub way: Way,
    /// How near the two are.
    pub nearness: Nearness,
    /// How far apart, in metres, where both coordinates are known.
    pub metres: Option<u32>,
}

impl Transfer {
    /// The batch: 1 for vacant posts, 2 for those that move with a person, 3 for those that wait for
    /// somebody to leave.
    pub fn batch(&self) -> u8 {
        self.way.batch()
    }

    /// People who move with the posts.
    pub fn people(&self) -> u64 {
        if self.way == Way::WithPerson { self.posts } else { 0 }
    }

    /// Its reason in words: how near, and whether people are concerned.
    pub fn why(&self, lang: Lang) -> String {
        let near: Message = match self.nearness {
            Nearness::SamePlaceAndClass => say::NEAR_BOTH,
            Nearness::SamePlace => say::NEAR_PLACE,
            Nearness::SameClass => say::NEAR_STAGE,
            Nearness::Elsewhere => say::NEAR_NEITHER,
            Nearness::Unassigned => say::NEAR_UNASSIGNED,
        };
        let held = match self.way {
            Way::Vacant => say::MOVE_VACANT.get(lang).to_owned(),
            Way::WithPerson => say::MOVE_PERSON.with(lang, &[("people", &self.posts)]),
            Way::AfterLeaving => say::MOVE_LEAVING.with(lang, &[("posts", &self.posts)]),
        };
        say::MOVE_WHY.with(lang, &[("near", &near.get(lang)), ("held", &held)])
    }
}

fn leaving(holding: &Holding, year: Option<i32>) -> u32 {
    year.map_or(0, |year| holding.departures_until(year))
}

/// The transfers from the posts of the base to `posts`, one number for each line. Departures count
/// up to and including `year`.
pub fn transfers(
    county: &County,
    prepared: &Prepared,
    posts: &[u32],
    year: Option<i32>,
) -> Vec<Transfer> {
    at_once(Changes::of(county, prepared, posts, year).transfers(&Pace::default()))
}

/// Lines that change, made ready for the list of transfers.
#[derive(Debug, Clone)]
pub struct Changes {
    parties: Vec<Party>,
    /// The line of each.
    at: Vec<usize>,
}

impl Changes {
    /// The lines whose posts differ from the base; see [`transfers`].
    pub fn of(county: &County, prepared: &Prepared, posts: &[u32], year: Option<i32>) -> Self {
        let mut places: HashMap<&str, u32> = HashMap::new();
        let mut at = Vec::new();
        let mut parties = Vec::new();
        let lines = prepared.problem.lines.iter().zip(&prepared.rows).zip(posts);
        for (index, ((line, row), &after)) in lines.enumerate() {
            if line.now == after {
                continue;
            }
            let Some(holding) = county.holdings.get(*row) else { continue };
            let township = county.unit_of(holding).map_or("", |unit| unit.township.as_str());
            let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
            parties.push(Party {
                id: line.id.clone(),
                before: line.now,
                after,
                in_post: holding.in_post,
                leaving: leaving(holding, year),
                place: *places.entry(township).or_insert(next),
                class: match holding.part {
                    Part::Stage(stage) => stage as u32,
                    Part::Kind(_) => u32::MAX,
                },
                spot: county
                    .unit_of(holding)
                    .and_then(|unit| unit.place)
                    .map(|at| (at.lon, at.lat)),
            });
            at.push(index);
        }
        Self { parties, at }
    }

    /// The transfers between them, in steps.
    pub async fn transfers(&self, pace: &Pace) -> Vec<Transfer> {
        let line = |party: Option<usize>| party.and_then(|party| self.at.get(party)).copied();
        let moves = transfers_in_steps(&self.parties, pace).await.into_iter();
        moves
            .map(|step| Transfer {
                from: line(step.from),
                to: line(step.to),
                posts: step.posts,
                way: step.way,
                nearness: step.nearness,
                metres: step.metres,
            })
            .collect()
    }
}

/// A distance in kilometres with one decimal, half up.
pub fn kilometres(metres: u32) -> String {
    let tenths = (u64::from(metres) + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The list as lines of cells parted by tabs, with a head, as a spreadsheet pastes it.
pub fn tsv(county: &County, prepared: &Prepared, moves: &[Transfer], lang: Lang) -> String {
    let name = |end: Option<usize>| match end.and_then(|at| prepared.rows.get(at)) {
        // A tab or a break in a name would shift the cells after it.
        Some(row) => row_name(county, *row, lang).replace(['\t', '\n', '\r'], " "),
        None => say::NOBODY.get(lang).to_owned(),
    };
    let head =
        [say::FROM, say::TO, say::POSTS, say::PEOPLE, say::DISTANCE, say::BATCH, say::REASON];
    let mut out = head.map(|message| message.get(lang)).join("\t");
    for step in moves {
        let (from, to, why) = (name(step.from), name(step.to), step.why(lang));
        // Writing to a String cannot fail.
        let far = step.metres.map_or(String::new(), kilometres);
        let (people, batch) = (step.people(), step.batch());
        let _ = write!(out, "\n{from}\t{to}\t{}\t{people}\t{far}\t{batch}\t{why}", step.posts);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::KindId;
    use crate::report::reallocate::Study;
    use crate::sample;
    use crate::scenario::Figures;

    #[test]
    fn the_list_sums_to_what_moves_and_vacant_posts_come_first() {
        let workspace = sample::county().unwrap().workspace;
        let county = &workspace.state().county;
        let study = Study::of(&workspace, &Figures::of(workspace.state()), KindId::school());
        let proposal = study.proposal(50).unwrap();
        let moves = transfers(county, &study.prepared, &proposal.posts, Some(2027));
        assert_eq!(moves.iter().map(|step| step.posts).sum::<u64>(), 50);
        assert!(moves.is_sorted_by_key(Transfer::batch));
        let mut posts = study.before();
        for step in &moves {
            posts[step.from.unwrap()] -= u32::try_from(step.posts).unwrap();
            posts[step.to.unwrap()] += u32::try_from(step.posts).unwrap();
        }
        assert_eq!(posts, proposal.posts, "the moves lead to the proposal");
        let text = tsv(county, &study.prepared, &moves, Lang::Zh);
        assert_eq!(text.lines().count(), moves.len() + 1);
        assert!(text.lines().all(|line| line.split('\t').count() == 7));
        assert!(moves.iter().all(|step| !step.why(Lang::En).contains('{')));
    }
}
