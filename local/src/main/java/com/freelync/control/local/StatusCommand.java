package com.freelync.control.local;

import com.freelync.control.local.process.ProcessIdentity;
import com.freelync.control.local.stack.Layout;
import com.freelync.control.local.stack.PartStatus;
import com.freelync.control.local.stack.StackState;
import com.freelync.control.local.stack.StateFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code status}: exit code 0 when every part is ready, 1 when one is not, or nothing runs. */
final class StatusCommand {
  private final Layout layout;

  StatusCommand(Layout layout) {
    this.layout = layout;
  }

  int run(List<String> arguments) {
    boolean asJson = arguments.contains("--json");
    Optional<StackState> state =
        new StateFile(layout.state()).read().map(StatusCommand::withoutDeadParts);
    if (state.isEmpty()) {
      System.out.println(asJson ? "{\"parts\": []}" : "nothing runs in " + layout.home());
      return 1;
    }
    System.out.println(asJson ? StateFile.json(state.get()) : table(state.get()));
    return state.get().isReady() ? 0 : 1;
  }

  /** Parts whose process is gone are stopped, whatever a killed supervisor wrote last. */
  private static StackState withoutDeadParts(StackState state) {
    if (state.isSupervised()) {
      return state;
    }
    List<PartStatus> parts =
        state.parts().stream()
            .map(
                part -> {
                  Long pid = part.pid();
                  boolean runs = pid != null && ProcessIdentity.of(pid).isPresent();
                  return new PartStatus(
                      part.name(),
                      runs ? PartStatus.State.UNREADY : PartStatus.State.STOPPED,
                      runs ? pid : null,
                      part.restarts(),
                      "its supervisor is gone: ./control-center down");
                })
            .toList();
    return new StackState(state.supervisor(), state.addresses(), parts);
  }

  private static String table(StackState state) {
    StringBuilder lines = new StringBuilder();
    for (PartStatus part : state.parts()) {
      Long pid = part.pid();
      lines.append(
          String.format(
              Locale.ROOT,
              "  %-12s %-11s %-8s %s%s%n",
              part.name(),
              part.state().word(),
              pid == null ? "" : "pid " + pid,
              part.restarts() == 0 ? "" : "started again " + part.restarts() + " times  ",
              part.detail() == null ? "" : part.detail()));
    }
    lines.append(System.lineSeparator());
    for (Map.Entry<String, String> address : state.addresses().entrySet()) {
      if (!address.getKey().equals("database")) {
        lines.append(
            String.format(Locale.ROOT, "  %-12s %s%n", address.getKey(), address.getValue()));
      }
    }
    return lines.toString().stripTrailing();
  }
}
