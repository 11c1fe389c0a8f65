package com.freelync.control.automation;

import com.freelync.control.automation.BulkDao.Candidate;
import com.freelync.control.automation.BulkPreview.LeftOut;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.ListQuery;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Which executions a bulk operation is done to: what was meant, but for those to which it cannot be
 * done.
 */
record BulkSelection(List<Candidate> chosen, List<LeftOut> leftOut) {
  private static final int MOST_EXAMPLES = 10;

  /** Reads it as it is now. */
  static BulkSelection read(Handle handle, BulkRequest request, ActionCatalog catalog) {
    List<Candidate> chosen = new ArrayList<>();
    Map<String, List<UUID>> leftOut = new LinkedHashMap<>();
    Set<UUID> found = new HashSet<>();
    for (Candidate candidate : candidates(handle, request, catalog)) {
      found.add(candidate.id());
      String objection = objection(request.action(), candidate);
      if (objection.isEmpty()) {
        chosen.add(candidate);
      } else {
        leftOut.computeIfAbsent(objection, why -> new ArrayList<>()).add(candidate.id());
      }
    }
    for (UUID id : ids(request)) {
      if (!found.contains(id)) {
        leftOut.computeIfAbsent("There is no such execution.", why -> new ArrayList<>()).add(id);
      }
    }
    return new BulkSelection(
        chosen,
        leftOut.entrySet().stream()
            .map(
                entry ->
                    new LeftOut(
                        entry.getKey(),
                        entry.getValue().size(),
                        entry.getValue().stream().limit(MOST_EXAMPLES).toList()))
            .toList());
  }

  private static List<Candidate> candidates(
      Handle handle, BulkRequest request, ActionCatalog catalog) {
    String moving =
        catalog.all().stream()
            .map(Action::signature)
            .filter(signature -> signature.movesMoney())
            .map(signature -> "'" + signature.name() + "'")
            .collect(Collectors.joining(", "));
    String select =
        """
        SELECT e.id, e.status, e.run, e.started_at IS NOT NULL AS has_begun,
               e.cancel_requested_at IS NOT NULL AS is_asked,
               coalesce((SELECT sum(CAST(s.output ->> 'amount' AS numeric)) FROM control.execution_step s
                          WHERE s.execution_id = e.id AND s.status = 'COMPLETED'
                            AND s.action IN (%s) AND s.output ->> 'already' = 'false'), 0) AS moved,
               CASE WHEN v.moves_money AND jsonb_typeof(e.facts -> 'amount') = 'number'
                    THEN CAST(e.facts ->> 'amount' AS numeric) ELSE 0 END AS about
          FROM control.workflow_execution e
          JOIN control.automation_version v
            ON v.workflow_id = e.workflow_id AND v.version = e.workflow_version
        """
            .formatted(moving);
    ListQuery query =
        request.filter() != null
            ? request.filter().query(select)
            : new ListQuery(select, "e.created_at", "e.id")
                .where("e.id = ANY (:ids)", "ids", ids(request));
    List<Candidate> all = query.page(handle, Cursor.START, Bulks.MOST + 1, Candidate.class);
    if (all.size() > Bulks.MOST) {
      throw new RequestRefused.Invalid(
          List.of(
              new FieldError(
                  "/filter",
                  "too_many",
                  "more than %,d executions are meant: narrow the filter".formatted(Bulks.MOST))));
    }
    return all;
  }

  private static UUID[] ids(BulkRequest request) {
    List<UUID> ids = request.executions();
    return ids == null ? new UUID[0] : ids.toArray(UUID[]::new);
  }

  /** Why it is not done to an execution; empty if it is. */
  private static String objection(BulkRequest.Action action, Candidate candidate) {
    boolean isOpen =
        List.of("PENDING", "RUNNING", "AWAITING_APPROVAL").contains(candidate.status());
    return switch (action) {
      case RETRY ->
          !candidate.status().equals("FAILED")
              ? "It is " + candidate.status() + ": only what FAILED is retried."
              : candidate.hasBegun() ? "" : "It failed before it began: there is no step to retry.";
      case CANCEL ->
          !isOpen
              ? "It is " + candidate.status() + " already."
              : candidate.isAsked() ? "It is being cancelled already." : "";
    };
  }

  BigDecimal moved() {
    return chosen.stream().map(Candidate::moved).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  BigDecimal wouldMove() {
    return chosen.stream().map(Candidate::wouldMove).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Stands for what is done to exactly these, in the state in which they are. */
  String token(BulkRequest request) {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putString(request.action() + "/" + request.compensates(), StandardCharsets.UTF_8);
    chosen.stream()
        .map(one -> one.id() + "/" + one.run())
        .sorted()
        .forEach(one -> hasher.putString("\n" + one, StandardCharsets.UTF_8));
    return hasher.hash().toString();
  }

  BulkPreview preview(BulkRequest request) {
    return new BulkPreview(chosen.size(), moved(), wouldMove(), leftOut, token(request));
  }
}
