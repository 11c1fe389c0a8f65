package com.freelync.control.payout;

import com.freelync.control.automation.Action;
import com.freelync.control.automation.Action.EntityRef;
import com.freelync.control.automation.Action.Hindsight;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** What would have become of the payout that an event of the past was about. */
  static Hindsight hindsight(Action.Request request, boolean approves) {
    Map<String, Object> facts = request.run().facts();
    UUID id = payoutId(request);
    if (!id.toString().equals(facts.get("id"))) {
      return Hindsight.refused("Of the past of payout " + id + " nothing is known here.");
    }
    if (approves
        && facts.get("seller") instanceof Map<?, ?> seller
        && Boolean.TRUE.equals(seller.get("suspended"))) {
      return Hindsight.refused("The seller was suspended.");
    }
    BigDecimal amount = (BigDecimal) facts.getOrDefault("amount", BigDecimal.ZERO);
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("payout_id", id.toString());
    output.put("status", approves ? "APPROVED" : "REJECTED");
    output.put("already", false);
    if (approves) {
      output.put("amount", amount);
    }
    return new Hindsight(null, output, approves ? amount : BigDecimal.ZERO, 0, approves);
  }

  static ActionRefused missing(UUID id) {
    return new ActionRefused("payout_missing", "The source has no payout " + id + ".");
  }

  static EntityRef entity(UUID id) {
    return new EntityRef("payout", id.toString());
  }
}
