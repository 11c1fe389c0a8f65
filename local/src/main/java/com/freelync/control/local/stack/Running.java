package com.freelync.control.local.stack;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A part that was started and is ready.
 *
 * @param probe answers 200 while the part is ready; null where only the process is watched
 * @param end ends it in an orderly way and returns when it has ended
 */
record Running(ProcessHandle process, @Nullable URI probe, Runnable end) {

  /** Starts a part and returns when it is ready. */
  @FunctionalInterface
  interface Start {
    Running start(KeptPart part) throws PartFailed;
  }
}
