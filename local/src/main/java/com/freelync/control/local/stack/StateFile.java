package com.freelync.control.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.freelync.control.local.process.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code state.json}: a reader sees the old state or the new one, never half of one. */
public final class StateFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  /** The state kept in this file. */
  public StateFile(Path file) {
    this.file = file;
  }

  /** Puts the state in place of the one before. */
  public synchronized void write(StackState state) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, json(state) + "\n", StandardOpenOption.WRITE);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state that was written last; empty when there is none that can be read. */
  public Optional<StackState> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(state(JSON.readTree(file.toFile())));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** Removes the file: nothing runs. */
  public synchronized void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state as people's scripts get it; the address names stand at the top. */
  public static String json(StackState state) {
    ObjectNode root = JSON.createObjectNode();
    state.addresses().forEach(root::put);
    var parts = root.putArray("parts");
    for (PartStatus part : state.parts()) {
      ObjectNode node = parts.addObject();
      node.put("name", part.name());
      node.put("state", part.state().word());
      node.put("pid", part.pid());
      node.put("restarts", part.restarts());
      node.put("detail", part.detail());
    }
    root.putObject("supervisor")
        .put("pid", state.supervisor().pid())
        .put("start", state.supervisor().start());
    return root.toPrettyString();
  }

  private static StackState state(JsonNode root) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getValue().isTextual()) {
        addresses.put(field.getKey(), field.getValue().textValue());
      }
    }
    List<PartStatus> parts = new ArrayList<>();
    for (JsonNode part : root.path("parts")) {
      String state = part.path("state").asText().toUpperCase(Locale.ROOT);
      parts.add(
          new PartStatus(
              part.path("name").asText(),
              PartStatus.State.valueOf(state),
              part.path("pid").isNumber() ? part.path("pid").longValue() : null,
              part.path("restarts").intValue(),
              part.path("detail").textValue()));
    }
    JsonNode supervisor = root.path("supervisor");
    return new StackState(
        new ProcessIdentity(supervisor.path("pid").longValue(), supervisor.path("start").asText()),
        addresses,
        parts);
  }
}
