package com.freelync.control.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DelegationsTest {
  private static final Instant NOW = Instant.parse("2026-02-01T08:00:00Z");
  private static final Actor ANN = new Actor("ann", "request-1");
  private static final Actor BOB = new Actor("bob", "request-2");
  private static final Map<String, String> SEEDED =
      Map.of(
          "ann", "name: Ann, roles: [CFO], delegates: [{to: bob}]",
          "bob", "name: Bob, roles: [CEO]",
          "eve", "name: Eve, roles: [CTO]");

  private final TestDatabase database = TestDatabase.create();
  private final ControlCenter control = at(NOW);

  private ControlCenter at(Instant now) {
    return new ControlCenter(database.as("control_api"), Clock.fixed(now, ZoneOffset.UTC));
  }

  @BeforeEach
  void install() {
    control.directorySync.apply(TestPeople.of(SEEDED));
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private List<String> standingInFor(Instant now, String subject) {
    return database
        .as("control_worker")
        .read(h -> at(now).directory.standingInFor(h, subject))
        .stream()
        .map(PersonEntry::subject)
        .toList();
  }

  private static Delegation to(String subject) {
    return new Delegation(subject, null, null);
  }

  @Test
  @DisplayName("AU-4: a delegation holds from its first moment until before its last")
  void holdsForItsTime() {
    Instant from = NOW.plusSeconds(60);
    Instant until = NOW.plusSeconds(120);
    control.delegations.replace(List.of(new Delegation("eve", from, until)), ANN);
    assertThat(standingInFor(NOW, "eve")).isEmpty();
    assertThat(standingInFor(from, "eve")).containsExactly("ann");
    assertThat(standingInFor(until.minusMillis(1), "eve")).containsExactly("ann");
    assertThat(standingInFor(until, "eve")).isEmpty();
    assertThat(at(until).delegations.of("ann")).as("what is over is not shown").isEmpty();
    assertThat(standingInFor(from, "bob")).as("the list was replaced").isEmpty();
  }

  @Test
  @DisplayName("AU-4: standing in is not passed on")
  void isNotPassedOn() {
    control.delegations.replace(List.of(to("eve")), BOB);
    assertThat(standingInFor(NOW, "bob")).containsExactly("ann");
    assertThat(standingInFor(NOW, "eve")).containsExactly("bob");
  }

  @Test
  @DisplayName("SE-1b: what a person said survives a restart, also when they said nobody")
  void survivesARestart() {
    control.delegations.replace(List.of(), ANN);
    control.directorySync.apply(TestPeople.of(SEEDED));
    assertThat(standingInFor(NOW, "bob")).isEmpty();
    control.delegations.replace(List.of(to("ann")), BOB);
    assertThat(control.directorySync.apply(TestPeople.of(SEEDED)).isEmpty()).isTrue();
    assertThat(control.delegations.of("bob")).containsExactly(to("ann"));
  }

  @Test
  @DisplayName("SE-1b: a configuration never closes a circle with what a person said")
  void configurationYields() {
    control.directorySync.apply(
        TestPeople.of(
            Map.of(
                "ann", "name: Ann, roles: [CFO]",
                "bob", "name: Bob, roles: [CEO]",
                "eve", "name: Eve, roles: [CTO]")));
    control.delegations.replace(List.of(to("ann")), BOB);
    control.directorySync.apply(TestPeople.of(SEEDED));
    assertThat(control.delegations.of("ann")).isEmpty();
    assertThat(control.delegations.of("bob")).containsExactly(to("ann"));
  }

  @Test
  @DisplayName(
      "SE-4: everything that is wrong with delegates is named by its field; nothing is written")
  void namesWhatIsWrong() {
    RequestRefused.Invalid refusal =
        catchThrowableOfType(
            RequestRefused.Invalid.class,
            () ->
                control.delegations.replace(
                    List.of(
                        to("bob"),
                        to("nobody"),
                        to("ann"),
                        new Delegation("eve", NOW.plusSeconds(9), NOW.plusSeconds(9)),
                        new Delegation("eve", null, NOW),
                        new Delegation("x", Instant.MIN, Instant.MAX)),
                    BOB));
    assertThat(refusal.errors())
        .extracting(error -> error.field() + " " + error.code())
        .containsExactlyInAnyOrder(
            "/delegates/0/to oneself",
            "/delegates/1/to unknown",
            "/delegates/2/to circle",
            "/delegates/3/valid_until order",
            "/delegates/4/to repeated",
            "/delegates/4/valid_until past",
            "/delegates/5/to unknown",
            "/delegates/5/valid_from range",
            "/delegates/5/valid_until range");
    assertThat(control.delegations.of("bob")).isEmpty();
    assertThatThrownBy(() -> control.delegations.replace(List.of(), new Actor("zoe", null)))
        .isInstanceOf(RequestRefused.NotFound.class);
  }

  @Test
  @DisplayName("AU-4: two people cover for each other at different times: that is no circle")
  void takesTurns() {
    Instant noon = NOW.plusSeconds(3600);
    control.delegations.replace(List.of(new Delegation("bob", null, noon)), ANN);
    control.delegations.replace(List.of(new Delegation("ann", noon, null)), BOB);
    assertThat(standingInFor(NOW, "bob")).containsExactly("ann");
    assertThat(standingInFor(noon, "ann")).containsExactly("bob");
    assertThat(standingInFor(noon, "bob")).isEmpty();
  }

  @Test
  @DisplayName("AU-4: two people who name each other in the same moment make no circle")
  void noCircleAtOnce() throws Exception {
    control.delegations.replace(List.of(), ANN);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 20; round++) {
        List<Callable<Boolean>> both = List.of(() -> names(ANN, "bob"), () -> names(BOB, "ann"));
        int accepted = 0;
        for (Future<Boolean> done : threads.invokeAll(both)) {
          accepted += done.get() ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(1);
        control.delegations.replace(List.of(), ANN);
        control.delegations.replace(List.of(), BOB);
      }
    }
  }

  private boolean names(Actor actor, String other) {
    try {
      control.delegations.replace(List.of(to(other)), actor);
      return true;
    } catch (RequestRefused.Invalid e) {
      return false;
    }
  }

  @Test
  @DisplayName("SE-3: a delegation is in the audit log with whom and until when")
  void isAudited() {
    control.delegations.replace(List.of(new Delegation("eve", null, NOW.plusSeconds(60))), ANN);
    assertThat(control.audit.actionsOn("ann")).containsExactly("identity.delegate");
    String details =
        database
            .as("control_api")
            .read(
                h ->
                    h.select("SELECT details::text FROM control.audit_log WHERE subject_id = 'ann'")
                        .mapTo(String.class)
                        .one());
    assertThat(details).contains("eve", "2026-02-01T08:01:00Z").doesNotContain("Eve");
  }
}
