//! One round's results, but for what outbreaks cost.

use jiff::Timestamp;
use wardround_evidence::{
    Address, Audience, Digest, HostName, IdentifierKind, NetworkName, OrganisationName, SourcePath,
    Truth,
};

use super::{EntryLine, Losses, Overconfidence, Saved, VarianceSplit, WaysIn, WholeService};

/// One round's results.
#[derive(Clone, Debug)]
pub struct Review {
    /// How this page came to be.
    pub made: Made,
    /// How many machines, and how each question about them is settled.
    pub tally: Tally,
    /// One answer for each threat; the one that takes most comes first.
    pub answers: Vec<Answer>,
    /// How the sources' counts become ours.
    pub reconciliation: Reconciliation,
    /// What to do first, best first, at most three.
    pub to_do: Vec<Advice>,
    /// What to find out first, best first, at most three.
    pub to_find_out: Vec<Advice>,
    /// Claims against evidence.
    pub claims: Vec<ClaimLine>,
    /// What those that do not stand would be worth; none where all stand or nothing was sampled.
    pub overconfidence: Option<Overconfidence>,
    /// Verdicts with their whole chains.
    pub samples: Vec<SampleVerdict>,
    /// Numbers that no evidence gave.
    pub assumptions: Vec<Assumption>,
    /// The numbers behind what services lose; none where the estate has no services.
    pub service_numbers: Vec<Assumption>,
    /// What the short names stand for with which their sources begin.
    pub service_references: Vec<String>,
    /// What the answer leaves out, a sentence each.
    pub not_modelled: Vec<String>,
    /// The files that were understood.
    pub sources: Vec<SourceLine>,
    /// The files that nobody recognised.
    pub unrecognised: Vec<UnrecognisedLine>,
    /// The files of which nothing could be used.
    pub refused: Vec<Refusal>,
    /// Sentences about the estate's shape: what was assumed for want of a description, contradictions in it.
    pub estate_notes: Vec<String>,
}

/// How a page came to be.
#[derive(Clone, Debug)]
pub struct Made {
    /// The program's version.
    pub version: String,
    /// The random seed.
    pub seed: u64,
    /// For whom the page is.
    pub audience: Audience,
    /// The command that makes it again, with `FOLDER` for the folder.
    pub command: String,
    /// The moment it speaks of.
    pub as_of: Timestamp,
    /// Whether that moment is the newest observation's (else it was given).
    pub as_of_newest: bool,
    /// The oldest and newest dated evidence.
    pub evidence_span: Option<(Timestamp, Timestamp)>,
    /// The user's own handling line, e.g. a protective marking.
    pub handling: Option<String>,
    /// The scenario in one sentence.
    pub scenario: String,
    /// The hour of the week at which its outbreaks begin, from 0 (Monday 00:00) to below 168; a threat whose people dwell inside
    /// begins to spread that much later.
    pub start_hour_of_week: f64,
    /// Its first infection, as the words that follow *If*: `one office PC is infected`.
    pub entry: String,
}

/// How many machines, and how each question is settled.
#[derive(Clone, Debug)]
pub struct Tally {
    /// Machines.
    pub hosts: u32,
    /// Organisations.
    pub organisations: u32,
    /// Networks, and how many of them were assumed for want of a description.
    pub networks: u32,
    /// See [`Self::networks`].
    pub networks_assumed: u32,
    /// Machines that two or more kinds of source speak of.
    pub seen_twice: u32,
    /// An estimate of machines in no source at all, with its 90 % interval, where overlap allows one.
    pub unseen_estimate: Option<Interval>,
    /// Each question that was asked of every machine.
    pub verdicts: Vec<VerdictCount>,
    /// Of all `holds` verdicts, the share (0 to 1) that rests on one machine's word about itself.
    pub holds_self_reported: Option<f64>,
}

/// One question's verdicts over all machines.
#[derive(Clone, Debug)]
pub struct VerdictCount {
    /// The safeguard, as a phrase: `the SMB hole of March 2017 is closed`.
    pub question: String,
    /// How many hold, fail, are unknown.
    pub settled: Settled,
    /// How many are disputed (part of unknown).
    pub disputed: u32,
    /// Why unknown, most frequent first: reason and count.
    pub unknown_reasons: Vec<(String, u32)>,
}

