package com.freelync.control.configuration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reads a stream of events as the HTML standard defines it ("Server-sent events"). */
final class EventLines {
  private final BufferedReader lines;
  private final Runnable alive;

  /**
   * Reads of a stream.
   *
   * @param alive is run at each line, also at comments, which are only there to show life
   */
  EventLines(InputStream stream, Runnable alive) {
    this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    this.alive = alive;
  }

  /** One event; its id is empty where it has none of its own. */
  record Event(String id, String name, String data) {}

  /** Who takes events. */
  interface Taker {
    void take(Event event) throws IOException;
  }

  /** Reads until the stream ends. */
  void readAll(Taker taker) throws IOException {
    String id = "";
    String name = "message";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      alive.run();
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          taker.take(new Event(id, name, data.substring(0, data.length() - 1)));
        }
        name = "message";
        id = "";
        data.setLength(0);
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "id" -> id = value;
        case "event" -> name = value;
        case "data" -> data.append(value).append('\n');
        default -> {
          // A comment, or a field that nobody knows: ignored, as the standard says.
        }
      }
    }
  }
}
