package com.freelync.control.worker;

import com.freelync.control.database.Failures;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import org.jdbi.v3.core.JdbiException;

/**
 * Keeps the values of failed statements out of workflow histories: a failure of the database is
 * passed on with its state and its stack, and without its cause.
 */
final class DiscreetFailures extends WorkerInterceptorBase {
  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public ActivityOutput execute(ActivityInput input) {
        try {
          return super.execute(input);
        } catch (JdbiException e) {
          throw discreet(e);
        }
      }
    };
  }

  private static ApplicationFailure discreet(JdbiException failure) {
    ApplicationFailure discreet =
        ApplicationFailure.newFailure(Failures.describe(failure), "DatabaseFailure");
    discreet.setStackTrace(failure.getStackTrace());
    return discreet;
  }
}