/// Counts of the three values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// The safeguard is there.
    pub holds: u32,
    /// It is not.
    pub fails: u32,
    /// Nothing settles it.
    pub unknown: u32,
}

/// What one threat would do.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The threat's short name, e.g. `wannacry`.
    pub threat: String,
    /// Its title for people.
    pub title: String,
    /// Whether no such worm is known: the page says *hypothetical*.
    pub hypothetical: bool,
    /// What it is, one or two plain sentences.
    pub about: String,
    /// Machines that it could take (`fails`), could not (`holds`), or nobody can tell.
    pub open: Settled,
    /// With unknowns drawn from what is known of their like: the headline.
    pub drawn: Spread,
    /// With every unknown against us.
    pub against: Spread,
    /// With every unknown for us.
    pub in_favour: Spread,
    /// The share (0 to 1) of the machines taken in the drawn answer whose state was assumed, not evidenced.
    pub assumed_share: Option<f64>,
    /// The share (0 to 1) of the variance of the number taken that comes from not knowing the estate and the threat's
    /// parameters; the rest is chance.
    pub world_variance_share: Option<f64>,
    /// What makes outbreaks differ; none where all take as many.
    pub variance: Option<VarianceSplit>,
    /// Organisations, worst first.
    pub organisations: Vec<OrganisationLine>,
    /// Where most outbreaks began and what those took, in the order of organisations.
    pub entries: Vec<EntryLine>,
    /// Networks that it crosses between, most used first, at most ten.
    pub crossings: Vec<Crossing>,
    /// Machines that matter most, at most ten.
    pub hosts: Vec<HostLine>,
    /// What its outbreaks cost, with unknowns drawn.
    pub losses: Losses,
    /// What they do to organisations; none where fewer than two are described.
    pub whole_service: Option<WholeService>,
    /// Who attributed it to whom, when and how surely; empty for hypothetical ones.
    pub attributions: Vec<Attribution>,
    /// Where its parameters come from, a line each.
    pub references: Vec<String>,
}

/// One statement of who is behind a threat.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// When it was said, as exactly as it is known: `2017`, `2017-12` or `2017-12-19`; none for what goes on being said.
    pub date: Option<String>,
    /// Who says so.
    pub who: String,
    /// Whom they name.
    pub to: String,
    /// How surely.
    pub confidence: Confidence,
    /// What they say, in a sentence of ours.
    pub words: String,
    /// Where it can be read.
    pub source: String,
}

/// How surely an attribution is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// High confidence, *highly likely* or *almost certain*.
    High,
    /// Moderate confidence.
    Moderate,
    /// Low confidence.
    Low,
    /// Said without saying how surely.
    Stated,
    /// Charged before a court, which has not decided.
    Charged,
    /// Found by a court, or admitted there.
    Convicted,
    /// Denied.
    Denied,
}

/// A distribution of outbreaks under one scenario.
#[derive(Clone, Debug)]
pub struct Spread {
    /// Outbreaks simulated.
    pub replicates: u32,
    /// Machines in the estate.
    pub hosts: u32,
    /// An outbreak below this many machines has died out.
    pub dies_out_below: u32,
    /// Share (0 to 1) of outbreaks that died out.
    pub dies_out: f64,
    /// Its Monte Carlo standard error.
    pub dies_out_error: f64,
    /// Machines taken where it did not die out: 5 %, 50 %, 95 %; none when all died out.
    pub taken: Option<Interval>,
    /// Mean machines taken over all outbreaks, and its Monte Carlo standard error.
    pub mean_taken: f64,
    /// See [`Self::mean_taken`].
    pub mean_taken_error: f64,
    /// Machines taken by hour over the outbreaks that did not die out; empty when all died out.
    pub fan: Vec<FanPoint>,
}

/// A 90 % predictive interval with its median.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The 5 % quantile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 95 % quantile.
    pub high: f64,
}

/// Machines taken by one hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FanPoint {
    /// Hours since the beginning of the outbreak: its first infection, once any dwell is over; where none is placed inside, when
    /// the internet begins to press in.
    pub hour: f64,
    /// 5, 25, 50, 75 and 95 % quantiles.
    pub quantiles: [f64; 5],
}

