package com.freelync.control.benchmark;

import com.freelync.control.database.Database;
import com.freelync.control.sandbox.identity.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How long a person's word takes over HTTP, while 32 people approve and reject 500 waiting runs at
 * once, each run twice, and those runs go on and pay: at a pace that people may have, counted from
 * when the word was due, and without a pause, which is as much as the machine can do.
 */
final class DecisionBenchmark {
  private static final int PEOPLE = 32;
  private static final int RUNS = 500;
  private static final int LATE_WORDS = 5_000;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Stage stage;
  private final SourceRows source;
  private final Effort effort;
  private final Database reader;
  private final TokenIssuer issuer;
  private final URI api;

  DecisionBenchmark(Stage stage, SourceRows source, Effort effort, Path directory) {
    this.stage = stage;
    this.source = source;
    this.effort = effort;
    reader = stage.readerPool();
    issuer = stage.opened(TokenIssuer.start(directory.resolve("issuer"), 0));
    api = ApiProcess.start(stage, issuer);
    stage.askPeople();
  }

  /** A word of somebody on a run. */
  private record Word(UUID execution, String word) {}

  /** How it was answered, and after how many nanoseconds. */
  private record Answered(int status, long nanos) {}

  /** What people said, and how long all of it took, in nanoseconds. */
  private record Round(List<Answered> answers, long wall) {
    Round plus(Round other) {
      return new Round(
          Stream.concat(answers.stream(), other.answers.stream()).toList(), wall + other.wall);
    }

    Measured measured(int status) {
      return new Measured(
          answers.stream()
              .filter(answer -> answer.status() == status)
              .map(Answered::nanos)
              .toList(),
          wall);
    }
  }

  /** Measures words while the runs go on and pay, and while no worker takes them up. */
  TextTable run() {
    warmUp();
    TextTable table =
        new TextTable("a person's word", "words", "p50 ms", "p95 ms", "p99 ms", "words / s");
    measure(table, "a word a second each", PACE, true);
    measure(table, "no pause", Duration.ZERO, true);
    measure(table, "no pause, no worker", Duration.ZERO, false);
    return table;
  }

  /** A server that has been up for a while: one round, and many words that come too late. */
  private void warmUp() {
    List<Word> words = waiting();
    talk(words, Duration.ZERO);
    stage.awaitQuiet();
    List<Word> late = new ArrayList<>();
    while (late.size() < LATE_WORDS) {
      late.addAll(words);
    }
    talk(late, Duration.ZERO);
  }

  private void measure(TextTable table, String name, Duration pace, boolean runsGoOn) {
    Round all = round(pace, runsGoOn);
    for (int round = 1; round < effort.rounds(); round++) {
      all = all.plus(round(pace, runsGoOn));
    }
    row(table, name, all.measured(200));
    row(table, name + ", too late", all.measured(409));
  }

  private static void row(TextTable table, String name, Measured measured) {
    table.row(
        name,
        String.valueOf(measured.latencies().size()),
        TextTable.number(measured.millis(0.50), 1),
        TextTable.number(measured.millis(0.95), 1),
        TextTable.number(measured.millis(0.99), 1),
        TextTable.number(measured.perSecond(), 0));
  }

  private Round round(Duration pace, boolean runsGoOn) {
    List<Word> words = waiting();
    Round round = runsGoOn ? talk(words, pace) : stage.withoutWorker(() -> talk(words, pace));
    stage.awaitQuiet();
    return round;
  }

  private Round talk(List<Word> words, Duration pace) {
    long start = System.nanoTime();
    List<Answered> answers = say(words, pace);
    return new Round(answers, System.nanoTime() - start);
  }

  /** Two words on each of so many runs that wait, in no order. */
  private List<Word> waiting() {
    new Events(stage.api.events).accept(source.large(RUNS));
    awaitWaiting();
    List<Word> words = new ArrayList<>();
    for (UUID id : waitingRuns()) {
      words.add(new Word(id, "approve"));
      words.add(new Word(id, "reject"));
    }
    Collections.shuffle(words, new Random(4));
    return words;
  }

  private void awaitWaiting() {
    while (waitingRuns().size() < RUNS) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    // Its request is written before its workflow sleeps: let what is under way come to rest.
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
  }

  private List<UUID> waitingRuns() {
    return reader.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id FROM control.workflow_execution WHERE status = 'AWAITING_APPROVAL'")
                .mapTo(UUID.class)
                .list());
  }

  private List<Answered> say(List<Word> words, Duration pace) {
    Queue<Word> left = new ConcurrentLinkedQueue<>(words);
    List<Answered> answers = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
        HttpClient http = HttpClient.newHttpClient()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++) {
        String name = "cfo-" + i;
        String token = issuer.token("cfo", claims -> claims.subject(name));
        long first = System.nanoTime() + pace.toNanos() * i / PEOPLE;
        all.add(
            people.submit(
                () -> {
                  long due = first;
                  for (Word word = left.poll(); word != null; word = left.poll()) {
                    answers.add(say(http, token, word, await(due, pace)));
                    due += pace.toNanos();
                  }
                  return name;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (Exception e) {
      throw new IllegalStateException("Not everybody was heard", e);
    }
    return answers;
  }

  /** Since when the word counts as said: since it was due, or since now where there is no pace. */
  private static long await(long due, Duration pace) {
    if (pace.isZero()) {
      return System.nanoTime();
    }
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return due;
  }

  private Answered say(HttpClient http, String token, Word word, long start) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                api.resolve("/admin/executions/" + word.execution() + "/" + word.word()))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"comment\": \"load\"}"))
            .build();
    int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    return new Answered(status, System.nanoTime() - start);
  }
}
