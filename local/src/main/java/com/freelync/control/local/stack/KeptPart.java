package com.freelync.control.local.stack;

import com.freelync.control.local.process.Ending;
import com.freelync.control.local.process.ProcessLedger;
import com.freelync.control.local.stack.PartStatus.State;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One part: started, watched, and started again with growing pauses when it ends unasked. */
final class KeptPart {
  private final String name;
  private final Running.Start start;
  private final ProcessLedger ledger;
  private final Progress progress;
  private final Runnable changed;
  private final Backoff backoff = new Backoff();

  private volatile PartStatus status;
  private volatile boolean ending;
  private volatile @Nullable Running running;
  private volatile @Nullable ProcessHandle process;
  private volatile long readySince;

  KeptPart(
      String name, Running.Start start, ProcessLedger ledger, Progress progress, Runnable changed) {
    this.name = name;
    this.start = start;
    this.ledger = ledger;
    this.progress = progress;
    this.changed = changed;
    this.status = new PartStatus(name, State.WAITING, null, 0, null);
  }

  String name() {
    return name;
  }

  PartStatus status() {
    return status;
  }

  /** Starts it for the first time and returns when it is ready. */
  void start() throws PartFailed {
    double begun = progress.seconds();
    startOnce();
    progress.say(
        String.format(Locale.ROOT, "%s is ready (%.1f s)", name, progress.seconds() - begun));
  }

  /** Told by whoever starts the process, as soon as there is one. */
  void hasProcess(ProcessHandle started) {
    process = started;
    ledger.record(name, started);
    become(State.STARTING, null);
    if (ending) {
      started.destroy();
    }
  }

  /** Asks the readiness probe and notes a change. */
  void look() {
    Running now = running;
    if (now == null || now.probe() == null || ending) {
      return;
    }
    boolean isReady = Readiness.answers(now.probe());
    State state = status.state();
    if (isReady && state == State.UNREADY) {
      become(State.READY, null);
    } else if (!isReady && state == State.READY && now.process().isAlive()) {
      become(State.UNREADY, "does not answer " + now.probe());
    }
  }

  /** Ends it and does not start it again. */
  void end() {
    ending = true;
    Running now = running;
    ProcessHandle left = process;
    if (now != null) {
      now.end().run();
    } else if (left != null) {
      Ending.end(left, Duration.ofSeconds(10));
    }
    process = null;
    become(State.STOPPED, null);
  }

  private void startOnce() throws PartFailed {
    if (ending) {
      throw new PartFailed(name, "is being stopped");
    }
    become(State.STARTING, null);
    try {
      Running started = start.start(this);
      running = started;
      process = started.process();
      ledger.record(name, started.process());
      readySince = System.nanoTime();
      become(State.READY, null);
      var unused = started.process().onExit().thenRunAsync(this::ended, KeptPart::inBackground);
    } catch (PartFailed e) {
      endWhatWasStarted();
      become(State.FAILED, e.getMessage());
      throw e;
    } catch (RuntimeException e) {
      endWhatWasStarted();
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      become(State.FAILED, message);
      throw new PartFailed(name, "failed: " + message, e);
    }
  }

  /** One that does not become ready would go on beside the next one, and hold its port. */
  private void endWhatWasStarted() {
    ProcessHandle left = process;
    if (left != null) {
      Ending.end(left, Duration.ofSeconds(10));
      process = null;
    }
  }

  private void ended() {
    Running last = running;
    Duration lived = Duration.ofNanos(System.nanoTime() - readySince);
    running = null;
    process = null;
    if (last != null && !ending) {
      // Frees what its starter still holds, such as the lock on its data.
      last.end().run();
    }
    String why = "ended after " + lived.toSeconds() + " s";
    while (!ending) {
      Duration pause = backoff.after(lived);
      status = new PartStatus(name, State.RESTARTING, null, status.restarts() + 1, why);
      changed.run();
      progress.say(name + " " + why + "; starting it again in " + pause.toMillis() + " ms");
      Readiness.pause(pause);
      lived = Duration.ZERO;
      try {
        startOnce();
        progress.say(name + " is ready again");
        return;
      } catch (PartFailed e) {
        why = "could not be started again: " + e.getMessage();
      }
    }
  }

  private void become(State state, @Nullable String detail) {
    ProcessHandle now = process;
    status = new PartStatus(name, state, now == null ? null : now.pid(), status.restarts(), detail);
    changed.run();
  }

  private static void inBackground(Runnable work) {
    Thread.ofVirtual().name("keeper").start(work);
  }
}
