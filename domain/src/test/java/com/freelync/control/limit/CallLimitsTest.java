package com.freelync.control.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.database.TestDatabase;
import com.freelync.control.limit.CallLimits.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("Limit of calls: 100 in any 60 seconds, over all servers")
class CallLimitsTest {
  private static final CallLimit LIMIT = new CallLimit("analytics", 100, Duration.ofSeconds(60));
  private static final Instant START = Instant.parse("2026-02-01T00:00:00Z");

  private static TestDatabase database;
  private Instant now = START;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private CallLimits limits() {
    return new CallLimits(database.as("control_api"), () -> now);
  }

  @RepeatedTest(5)
  @DisplayName("AN limit: of 200 calls at once through two servers exactly 100 are admitted")
  void atOnce(RepetitionInfo repetition) throws Exception {
    List<CallLimits> servers =
        List.of(
            new CallLimits(database.as("control_api")),
            new CallLimits(database.as("control_worker")));
    String person = "crowd" + repetition.getCurrentRepetition();
    CyclicBarrier begin = new CyclicBarrier(20);
    try (ExecutorService callers = Executors.newFixedThreadPool(20)) {
      List<Callable<Long>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        CallLimits server = servers.get(i % 2);
        all.add(
            () -> {
              begin.await();
              long admitted = 0;
              for (int call = 0; call < 10; call++) {
                admitted += server.count(LIMIT, person).admitted() ? 1 : 0;
              }
              return admitted;
            });
      }
      long admitted = 0;
      for (Future<Long> one : callers.invokeAll(all)) {
        admitted += one.get();
      }
      assertThat(admitted).isEqualTo(100);
    }
  }

  @Test
  @DisplayName("AN limit: the window slides: a burst across its edge never has 101 in 60 seconds")
  void slides() {
    for (int i = 0; i < 50; i++) {
      assertThat(limits().count(LIMIT, "slider").admitted()).isTrue();
    }
    now = START.plusSeconds(59);
    for (int i = 0; i < 50; i++) {
      assertThat(limits().count(LIMIT, "slider").admitted()).isTrue();
    }
    Counted full = limits().count(LIMIT, "slider");
    assertThat(full).isEqualTo(new Counted(false, 0, Duration.ofSeconds(1)));
    now = START.plusSeconds(60);
    Counted free = limits().count(LIMIT, "slider");
    assertThat(free.admitted()).isTrue();
    assertThat(free.remaining()).isEqualTo(49);
    assertThat(free.next()).isEqualTo(Duration.ofSeconds(59));
    now = START.plusSeconds(118);
    for (int i = 0; i < 49; i++) {
      assertThat(limits().count(LIMIT, "slider").admitted()).isTrue();
    }
    assertThat(limits().count(LIMIT, "slider").admitted()).isFalse();
  }

  @Test
  @DisplayName("AN limit: what is refused does not count, and nobody counts for somebody else")
  void refusedAndOthers() {
    for (int i = 0; i < 150; i++) {
      now = START.plusMillis(i);
      assertThat(limits().count(LIMIT, "greedy").admitted()).isEqualTo(i < 100);
    }
    assertThat(limits().count(LIMIT, "other").remaining()).isEqualTo(99);
    now = START.plusMillis(60_000 + 49);
    for (int i = 0; i < 50; i++) {
      assertThat(limits().count(LIMIT, "greedy").admitted()).isTrue();
    }
    assertThat(limits().count(LIMIT, "greedy").admitted()).isFalse();
  }
}
