package com.freelync.control.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.freelync.control.problem.FieldError;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PeopleTest {
  @Test
  @DisplayName("SE-1b: a configuration names people with roles, an address and delegates")
  void readsPeople() {
    People people =
        People.read(
            """
            people:
              cfo:
                name: Chief of finance
                address: cfo@freelync.com
                roles: [CFO, CEO]
                delegates: [{to: robot, valid_until: 2030-01-01T03:00:00+03:00}]
              robot: {name: Robot, roles: [SERVICE]}
            """);
    ConfiguredPerson cfo = people.all().getFirst();
    assertThat(cfo.roles()).containsExactly("CEO", "CFO");
    assertThat(cfo.address()).isEqualTo("cfo@freelync.com");
    assertThat(cfo.delegates())
        .containsExactly(new Delegation("robot", null, Instant.parse("2030-01-01T00:00:00Z")));
    assertThat(people.all().getLast().address()).isNull();
  }

  @Test
  @DisplayName("SE-1b: a wrong configuration is refused with all its errors at once, no value told")
  void namesEveryError() {
    InvalidPeople refusal =
        catchThrowableOfType(
            InvalidPeople.class,
            () ->
                People.read(
                    """
                    persons: 1
                    people:
                      a: {name: A, roles: [cfo], address: "secret at home"}
                      b: {roles: [], adress: b@x.org}
                      c: {name: "two\\nlines", roles: [CFO, CFO]}
                      "d d": 7
                      e: {name: E, roles: [CEO], delegates: [{too: a, to: b, valid_from: soon}]}
                    """));
    assertThat(refusal.errors())
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder(
            "/persons",
            "/people/a/roles/0",
            "/people/a/address",
            "/people/b/adress",
            "/people/b/name",
            "/people/b/roles",
            "/people/c/name",
            "/people/c/roles/1",
            "/people/d d",
            "/people/d d",
            "/people/d d/name",
            "/people/d d/roles",
            "/people/e/delegates/0/too",
            "/people/e/delegates/0/valid_from");
    assertThat(refusal).hasMessageContaining("14 errors").hasMessageNotContaining("secret");
  }

  @Test
  @DisplayName("SE-1b: delegates in a configuration are known, someone else, and no circle")
  void checksDelegates() {
    InvalidPeople refusal =
        catchThrowableOfType(
            InvalidPeople.class,
            () ->
                People.read(
                    """
                    people:
                      a: {name: A, roles: [CFO], delegates: [{to: a}, {to: nobody}, {to: b}]}
                      b: {name: B, roles: [CEO], delegates: [{to: a}, {to: c}, {to: c}]}
                      c: {name: C, roles: [CEO], delegates: [{to: a, valid_from: 2030-01-02T00:00:00Z, valid_until: 2030-01-01T00:00:00Z}]}
                    """));
    assertThat(refusal.errors())
        .extracting(error -> error.field() + " " + error.code())
        .containsExactlyInAnyOrder(
            "/people/a/delegates/0/to oneself",
            "/people/a/delegates/1/to unknown",
            "/people/a/delegates/2/to circle",
            "/people/b/delegates/0/to circle",
            "/people/b/delegates/2/to repeated",
            "/people/c/delegates/0/valid_until order");
  }

  @Test
  @DisplayName("SE-1b: what is no YAML, empty, or has a key twice is refused")
  void refusesWhatIsNoDocument() {
    for (String text : new String[] {"", "people", "people: {}", "a: [", "people: {a: 1, a: 1}"}) {
      assertThat(catchThrowableOfType(InvalidPeople.class, () -> People.read(text)).errors())
          .as(text)
          .isNotEmpty();
    }
  }
}
