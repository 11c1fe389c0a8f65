package com.freelync.control.local;

import com.freelync.control.local.demo.Demo;
import com.freelync.control.local.stack.Layout;
import com.freelync.control.local.stack.StackState;
import com.freelync.control.local.stack.StateFile;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code demo}: exit code 0 when every step of the story is as it should be. */
final class DemoCommand {
  private final Layout layout;

  DemoCommand(Layout layout) {
    this.layout = layout;
  }

  int run() {
    Optional<StackState> state = new StateFile(layout.state()).read();
    if (state.isEmpty() || !state.get().isSupervised()) {
      System.err.println("nothing runs here: ./control-center up");
      return 1;
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    return Demo.tell(state.get(), out) == 0 ? 0 : 1;
  }
}
