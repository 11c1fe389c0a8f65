package com.freelync.control.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.freelync.control.approval.Slot;
import com.freelync.control.automation.Definition;
import com.freelync.control.automation.DefinitionError;
import com.freelync.control.automation.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** AU-5: asking people in the words of actions. */
class RequestApprovalTest {
  private static Map<String, Object> document(String steps) {
    return ((Document.Readable)
            Document.read("{name: A, trigger: manual, " + steps + "}", Document.Format.YAML))
        .content();
  }

  private static Step.ApprovalStep only(String steps) {
    Definition definition =
        ((DefinitionParser.Result.Parsed) DefinitionParser.parse(document(steps))).definition();
    return (Step.ApprovalStep) definition.steps().getFirst();
  }

  private static List<DefinitionError> errors(String steps) {
    return DefinitionParser.parse(document(steps))
            instanceof DefinitionParser.Result.Invalid invalid
        ? invalid.errors()
        : List.of();
  }

  @Test
  @DisplayName("AU-5: by its name alone it asks the CFO, and is named by its place")
  void shortForm() {
    Step.ApprovalStep step = only("actions: [request_approval, take_snapshot]");
    assertThat(step.path()).isEqualTo("/actions/0");
    assertThat(step.name()).isEqualTo("approval_0");
    assertThat(step.slots()).containsExactly(Slot.of("CFO"));
    assertThat(step.timeout()).isNull();
  }

  @Test
  @DisplayName("AU-5: with inputs it is the approval step of the same words, and is printed as one")
  void sameStep() {
    String words = "slots: [[CEO, CFO], [CTO]], timeout: P2D, on_reject: continue";
    Step.ApprovalStep action =
        only("steps: [{action: request_approval, id: legal, with: {" + words + "}}]");
    assertThat(action).isEqualTo(only("steps: [{approval: {name: legal, " + words + "}}]"));
    assertThat(action.timeout()).isEqualTo(Duration.ofDays(2));
    Map<String, Object> printed =
        DefinitionPrinter.print(
            ((DefinitionParser.Result.Parsed)
                    DefinitionParser.parse(document("actions: [request_approval]")))
                .definition());
    assertThat(DefinitionParser.parse(printed)).isInstanceOf(DefinitionParser.Result.Parsed.class);
  }

  @Test
  @DisplayName("AU-5: what no approval has is refused where it stands")
  void refuses() {
    assertThat(errors("steps: [{action: request_approval, with: {slot: [[CFO]]}}]"))
        .extracting(DefinitionError::path)
        .containsExactly("/steps/0/with/slot");
    assertThat(errors("steps: [{action: request_approval, retry: {max_retries: 1}}]"))
        .extracting(DefinitionError::path)
        .containsExactly("/steps/0/retry");
    assertThat(errors("steps: [{action: take_snapshot, compensate: [request_approval]}]"))
        .extracting(DefinitionError::path, DefinitionError::code)
        .containsExactly(tuple("/steps/0/compensate/0", "asks"));
  }
}
