package com.freelync.control.document;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.RunIdentity;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import com.freelync.control.database.Database;
import com.freelync.control.document.DocumentDao.Counted;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tells owners that their documents expire, each once for a document's expiry. The marketplace
 * sends it: where an owner is reached is nothing that the control center reads.
 */
public final class SendExpiryNotifications implements Action.Outside {
  /** So many owners in one transaction: none is long, and what was told stays told. */
  private static final int BATCH = 1_000;

  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "send_expiry_notifications",
          List.of(
              new InputField(
                  "document", FactType.TEXT, false, "One document; else all that are due."),
              Within.FIELD),
          List.of(
              new OutputField("sent", FactType.NUMBER),
              new OutputField("already", FactType.NUMBER)),
          false);

  private static final Traits TRAITS =
      new Traits(
          "The marketplace owes each owner a message, by the way of contact that it knows.",
          null,
          "The database keeps one notice for a document and its expiry.",
          ActionLimits.NONE);

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  public SendExpiryNotifications(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Tells owners that their documents expire, once for each expiry.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    UUID document = document(handle, request);
    LocalDate until = until(request, document);
    Counted counted =
        handle.attach(DocumentDao.class).count(until, document, ForeseenDocuments.of(foreseen));
    ForeseenDocuments.tells(foreseen, until, document);
    int untold = counted.due() - counted.told();
    Map<String, Object> output = output(untold, counted.told());
    return untold == 0
        ? Estimate.already(output, "Every owner was told.")
        : new Estimate(output, entities(document), BigDecimal.ZERO, untold, null);
  }

  @Override
  public Result perform(Request request) {
    UUID document = database.read(handle -> document(handle, request));
    LocalDate until = until(request, document);
    int told = BATCH;
    while (told == BATCH) {
      told = tell(request, until, document);
    }
    return database.read(
        handle -> {
          DocumentDao dao = handle.attach(DocumentDao.class);
          int sent = dao.toldBy(request.id());
          Counted counted = dao.count(until, document, ForeseenDocuments.NONE);
          Map<String, Object> output = output(sent, Math.max(0, counted.told() - sent));
          return sent > 0 ? Result.done(output, entities(document)) : Result.already(output);
        });
  }

  private int tell(Request request, LocalDate until, @Nullable UUID document) {
    return database.transaction(
        transaction -> {
          int told =
              transaction
                  .attach(DocumentDao.class)
                  .tell(until, document, BATCH, request.id(), clock.instant());
          if (told > 0) {
            RunIdentity run = request.run();
            Map<String, Object> details = new LinkedHashMap<>(run.trace());
            details.put("owners", told);
            audit.record(
                transaction,
                AuditEntry.allowed(
                    new Actor(run.actor(), run.requestId()),
                    "document.notify",
                    "documents",
                    document == null ? "due" : document.toString(),
                    details));
          }
          return told;
        });
  }

  /** A document that is named is told of however long it still holds. */
  private LocalDate until(Request request, @Nullable UUID document) {
    LocalDate until = Within.until(request, clock.instant());
    return document == null ? until : LocalDate.of(9999, 12, 31);
  }

  private static @Nullable UUID document(Handle handle, Request request) {
    String text = request.text("document");
    if (text == null) {
      return null;
    }
    UUID id;
    try {
      id = UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ActionRefused("document", text + " is no document's id");
    }
    if (handle.attach(DocumentDao.class).status(id).isEmpty()) {
      throw new ActionRefused("unknown_document", "The source has no document " + id + ".");
    }
    return id;
  }

  private static List<EntityRef> entities(@Nullable UUID document) {
    return document == null ? List.of() : List.of(new EntityRef("document", document.toString()));
  }

  private static Map<String, Object> output(int sent, int already) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("sent", BigDecimal.valueOf(sent));
    output.put("already", BigDecimal.valueOf(already));
    return output;
  }
}
