package com.freelync.control.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.configuration.ModelSetting.Version;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Random deeds on one setting, done to the model and to what is tested. */
final class ModelDeeds {
  final ModelSetting model = new ModelSetting();
  private final ConfigurationFixture fixture;
  private final String key;
  private final Random random;

  ModelDeeds(ConfigurationFixture fixture, String key, Random random) {
    this.fixture = fixture;
    this.key = key;
    this.random = random;
  }

  /** One more deed, that is done where the model allows it and refused where it does not. */
  void next() {
    int kind = random.nextInt(model.versions.isEmpty() ? 1 : 12);
    Version version =
        model.versions.isEmpty() ? null : model.versions.get(random.nextInt(model.versions.size()));
    if (kind <= 1 || version == null) {
      create();
    } else {
      deed(version, kind);
    }
  }

  private void create() {
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
    model.versions.add(version);
  }

  private void deed(Version version, int kind) {
    switch (kind) {
      case 2, 3, 4, 5 -> approve(version, ModelPeople.any(random));
      case 6 -> reject(version);
      case 7 -> cancel(version);
      case 8 -> activate(version);
      case 9 -> rollBack(version);
      case 10 -> edit(version);
      default -> tick();
    }
  }

  private void approve(Version version, Approver approver) {
    boolean counts = version.isAsking(approver);
    expect(
        counts,
        () -> fixture.configurations().decide(version.id, approver, new NewWord(true, null, null)));
    if (counts) {
      version.approved.add(approver.subject());
      if (ModelPeople.slots(version.approved) == 2) {
        version.status = "APPROVED";
        version.base = model.active;
        if (version.isDue(fixture.clock.instant())) {
          model.activate(version);
        }
      }
    }
  }

  private void reject(Version version) {
    // Who has no role here may not refuse either.
    Approver cfo = ConfigurationFixture.CFO;
    boolean counts = version.isAsking(cfo);
    expect(
        counts,
        () -> fixture.configurations().decide(version.id, cfo, new NewWord(false, "No.", null)));
    if (counts) {
      version.status = "REJECTED";
    }
  }

  private void cancel(Version version) {
    boolean legal = version.isUpcoming();
    expect(legal, () -> fixture.configurations().cancel(version.id, null, fixture.admin()));
    if (legal) {
      version.status = "CANCELLED";
    }
  }

  private void activate(Version version) {
    boolean legal = version.status.equals("APPROVED") && version.base == model.active;
    expect(legal, () -> fixture.configurations().activate(version.id, fixture.admin()));
    if (legal) {
      model.activate(version);
    }
  }

  private void rollBack(Version version) {
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

  private void edit(Version version) {
    boolean legal = version.isUpcoming();
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
  private void tick() {
    fixture.forward(Duration.ofMinutes(1));
    for (Version version : List.copyOf(model.versions)) {
      fixture.worker.configuration.progress.advance(version.id, fixture.clock.instant());
      if (version.status.equals("APPROVED")
          && !version.suspended
          && version.isDue(fixture.clock.instant())) {
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
}
