package com.freelync.control.temporal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where Temporal is.
 *
 * @param address its frontend, host:port
 * @param namespace the namespace of the control center
 * @param uiAddress its UI, such as {@code http://127.0.0.1:8233}
 */
public record TemporalSettings(String address, String namespace, String uiAddress) {
  /** The page of a workflow in Temporal's UI. */
  public String uiLink(String workflowId) {
    return uiAddress
        + "/namespaces/"
        + namespace
        + "/workflows/"
        + URLEncoder.encode(workflowId, StandardCharsets.UTF_8);
  }
}
