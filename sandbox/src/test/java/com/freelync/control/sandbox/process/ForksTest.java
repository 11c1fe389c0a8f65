package com.freelync.control.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OP-1: what is forked is known to whoever stops it")
class ForksTest {
  private final Forks forks = new Forks();

  @Test
  void nothingIsForkedAfterTheyWereClosed() throws Exception {
    Process before = forks.start(sleeper());

    List<ProcessHandle> running = forks.close();

    assertThat(running).containsExactly(before.toHandle());
    assertThatThrownBy(() -> forks.start(sleeper()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("being stopped");
    before.destroyForcibly().waitFor();
    assertThat(forks.close()).isEmpty();
  }

  @Test
  void closingInTheMidstOfManyStartsMissesNone() throws Exception {
    Queue<ProcessHandle> begun = new ConcurrentLinkedQueue<>();
    CountDownLatch first = new CountDownLatch(4);
    List<Thread> starters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starters.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (true) {
                        begun.add(forks.start(sleeper()).toHandle());
                        first.countDown();
                      }
                    } catch (IOException closed) {
                      // That is what ends the loop.
                    }
                  }));
    }
    first.await();

    List<ProcessHandle> running = forks.close();
    for (Thread starter : starters) {
      starter.join();
    }

    try {
      assertThat(running).containsExactlyInAnyOrderElementsOf(begun);
    } finally {
      begun.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static ProcessBuilder sleeper() {
    return new ProcessBuilder("sleep", "60");
  }
}
