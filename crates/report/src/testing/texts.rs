//! Reaches every text and every name of a review, so that a test can put anything into all of them.

use wardround_evidence::{HostName, NetworkName, OrganisationName, ServiceName, SourcePath};

use crate::{
    ActivityLosses, Advice, Answer, Attribution, InCommon, Losses, Review, ServiceLosses, Subject,
    WholeService,
};

/// Puts `hostile` into every text and every name of `review`.
pub(crate) fn plant(review: &mut Review, hostile: &str) {
    for_each_text(review, &mut |text| *text = hostile.to_owned());
    spread_names(review, hostile, true);
}

/// Puts `planted` into every name of `review`; into organisations' only if `organisations`.
pub(crate) fn spread_names(review: &mut Review, planted: &str, organisations: bool) {
    for_each_name(review, &mut |name| match name {
        Name::Host(name) => *name = HostName::new(planted),
        Name::Network(name) => *name = NetworkName::new(planted),
        Name::Organisation(name) if organisations => *name = OrganisationName::new(planted),
        Name::Organisation(_) => {}
        Name::Service(name) => *name = ServiceName::new(planted),
        Name::Path(name) => *name = SourcePath::new(planted),
    });
}

/// A name of any kind.
enum Name<'a> {
    Host(&'a mut HostName),
    Network(&'a mut NetworkName),
    Organisation(&'a mut OrganisationName),
    Service(&'a mut ServiceName),
    Path(&'a mut SourcePath),
}

/// Every free text. Destructuring without `..` makes a new field fail here until someone decides about it.
pub(crate) fn for_each_text(review: &mut Review, visit: &mut dyn FnMut(&mut String)) {
    let Review {
        made,
        tally,
        answers,
        reconciliation,
        to_do,
        to_find_out,
        claims,
        overconfidence,
        samples,
        assumptions,
        service_numbers,
        service_references,
        not_modelled,
        sources,
        unrecognised: _,
        refused,
        estate_notes,
    } = review;
    visit(&mut made.version);
    visit(&mut made.command);
    visit(&mut made.scenario);
    visit(&mut made.entry);
    made.handling.iter_mut().for_each(&mut *visit);
    for count in &mut tally.verdicts {
        visit(&mut count.question);
        count
            .unknown_reasons
            .iter_mut()
            .for_each(|(reason, _)| visit(reason));
    }
    answers
        .iter_mut()
        .for_each(|answer| answer_texts(answer, visit));
    for count in &mut reconciliation.by_source {
        visit(&mut count.source);
    }
    for pair in &mut reconciliation.unsure {
        visit(&mut pair.first.system);
        visit(&mut pair.second.system);
        visit(&mut pair.why);
    }
    reconciliation
        .disqualified
        .iter_mut()
        .for_each(|(_, why, _)| visit(why));
    for advice in to_do.iter_mut().chain(to_find_out) {
        advice_texts(advice, visit);
    }
    for claim in claims {
        visit(&mut claim.claim);
        claim.claim_unquoted.iter_mut().for_each(&mut *visit);
    }
    if let Some(found) = overconfidence {
        for priced in [&mut found.refuted, &mut found.unsupported] {
            for line in priced.saved.iter_mut().flat_map(|saved| &mut saved.units) {
                visit(&mut line.activity);
            }
        }
    }
    for sample in samples {
        visit(&mut sample.subject.system);
        visit(&mut sample.question);
        visit(&mut sample.reason);
        visit(&mut sample.chosen_because);
        for link in &mut sample.chain {
            visit(&mut link.what);
            link.what_unquoted.iter_mut().for_each(&mut *visit);
            visit(&mut link.position);
        }
    }
    for assumption in assumptions.iter_mut().chain(service_numbers) {
        visit(&mut assumption.what);
        visit(&mut assumption.value);
        visit(&mut assumption.source);
    }
    service_references.iter_mut().for_each(&mut *visit);
    not_modelled.iter_mut().for_each(&mut *visit);
    for source in sources {
        source.tool.iter_mut().for_each(&mut *visit);
        source.cut.iter_mut().for_each(&mut *visit);
        source.skipped_examples.iter_mut().for_each(&mut *visit);
        source.notes.iter_mut().for_each(&mut *visit);
    }
    for refusal in refused {
        visit(&mut refusal.reason);
    }
    estate_notes.iter_mut().for_each(&mut *visit);
}

fn answer_texts(answer: &mut Answer, visit: &mut dyn FnMut(&mut String)) {
    visit(&mut answer.threat);
    visit(&mut answer.title);
    visit(&mut answer.about);
    answer
        .hosts
        .iter_mut()
        .for_each(|line| visit(&mut line.subject.system));
    for row in &mut answer.attributions {
        let Attribution {
            date,
            who,
            to,
            confidence: _,
            words,
            source,
        } = row;
        date.iter_mut().for_each(&mut *visit);
        [who, to, words, source].into_iter().for_each(&mut *visit);
    }
    answer.references.iter_mut().for_each(&mut *visit);
    losses_texts(&mut answer.losses, visit);
    answer
        .entries
        .iter_mut()
        .for_each(|line| visit(&mut line.kind));
    if let Some(whole) = &mut answer.whole_service {
        let WholeService {
            all: _,
            kinds,
            groups: _,
            pairs: _,
        } = whole;
        kinds.iter_mut().for_each(|(kind, _)| visit(kind));
    }
}

fn losses_texts(losses: &mut Losses, visit: &mut dyn FnMut(&mut String)) {
    let Losses {
        days: _,
        weekdays: _,
        strikes: _,
        cuts: _,
        warned: _,
        described: _,
        by_default: _,
        numbers: _,
        activities,
        ends,
        organisations: _,
        services,
        worth_gbp: _,
        worth_by_day_gbp: _,
        worth_by_day_if_any_gbp: _,
        worth_of_precautions_gbp: _,
        costs_nothing: _,
        curve_gbp: _,
        diverting: _,
        outbreaks_if_any: _,
        notes,
    } = losses;
    for ActivityLosses { activity, .. } in activities {
        visit(activity);
    }
    for (activity, _) in &mut ends.activities {
        visit(activity);
    }
    for ServiceLosses { activity, .. } in services {
        visit(activity);
    }
    notes.iter_mut().for_each(&mut *visit);
}

fn advice_texts(advice: &mut Advice, visit: &mut dyn FnMut(&mut String)) {
    visit(&mut advice.what);
    advice.caution.iter_mut().for_each(&mut *visit);
    for line in advice.saved.iter_mut().flat_map(|saved| &mut saved.units) {
        visit(&mut line.activity);
    }
    advice
        .examples
        .iter_mut()
        .for_each(|subject| visit(&mut subject.system));
}

fn for_each_name(review: &mut Review, visit: &mut dyn FnMut(Name<'_>)) {
    for answer in &mut review.answers {
        for line in &mut answer.organisations {
            let from = line.ways_in.iter_mut().flat_map(|ways| &mut ways.from);
            line.organisation
                .iter_mut()
                .chain(from.map(|(name, _)| name))
                .for_each(|name| visit(Name::Organisation(name)));
        }
        for line in &mut answer.entries {
            line.organisation
                .iter_mut()
                .for_each(|name| visit(Name::Organisation(name)));
        }
        for crossing in &mut answer.crossings {
            visit(Name::Network(&mut crossing.from));
            visit(Name::Network(&mut crossing.to));
            let owners = [
                &mut crossing.from_organisation,
                &mut crossing.to_organisation,
            ];
            owners
                .into_iter()
                .flatten()
                .for_each(|name| visit(Name::Organisation(name)));
        }
        answer
            .hosts
            .iter_mut()
            .for_each(|line| subject_names(&mut line.subject, visit));
        for line in &mut answer.losses.organisations {
            line.organisation
                .iter_mut()
                .for_each(|name| visit(Name::Organisation(name)));
        }
        if let Some(whole) = &mut answer.whole_service {
            whole_names(whole, visit);
        }
        for line in &mut answer.losses.services {
            line.organisation
                .iter_mut()
                .for_each(|name| visit(Name::Organisation(name)));
            line.service
                .iter_mut()
                .for_each(|name| visit(Name::Service(name)));
        }
    }
    for pair in &mut review.reconciliation.unsure {
        subject_names(&mut pair.first, visit);
        subject_names(&mut pair.second, visit);
    }
    for advice in review.to_do.iter_mut().chain(&mut review.to_find_out) {
        advice
            .owner
            .iter_mut()
            .for_each(|name| visit(Name::Organisation(name)));
        advice
            .examples
            .iter_mut()
            .for_each(|subject| subject_names(subject, visit));
    }
    for claim in &mut review.claims {
        visit(Name::Organisation(&mut claim.organisation));
    }
    for sample in &mut review.samples {
        subject_names(&mut sample.subject, visit);
        sample
            .chain
            .iter_mut()
            .for_each(|link| visit(Name::Path(&mut link.path)));
    }
    for source in &mut review.sources {
        visit(Name::Path(&mut source.path));
        source
            .speaks_for
            .iter_mut()
            .flatten()
            .for_each(|name| visit(Name::Organisation(name)));
    }
    review
        .unrecognised
        .iter_mut()
        .for_each(|line| visit(Name::Path(&mut line.path)));
    review
        .refused
        .iter_mut()
        .for_each(|line| visit(Name::Path(&mut line.path)));
}

fn whole_names(whole: &mut WholeService, visit: &mut dyn FnMut(Name<'_>)) {
    for group in &mut whole.groups {
        match &mut group.in_common {
            InCommon::Estate => {}
            InCommon::Administrator(owner) => owner
                .iter_mut()
                .for_each(|name| visit(Name::Organisation(name))),
            InCommon::Realm(name) => visit(Name::Network(name)),
            InCommon::Service(service, owner) => {
                service
                    .iter_mut()
                    .for_each(|name| visit(Name::Service(name)));
                owner
                    .iter_mut()
                    .for_each(|name| visit(Name::Organisation(name)));
            }
        }
    }
    for pair in &mut whole.pairs {
        visit(Name::Organisation(&mut pair.first));
        visit(Name::Organisation(&mut pair.second));
    }
}

fn subject_names(subject: &mut Subject, visit: &mut dyn FnMut(Name<'_>)) {
    subject
        .name
        .iter_mut()
        .for_each(|name| visit(Name::Host(name)));
    subject
        .network
        .iter_mut()
        .for_each(|name| visit(Name::Network(name)));
    subject
        .organisation
        .iter_mut()
        .for_each(|name| visit(Name::Organisation(name)));
}
