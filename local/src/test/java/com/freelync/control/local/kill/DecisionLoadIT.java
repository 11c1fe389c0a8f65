package com.freelync.control.local.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.automation.ExecutionFilter;
import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.database.Cursor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many people deciding on many runs at once, over two API processes; how long it takes is measured
 * in {@code benchmarks}.
 */
@Tag("nightly")
class DecisionLoadIT {
  private static final int PEOPLE = 32;
  private static final int RUNS = 500;
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir static Path directory;

  /** One word of somebody: on which run, and which. */
  private record Word(UUID execution, String word) {}

  @Test
  @DisplayName("AU-13 SE-2: 32 people approve and reject 500 waiting runs, each twice: one outcome")
  void everyRunIsDecidedOnce() throws Exception {
    try (Fleet fleet = new Fleet(directory)) {
      List<UUID> payouts = new ArrayList<>();
      try (Load load = new Load(fleet)) {
        for (int i = 0; i < RUNS; i++) {
          payouts.add(fleet.marketplace.payout(fleet.marketplace.goodSeller(), "50000"));
        }
        load.sendAll(payouts);
        await()
            .atMost(LONG)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> waiting(fleet).size() == RUNS);
      }
      List<Integer> answers = decideAll(fleet, words(fleet));
      assertThat(answers).containsOnly(200, 409);
      assertThat(answers.stream().filter(answer -> answer == 200)).hasSize(RUNS);
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(payouts)
                      .allSatisfy(
                          payout ->
                              assertThat(fleet.marketplace.status(payout))
                                  .isIn("DISBURSED", "REJECTED")));
      assertThat(fleet.control.payouts.imbalance()).isZero();
    }
  }

  private static List<ExecutionRow> waiting(Fleet fleet) {
    return fleet.control.executions.list(
        new ExecutionFilter("AWAITING_APPROVAL", null, null, null, null, null, null, null),
        Cursor.START,
        RUNS + 1);
  }

  /** Two words on each run, in no order. */
  private static List<Word> words(Fleet fleet) {
    List<Word> words = new ArrayList<>();
    for (ExecutionRow row : waiting(fleet)) {
      words.add(new Word(row.id(), "approve"));
      words.add(new Word(row.id(), "reject"));
    }
    Collections.shuffle(words, new Random(4));
    return words;
  }

  private static List<Integer> decideAll(Fleet fleet, List<Word> words) throws Exception {
    ConcurrentLinkedQueue<Word> left = new ConcurrentLinkedQueue<>(words);
    List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
        HttpClient http = HttpClient.newHttpClient()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++) {
        String name = "cfo-" + i;
        String token = fleet.issuer.token("cfo", claims -> claims.subject(name));
        URI api = fleet.apis.get(i % 2).address();
        all.add(
            people.submit(
                () -> {
                  for (Word word = left.poll(); word != null; word = left.poll()) {
                    answers.add(say(http, api, token, word));
                  }
                  return name;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    return answers;
  }

  private static int say(HttpClient http, URI api, String token, Word word) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                api.resolve("/admin/executions/" + word.execution() + "/" + word.word()))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"comment\": \"load\"}"))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
