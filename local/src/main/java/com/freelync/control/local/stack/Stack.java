package com.freelync.control.local.stack;

import com.freelync.control.local.process.Ending;
import com.freelync.control.local.process.ProcessIdentity;
import com.freelync.control.local.process.ProcessLedger;
import com.freelync.control.local.stack.Ports.Address;
import com.freelync.control.sandbox.postgres.SandboxPostgres;
import com.freelync.control.sandbox.process.Forks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** All parts together: what may start beside what, what is written down, what ends when. */
public final class Stack {
  private final Layout layout;
  private final Progress progress;
  private final ProcessLedger ledger;
  private final StateFile file;
  private final ProcessIdentity self;
  private final Ports ports;
  private final TemporalAddress temporal;
  private final Forks forks = new Forks();
  private final Parts parts;
  private final KeptPart postgres;
  private final KeptPart temporalServer;
  private final KeptPart sandbox;
  private final KeptPart api;
  private final KeptPart workers;
  private final boolean hasSample;
  private volatile boolean isStarted;
  private volatile boolean hasNewMarketplace;
  private volatile boolean ending;

  /**
   * A stack that is not started yet; ports are chosen here, and replaced ones are said.
   *
   * @param hasSample whether an empty marketplace is filled with sample data
   */
  public Stack(Layout layout, Progress progress, ProcessLedger ledger, boolean hasSample) {
    this.hasSample = hasSample;
    this.layout = layout;
    this.progress = progress;
    this.ledger = ledger;
    this.file = new StateFile(layout.state());
    this.self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    this.ports =
        Ports.choose(
            (address, port) ->
                progress.say(
                    "port "
                        + address.preferred
                        + " ("
                        + address.label()
                        + ") is busy: "
                        + port
                        + " is used instead"));
    this.temporal = TemporalAddress.of(System.getenv(), ports);
    this.parts = new Parts(layout, ports, temporal, forks);
    this.postgres = part("postgres", parts::startPostgres);
    this.temporalServer = part("temporal", parts::startTemporal);
    this.sandbox = part("sandbox", parts::startSandbox);
    this.api = part("api-server", parts::startApi);
    this.workers = part("workers", parts::startWorkers);
  }

  /**
   * Starts every part, those that do not need each other at the same time, and returns when all are
   * ready.
   *
   * @throws PartFailed the first one that is not; the others may be starting still
   */
  public void start() throws PartFailed {
    ledger.record("supervisor", ProcessHandle.current());
    publish();
    Thread.ofPlatform().name("note-children").daemon().start(this::noteChildrenOfStart);
    CompletableFuture<Void> failure = new CompletableFuture<>();
    CompletableFuture<Void> nothing = CompletableFuture.completedFuture(null);
    var aTemporal =
        after(
            nothing,
            failure,
            temporal.isOurs() ? temporalServer::start : temporal::requireReachable);
    var aDatabase = after(after(nothing, failure, postgres::start), failure, this::prepareData);
    var all =
        CompletableFuture.allOf(
            after(after(aDatabase, failure, this::loadSamples), failure, sandbox::start),
            after(aDatabase, failure, api::start),
            after(CompletableFuture.allOf(aDatabase, aTemporal), failure, workers::start));
    try {
      CompletableFuture.anyOf(all, failure).join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof PartFailed failed) {
        throw failed;
      }
      throw new PartFailed("supervisor", "failed: " + cause, cause);
    }
    isStarted = true;
    publish();
  }

  /** Whether the sample marketplace was loaded by this start, not by an earlier one. */
  public boolean hasNewMarketplace() {
    return hasNewMarketplace;
  }

  /** Watches the parts every two seconds until {@link #stop}. */
  public void watch() {
    while (!ending) {
      kept().forEach(KeptPart::look);
      noteChildren();
      ledger.forgetEnded();
      Readiness.pause(Duration.ofSeconds(2));
    }
  }

  /** Whether {@link #stop} was called. */
  public boolean isEnding() {
    return ending;
  }

  /**
   * Ends every part in order, then whatever else this process has started. Starts that are under
   * way fork nothing from here on, and what they had forked ends too.
   */
  public void stop() {
    synchronized (file) {
      ending = true;
    }
    forks.close();
    for (Set<String> together : Ending.ORDER) {
      kept().parallelStream()
          .filter(part -> together.contains(part.name()))
          .filter(part -> part.status().state() != PartStatus.State.WAITING)
          .forEach(KeptPart::end);
    }
    // Twice: the first ones may have had children of their own until they ended.
    for (int i = 0; i < 2; i++) {
      Ending.endAll(ProcessHandle.current().descendants().toList(), Duration.ofSeconds(10));
    }
    file.remove();
  }

  /** What runs and where, now. */
  public StackState state() {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("api", ports.url(Address.API));
    addresses.put("admin", ports.url(Address.API_ADMIN));
    addresses.put("worker_admin", ports.url(Address.WORKER_ADMIN));
    addresses.put("temporal", temporal.address());
    addresses.put("temporal_ui", temporal.uiAddress());
    addresses.put("marketplace", ports.url(Address.MARKETPLACE));
    addresses.put("gateway", ports.url(Address.GATEWAY));
    addresses.put("issuer", ports.url(Address.ISSUER));
    addresses.put("mail", ports.url(Address.MAIL));
    readerAddress().ifPresent(address -> addresses.put("database", address));
    return new StackState(self, addresses, kept().stream().map(KeptPart::status).toList());
  }

  private Optional<String> readerAddress() {
    if (postgres.status().state() != PartStatus.State.READY) {
      return Optional.empty();
    }
    return Optional.of(
        "postgresql://control_reader:%s@127.0.0.1:%d/%s"
            .formatted(
                parts.postgres().password("control_reader"),
                ports.of(Address.POSTGRES),
                SandboxPostgres.DATABASE));
  }

  private void prepareData() {
    new Preparation(parts.postgres(), progress).migrate();
  }

  /** Before the simulator runs: the generator fills only a marketplace that is empty. */
  private void loadSamples() throws PartFailed {
    hasNewMarketplace =
        hasSample && new SampleMarketplace(layout, parts.postgres(), progress, forks).loadOnce();
    if (hasNewMarketplace) {
      new FirstVerification(parts.postgres()).run();
      progress.say("its metrics are verified");
    }
  }

  private List<KeptPart> kept() {
    return temporal.isOurs()
        ? List.of(postgres, temporalServer, sandbox, api, workers)
        : List.of(postgres, sandbox, api, workers);
  }

  private KeptPart part(String name, Running.Start start) {
    return new KeptPart(name, start, ledger, progress, this::publish);
  }

  private void publish() {
    synchronized (file) {
      if (!ending) {
        file.write(state());
      }
    }
  }

  /** Processes that a part's own starter has begun but not named yet: found again after a crash. */
  private void noteChildren() {
    ProcessHandle.current().children().forEach(child -> ledger.record("unnamed", child));
  }

  private void noteChildrenOfStart() {
    while (!ending && !isStarted) {
      noteChildren();
      Readiness.pause(Duration.ofMillis(100));
    }
  }

  private interface Step {
    void run() throws PartFailed;
  }

  private static CompletableFuture<Void> after(
      CompletableFuture<Void> before, CompletableFuture<Void> failure, Step step) {
    return before.thenRunAsync(
        () -> {
          try {
            step.run();
          } catch (PartFailed | RuntimeException | LinkageError e) {
            failure.completeExceptionally(e);
            throw new CompletionException(e);
          }
        },
        work -> Thread.ofPlatform().name("start").daemon().start(work));
  }
}
