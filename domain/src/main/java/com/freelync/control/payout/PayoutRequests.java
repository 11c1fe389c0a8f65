package com.freelync.control.payout;

import com.freelync.control.automation.Action;
import com.freelync.control.automation.Action.EntityRef;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import java.util.UUID;

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

  static ActionRefused missing(UUID id) {
    return new ActionRefused("payout_missing", "The source has no payout " + id + ".");
  }

  static EntityRef entity(UUID id) {
    return new EntityRef("payout", id.toString());
  }
}
