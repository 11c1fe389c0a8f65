package com.freelync.control.notification;

import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.RunStory;
import com.freelync.control.text.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The words of a message of a run: those that its definition gives, else what the run did until
 * now.
 */
record RunMessage(String subject, String text, String link) {
  private static final int LONGEST_VALUE = 200;
  private static final int MOST_VALUES = 12;

  static RunMessage of(Handle handle, Action.Request request) {
    String link = "/admin/executions/" + request.run().executionId();
    String subject = request.text("subject");
    String text = request.text("text");
    String template = request.text("template");
    RunStory story = RunStory.read(handle, request.run());
    MessageTemplate words =
        template == null
            ? new MessageTemplate("Automation " + story.automation(), told(story))
            : filled(template, story, link, request.input().get("values"));
    return new RunMessage(
        Objects.requireNonNullElse(subject, words.subject()),
        Objects.requireNonNullElse(text, words.text()),
        link);
  }

  private static MessageTemplate filled(
      String name, RunStory story, String link, @Nullable Object given) {
    Map<String, Object> values = values(given);
    values.putIfAbsent("automation", story.automation());
    values.putIfAbsent("execution", link);
    return MessageTemplate.named(name)
        .orElseThrow(
            () ->
                new ActionRefused(
                    "template",
                    "there is no template "
                        + name
                        + ": they are "
                        + String.join(", ", MessageTemplate.names())))
        .fill(values);
  }

  /** What the input {@code values} gives, by name. */
  static Map<String, Object> values(@Nullable Object given) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            if (value != null) {
              values.put(String.valueOf(name), value);
            }
          });
    } else if (given != null) {
      throw new ActionRefused("values", "values is an object");
    }
    return values;
  }

  private static String told(RunStory story) {
    if (story.steps().isEmpty()) {
      return "The automation “" + story.automation() + "” ran; no step came before this message.";
    }
    return "The automation “%s” ran:%n%n%s"
        .formatted(
            story.automation(),
            story.steps().stream().map(RunMessage::line).collect(Collectors.joining("\n")))
        .replace("\r\n", "\n");
  }

  private static String line(RunStory.Told step) {
    List<String> values =
        step.output().entrySet().stream()
            .filter(field -> !(field.getValue() instanceof List))
            .filter(field -> !(field.getValue() instanceof Map))
            .limit(MOST_VALUES)
            .map(
                field ->
                    "\n    "
                        + field.getKey()
                        + ": "
                        + Excerpt.of(MessageTemplate.plain(field.getValue()), LONGEST_VALUE))
            .toList();
    return "- " + step.action() + " " + step.status() + String.join("", values);
  }
}
