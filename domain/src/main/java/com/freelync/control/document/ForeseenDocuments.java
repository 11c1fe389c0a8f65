package com.freelync.control.document;

import com.freelync.control.automation.Action.EntityRef;
import com.freelync.control.automation.Foreseen;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What earlier steps of a dry run would have done to documents.
 *
 * @param expiredUntil the day until which all would be EXPIRED
 * @param toldUntil the day of expiry until which every owner would have been told
 */
public record ForeseenDocuments(LocalDate expiredUntil, LocalDate toldUntil, UUID[] told) {
  private static final LocalDate NEVER = LocalDate.of(1, 1, 1);
  private static final EntityRef EXPIRED = new EntityRef("documents", "expired");
  private static final EntityRef TOLD = new EntityRef("documents", "told");
  private static final String OWNER_TOLD = "owner told";

  /** Nothing at all: how things are. */
  static final ForeseenDocuments NONE = new ForeseenDocuments(NEVER, NEVER, new UUID[0]);

  static ForeseenDocuments of(Foreseen foreseen) {
    return new ForeseenDocuments(
        foreseen.state(EXPIRED).map(LocalDate::parse).orElse(NEVER),
        foreseen.state(TOLD).map(LocalDate::parse).orElse(NEVER),
        foreseen.in(OWNER_TOLD).stream()
            .map(document -> UUID.fromString(document.id()))
            .toArray(UUID[]::new));
  }

  /** All whose last day has come would be EXPIRED. */
  static void expires(Foreseen foreseen, LocalDate today) {
    foreseen.becomes(EXPIRED, today.toString());
  }

  /** The owner of a document, or everyone whose document expires in time, would be told. */
  static void tells(Foreseen foreseen, LocalDate until, @Nullable UUID document) {
    if (document != null) {
      foreseen.becomes(new EntityRef("document", document.toString()), OWNER_TOLD);
    } else if (until.isAfter(of(foreseen).toldUntil())) {
      foreseen.becomes(TOLD, until.toString());
    }
  }
}