/// One organisation under one threat.
#[derive(Clone, Debug)]
pub struct OrganisationLine {
    /// Its name; none for machines that no organisation claims.
    pub organisation: Option<OrganisationName>,
    /// Machines.
    pub hosts: u32,
    /// How open they are.
    pub open: Settled,
    /// Share (0 to 1) of outbreaks that reach it.
    pub reached: f64,
    /// Machines taken where it is reached, with 5 % and 95 % quantiles.
    pub taken: Option<Interval>,
    /// Median hour of its first infection where it is reached.
    pub first_hour: Option<f64>,
    /// What that infection comes through; none where it is never reached.
    pub ways_in: Option<WaysIn>,
}

/// A way that the worm takes from network to network.
#[derive(Clone, Debug)]
pub struct Crossing {
    /// From.
    pub from: NetworkName,
    /// Its organisation.
    pub from_organisation: Option<OrganisationName>,
    /// To.
    pub to: NetworkName,
    /// Its organisation.
    pub to_organisation: Option<OrganisationName>,
    /// Share (0 to 1) of outbreaks that use it.
    pub used: f64,
    /// Whether reach here is known, or drawn from a prior.
    pub evidenced: bool,
}

/// A machine as people know it.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Its best name.
    pub name: Option<HostName>,
    /// An address of it.
    pub address: Option<Address>,
    /// Its organisation.
    pub organisation: Option<OrganisationName>,
    /// Its network.
    pub network: Option<NetworkName>,
    /// What it runs, in our words: `Windows 7`.
    pub system: String,
}

/// A machine that matters.
#[derive(Clone, Debug)]
pub struct HostLine {
    /// The machine.
    pub subject: Subject,
    /// Whether it is open to the threat.
    pub truth: Truth,
    /// Share (0 to 1) of outbreaks in which it falls. Being infected by the scenario at the beginning counts, at hour 0.
    pub falls: f64,
    /// Mean machines that it infects itself, over all outbreaks.
    pub passes_on: f64,
    /// The mean hour of its fall, counted from the beginning of the outbreak, where it falls.
    pub mean_hour: Option<f64>,
}

/// How the sources' counts become ours.
#[derive(Clone, Debug)]
pub struct Reconciliation {
    /// Machines by kind of source.
    pub by_source: Vec<SourceCount>,
    /// What we count.
    pub hosts: u32,
    /// Machines that were counted by more than one source or more than once: how many such doubles were merged.
    pub merged: u32,
    /// Of those, how many each kind of identifier joined, strongest kind first; may be empty.
    pub merged_by: Vec<(IdentifierKind, u32)>,
    /// Pairs that might be one machine and were kept apart.
    pub unsure: Vec<UnsurePair>,
    /// How many unsure pairs there are in all.
    pub unsure_total: u32,
    /// Identifiers that were not believed: kind, why, how many.
    pub disqualified: Vec<(IdentifierKind, String, u32)>,
}

/// How many machines one kind of source speaks of.
#[derive(Clone, Debug)]
pub struct SourceCount {
    /// The kind in words: `Microsoft Defender`.
    pub source: String,
    /// Distinct machines by that source's own identifiers.
    pub machines: u32,
    /// Machines that no other kind of source knows.
    pub only_here: u32,
}

/// Two machines that might be one.
#[derive(Clone, Debug)]
pub struct UnsurePair {
    /// One.
    pub first: Subject,
    /// The other.
    pub second: Subject,
    /// What they share and what keeps them apart.
    pub why: String,
}

/// One thing to do or to find out.
#[derive(Clone, Debug)]
pub struct Advice {
    /// What, as an instruction that holds no name below an organisation's.
    pub what: String,
    /// The team that owns it.
    pub owner: Option<OrganisationName>,
    /// Machines concerned.
    pub hosts: u32,
    /// The first of them, for the team.
    pub examples: Vec<Subject>,
    /// The answer with it done (or settled in our favour), on the leading threat.
    pub with_it: Option<Spread>,
    /// The same outbreaks without it, or where it turns out badly.
    pub without_it: Option<Spread>,
    /// Machines spared over all outbreaks.
    pub spared: Option<Spared>,
    /// What is not lost after all.
    pub saved: Option<Saved>,
    /// A caution, e.g. agreement with clinical engineering.
    pub caution: Option<String>,
}

