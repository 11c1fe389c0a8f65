package com.freelync.control.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OP-1 restarts")
class BackoffTest {
  private final Backoff backoff = new Backoff();

  @Test
  void pausesDoubleUpToHalfAMinute() {
    assertThat(backoff.after(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
    assertThat(backoff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    for (int i = 0; i < 10; i++) {
      backoff.after(Duration.ZERO);
    }
    assertThat(backoff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aPartThatRanForAWhileIsStartedAgainAtOnce() {
    backoff.after(Duration.ZERO);
    backoff.after(Duration.ZERO);

    assertThat(backoff.after(Backoff.CALM)).isEqualTo(Duration.ofMillis(500));
  }
}
