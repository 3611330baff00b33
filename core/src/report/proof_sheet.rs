//! Everything the panel 凭什么 shows of one row: whose figure it is, the proof, how far the next
//! post is, the posts before and now with who set them, and the documents that the proof rests on.

use crate::county::{AdditionalPosts, HoldingId, KindId, Locality};
use crate::fraction::Fraction;
use crate::norm::{
    Clause, Document, Entitlement, Given, Line, Pack, Posts, Proof, Shown, Turn, turns_of_row,
};
use crate::scenario::{By, Figures, Workspace};

/// Where an input's figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// The survey: its row, counted from 1, where that is known.
    Survey(Option<u32>),
    /// A planner corrected it.
    Corrected {
        /// What the survey says.
        surveyed: Option<u32>,
        /// The survey's row, as above.
        row: Option<u32>,
    },
    /// The school's own and its teaching points' together.
    WithPoints,
}

/// The sheet of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofSheet {
    /// The row.
    pub row: usize,
    /// Its id.
    pub id: HoldingId,
    /// The unit's name.
    pub unit: String,
    /// Its township; empty where unknown.
    pub township: String,
    /// Its locality, where known.
    pub locality: Option<Locality>,
    /// The kind of post it draws on.
    pub kind: KindId,
    /// The proof; `None` at an institution, which no school norm covers.
    pub proof: Option<Proof>,
    /// Where the proof's inputs come from, beside them; `None` for what no survey gives.
    pub origins: Vec<Option<Came>>,
    /// Posts added for a stated reason, each with whether its time is over. The proof is of what the
    /// norm gives; those that count come on top of it.
    pub additional: Vec<(AdditionalPosts, bool)>,
    /// Whole posts of the entitlement, added ones included; `None` where the norm gives nothing.
    pub entitled: Option<u32>,
    /// The next changes of the entitlement, with the posts there would be then, added ones included.
    pub turns: Vec<Turn>,
    /// Posts that the survey says.
    pub surveyed: u32,
    /// Posts now.
    pub authorised: u32,
    /// People in post.
    pub in_post: u32,
    /// Authorised less entitlement, where there is one.
    pub margin: Option<i64>,
    /// Who set the posts; `None` for the survey.
    pub by: Option<By>,
    /// Documents that the proof cites, in the pack's order.
    pub documents: Vec<Document>,
    /// The parameter whose clause decides: of the last step that cites one before the rounding.
    pub parameter: Option<String>,
}

/// The sheet of a row; `None` for a row that does not exist.
pub fn proof_sheet(workspace: &Workspace, figures: &Figures, row: usize) -> Option<ProofSheet> {
    let state = workspace.state();
    let county = &state.county;
    let holding = county.holdings.get(row)?;
    let unit = county.unit_of(holding)?;
    // What the norm gives, without the posts that were added to it.
    let given = figures.row(row);
    let posts = given.entitlement.posts.map(|posts| Posts {
        exact: posts.exact - Fraction::from_integer(i64::from(given.additional)),
        whole: posts.whole.saturating_sub(given.additional),
    });
    let proof = state.norm.prove_row(county, row, &Entitlement { posts, ..given.entitlement });
    let pack = state.norm.pack();
    let added = given.additional;
    Some(ProofSheet {
        row,
        id: county.id_of(row)?,
        unit: unit.name.clone(),
        township: unit.township.clone(),
        locality: unit.locality,
        kind: county.kind_of(holding).clone(),
        additional: holding
            .additional
            .iter()
            .map(|added| (added.clone(), added.is_expired(state.norm.day())))
            .collect(),
        entitled: given.entitlement.posts.map(|posts| posts.whole),
        turns: turns_of_row(&state.norm, county, row)
            .into_iter()
            .map(|turn| Turn { whole: turn.whole.saturating_add(added), ..turn })
            .collect(),
        surveyed: workspace.base().holdings.get(row).map_or(0, |before| before.authorised),
        authorised: holding.authorised,
        in_post: holding.in_post,
        margin: given.margin,
        by: state.by(row).cloned(),
        documents: proof.as_ref().map(|proof| cited(proof, pack)).unwrap_or_default(),
        parameter: proof.as_ref().and_then(deciding),
        origins: proof.as_ref().map(|proof| origins(workspace, row, proof)).unwrap_or_default(),
        proof,
    })
}

