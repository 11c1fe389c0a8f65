package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.api.Questions.Asked;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** People decide over HTTP; Temporal is away, and the decision stands all the same. */
class ApprovalApiTest {
  private final TestApi api = TestApi.running();

  private Answer decide(String person, String path, String word, String body) {
    return api.as(person, "POST", path + "/" + word).json(body).send();
  }

  private Answer decide(String person, Asked asked, String word, String body) {
    return decide(person, "/admin/executions/" + asked.execution(), word, body);
  }

  private List<String> mine(String person) {
    JsonNode items =
        api.as(person, "GET", "/admin/approvals?mine=true&limit=200").send().json().path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.path("id").asText())
        .toList();
  }

  @Test
  @DisplayName("AU-13 SE-2: the CFO sees why it waits for them, decides, and it goes on")
  void decides() {
    Asked asked = Questions.asked(api);
    JsonNode mine =
        api.as("cfo", "GET", "/admin/approvals?mine=true&limit=1").send().json().at("/items/0");
    assertThat(mine.path("id").asText()).isEqualTo(asked.approval());
    assertThat(mine.at("/why/roles").toString()).isEqualTo("[\"CFO\"]");
    assertThat(mine.at("/escalations/0/roles").toString()).isEqualTo("[\"CEO\"]");
    assertThat(mine.at("/links/self").asText()).isEqualTo("/admin/executions/" + asked.execution());
    assertThat(mine.path("due_at").isNull()).isFalse();

    Answer waiting = api.as("operator", "GET", "/admin/executions/" + asked.execution()).send();
    assertThat(waiting.text("/status")).isEqualTo("AWAITING_APPROVAL");
    assertThat(
            api.as("operator", "GET", "/admin/executions?waiting_for=CFO&limit=1")
                .send()
                .text("/items/0/id"))
        .isEqualTo(asked.execution());
    assertThat(
            api.as("operator", "GET", "/admin/executions?waiting_for=CTO")
                .send()
                .json()
                .path("items"))
        .isEmpty();
    String hash = waiting.text("/waits_for/content_hash");
    Answer done =
        decide(
            "cfo", asked, "approve", "{\"comment\": \"fine\", \"content_hash\": \"" + hash + "\"}");
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.text("/status")).isEqualTo("RUNNING");
    assertThat(done.text("/approvals/0/by")).isEqualTo("cfo");
    assertThat(done.text("/approvals/0/role")).isEqualTo("CFO");
    assertThat(done.text("/approvals/0/decision")).isEqualTo("APPROVED");
    assertThat(done.text("/approvals/0/comment")).isEqualTo("fine");
    assertThat(mine("cfo")).doesNotContain(asked.approval());
  }

  @Test
  @DisplayName("SE-2 SE-3: the wrong role is 403, a second word is 409, a rejection says why")
  void refuses() {
    Asked asked = Questions.asked(api);
    Answer wrong = decide("ceo", asked, "approve", "{}");
    assertProblem(wrong, 403);
    assertThat(wrong.text("/detail")).contains("waits for CFO");
    assertProblem(decide("operator", asked, "approve", "{}"), 403);
    Answer silent = decide("cfo", asked, "reject", "{}");
    assertProblem(silent, 422);
    assertThat(silent.text("/errors/0/field")).isEqualTo("/comment");
    Answer stale = decide("cfo", asked, "approve", "{\"content_hash\": \"00\"}");
    assertProblem(stale, 409);
    assertThat(decide("cfo", asked, "reject", "{\"comment\": \"no\"}").status()).isEqualTo(200);
    assertProblem(decide("founder", asked, "approve", "{}"), 409);
    assertThat(api.refusal("ceo", "/admin/executions/" + asked.execution() + "/approve"))
        .isNotNull();
  }

  @Test
  @DisplayName("AU-16 SE-2: a version that moves money runs once the CFO approved it, each anew")
  void activates() {
    String id = Fixtures.pending(api);
    String path = "/admin/workflows/" + id;
    assertProblem(decide("ceo", path, "approve", "{}"), 403);
    // The founder is an admin and a CFO too, but did not edit this one.
    Answer active = decide("founder", path, "approve", "{}");
    assertThat(active.text("/status")).isEqualTo("ACTIVE");
    assertThat(active.json().path("active_version").asInt()).isEqualTo(1);
    assertProblem(decide("cfo", path, "approve", "{}"), 409);

    Answer edited = api.as("founder", "PATCH", path).json("{\"description\": \"edited\"}").send();
    assertThat(edited.json().path("active_version").asInt()).isEqualTo(1);
    assertThat(edited.json().path("open_slots").toString()).isEqualTo("[[\"CFO\"]]");
    Answer own = decide("founder", path, "approve", "{}");
    assertProblem(own, 403);
    assertThat(own.text("/detail")).contains("their own");
    Answer rejected = decide("cfo", path, "reject", "{\"comment\": \"not this\"}");
    assertThat(rejected.text("/status")).isEqualTo("ACTIVE");
    assertThat(rejected.json().path("active_version").asInt()).isEqualTo(1);
  }

  @Test
  @DisplayName("AU-16: an edit withdraws what was asked; a rejection makes a draft of it")
  void withdraws() {
    String path = "/admin/workflows/" + Fixtures.pending(api);
    Answer before = api.as("cfo", "GET", path).send();
    api.as("admin", "PATCH", path).json("{\"description\": \"edited\"}").send();
    Answer stale =
        decide(
            "cfo", path, "approve", "{\"content_hash\": \"" + before.text("/content_hash") + "\"}");
    assertProblem(stale, 409);
    Answer again = api.as("admin", "PATCH", path).json("{\"status\": \"ACTIVE\"}").send();
    assertThat(again.text("/status")).isEqualTo("PENDING");
    Answer rejected = decide("cfo", path, "reject", "{\"comment\": \"not this\"}");
    assertThat(rejected.text("/status")).isEqualTo("DRAFT");
    assertProblem(decide("cfo", path, "approve", "{}"), 409);
  }

  @Test
  @DisplayName("SE-2: a delegate without any permission of their own decides in the other's stead")
  void delegates() {
    Asked asked = Questions.asked(api);
    assertProblem(decide("analyst", asked, "approve", "{}"), 403);
    api.as("cfo", "PUT", "/me/delegates").json("{\"delegates\": [{\"to\": \"analyst\"}]}").send();
    try {
      assertThat(mine("analyst")).contains(asked.approval());
      Answer done = decide("analyst", asked, "approve", "{}");
      assertThat(done.status()).isEqualTo(200);
      assertThat(done.text("/approvals/0/by")).isEqualTo("analyst");
      assertThat(done.text("/approvals/0/on_behalf_of")).isEqualTo("cfo");
      assertProblem(api.as("analyst", "GET", "/admin/audit").send(), 403);
    } finally {
      api.as("cfo", "PUT", "/me/delegates").json("{\"delegates\": []}").send();
    }
    assertProblem(api.as("analyst", "GET", "/admin/approvals").send(), 403);
  }

  private Answer handOver(String person, Asked asked, String to) {
    return api.as(person, "POST", "/admin/approvals/" + asked.approval() + "/delegate")
        .json("{\"to\": \"" + to + "\", \"reason\": \"on a journey\"}")
        .send();
  }

  @Test
  @DisplayName("AU-1 SE-2: one question handed to a person by name is theirs to decide, no other")
  void handsOver() {
    Asked asked = Questions.asked(api);
    Asked other = Questions.asked(api);
    Answer handed = handOver("cfo", asked, "analyst");
    assertThat(handed.text("/delegations/0/from")).isEqualTo("cfo");
    assertThat(handed.text("/delegations/0/to")).isEqualTo("analyst");
    assertThat(handed.text("/delegations/0/reason")).isEqualTo("on a journey");
    assertThat(mine("analyst")).contains(asked.approval()).doesNotContain(other.approval());
    assertProblem(decide("analyst", other, "approve", "{}"), 403);
    assertProblem(handOver("analyst", asked, "ceo"), 403);
    Answer done = decide("analyst", asked, "approve", "{}");
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.text("/approvals/0/by")).isEqualTo("analyst");
    assertThat(done.text("/approvals/0/on_behalf_of")).isEqualTo("cfo");
    assertProblem(api.as("analyst", "GET", "/admin/approvals").send(), 403);
    assertProblem(handOver("cfo", asked, "ceo"), 409);
  }

  @Test
  @DisplayName("AU-1 SE-2: handing over wrongly is refused, naming the field")
  void refusesToHandOver() {
    Asked asked = Questions.asked(api);
    assertProblem(handOver("ceo", asked, "cto"), 403);
    for (String to : List.of("cfo", "nobody")) {
      Answer wrong = handOver("cfo", asked, to);
      assertProblem(wrong, 422);
      assertThat(wrong.text("/errors/0/field")).isEqualTo("/to");
    }
    String back = "/admin/approvals/" + asked.approval() + "/take-back";
    assertProblem(api.as("cfo", "POST", back).send(), 409);
    handOver("cfo", asked, "analyst");
    assertThat(api.as("cfo", "POST", back).send().json().path("delegations")).isEmpty();
    assertProblem(decide("analyst", asked, "approve", "{}"), 403);
  }
}
