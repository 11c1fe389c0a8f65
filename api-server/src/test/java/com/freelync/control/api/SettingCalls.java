package com.freelync.control.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;

/** What tests ask of settings again and again. */
record SettingCalls(TestApi api) {
  static final String CONFIG = "/admin/config";

  Answer create(String body) {
    return api.as("admin", "POST", CONFIG).json(body).send();
  }

  /** A key of this test's own, with a version 1 that holds. */
  String holding(String value) {
    String key = "test.k" + UUID.randomUUID().toString().substring(0, 8) + ".size";
    make(key, value);
    return key;
  }

  /** Another version, that holds at once. */
  String make(String key, String value) {
    Answer made =
        create(
            "{\"key\": \"%s\", \"category\": \"FEATURE_FLAG\", \"value\": %s, \"submit\": true, \"change_reason\": \"a test\"}"
                .formatted(key, value));
    assertThat(made.text("/status")).as("%s", made).isEqualTo("APPROVED");
    return move("admin", made.text("/id"), "activate", "{}").text("/id");
  }

  Answer move(String person, String id, String move, String body) {
    Answer moved = api.as(person, "POST", CONFIG + "/" + id + "/" + move).json(body).send();
    assertThat(moved.status()).as("%s", moved).isEqualTo(200);
    return moved;
  }

  Answer version(String id) {
    return api.as("cfo", "GET", CONFIG + "/versions/" + id).send();
  }

  Answer read(String key) {
    return api.as("marketplace", "GET", "/config/" + key).send();
  }

  void awaitVersion(String key, int version) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(
            () -> assertThat(read(key).json().path("version").asInt()).isEqualTo(version));
  }
}
