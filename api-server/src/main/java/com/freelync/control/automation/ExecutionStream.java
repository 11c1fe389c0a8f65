package com.freelync.control.automation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.api.stream.ChunkStream;
import com.freelync.control.api.stream.EventStream;
import com.freelync.control.api.stream.StreamReaders;
import com.freelync.control.temporal.TemporalSettings;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The readers of executions, each of one: they follow it to its end. */
public final class ExecutionStream implements AutoCloseable {
  /** Each costs a look into the database for each change. */
  private static final int MOST_READERS = 500;

  private final LiveExecutions live;
  private final Executions executions;
  private final TemporalSettings temporal;
  private final ObjectMapper json;
  private final Clock clock;
  private final StreamReaders readers = new StreamReaders(MOST_READERS);

  public ExecutionStream(
      LiveExecutions live,
      Executions executions,
      TemporalSettings temporal,
      ObjectMapper json,
      Clock clock) {
    this.live = live;
    this.executions = executions;
    this.temporal = temporal;
    this.json = json;
    this.clock = clock;
  }

  /** How many readers there are. */
  public int readers() {
    return readers.count();
  }

  /**
   * Serves a reader until the execution or the reader's token ends.
   *
   * @param until when the token ends
   * @param known the id of the last event that it has; negative for none
   */
  Response serve(UUID executionId, Instant until, long known) {
    executions.get(executionId);
    return readers.serve(
        Duration.between(clock.instant(), until),
        (stream, answer) -> write(stream, answer, executionId, known));
  }

  private void write(EventStream stream, ChunkStream answer, UUID executionId, long known)
      throws IOException {
    ExecutionNews news = new ExecutionNews(this::written, known);
    Runnable look =
        () -> {
          synchronized (news) {
            ExecutionView now = ExecutionView.of(executions.get(executionId), temporal);
            news.of(now).forEach(stream::send);
            if (now.finishedAt() != null) {
              stream.end();
            }
          }
        };
    try (LiveExecutions.Watch watch = live.watch(executionId, look)) {
      look.run();
      stream.writeTo(answer);
    }
  }

  private String written(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends every stream once what waits is sent. */
  @Override
  public void close() {
    readers.close();
  }
}
