package com.freelync.control.local.stack;

import com.freelync.control.local.stack.Ports.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;

/**
 * Where Temporal is.
 *
 * @param isOurs whether the stack starts it, or one is used that runs elsewhere
 */
record TemporalAddress(String address, String namespace, String uiAddress, boolean isOurs) {

  /** The one of TEMPORAL_ADDRESS when that is set, else the one started here. */
  static TemporalAddress of(Map<String, String> environment, Ports ports) {
    String address = environment.getOrDefault("TEMPORAL_ADDRESS", "").strip();
    if (address.isEmpty()) {
      return new TemporalAddress(
          "127.0.0.1:" + ports.of(Address.TEMPORAL),
          "default",
          ports.url(Address.TEMPORAL_UI),
          true);
    }
    String host = address.contains(":") ? address.substring(0, address.lastIndexOf(':')) : address;
    return new TemporalAddress(
        address,
        environment.getOrDefault("TEMPORAL_NAMESPACE", "default"),
        environment.getOrDefault("TEMPORAL_UI_ADDRESS", "http://" + host + ":8233"),
        false);
  }

  /** Fails early, with words, where somebody else's server is not there. */
  void requireReachable() throws PartFailed {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    try (Socket socket = new Socket()) {
      int port = colon < 0 ? 7233 : Integer.parseInt(address.substring(colon + 1));
      socket.connect(new InetSocketAddress(host, port), 5_000);
    } catch (IOException | IllegalArgumentException e) {
      throw new PartFailed(
          "temporal", "does not answer at TEMPORAL_ADDRESS=" + address + ": " + e.getMessage(), e);
    }
  }
}
