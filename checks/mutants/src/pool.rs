//! Several workers that share a list of requests.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::error::{Error, Result};
use crate::worker::{Answer, Request, Worker};

/// Is told of each request that was answered.
pub type Watch<'a> = &'a (dyn Fn(usize, &[Answer]) + Sync);

/// Answers every request, on `jobs` processes; the answers come in the order of the requests.
///
/// # Errors
/// When a process cannot be started.
pub fn run(
    program: &Path,
    jobs: usize,
    requests: &[Request],
    watch: Watch<'_>,
) -> Result<Vec<Vec<Answer>>> {
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<(usize, Vec<Answer>)>> = Mutex::new(Vec::new());
    let work = || -> Result<()> {
        let mut worker = Worker::new(program);
        // ORDERING: Relaxed: the number is all that is shared.
        while let Some((at, request)) = take(requests, next.fetch_add(1, Relaxed)) {
            let answers = worker.ask(request)?;
            watch(at, &answers);
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.push((at, answers));
        }
        Ok(())
    };
    thread::scope(|scope| {
        let started: Vec<_> = (0..jobs).map(|_| scope.spawn(work)).collect();
        started.into_iter().try_for_each(|thread| {
            let ended = thread.join();
            ended.unwrap_or_else(|_| Err(Error("a worker panicked".to_owned())))
        })
    })?;
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|(at, _)| *at);
    Ok(found.into_iter().map(|(_, answers)| answers).collect())
}

fn take(requests: &[Request], at: usize) -> Option<(usize, &Request)> {
    Some((at, requests.get(at)?))
}
