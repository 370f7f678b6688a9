//! No settled verdict is wrong while every observation is true at its time.
//!
//! A machine is made up together with how it changes once, and only true things are said of it, by every method that can tell
//! them. What the law does not cover:
//!
//! - A change of which nothing tells that was tested or inventoried: nothing after it bears on the question, and nobody dates
//!   it. The last true word is then out of date, and no rule can know. A guess, such as *likely vulnerable*, tells of no change.
//! - An observation without a time (or with a bound only) from before a change. It is taken to speak of every moment
//!   (`docs/decisions/0004-undated-evidence-speaks.md`), so it counts as true only if it is true before and after.
//! - A list that counts an update as on where a restart is needed and no source says so: it is taken at its word.
//! - A guess of the system above the confidence that counts, where it is wrong: it is not true.

use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use wardround_estate::{Catalogue, Finding, Question};
use wardround_evidence::{
    Fact, FlawState, Kb, ListExtent, Method, PortState, Statement, Truth, When,
};

use crate::builder::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Runs {
    Seven,
    Ten1607,
    Ten1703,
    Linux,
}

/// The newest fixes that are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Older,
    /// The fix of March alone, which holds nothing else (Windows 7); elsewhere as [`Level::March`].
    SecurityOnly,
    March,
    May,
}

/// The machine's own firewall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wall {
    Off,
    LetsIn,
    Shut,
}

/// One machine as it is at a time.
#[derive(Clone, Copy, Debug)]
struct World {
    runs: Runs,
    level: Level,
    /// Whether its newest fixes wait for a restart: they are on, and it is as if they were not.
    waits: bool,
    smb1: bool,
    /// Whether something listens on 445.
    serves: bool,
    wall: Wall,
    agent_blocks: bool,
}

impl World {
    /// The fixes that have an effect.
    fn effective(self) -> Level {
        if self.waits { Level::Older } else { self.level }
    }

    fn closed(self) -> bool {
        matches!(self.runs, Runs::Linux | Runs::Ten1703) || self.effective() > Level::Older
    }

    fn is_so(self, question: Question) -> bool {
        match question {
            Question::Ms17010Closed => self.closed(),
            Question::Smb1Off => !self.smb1,
            Question::NotListening(_) => !self.serves || self.wall == Wall::Shut,
            Question::UpdatedSince(_) => self.runs == Runs::Linux || self.effective() == Level::May,
            Question::AgentBlocks => self.agent_blocks,
        }
    }

    fn system(self) -> Option<(&'static str, &'static str)> {
        let revision = match self.effective() {
            Level::Older => "10.0.14393.693",
            Level::SecurityOnly | Level::March => "10.0.14393.953",
            Level::May => "10.0.14393.1198",
        };
        match self.runs {
            Runs::Seven => Some(("Microsoft Windows 7 Enterprise", "6.1.7601")),
            Runs::Ten1607 => Some(("Microsoft Windows 10 Pro", revision)),
            Runs::Ten1703 => Some(("Microsoft Windows 10 Pro", "10.0.15063")),
            Runs::Linux => None,
        }
    }

    /// The update that holds its fixes.
    fn update(self) -> Option<u32> {
        Some(match (self.runs, self.level) {
            (Runs::Linux, _) => return None,
            (Runs::Seven, Level::Older) => 976_902,
            (Runs::Seven, Level::SecurityOnly) => 4_012_212,
            (Runs::Seven, Level::March) => 4_012_215,
            (Runs::Seven, Level::May) => 4_019_264,
            (Runs::Ten1607, Level::Older) => 3_213_986,
            (Runs::Ten1607, Level::SecurityOnly | Level::March) => 4_013_429,
            (Runs::Ten1607, Level::May) => 4_019_472,
            (Runs::Ten1703, Level::May) => 4_016_871,
            (Runs::Ten1703, _) => 4_015_583,
        })
    }

    /// Whether its newest update had been released: a machine does not wait for what comes later.
    fn is_released_by(self, moment: Timestamp) -> bool {
        let day = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
        let released = |update| Catalogue::built_in().released(Kb(update));
        self.update()
            .and_then(released)
            .is_none_or(|released| released <= day)
    }

