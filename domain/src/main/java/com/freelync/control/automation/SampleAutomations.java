package com.freelync.control.automation;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.parse.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The automations that are active from the start, in the words of the specification. */
public final class SampleAutomations {
  private static final List<String> FILES = List.of("auto-approve-low-risk-payouts.json");
  private static final Actor OWNER = new Actor("system:samples", null);

  private SampleAutomations() {}

  /** Installs those that are missing; needs the role that owns the schema. */
  public static void install(Database owner, ActionCatalog catalog, Clock clock) {
    Automations automations = new Automations(owner, new AuditLog(owner, clock), catalog, clock);
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
      return switch (Document.read(text, Document.Format.JSON)) {
        case Document.Readable readable -> readable.content();
        case Document.Unreadable unreadable ->
            throw new IllegalStateException(file + ": " + unreadable.error());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
