package com.freelync.control.automation;

import com.freelync.control.ControlCenter;
import com.freelync.control.WaysOut;
import com.freelync.control.alert.MovableClock;
import com.freelync.control.analytics.Analytics;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Action.Estimate;
import com.freelync.control.automation.Action.Request;
import com.freelync.control.automation.Action.Result;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.configuration.KeysetVault;
import com.freelync.control.configuration.SecretVault;
import com.freelync.control.configuration.secret.SecretKeys;
import com.freelync.control.configuration.secret.Secrets;
import com.freelync.control.database.Database;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.webhook.WebhookSender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Built-in actions on a database with people, as a worker performs and a dry run estimates them.
 */
public final class ActionFixture implements AutoCloseable {
  /** Signs webhooks; a key of Standard Webhooks' own examples. */
  public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  public final TestDatabase database = TestDatabase.create();
  public final Marketplace marketplace = new Marketplace(database);
  public final MovableClock clock = new MovableClock();
  public final ControlCenter api;
  public final ControlCenter worker;

  /** One that calls nobody, and prints a page as its text. */
  public ActionFixture() {
    this(WebhookSender.NONE);
  }

  /** One whose webhooks go to a sender, and that prints a page as its text. */
  public ActionFixture(WebhookSender sender) {
    this(new WaysOut(sender, html -> html.getBytes(StandardCharsets.UTF_8)));
  }

  /** One whose actions go these ways. */
  public ActionFixture(WaysOut ways) {
    clock.set(Instant.parse("2026-03-10T06:30:00Z"));
    SecretVault vault = new KeysetVault(new Secrets(SecretKeys.create(keys())));
    api = control("control_api", vault, WaysOut.NONE);
    worker = control("control_worker", vault, ways);
    TestPeople.install(database);
  }

  private ControlCenter control(String role, SecretVault vault, WaysOut ways) {
    Database open = database.as(role);
    return new ControlCenter(open, clock, new Analytics(open), vault, ways);
  }

  private static Path keys() {
    try {
      return Files.createTempDirectory("secret-keys").resolve("keys.json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A call of a run of its own. */
  public static Request request(Map<String, Object> input) {
    RunIdentity run =
        new RunIdentity(
            UUID.randomUUID(), UUID.randomUUID(), 1, "admin", Map.of(), Map.of(), "request-1");
    return new Request(run, StepPlace.of("/actions/0"), 0, input);
  }

  /** The action of a name. */
  public Action action(String name) {
    return worker.catalog.find(name).orElseThrow();
  }

  /** What an action says that it would do, asked by the role that cannot write. */
  public Estimate estimate(String name, Request request) {
    return database
        .as("control_dryrun")
        .read(handle -> action(name).estimate(handle, request, new Foreseen()));
  }

  /** Performs an action as a worker does. */
  public Result perform(String name, Request request) {
    return switch (action(name)) {
      case Action.Transactional here ->
          database.as("control_worker").transaction(tx -> here.perform(tx, request));
      case Action.Outside outside -> outside.perform(request);
      case Action.Asking asking -> throw new AssertionError(name + " is never performed");
    };
  }

  /** Performs the same call so many times at once. */
  public List<Result> performAtOnce(int times, String name, Request request) throws Exception {
    List<Callable<Result>> calls = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      calls.add(() -> perform(name, request));
    }
    List<Result> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
      for (Future<Result> done : threads.invokeAll(calls)) {
        results.add(done.get());
      }
    }
    return results;
  }

  /** What a definition with these inputs would be refused for, by input. */
  public Map<String, String> objections(String name, Map<String, Object> with) {
    return database.as("control_api").read(handle -> action(name).objections(handle, with));
  }

  /** Gives a secret setting a value, as people do. */
  public void secret(String key, String value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("value", value);
    fields.put("change_reason", "A test");
    UUID id =
        api.configuration
            .configurations
            .create(
                UUID.randomUUID(),
                new NewChange(key, null, fields, false),
                true,
                new Actor("admin", "request-1"))
            .version()
            .id();
    for (String person : List.of("cto", "ceo")) {
      if (api.configuration.settings.version(id).status().equals("PENDING")) {
        Role role = new Role(person.toUpperCase(Locale.ROOT));
        api.configuration.configurations.decide(
            id, new Approver(person, Set.of(role), "request-2"), new NewWord(true, null, null));
      }
    }
    api.configuration.configurations.activate(id, new Actor("admin", "request-1"));
  }

  /** What a query of the owner of everything counts. */
  public long count(String sql) {
    return database
        .as("control_owner")
        .read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /** Changes the source, as the marketplace does. */
  public void change(String sql, Object... values) {
    database.as("marketplace_app").transaction(tx -> tx.handle().execute(sql, values));
  }

  @Override
  public void close() {
    database.close();
  }
}