    /// What its agent says that it lacks.
    fn lacks(self) -> Option<u32> {
        match (self.runs, self.level) {
            (Runs::Linux, _) | (_, Level::May) => None,
            (Runs::Seven, Level::Older) => Some(4_012_212),
            (Runs::Ten1607, Level::Older) => Some(4_013_429),
            (Runs::Seven, _) => Some(4_019_264),
            (Runs::Ten1607, _) => Some(4_019_472),
            (Runs::Ten1703, _) => Some(4_016_871),
        }
    }

    /// Everything true that can be said of it, by those who can know it; `put_on` is the day its newest update came, if that is
    /// told.
    fn facts(self, put_on: Option<&str>) -> Vec<(Method, Fact)> {
        let mut facts = self.patches(put_on);
        facts.extend(self.systems());
        facts.push((TESTED, Fact::Smb1(self.smb1)));
        facts.push((INVENTORIED, Fact::Smb1(self.smb1)));
        facts.push((TESTED, smb_port(self.seen_from_outside())));
        facts.push((TESTED, smb_port(PortState::Filtered)));
        if self.serves {
            facts.push((INVENTORIED, smb_port(PortState::Open)));
        }
        facts.push((INVENTORIED, Fact::HostFirewall(self.wall != Wall::Off)));
        facts.push((INVENTORIED, Fact::AgentBlocks(self.agent_blocks)));
        facts.push((TESTED, Fact::LogInFailed));
        facts.push((TESTED, Fact::Answers(true)));
        facts
    }

    fn seen_from_outside(self) -> PortState {
        match (self.wall, self.serves) {
            (Wall::Shut, _) => PortState::Filtered,
            (_, true) => PortState::Open,
            (_, false) => PortState::Closed,
        }
    }

    fn systems(self) -> Vec<(Method, Fact)> {
        let guess = (INFERRED, guessed("Linux 4.4", 60));
        match self.system() {
            None => vec![
                (INVENTORIED, system("Ubuntu 16.04", "")),
                (TESTED, system("Ubuntu 16.04", "")),
                guess,
            ],
            Some((name, build)) => {
                let without_revision = build.rsplit_once('.').map_or("", |(front, _)| front);
                let seen = if self.runs == Runs::Ten1607 {
                    without_revision
                } else {
                    build
                };
                vec![
                    (INVENTORIED, system(name, build)),
                    (INVENTORIED, system(name, "")),
                    (TESTED, system(name, seen)),
                    guess,
                ]
            }
        }
    }

    fn patches(self, put_on: Option<&str>) -> Vec<(Method, Fact)> {
        let mut facts = Vec::new();
        if let Some(update) = self.update() {
            let day = put_on.map_or_else(String::new, |day| format!("@{day}"));
            let list = format!("KB{update}{day}");
            facts.push((INVENTORIED, whole(&list)));
            facts.push((INVENTORIED, updates(ListExtent::Unstated, &list)));
            let cut = ListExtent::Cut { stated: 40 };
            facts.push((INVENTORIED, updates(cut, "KB2534111")));
        }
        facts.extend(self.lacks().map(|update| (INVENTORIED, missing(update))));
        let waiting = self.update().filter(|_| self.waits).map(Kb);
        facts.extend(waiting.map(|kb| (INVENTORIED, Fact::UpdateAwaitingRestart(kb))));
        facts.push((INVENTORIED, Fact::RestartPending(self.waits)));
        if self.closed() {
            facts.push((TESTED, flaw(FlawState::Absent)));
            facts.push((INVENTORIED, flaw(FlawState::Absent)));
        } else {
            if self.smb1 {
                facts.push((TESTED, flaw(FlawState::Present)));
            }
            facts.push((INVENTORIED, flaw(FlawState::Present)));
            facts.push((TESTED, flaw(FlawState::Likely)));
        }
        facts
    }
}

/// How it changes, at eight in the morning of a day.
#[derive(Clone, Copy, Debug)]
enum Change {
    Nothing,
    Patched(Level),
    /// Started anew: what waited has its effect.
    Restarted,
    /// A setting, a service, the firewall or the agent is another: what differs in this world.
    Set(World),
    /// Brought anew.
    Rebuilt(World),
}

