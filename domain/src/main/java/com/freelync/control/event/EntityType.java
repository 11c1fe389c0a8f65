package com.freelync.control.event;

import com.freelync.control.automation.Vocabulary.FactType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A kind of thing in the source about which events are sent. */
public interface EntityType {
  /** Its name, such as {@code payout}. */
  String name();

  /** The field of an event's data that holds its id, such as {@code payout_id}. */
  String idField();

  /** The events about it, and what each means. */
  Map<String, String> eventTypes();

  /** Its facts by dotted path; none is personal data. */
  Map<String, FactType> facts();

  /** The fields whose changes are seen where they are made, each with its possible values. */
  Map<String, List<String>> states();

  /** The facts of several, read from the source; one that does not exist is left out. */
  Map<UUID, Map<String, Object>> read(Handle handle, Collection<UUID> ids);

  /** The past of one of its event types; empty if none is kept. */
  default Optional<PastEvents> past(String eventType) {
    return Optional.empty();
  }
}
