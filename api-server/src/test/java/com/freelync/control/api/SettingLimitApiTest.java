package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static com.freelync.control.api.SettingCalls.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What counts as a change of a person, and how many of them are made. */
class SettingLimitApiTest {
  private final TestApi api = TestApi.running();
  private final SettingCalls settings = new SettingCalls(api);

  @Test
  @DisplayName("SE-7: the same Idempotency-Key makes one version, and counts once")
  void replays() {
    String key = settings.holding("1");
    Call call =
        api.as("admin", "POST", CONFIG)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .json("{\"key\": \"%s\", \"value\": 2, \"change_reason\": \"r\"}".formatted(key));
    Answer first = call.send();
    Answer again = call.send();
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    JsonNode versions =
        api.as("cfo", "GET", CONFIG + "/versions?status=DRAFT&key=" + key).send().json();
    assertThat(versions.path("items")).hasSize(1);
  }

  @Test
  @DisplayName(
      "CF limit: the 11th change in an hour is 429 with what is left; what people decide counts for nobody")
  void limit() {
    String person = "busy-" + UUID.randomUUID();
    String token = api.issuer.token("founder", claims -> claims.subject(person));
    String id = "";
    for (int i = 0; i < 10; i++) {
      Answer refused =
          api.anonymous("POST", CONFIG)
              .token(token)
              .json("{\"key\": \"commission.tier2.rate\", \"value\": 11, \"change_reason\": \"r\"}")
              .send();
      assertProblem(refused, 422);
      Answer made =
          api.anonymous("POST", CONFIG)
              .token(token)
              .json(
                  "{\"key\": \"commission.tier2.rate\", \"value\": 2.5, \"submit\": true, \"change_reason\": \"r\"}")
              .send();
      assertThat(made.status()).as("%s", made).isEqualTo(201);
      assertThat(made.header("RateLimit-Policy")).hasValue("\"config-changes\";q=10;w=3600");
      assertThat(made.header("RateLimit-Remaining")).hasValue(String.valueOf(9 - i));
      id = made.text("/id");
    }
    for (Call call :
        List.of(
            api.anonymous("POST", CONFIG)
                .json(
                    "{\"key\": \"commission.tier2.rate\", \"value\": 2, \"change_reason\": \"r\"}"),
            api.anonymous("PATCH", CONFIG + "/" + id).json("{\"value\": 2}"),
            api.anonymous("PUT", "/admin/config-rules/keys/commission.tier2.rate")
                .json("{\"rule\": {\"type\": \"number\"}, \"change_reason\": \"r\"}"))) {
      Answer full = call.token(token).send();
      assertProblem(full, 429);
      assertThat(Integer.parseInt(full.header("Retry-After").orElseThrow())).isBetween(1, 3_600);
      assertThat(full.header("RateLimit-Remaining")).hasValue("0");
      assertThat(full.header("RateLimit")).isPresent();
    }
    Answer decided = api.counted("cfo", "POST", CONFIG + "/" + id + "/approve").json("{}").send();
    assertThat(decided.text("/status")).isEqualTo("APPROVED");
    Answer full = api.anonymous("POST", CONFIG + "/" + id + "/activate").token(token).send();
    assertProblem(full, 429);
    Answer decides =
        api.anonymous("POST", CONFIG + "/" + Fixtures.submitted(api) + "/reject")
            .token(token)
            .json("{\"comment\": \"later\"}")
            .send();
    assertThat(decides.status()).as("%s", decides).isEqualTo(200);
    assertThat(
            api.anonymous("POST", CONFIG + "/" + id + "/cancel")
                .token(token)
                .send()
                .text("/status"))
        .isEqualTo("CANCELLED");
  }
}
