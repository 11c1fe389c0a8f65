package com.freelync.control.automation;

import com.freelync.control.audit.Actor;
import com.freelync.control.parse.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The automations that are active from the start, in the words of the specification. */
public final class SampleAutomations {
  private static final List<String> FILES =
      List.of("auto-approve-low-risk-payouts.json", "large-payouts.yaml");
  private static final Actor OWNER = new Actor("system:samples", null);

  private SampleAutomations() {}

  /** Installs those that are missing, by a service that has the role of the schema's owner. */
  public static void install(Automations automations) {
    for (String file : FILES) {
      UUID id = UUID.nameUUIDFromBytes(("sample/" + file).getBytes(StandardCharsets.UTF_8));
      automations.install(id, read(file), OWNER);
    }
  }

  private static Map<String, Object> read(String file) {
    try (InputStream in =
        Objects.requireNonNull(
            SampleAutomations.class.getResourceAsStream("/samples/" + file), file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Document.Format format = file.endsWith(".json") ? Document.Format.JSON : Document.Format.YAML;
      return switch (Document.read(text, format)) {
        case Document.Readable readable -> readable.content();
        case Document.Unreadable unreadable ->
            throw new IllegalStateException(file + ": " + unreadable.error());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
