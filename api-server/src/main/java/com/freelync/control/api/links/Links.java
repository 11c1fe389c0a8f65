package com.freelync.control.api.links;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a thing is.
 *
 * @param self its path here
 * @param temporalUi its run in Temporal's UI, where there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Links(String self, @Nullable String temporalUi) {
  /** A thing without a run. */
  public static Links self(String path) {
    return new Links(path, null);
  }
}
