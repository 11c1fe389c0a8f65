package com.freelync.control.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.problem.RequestRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random deeds of random people on one setting, against a model that knows nothing of databases:
 * two slots, CTO and CFO.
 */
class ConfigurationModelTest {
  private static final int DEEDS = 14;

  private final ConfigurationFixture fixture = new ConfigurationFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void sequence(String key, Random random) {
    ModelDeeds deeds = new ModelDeeds(fixture, key, random);
    for (int deed = 0; deed < DEEDS; deed++) {
      deeds.next();
      agree(deeds.model, key);
    }
  }

  /** A version as it is kept. */
  public record Kept(UUID id, String status, int value, boolean suspended) {}

  private void agree(ModelSetting model, String key) {
    Map<UUID, Kept> kept =
        fixture
            .database
            .as("control_api")
            .read(
                handle ->
                    handle
                        .createQuery(
                            """
                            SELECT id, status, value::text::integer AS value,
                                   suspended IS NOT NULL AS suspended
                              FROM control.platform_config WHERE key = :key
                            """)
                        .bind("key", key)
                        .mapTo(Kept.class)
                        .list())
            .stream()
            .collect(Collectors.toMap(Kept::id, one -> one));
    assertThat(kept).hasSameSizeAs(model.versions);
    for (ModelSetting.Version version : model.versions) {
      assertThat(kept.get(version.id))
          .isEqualTo(
              new Kept(
                  version.id,
                  version.status,
                  version.value,
                  version.suspended && version.isUpcoming()));
    }
    assertThat(kept.values())
        .filteredOn(one -> one.status().equals("ACTIVE"))
        .hasSize(model.active == null ? 0 : 1);
  }

  /** What must hold whatever happened. */
  private void invariants() {
    assertThat(fixture.broken()).isZero();
    assertThat(
            fixture.count(
                """
                SELECT count(*) FROM control.platform_config v
                 WHERE v.activated_at IS NOT NULL AND v.key LIKE 'model.%' AND v.restores IS NULL
                   AND NOT EXISTS (
                     SELECT 1 FROM control.approval_request r
                      WHERE r.subject_type = 'configuration' AND r.subject_id = v.id::text
                        AND r.status = 'APPROVED' AND r.content_hash = v.content_hash
                        AND (SELECT count(DISTINCT d.person) FROM control.approval_decision d
                              WHERE d.request_id = r.id AND NOT d.person = ANY (v.authors)) >= 2)
                """))
        .as("activations without two other people")
        .isZero();
    assertThat(
            fixture.count(
                """
                SELECT count(*) FROM control.platform_config v
                 WHERE v.key LIKE 'model.%' AND v.status NOT IN ('DRAFT')
                   AND v.status IS DISTINCT FROM (
                     SELECT h.status FROM control.config_change_history h WHERE h.version_id = v.id
                      ORDER BY h.place DESC LIMIT 1)
                """))
        .as("versions whose last entry of the record says something else")
        .isZero();
  }

  private void sequences(int number) {
    long seed = Long.getLong("control.seed", System.nanoTime());
    for (int i = 0; i < number; i++) {
      try {
        sequence("model.s%d".formatted(i), new Random(seed + i));
      } catch (AssertionError e) {
        throw new AssertionError("with -Dcontrol.seed=" + (seed + i), e);
      }
    }
    invariants();
  }

  @Test
  @DisplayName("CF-1 CF-2 CF-3: 500 random sequences of deeds do what a simple model says")
  void likeTheModel() {
    sequences(500);
  }

  @Test
  @Tag("nightly")
  @DisplayName("CF-1 CF-2 CF-3: 10,000 random sequences of deeds do what a simple model says")
  void likeTheModelTenThousandTimes() {
    sequences(10_000);
  }

  @Test
  @DisplayName("CF-1 CF-2 CF-3: four people at once never make two hold, nor what nobody approved")
  void atOnce() throws Exception {
    long seed = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 15; round++) {
        String key = "model.c" + round;
        ConfigurationVersion first = fixture.submitted(key, 1, "category", "PAYMENT_GATEWAY");
        List<UUID> ids = new CopyOnWriteArrayList<>(List.of(first.id()));
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          Random random = new Random(seed + round * 10 + i);
          running.add(threads.submit(() -> wildly(key, ids, random)));
        }
        for (Future<?> one : running) {
          one.get();
        }
        invariants();
      }
    }
  }

  private void wildly(String key, List<UUID> ids, Random random) {
    for (int deed = 0; deed < 25; deed++) {
      UUID id = ids.get(random.nextInt(ids.size()));
      Approver person = ModelPeople.any(random);
      Configurations all = fixture.configurations();
      try {
        switch (random.nextInt(9)) {
          case 0 ->
              ids.add(
                  fixture.submitted(key, random.nextInt(9), "category", "PAYMENT_GATEWAY").id());
          case 1, 2, 3, 4 -> all.decide(id, person, new NewWord(true, null, null));
          case 5 ->
              all.edit(
                  id,
                  UUID.randomUUID(),
                  Map.of("value", random.nextInt(9)),
                  true,
                  null,
                  fixture.admin());
          case 6, 7 -> all.activate(id, fixture.admin());
          default -> all.rollback(id, UUID.randomUUID(), null, "Back.", fixture.admin());
        }
      } catch (RequestRefused refusal) {
        // Most are: what matters is what holds afterwards.
      }
    }
  }
}
