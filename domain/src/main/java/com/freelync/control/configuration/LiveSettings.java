package com.freelync.control.configuration;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import com.freelync.control.database.Bell;
import com.freelync.control.database.Database;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What holds, kept in this process: read without asking the database, and followed by who wants to
 * hear of changes. PostgreSQL rings when one commits; what changed is read from the events, whose
 * numbers are in the order of commits. Whoever reads while the database does not answer is told so
 * by {@link #isFresh}.
 */
public final class LiveSettings implements AutoCloseable {
  private static final Duration FRESH = Duration.ofSeconds(3);
  private static final int MOST_MISSED = 10_000;

  private final Database database;
  private final Map<String, LiveSetting> active = new ConcurrentHashMap<>();
  private final Set<Consumer<LiveSetting>> followers = ConcurrentHashMap.newKeySet();
  private final Bell bell;
  private volatile long position;
  private volatile long seenNanos;
  private final CountDownLatch loaded = new CountDownLatch(1);

  private LiveSettings(Database database) {
    this.database = database;
    this.bell =
        Bell.start(
            database,
            "config_event",
            new Bell.Listener() {
              @Override
              public void connected() {}

              @Override
              public void look(Set<String> rung) {
                catchUp();
              }
            });
  }

  /** Begins to follow; it takes one connection of the pool. */
  public static LiveSettings start(Database database) {
    return new LiveSettings(database);
  }

  /** Whether what it knows is at most some seconds old. */
  public boolean isFresh() {
    return isLoaded() && System.nanoTime() - seenNanos < FRESH.toNanos();
  }

  private boolean isLoaded() {
    return loaded.getCount() == 0;
  }

  /** Waits until what holds was read for the first time; whether it was. */
  public boolean awaitLoaded(Duration atMost) {
    try {
      return loaded.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What holds of a setting, as far as this process knows. */
  public Optional<LiveSetting> find(String key) {
    return Optional.ofNullable(active.get(key));
  }

  /**
   * What holds of a setting: as this process knows it, or from the database where it is not fresh.
   *
   * @throws RequestRefused.NotFound if nothing holds
   */
  public LiveSetting get(String key) {
    LiveSetting known = isFresh() ? active.get(key) : null;
    return known != null
        ? known
        : database.read(handle -> LiveRows.one(handle, key).orElseThrow(() -> nothing(key)));
  }

  /** What holds of every setting, by key. */
  public List<LiveSetting> all() {
    Collection<LiveSetting> known = isFresh() ? active.values() : database.read(LiveRows::all);
    return known.stream().sorted(comparing(LiveSetting::key)).toList();
  }

  /** What holds of several settings, in their order; those of which nothing holds are left out. */
  public List<LiveSetting> all(List<String> keys) {
    if (isFresh()) {
      return keys.stream().map(active::get).filter(Objects::nonNull).toList();
    }
    Map<String, LiveSetting> found = new HashMap<>();
    database.read(LiveRows::all).forEach(setting -> found.put(setting.key(), setting));
    return keys.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  /**
   * What held of a setting at an instant.
   *
   * @throws RequestRefused.NotFound if nothing did
   */
  public LiveSetting at(String key, Instant at) {
    return database.read(handle -> LiveRows.at(handle, key, at).orElseThrow(() -> nothing(key)));
  }

  private static RequestRefused nothing(String key) {
    return new RequestRefused.NotFound("setting that holds", key);
  }

  /** What a follower begins with. */
  public record Beginning(List<LiveSetting> settings, long position) {}

  /**
   * Follows changes from now on.
   *
   * @param after the last position that the follower knows; negative for none, which gives it all
   *     that holds, in the order of positions: who is cut off meanwhile goes on from the last one
   * @param follower is told of each change after that, in order; it must not block
   */
  public Beginning follow(long after, Consumer<LiveSetting> follower) {
    // A server that has just begun, or has no database, does not say that nothing holds.
    List<LiveSetting> all;
    long at;
    synchronized (this) {
      followers.add(follower);
      all = active.values().stream().sorted(comparingLong(LiveSetting::position)).toList();
      at = position;
    }
    boolean isKnown = after >= 0 && after <= at && at - after < MOST_MISSED;
    return new Beginning(isKnown ? between(after, at) : all, at);
  }

  /** Follows no more. */
  public void leave(Consumer<LiveSetting> follower) {
    followers.remove(follower);
  }

  private List<LiveSetting> between(long after, long upTo) {
    return after == upTo
        ? List.of()
        : database.read(handle -> LiveRows.events(handle, after, upTo));
  }

  private void catchUp() {
    record News(List<LiveSetting> settings, long position) {}
    long before = position;
    boolean isFirst = !isLoaded();
    News news =
        database.read(
            handle -> {
              long last = LiveRows.last(handle);
              if (isFirst) {
                return new News(LiveRows.all(handle), last);
              }
              return new News(
                  last == before ? List.of() : LiveRows.events(handle, before, last), last);
            });
    synchronized (this) {
      position = news.position();
      for (LiveSetting setting : news.settings()) {
        active.put(setting.key(), setting);
        followers.forEach(follower -> follower.accept(setting));
      }
      seenNanos = System.nanoTime();
      loaded.countDown();
    }
  }

  @Override
  public void close() {
    bell.close();
  }
}
