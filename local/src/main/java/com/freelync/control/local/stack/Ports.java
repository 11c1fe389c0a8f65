package com.freelync.control.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The port of each address of the stack, at 127.0.0.1. */
public final class Ports {
  /** An address of the stack with the port it has where nobody else wants that. */
  public enum Address {
    API(8080),
    API_ADMIN(8081),
    WORKER_ADMIN(8082),
    POSTGRES(15432),
    TEMPORAL(7233),
    TEMPORAL_UI(8233),
    MARKETPLACE(8090),
    GATEWAY(8091),
    ISSUER(8092),
    MAIL(8093),
    MAIL_SMTP(8025);

    final int preferred;

    Address(int preferred) {
      this.preferred = preferred;
    }

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  private final Map<Address, Integer> ports;

  private Ports(Map<Address, Integer> ports) {
    this.ports = ports;
  }

  /**
   * A free port for every address, all different; the preferred one where it is free.
   *
   * @param replaced told each address whose preferred port is busy, with the port it gets instead
   */
  public static Ports choose(BiConsumer<Address, Integer> replaced) {
    Map<Address, Integer> ports = new EnumMap<>(Address.class);
    Set<Integer> preferred = new HashSet<>();
    for (Address address : Address.values()) {
      preferred.add(address.preferred);
    }
    for (Address address : Address.values()) {
      if (isFree(address.preferred)) {
        ports.put(address, address.preferred);
      } else {
        int port = anyBut(preferred);
        preferred.add(port);
        ports.put(address, port);
        replaced.accept(address, port);
      }
    }
    return new Ports(ports);
  }

  /** The port of an address. */
  public int of(Address address) {
    Integer port = ports.get(address);
    if (port == null) {
      throw new IllegalStateException("no port for " + address);
    }
    return port;
  }

  /** The address as a URL without a path. */
  public String url(Address address) {
    return "http://127.0.0.1:" + of(address);
  }

  private static int anyBut(Set<Integer> taken) {
    while (true) {
      int port = bind(0);
      if (port > 0 && !taken.contains(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    return bind(port) == port;
  }

  /** Binds for a moment and returns the port, -1 when it is busy. */
  private static int bind(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      return socket.getLocalPort();
    } catch (java.net.BindException busy) {
      return -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
