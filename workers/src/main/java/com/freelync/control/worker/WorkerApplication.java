package com.freelync.control.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A worker process: {@code workers.jar FILE.yml}. */
public final class WorkerApplication {
  private WorkerApplication() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("usage: workers.jar CONFIGURATION.yml");
      System.exit(2);
    }
    WorkerProcess process;
    try {
      process = WorkerProcess.start(read(Path.of(arguments[0])));
    } catch (RuntimeException e) {
      // Pools and pollers that a failed start leaves would keep the process alive.
      e.printStackTrace();
      System.exit(1);
      return;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  process.close();
                  ended.countDown();
                },
                "stop-worker"));
    ended.await();
  }

  /** The configuration in a file, with the environment's values put in. */
  static WorkerConfiguration read(Path file) throws IOException {
    String text = new EnvironmentVariableSubstitutor(true).replace(Files.readString(file));
    return new ObjectMapper(new YAMLFactory()).readValue(text, WorkerConfiguration.class);
  }
}
