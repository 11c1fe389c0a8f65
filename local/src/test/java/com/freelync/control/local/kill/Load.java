package com.freelync.control.local.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.automation.ExecutionFilter;
import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.database.Cursor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Payouts in flight, and people who decide on the large ones, over HTTP, until each has got
 * through.
 */
final class Load implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Fleet fleet;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();

  /** The payouts, and what should become of each unless the gateway refuses it. */
  private final Map<UUID, String> expected = new LinkedHashMap<>();

  Load(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Asks for payouts, and begins to decide on the large ones. */
  void begin() {
    List<UUID> small = payouts(4, "40.25");
    List<UUID> approved = payouts(2, "50000");
    List<UUID> rejected = payouts(2, "60000");
    small.forEach(payout -> expected.put(payout, "DISBURSED"));
    approved.forEach(payout -> expected.put(payout, "DISBURSED"));
    rejected.forEach(payout -> expected.put(payout, "REJECTED"));
    expected.keySet().forEach(payout -> people.submit(() -> send(payout)));
    approved.forEach(payout -> people.submit(() -> decide(payout, "approve")));
    rejected.forEach(payout -> people.submit(() -> decide(payout, "reject")));
  }

  /** Sends the events of payouts, and returns when all are taken. */
  void sendAll(List<UUID> payouts) {
    payouts.parallelStream().forEach(this::send);
  }

  private List<UUID> payouts(int count, String amount) {
    List<UUID> payouts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      payouts.add(fleet.marketplace.payout(fleet.marketplace.goodSeller(), amount));
    }
    return payouts;
  }

  Map<UUID, String> expected() {
    return expected;
  }

  private void send(UUID payout) {
    String event =
        """
        {"specversion": "1.0", "id": "%s", "source": "/kill-test", "type": "payout.requested",
         "data": {"payout_id": "%s"}}
        """
            .formatted(payout, payout);
    untilTaken("marketplace", "/events", "application/cloudevents+json", event);
  }

  private void decide(UUID payout, String word) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        ExecutionRow row = large(payout);
        if (row != null && row.status().equals("AWAITING_APPROVAL")) {
          untilTaken(
              "cfo",
              "/admin/executions/" + row.id() + "/" + word,
              "application/json",
              "{\"comment\": \"kill test\"}");
          return;
        }
      } catch (RuntimeException e) {
        // PostgreSQL may be away: that is what this is about.
      }
      pause();
    }
  }

  private ExecutionRow large(UUID payout) {
    return executions(payout)
        .filter(row -> row.workflowName().equals("Large payouts"))
        .findFirst()
        .orElse(null);
  }

  Stream<ExecutionRow> executions(UUID payout) {
    return fleet
        .control
        .executions
        .list(ExecutionFilter.ofEntity("payout", payout.toString()), Cursor.START, 10)
        .stream();
  }

  /** Says it to one process after the other until one takes it, or has taken it before. */
  private void untilTaken(String person, String path, String type, String body) {
    for (int i = (int) (Math.random() * 2); !Thread.currentThread().isInterrupted(); i++) {
      URI address = fleet.apis.get(i % 2).address().resolve(path);
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .timeout(Duration.ofSeconds(8))
              .header("Authorization", "Bearer " + fleet.issuer.token(person))
              .header("Content-Type", type)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      try {
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        // 409: an earlier attempt, whose answer was lost, has decided.
        if (status < 300 || status == 409) {
          return;
        }
      } catch (IOException e) {
        // The process is dead, or the answer lost: again.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the gateway's own book says of a payout: the status of each disbursement. */
  List<String> book(UUID payout) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                fleet.gateway.address().resolve("/disbursements?payout_id=" + payout))
            .timeout(Duration.ofSeconds(8))
            .build();
    JsonNode book = JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    return book.path("items").findValuesAsText("status");
  }

  /** The next call of the gateway is refused. */
  void refuseOne() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(fleet.gateway.address().resolve("/faults"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"mode\": \"refuse\", \"times\": 1}"))
            .build();
    http.send(request, HttpResponse.BodyHandlers.discarding());
  }

  @Override
  public void close() {
    people.shutdownNow();
    http.close();
  }
}
