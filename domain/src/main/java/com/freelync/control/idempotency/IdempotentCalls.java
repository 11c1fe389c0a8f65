package com.freelync.control.idempotency;

import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.idempotency.IdempotencyDao.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Remembers the first answer to each (caller, key) for 24 hours. A call in flight holds a lease of
 * 60 seconds, so that a server that dies does not block its repetition.
 */
public final class IdempotentCalls {
  /** How long an answer is given again. */
  public static final Duration KEPT = Duration.ofHours(24);

  /** How long a call in flight keeps others away. */
  public static final Duration LEASE = Duration.ofSeconds(60);

  private final Database database;
  private final Clock clock;
  private final Supplier<UUID> ids;

  public IdempotentCalls(Database database, Clock clock, Supplier<UUID> ids) {
    this.database = database;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Begins a call, in a transaction of its own.
   *
   * @param fingerprint a digest of method, path and body: what makes it the same call
   */
  public Beginning begin(String caller, String key, String fingerprint) {
    Instant now = clock.instant();
    UUID claim = ids.get();
    return database.transaction(
        transaction -> {
          IdempotencyDao dao = transaction.attach(IdempotencyDao.class);
          dao.forget(caller, key, now.minus(KEPT));
          UUID seed = ids.get();
          if (dao.insert(caller, key, fingerprint, claim, seed, now, now.plus(LEASE)) == 1) {
            return new Beginning.First(claim, seed);
          }
          // The row is there: either it stands or a purge removes it between the two statements.
          return dao.lock(caller, key)
              .map(row -> judge(transaction, caller, key, fingerprint, claim, now, row))
              .orElseGet(Beginning.InFlight::new);
        });
  }

  private static Beginning judge(
      Transaction transaction,
      String caller,
      String key,
      String fingerprint,
      UUID claim,
      Instant now,
      Row row) {
    if (!row.fingerprint().equals(fingerprint)) {
      return new Beginning.OtherCall();
    }
    if (row.status() != null) {
      return new Beginning.Answered(
          new KeptAnswer(row.status(), texts(row.headers()), row.bodyOrEmpty()));
    }
    if (row.leaseUntil().isAfter(now)) {
      return new Beginning.InFlight();
    }
    transaction.attach(IdempotencyDao.class).takeOver(caller, key, claim, now.plus(LEASE));
    return new Beginning.First(claim, row.seed());
  }

  /** Keeps the answer, unless another attempt has taken the call over. */
  public void answered(String caller, String key, UUID claim, KeptAnswer answer) {
    database.transaction(
        transaction ->
            transaction
                .attach(IdempotencyDao.class)
                .complete(
                    caller,
                    key,
                    claim,
                    answer.status(),
                    Json.write(answer.headers()),
                    answer.body()));
  }

  /** Lets the key be used again at once, by the same call: its answer is not one to keep. */
  public void released(String caller, String key, UUID claim) {
    Instant now = clock.instant();
    database.transaction(
        transaction -> transaction.attach(IdempotencyDao.class).release(caller, key, claim, now));
  }

  /** Forgets calls older than 24 hours; returns how many. */
  public int purge() {
    Instant before = clock.instant().minus(KEPT);
    return database.transaction(
        transaction -> transaction.attach(IdempotencyDao.class).purge(before));
  }

  private static Map<String, String> texts(Optional<String> json) {
    Map<String, String> texts = new HashMap<>();
    Json.readObject(json.orElse(null)).forEach((name, value) -> texts.put(name, value.toString()));
    return texts;
  }
}
