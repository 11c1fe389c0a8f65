package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static com.freelync.control.api.SettingCalls.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is asked about a setting, and about the rules of settings, over HTTP. */
class SettingApprovalApiTest {
  private final TestApi api = TestApi.running();
  private final SettingCalls settings = new SettingCalls(api);

  @Test
  @DisplayName("CF-2 SE-2: founder holds every role and approves nothing of their own")
  void fourEyes() {
    String mine =
        "{\"key\": \"commission.tier3.rate\", \"value\": 1.5, \"submit\": true, \"change_reason\": \"mine\"}";
    String id = api.as("founder", "POST", CONFIG).json(mine).send().text("/id");
    Answer own = api.as("founder", "POST", CONFIG + "/" + id + "/approve").json("{}").send();
    assertProblem(own, 403);
    assertThat(own.text("/detail")).contains("own");
    assertThat(settings.version(id).text("/status")).isEqualTo("PENDING");
    assertProblem(api.as("cto", "POST", CONFIG + "/" + id + "/approve").json("{}").send(), 403);
    assertThat(settings.move("ceo", id, "reject", "{\"comment\": \"no\"}").text("/status"))
        .isEqualTo("REJECTED");
  }

  @Test
  @DisplayName("CF-2 SE-2: what waits for the cfo is among their approvals, with a link that works")
  void approvals() {
    String id = Fixtures.submitted(api);
    JsonNode mine =
        api.as("cfo", "GET", "/admin/approvals?mine=true&limit=200").send().json().path("items");
    JsonNode asked = null;
    for (JsonNode one : mine) {
      if (one.at("/subject/id").asText().equals(id)) {
        asked = one;
      }
    }
    assertThat(asked).as("%s", mine).isNotNull();
    assertThat(asked.at("/subject/type").asText()).isEqualTo("configuration");
    assertThat(asked.path("title").asText()).contains("commission.tier2.rate");
    Answer linked = api.as("cfo", "GET", asked.at("/links/self").asText()).send();
    assertThat(linked.status()).as("%s", linked).isEqualTo(200);
    assertThat(linked.text("/id")).isEqualTo(id);
    assertThat(linked.text("/content_hash")).isEqualTo(asked.path("content_hash").asText());
    settings.move("cfo", id, "reject", "{\"comment\": \"later\"}");
  }

  @Test
  @DisplayName("CF-5: another rule goes through the gate, changes the ETag, and is kept to")
  void rules() {
    String key = settings.holding("3");
    String rules = "/admin/config-rules/keys/" + key;
    String tag = api.as("cto", "GET", CONFIG + "/" + key).send().header("ETag").orElseThrow();
    Answer asked =
        api.as("admin", "PUT", rules)
            .json(
                "{\"rule\": {\"type\": \"number\", \"max\": 4}, \"change_reason\": \"it is enough\"}")
            .send();
    assertThat(asked.status()).as("%s", asked).isEqualTo(200);
    assertThat(asked.text("/key")).isEqualTo("rules.key." + key);
    // Flags ask nobody, their rules somebody.
    assertThat(asked.json().path("open_slots").toString()).isEqualTo("[[\"CEO\",\"CFO\",\"CTO\"]]");
    assertThat(settings.move("cto", asked.text("/id"), "approve", "{}").text("/status"))
        .isEqualTo("ACTIVE");
    Answer rule = api.as("cfo", "GET", rules).send();
    assertThat(rule.json().at("/rule/max").asInt()).isEqualTo(4);
    assertThat(rule.text("/active/id")).isEqualTo(asked.text("/id"));
    assertThat(
            api.as("cto", "GET", CONFIG + "/" + key).header("If-None-Match", tag).send().status())
        .isEqualTo(200);
    Answer more =
        settings.create(
            "{\"key\": \"%s\", \"value\": 5, \"change_reason\": \"more\"}".formatted(key));
    assertProblem(more, 422);
    assertThat(more.text("/errors/0/field")).isEqualTo("/value");
    assertProblem(api.as("admin", "PUT", "/admin/config-rules/keys/Rate").json("{}").send(), 422);
    assertProblem(
        api.as("admin", "PUT", "/admin/config-rules/keys/Rate")
            .json("{\"rule\": {\"type\": \"number\"}, \"change_reason\": \"r\"}")
            .send(),
        404);
  }

  @Test
  @DisplayName("CF-2: who asks for a weaker rule of approval satisfies the old one too")
  void rulesOfCategories() {
    String path = "/admin/config-rules/categories/INTEGRATION";
    Answer asked =
        api.as("admin", "PUT", path)
            .json("{\"rule\": {\"slots\": []}, \"change_reason\": \"faster\"}")
            .send();
    assertThat(asked.text("/status")).as("%s", asked).isEqualTo("PENDING");
    assertThat(asked.json().path("open_slots").toString())
        .isEqualTo("[[\"CTO\"],[\"CEO\",\"CFO\",\"CTO\"]]");
    Answer rule = api.as("cfo", "GET", path).send();
    assertThat(rule.json().at("/rule/slots").toString()).isEqualTo("[[\"CTO\"]]");
    assertThat(rule.text("/upcoming/0/id")).isEqualTo(asked.text("/id"));
    settings.move("cto", asked.text("/id"), "reject", "{\"comment\": \"later\"}");
  }
}
