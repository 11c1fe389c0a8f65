package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.configuration.ConfigurationReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The stream of settings, as services follow it. */
class SettingStreamTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private final TestApi api = TestApi.running();

  /** A value that holds at once: flags ask nobody. */
  private static void set(TestApi server, String key, int value) {
    Answer made =
        server
            .as("admin", "POST", "/admin/config")
            .json(
                "{\"key\": \"%s\", \"category\": \"FEATURE_FLAG\", \"value\": %d, \"submit\": true, \"change_reason\": \"a test\"}"
                    .formatted(key, value))
            .send();
    Answer active =
        server
            .as("admin", "POST", "/admin/config/" + made.text("/id") + "/activate")
            .json("{}")
            .send();
    assertThat(active.text("/status")).as("%s", active).isEqualTo("ACTIVE");
  }

  private static String key() {
    return "stream.k" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static SettingEvents follow(TestApi server, String last) throws IOException {
    return SettingEvents.follow(server.address, server.token("marketplace"), last);
  }

  @Test
  @DisplayName(
      "CF-10: first all that holds, then that it is told, then each change; once more only what is newer")
  void follows() throws Exception {
    String key = key();
    set(api, key, 1);
    await().atMost(SOON).until(() -> told(key).status() == 200);
    String last;
    try (SettingEvents events = follow(api, "")) {
      List<SettingEvents.Event> begin = new ArrayList<>();
      SettingEvents.Event next = events.next();
      for (; next.name().equals("config"); next = events.next()) {
        begin.add(next);
      }
      assertThat(next.name()).isEqualTo("ready");
      last = next.id();
      assertThat(begin)
          .extracting(event -> event.json().path("key").asText())
          .contains("commission.tier1.rate", key)
          .doesNotHaveDuplicates()
          .noneMatch(name -> name.startsWith("rules."));
      // Who is cut off in the middle goes on from the last one, so none before it may come later.
      assertThat(begin).extracting(event -> Long.parseLong(event.id())).isSorted();

      set(api, key, 2);
      SettingEvents.Event change = events.next();
      assertThat(change.name()).isEqualTo("config");
      assertThat(change.json()).isEqualTo(told(key).json());
      assertThat(change.json().path("version").asInt()).isEqualTo(2);
      assertThat(Long.parseLong(change.id())).isGreaterThan(Long.parseLong(last));
    }
    set(api, key, 3);
    await().atMost(SOON).until(() -> told(key).json().path("version").asInt() == 3);
    try (SettingEvents events = follow(api, last)) {
      assertThat(events.next().json().path("version").asInt()).isEqualTo(2);
      assertThat(events.next().json().path("version").asInt()).isEqualTo(3);
      assertThat(events.next().name()).isEqualTo("ready");
    }
    try (SettingEvents events = follow(api, "999999999")) {
      assertThat(events.next().name()).as("of a place that never was, all").isEqualTo("config");
    }
  }

  private Answer told(String key) {
    return api.as("marketplace", "GET", "/config/" + key).send();
  }

  @Test
  @DisplayName("CF-10 SE-1: a stream ends with its token, and the next token goes on")
  void endsWithItsToken() throws Exception {
    // Clocks may differ by 30 seconds: so long an ended token is good.
    Instant ended = Instant.now().minusSeconds(28);
    String token =
        api.issuer.token("marketplace", claims -> claims.expirationTime(Date.from(ended)));
    String last;
    try (SettingEvents events = SettingEvents.follow(api.address, token, "")) {
      SettingEvents.Event event = events.next();
      while (!event.name().equals("ready")) {
        event = events.next();
      }
      last = event.id();
      assertThat(events.ends()).isTrue();
    }
    String key = key();
    set(api, key, 1);
    await().atMost(SOON).until(() -> told(key).status() == 200);
    try (SettingEvents events = follow(api, last)) {
      assertThat(events.next().json().path("key").asText()).isEqualTo(key);
    }
    String ages =
        api.issuer.token(
            "marketplace", claims -> claims.expirationTime(new Date(Long.MAX_VALUE / 2_000)));
    try (SettingEvents events = SettingEvents.follow(api.address, ages, last)) {
      assertThat(events.next().json().path("key").asText()).isEqualTo(key);
    }
  }

  @Test
  @DisplayName("CF-10 SE-4: a Last-Event-ID that is none is malformed")
  void badPlaces() {
    for (String last : List.of("x", "-1", "1.5", "9".repeat(19), "1 2", "0x1")) {
      Answer refused =
          api.as("marketplace", "GET", "/config/stream").header("Last-Event-ID", last).send();
      assertProblem(refused, 400);
      assertThat(refused.text("/errors/0/field")).isEqualTo("Last-Event-ID");
    }
  }

  @Test
  @DisplayName(
      "CF-10: what is changed through one server is heard and read at another, by fifty readers")
  void servers() throws Exception {
    TestApi other = api.butWith(Map.of());
    List<SettingEvents> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        SettingEvents events = follow(i % 2 == 0 ? other : api, "");
        readers.add(events);
        while (!events.next().name().equals("ready")) {
          // What holds already.
        }
      }
      String key = key();
      set(api, key, 7);
      for (SettingEvents events : readers) {
        SettingEvents.Event change = events.next();
        assertThat(change.json().path("key").asText()).isEqualTo(key);
        assertThat(change.json().at("/value/" + key.substring(7)).asInt()).isEqualTo(7);
      }
      assertThat(other.as("marketplace", "GET", "/config/" + key).send().json())
          .isEqualTo(told(key).json());
      set(other, key, 8);
      await().atMost(SOON).until(() -> told(key).json().path("version").asInt() == 2);
      assertThat(Call.of(other.admin, "GET", "/metrics").send().body())
          .contains("control_config_stream_readers 25.0");
    } finally {
      for (SettingEvents events : readers) {
        events.close();
      }
      other.stop();
    }
  }

  @Test
  @DisplayName(
      "CF-10: a Java service goes on with the last values while the server is away, then catches up")
  void reader() throws Exception {
    String key = key();
    set(api, key, 1);
    TestApi first = api.butWith(Map.of());
    AtomicReference<URI> server = new AtomicReference<>(first.address);
    try (ConfigurationReader reader =
        ConfigurationReader.start(server::get, () -> api.token("marketplace"))) {
      assertThat(reader.awaitReady(SOON)).isTrue();
      assertThat(reader.number(key, BigDecimal.TEN)).isEqualByComparingTo("1");
      assertThat(reader.number("no.such_key", BigDecimal.TEN)).isEqualTo(BigDecimal.TEN);
      set(api, key, 2);
      await().atMost(SOON).until(() -> reader.number(key, BigDecimal.TEN).intValue() == 2);

      long begun = System.nanoTime();
      first.stop();
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .as("an open stream does not keep a server from stopping")
          .isLessThan(Duration.ofSeconds(10));
      await().atMost(SOON).until(() -> !reader.isConnected());
      set(api, key, 3);
      assertThat(reader.number(key, BigDecimal.TEN)).isEqualByComparingTo("2");
      server.set(api.address);
      await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> reader.number(key, BigDecimal.TEN).intValue() == 3);
      assertThat(reader.isConnected()).isTrue();
    }
  }
}
