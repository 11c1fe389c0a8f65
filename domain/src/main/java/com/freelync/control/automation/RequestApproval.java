package com.freelync.control.automation;

import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Asks people, in the words of actions: the parser reads it as an approval step. */
public final class RequestApproval implements Action.Asking {
  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "request_approval",
          List.of(
              new InputField(
                  "slots",
                  FactType.LIST,
                  false,
                  "Whom: a list of slots, each the roles that may fill it; [[CFO]] unless said."),
              new InputField(
                  "remind_after", FactType.TEXT, false, "Such as PT4H; never unless said."),
              new InputField(
                  "escalate_after",
                  FactType.ANY,
                  false,
                  "Whom besides after how long: {PT24H: [CEO]}."),
              new InputField("timeout", FactType.TEXT, false, "Such as P3D; never unless said."),
              new InputField(
                  "on_timeout",
                  FactType.TEXT,
                  false,
                  "reject unless said.",
                  List.of("reject", "approve", "continue")),
              new InputField(
                  "on_reject",
                  FactType.TEXT,
                  false,
                  "Whether the run ends, or goes on and sees the outcome; end unless said.",
                  List.of("end", "continue"))),
          List.of(
              new OutputField("outcome", FactType.TEXT),
              new OutputField("by", FactType.LIST),
              new OutputField("comment", FactType.TEXT)),
          false);

  private static final Traits TRAITS =
      new Traits(
          "People were asked, and said yes or no.",
          null,
          "Each step asks once; who answered is not asked again.",
          ActionLimits.NONE);

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Waits until people of the roles that are named approve or reject.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  /** A dry run plans the approval step that it is. */
  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    return Estimate.refused("it is an approval step");
  }
}
