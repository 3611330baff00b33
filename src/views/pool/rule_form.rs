//! The form for a rule that is asked for by its parts: one figure held against another, or an application
//! of some sorts only. It adds a rule, or changes the one that stands in its place.

use bianheng_core::pool::{At, Field as By, Measure, Otherwise, Rule, Test};
use bianheng_core::report::ordering::values;
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, Message, pool_view as words};
use leptos::prelude::*;

use super::change::put_checked;
use super::form::{Ask, Fill, Form, Input, Refused};
use super::ordering::{bys, values as read_values};
use super::parts::{typed, whole};
use crate::state::{State, use_state};

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    one_of: RwSignal<usize>,
    measure: RwSignal<usize>,
    at_least: RwSignal<usize>,
    of: RwSignal<usize>,
    percent: RwSignal<String>,
    posts: RwSignal<String>,
    years: RwSignal<String>,
    by: RwSignal<usize>,
    any: RwSignal<String>,
    otherwise: RwSignal<usize>,
}

fn measured(place: RwSignal<usize>) -> Measure {
    Measure::ALL.get(place.get()).copied().unwrap_or_default()
}

fn place_of(measure: Option<Measure>) -> RwSignal<usize> {
    let measure = measure.unwrap_or_default();
    RwSignal::new(Measure::ALL.iter().position(|one| *one == measure).unwrap_or(0))
}

/// A figure, or none where nothing is typed.
fn perhaps(text: RwSignal<String>, at: At) -> Result<Option<u32>, Refused> {
    let text = typed(text);
    if text.is_empty() { Ok(None) } else { whole(&text, at).map(Some) }
}

impl Typed {
    /// A rule as it stands.
    fn of(rule: &Rule, any: String) -> Self {
        let figure = |figure: Option<u32>| {
            RwSignal::new(figure.map(|figure| figure.to_string()).unwrap_or_default())
        };
        let by = rule.field.unwrap_or_default();
        let by = By::ALL.iter().position(|one| *one == by).unwrap_or(0);
        let otherwise =
            rule.otherwise.and_then(|own| Otherwise::ALL.iter().position(|o| *o == own));
        Self {
            one_of: RwSignal::new(usize::from(rule.kind == Test::OneOf)),
            measure: place_of(rule.measure),
            at_least: RwSignal::new(usize::from(rule.at_least)),
            of: place_of(rule.of),
            percent: figure(rule.percent),
            posts: figure(rule.posts),
            years: figure(rule.years),
            by: RwSignal::new(by),
            any: RwSignal::new(any),
            otherwise: RwSignal::new(otherwise.map_or(0, |at| at + 1)),
        }
    }

    /// Whether it counts people who leave, over some years. Tracks it.
    fn counts_leavers(self) -> bool {
        [self.measure, self.of].into_iter().any(|side| measured(side) == Measure::Departures)
    }

    /// The rule, keeping the clause and the name of the one that stood there.
    fn rule(self, state: State, before: Rule) -> Result<Rule, Refused> {
        let otherwise = self.otherwise.get_untracked().checked_sub(1);
        let otherwise = otherwise.and_then(|at| Otherwise::ALL.get(at)).copied();
        let Rule { name, clause, confidence, off, .. } = before;
        let bare = Rule { otherwise, name, clause, confidence, off, ..Rule::default() };
        if self.one_of.get_untracked() == 1 {
            let by = By::ALL.get(self.by.get_untracked()).copied().unwrap_or_default();
            let any = read_values(state, by, &typed(self.any));
            return Ok(Rule { kind: Test::OneOf, field: Some(by), any, ..bare });
        }
        let [measure, of] = [self.measure, self.of].map(|side| untrack(|| measured(side)));
        let years = if untrack(|| self.counts_leavers()) {
            let years = perhaps(self.years, At::Years)?;
            Some(years.ok_or_else(|| Refused::typed(At::Years, words::ERROR_TERM))?)
        } else {
            None
        };
        let fixed = of == Measure::None;
        let posts = perhaps(self.posts, At::Posts)?;
        if fixed && posts.is_none() {
            return Err(Refused::typed(At::Posts, words::ERROR_COUNT));
        }
        Ok(Rule {
            kind: Test::Compare,
            measure: Some(measure),
            at_least: self.at_least.get_untracked() == 1,
            of: Some(of).filter(|_| !fixed),
            percent: if fixed { None } else { perhaps(self.percent, At::Figure)? },
            posts: posts.filter(|posts| fixed || *posts > 0),
            years,
            ..bare
        })
    }
}