impl Change {
    fn after(self, before: World) -> World {
        match self {
            Self::Nothing => before,
            Self::Patched(level) => {
                let level = before.level.max(level);
                let after = World { level, ..before };
                // Of some systems two levels are one update: then nothing new came.
                let waits = before.waits && after.update() == before.update();
                World { waits, ..after }
            }
            Self::Restarted => World {
                waits: false,
                ..before
            },
            Self::Set(other) => World {
                runs: before.runs,
                level: before.level,
                waits: before.waits,
                ..other
            },
            Self::Rebuilt(other) => other,
        }
    }
}

/// A machine, how it changes, and on which day of May 2017.
#[derive(Clone, Copy, Debug)]
struct History {
    before: World,
    change: Change,
    day: i8,
}

impl History {
    fn at(self) -> Timestamp {
        moment(&format!("2017-05-{:02}T08:00:00Z", self.day))
    }

    fn now(self) -> World {
        self.change.after(self.before)
    }

    fn day(self) -> String {
        format!("2017-05-{:02}", self.day)
    }

    /// All that is true of it from its change on.
    fn facts_after(self) -> Vec<(Method, Fact)> {
        let day = self.day();
        let is_patch = matches!(self.change, Change::Patched(_))
            && self.now().update() != self.before.update();
        let mut facts = self.now().facts(None);
        if is_patch {
            facts.extend(self.now().facts(Some(&day)));
        }
        match self.change {
            Change::Rebuilt(_) => facts.push((INVENTORIED, Fact::InstalledAt(self.at()))),
            Change::Restarted => facts.push((INVENTORIED, Fact::StartedAt(self.at()))),
            _ => {}
        }
        facts
    }

    /// What is true when it is said, `when` in the builder's words.
    fn facts(self, when: &str) -> Vec<(Method, Fact)> {
        let is_dated = !when.is_empty() && !when.starts_with("from ");
        let is_before = is_dated && moment(when) < self.at();
        let (world, mut facts) = if is_before {
            (self.before, self.before.facts(None))
        } else {
            (self.now(), self.facts_after())
        };
        if is_dated && !world.is_released_by(moment(when)) {
            facts.retain(|(_, fact)| *fact != Fact::RestartPending(true));
        }
        if !is_dated {
            let before = self.before.facts(None);
            facts.retain(|fact| before.contains(fact));
        }
        facts
    }

    /// Whether all that the answer to a question rests on is as it was, or something that was seen after the change tells of it.
    fn is_known(self, question: Question, statements: &[Statement]) -> bool {
        let (was, is) = (self.before, self.now());
        let seen = |later: bool, tells: &dyn Fn(Method, &Fact) -> bool| {
            let then = statements.iter().filter(|statement| match statement.when {
                When::At(moment) => (moment >= self.at()) == later,
                _ => false,
            });
            then.flat_map(|statement| &statement.observed)
                .any(|observed| tells(observed.method, &observed.fact))
        };
        let any = |tells: &dyn Fn(Method, &Fact) -> bool| seen(true, tells);
        let is_installed = any(&|_, fact| matches!(fact, Fact::InstalledAt(_)));
        let is_same = (was.level, was.waits) == (is.level, is.waits);
        let stays = !matches!(self.change, Change::Rebuilt(_));
        let is_restart = was.waits && !is.waits && was.level == is.level;
        let waited = seen(false, &names_what_waits)
            || seen(false, &tells_of_waiting) && (!is_restart || seen(false, &names_updates));
        let is_wait_told =
            (!was.waits || waited) && (!is.waits || any(&tells_of_waiting) || stays && waited);
        let of_patches = |tells: &dyn Fn(Method, &Fact) -> bool| {
            let is_level_told = if was.runs != is.runs {
                seen(false, &tells_the_system) && any(&tells_the_system)
            } else if is_restart {
                any(&tells_of_a_restart)
            } else {
                is_same || any(tells)
            };
            is_wait_told && (is_installed || is_level_told)
        };
        match question {
            Question::Ms17010Closed => of_patches(&tells_of_the_hole),
            Question::UpdatedSince(_) => of_patches(&tells_of_updates),
            _ if is_installed => true,
            Question::Smb1Off => was.smb1 == is.smb1 || any(&tells_of_smb1),
            Question::NotListening(_) => {
                // That something listens tells nothing of the firewall before it.
                (was.serves, was.wall) == (is.serves, is.wall)
                    || any(&is_answer)
                    || was.wall == is.wall && any(&listens)
            }
            Question::AgentBlocks => was.agent_blocks == is.agent_blocks || any(&tells_of_agent),
        }
    }
}