fn origins(workspace: &Workspace, row: usize, proof: &Proof) -> Vec<Option<Came>> {
    let state = workspace.state();
    let came = |given: &Given| {
        let fact = state.norm.fact_of(&given.id)?;
        let (now, before) = (state.county.holdings.get(row)?, workspace.base().holdings.get(row)?);
        let (value, surveyed, row) = (now.fact(fact), before.fact(fact), before.surveyed_row);
        let own = value.map(|value| Shown::Number(Fraction::from_integer(i64::from(value))));
        if given.value != own.unwrap_or(Shown::Missing) {
            return Some(Came::WithPoints);
        }
        Some(if value == surveyed { Came::Survey(row) } else { Came::Corrected { surveyed, row } })
    };
    proof.inputs.iter().map(came).collect()
}

fn cited(proof: &Proof, pack: &Pack) -> Vec<Document> {
    let grounds = proof.lines.iter().flat_map(Line::grounds).map(|(clause, _)| clause);
    let departures = proof.lines.iter().flat_map(Line::departures);
    let departures = departures.flat_map(|(cite, departs)| [&cite.clause, &departs.clause]);
    let clauses: Vec<&Clause> = grounds.chain(departures).collect();
    let named = |document: &&Document| clauses.iter().any(|clause| clause.document == document.id);
    pack.documents.iter().filter(named).cloned().collect()
}

