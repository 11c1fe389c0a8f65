package com.freelync.control.configuration;

import com.freelync.control.worker.LocalCalls;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database what became of the version, and waits: for a ring, for its instant, for the
 * next look at its metric. It never decides.
 */
public final class ConfigurationChangeImpl implements ConfigurationChange {
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private boolean isRung;

  @Override
  public String follow(UUID id) {
    ChangeActivities changes =
        LocalCalls.records(ChangeActivities.class, "see how far the version has come");
    ChangeState state = changes.advance(id, Workflow.currentTimeMillis());
    while (!state.isOver()) {
      show(state, "");
      if (state.needsSubmission()) {
        longChanges("compute its impact and ask people").submit(id);
      } else if (state.isWatched()) {
        watch(state);
      } else {
        await(state.nextAt());
      }
      isRung = false;
      state = changes.advance(id, Workflow.currentTimeMillis());
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.continueAsNew(id);
      }
    }
    show(state, "");
    return state.status();
  }

  /** One look at the metric, then a pause, or the end of the window if that comes first. */
  private void watch(ChangeState state) {
    Instant now = now();
    Instant end = state.guardEndsAt() == null ? now : state.guardEndsAt();
    Duration left = Duration.between(now, end);
    String found =
        longChanges("hold the metric against its bound").checkGuard(state.id(), now.toEpochMilli());
    show(state, found);
    if (left.isPositive()) {
      Duration pause = Duration.ofSeconds(state.lookEverySeconds());
      await(now.plus(pause.compareTo(left) < 0 ? pause : left));
    }
  }

  private void await(@Nullable Instant until) {
    if (until == null) {
      Workflow.await(() -> isRung);
      return;
    }
    Duration left = Duration.between(now(), until);
    Workflow.await(left.compareTo(SHORTEST) < 0 ? SHORTEST : left, () -> isRung);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private static void show(ChangeState state, String found) {
    Workflow.setCurrentDetails(
        "Version %d of **%s** %s.%s"
            .formatted(
                state.version(), state.key(), state.words(), found.isEmpty() ? "" : " " + found));
  }

  private static LongChangeActivities longChanges(String summary) {
    return Workflow.newActivityStub(
        LongChangeActivities.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofMinutes(2))
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(1))
                    .setMaximumInterval(Duration.ofSeconds(30))
                    .build())
            .setSummary(summary)
            .build());
  }

  @Override
  public void changed() {
    isRung = true;
  }
}
