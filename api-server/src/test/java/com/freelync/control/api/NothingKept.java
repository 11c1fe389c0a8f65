package com.freelync.control.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test all is as it was before, once {@link Fixtures} stand. */
final class NothingKept implements BeforeEachCallback, AfterEachCallback {
  private final TestApi api;
  private Map<String, String> before = Map.of();

  NothingKept(TestApi api) {
    this.api = api;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Fixtures.standing();
    before = api.digest();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(api.digest()).isEqualTo(before);
  }
}
