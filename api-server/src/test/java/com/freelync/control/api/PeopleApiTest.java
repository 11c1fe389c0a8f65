package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.ControlCenter;
import com.freelync.control.identity.DirectoryStart;
import com.freelync.control.identity.InvalidPeople;
import com.freelync.control.sandbox.identity.SamplePeople;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleApiTest {
  private final TestApi api = TestApi.running();

  private Answer delegate(String person, String body) {
    return api.as(person, "PUT", "/me/delegates").json(body).send();
  }

  @Test
  @DisplayName("SE-1b: people are listed with roles, in pages, and without addresses")
  void listsPeople() {
    Answer all = api.as("ceo", "GET", "/admin/people").send();
    assertThat(all.json().path("items").findValuesAsText("subject"))
        .containsExactlyElementsOf(Endpoint.PEOPLE);
    assertThat(all.toString()).doesNotContain("@");
    assertThat(all.json().at("/items/2/roles").toString()).isEqualTo("[\"ADMIN\",\"CEO\",\"CFO\"]");
    Answer first = api.as("ceo", "GET", "/admin/people?limit=4").send();
    Answer second =
        api.as("ceo", "GET", "/admin/people?limit=200&cursor=" + first.text("/next_cursor")).send();
    assertThat(second.json().path("items").findValuesAsText("subject"))
        .containsExactlyElementsOf(Endpoint.PEOPLE.subList(4, 10));
  }

  @Test
  @DisplayName(
      "AU-4: a person names delegates, sees them, and takes them back; others see them too")
  void managesDelegates() {
    String until = "2031-01-01T00:00:00Z";
    Answer set =
        delegate(
            "cto", "{\"delegates\": [{\"to\": \"devops\", \"valid_until\": \"" + until + "\"}]}");
    assertThat(set.status()).as("%s", set).isEqualTo(200);
    assertThat(api.as("cto", "GET", "/me/delegates").send().json()).isEqualTo(set.json());
    assertThat(set.text("/delegates/0/to")).isEqualTo("devops");
    JsonNode people = api.as("ceo", "GET", "/admin/people").send().json().path("items");
    assertThat(people.at("/3/delegates/0/valid_until").asText()).isEqualTo(until);
    assertThat(delegate("cto", "{\"delegates\": []}").json().path("delegates")).isEmpty();
  }

  @Test
  @DisplayName("SE-4: wrong delegates are 422 and name every field")
  void refusesWrongDelegates() {
    assertFields("{\"delegates\": [{\"to\": \"cto\"}]}", "/delegates/0/to");
    assertFields(
        "{\"delegates\": [{\"to\": \"nobody\"}, {\"to\": \"admin\", \"valid_until\": \"2020-01-01T00:00:00Z\"}]}",
        "/delegates/0/to",
        "/delegates/1/valid_until");
    assertFields(
        "{\"delegates\": [{}, null, {\"to\": []}]}",
        "/delegates/0/to",
        "/delegates/1",
        "/delegates/2/to");
    assertFields("{\"delegates\": [{\"to\": \"ceo\", \"until\": 1}]}", "/delegates/0/until");
    assertFields(
        "{\"delegates\": [{\"to\": \"ceo\", \"valid_from\": \"+1000000000-12-31T23:59:59Z\"}]}",
        "/delegates/0/valid_from");
    assertFields("{}", "/delegates");
    assertFields("{\"delegates\": {}}", "/delegates");
    assertThat(delegate("devops", "{\"delegates\": [{\"to\": \"cto\"}]}").status()).isEqualTo(200);
    assertFields("{\"delegates\": [{\"to\": \"devops\"}]}", "/delegates/0/to");
    assertThat(delegate("devops", "{\"delegates\": []}").status()).isEqualTo(200);
  }

  private void assertFields(String body, String... fields) {
    Answer answer = delegate("cto", body);
    assertProblem(answer, 422);
    assertThat(answer.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(fields);
  }

  @Test
  @DisplayName(
      "SE-1b: who has a token and is not in the directory has no delegates, and an empty inbox")
  void strangers() {
    String token = api.issuer.token("admin", claims -> claims.subject("stranger"));
    assertProblem(api.anonymous("GET", "/me/delegates").token(token).send(), 404);
    assertProblem(
        api.anonymous("PUT", "/me/delegates").token(token).json("{\"delegates\": []}").send(), 404);
    assertThat(api.anonymous("GET", "/me/inbox").token(token).send().json().path("items"))
        .isEmpty();
  }

  @Test
  @DisplayName("SE-1b: people see, filter and read their own inbox alone")
  void readsTheInbox() {
    String older = Fixtures.message(api, "executive");
    String newer = Fixtures.message(api, "executive");
    Answer first = api.as("executive", "GET", "/me/inbox?unread=true&limit=1").send();
    assertThat(first.text("/items/0/id")).isEqualTo(newer);
    assertThat(first.text("/items/0/mail")).isEqualTo("OWED");
    assertProblem(api.as("cfo", "POST", "/me/inbox/" + newer + "/read").send(), 404);
    Answer read = api.as("executive", "POST", "/me/inbox/" + newer + "/read").send();
    assertThat(read.text("/read_at")).isNotEmpty();
    assertThat(api.as("executive", "POST", "/me/inbox/" + newer + "/read").send().text("/read_at"))
        .isEqualTo(read.text("/read_at"));
    assertThat(api.as("executive", "GET", "/me/inbox?unread=true").send().text("/items/0/id"))
        .isEqualTo(older);
    assertThat(
            api.as("executive", "GET", "/me/inbox?cursor=" + first.text("/next_cursor"))
                .send()
                .text("/items/0/id"))
        .isEqualTo(older);
  }

  @Test
  @DisplayName("SE-1b: the issuer's people and those of the configuration are the same")
  void sameAsTheIssuers() throws Exception {
    JsonNode items = api.as("ceo", "GET", "/admin/people").send().json().path("items");
    for (JsonNode person : items) {
      String subject = person.path("subject").asText();
      var claims = com.nimbusds.jwt.SignedJWT.parse(api.issuer.token(subject)).getJWTClaimsSet();
      assertThat(person.path("name").asText()).isEqualTo(claims.getStringClaim("name"));
      assertThat(
              java.util.stream.StreamSupport.stream(person.path("roles").spliterator(), false)
                  .map(JsonNode::asText))
          .containsExactlyInAnyOrderElementsOf(claims.getStringListClaim("roles"));
      if (!subject.equals("marketplace")) {
        assertThat(address(subject)).isEqualTo(claims.getStringClaim("email"));
      }
    }
    assertThat(items.findValuesAsText("subject"))
        .containsExactlyInAnyOrderElementsOf(SamplePeople.ROLES.keySet());
  }

  private String address(String subject) {
    return api.database
        .as("control_api")
        .read(
            handle ->
                handle
                    .select("SELECT address FROM control.person WHERE subject = ?", subject)
                    .mapTo(String.class)
                    .one());
  }

  @Test
  @DisplayName("SE-1b: a wrong file of people is refused at the start, with all that is wrong")
  void refusesAWrongFile(@TempDir Path directory) throws Exception {
    Path file =
        Files.write(
            directory.resolve("people.yml"),
            List.of("people:", "  a: {roles: [x]}", "  b: {name: B, roles: [CFO], adress: q}"));
    ControlCenter control = new ControlCenter(api.database.as("control_api"), Clock.systemUTC());
    assertThatThrownBy(() -> DirectoryStart.of(file, control.directorySync))
        .isInstanceOf(InvalidPeople.class)
        .hasMessageContainingAll(
            "3 errors", "/people/a/name", "/people/a/roles/0", "/people/b/adress");
  }
}
