package com.freelync.control.sandbox.gateway;

import com.freelync.control.sandbox.http.Answer;
import com.freelync.control.sandbox.http.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A write to the gateway's book, answered as the next fault makes it go wrong. */
@FunctionalInterface
interface FaultyWrite {
  Duration HELD = Duration.ofSeconds(30);
  Duration SLOW = Duration.ofSeconds(3);

  /** Writes what was asked for, or that it is refused, unless its key was used before. */
  Outcome enter(boolean refuses) throws SQLException;

  /**
   * What was written.
   *
   * @param isDone whether money moved
   * @param name what the document is, in a conflict
   */
  record Outcome(Answer usual, boolean isDone, String name, Map<String, Object> document) {}

  /** Writes and answers, or not. */
  default Answer answer(Faults faults) throws SQLException, InterruptedException {
    Optional<Faults.Mode> fault = faults.next();
    if (fault.isEmpty()) {
      return enter(false).usual();
    }
    return switch (fault.get()) {
      case ERROR ->
          throw Problem.of(503, "unavailable", "The gateway is unavailable (fault: error)");
      case SLOW -> {
        Thread.sleep(SLOW);
        yield enter(false).usual();
      }
      case REFUSE -> enter(true).usual();
      case TIMEOUT_AFTER_SUCCESS -> {
        enter(false);
        yield new Answer.Silence(HELD);
      }
      case DUPLICATE -> {
        Outcome outcome = enter(false);
        if (!outcome.isDone()) {
          yield outcome.usual();
        }
        throw Problem.of(409, "duplicate", "The gateway believes that it did this before")
            .with(outcome.name(), outcome.document());
      }
    };
  }
}
