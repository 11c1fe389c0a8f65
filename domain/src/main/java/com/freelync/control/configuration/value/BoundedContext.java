package com.freelync.control.configuration.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;

/**
 * An evaluation that gives up when it has taken too much. References can make a small schema look
 * at each part of a value exponentially often, which only shows while it happens.
 */
final class BoundedContext extends ExecutionContext {
  private static final int DEEPEST = 500;
  private static final int MOST_ERRORS = 1_000;

  private final Budget budget;
  private int depth;
  private int found;

  BoundedContext(Budget budget) {
    this.budget = budget;
  }

  /** Takes as many units as looking at so many values. */
  void spend(long units) {
    budget.spend(units);
  }

  /** Comes to a keyword of the schema at hand, or to a name in it. */
  @Override
  public void evaluationPathAddLast(String name) {
    Schema schema = getEvaluationSchema().peekLast();
    JsonNode keyword = schema == null ? null : schema.getSchemaNode().get(name);
    spend(1L + (keyword == null ? 0 : keyword.size()));
    descend();
    super.evaluationPathAddLast(name);
  }

  @Override
  public void evaluationPathAddLast(int index) {
    spend(1);
    descend();
    super.evaluationPathAddLast(index);
  }

  @Override
  public void evaluationPathRemoveLast() {
    depth--;
    super.evaluationPathRemoveLast();
  }

  @Override
  public void addError(Error error) {
    // A validator may log what is thrown here, so it is the next keyword that gives up.
    if (++found > MOST_ERRORS) {
      budget.exhaust();
    } else {
      super.addError(error);
    }
  }

  private void descend() {
    if (++depth > DEEPEST) {
      throw new Budget.TooMuch();
    }
  }
}
