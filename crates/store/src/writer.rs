//! Group commit without a timer: acts that wait together are made durable together.
//!
//! One task per node takes what is queued, commits it in one transaction, answers each act, and takes
//! what queued meanwhile. A lone act never waits for company; under load the batches grow by themselves.

use std::sync::Arc;

use tokio::sync::{Notify, mpsc, oneshot, watch};

use crate::{Commit, CommitRefusal, Committed, Schema, Store, StoreError, sound};

/// Most acts in one transaction.
pub const BATCH_MAX: usize = 128;
/// Most acts that wait; whoever comes later waits outside the queue.
const QUEUE_MAX: usize = 4096;

/// Why an act was not kept.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WriteError {
    /// It was refused; the caller may decide anew.
    #[error(transparent)]
    Refused(#[from] CommitRefusal),
    /// The store failed. Sending the same command again is safe and tells what became of it.
    #[error("the store failed")]
    Store(#[source] Arc<StoreError>),
    /// The writer is closed: this node is going down.
    #[error("the writer is closed")]
    Closed,
}

struct Waiting {
    act: Commit,
    answer: oneshot::Sender<Result<Committed, WriteError>>,
}

/// The one way to commit on a node. Clones share one queue.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
    schema: Schema,
    closing: Arc<Notify>,
    done: watch::Receiver<bool>,
}

impl Writer {
    /// Starts the writer of `store` on the current runtime. It ends when it is closed, or when its
    /// last clone is gone; either way it first commits what is queued.
    pub fn start(store: Arc<dyn Store>) -> Self {
        let (queue, queued) = mpsc::channel(QUEUE_MAX);
        let (finished, done) = watch::channel(false);
        let closing = Arc::new(Notify::new());
        let schema = store.schema();
        let task = Task { store, queued, closing: Arc::clone(&closing) };
        tokio::spawn(async move {
            task.run().await;
            finished.send_replace(true);
        });
        Self { queue, schema, closing, done }
    }

    /// Commits `act` and returns once it is durable. Once it is queued it completes even if the caller
    /// goes away.
    ///
    /// # Errors
    /// [`WriteError`]: refused, failed, or the writer is closed.
    pub async fn commit(&self, act: Commit) -> Result<Committed, WriteError> {
        sound::act(&self.schema, &act).map_err(failed)?;
        let (answer, answered) = oneshot::channel();
        self.queue.send(Waiting { act, answer }).await.map_err(|_| WriteError::Closed)?;
        answered.await.unwrap_or(Err(WriteError::Closed))
    }

    /// Takes no more acts, and returns when those that are queued are committed.
    pub async fn close(&self) {
        self.closing.notify_one();
        // An error means that the task is gone, which is what is waited for.
        let _ = self.done.clone().wait_for(|done| *done).await;
    }
}

struct Task {
    store: Arc<dyn Store>,
    queued: mpsc::Receiver<Waiting>,
    closing: Arc<Notify>,
}

impl Task {
    async fn run(mut self) {
        let mut batch = Vec::with_capacity(BATCH_MAX);
        loop {
            tokio::select! {
                biased;
                () = self.closing.notified() => self.queued.close(),
                taken = self.queued.recv_many(&mut batch, BATCH_MAX) => {
                    if taken == 0 {
                        return;
                    }
                    self.settle(std::mem::take(&mut batch)).await;
                }
            }
        }
    }

    async fn settle(&self, batch: Vec<Waiting>) {
        let (acts, answers): (Vec<_>, Vec<_>) = batch.into_iter().map(|Waiting { act, answer }| (act, answer)).unzip();
        let outcome = self.outcome(acts).await;
        for (answer, result) in answers.into_iter().zip(outcome) {
            // A caller that went away wants no answer; its act is committed all the same.
            let _ = answer.send(result);
        }
    }

    async fn outcome(&self, acts: Vec<Commit>) -> Vec<Result<Committed, WriteError>> {
        if let [act] = &acts[..] {
            return vec![self.alone(act).await];
        }
        match self.store.commit(&acts).await {
            Ok(answers) => answers.into_iter().map(|answer| Ok(answer?)).collect(),
            Err(_) => self.one_by_one(&acts).await,
        }
    }

    /// Commits each act by itself after their batch failed, so that one that can't be kept does not
    /// take the others with it. Commands are idempotent, so nothing can happen twice. Two failures in
    /// a row mean that the store is down: the rest is not tried.
    async fn one_by_one(&self, acts: &[Commit]) -> Vec<Result<Committed, WriteError>> {
        let mut outcome = Vec::with_capacity(acts.len());
        for act in acts {
            let down = match outcome.as_slice() {
                [.., Err(WriteError::Store(_)), Err(WriteError::Store(last))] => Some(last.clone()),
                _ => None,
            };
            outcome.push(match down {
                Some(why) => Err(WriteError::Store(why)),
                None => self.alone(act).await,
            });
        }
        outcome
    }

    async fn alone(&self, act: &Commit) -> Result<Committed, WriteError> {
        let mut answers = self.store.commit(std::slice::from_ref(act)).await.map_err(failed)?;
        Ok(answers.pop().expect("a store answers every act")?)
    }
}

fn failed(why: StoreError) -> WriteError {
    WriteError::Store(Arc::new(why))
}
