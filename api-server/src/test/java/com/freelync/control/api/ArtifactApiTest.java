package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArtifactApiTest {
  private final TestApi api = TestApi.running();

  private Answer get(String path) {
    return api.as("analyst", "GET", path).send();
  }

  @Test
  @DisplayName("AU-5: a report is found in the list, described, and downloaded byte for byte")
  void isDownloaded() {
    String id = Fixtures.artifact(api, "HTML");
    Answer described = get("/admin/artifacts/" + id);
    assertThat(get("/admin/artifacts?limit=1").text("/items/0/id")).isEqualTo(id);
    assertThat(described.text("/file_name")).startsWith("freelync-daily-").endsWith(".html");
    Answer content = get(described.text("/links/content"));
    assertThat(content.status()).isEqualTo(200);
    assertThat(content.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(content.header("Content-Disposition"))
        .hasValue("attachment; filename=\"" + described.text("/file_name") + "\"");
    assertThat(content.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(content.header("Content-Security-Policy").orElseThrow()).contains("sandbox");
    assertThat(Hashing.sha256().hashString(content.body(), UTF_8).toString())
        .isEqualTo(described.text("/sha256"));
    assertThat(content.body().getBytes(UTF_8)).hasSize(described.json().path("size").asInt());
  }

  @Test
  @DisplayName("SE-7: who has a report already is told so")
  void isKnown() {
    String path = "/admin/artifacts/" + Fixtures.artifact(api, "CSV") + "/content";
    String tag = get(path).header("ETag").orElseThrow();
    assertThat(api.as("analyst", "GET", path).header("If-None-Match", tag).send().status())
        .isEqualTo(304);
  }

  @Test
  @DisplayName("SE-4: a report that there is none of is 404, whatever its id looks like")
  void isUnknown() {
    for (String id : new String[] {UUID.randomUUID().toString(), "none", "%00"}) {
      for (String more : new String[] {"", "/content"}) {
        Answer answer = get("/admin/artifacts/" + id + more);
        assertThat(answer.status()).isIn(400, 404);
        assertProblem(answer, answer.status());
      }
    }
  }
}
