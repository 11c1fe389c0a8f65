package com.freelync.control.local;

import com.freelync.control.local.demo.FirstPayout;
import com.freelync.control.local.process.Ending;
import com.freelync.control.local.process.ProcessLedger;
import com.freelync.control.local.stack.Home;
import com.freelync.control.local.stack.Layout;
import com.freelync.control.local.stack.PartFailed;
import com.freelync.control.local.stack.Progress;
import com.freelync.control.local.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code up}: starts the stack, keeps it, and stops it when this process is asked to end. */
final class SuperviseCommand {
  private static final int TAIL_LINES = 25;

  private final Layout layout;
  private final Progress progress = new Progress(System.out);

  SuperviseCommand(Layout layout) {
    this.layout = layout;
  }

  /** Returns only when the stack could not start; otherwise a signal ends the process. */
  int run(List<String> arguments) {
    Optional<FileLock> taken = Home.take(layout);
    if (taken.isEmpty()) {
      System.err.println("another ./control-center runs or starts in " + layout.home());
      return 1;
    }
    ProcessLedger ledger = ProcessLedger.open(layout.ledger());
    int ended = Ending.endLeftovers(ledger, Duration.ofSeconds(10));
    if (ended > 0) {
      progress.say("ended " + ended + " processes that an earlier run had left");
    }
    if (arguments.contains("--fresh")) {
      Home.forget(layout);
      progress.say("forgot the data of earlier runs");
    }
    Stack stack = new Stack(layout, progress, ledger, !arguments.contains("--empty"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
    endWithParent(arguments);
    try {
      stack.start();
    } catch (PartFailed failed) {
      if (stack.isEnding()) {
        return 1;
      }
      progress.say("cannot start: " + failed.getMessage());
      printTail(layout.log(failed.part()));
      outcome("failed");
      return 1;
    }
    if (stack.hasNewMarketplace()) {
      progress.say(FirstPayout.pay(stack.state()));
    }
    progress.print(Welcome.text(stack.state(), progress.seconds()));
    outcome("ready");
    stack.watch();
    return 0;
  }

  private void stop(Stack stack) {
    progress.say("stopping");
    stack.stop();
    progress.say("stopped; data and logs stay in " + layout.home());
  }

  /** In the foreground it lives no longer than the script that started it, however that ends. */
  private static void endWithParent(List<String> arguments) {
    int option = arguments.indexOf("--while-parent");
    if (option < 0) {
      return;
    }
    long pid = Long.parseLong(arguments.get(option + 1));
    Optional<ProcessHandle> parent = ProcessHandle.of(pid);
    if (parent.isEmpty()) {
      System.exit(1);
    }
    var unused = parent.get().onExit().thenRun(() -> System.exit(1));
  }

  private void outcome(String word) {
    try {
      Path next = layout.home().resolve("outcome.next");
      Files.writeString(next, word);
      Files.move(next, layout.outcome(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void printTail(Path log) {
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      progress.print("the last lines of " + log + ":\n");
      lines
          .subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())
          .forEach(line -> progress.print("  | " + line + "\n"));
    } catch (IOException e) {
      progress.say("its log cannot be read: " + e.getMessage());
    }
  }
}
