package com.freelync.control.api.idempotency;

import com.freelync.control.idempotency.IdempotentCalls;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

/** Lets every POST take an {@code Idempotency-Key}; other methods need none, and pay nothing. */
public final class IdempotencyFeature implements DynamicFeature {
  private final IdempotencyFilter filter;
  private final AnswerKeeper keeper;

  public IdempotencyFeature(IdempotentCalls calls) {
    filter = new IdempotencyFilter(calls);
    keeper = new AnswerKeeper(calls);
  }

  @Override
  public void configure(ResourceInfo method, FeatureContext context) {
    if (method.getResourceMethod().isAnnotationPresent(POST.class)) {
      context.register(filter).register(keeper);
    }
  }
}
