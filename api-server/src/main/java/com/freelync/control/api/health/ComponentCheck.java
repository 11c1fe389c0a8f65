package com.freelync.control.api.health;

import com.codahale.metrics.health.HealthCheck;

/** A component as Dropwizard's own list of health checks shows it. */
public final class ComponentCheck extends HealthCheck {
  private final Component component;

  public ComponentCheck(Component component) {
    this.component = component;
  }

  @Override
  protected Result check() throws Exception {
    component.probe().ask();
    return Result.healthy();
  }
}
