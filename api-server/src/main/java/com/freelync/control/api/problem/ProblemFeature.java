package com.freelync.control.api.problem;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;

/** Makes every error that Jersey meets a problem document. */
public final class ProblemFeature implements Feature {
  @Override
  public boolean configure(FeatureContext context) {
    context
        .register(new ProblemExceptionMapper())
        .register(new RequestRefusedMapper())
        .register(new HttpExceptionMapper())
        .register(new DatabaseAwayMapper())
        .register(new UnexpectedMapper());
    return true;
  }
}
