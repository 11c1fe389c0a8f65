package com.freelync.control.local;

import com.freelync.control.local.stack.GeneratorProgram;
import com.freelync.control.local.stack.Layout;
import com.freelync.control.local.stack.StackState;
import com.freelync.control.local.stack.StateFile;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** {@code generate}: the marketplace's generator against the running database. */
final class GenerateCommand {
  private final Layout layout;

  GenerateCommand(Layout layout) {
    this.layout = layout;
  }

  int run(List<String> options) {
    Optional<StackState> state = new StateFile(layout.state()).read();
    if (state.isEmpty() || !state.get().isSupervised()) {
      System.err.println("nothing runs here: ./control-center up");
      return 1;
    }
    URI database = URI.create(state.get().address("database"));
    String url =
        "jdbc:postgresql://" + database.getHost() + ":" + database.getPort() + database.getPath();
    try {
      return new GeneratorProgram(layout)
          .command(url, password("marketplace_app"), options)
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      System.err.println("the generator cannot be started: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private String password(String role) throws IOException {
    Path file = layout.home().resolve("postgres/passwords.properties");
    Properties passwords = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      passwords.load(reader);
    }
    return passwords.getProperty(role, "");
  }
}
