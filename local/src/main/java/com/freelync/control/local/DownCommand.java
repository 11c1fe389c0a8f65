package com.freelync.control.local;

import com.freelync.control.local.process.Ending;
import com.freelync.control.local.process.ProcessLedger;
import com.freelync.control.local.stack.Layout;
import com.freelync.control.local.stack.StateFile;
import java.time.Duration;
import java.util.List;

/** {@code down}: ends the supervisor, which ends its parts, and whatever a killed one left. */
final class DownCommand {
  /** Longer than all parts together may take to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(75);

  private final Layout layout;

  DownCommand(Layout layout) {
    this.layout = layout;
  }

  int run() {
    List<ProcessLedger.Entry> running = ProcessLedger.open(layout.ledger()).running();
    if (running.isEmpty()) {
      System.out.println("nothing runs in " + layout.home());
      new StateFile(layout.state()).remove();
      return 0;
    }
    running.stream()
        .filter(entry -> entry.name().equals("supervisor"))
        .flatMap(entry -> entry.identity().running().stream())
        .forEach(process -> Ending.end(process, PATIENCE));
    int left = Ending.endLeftovers(ProcessLedger.open(layout.ledger()), Duration.ofSeconds(10));
    if (left > 0) {
      System.out.println("ended " + left + " processes whose supervisor was gone");
    }
    new StateFile(layout.state()).remove();
    System.out.println("stopped; data and logs stay in " + layout.home());
    return 0;
  }
}
