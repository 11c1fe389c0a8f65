package com.freelync.control.configuration;

import static com.freelync.control.configuration.ConfigurationFixture.CEO;
import static com.freelync.control.configuration.ConfigurationFixture.CFO;
import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.approval.NewWord;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What people and timers do to one setting in the same moment. */
class ActivationRaceTest {
  private static final String RATE = "commission.tier1.rate";
  private static final int TRIALS = 200;

  private final ConfigurationFixture fixture = new ConfigurationFixture();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
    fixture.close();
  }

  /** What each of the deeds that began at once came to: its result, or the refusal. */
  @SafeVarargs
  private List<Object> atOnce(Callable<Object>... deeds) throws Exception {
    CyclicBarrier start = new CyclicBarrier(deeds.length);
    List<Future<Object>> running = new ArrayList<>();
    for (Callable<Object> deed : deeds) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                try {
                  return deed.call();
                } catch (RequestRefused refusal) {
                  return refusal;
                }
              }));
    }
    List<Object> ends = new ArrayList<>();
    for (Future<Object> one : running) {
      ends.add(one.get());
    }
    return ends;
  }

  @Test
  @DisplayName("CF-1: of two activations of one key in the same instant one holds, 200 times")
  void twoActivations() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String at = fixture.in(Duration.ofMinutes(1)).toString();
      ConfigurationVersion one =
          fixture.approve(fixture.submitted(RATE, 1 + trial % 4, "scheduled_at", at), CEO);
      ConfigurationVersion other =
          fixture.approve(fixture.submitted(RATE, 5 + trial % 4, "scheduled_at", at), CFO);
      fixture.forward(Duration.ofMinutes(1));
      atOnce(
          () -> fixture.advance(one),
          () -> fixture.advance(other),
          () -> fixture.configurations().activate(one.id(), fixture.admin()),
          () -> fixture.configurations().activate(other.id(), fixture.admin()));
      fixture.advance(one);
      fixture.advance(other);
      List<ConfigurationVersion> ends = List.of(fixture.now(one), fixture.now(other));
      assertThat(ends)
          .extracting(ConfigurationVersion::status)
          .containsExactlyInAnyOrder("ACTIVE", "APPROVED");
      assertThat(ends)
          .filteredOn(version -> version.status().equals("APPROVED"))
          .allSatisfy(version -> assertThat(version.suspended()).isNotNull());
      assertThat(fixture.broken()).isZero();
    }
  }

  @Test
  @DisplayName(
      "CF-2: of an approval and an edit in the same moment what holds is what was approved")
  void approveAgainstEdit() throws Exception {
    Random random = new Random();
    for (int trial = 0; trial < TRIALS; trial++) {
      // An edit computes its impact first: a word that comes at once is nearly always earlier.
      long late = random.nextInt(30) * 1_000_000L;
      ConfigurationVersion change = fixture.submitted(RATE, 4);
      List<Object> ends =
          atOnce(
              () -> {
                LockSupport.parkNanos(late);
                return fixture
                    .configurations()
                    .decide(change.id(), CEO, new NewWord(true, null, change.contentHash()));
              },
              () ->
                  fixture
                      .configurations()
                      .edit(
                          change.id(),
                          UUID.randomUUID(),
                          Map.of("value", 6),
                          false,
                          null,
                          fixture.admin()));
      assertThat(ends.get(1)).isNotInstanceOf(RequestRefused.class);
      // Whoever came first: what nobody saw waits for people.
      ConfigurationVersion after = fixture.now(change);
      assertThat(after.status()).isEqualTo("PENDING");
      assertThat(after.value()).isEqualTo(Map.of("rate", 6));
      assertThat(after.openSlots()).hasSize(1);
      fixture.configurations().cancel(change.id(), null, fixture.admin());
    }
    assertThat(fixture.broken()).isZero();
  }
}
