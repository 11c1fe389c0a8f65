package com.freelync.control.api.security;

import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

/**
 * Puts a guard before every resource method; one that does not say who may call it stops the start.
 */
public final class AccessFeature implements DynamicFeature {
  private final TokenVerifier tokens;
  private final Deputies deputies;

  public AccessFeature(TokenVerifier tokens, Deputies deputies) {
    this.tokens = tokens;
    this.deputies = deputies;
  }

  @Override
  public void configure(ResourceInfo method, FeatureContext context) {
    if (method.getResourceClass().getName().startsWith("org.glassfish.jersey.")) {
      return; // its answers to OPTIONS
    }
    switch (Access.of(method.getResourceMethod())) {
      case Access.Open open -> {}
      case Access.Known known -> context.register(new Guard(tokens));
      case Access.Permitted permitted -> {
        context.register(new Guard(tokens));
        context.register(new Permit(deputies, permitted));
      }
    }
  }
}
