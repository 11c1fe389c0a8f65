package com.freelync.control.identity;

import com.freelync.control.database.Failures;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the configured people into the directory when the API starts. Where PostgreSQL is away it
 * goes on trying, and the API is not ready until it is done.
 */
public final class DirectoryStart implements Managed {
  private static final Logger log = LoggerFactory.getLogger(DirectoryStart.class);

  private final DirectorySync directory;
  private final People people;
  private final AtomicReference<@Nullable String> waitsFor =
      new AtomicReference<>("the directory of people was not synchronised yet");
  private @Nullable Thread again;

  private DirectoryStart(DirectorySync directory, People people) {
    this.directory = directory;
    this.people = people;
  }

  /**
   * Reads and checks the file.
   *
   * @throws InvalidPeople naming everything that is wrong, so that the process does not start
   */
  public static DirectoryStart of(Path file, DirectorySync directory) {
    try {
      return new DirectoryStart(directory, People.read(Files.readString(file)));
    } catch (IOException e) {
      throw new IllegalStateException("The file of people cannot be read: " + file, e);
    }
  }

  /**
   * Passes once the directory has been synchronised.
   *
   * @throws IllegalStateException saying why not yet
   */
  public void requireDone() {
    String reason = waitsFor.get();
    if (reason != null) {
      throw new IllegalStateException(reason);
    }
  }

  @Override
  public void start() {
    if (!isDone()) {
      again = Thread.ofVirtual().name("directory-start").start(this::retry);
    }
  }

  private boolean isDone() {
    try {
      DirectorySync.Changes changes = directory.apply(people);
      waitsFor.set(null);
      log.info(
          "The directory has {} people: {} added, {} changed, {} deactivated",
          people.size(),
          changes.added().size(),
          changes.changed().size(),
          changes.deactivated().size());
      return true;
    } catch (RuntimeException e) {
      waitsFor.set(Failures.describe(e));
      log.warn("The directory could not be synchronised yet: {}", Failures.describe(e));
      return false;
    }
  }

  private void retry() {
    try {
      do {
        TimeUnit.SECONDS.sleep(1);
      } while (!isDone());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    if (again != null) {
      again.interrupt();
    }
  }
}
