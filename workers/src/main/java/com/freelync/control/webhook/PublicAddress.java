package com.freelync.control.webhook;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Whether an address is one of the public Internet (IANA's special-purpose registries, RFC 6890).
 * An IPv6 address that carries one of IPv4 is judged by that one.
 */
final class PublicAddress {
  private static final List<Block> SPECIAL =
      List.of(
          Block.of("0.0.0.0", 8),
          Block.of("10.0.0.0", 8),
          Block.of("100.64.0.0", 10),
          Block.of("127.0.0.0", 8),
          Block.of("169.254.0.0", 16),
          Block.of("172.16.0.0", 12),
          Block.of("192.0.0.0", 24),
          Block.of("192.0.2.0", 24),
          Block.of("192.88.99.0", 24),
          Block.of("192.168.0.0", 16),
          Block.of("198.18.0.0", 15),
          Block.of("198.51.100.0", 24),
          Block.of("203.0.113.0", 24),
          // Multicast, the future's, and broadcast.
          Block.of("224.0.0.0", 3),
          // Teredo, benchmarks, ORCHID and other protocols; documentation; 6to4.
          Block.of("2001::", 23),
          Block.of("2001:db8::", 32),
          Block.of("2002::", 16),
          Block.of("3fff::", 20));

  /** All that was ever given out for the public Internet of IPv6. */
  private static final Block GLOBAL = Block.of("2000::", 3);

  private PublicAddress() {}

  static boolean isPublic(InetAddress address) {
    if (address instanceof Inet6Address six) {
      return GLOBAL.holds(six) && SPECIAL.stream().noneMatch(block -> block.holds(six));
    }
    return address instanceof Inet4Address
        && SPECIAL.stream().noneMatch(block -> block.holds(address));
  }

  /** Addresses that begin alike. */
  private record Block(byte[] begin, int bits) {
    static Block of(String begin, int bits) {
      return new Block(InetAddresses.forString(begin).getAddress(), bits);
    }

    boolean holds(InetAddress address) {
      byte[] bytes = address.getAddress();
      if (bytes.length != begin.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((bytes[bit / 8] & mask) != (begin[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
