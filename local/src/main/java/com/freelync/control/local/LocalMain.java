package com.freelync.control.local;

import com.freelync.control.local.audit.AuditCommand;
import com.freelync.control.local.stack.Layout;
import java.util.Arrays;
import java.util.List;

/** The commands of {@code ./control-center} that are not the script's own. */
public final class LocalMain {
  private LocalMain() {}

  /** Runs one command; the process ends with its exit code. */
  public static void main(String[] arguments) {
    if (arguments.length == 0) {
      System.err.println("Run ./control-center --help");
      System.exit(2);
    }
    Layout layout = Layout.ofEnvironment();
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    System.exit(
        switch (arguments[0]) {
          case "supervise" -> new SuperviseCommand(layout).run(rest);
          case "down" -> new DownCommand(layout).run();
          case "status" -> new StatusCommand(layout).run(rest);
          case "demo" -> new DemoCommand(layout).run();
          case "generate" -> new GenerateCommand(layout).run(rest);
          case "audit" -> new AuditCommand(System.out, System.err).run(rest);
          default -> {
            System.err.println("unknown command: " + arguments[0]);
            yield 2;
          }
        });
  }
}