fn deciding(proof: &Proof) -> Option<String> {
    let winner = proof.lines.iter().find_map(|line| line.decision.as_ref());
    let line = winner.and_then(|won| proof.lines.iter().find(|line| line.label == won.winner));
    let cites = line.into_iter().chain(&proof.lines).find_map(|line| line.cites.first());
    cites.map(|cite| cite.parameter.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::Fact;
    use crate::norm::Points;
    use crate::sample;
    use crate::scenario::{Command, Label, Step};
    use crate::text::{self, Lang};

    fn sheet(id: &str) -> ProofSheet {
        let workspace = sample::county().unwrap().workspace;
        let figures = Figures::of(workspace.state());
        let row = workspace.state().index().row(&id.parse().unwrap()).unwrap();
        proof_sheet(&workspace, &figures, row).unwrap()
    }

    #[test]
    fn a_school_has_its_proof_its_turns_and_the_parameter_that_decides() {
        let sheet = sheet("1035/primary");
        assert_eq!(sheet.unit, "白岭九年制学校");
        assert_eq!(sheet.proof.unwrap().result.unwrap().whole, 11);
        // 13 in the survey, 11 by the norm.
        assert_eq!((sheet.surveyed, sheet.authorised, sheet.in_post), (13, 13, 12));
        assert_eq!(sheet.margin, Some(2));
        assert_eq!(sheet.by, None);
        // The classes decide, so the link leads to the posts per class.
        assert_eq!(sheet.parameter.as_deref(), Some("per_class.primary"));
        assert_eq!(sheet.documents.len(), 1);
        assert!(!sheet.turns.is_empty());
    }

    #[test]
    fn an_input_says_whether_it_is_surveyed_corrected_or_summed_with_its_points() {
        let mut workspace = sample::county().unwrap().workspace;
        let id: HoldingId = "1020/primary".parse().unwrap();
        let row = workspace.state().index().row(&id).unwrap();
        let look = |workspace: &Workspace| {
            let figures = Figures::of(workspace.state());
            proof_sheet(workspace, &figures, row).unwrap().origins
        };
        // The sample county was read from no sheet, so it knows no rows.
        let surveyed = Some(Came::Survey(None));
        assert_eq!(look(&workspace), vec![surveyed.clone(); 3]);
        let (fact, old, new) = (Fact::Students, Some(782), Some(790));
        let commands = vec![Command::SetFact { at: id, fact, old, new }];
        workspace.dispatch(Step { label: Label::Edit, commands }).unwrap();
        let corrected = Some(Came::Corrected { surveyed: Some(782), row: None });
        assert_eq!(look(&workspace), [corrected, surveyed.clone(), surveyed]);
        let figures = Figures::of(workspace.state());
        let sheet = proof_sheet(&workspace, &figures, row).unwrap();
        let pack = workspace.state().norm.pack();
        let text = text::proof::sheet(&sheet, pack, Lang::Zh);
        assert!(text.contains("在校生：790（手工改定，调查表为 782）"), "{text}");
    }

    #[test]
    fn what_stands_at_points_is_the_last_line_of_a_school_and_the_only_one_of_a_point() {
        let mut workspace = sample::county().unwrap().workspace;
        let old = workspace.state().norm.pack().clone();
        let new = Pack { points: Points::StudentsAtParent, ..old.clone() };
        let command = Command::SetNorm { old: old.into(), new: new.into() };
        workspace.dispatch(Step { label: Label::Norm, commands: vec![command] }).unwrap();
        let figures = Figures::of(workspace.state());
        let texts = ["1048/primary", "1050/primary"].map(|id| {
            let row = workspace.state().index().row(&id.parse().unwrap()).unwrap();
            let sheet = proof_sheet(&workspace, &figures, row).unwrap();
            assert_eq!(
                sheet.margin,
                Some(i64::from(sheet.authorised) - i64::from(sheet.entitled.unwrap()))
            );
            [Lang::Zh, Lang::En]
                .map(|lang| text::proof::sheet(&sheet, workspace.state().norm.pack(), lang))
        });
        insta::assert_snapshot!(texts.as_flattened().join("\n---\n"));
    }

    #[test]
    fn an_institution_has_posts_and_no_proof() {
        let sheet = sheet("G11/kind:general");
        assert_eq!((sheet.proof, sheet.margin), (None, None));
        assert!(sheet.documents.is_empty() && sheet.turns.is_empty());
    }

    #[test]
    fn added_posts_stand_beside_the_proof_and_within_the_entitlement() {
        use crate::county::{AdditionalPosts, AdditionalReason};
        let mut workspace = sample::county().unwrap().workspace;
        let at: HoldingId = "1033/lower_secondary".parse().unwrap();
        let row = workspace.state().index().row(&at).unwrap();
        let before = proof_sheet(&workspace, &Figures::of(workspace.state()), row).unwrap();
        // The sample's own two posts for boarding ended in August.
        assert!(before.additional.iter().all(|(_, expired)| *expired));
        let old = workspace.state().county.holdings[row].additional.clone();
        let (reason, document, until) = (AdditionalReason::Training, String::new(), None);
        let mut new = old.clone();
        new.push(AdditionalPosts { posts: 3, reason, document, until });
        let command = Command::SetAdditional { at, old, new };
        workspace.dispatch(Step { label: Label::Edit, commands: vec![command] }).unwrap();
        let after = proof_sheet(&workspace, &Figures::of(workspace.state()), row).unwrap();
        assert_eq!(after.proof, before.proof, "the proof is the norm's");
        assert_eq!(after.entitled, before.entitled.map(|posts| posts + 3));
        assert_eq!(after.margin, before.margin.map(|margin| margin - 3));
        for (then, now) in before.turns.iter().zip(&after.turns) {
            assert_eq!(now.whole, then.whole + 3);
        }
        let pack = workspace.state().norm.pack();
        let text = text::proof::sheet(&after, pack, Lang::Zh);
        assert!(text.contains("附加编制 · 脱产进修 3 名【待核实：未填文号】\n"), "{text}");
        assert!(
            text.contains("寄宿制 2 名（编委发〔2023〕6 号（虚构）），2026-08-31 已到期，不计入")
        );
    }
}
