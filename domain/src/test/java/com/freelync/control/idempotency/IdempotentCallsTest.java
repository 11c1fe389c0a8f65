package com.freelync.control.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.database.Ids;
import com.freelync.control.database.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SE-7: calls with an idempotency key")
class IdempotentCallsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Instant BEGIN = Instant.parse("2026-02-01T08:00:00Z");
  private static final KeptAnswer ANSWER =
      new KeptAnswer(201, Map.of("Location", "/things/1"), new byte[] {1, 2, 3});

  private Instant now = BEGIN;
  private final IdempotentCalls calls =
      new IdempotentCalls(DATABASE.as("control_api"), new TestClock(), Ids.timeOrdered());

  @BeforeEach
  void forgetAll() {
    DATABASE
        .as("control_owner")
        .transaction(tx -> tx.handle().execute("DELETE FROM control.idempotent_calls"));
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void theFirstAnswerIsKeptAsItWas() {
    Beginning.First first = first("cfo", "k", "a");
    calls.answered("cfo", "k", first.claim(), ANSWER);
    assertThat(calls.begin("cfo", "k", "a"))
        .isInstanceOfSatisfying(
            Beginning.Answered.class,
            answered -> {
              assertThat(answered.answer().status()).isEqualTo(201);
              assertThat(answered.answer().headers()).containsEntry("Location", "/things/1");
              assertThat(answered.answer().body()).containsExactly(1, 2, 3);
            });
  }

  @Test
  void anAnswerIsItsCallersAlone() {
    Beginning.First first = first("cfo", "k", "a");
    calls.answered("cfo", "k", first.claim(), ANSWER);
    assertThat(calls.begin("ceo", "k", "a")).isInstanceOf(Beginning.First.class);
  }

  @Test
  void anotherCallWithTheKeyIsToldSoEvenInFlight() {
    first("cfo", "k", "a");
    assertThat(calls.begin("cfo", "k", "b")).isEqualTo(new Beginning.OtherCall());
  }

  @Test
  void aCallInFlightKeepsItsRepetitionAwayUntilItsLeaseEnds() {
    Beginning.First first = first("cfo", "k", "a");
    now = BEGIN.plus(IdempotentCalls.LEASE).minusSeconds(1);
    assertThat(calls.begin("cfo", "k", "a")).isEqualTo(new Beginning.InFlight());
    now = BEGIN.plus(IdempotentCalls.LEASE);
    Beginning.First second = first("cfo", "k", "a");
    assertThat(second.seed()).as("so that the same ids are made").isEqualTo(first.seed());
    assertThat(second.claim()).isNotEqualTo(first.claim());
  }

  @Test
  void whoLostTheLeaseCannotStoreAnAnswer() {
    Beginning.First first = first("cfo", "k", "a");
    now = BEGIN.plus(IdempotentCalls.LEASE);
    Beginning.First second = first("cfo", "k", "a");
    calls.answered("cfo", "k", first.claim(), ANSWER);
    assertThat(calls.begin("cfo", "k", "a")).isEqualTo(new Beginning.InFlight());
    calls.answered("cfo", "k", second.claim(), ANSWER);
    assertThat(calls.begin("cfo", "k", "a")).isInstanceOf(Beginning.Answered.class);
  }

  @Test
  void aReleasedCallMayBeRepeatedAtOnceWithTheSameSeed() {
    Beginning.First first = first("cfo", "k", "a");
    calls.released("cfo", "k", first.claim());
    assertThat(first("cfo", "k", "a").seed()).isEqualTo(first.seed());
    assertThat(calls.begin("cfo", "k", "b")).isEqualTo(new Beginning.OtherCall());
  }

  @Test
  void afterADayTheKeyIsNewAndMakesOtherIds() {
    Beginning.First first = first("cfo", "k", "a");
    calls.answered("cfo", "k", first.claim(), ANSWER);
    now = BEGIN.plus(IdempotentCalls.KEPT);
    assertThat(calls.begin("cfo", "k", "a")).isInstanceOf(Beginning.Answered.class);
    now = BEGIN.plus(IdempotentCalls.KEPT).plus(Duration.ofMillis(1));
    assertThat(first("cfo", "k", "b").seed()).isNotEqualTo(first.seed());
  }

  @Test
  void thePurgeForgetsOldCallsOnly() {
    first("cfo", "old", "a");
    now = BEGIN.plus(Duration.ofHours(2));
    first("cfo", "young", "a");
    now = BEGIN.plus(IdempotentCalls.KEPT).plusSeconds(1);
    assertThat(calls.purge()).isEqualTo(1);
    assertThat(calls.begin("cfo", "young", "other")).isEqualTo(new Beginning.OtherCall());
  }

  private Beginning.First first(String caller, String key, String fingerprint) {
    Beginning beginning = calls.begin(caller, key, fingerprint);
    assertThat(beginning).isInstanceOf(Beginning.First.class);
    return (Beginning.First) beginning;
  }

  private final class TestClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
