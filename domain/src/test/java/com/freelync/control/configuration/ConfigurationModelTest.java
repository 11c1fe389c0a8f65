package com.freelync.control.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random deeds of random people on one setting, against a model that knows nothing of databases:
 * two slots, CTO and CFO.
 */
class ConfigurationModelTest {
  private static final List<Approver> PEOPLE =
      List.of(
          ConfigurationFixture.CTO,
          ConfigurationFixture.CFO,
          ConfigurationFixture.CEO,
          ConfigurationFixture.person("both", "CTO", "CFO"));
  private static final int DEEDS = 14;

  private final ConfigurationFixture fixture = new ConfigurationFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A version as the model knows it. */
  private static final class Version {
    final UUID id;
    String status = "DRAFT";
    int value;
    @Nullable Instant scheduledAt;
    final Set<String> approved = new HashSet<>();
    final Set<String> authors = new HashSet<>();
    @Nullable Version base;
    @Nullable Version before;
    boolean suspended;

    Version(UUID id, int value) {
      this.id = id;
      this.value = value;
    }
  }

  /** What holds, and what is to come. */
  private static final class Model {
    final List<Version> versions = new ArrayList<>();
    @Nullable Version active;

    void activate(Version version) {
      if (active != null) {
        active.status = "SUPERSEDED";
      }
      version.before = active;
      version.status = "ACTIVE";
      active = version;
    }
  }

  private void sequence(String key, Random random) {
    Model model = new Model();
    for (int deed = 0; deed < DEEDS; deed++) {
      int kind = random.nextInt(model.versions.isEmpty() ? 1 : 12);
      Version version =
          model.versions.isEmpty()
              ? null
              : model.versions.get(random.nextInt(model.versions.size()));
      if (kind <= 1 || version == null) {
        create(model, key, random);
      } else {
        deed(model, version, kind, random);
      }
      agree(model, key);
    }
  }

  private void create(Model model, String key, Random random) {
    int value = random.nextInt(1_000);
    boolean isScheduled = random.nextInt(3) == 0;
    Instant at = fixture.in(Duration.ofMinutes(1 + random.nextInt(3)));
    Object[] more =
        isScheduled
            ? new Object[] {"category", "PAYMENT_GATEWAY", "scheduled_at", at.toString()}
            : new Object[] {"category", "PAYMENT_GATEWAY"};
    ConfigurationVersion made =
        random.nextBoolean()
            ? fixture.submitted(key, value, more)
            : fixture.draft(key, value, more);
    Version version = new Version(made.id(), value);
    version.status = made.status();
    version.scheduledAt = isScheduled ? at : null;
    version.authors.addAll(made.authors());
    model.versions.add(version);
  }

  private void deed(Model model, Version version, int kind, Random random) {
    switch (kind) {
      case 2, 3, 4, 5 -> approve(model, version, PEOPLE.get(random.nextInt(PEOPLE.size())));
      case 6 -> {
        boolean legal = version.status.equals("PENDING");
        // Who has no role here may not refuse either.
        Approver cfo = ConfigurationFixture.CFO;
        boolean counts = legal && fills(version, cfo);
        expect(
            counts,
            () ->
                fixture.configurations().decide(version.id, cfo, new NewWord(false, "No.", null)));
        if (counts) {
          version.status = "REJECTED";
        }
      }
      case 7 -> {
        boolean legal = upcoming(version);
        expect(legal, () -> fixture.configurations().cancel(version.id, null, fixture.admin()));
        if (legal) {
          version.status = "CANCELLED";
        }
      }
      case 8 -> {
        boolean legal = version.status.equals("APPROVED") && version.base == model.active;
        expect(legal, () -> fixture.configurations().activate(version.id, fixture.admin()));
        if (legal) {
          model.activate(version);
        }
      }
      case 9 -> rollBack(model, version);
      case 10 -> edit(version, random);
      default -> tick(model);
    }
  }

  private static boolean upcoming(Version version) {
    return Set.of("DRAFT", "PENDING", "APPROVED").contains(version.status);
  }

  /** Two slots: CTO and CFO; whoever has both makes room. */
  private static boolean fills(Version version, Approver approver) {
    if (version.approved.contains(approver.subject())) {
      return false;
    }
    Set<String> all = new HashSet<>(version.approved);
    all.add(approver.subject());
    return size(all) > size(version.approved);
  }

  private static int size(Set<String> people) {
    boolean cto = people.contains("cto");
    boolean cfo = people.contains("cfo");
    boolean both = people.contains("both");
    return Math.min(2, (cto ? 1 : 0) + (cfo ? 1 : 0) + (both ? 1 : 0));
  }

  private void approve(Model model, Version version, Approver approver) {
    boolean counts = version.status.equals("PENDING") && fills(version, approver);
    expect(
        counts,
        () -> fixture.configurations().decide(version.id, approver, new NewWord(true, null, null)));
    if (counts) {
      version.approved.add(approver.subject());
      if (size(version.approved) == 2) {
        version.status = "APPROVED";
        version.base = model.active;
        if (version.scheduledAt != null && !version.scheduledAt.isAfter(fixture.clock.instant())) {
          model.activate(version);
        }
      }
    }
  }

  private void rollBack(Model model, Version version) {
    Version before = version.before;
    boolean legal = version == model.active && before != null && before.status.equals("SUPERSEDED");
    UUID id = UUID.randomUUID();
    expect(
        legal,
        () -> fixture.configurations().rollback(version.id, id, null, "Back.", fixture.admin()));
    if (legal && before != null) {
      Version forward = new Version(id, before.value);
      model.versions.add(forward);
      version.status = "ROLLED_BACK";
      forward.before = version;
      forward.status = "ACTIVE";
      model.active = forward;
    }
  }

  private void edit(Version version, Random random) {
    boolean legal = upcoming(version);
    if (version.status.equals("ACTIVE")) {
      return;
    }
    int value = random.nextInt(1_000);
    expect(
        legal,
        () ->
            fixture
                .configurations()
                .edit(
                    version.id,
                    UUID.randomUUID(),
                    Map.of("value", value),
                    false,
                    null,
                    fixture.admin()));
    if (legal) {
      version.value = value;
      version.approved.clear();
      version.suspended = false;
      version.status = version.status.equals("DRAFT") ? "DRAFT" : "PENDING";
    }
  }

  /** A minute goes by, and every workflow looks. */
  private void tick(Model model) {
    fixture.forward(Duration.ofMinutes(1));
    for (Version version : List.copyOf(model.versions)) {
      fixture.worker.configuration.progress.advance(version.id, fixture.clock.instant());
      if (version.status.equals("APPROVED")
          && !version.suspended
          && version.scheduledAt != null
          && !version.scheduledAt.isAfter(fixture.clock.instant())) {
        if (version.base == model.active) {
          model.activate(version);
        } else {
          version.suspended = true;
        }
      }
    }
  }

  private static void expect(boolean isLegal, Runnable deed) {
    try {
      deed.run();
      assertThat(isLegal).as("it was done, and the model refuses it").isTrue();
    } catch (RequestRefused refusal) {
      assertThat(isLegal).as("refused: %s", refusal.getMessage()).isFalse();
    }
  }

  /** A version as it is kept. */
  public record Kept(UUID id, String status, int value, boolean suspended) {}

  private void agree(Model model, String key) {
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
    for (Version version : model.versions) {
      assertThat(kept.get(version.id))
          .isEqualTo(
              new Kept(
                  version.id,
                  version.status,
                  version.value,
                  version.suspended && upcoming(version)));
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
      Approver person = PEOPLE.get(random.nextInt(PEOPLE.size()));
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
