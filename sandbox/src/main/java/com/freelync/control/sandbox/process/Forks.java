package com.freelync.control.sandbox.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The one place where child processes are begun. It closes under the lock that forks: after {@link
 * #close} nothing is forked any more, and everything that ever was is known.
 */
public final class Forks {
  private final List<ProcessHandle> alive = new ArrayList<>();
  private boolean isClosed;

  /**
   * Begins a process.
   *
   * @throws IOException when it cannot be begun, or these are closed
   */
  public synchronized Process start(ProcessBuilder builder) throws IOException {
    if (isClosed) {
      throw new IOException("nothing is started any more: it is being stopped");
    }
    alive.removeIf(process -> !process.isAlive());
    Process process = builder.start();
    alive.add(process.toHandle());
    return process;
  }

  /** Begins nothing from now on, and says which processes still run. */
  public synchronized List<ProcessHandle> close() {
    isClosed = true;
    alive.removeIf(process -> !process.isAlive());
    return List.copyOf(alive);
  }
}