/// How many machines one world spares that another one loses, on the same draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spared {
    /// The mean over all outbreaks; less than nought where it costs more.
    pub mean: f64,
    /// Its Monte Carlo standard error.
    pub error: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
    /// How many times as many outbreaks would be needed for the same error, were the worlds drawn independently; none where
    /// the difference never varies.
    pub variance_reduction: Option<f64>,
}

/// A claim against the evidence.
#[derive(Clone, Debug)]
pub struct ClaimLine {
    /// Who claims.
    pub organisation: OrganisationName,
    /// What, in words.
    pub claim: String,
    /// The same in our own words alone; none where `claim` quotes no file.
    pub claim_unquoted: Option<String>,
    /// Since when.
    pub claimed_on: Timestamp,
    /// What the evidence says.
    pub word: ClaimWord,
    /// The verdicts behind it.
    pub settled: Settled,
}

/// What the evidence says of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimWord {
    /// Every machine in scope holds, or as many as the claim promises.
    Verified,
    /// Too many fail for the claim to be true.
    Refuted,
    /// Neither.
    Unsupported,
    /// No machine can settle it.
    Attested,
    /// Nothing is in its scope.
    NotApplicable,
}

/// A verdict with its whole chain.
#[derive(Clone, Debug)]
pub struct SampleVerdict {
    /// Of which machine.
    pub subject: Subject,
    /// The safeguard, as a phrase.
    pub question: String,
    /// The answer.
    pub truth: Truth,
    /// Why, in one sentence.
    pub reason: String,
    /// Why this one is shown: `the machine that matters most`.
    pub chosen_because: String,
    /// The observations, deciding one first.
    pub chain: Vec<ChainLink>,
}

/// One observation behind a verdict.
#[derive(Clone, Debug)]
pub struct ChainLink {
    /// What was seen, in words that hold no name.
    pub what: String,
    /// The same in our own words alone; none where `what` quotes no file.
    pub what_unquoted: Option<String>,
    /// For or against the safeguard; `Unknown` when it only explains.
    pub speaks_for: Truth,
    /// The method, in words.
    pub method: &'static str,
    /// When.
    pub when: Option<Timestamp>,
    /// The file.
    pub path: SourcePath,
    /// The place in it, in words.
    pub position: String,
    /// The file's digest.
    pub digest: Digest,
    /// Whether the file may speak for this machine's organisation.
    pub authorised: bool,
}

/// A number that no evidence gave.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// What it is.
    pub what: String,
    /// Its value or range, with its unit.
    pub value: String,
    /// On what it stands.
    pub basis: Basis,
    /// The source or the working.
    pub source: String,
}

/// On what a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A source states it.
    Sourced,
    /// It follows from sourced numbers.
    Derived,
    /// Neither.
    Assumed,
}

/// A file that was understood.
#[derive(Clone, Debug)]
pub struct SourceLine {
    /// Where it lay.
    pub path: SourcePath,
    /// What it is.
    pub title: String,
    /// The tool that wrote it.
    pub tool: Option<String>,
    /// When it was taken.
    pub taken_at: Option<Timestamp>,
    /// SHA-256 of its unpacked bytes.
    pub digest: Digest,
    /// Machines and rows that it speaks of.
    pub records: u64,
    /// Records that could not be read: how many, and the first few with their places.
    pub skipped: u64,
    /// See [`Self::skipped`].
    pub skipped_examples: Vec<String>,
    /// Why it is not whole, if it is not.
    pub cut: Option<String>,
    /// Who it may speak for; none means everyone.
    pub speaks_for: Option<Vec<OrganisationName>>,
    /// What else its reader says.
    pub notes: Vec<String>,
}

/// A file that nobody recognised.
#[derive(Clone, Debug)]
pub struct UnrecognisedLine {
    /// Where it lay.
    pub path: SourcePath,
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A file of which nothing could be used.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Where it lay.
    pub path: SourcePath,
    /// What is wrong with it.
    pub reason: String,
}
