package com.freelync.control.sandbox.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1 that nobody listens on. */
public final class FreePort {
  private FreePort() {}

  /** The preferred port when it is free, else any free one; 0 asks for any. */
  public static int preferably(int preferred) {
    try {
      return bound(preferred);
    } catch (IOException busy) {
      try {
        return bound(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static int bound(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    }
  }
}
