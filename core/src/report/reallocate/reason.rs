//! Why a line got, lost or kept its posts, in words that follow from the certificate's figures.

use super::group_name;
use crate::allocate::{BoundReason, Key, NotLess, NotMore, Proposal, Rank};
use crate::fraction::{Fraction, compare, decimal};
use crate::scenario::{By, Grounds, Prepared, grounds};
use crate::text::{Lang, Message, names, reallocate as say};

/// The reason of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Set by hand, with the reason given; it may be empty.
    Hand(String),
    /// The norm gives it nothing, so it keeps what it has.
    NoNorm,
    /// It closes and gives up its posts.
    Closing,
    /// It is locked.
    Locked,
    /// A limit forces the change.
    Must {
        /// Whether it gains.
        gains: bool,
        /// The limit's reason.
        reason: BoundReason,
        /// The limit, in posts.
        posts: u32,
    },
    /// Its keys bring the change.
    Key {
        /// Whether it gains.
        gains: bool,
        /// The number of the last post gained, or of the last one given up.
        post: u32,
        /// The figures.
        grounds: Grounds,
        /// The limit that stopped it there, in posts.
        stop: Option<u32>,
    },
    /// It keeps its posts.
    Stays,
}

impl Why {
    /// The reason of a line, by its place in the problem. `by` is who set the row's posts.
    pub fn of(prepared: &Prepared, proposal: &Proposal, at: usize, by: Option<&By>) -> Self {
        if let Some(By::Hand { reason, .. }) = by {
            return Self::Hand(reason.clone());
        }
        let (Some(line), Some(&posts)) = (prepared.problem.lines.get(at), proposal.posts.get(at))
        else {
            return Self::Stays;
        };
        let bounds = line.bounds;
        match bounds.low_reason {
            BoundReason::Fixed => return Self::NoNorm,
            BoundReason::Closing => return Self::Closing,
            BoundReason::Locked => return Self::Locked,
            _ => {}
        }
        let gains = posts > line.now;
        if posts == line.now {
            Self::Stays
        } else if gains && posts == bounds.low {
            Self::Must { gains, reason: bounds.low_reason, posts }
        } else if !gains && posts == bounds.high {
            Self::Must { gains, reason: bounds.high_reason, posts }
        } else {
            let post = if gains { posts } else { posts.saturating_add(1) };
            let grounds = grounds(prepared, proposal, at);
            let stop = grounds.bound.map(|_| posts);
            Self::Key { gains, post, grounds, stop }
        }
    }

    /// The reason in words, for a change that keys brought why it went no further, and for a line that
    /// stays why it got no more and lost none.
    pub fn whole(&self, told: &Told<'_>, at: usize, lang: Lang) -> String {
        let mut text = self.text(lang);
        if let Self::Key { gains, stop: None, .. } = self {
            text.push_str(say::SEMICOLON.get(lang));
            text.push_str(&if *gains { told.more(at, lang) } else { told.less(at, lang) });
        }
        if *self == Self::Stays {
            let reasons = [told.more(at, lang), told.less(at, lang)];
            for reason in reasons.iter().filter(|reason| !reason.is_empty()) {
                text.push_str(say::SEMICOLON.get(lang));
                text.push_str(reason);
            }
        }
        text
    }

    /// The reason in words.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Hand(reason) if reason.is_empty() => say::WHY_HAND.get(lang).to_owned(),
            Self::Hand(reason) => say::WHY_HAND_BECAUSE.with(lang, &[("reason", reason)]),
            Self::NoNorm => say::WHY_NO_NORM.get(lang).to_owned(),
            Self::Closing => say::WHY_CLOSING.get(lang).to_owned(),
            Self::Locked => say::WHY_LOCKED.get(lang).to_owned(),
            Self::Must { gains, reason, posts } => {
                let message = if *gains { say::WHY_MUST_GAIN } else { say::WHY_MUST_LOSE };
                let reason = names::bound(*reason).get(lang);
                message.with(lang, &[("reason", &reason), ("posts", posts)])
            }
            Self::Key { gains, post, grounds, stop } => {
                key_words(*gains, *post, grounds, *stop, lang)
            }
            Self::Stays => say::WHY_STAYS.get(lang).to_owned(),
        }
    }
}

