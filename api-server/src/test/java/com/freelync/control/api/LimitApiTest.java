package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Limit of /analytics: 100 calls in any 60 seconds for each person")
class LimitApiTest {
  private final TestApi api = TestApi.running();

  @BeforeEach
  @AfterEach
  void forget() {
    api.forgetCalls();
  }

  private Answer call(String person, String path) {
    return api.counted(person, "GET", path).send();
  }

  @Test
  @DisplayName(
      "AN limit: refused calls count, the 101st is 429 with headers, others are not affected")
  void limit() {
    Answer first = call("analyst", "/analytics/catalog");
    assertThat(first.header("RateLimit-Policy")).contains("\"analytics\";q=100;w=60");
    assertThat(first.header("RateLimit")).contains("\"analytics\";r=99;t=60");
    assertThat(first.header("RateLimit-Remaining")).contains("99");
    // 400, 403 and 200 count alike, over every resource of /analytics.
    for (int i = 0; i < 33; i++) {
      assertProblem(call("analyst", "/analytics/revenue?from=never"), 400);
      assertProblem(
          api.counted("analyst", "POST", "/analytics/verification/rebuild")
              .json("{\"from\": \"2026-02\", \"reason\": \"x\"}")
              .send(),
          403);
      assertThat(call("analyst", "/analytics/verification").status()).isEqualTo(200);
    }
    Answer full = call("analyst", "/analytics/dashboard");
    assertProblem(full, 429);
    assertThat(full.text("/type")).isEqualTo("/problems/too-many-requests");
    assertThat(Integer.parseInt(full.header("Retry-After").orElseThrow())).isBetween(1, 60);
    assertThat(full.header("RateLimit-Remaining")).contains("0");
    assertThat(call("executive", "/analytics/catalog").status()).isEqualTo(200);
    assertThat(call("analyst", "/me").status()).isEqualTo(200);
    assertThat(call("analyst", "/me").header("RateLimit")).isEmpty();
  }

  @Test
  @DisplayName("AN limit: who has no token counts for nobody")
  void anonymous() {
    Answer refused = api.anonymous("GET", "/analytics/catalog").send();
    assertProblem(refused, 401);
    assertThat(refused.header("RateLimit")).isEmpty();
  }
}
