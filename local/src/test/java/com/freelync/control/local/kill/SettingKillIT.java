package com.freelync.control.local.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.ControlCenter;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.ConfigurationChange;
import com.freelync.control.configuration.ConfigurationVersion;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.local.kill.Fleet.Victim;
import com.freelync.control.temporal.RunState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} of workers, API processes, Temporal and PostgreSQL in the middle of activations.
 * Afterwards every setting has the one value that people approved, and its record is whole.
 */
@Tag("system")
@DisplayName("CF-1 CF-2 CF-7: settings survive kills")
class SettingKillIT {
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final Failpoint[] POINTS = {
    Failpoint.CONFIG_ENDED, Failpoint.CONFIG_ACTIVATED, Failpoint.CONFIG_ADVANCED
  };
  private static final Victim[] VICTIMS = Victim.values();
  private static final int SETTINGS = 6;

  @TempDir static Path directory;
  private static Fleet fleet;
  private static ControlCenter api;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    fleet = new Fleet(directory);
    api = new ControlCenter(fleet.pool("control_api"), Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  static Stream<Map<Failpoint, Victim>> some() {
    return IntStream.range(0, 2).mapToObj(SettingKillIT::round);
  }

  /** Every point with every victim. */
  static Stream<Map<Failpoint, Victim>> all() {
    return IntStream.range(0, 20).mapToObj(SettingKillIT::round);
  }

  private static Map<Failpoint, Victim> round(int number) {
    Map<Failpoint, Victim> round = new EnumMap<>(Failpoint.class);
    for (int i = 0; i < POINTS.length; i++) {
      round.put(POINTS[i], VICTIMS[(number + i) % VICTIMS.length]);
    }
    return round;
  }

  @ParameterizedTest(name = "killed: {0}")
  @MethodSource("some")
  void survives(Map<Failpoint, Victim> round) throws Exception {
    kill(round);
  }

  @Tag("nightly")
  @ParameterizedTest(name = "killed: {0}")
  @MethodSource("all")
  void survivesOften(Map<Failpoint, Victim> round) throws Exception {
    kill(round);
  }

  private static void kill(Map<Failpoint, Victim> round) throws Exception {
    String run = UUID.randomUUID().toString().substring(0, 8);
    List<ConfigurationVersion> scheduled = new ArrayList<>();
    try {
      Instant at = Instant.now().plusSeconds(15);
      for (int i = 0; i < SETTINGS; i++) {
        scheduled.add(approved("kill.r" + run + ".s" + i, 2 + i, at));
      }
      ConfigurationVersion byHand = approved("kill.r" + run + ".hand", 1, null);
      for (Failpoint point : round.keySet()) {
        fleet.points.arm(point.name());
      }
      // On a thread of its own: it waits for a kill, which is told by the common pool.
      CompletableFuture<Void> deed =
          CompletableFuture.runAsync(() -> activate(byHand), Thread::startVirtualThread);
      fleet.killAtEach(round);
      fleet.awaitReady();
      deed.join();
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(250))
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                for (ConfigurationVersion version : scheduled) {
                  assertThat(now(version).status()).isEqualTo("ACTIVE");
                  assertThat(
                          RunState.of(
                              fleet.temporalClient.client(),
                              ConfigurationChange.temporalId(version.id())))
                      .isNotEqualTo(RunState.OPEN);
                }
                assertThat(now(byHand).status()).isEqualTo("ACTIVE");
                assertThat(fleet.control.outbox.waiting()).isZero();
              });
      assertRight();
    } finally {
      fleet.points.clear();
    }
  }

  private static ConfigurationVersion approved(
      String key, int value, @Nullable Instant scheduledAt) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("value", value);
    fields.put("change_reason", "A test");
    if (scheduledAt != null) {
      fields.put("scheduled_at", scheduledAt.toString());
    }
    ConfigurationVersion version =
        api.configuration
            .configurations
            .create(
                UUID.randomUUID(),
                new NewChange(key, "COMMISSION", fields, false),
                true,
                new Actor("admin-" + UUID.randomUUID(), null))
            .version();
    return api.configuration.configurations.decide(
        version.id(),
        new Approver("cfo", Set.of(new Role("CFO")), null),
        new NewWord(true, null, null));
  }

  /** By hand over HTTP, as somebody who does not give up. */
  private static void activate(ConfigurationVersion version) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(
            () -> {
              URI address =
                  fleet
                      .apis
                      .get((int) (System.nanoTime() & 1))
                      .address()
                      .resolve("/admin/config/" + version.id() + "/activate");
              HttpRequest request =
                  HttpRequest.newBuilder(address)
                      .timeout(Duration.ofSeconds(5))
                      .header("Authorization", "Bearer " + fleet.issuer.token("admin"))
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.noBody())
                      .build();
              HTTP.send(request, HttpResponse.BodyHandlers.discarding());
              return now(version).status().equals("ACTIVE");
            });
  }

  private static ConfigurationVersion now(ConfigurationVersion version) {
    return api.configuration.settings.version(version.id());
  }

  private static void assertRight() {
    assertThat(
            count(
                """
                SELECT count(*) FROM (SELECT key FROM control.platform_config WHERE status = 'ACTIVE'
                                       GROUP BY key HAVING count(*) > 1) twice
                """))
        .isZero();
    assertThat(count("SELECT count(*) FROM control.broken_config_history()")).isZero();
    assertThat(
            count(
                """
                SELECT count(*) FROM control.platform_config v
                 WHERE v.status = 'ACTIVE' AND v.key LIKE 'kill.%' AND NOT EXISTS (
                   SELECT 1 FROM control.approval_request r
                    WHERE r.subject_id = v.id::text AND r.status = 'APPROVED' AND r.content_hash = v.content_hash)
                """))
        .isZero();
    assertThat(
            count(
                """
                SELECT count(*) FROM control.platform_config v
                 WHERE v.status = 'ACTIVE' AND v.key LIKE 'kill.%'
                   AND (SELECT count(*) FROM control.config_change_history h
                         WHERE h.version_id = v.id AND h.action = 'ACTIVATED') <> 1
                """))
        .isZero();
  }

  private static long count(String sql) {
    return fleet
        .pool("control_owner")
        .read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  @Test
  @DisplayName("CF-7: it becomes active at its instant with the API down and the workers restarted")
  void withoutTheApi() {
    Instant at = Instant.now().plusSeconds(12).truncatedTo(ChronoUnit.MICROS);
    ConfigurationVersion version = approved("kill.away", 7, at);
    await()
        .atMost(Duration.ofSeconds(8))
        .until(
            () ->
                RunState.of(
                        fleet.temporalClient.client(), ConfigurationChange.temporalId(version.id()))
                    == RunState.OPEN);
    fleet.apis.forEach(JavaPart::kill);
    fleet.workers.forEach(JavaPart::killAndStart);
    try {
      await().atMost(LONG).until(() -> now(version).status().equals("ACTIVE"));
      assertThat(now(version).activatedAt()).isAfterOrEqualTo(at);
    } finally {
      fleet.apis.forEach(JavaPart::start);
      fleet.awaitReady();
    }
  }
}
