package com.freelync.control.automation.safety;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Limits, circuit breakers and the kill switch as people see and handle them. */
public final class Safeguards {
  private final Database database;
  private final AuditLog audit;
  private final Breakers breakers;
  private final Supplier<SortedMap<String, ActionLimits>> standard;
  private final Clock clock;

  /**
   * @param standard every action with its limits where no setting says otherwise
   */
  public Safeguards(
      Database database,
      AuditLog audit,
      Breakers breakers,
      Supplier<SortedMap<String, ActionLimits>> standard,
      Clock clock) {
    this.database = database;
    this.audit = audit;
    this.breakers = breakers;
    this.standard = standard;
    this.clock = clock;
  }

  /**
   * A limit as it stands.
   *
   * @param window its window's length, as an ISO 8601 duration
   * @param measure {@code count}, or {@code amount} in ETB
   * @param setting the key of the setting that changes it
   */
  public record Limit(
      String action,
      String window,
      String measure,
      BigDecimal limit,
      BigDecimal used,
      Instant resetsAt,
      String setting) {}

  /** Every limit of every action. */
  public List<Limit> limits() {
    Instant now = clock.instant();
    return database.read(
        handle -> {
          List<Limit> limits = new ArrayList<>();
          standard
              .get()
              .forEach((action, fallback) -> limits.addAll(limits(handle, action, fallback, now)));
          return limits;
        });
  }

  private static List<Limit> limits(
      Handle handle, String action, ActionLimits fallback, Instant now) {
    ActionLimits held = ActionLimiter.limits(handle, action, fallback);
    LimitDao dao = handle.attach(LimitDao.class);
    List<Limit> limits = new ArrayList<>();
    for (LimitMeasure measure : LimitMeasure.values()) {
      Optional<BigDecimal> limit = measure.of(held);
      Instant start = measure.start(now);
      limit.ifPresent(
          most ->
              limits.add(
                  new Limit(
                      action,
                      measure.window(),
                      measure.measure(),
                      most,
                      dao.used(action, ActionLimiter.EVERYBODY, measure.name(), start),
                      measure.end(start),
                      measure.setting(action))));
    }
    return limits;
  }

  /** How many breakers are not closed. */
  public long open() {
    return breakers().stream().filter(breaker -> breaker.state() != Breaker.State.CLOSED).count();
  }

  /** How often breakers opened, all together. */
  public long trips() {
    return breakers().stream().mapToLong(Breaker::trips).sum();
  }

  /** Every breaker of an action that ever failed. */
  public List<Breaker> breakers() {
    return database.read(Breakers::all);
  }

  /**
   * Closes the breaker of an action by hand: what it holds up goes on within about a second.
   *
   * @throws RequestRefused.NotFound if there is none
   */
  public Breaker reset(String action, String reason, Actor actor) {
    return database.transaction(
        transaction -> {
          BreakerDao dao = transaction.attach(BreakerDao.class);
          if (dao.lock(action).isEmpty()) {
            throw new RequestRefused.NotFound("circuit breaker", action);
          }
          boolean wasOpen = breakers.reset(transaction, action, reason);
          audit(
              transaction,
              actor,
              "breaker.reset",
              action,
              Map.of("reason", reason, "was_open", wasOpen));
          return dao.find(action).orElseThrow();
        });
  }

  /** Every kill switch that anybody ever used. */
  public List<Switched> killSwitches() {
    return database.read(KillSwitch::all);
  }

  /**
   * Stops what acts, or lets it go on. When this returns with it on, nothing acts any more; what
   * waited goes on within about a second of its being off.
   *
   * @param workflowId one automation; null for all
   * @throws RequestRefused.Invalid if there is no such automation
   */
  public Switched kill(@Nullable UUID workflowId, boolean isOn, String reason, Actor actor) {
    String scope = workflowId == null ? KillSwitch.ALL : workflowId.toString();
    Switched switched = new Switched(scope, isOn, actor.subject(), reason, clock.instant());
    return database.transaction(
        transaction -> {
          if (workflowId != null && !KillSwitch.isKnown(transaction, workflowId)) {
            throw new RequestRefused.Invalid(
                List.of(
                    new FieldError(
                        "/workflow_id",
                        "unknown",
                        "there is no such automation; leave it out to stop all of them")));
          }
          KillSwitch.set(transaction, switched);
          audit(
              transaction,
              actor,
              isOn ? "automation.kill" : "automation.unkill",
              scope,
              Map.of("reason", reason));
          return switched;
        });
  }

  private void audit(
      Transaction transaction,
      Actor actor,
      String action,
      String subject,
      Map<String, Object> details) {
    audit.record(transaction, AuditEntry.allowed(actor, action, "safeguard", subject, details));
  }
}
