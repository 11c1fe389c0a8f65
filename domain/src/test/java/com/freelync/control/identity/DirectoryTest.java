package com.freelync.control.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.ControlCenter;
import com.freelync.control.approval.Role;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Migrations;
import com.freelync.control.database.TestDatabase;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DirectoryTest {
  private static final Map<String, String> THREE = new LinkedHashMap<>();

  static {
    THREE.put("ann", "name: Ann, roles: [CFO, CEO], address: ann@x.org, delegates: [{to: bob}]");
    THREE.put("bob", "name: Bob, roles: [CTO], address: bob@x.org");
    THREE.put("robot", "name: Robot, roles: [SERVICE]");
  }

  private final TestDatabase database = TestDatabase.create();
  private final ControlCenter control =
      new ControlCenter(database.as("control_api"), Clock.systemUTC());

  @AfterEach
  void drop() {
    database.close();
  }

  private DirectorySync.Changes apply(Map<String, String> people) {
    return control.directorySync.apply(TestPeople.of(people));
  }

  private List<String> holding(String... roles) {
    Set<Role> asked =
        Set.of(roles).stream().map(Role::new).collect(java.util.stream.Collectors.toSet());
    return database
        .as("control_worker")
        .read(handle -> control.directory.holding(handle, asked))
        .stream()
        .map(PersonEntry::subject)
        .toList();
  }

  private List<PersonEntry> standingInFor(String subject) {
    return database.as("control_api").read(h -> control.directory.standingInFor(h, subject));
  }

  @Test
  @DisplayName("SE-1b: people are found by subject and by role, each once")
  void findsPeople() {
    apply(THREE);
    assertThat(holding("CFO", "CEO", "SERVICE")).containsExactly("ann", "robot");
    assertThat(holding("OPERATOR")).isEmpty();
    PersonEntry ann =
        database.as("control_api").read(h -> control.directory.find(h, "ann")).orElseThrow();
    assertThat(ann)
        .isEqualTo(new PersonEntry("ann", "Ann", Set.of(new Role("CEO"), new Role("CFO")), true));
    assertThat(ann.toString()).doesNotContain("Ann");
    assertThat(control.directory.list(Cursor.START, 9))
        .extracting(listed -> listed.person().subject())
        .as("in the order of the configuration")
        .containsExactly("ann", "bob", "robot");
  }

  @Test
  @DisplayName(
      "SE-1b: who is no longer configured is inactive: kept, and in no answer; and may return")
  void keepsWhoLeaves() {
    apply(THREE);
    Map<String, String> two = new LinkedHashMap<>(THREE);
    two.remove("bob");
    two.put("ann", "name: Ann, roles: [CTO]");
    DirectorySync.Changes changes = apply(two);
    assertThat(changes.changed()).containsExactly("ann");
    assertThat(changes.deactivated()).containsExactly("bob");
    assertThat(holding("CTO")).containsExactly("ann");
    assertThat(holding("CFO")).isEmpty();
    assertThat(standingInFor("bob")).isEmpty();
    assertThat(apply(two).isEmpty()).as("nothing to do the second time").isTrue();
    assertThat(apply(THREE).changed()).contains("bob");
    assertThat(holding("CTO")).containsExactly("bob");
    assertThat(standingInFor("bob")).extracting(PersonEntry::subject).containsExactly("ann");
    assertThat(control.audit.actionsOn("people"))
        .containsExactly("directory.synchronise", "directory.synchronise", "directory.synchronise");
  }

  @Test
  @DisplayName("SE-1b: eight APIs that start at once leave one directory and one audit entry")
  void startsAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<DirectorySync.Changes> start = () -> apply(THREE);
      for (Future<DirectorySync.Changes> done :
          threads.invokeAll(java.util.Collections.nCopies(8, start))) {
        done.get();
      }
    }
    assertThat(holding("CFO", "CTO", "SERVICE")).containsExactly("ann", "bob", "robot");
    assertThat(control.audit.actionsOn("people")).hasSize(1);
  }

  @Test
  @DisplayName("SE-6: readers and dry runs see neither names nor addresses nor messages")
  void hidesPersonalData() {
    apply(THREE);
    for (String role : List.of("control_reader", "control_dryrun")) {
      for (String query :
          List.of(
              "SELECT display_name FROM control.person",
              "SELECT address FROM control.person",
              "SELECT count(*) FROM control.inbox_message")) {
        assertThatThrownBy(() -> database.as(role).read(h -> h.select(query).mapToMap().list()))
            .as(role + ": " + query)
            .hasMessageContaining("permission denied");
      }
      List<String> subjects =
          database
              .as(role)
              .read(
                  h ->
                      h.select("SELECT subject FROM control.person WHERE active")
                          .mapTo(String.class)
                          .list());
      assertThat(subjects).hasSize(3);
    }
  }

  @Test
  @DisplayName("OP-1: a stack whose newest migration is younger still takes this one")
  void migratesOutOfOrder() {
    database
        .as("control_owner")
        .transaction(
            transaction ->
                transaction
                    .handle()
                    .execute(
                        """
                        DROP TABLE control.inbox_message, control.person_delegate,
                                   control.person_role, control.person;
                        DELETE FROM control.flyway_schema_history WHERE version = '7'
                        """));
    var owner = database.settings("control_owner");
    assertThat(Migrations.migrate(owner.url(), owner.user(), owner.password())).isEqualTo(1);
    apply(THREE);
  }
}
