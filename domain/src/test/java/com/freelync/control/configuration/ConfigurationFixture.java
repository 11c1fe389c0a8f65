package com.freelync.control.configuration;

import com.freelync.control.ControlCenter;
import com.freelync.control.alert.MovableClock;
import com.freelync.control.analytics.Analytics;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.configuration.secret.SecretKeys;
import com.freelync.control.configuration.secret.Secrets;
import com.freelync.control.database.Database;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.identity.TestPeople;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A database with people and the samples, and settings as API and worker have them. */
final class ConfigurationFixture implements AutoCloseable {
  /** A setting of the samples whose version 1 holds. */
  static final String RATE = "commission.tier1.rate";

  static final Approver CEO = person("ceo", "CEO");
  static final Approver CFO = person("cfo", "CFO");
  static final Approver CTO = person("cto", "CTO");
  static final Approver FOUNDER = person("founder", "CEO", "CFO", "ADMIN");

  final TestDatabase database = TestDatabase.create();
  final Marketplace marketplace = new Marketplace(database);
  final MovableClock clock = clock();
  final Path keys = directory().resolve("keys.json");
  final Secrets secrets = new Secrets(SecretKeys.create(keys));
  final ControlCenter api = control("control_api", new KeysetVault(secrets));
  final ControlCenter worker = control("control_worker", SecretVault.NONE);
  private final AtomicInteger admins = new AtomicInteger();

  ConfigurationFixture() {
    ControlCenter.installSamples(database.as("control_owner"), clock);
    forward(Duration.ofSeconds(1));
    TestPeople.install(database);
  }

  private ControlCenter control(String role, SecretVault vault) {
    Database open = database.as(role);
    return new ControlCenter(open, clock, new Analytics(open), vault);
  }

  /** Before the instants that the specification names. */
  private static MovableClock clock() {
    MovableClock clock = new MovableClock();
    clock.set(Instant.parse("2026-02-20T08:59:59Z"));
    return clock;
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("secret-keys");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Approver person(String subject, String... roles) {
    return new Approver(
        subject, Arrays.stream(roles).map(Role::new).collect(Collectors.toSet()), "request-2");
  }

  /** An admin who has made no change yet. */
  Actor admin() {
    return new Actor("admin-" + admins.incrementAndGet(), "request-1");
  }

  Configurations configurations() {
    return api.configuration.configurations;
  }

  Settings settings() {
    return api.configuration.settings;
  }

  ConfigurationVersion draft(String key, Object value, Object... more) {
    return create(key, value, false, more);
  }

  ConfigurationVersion submitted(String key, Object value, Object... more) {
    return create(key, value, true, more);
  }

  private ConfigurationVersion create(String key, Object value, boolean submits, Object... more) {
    return configurations()
        .create(UUID.randomUUID(), change(key, value, more), submits, admin())
        .version();
  }

  static NewChange change(String key, Object value, Object... more) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("value", value);
    fields.put("change_reason", "A test");
    String category = null;
    for (int i = 0; i < more.length; i += 2) {
      if (more[i].equals("category")) {
        category = (String) more[i + 1];
      } else {
        fields.put((String) more[i], more[i + 1]);
      }
    }
    return new NewChange(key, category, fields, false);
  }

  /** A value of {@link #RATE}. */
  static Map<String, Object> rate(String value) {
    return Map.of("rate", new BigDecimal(value));
  }

  ConfigurationVersion approve(ConfigurationVersion version, Approver... people) {
    ConfigurationVersion decided = version;
    for (Approver approver : people) {
      decided = configurations().decide(version.id(), approver, new NewWord(true, null, null));
    }
    return decided;
  }

  ConfigurationVersion reject(ConfigurationVersion version, Approver approver) {
    return configurations().decide(version.id(), approver, new NewWord(false, "No.", null));
  }

  /** A version that holds, by approval and by hand. */
  ConfigurationVersion active(String key, Object value, Approver... people) {
    ConfigurationVersion approved = approve(submitted(key, value), people);
    return configurations().activate(approved.id(), admin()).version();
  }

  ConfigurationVersion now(ConfigurationVersion version) {
    return settings().version(version.id());
  }

  /** What a version's workflow does at a time. */
  ConfigurationProgress.Progress advance(ConfigurationVersion version) {
    return worker.configuration.progress.advance(version.id(), clock.instant());
  }

  void forward(Duration time) {
    clock.set(clock.instant().plus(time));
  }

  Instant in(Duration time) {
    return clock.instant().plus(time);
  }

  Object value(String key) {
    return settings().setting(key, null).active().orElseThrow().value();
  }

  List<String> actions(ConfigurationVersion version) {
    return settings().history(version.id(), true, Integer.MAX_VALUE, 100).stream()
        .map(ConfigChange::action)
        .toList()
        .reversed();
  }

  /** How many rows a query of the owner counts. */
  long count(String sql) {
    return database
        .as("control_owner")
        .read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /** At most one version of a key holds, and the record's chains are whole. */
  long broken() {
    return count(
        """
        SELECT (SELECT count(*) FROM control.broken_config_history())
             + (SELECT count(*) FROM (SELECT key FROM control.platform_config WHERE status = 'ACTIVE'
                                       GROUP BY key HAVING count(*) > 1) twice)
        """);
  }

  @Override
  public void close() {
    database.close();
  }
}
