package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Bulk;
import com.freelync.control.automation.BulkRequest;
import com.freelync.control.automation.ExecutionFilter;
import com.freelync.control.automation.RunInput;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions that wait for each other, on a real worker. */
class TurnRunTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Actor ADMIN = new Actor("admin", "request-1");
  private static final Approver CFO = new Approver("cfo", Set.of(new Role("CFO")), "request-2");

  @TempDir static Path state;
  private static RealWorker real;

  @BeforeAll
  static void start() {
    real = new RealWorker(state);
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  /** An automation whose runs last until the CFO has spoken. */
  private static UUID automation(String name, Object mode) {
    UUID id = UUID.randomUUID();
    real.api.automations.create(
        id,
        Map.of(
            "name",
            name,
            "trigger",
            "manual",
            "mode",
            mode,
            "status",
            "ACTIVE",
            "steps",
            List.of(Map.of("approval", Map.of("name", "go", "slots", List.of(List.of("CFO")))))),
        ADMIN);
    return id;
  }

  private static UUID trigger(UUID automation) {
    UUID id = UUID.randomUUID();
    real.api.executions.execute(id, automation, Map.of(), "a test", ADMIN);
    return id;
  }

  private static String status(UUID execution) {
    return real.api.executions.get(execution).row().status();
  }

  private static void awaitStatus(UUID execution, String status) {
    await().atMost(LONG).until(() -> status(execution).equals(status));
  }

  private static void approve(UUID execution) {
    real.api.executions.decide(execution, CFO, new NewWord(true, "go", null));
  }

  @Test
  @DisplayName(
      "AU-15: the next one begins when the one before it has ended, also if that process died at once")
  void queued() {
    UUID automation = automation("Queued", "queued");
    UUID first = trigger(automation);
    UUID second = trigger(automation);
    UUID third = trigger(automation);
    awaitStatus(first, "AWAITING_APPROVAL");
    assertThat(List.of(status(second), status(third))).containsOnly("PENDING");
    approve(first);
    awaitStatus(first, "COMPLETED");
    awaitStatus(second, "AWAITING_APPROVAL");
    assertThat(status(third)).isEqualTo("PENDING");
    real.connection
        .client()
        .newUntypedWorkflowStub(RunInput.temporalId(second, 1))
        .terminate("a test");
    // These services deliver nothing of what they owe: so does a process that dies after a commit.
    assertThat(real.control.openRuns.lost(second, "terminated")).isTrue();
    awaitStatus(third, "AWAITING_APPROVAL");
    approve(third);
    awaitStatus(third, "COMPLETED");
    assertThat(metrics())
        .contains("control_execution_seconds_count{automation=\"Queued\",status=\"completed\"} 2");
  }

  private static String metrics() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + real.adminPort() + "/metrics"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("AU-15: restart ends what is under way, and then begins")
  void restart() {
    UUID automation = automation("Restarts", "restart");
    UUID first = trigger(automation);
    awaitStatus(first, "AWAITING_APPROVAL");
    UUID second = trigger(automation);
    awaitStatus(first, "CANCELLED");
    awaitStatus(second, "AWAITING_APPROVAL");
    assertThat(real.api.executions.get(first).row().reason()).contains(second.toString());
    approve(second);
    awaitStatus(second, "COMPLETED");
  }

  @Test
  @DisplayName("AU-13: many executions are cancelled at once, and each run ends")
  void cancelsMany() {
    UUID automation = automation("Many", Map.of("parallel", 40));
    List<UUID> all = IntStream.range(0, 5).mapToObj(i -> trigger(automation)).toList();
    all.forEach(one -> awaitStatus(one, "AWAITING_APPROVAL"));
    BulkRequest request =
        new BulkRequest(
            BulkRequest.Action.CANCEL,
            new ExecutionFilter(null, automation, null, null, null, null, null, null),
            null,
            true,
            "not needed");
    Bulk begun =
        real.api.bulks.start(
            UUID.randomUUID(), request, real.api.bulks.preview(request).token(), ADMIN);
    all.forEach(one -> awaitStatus(one, "CANCELLED"));
    await().atMost(LONG).until(() -> real.api.bulks.get(begun.id()).status().equals("COMPLETED"));
    assertThat(real.api.bulks.get(begun.id()).done()).isEqualTo(5);
  }
}