fn key_words(gains: bool, post: u32, grounds: &Grounds, stop: Option<u32>, lang: Lang) -> String {
    let shown = |key: &Fraction| decimal(key, 4);
    let key = grounds.key.as_ref().map(|key| key.0);
    let against = grounds.against.as_ref().map(|against| against.0);
    let mut text = match (key, against) {
        // The first post of a line that a rule leaves without none.
        (None, _) if gains => say::WHY_FIRST.with(lang, &[("post", &post)]),
        (Some(key), Some(against)) => {
            let message = match (gains, compare(&key, &against).is_eq()) {
                (_, true) => say::WHY_TIED,
                (true, false) => say::WHY_GAINED,
                (false, false) => say::WHY_LOST,
            };
            message.with(
                lang,
                &[("post", &post), ("key", &shown(&key)), ("against", &shown(&against))],
            )
        }
        (Some(key), None) => {
            say::WHY_ONLY_KEY.with(lang, &[("post", &post), ("key", &shown(&key))])
        }
        (None, _) => say::WHY_STAYS.get(lang).to_owned(),
    };
    if let (Some(bound), Some(posts)) = (grounds.bound, stop) {
        let message = if gains { say::WHY_AT_HIGH } else { say::WHY_AT_LOW };
        let bound = names::bound(bound).get(lang);
        text.push_str(&message.with(lang, &[("reason", &bound), ("posts", &posts)]));
    }
    text
}

/// A key with four decimals, for showing beside others; `∞` where it goes before all finite ones.
pub fn key_text(key: &Key) -> String {
    match key.value() {
        Some(value) => decimal(&value, 4),
        None if key.is_infinite() => "∞".to_owned(),
        None => format!("{:.4}", key.approximate()),
    }
}

/// How far the queue is looked through for the place of a line.
pub const QUEUED: usize = 1_000;

/// What the words of a certificate are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The problem.
    pub prepared: &'a Prepared,
    /// Its answer.
    pub proposal: &'a Proposal,
    /// The place of each line in the queue, as far as [`QUEUED`]; none where they are not known.
    pub ranks: &'a [Rank],
}

impl Told<'_> {
    /// Why a line did not get one more post.
    pub fn more(&self, at: usize, lang: Lang) -> String {
        let Some(reason) = self.proposal.reasons.get(at) else { return String::new() };
        let mut text = match &reason.more {
            NotMore::AtHigh { high, reason } => {
                let reason = names::bound(*reason).get(lang);
                return say::AT_HIGH.with(lang, &[("posts", high), ("reason", &reason)]);
            }
            NotMore::Limit { key } => of_key(say::LIMIT_MORE, key, lang),
            NotMore::Group { key, group } => {
                return self.of_group(say::GROUP_MORE, key, *group, lang);
            }
            NotMore::Outranked { key } => {
                let edge = self.proposal.cutoff.lowest_inside();
                let messages = [say::OUTRANKED, say::OUTRANKED_TIED, say::OUTRANKED_ALONE];
                against(messages, key, edge.map(|mark| mark.key), lang)
            }
        };
        if let Some(rank) = self.ranks.get(at) {
            text.push_str(&placed(say::RANK_GIVE, say::RANK_FAR, rank.give, lang));
        }
        text
    }

    /// Why a line did not lose one more post.
    pub fn less(&self, at: usize, lang: Lang) -> String {
        let Some(reason) = self.proposal.reasons.get(at) else { return String::new() };
        let mut text = match &reason.less {
            NotLess::AtLow { low: 0, reason: BoundReason::None } => {
                return say::AT_ZERO.get(lang).to_owned();
            }
            NotLess::AtLow { low, reason } => {
                let reason = names::bound(*reason).get(lang);
                return say::AT_LOW.with(lang, &[("posts", low), ("reason", &reason)]);
            }
            NotLess::Limit { key } => of_key(say::LIMIT_LESS, key, lang),
            NotLess::Group { key, group } => {
                return self.of_group(say::GROUP_LESS, key, *group, lang);
            }
            NotLess::Outranks { key } => {
                let edge = self.proposal.cutoff.highest_outside();
                let messages = [say::OUTRANKS, say::OUTRANKS_TIED, say::OUTRANKS_ALONE];
                against(messages, key, edge.map(|mark| mark.key), lang)
            }
        };
        if let Some(rank) = self.ranks.get(at) {
            text.push_str(&placed(say::RANK_TAKE, say::RANK_FAR, rank.take, lang));
        }
        text
    }

    fn of_group(&self, message: Message, key: &Key, group: Option<usize>, lang: Lang) -> String {
        let limit = group.and_then(|at| self.prepared.groups.get(at));
        let name = limit.map_or_else(
            || say::SEVERAL_GROUPS.get(lang).to_owned(),
            |limit| group_name(limit, lang),
        );
        message.with(lang, &[("post", &post_of(key)), ("key", &key_text(key)), ("what", &name)])
    }
}

/// The number of the post in its line, from 1.
fn post_of(key: &Key) -> u64 {
    u64::from(key.held()) + 1
}

fn of_key(message: Message, key: &Key, lang: Lang) -> String {
    message.with(lang, &[("post", &post_of(key)), ("key", &key_text(key))])
}

/// A key beside the cut-off: apart, tied with it, or without one.
fn against([apart, tied, alone]: [Message; 3], key: &Key, edge: Option<Key>, lang: Lang) -> String {
    let Some(edge) = edge else { return of_key(alone, key, lang) };
    let message = if edge.compare(key).is_eq() { tied } else { apart };
    message
        .with(lang, &[("post", &post_of(key)), ("key", &key_text(key)), ("edge", &key_text(&edge))])
}