/// Windows 10 by its name alone may be any release.
fn tells_the_system(method: Method, fact: &Fact) -> bool {
    let Fact::System(system) = fact else {
        return false;
    };
    let is_named = ["Ubuntu", "Microsoft Windows 7"]
        .iter()
        .any(|name| system.name.starts_with(name));
    method <= INVENTORIED && (is_named || system.build.is_some())
}

fn tells_of_the_hole(method: Method, fact: &Fact) -> bool {
    match fact {
        Fact::Flaw(_, state) => *state != FlawState::Likely,
        Fact::UpdateMissing(kb) => Catalogue::built_in().is_march_2017_fix(*kb),
        _ => tells_of_updates(method, fact),
    }
}

fn tells_of_updates(_: Method, fact: &Fact) -> bool {
    match fact {
        Fact::Updates(list) => list.extent == ListExtent::Whole,
        Fact::System(system) => system.build.is_some_and(|build| build.revision.is_some()),
        _ => false,
    }
}

/// By its name, or of the machine: then a list has to name it.
const fn tells_of_waiting(_: Method, fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::UpdateAwaitingRestart(_) | Fact::RestartPending(true)
    )
}

const fn names_what_waits(_: Method, fact: &Fact) -> bool {
    matches!(fact, Fact::UpdateAwaitingRestart(_))
}

const fn names_updates(_: Method, fact: &Fact) -> bool {
    matches!(fact, Fact::Updates(list) if !matches!(list.extent, ListExtent::Cut { .. }))
}

const fn is_of_service(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::UpdateAwaitingRestart(_) | Fact::RestartPending(_)
    )
}

/// A list tells what is on, whether or not it has its effect.
fn tells_of_a_restart(method: Method, fact: &Fact) -> bool {
    matches!(fact, Fact::StartedAt(_))
        || !matches!(fact, Fact::Updates(_)) && tells_of_the_hole(method, fact)
}

const fn tells_of_smb1(_: Method, fact: &Fact) -> bool {
    matches!(fact, Fact::Smb1(_))
}

fn is_answer(method: Method, fact: &Fact) -> bool {
    let state = [PortState::Open, PortState::Closed];
    method == TESTED && matches!(fact, Fact::Port(_, seen) if state.contains(seen))
}

const fn listens(_: Method, fact: &Fact) -> bool {
    matches!(fact, Fact::Port(_, PortState::Open))
}

const fn tells_of_agent(_: Method, fact: &Fact) -> bool {
    matches!(fact, Fact::AgentBlocks(_))
}

fn any_world() -> impl Strategy<Value = World> {
    (
        select(vec![Runs::Seven, Runs::Ten1607, Runs::Ten1703, Runs::Linux]),
        select(vec![
            Level::Older,
            Level::SecurityOnly,
            Level::March,
            Level::May,
        ]),
        any::<[bool; 4]>(),
        select(vec![Wall::Off, Wall::LetsIn, Wall::Shut]),
    )
        .prop_map(
            |(runs, level, [waits, smb1, serves, agent_blocks], wall)| World {
                waits: waits && level > Level::Older && runs != Runs::Linux,
                runs,
                level,
                smb1,
                serves,
                wall,
                agent_blocks,
            },
        )
}

/// A machine that stays as it is, and on which nothing waits for a restart.
fn unchanged() -> impl Strategy<Value = History> {
    any_world().prop_map(|before| History {
        before: World {
            waits: false,
            ..before
        },
        change: Change::Nothing,
        day: 1,
    })
}

