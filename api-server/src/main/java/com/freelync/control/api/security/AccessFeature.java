package com.freelync.control.api.security;

import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

/** Puts a guard before every resource method; one that does not say who may call it stops the start. */
public final class AccessFeature implements DynamicFeature {
  private final TokenVerifier tokens;

  public AccessFeature(TokenVerifier tokens) {
    this.tokens = tokens;
  }

  @Override
  public void configure(ResourceInfo method, FeatureContext context) {
    if (method.getResourceClass().getName().startsWith("org.glassfish.jersey.")) {
      return; // its answers to OPTIONS
    }
    switch (Access.of(method.getResourceMethod())) {
      case Access.Open open -> {}
      case Access.Known known -> context.register(new Guard(tokens, known));
      case Access.Permitted permitted -> context.register(new Guard(tokens, permitted));
    }
  }
}