fn placed(message: Message, far: Message, place: Option<u32>, lang: Lang) -> String {
    match place {
        Some(place) => message.with(lang, &[("rank", &place)]),
        None => far.with(lang, &[("most", &QUEUED)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocate::ranks;
    use crate::county::KindId;
    use crate::report::reallocate::Study;
    use crate::sample;
    use crate::scenario::{Figures, set_by_hand, set_limits};

    fn words(workspace: &crate::scenario::Workspace, id: &str) -> (u32, u32, String) {
        let state = workspace.state();
        let study = Study::of(workspace, &Figures::of(state), KindId::school());
        let proposal = study.proposal(study.chosen().unwrap()).unwrap();
        let at = study.prepared.ids.iter().position(|found| found.to_string() == id).unwrap();
        let by = state.by(study.prepared.rows[at]);
        let why = Why::of(&study.prepared, &proposal, at, by);
        let line = &study.prepared.problem.lines[at];
        (line.now, proposal.posts[at], why.text(Lang::Zh))
    }

    #[test]
    fn a_reason_names_the_post_its_key_and_the_limit() {
        let workspace = sample::county().unwrap().workspace;
        let (before, after, why) = words(&workspace, "1019/kindergarten");
        assert_eq!((before, after), (0, 16));
        assert!(why.contains("第 16 名") && why.contains("本校界限"), "{why}");
        let study = Study::of(&workspace, &Figures::of(workspace.state()), KindId::school());
        let proposal = study.proposal(50).unwrap();
        let at = study.prepared.ids.iter().position(|id| id.to_string() == "1020/primary").unwrap();
        let ranks = ranks(&study.prepared.problem, &proposal, QUEUED);
        let told = Told { prepared: &study.prepared, proposal: &proposal, ranks: &ranks };
        let whole = Why::of(&study.prepared, &proposal, at, None).whole(&told, at, Lang::Zh);
        // Post 40 is above the best that was not given, post 41 stands in the queue.
        assert!(whole.starts_with("得到第 40 名：键值 "), "{whole}");
        assert!(whole.contains("；第 41 名键值 ") && whole.contains("排第 "), "{whole}");
        // A row that keeps its posts says what stands on either side of them.
        let stays = |at: &usize| Why::of(&study.prepared, &proposal, *at, None) == Why::Stays;
        let at = (0..study.lines()).find(stays).unwrap();
        let whole = Why::Stays.whole(&told, at, Lang::Zh);
        let figures = [told.more(at, Lang::Zh), told.less(at, Lang::Zh)].join("；");
        assert_eq!(whole, format!("不动；{figures}"));
        let (before, after, why) = words(&workspace, "1020/primary");
        assert_eq!((before, after), (38, 40));
        assert!(why.contains("第 40 名：键值 0."), "{why}");
    }

    #[test]
    fn limits_and_hands_are_reasons_of_their_own() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = KindId::school();
        let mut limits = workspace.state().limits(kind);
        let id = |text: &str| text.parse::<crate::county::HoldingId>().unwrap();
        limits.lines.entry(id("1020/primary")).or_default().low = Some(43);
        limits.lines.entry(id("1001/upper_secondary")).or_default().locked = true;
        workspace.dispatch(set_limits(workspace.state(), kind, limits)).unwrap();
        let row = workspace.state().index().row(&id("1007/lower_secondary")).unwrap();
        workspace.dispatch(set_by_hand(workspace.state(), row, 90)).unwrap();

        let (_, after, why) = words(&workspace, "1020/primary");
        assert!(after == 43 && why.contains("至少 43 名"), "{after} {why}");
        assert_eq!(words(&workspace, "1001/upper_secondary").2, say::WHY_LOCKED.get(Lang::Zh));
        let (_, after, why) = words(&workspace, "1007/lower_secondary");
        assert_eq!((after, why.as_str()), (90, say::WHY_HAND.get(Lang::Zh)));
    }

    #[test]
    fn every_line_of_the_certificate_has_both_reasons_in_words() {
        let workspace = sample::county().unwrap().workspace;
        let study = Study::of(&workspace, &Figures::of(workspace.state()), KindId::school());
        for moved in [0, 50, 62] {
            let proposal = study.proposal(moved).unwrap();
            let ranks = ranks(&study.prepared.problem, &proposal, 3);
            let told = Told { prepared: &study.prepared, proposal: &proposal, ranks: &ranks };
            for at in 0..study.lines() {
                for lang in [Lang::Zh, Lang::En] {
                    for text in [told.more(at, lang), told.less(at, lang)] {
                        assert!(!text.is_empty() && !text.contains('{'), "{text}");
                    }
                }
            }
        }
    }
}