fn any_history() -> impl Strategy<Value = History> {
    let change = prop_oneof![
        Just(Change::Nothing),
        select(vec![Level::SecurityOnly, Level::March, Level::May]).prop_map(Change::Patched),
        Just(Change::Restarted),
        any_world().prop_map(Change::Set),
        any_world().prop_map(Change::Rebuilt),
    ];
    (any_world(), change, 10_i8..24).prop_map(|(before, change, day)| History {
        before,
        change,
        day,
    })
}

/// When things are said: in March, on days of May before, after and on the day of the change, and without a time.
fn any_when() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => select(vec!["", "from 2017-05-21", "2017-03-01"]).prop_map(str::to_owned),
        4 => (1_i8..25, select(vec!["07", "09", "21"]))
            .prop_map(|(day, hour)| format!("2017-05-{day:02}T{hour}:00:00Z")),
    ]
}

/// A machine with how it changes, and true statements about it, each with whether it is kept.
fn said_of(
    history: impl Strategy<Value = History>,
) -> impl Strategy<Value = (History, Vec<(Statement, bool)>)> {
    let words = vec((any_when(), vec(any::<Index>(), 1..4), any::<bool>()), 1..8);
    (history, words).prop_map(|(history, words)| {
        let statements = words.into_iter().map(|(when, picks, stays)| {
            let mut statement = said("serial=5CG1234XYZ", &when, []);
            let facts = history.facts(&when);
            for pick in picks {
                let (method, fact) = pick.get(&facts).clone();
                statement.observe(method, fact);
            }
            (statement, stays)
        });
        (history, statements.collect())
    })
}

/// What is found at a moment. What waits for a restart is told by an update service of its own, which tells it from what is in
/// effect; the lists of others do not.
fn findings(as_of: &str, mut statements: Vec<Statement>) -> Option<Vec<Finding>> {
    let mut of_service = statements.clone();
    for (kept, waiting) in [(&mut statements, false), (&mut of_service, true)] {
        for statement in kept.iter_mut() {
            statement
                .observed
                .retain(|observed| is_of_service(&observed.fact) == waiting);
        }
    }
    let service = of_family("update service", export("b.csv", of_service));
    let estate = resolve_as_of(as_of, [export("a.xml", statements), service]);
    let (id, _) = estate.hosts().next()?;
    let asked = QUESTIONS.iter();
    Some(asked.map(|question| estate.assess(id, *question)).collect())
}

/// On the day after the last word, and when much of it is stale.
const AS_OF: [&str; 3] = ["2017-05-25", "2017-07-20", "2018-05-25"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1024) })]

    #[test]
    fn no_settled_verdict_is_wrong_while_every_observation_is_true_at_its_time((history, evidence) in said_of(any_history()), as_of in select(&AS_OF)) {
        let statements: Vec<Statement> = evidence.into_iter().map(|(statement, _)| statement).collect();
        let Some(found) = findings(as_of, statements.clone()) else { return Ok(()) };
        for (question, finding) in QUESTIONS.into_iter().zip(found) {
            if !history.is_known(question, &statements) {
                continue;
            }
            let is = history.now().is_so(question);
            let truth = if is { Truth::Holds } else { Truth::Fails };
            let verdict = finding.verdict;
            prop_assert!(verdict.truth == Truth::Unknown || verdict.truth == truth, "{question:?}: {} ({})", verdict.truth.word(), verdict.reason);
        }
    }

    #[test]
    fn less_of_true_evidence_only_moves_verdicts_towards_unknown((_, evidence) in said_of(unchanged()), as_of in select(&AS_OF)) {
        // Of a machine that changed, what is left may be the word from before: nobody observed the change then. Nor does anybody
        // without the word of an update service know that an update waits.
        let all = findings(as_of, evidence.iter().map(|(statement, _)| statement.clone()).collect());
        let kept = findings(as_of, evidence.into_iter().filter(|(_, stays)| *stays).map(|(statement, _)| statement).collect());
        for (full, part) in all.into_iter().flatten().zip(kept.into_iter().flatten()) {
            let (full, part) = (full.verdict.truth, part.verdict.truth);
            prop_assert!(part == full || part == Truth::Unknown, "{part:?} without what gave {full:?}");
        }
    }
}
