package com.freelync.control.document;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.RunIdentity;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.OutputField;
import com.freelync.control.database.Transaction;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Marks documents as EXPIRED whose last day is over. */
public final class UpdateExpiredStatus implements Action.Transactional {
  /** What one statement changes within the time that a step has. */
  private static final int MOST = 10_000;

  private static final int MOST_NAMED = 100;

  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "update_expired_status",
          List.of(),
          List.of(
              new OutputField("expired", FactType.NUMBER),
              new OutputField("left", FactType.NUMBER)),
          false);

  private static final Traits TRAITS =
      new Traits(
          "The documents are EXPIRED in the marketplace, at most 10,000 in one call.",
          null,
          "A document that is marked is not marked again.",
          ActionLimits.NONE);

  private final AuditLog audit;
  private final Clock clock;

  public UpdateExpiredStatus(AuditLog audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Marks documents whose time is over as EXPIRED.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    LocalDate today = Within.day(clock.instant());
    int overdue = handle.attach(DocumentDao.class).overdue(today, ForeseenDocuments.of(foreseen));
    int expired = Math.min(overdue, MOST);
    if (expired == overdue) {
      ForeseenDocuments.expires(foreseen, today);
    }
    Map<String, Object> output = output(expired, overdue - expired);
    return expired == 0
        ? Estimate.already(output, "No document's time is over that is not marked.")
        : new Estimate(
            output,
            List.of(),
            BigDecimal.ZERO,
            0,
            "%,d documents would become EXPIRED.".formatted(expired));
  }

  @Override
  public Result perform(Transaction transaction, Request request) {
    DocumentDao dao = transaction.attach(DocumentDao.class);
    Instant now = clock.instant();
    LocalDate today = Within.day(now);
    List<UUID> expired = dao.expire(today, MOST, now);
    Map<String, Object> output =
        output(
            expired.size(), expired.size() < MOST ? 0 : dao.overdue(today, ForeseenDocuments.NONE));
    if (expired.isEmpty()) {
      return Result.already(output);
    }
    List<String> named = expired.stream().map(UUID::toString).sorted().limit(MOST_NAMED).toList();
    record(transaction, request.run(), expired.size(), named);
    return Result.done(output, named.stream().map(id -> new EntityRef("document", id)).toList());
  }

  private void record(Transaction transaction, RunIdentity run, int count, List<String> documents) {
    Map<String, Object> details = new LinkedHashMap<>(run.trace());
    details.put("count", count);
    details.put("documents", documents);
    audit.record(
        transaction,
        AuditEntry.allowed(
            new Actor(run.actor(), run.requestId()),
            "document.expire",
            "documents",
            "due",
            details));
  }

  private static Map<String, Object> output(int expired, int left) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("expired", BigDecimal.valueOf(expired));
    output.put("left", BigDecimal.valueOf(left));
    return output;
  }
}
