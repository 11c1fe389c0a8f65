package com.freelync.control.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.api.json.ApiJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;

/** A stream of events that a bare socket reads; one that is silent for 10 seconds fails. */
record SettingEvents(Socket socket, BufferedReader lines) implements AutoCloseable {
  /** One event. */
  record Event(String id, String name, String data) {
    JsonNode json() {
      try {
        return ApiJson.mapper().readTree(data);
      } catch (JsonProcessingException e) {
        throw new AssertionError(data, e);
      }
    }
  }

  /** Begins to read, after an event if one is named. */
  static SettingEvents follow(URI server, String token, String last) throws IOException {
    return follow(server, "/config/stream", token, last);
  }

  /** The same of any stream. */
  static SettingEvents follow(URI server, String path, String token, String last)
      throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(10_000);
    String place = last.isEmpty() ? "" : "Last-Event-ID: " + last + "\r\n";
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%s\r\n"
                .formatted(path, server.getAuthority(), token, place)
                .getBytes(UTF_8));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
    return new SettingEvents(socket, lines);
  }

  /** The next event, waited for. Headers, sizes of chunks and comments are passed over. */
  Event next() throws IOException {
    String id = "";
    String name = "";
    String data = "";
    while (data.isEmpty()) {
      String line = lines.readLine();
      assertThat(line).as("the stream goes on").isNotNull();
      id = line.startsWith("id: ") ? line.substring(4) : id;
      name = line.startsWith("event: ") ? line.substring(7) : name;
      data = line.startsWith("data: ") ? line.substring(6) : data;
    }
    return new Event(id, name, data);
  }

  /** Waits for the end of the answer, which is its last chunk; whether it came. */
  boolean ends() throws IOException {
    String line = lines.readLine();
    while (line != null && !line.equals("0")) {
      line = lines.readLine();
    }
    return line != null && lines.readLine().isEmpty();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