fn say(messages: &'static [Message]) -> impl Fn(Lang) -> Vec<String> + Copy {
    move |lang| messages.iter().map(|message| message.get(lang).to_owned()).collect()
}

/// The form. `at` is the place of the rule among those offered.
#[component]
pub fn RuleForm(at: usize, rule: Rule, close: Callback<()>) -> impl IntoView {
    let state = use_state();
    let lang = state.lang.get_untracked();
    let any = state.peek(|open| {
        let line = bianheng_core::pool::Line {
            field: rule.field.unwrap_or_default(),
            any: rule.any.clone(),
            ..bianheng_core::pool::Line::default()
        };
        values(&open.workspace().state().county, &line, lang)
    });
    let typed = Typed::of(&rule, any.unwrap_or_default());
    let before = StoredValue::new(rule);
    let form = Form::new();
    let save = Callback::new(move |()| {
        let done = typed
            .rule(state, before.get_value())
            .and_then(|rule| put_checked(state, Label::Pool, |pool| pool.put_rule(at, rule)));
        if form.settle(done).is_some() {
            close.run(());
        }
    });
    let measures = |lang| Measure::ALL.iter().map(|one| one.name(lang).to_owned()).collect();
    let sides = |lang: Lang| {
        let fixed = words::RULE_FIXED.get(lang);
        let others = Measure::ALL.iter().skip(1).map(|one| one.name(lang));
        std::iter::once(fixed).chain(others).map(str::to_owned).collect()
    };
    let one_of = move || typed.one_of.get() == 1;
    view! {
        <Fill
            form=form
            testid="rule-form"
            save=save
            button="rule-save"
            close=("rule-cancel", close)
            eager=true
        >
            <Ask
                form=form
                label=words::RULE_KIND
                testid="rule-kind"
                input=Input::choice(
                    state,
                    typed.one_of,
                    say(&[words::RULE_COMPARE, words::RULE_ONE_OF]),
                )
            />
            <Show when=move || !one_of()>
                <Ask
                    form=form
                    label=words::RULE_MEASURE
                    testid="rule-measure"
                    input=Input::choice(state, typed.measure, measures)
                />
                <Ask
                    form=form
                    label=words::RULE_SIGN
                    testid="rule-sign"
                    input=Input::choice(
                        state,
                        typed.at_least,
                        say(&[words::RULE_AT_MOST, words::RULE_AT_LEAST]),
                    )
                />
                <Ask
                    form=form
                    at=At::Values
                    label=words::RULE_OF
                    testid="rule-of"
                    input=Input::choice(state, typed.of, sides)
                />
                <Show when=move || measured(typed.of) != Measure::None>
                    <Ask
                        form=form
                        at=At::Figure
                        label=words::RULE_PERCENT
                        testid="rule-percent"
                        input=Input::figure(typed.percent)
                    />
                </Show>
                <Ask
                    form=form
                    at=At::Posts
                    label=words::RULE_AMOUNT
                    testid="rule-posts"
                    input=Input::figure(typed.posts)
                />
                <Show when=move || typed.counts_leavers()>
                    <Ask
                        form=form
                        at=At::Years
                        label=words::RULE_SPAN
                        testid="rule-years"
                        input=Input::figure(typed.years)
                    />
                </Show>
            </Show>
            <Show when=one_of>
                <Ask
                    form=form
                    label=words::ORDER_BY
                    testid="rule-by"
                    input=Input::choice(state, typed.by, bys)
                />
                <Ask
                    form=form
                    at=At::Values
                    label=words::ORDER_VALUES
                    testid="rule-values"
                    input=Input::text(typed.any)
                />
            </Show>
            <Ask
                form=form
                label=words::RULE_OTHERWISE
                testid="rule-otherwise"
                input=Input::choice(
                    state,
                    typed.otherwise,
                    say(
                        &[words::RULE_USUAL, words::RULE_FAIL, words::RULE_REVIEW, words::RULE_CUT],
                    ),
                )
            />
        </Fill>
    }
    .into_any()
}
