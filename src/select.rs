//! From names on the command line to what they name.

use checks::faults::{self, Fault};
use checks::job::Job;
use checks::orderings::{self, Site};
use checks::registry;
use checks::searches::Settings;
use checks::worlds;
use reports::plan::{STACK, World};

use crate::checkpoints;
use crate::cli::Check;
use crate::nearest;
use crate::stop::Stop;

/// The jobs that a `check` asks for.
pub(crate) fn jobs(arguments: &Check) -> Result<Vec<Job>, Stop> {
    let mut jobs = if arguments.resume.is_empty() {
        selected(arguments)?
    } else {
        checkpoints::jobs(&arguments.resume, arguments.common.time())?
    };
    share(&mut jobs, arguments.common.workers());
    for job in &mut jobs {
        job.settings.stack = arguments
            .stack_size
            .map_or(STACK, |kib| kib as usize * 1024);
    }
    Ok(jobs)
}

/// Workers that have no scenario of their own help with the others', where the checker can divide its work.
fn share(jobs: &mut [Job], workers: usize) {
    let divisible = |job: &&mut Job| job.world == World::Graph;
    let rows = jobs.iter_mut().filter(divisible).count();
    for job in jobs.iter_mut().filter(divisible) {
        job.settings.jobs = (workers / rows).max(1);
    }
}

/// The scenarios that match, in the worlds that are meant.
fn selected(arguments: &Check) -> Result<Vec<Job>, Stop> {
    refuse_idle_options(arguments)?;
    let settings = settings(arguments)?;
    let filter = filter(arguments, &settings)?;
    let mut jobs = Vec::new();
    for world in worlds(arguments, &settings)? {
        for scenario in registry::matching(world, &filter) {
            let settings = settings.clone();
            jobs.push(Job {
                scenario,
                world,
                settings,
            });
        }
    }
    if jobs.is_empty() {
        let names = worlds::scenarios(World::Graph).into_iter();
        let meant = nearest::hint(&filter, names.map(|scenario| scenario.name));
        return Err(Stop::usage(format_args!(
            "no scenario matches `{filter}`; {meant}`raddle check --list` names them"
        )));
    }
    jobs.sort_by_key(|job| (job.scenario.pillar, job.scenario.name, job.world));
    Ok(jobs)
}

fn settings(arguments: &Check) -> Result<Settings, Stop> {
    Ok(Settings {
        budget: arguments.common.time(),
        preemptions: arguments.preemptions.map(usize::from),
        complete: arguments.complete,
        stale_reads: arguments.stale_reads.map(usize::from),
        shard: arguments.shard,
        fault: arguments
            .fault
            .as_deref()
            .map(fault)
            .transpose()?
            .map(|fault| fault.name),
        weaken: arguments
            .weaken
            .as_deref()
            .map(site)
            .transpose()?
            .map(|site| site.name),
        ..Settings::default()
    })
}

/// What the filter says, or else the scenario that the fault or the site names.
fn filter(arguments: &Check, settings: &Settings) -> Result<String, Stop> {
    if let Some(filter) = &arguments.filter {
        return Ok(filter.clone());
    }
    if let Some(name) = settings.fault {
        return Ok(fault(name)?.scenario.to_owned());
    }
    match settings
        .weaken
        .map(site)
        .transpose()?
        .map(|site| site.shown)
    {
        Some(shown) => Ok(shown.by().unwrap_or_default().to_owned()),
        None => Ok(String::new()),
    }
}

/// An option that means nothing in the worlds that are meant is a mistake.
fn refuse_idle_options(arguments: &Check) -> Result<(), Stop> {
    let worlds = arguments.world.list();
    if arguments.shard.is_some() && worlds != [World::Graph] {
        return Err(Stop::usage(
            "only the graph checker divides its work; use --shard with --world graph",
        ));
    }
    if arguments.stale_reads.is_some() && !worlds.contains(&World::Graph) {
        return Err(Stop::usage(
            "--stale-reads bounds the graph checker only; use it with --world graph",
        ));
    }
    if arguments.stack_size.is_some() && !worlds.contains(&World::Graph) {
        return Err(Stop::usage(
            "--stack-size is for the graph checker only; use it with --world graph",
        ));
    }
    if arguments.complete && !worlds.contains(&World::Loom) {
        return Err(Stop::usage(
            "--complete is for loom only; use it with --world loom",
        ));
    }
    let bounded = [World::Graph, World::Loom]
        .iter()
        .any(|world| worlds.contains(world));
    if arguments.preemptions.is_some() && !bounded {
        return Err(Stop::usage(
            "--preemptions is for the graph checker and loom; use it with --world graph or --world loom",
        ));
    }
    Ok(())
}

/// Nothing can be broken on purpose natively.
fn worlds(arguments: &Check, settings: &Settings) -> Result<Vec<World>, Stop> {
    let mut worlds = arguments.world.list();
    if settings.fault.is_some() || settings.weaken.is_some() {
        worlds.retain(|world| *world != World::Native);
        if worlds.is_empty() {
            return Err(Stop::usage(
                "faults and weakened sites are not compiled in natively; use --world graph, loom or shuttle",
            ));
        }
    }
    Ok(worlds)
}

/// The fault of this name.
pub(crate) fn fault(name: &str) -> Result<&'static Fault, Stop> {
    faults::all()
        .find(|fault| fault.name == name)
        .ok_or_else(|| {
            let meant = nearest::hint(name, faults::all().map(|known| known.name));
            Stop::usage(format_args!(
                "no fault is called `{name}`; {meant}`raddle faults --list` names them"
            ))
        })
}

/// The ordering site of this name.
pub(crate) fn site(name: &str) -> Result<&'static Site, Stop> {
    orderings::all()
        .find(|site| site.name == name)
        .ok_or_else(|| {
            let meant = nearest::hint(name, orderings::all().map(|known| known.name));
            Stop::usage(format_args!(
                "no ordering site is called `{name}`; {meant}`raddle orderings --list` names them"
            ))
        })
}

#[cfg(test)]
mod tests {
    use checks::job::Job;
    use checks::searches::Settings;
    use checks::worlds;
    use reports::plan::World::{self, Graph, Loom};

    use super::share;

    fn shared(worlds: &[World], workers: usize) -> Vec<usize> {
        let job = |world: &World| Job {
            scenario: worlds::scenarios(*world)[0],
            world: *world,
            settings: Settings::default(),
        };
        let mut jobs: Vec<Job> = worlds.iter().map(job).collect();
        share(&mut jobs, workers);
        jobs.iter().map(|job| job.settings.jobs).collect()
    }

    #[test]
    fn workers_without_a_scenario_help_the_graph_checker() {
        assert_eq!(shared(&[Graph], 8), [8]);
        assert_eq!(shared(&[Graph, Loom], 8), [8, 1]);
        assert_eq!(shared(&[Graph, Graph, Graph], 8), [2, 2, 2]);
        assert_eq!(shared(&[Graph, Graph, Graph], 2), [1, 1, 1]);
        assert_eq!(shared(&[Loom], 8), [1]);
    }
}
