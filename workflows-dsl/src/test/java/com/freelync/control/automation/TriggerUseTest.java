package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.parse.DefinitionParser;
import com.freelync.control.parse.DefinitionParser.Result.Parsed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TriggerUseTest {
  private static List<Step> steps(Object... steps) {
    Map<String, Object> document =
        Map.of("name", "Test", "trigger", "manual", "steps", List.of(steps));
    return ((Parsed) DefinitionParser.parse(document)).definition().steps();
  }

  private static Map<String, Object> says(String text) {
    return Map.of("action", "note", "with", Map.of("text", text));
  }

  @Test
  @DisplayName("SE-6: of the trigger's data is kept what steps name, in the same shape")
  void keepsWhatIsNamed() {
    List<Step> steps =
        steps(
            says("${trigger.ticket.number} ${trigger.ticket.day}"),
            Map.of(
                "if",
                Map.of("field", "trigger.amount", "operator", "gt", "value", 5),
                "then",
                List.of(says("${trigger.items.1.name}")),
                "else",
                List.of(says("${trigger.missing.deep} ${amount}"))));
    Map<String, Object> data =
        Map.of(
            "ticket",
            Map.of("number", "T-1", "day", "Monday", "holder", "Abebech"),
            "amount",
            7,
            "phone",
            "+251",
            "items",
            List.of(Map.of("name", "a"), Map.of("name", "b")),
            "missing",
            "a text");
    assertThat(TriggerUse.of(steps, data))
        .isEqualTo(
            Map.of(
                "ticket",
                Map.of("number", "T-1", "day", "Monday"),
                "amount",
                7,
                "items",
                List.of(Map.of("name", "a"), Map.of("name", "b")),
                "missing",
                "a text"));
  }

  @Test
  @DisplayName("SE-6: a whole object that is named is kept whole, also beside one of its parts")
  void keepsAWholeObject() {
    List<Step> steps = steps(says("${trigger.ticket} ${trigger.ticket.number}"));
    Map<String, Object> data = Map.of("ticket", Map.of("number", "T-1", "day", "Monday"));
    assertThat(TriggerUse.of(steps, data)).isEqualTo(data);
    assertThat(TriggerUse.of(steps(says("no reference")), data)).isEmpty();
  }
}
