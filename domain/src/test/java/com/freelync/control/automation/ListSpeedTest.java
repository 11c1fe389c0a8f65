package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.ControlCenter;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.TableReads;
import com.freelync.control.database.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What PostgreSQL reads for a page of a list among 100,000 rows. */
class ListSpeedTest {
  private static final int PAGE = 50;

  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
    ControlCenter.installSamples(database.as("control_owner"), Clock.systemUTC());
    fill();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static void fill() {
    execute(
        "control_owner",
        """
        INSERT INTO control.automation_workflow (id, name, status, latest_version, created_by,
               created_at, updated_at)
        SELECT md5('w' || n)::uuid, 'automation ' || n % 30000,
               CASE WHEN n % 1000 = 0 THEN 'PENDING' ELSE 'DRAFT' END, 1, 'admin',
               now() - n * interval '1 second', now()
          FROM generate_series(1, 100000) n
        """);
    execute(
        "control_owner",
        """
        INSERT INTO control.automation_version (workflow_id, version, definition, content_hash,
               moves_money, created_by, created_at)
        SELECT id, 1, '{"name": "an automation"}', 'hash', false, 'admin', now()
          FROM control.automation_workflow WHERE active_version IS NULL
        """);
    execute(
        "control_owner",
        """
        INSERT INTO control.event (id, source, source_id, type, data, received_at, received_by)
        SELECT md5('e' || n)::uuid, '/test', n::text, 'payout.requested', '{}', now(), 'test'
          FROM generate_series(1, 50000) n
        """);
    // The first automation has nearly all executions, and few of them failed, long ago.
    execute(
        "control_owner",
        """
        INSERT INTO control.workflow_execution (id, workflow_id, workflow_version, status,
               trigger_type, triggered_by, event_id, trigger_data, entity_type, entity_id, facts,
               conditions, created_at, finished_at)
        SELECT md5('x' || n)::uuid,
               md5('w' || CASE WHEN n % 100 = 0 THEN n / 100 ELSE 1 END)::uuid, 1,
               CASE WHEN n > 99900 THEN 'FAILED' WHEN n < 100 THEN 'PENDING' ELSE 'SKIPPED' END,
               'EVENT', 'test', CASE WHEN n <= 50000 THEN md5('e' || n)::uuid END, '{}', 'payout',
               md5('p' || n % 30000)::uuid, '{}', '[]', now() - n * interval '1 second',
               CASE WHEN n < 100 THEN NULL ELSE now() END
          FROM generate_series(1, 100000) n
        """);
    execute("control_owner", "ANALYZE control.workflow_execution");
    execute("control_owner", "ANALYZE control.automation_workflow");
    execute("control_owner", "ANALYZE control.automation_version");
  }

  private static void execute(String role, String sql, Object... values) {
    database.as(role).transaction(transaction -> transaction.handle().execute(sql, values));
  }

  private static UUID id(String of) {
    return database
        .as("control_reader")
        .read(handle -> handle.select("SELECT md5(?)::uuid", of).mapTo(UUID.class).one());
  }

  @Test
  @DisplayName("AU-6 SE-7: every combination of filters of executions reads few rows for a page")
  void listsExecutions() {
    Instant now = Clock.systemUTC().instant();
    @Nullable UUID[] workflows = {null, id("w1"), id("w7"), UUID.randomUUID()};
    @Nullable String[] entities = {null, id("p77").toString()};
    @Nullable UUID[] events = {null, id("e78")};
    @Nullable Instant[] froms = {null, now.minusSeconds(5_000)};
    @Nullable Instant[] tos = {null, now.minusSeconds(60_000)};
    List<ExecutionFilter> filters = new ArrayList<>();
    for (@Nullable String status :
        new @Nullable String[] {null, "SKIPPED", "FAILED", "CANCELLED"}) {
      for (@Nullable UUID workflow : workflows) {
        for (@Nullable String entity : entities) {
          for (@Nullable String type : new @Nullable String[] {null, "payout"}) {
            for (@Nullable UUID event : events) {
              for (@Nullable Instant from : froms) {
                for (@Nullable Instant to : tos) {
                  filters.add(
                      new ExecutionFilter(
                          status,
                          workflow,
                          entity == null ? null : type,
                          entity,
                          event,
                          null,
                          from,
                          to));
                }
              }
            }
          }
        }
      }
    }
    database
        .as("control_api")
        .read(
            handle -> {
              for (ExecutionFilter filter : filters) {
                assertThat(
                        TableReads.of(
                            handle,
                            "control.workflow_execution",
                            () ->
                                filter
                                    .query()
                                    .page(handle, Cursor.START, PAGE, ExecutionRow.class)))
                    .as(filter.toString())
                    .isEqualTo("few");
              }
              return handle;
            });
  }

  @Test
  @DisplayName("AU-13 SE-7: what waits, and what is tried again, is found among many that do not")
  void listsWaits() {
    List<ExecutionFilter> filters = new ArrayList<>();
    for (WaitKind kind : WaitKind.values()) {
      filters.add(new ExecutionFilter(null, null, null, null, null, null, null, null, kind, false));
    }
    filters.add(new ExecutionFilter(null, null, null, null, null, null, null, null, null, true));
    database
        .as("control_api")
        .read(
            handle -> {
              for (ExecutionFilter filter : filters) {
                assertThat(
                        TableReads.of(
                            handle,
                            "control.workflow_execution",
                            () ->
                                filter
                                    .query()
                                    .page(handle, Cursor.START, PAGE, ExecutionRow.class)))
                    .as(filter.toString())
                    .isEqualTo("few");
              }
              return handle;
            });
  }

  @Test
  @DisplayName("AU-13 SE-7: every combination of filters of automations reads few rows for a page")
  void listsAutomations() {
    database
        .as("control_api")
        .read(
            handle -> {
              for (@Nullable String status : new @Nullable String[] {null, "DRAFT", "PENDING"}) {
                for (@Nullable String name : Arrays.asList(null, "automation 9", "none")) {
                  assertThat(
                          TableReads.of(
                              handle,
                              "control.automation_workflow",
                              () ->
                                  AutomationDao.list(status, name)
                                      .page(
                                          handle,
                                          Cursor.START,
                                          PAGE,
                                          AutomationDao.AutomationRow.class)))
                      .as(Arrays.asList(status, name).toString())
                      .isEqualTo("few");
                }
              }
              return handle;
            });
  }
}
