package com.freelync.control.payout;

import com.freelync.control.automation.Action;
import com.freelync.control.automation.Action.EntityRef;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What the actions on payouts share. */
final class PayoutRequests {
  static final InputField PAYOUT_ID =
      new InputField("payout_id", FactType.TEXT, true, "The id of the payout, a UUID.");

  private PayoutRequests() {}

  static UUID payoutId(Action.Request request) {
    String text = request.required("payout_id").toString();
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ActionRefused("input_type", "payout_id is a UUID, not " + text);
    }
  }

  /** The payout as it would be after the steps before. */
  static Payout foreseen(Handle handle, UUID id, Foreseen foreseen) {
    Payout now = handle.attach(PayoutDao.class).find(id).orElseThrow(() -> missing(id));
    return foreseen.state(entity(id)).map(now::in).orElse(now);
  }

  static ActionRefused missing(UUID id) {
    return new ActionRefused("payout_missing", "The source has no payout " + id + ".");
  }

  static EntityRef entity(UUID id) {
    return new EntityRef("payout", id.toString());
  }
}
