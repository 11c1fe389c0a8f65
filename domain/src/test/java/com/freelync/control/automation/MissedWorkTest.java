package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.audit.Actor;
import com.freelync.control.event.PlatformEvent;
import com.freelync.control.problem.RequestRefused;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AU-13 AU-14: automations that are resumed, with or without what they missed")
class MissedWorkTest {
  private TriggerFixture fixture;

  @BeforeEach
  void open() {
    fixture = new TriggerFixture();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void event() {
    events(1);
  }

  private void events(int count) {
    UUID payout = fixture.marketplace.payout(fixture.marketplace.goodSeller(), "100.00");
    List<PlatformEvent> events =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new PlatformEvent(
                        "/test",
                        UUID.randomUUID().toString(),
                        "payout.requested",
                        null,
                        null,
                        Map.of("payout_id", payout.toString())))
            .toList();
    fixture.api.events.accept(events, new Actor("marketplace", null));
  }

  private long count(UUID id) {
    return fixture.count(
        "SELECT count(*) FROM control.workflow_execution WHERE workflow_id = ?", id);
  }

  @Test
  @DisplayName(
      "AU-13: events of the pause run in batches, each once, and those before it stay once")
  void events() {
    event();
    UUID id = fixture.active("event: payout.requested");
    event();
    fixture.pause(id);
    events(450);
    assertThat(count(id)).isEqualTo(1);
    fixture.resume(id, "run");
    event();
    fixture.work();
    fixture.work();
    assertThat(count(id)).isEqualTo(452);
    assertThat(fixture.count("SELECT count(*) FROM control.missed_work")).isZero();
  }

  @Test
  @DisplayName("AU-13: a worker that dies in a batch leaves it to the next, and nothing runs twice")
  void dies() {
    UUID id = fixture.active("event: payout.requested");
    fixture.pause(id);
    events(250);
    fixture.resume(id, "run");
    fixture.worker.triggers.missed.next();
    fixture.worker.triggers.missed.next();
    assertThat(count(id)).isEqualTo(200);
    fixture
        .database
        .as("control_worker")
        .rehearse(transaction -> fixture.worker.triggers.missed.next(transaction, id));
    assertThat(count(id)).isEqualTo(200);
    fixture.work();
    assertThat(count(id)).isEqualTo(250);
  }

  @Test
  @DisplayName(
      "AU-13: an event whose transaction found it paused and ends after the resumption runs")
  void late() {
    UUID id = fixture.active("event: payout.requested");
    fixture.pause(id);
    Jdbi jdbi = Jdbi.create(fixture.database.as("control_api").dataSource());
    try (Handle slow = jdbi.open()) {
      slow.begin();
      slow.execute(
          """
          INSERT INTO control.event (id, source, source_id, type, data, received_at, received_by)
          VALUES (gen_random_uuid(), '/slow', '1', 'payout.requested',
                  jsonb_build_object('payout_id', gen_random_uuid()), clock_timestamp(), 'slow')
          """);
      fixture.resume(id, "run");
      fixture.work();
      assertThat(fixture.count("SELECT count(*) FROM control.missed_work")).isEqualTo(1);
      slow.commit();
    }
    fixture.work();
    assertThat(count(id)).isEqualTo(1);
  }

  @Test
  @DisplayName("AU-13: state changes are kept while it is paused, and run or are forgotten")
  void changes() {
    UUID runs = fixture.active("state: payout.status -> APPROVED");
    UUID skips = fixture.active("state: payout.status -> APPROVED");
    UUID goesOn = fixture.active("state: payout.status -> APPROVED");
    fixture.pause(runs);
    fixture.pause(skips);
    for (int i = 0; i < 3; i++) {
      UUID payout = fixture.marketplace.payout(fixture.marketplace.goodSeller(), "1.00");
      fixture.marketplace.move(payout, "APPROVED");
      if (i < 2) {
        fixture.work();
      }
    }
    fixture.resume(runs, "run");
    fixture.resume(skips, "skip");
    fixture.work();
    fixture.work();
    assertThat(count(goesOn)).isEqualTo(3);
    assertThat(count(runs)).as("also the one that was not followed before").isEqualTo(3);
    assertThat(count(skips)).isZero();
    assertThat(fixture.count("SELECT count(*) FROM control.missed_change")).isZero();
    fixture.marketplace.move(
        fixture.marketplace.payout(fixture.marketplace.goodSeller(), "1.00"), "APPROVED");
    fixture.work();
    assertThat(count(skips)).isEqualTo(1);
  }

  @Test
  @DisplayName("AU-13: instants of the pause run; pausing again keeps what is still missed")
  void instants() {
    UUID id = fixture.active("cron: * * * * *");
    fixture.pause(id);
    fixture.sql(
        """
        UPDATE control.automation_trigger
           SET paused_at = date_trunc('minute', paused_at) - interval '300 minutes 30 seconds'
         WHERE workflow_id = ?
        """,
        id);
    fixture.resume(id, "run");
    fixture.worker.triggers.missed.next();
    fixture.worker.triggers.missed.next();
    assertThat(count(id)).isEqualTo(200);
    fixture.pause(id);
    fixture.work();
    assertThat(count(id)).as("it is paused").isEqualTo(200);
    fixture.resume(id, "run");
    fixture.work();
    assertThat(count(id)).isBetween(301L, 302L);
  }

  @Test
  @DisplayName("AU-13: without a word, what was missed is skipped")
  void skips() {
    UUID id = fixture.active("event: payout.requested");
    fixture.pause(id);
    event();
    fixture.change(id, Map.of("status", "ACTIVE"));
    fixture.work();
    assertThat(count(id)).isZero();
    event();
    assertThat(count(id)).isEqualTo(1);
  }

  @Test
  @DisplayName("AU-13: missed is refused where nothing is resumed, or another trigger missed it")
  void refuses() {
    UUID id = fixture.active("event: payout.requested");
    assertThatThrownBy(() -> fixture.resume(id, "run")).isInstanceOf(RequestRefused.Invalid.class);
    fixture.pause(id);
    assertThatThrownBy(() -> fixture.change(id, Map.of("missed", "run")))
        .isInstanceOf(RequestRefused.Invalid.class);
    assertThatThrownBy(() -> fixture.resume(id, "RUN")).isInstanceOf(RequestRefused.Invalid.class);
    fixture.change(id, Map.of("trigger", "state: payout.status -> REQUESTED"));
    assertThatThrownBy(() -> fixture.resume(id, "run"))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            refused -> assertThat(refused.errors().getFirst().code()).isEqualTo("trigger_changed"));
    fixture.resume(id, "skip");
  }
}
