package com.freelync.control.document;

import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import com.freelync.control.database.Transaction;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds documents that expire soon, for the steps after it. */
public final class QueryExpiringDocuments implements Action.Transactional {
  private static final int MOST = 10_000;

  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "query_expiring_documents",
          List.of(
              Within.FIELD,
              new InputField(
                  "limit", FactType.NUMBER, false, "At most so many, those that expire first.")),
          List.of(
              new OutputField("documents", FactType.LIST),
              new OutputField("count", FactType.NUMBER),
              new OutputField("more", FactType.BOOLEAN)),
          false);

  private static final Traits TRAITS =
      new Traits("Nothing: it reads.", null, "It changes nothing.", ActionLimits.NONE);

  private final Clock clock;

  public QueryExpiringDocuments(Clock clock) {
    this.clock = clock;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Lists the documents that are valid and expire soon, or did and are not marked so.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    return new Estimate(
        read(handle, request, ForeseenDocuments.of(foreseen)), List.of(), BigDecimal.ZERO, 0, null);
  }

  @Override
  public Result perform(Transaction transaction, Request request) {
    return Result.done(read(transaction.handle(), request, ForeseenDocuments.NONE), List.of());
  }

  private Map<String, Object> read(Handle handle, Request request, ForeseenDocuments foreseen) {
    int limit = limit(request.input().get("limit"));
    List<UUID> found =
        handle
            .attach(DocumentDao.class)
            .expiring(Within.until(request, clock.instant()), limit + 1, foreseen);
    List<String> documents = found.stream().limit(limit).map(UUID::toString).toList();
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("documents", documents);
    output.put("count", BigDecimal.valueOf(documents.size()));
    output.put("more", found.size() > limit);
    return output;
  }

  private static int limit(@Nullable Object given) {
    if (given == null) {
      return MOST;
    }
    if (!(given instanceof BigDecimal number)
        || number.stripTrailingZeros().scale() > 0
        || number.signum() <= 0
        || number.compareTo(BigDecimal.valueOf(MOST)) > 0) {
      throw new ActionRefused("limit", "limit is a whole number from 1 to " + MOST);
    }
    return number.intValueExact();
  }
}
