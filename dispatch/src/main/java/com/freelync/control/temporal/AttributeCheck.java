package com.freelync.control.temporal;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes sure at start that the cluster knows the search attributes, or says what is missing. */
public final class AttributeCheck {
  private AttributeCheck() {}

  /**
   * Creates what is missing.
   *
   * @throws IllegalStateException naming the attributes that are missing and cannot be created
   */
  public static void ensure(TemporalSettings settings) {
    OperatorServiceStubs stubs =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setTarget(settings.address())
                .validateAndBuildWithDefaults());
    try {
      Map<String, IndexedValueType> missing = missing(stubs, settings.namespace());
      if (!missing.isEmpty()) {
        add(stubs, settings.namespace(), missing);
      }
    } finally {
      stubs.shutdown();
      stubs.awaitTermination(2, TimeUnit.SECONDS);
    }
  }

  private static Map<String, IndexedValueType> missing(
      OperatorServiceStubs stubs, String namespace) {
    Map<String, IndexedValueType> missing = new LinkedHashMap<>(ControlAttributes.types());
    stubs
        .blockingStub()
        .listSearchAttributes(
            ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build())
        .getCustomAttributesMap()
        .keySet()
        .forEach(missing::remove);
    return missing;
  }

  private static void add(
      OperatorServiceStubs stubs, String namespace, Map<String, IndexedValueType> missing) {
    try {
      stubs
          .blockingStub()
          .addSearchAttributes(
              AddSearchAttributesRequest.newBuilder()
                  .setNamespace(namespace)
                  .putAllSearchAttributes(missing)
                  .build());
    } catch (io.grpc.StatusRuntimeException e) {
      throw new IllegalStateException(
          "Temporal's namespace "
              + namespace
              + " lacks the search attributes "
              + missing.keySet()
              + " and does not let this process create them: have its operator create them",
          e);
    }
  }
}
